"""Who runs a board and who of its members takes no part, as far as alerts about its reviews depend on it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, assert_never

from schemas.discipline.boards import (
    AnyBoardEvent,
    BoardDissolved,
    BoardEstablished,
    BoardMemberReplaced,
    BoardReviewAdded,
    BoardReviewEnded,
    BoardTakenOver,
    BoardVoteCalled,
    BoardVoteEnded,
    ConflictDeclared,
    RecusalGranted,
    RecusalRefused,
    RecusalRequested,
    SeatRole,
    SittingClosed,
    SittingConvened,
    SittingOpened,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from schemas.discipline.boards import Admission, Seat


@dataclass(frozen=True, slots=True)
class BoardSeats:
    """A board's chair and secretary, by person, and who is kept away."""

    board_id: UUID
    chair: UUID
    secretary: UUID
    recused: frozenset[UUID] = frozenset()
    related: frozenset[UUID] = frozenset()
    """By their own word, and not decided on yet."""
    dissolved: bool = False
    members: Mapping[UUID, str | None] = field(default_factory=dict)
    """All who sit, chair and secretary among them, each with the post for which he was chosen; none: not read yet."""
    admissions: tuple[Admission, ...] = ()
    """Against which grounds of the organisation the authority admitted whom, with reasons."""
    version: int = 0
    """Of the last event that was folded."""

    @property
    def out(self) -> frozenset[UUID]:
        """Who hears nothing of its reviews."""
        return self.recused | self.related

    @property
    def chair_now(self) -> UUID | None:
        """The chair, while the board goes on and nothing keeps him away."""
        return self._running(self.chair)

    @property
    def secretary_now(self) -> UUID | None:
        """The secretary, likewise."""
        return self._running(self.secretary)

    def _running(self, person_id: UUID) -> UUID | None:
        return None if self.dissolved or person_id in self.out else person_id


def changed(before: BoardSeats | None, event: AnyBoardEvent) -> BoardSeats | None:
    """The board after one of its events.

    A board that is told anew from its beginning keeps who was out: nobody is let in until the word that let him in
    comes again, and whoever is out comes out of the telling as he went in or as a later word has it.
    """
    if isinstance(event, BoardEstablished):
        return BoardSeats(
            event.board_id,
            _who(event.seats, SeatRole.CHAIR),
            _who(event.seats, SeatRole.SECRETARY),
            recused=frozenset() if before is None else before.recused,
            related=frozenset() if before is None else before.related,
            members={seat.person_id: seat.post_id for seat in event.seats},
            admissions=event.admissions,
        )
    return None if before is None else _changed(before, event)


def _changed(before: BoardSeats, event: AnyBoardEvent) -> BoardSeats:
    after = before
    match event:
        case ConflictDeclared(person_id=who, related=related):
            after = replace(before, related=before.related | {who} if related else before.related - {who})
        case RecusalRefused(person_id=who):
            after = replace(before, related=before.related - {who})
        case RecusalGranted(person_id=who):
            after = replace(before, recused=before.recused | {who})
        case BoardMemberReplaced():
            after = _replaced(before, event)
        case BoardReviewAdded(admissions=admissions):
            after = replace(before, admissions=(*before.admissions, *admissions))
        case BoardDissolved():
            after = replace(before, dissolved=True)
        case (
            BoardEstablished()
            | RecusalRequested()
            | SittingConvened()
            | SittingOpened()
            | SittingClosed()
            | BoardVoteCalled()
            | BoardVoteEnded()
            | BoardReviewEnded()
            | BoardTakenOver()
        ):
            pass
        case _:
            assert_never(event)
    return after


def _replaced(before: BoardSeats, event: BoardMemberReplaced) -> BoardSeats:
    who = event.seat.person_id
    staying = {member: post for member, post in before.members.items() if member != event.left}
    after = replace(
        before,
        related=before.related - {who},
        members={**staying, who: event.seat.post_id},
        admissions=(*before.admissions, *event.admissions),
    )
    if event.left == before.chair:
        after = replace(after, chair=who)
    return replace(after, secretary=who) if event.left == before.secretary else after


def _who(seats: Iterable[Seat], role: SeatRole) -> UUID:
    return next(seat.person_id for seat in seats if seat.role is role)
