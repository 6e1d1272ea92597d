"""Who sits on a board: established, added to, replaced, by the competent authority and as the rows say."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from discipline.boards.conflicts import conflicts, unadmitted
from discipline.boards.refusals import (
    AlreadyRecused,
    BoardAlreadyEstablished,
    BoardSizeNotByRule,
    MemberConflicted,
    MemberIsSubject,
    NoBoardForCollective,
    NotOnBoard,
    QuorumAboveSize,
    QuorumNotByRule,
    QuorumNotStated,
    ReviewAlreadyOfBoard,
    ReviewNotGoingOn,
    ReviewOfAnotherMatter,
    SeatRepeated,
    SeatRoleNotOnce,
    SeatWithoutPost,
    VoteUnderWay,
)
from discipline.boards.state import Board, State, board_id
from discipline.boards.stated import by_decision, by_row, named
from discipline.days import local_day
from discipline.law.rows import LawRow, Rule
from discipline.reviews.refusals import NotTheCompetentAuthority, OwnMatter
from schemas.discipline.boards import (
    BoardEstablished,
    BoardMemberReplaced,
    BoardReviewAdded,
    ConflictGround,
    Seat,
    SeatRole,
    StatedNumber,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

    from discipline.boards.commands import AddReview, EstablishBoard, OpenMatter, ReplaceMember
    from discipline.boards.conflicts import Matter
    from discipline.standing import Person
    from schemas.discipline.boards import Admission


def established(command: EstablishBoard, state: State) -> BoardEstablished:
    """The board of an authority in a matter; a second one only after the first has ended, and without its recused."""
    matters = [one.matter for one in command.reviews]
    _competent(command.by, command.authority_post, (matter.subject.person_id for matter in matters))
    if state is not None and not state.dissolved:
        raise BoardAlreadyEstablished(state.board_id)
    subjects = [_admissible(one, command.matter_id, command.authority_post) for one in command.reviews]
    for seat in command.seats:
        if state is not None and seat.person_id in state.recused:
            raise AlreadyRecused(seat.person_id)
    _seats(command.seats, command.members)
    _unconflicted(command.members.values(), matters, command.admissions)
    size = _size(command)
    return BoardEstablished(
        board_id=board_id(command.matter_id, command.authority_post),
        matter_id=command.matter_id,
        review_ids=tuple(matter.review_id for matter in matters),
        subjects=tuple(subjects),
        authority_post=command.authority_post,
        established_by=command.by.person_id,
        seats=command.seats,
        size=size,
        quorum=_quorum(command, size.number),
        admissions=command.admissions,
        decision=command.decision,
    )


def review_added(command: AddReview, state: Board) -> BoardReviewAdded:
    """A further review of the matter comes before the board; its members are held against the new subject."""
    matter = command.review.matter
    _competent(command.by, state.authority_post, (*state.reviews.values(), matter.subject.person_id))
    if state.vote is not None:
        raise VoteUnderWay(state.vote)
    if matter.review_id in state.reviews:
        raise ReviewAlreadyOfBoard(matter.review_id)
    subject = _admissible(command.review, state.matter_id, state.authority_post)
    sitting = (person for id_, person in command.members.items() if not state.bars(id_))
    _unconflicted(sitting, [matter], (*state.admissions, *command.admissions))
    return BoardReviewAdded(
        board_id=state.board_id,
        review_id=matter.review_id,
        subject=subject,
        admissions=command.admissions,
        added_by=command.by.person_id,
    )


def replaced(command: ReplaceMember, state: Board) -> BoardMemberReplaced:
    """A seat goes to somebody else; who was recused in this matter does not come back."""
    _competent(command.by, state.authority_post, state.reviews.values())
    if state.vote is not None:
        raise VoteUnderWay(state.vote)
    old, seat = state.seat_of(command.left), command.seat
    if old is None:
        raise NotOnBoard(command.left)
    if seat.person_id in state.recused:
        raise AlreadyRecused(seat.person_id)
    seats = tuple(seat if known.person_id == command.left else known for known in state.seats)
    _seats(seats, {seat.person_id: command.standing.members[seat.person_id]})
    if seat.votes != old.votes:
        votes = sum(one.votes for one in seats)
        raise BoardSizeNotByRule(votes, state.size.number, *named(state.size))
    newcomer = [command.standing.members[seat.person_id]]
    _unconflicted(newcomer, command.standing.matters, (*state.admissions, *command.admissions))
    return BoardMemberReplaced(
        board_id=state.board_id,
        left=command.left,
        seat=seat,
        admissions=command.admissions,
        replaced_by=command.by.person_id,
        reasons=command.reasons,
    )


def _competent(by: Person, authority_post: str, subjects: Iterable[UUID | None]) -> None:
    if not by.holds(authority_post):
        raise NotTheCompetentAuthority(authority_post)
    if by.person_id in subjects:
        raise OwnMatter


def _admissible(review: OpenMatter, matter_id: UUID, authority_post: str) -> UUID:
    """The subject of a review that a board of this matter may sit on."""
    matter = review.matter
    if (review.matter_id, review.authority_post) != (matter_id, authority_post):
        raise ReviewOfAnotherMatter(matter.review_id)
    if not review.going_on:
        raise ReviewNotGoingOn(matter.review_id)
    if not matter.individual or matter.subject.person_id is None:
        raise NoBoardForCollective(matter.review_id)
    return matter.subject.person_id


def _seats(seats: Sequence[Seat], members: Mapping[UUID, Person]) -> None:
    """Nobody twice, one chair with a vote, one secretary, each in the post that he was chosen for.

    Args:
        seats: all of the board.
        members: those whose posts are to be looked at.
    """
    for person_id, times in Counter(seat.person_id for seat in seats).items():
        if times > 1:
            raise SeatRepeated(person_id)
    for role in (SeatRole.CHAIR, SeatRole.SECRETARY):
        fit = sum(seat.role is role and (seat.votes or role is SeatRole.SECRETARY) for seat in seats)
        if fit != 1:
            raise SeatRoleNotOnce(role, fit)
    for seat in seats:
        if seat.person_id in members and not members[seat.person_id].holds(seat.post_id):
            raise SeatWithoutPost(seat.person_id, seat.post_id)


def _unconflicted(members: Iterable[Person], matters: Iterable[Matter], admissions: Sequence[Admission]) -> None:
    found = unadmitted(conflicts(members, matters), admissions)
    if found is None:
        return
    if found.ground is ConflictGround.SUBJECT:
        raise MemberIsSubject(found.person_id)
    raise MemberConflicted(found.person_id, found.ground)


def _rows(command: EstablishBoard, rule: Rule) -> list[LawRow]:
    """The active rows of the day on which the board is established: procedure follows the day of the step."""
    kinds = dict.fromkeys(one.matter.subject.kind for one in command.reviews)
    found = (row for kind in kinds for row in command.law.active(rule, kind, local_day(command.at)))
    return list({row.row_id: row for row in found}.values())


def _size(command: EstablishBoard) -> StatedNumber:
    votes = sum(seat.votes for seat in command.seats)
    rows = _rows(command, Rule.BOARD_SIZE)
    for row in rows:
        if row.value != votes:
            stated = by_row(row)
            raise BoardSizeNotByRule(votes, stated.number, *named(stated))
    return by_row(rows[0]) if rows else by_decision(votes)


def _quorum(command: EstablishBoard, size: int) -> StatedNumber:
    """As the strictest row says; where none speaks, as the decision does."""
    stated = max(map(by_row, _rows(command, Rule.BOARD_QUORUM)), key=lambda one: one.number, default=None)
    if stated is None:
        if command.quorum is None:
            raise QuorumNotStated
        stated = by_decision(command.quorum)
    elif command.quorum not in {None, stated.number}:
        raise QuorumNotByRule(command.quorum or 0, stated.number, *named(stated)[1:])
    if stated.number > size:
        raise QuorumAboveSize(stated.number, size)
    return stated
