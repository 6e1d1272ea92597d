"""What a board is after its events. Whether it has a quorum is derived, never stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from discipline.boards.conflicts import conflicts, unadmitted
from schemas.discipline.boards import Admission, Seat, SeatRole, StatedNumber

if TYPE_CHECKING:
    from datetime import datetime

    from discipline.boards.commands import Standing
    from discipline.reviews.state import Review

_BOARDS = UUID("7d8a4d3f-6c1e-5b0a-8f27-2f0f4a9f9b31")
"""Namespace of boards' ids."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """One sitting."""

    number: int
    review_ids: tuple[UUID, ...]
    invited: tuple[UUID, ...]
    held_at: datetime
    """For when they were invited."""
    attended: tuple[UUID, ...] | None = None
    """None until it is opened."""
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Board:
    """A board that was established."""

    board_id: UUID
    matter_id: UUID
    authority_post: str
    reviews: dict[UUID, UUID]
    """The reviews that it sits on and that go on, each with its subject."""
    seats: tuple[Seat, ...]
    size: StatedNumber
    quorum: StatedNumber
    admissions: tuple[Admission, ...]
    declared: dict[UUID, bool]
    """Who has declared, and whether something ties him to a subject."""
    asked: dict[UUID, UUID] = field(default_factory=dict)
    """Members whose recusal was asked for and is not decided, each with who asked."""
    refused: frozenset[tuple[UUID, UUID]] = frozenset()
    """Who asked for whose recusal and was refused: without new facts he does not ask again."""
    recused: frozenset[UUID] = frozenset()
    """Who takes no part, and in this matter never comes back."""
    sittings: tuple[Sitting, ...] = ()
    vote: UUID | None = None
    """The ballot that goes on; while it does, who sits does not change."""
    votes: int = 0
    """How many were called."""
    dissolved: bool = False
    sat_on: frozenset[UUID] = frozenset()
    """All reviews that were ever its: whoever reads the board reads of each of them."""
    concerned: frozenset[UUID] = frozenset()
    """The subjects of all reviews that it ever sat on: what it said of them is nothing that they read, also later."""

    def seat_of(self, person_id: UUID) -> Seat | None:
        """The seat of somebody, recused or not."""
        return next((seat for seat in self.seats if seat.person_id == person_id), None)

    def holder(self, role: SeatRole) -> UUID:
        """Chair or secretary."""
        return next(seat.person_id for seat in self.seats if seat.role is role)

    @property
    def sitting(self) -> Sitting | None:
        """The latest sitting, while it is not closed."""
        return self.sittings[-1] if self.sittings and not self.sittings[-1].closed else None

    def bars(self, person_id: UUID) -> bool:
        """Whether its own events keep a member away: recused, or related by his own word and not yet decided on."""
        return person_id in self.recused or self.declared.get(person_id, False)


State = Board | None
"""None: never established."""

initial: State = None


def board_id(matter_id: UUID, authority_post: str) -> UUID:
    """The one board of an authority in a matter; established anew after its end, it goes on under the same id."""
    return uuid5(_BOARDS, f"{matter_id}/{authority_post}")


def boards_for(review: Review) -> tuple[UUID, ...]:
    """The boards that may sit on a review: the one that it was referred to, else of each authority that it has had."""
    if review.procedure.board_id is not None:
        return (review.procedure.board_id,)
    return tuple(board_id(review.matter_id, post) for post in (review.authority_post, *review.taken_from))


def ballot_id(board: Board) -> UUID:
    """The next ballot that the board calls; of two who call at once, both mean the same."""
    return _ballot(board, board.votes + 1)


def ballot_ids(board: Board, coming: int) -> tuple[UUID, ...]:
    """The ballots that the board has called, and as many that it may call yet."""
    return tuple(_ballot(board, number) for number in range(1, board.votes + coming + 1))


def _ballot(board: Board, number: int) -> UUID:
    return uuid5(board.board_id, f"vote/{number}")


def may_take_part(board: Board, person_id: UUID, standing: Standing) -> bool:
    """Whether a member may take part and see the case on this day, by the board's events and by the organisation."""
    member, seat = standing.members.get(person_id), board.seat_of(person_id)
    if board.dissolved or seat is None or member is None or board.bars(person_id) or not member.holds(seat.post_id):
        return False
    return unadmitted(conflicts([member], standing.matters), board.admissions) is None


def vacant(board: Board, standing: Standing) -> tuple[UUID, ...]:
    """The members whose seats are vacant today: each was chosen for his post, and no longer holds it.

    Nobody has to record that: it ends with the post, with the agency, or with his leaving. Who holds what the post has
    become by succession sits on.
    """
    return tuple(
        seat.person_id
        for seat in board.seats
        if (member := standing.members.get(seat.person_id)) is None or not member.holds(seat.post_id)
    )


def able(board: Board, standing: Standing) -> tuple[UUID, ...]:
    """All seats that may take part."""
    return tuple(seat.person_id for seat in board.seats if may_take_part(board, seat.person_id, standing))


def voting(board: Board, present: tuple[UUID, ...]) -> tuple[UUID, ...]:
    """Those of them who have a vote: the quorum is counted over these."""
    return tuple(seat.person_id for seat in board.seats if seat.votes and seat.person_id in present)
