"""A seat goes with the post for which its member was chosen: with the post it falls vacant, and the quorum knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discipline.boards.commands import ConveneSitting, ReplaceMember
from discipline.boards.facts import board_before
from discipline.boards.owed import BoardDebtor, BoardOwed, BoardStep, OfBoard, owed
from discipline.boards.refusals import MemberMayNotTakePart, QuorumMissing
from discipline.boards.state import vacant
from discipline.reviews.state import ReviewStatus
from schemas.discipline.boards import BoardMemberReplaced
from tests.discipline import samples as s
from tests.discipline.board_samples import (
    AUTHORITY,
    BOARD,
    DECLARED,
    ESTABLISHED,
    ID,
    IDS,
    PEOPLE,
    REVIEW,
    SECRETARY,
    SITTING,
    member_place,
    seat,
    standing,
)
from tests.specification import given

if TYPE_CHECKING:
    from discipline.boards.commands import Standing
    from discipline.boards.state import Board
    from discipline.standing import Person


def without_post(*names: str) -> tuple[Person, ...]:
    """Their posts have ended, and nothing has come in their place."""
    return tuple(s.person(name=name) for name in names)


def board(*history: object) -> Board:
    state = given(BOARD, *(history or SITTING)).state  # type: ignore[arg-type]  # events
    assert state is not None
    return state


def convene(today: Standing) -> ConveneSitting:
    at, held_at = s.moment("2025-04-22"), s.moment("2025-05-05")
    return ConveneSitting(SECRETARY, at, held_at, (REVIEW,), s.document("agenda"), today)


def test_with_his_post_a_member_loses_his_seat_on_that_day() -> None:
    today = standing(*without_post("health"))

    assert vacant(board(), today) == (s.named("health"),)
    assert board_before(board(), today).sat == tuple(id_ for id_ in IDS if id_ != s.named("health"))


def test_who_holds_what_the_post_has_become_sits_on() -> None:
    """The organisation gives him the old post beside the one that has inherited it."""
    heir = s.person(s.place("care-head", ("care", "province"), head=True), member_place("health"), name="health")

    assert vacant(board(), standing(heir)) == ()


def test_a_vacant_seat_is_to_be_filled_also_while_the_quorum_holds() -> None:
    found = owed(board(), standing(*without_post("health")), {REVIEW: OfBoard(ReviewStatus.BEFORE_BOARD)})

    assert found == (BoardOwed(BoardStep.VACANCY, BoardDebtor.AUTHORITY, (s.named("health"),)),)


def test_too_many_vacant_seats_take_the_quorum() -> None:
    today = standing(*without_post("health", "justice"))
    given(BOARD, ESTABLISHED, *DECLARED).when(convene(today)).refused(QuorumMissing)
    steps = [one.step for one in owed(board(), today, {REVIEW: OfBoard(ReviewStatus.BEFORE_BOARD)})]
    assert steps == [BoardStep.VACANCY, BoardStep.REPLACEMENT]


def test_a_secretary_without_his_post_runs_nothing_and_keeps_no_file() -> None:
    today = standing(*without_post("transport"))
    given(BOARD, ESTABLISHED, *DECLARED).when(convene(today)).refused(MemberMayNotTakePart(SECRETARY.person_id))
    assert SECRETARY.person_id not in board_before(board(), today).keepers


def test_the_authority_gives_the_seat_to_somebody_else_or_to_him_in_his_new_post() -> None:
    moved = s.person(member_place("culture"), name="health")
    again = seat("health").model_copy(update={"post_id": "culture-deputy"})
    for chosen, people in ((seat("culture"), without_post("health")), (again, (moved,))):
        today = standing(*people)
        filled = BoardMemberReplaced(
            board_id=ID,
            left=s.named("health"),
            seat=chosen,
            admissions=(),
            replaced_by=AUTHORITY.person_id,
            reasons=s.document("ended"),
        )
        command = ReplaceMember(AUTHORITY, s.named("health"), chosen, (), s.document("ended"), today)

        after = given(BOARD, ESTABLISHED).when(command).then(filled).state

        assert after is not None
        assert vacant(after, today) == ()
    assert PEOPLE["health"].places != moved.places
