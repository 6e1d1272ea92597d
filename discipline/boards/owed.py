"""What a board waits for next, and who owes it. Derived from where it and its reviews stand, never stored."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from discipline.boards.state import Board, able, vacant, voting
from discipline.reviews.state import ReviewStatus
from schemas.discipline.boards import SeatRole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from uuid import UUID

    from discipline.boards.commands import Standing


class BoardDebtor(StrEnum):
    """Who owes a step of the board's."""

    AUTHORITY = "authority"
    CHAIR = "chair"
    SECRETARY = "secretary"
    MEMBERS = "members"


class BoardStep(StrEnum):
    """What is missing."""

    DECLARATIONS = "declarations"
    RECUSALS = "recusals"
    VACANCY = "vacancy"
    """A member no longer holds the post for which he was chosen."""
    REPLACEMENT = "replacement"
    CONVOCATION = "convocation"
    OPENING = "opening"
    VOTE = "vote"
    COUNT = "count"
    MINUTES = "minutes"
    FURTHER_HEARING = "further-hearing"
    """Too few of those who heard a case may still vote on it."""


@dataclass(frozen=True, slots=True)
class BoardOwed:
    """One missing step."""

    step: BoardStep
    by: BoardDebtor
    persons: tuple[UUID, ...] = ()
    """Whose declarations or recusals they are, or whose seats are vacant."""
    review_ids: tuple[UUID, ...] = ()
    """The reviews that wait for it."""


WAITING = frozenset({ReviewStatus.BEFORE_BOARD, ReviewStatus.HEARD})
"""A review that the board still has to do something for."""


@dataclass(frozen=True, slots=True)
class OfBoard:
    """Where a review of the board's stands."""

    status: ReviewStatus
    heard_by: tuple[UUID, ...] = ()
    """Who sat with a vote when it was heard last."""
    voted: bool = False
    """A ballot on what was heard last came to a choice: what is missing is the review's recommendation, no vote."""

    @property
    def waits(self) -> bool:
        """The board still has to do something for it; what joined since has it back before the hearing."""
        return self.status in WAITING and not (self.status is ReviewStatus.HEARD and self.voted)


def owed(board: Board, standing: Standing, reviews: Mapping[UUID, OfBoard]) -> tuple[BoardOwed, ...]:
    """What is missing, what holds everything else up first."""
    return () if board.dissolved else tuple(_owed(board, standing, reviews))


def _owed(board: Board, standing: Standing, reviews: Mapping[UUID, OfBoard]) -> Iterator[BoardOwed]:
    there = able(board, standing)
    yield from _recusals(board, there)
    if undeclared := tuple(who for who in there if who not in board.declared):
        yield BoardOwed(BoardStep.DECLARATIONS, BoardDebtor.MEMBERS, undeclared)
    if gone := vacant(board, standing):
        yield BoardOwed(BoardStep.VACANCY, BoardDebtor.AUTHORITY, gone)
    if len(voting(board, there)) < board.quorum.number:
        yield BoardOwed(BoardStep.REPLACEMENT, BoardDebtor.AUTHORITY)
    again = _heard_by_too_few(board, there, reviews)
    if again:
        yield BoardOwed(BoardStep.FURTHER_HEARING, BoardDebtor.SECRETARY, review_ids=again)
    waiting = {id_: one.status for id_, one in reviews.items() if one.waits and id_ not in again}
    yield from _sitting(board, waiting)


def _heard_by_too_few(board: Board, there: tuple[UUID, ...], reviews: Mapping[UUID, OfBoard]) -> tuple[UUID, ...]:
    """The reviews that have to be heard again, once the board can; while a vote goes on, those who vote are known."""
    votes = voting(board, there)
    if board.vote is not None or len(votes) < board.quorum.number:
        return ()
    return tuple(
        id_
        for id_, one in sorted(reviews.items())
        if one.waits
        and one.status is ReviewStatus.HEARD
        and sum(who in one.heard_by for who in votes) < board.quorum.number
    )


def _recusals(board: Board, there: tuple[UUID, ...]) -> Iterator[BoardOwed]:
    """On the chair the authority decides, on the others the chair, and the authority while he may not take part."""
    chair = board.holder(SeatRole.CHAIR)
    asked = frozenset(board.asked)
    of_chair = asked if chair not in there else asked & {chair}
    if others := tuple(sorted(asked - of_chair)):
        yield BoardOwed(BoardStep.RECUSALS, BoardDebtor.CHAIR, others)
    if of_chair:
        yield BoardOwed(BoardStep.RECUSALS, BoardDebtor.AUTHORITY, tuple(sorted(of_chair)))


def _sitting(board: Board, waiting: Mapping[UUID, ReviewStatus]) -> Iterator[BoardOwed]:
    sitting = board.sitting
    if sitting is None:
        if waiting:
            yield BoardOwed(BoardStep.CONVOCATION, BoardDebtor.SECRETARY, review_ids=tuple(sorted(waiting)))
        return
    if sitting.attended is None:
        yield BoardOwed(BoardStep.OPENING, BoardDebtor.SECRETARY, review_ids=sitting.review_ids)
        return
    if board.vote is not None:
        yield BoardOwed(BoardStep.COUNT, BoardDebtor.CHAIR)
        return
    heard = tuple(id_ for id_ in sitting.review_ids if waiting.get(id_) is ReviewStatus.HEARD)
    if heard:
        yield BoardOwed(BoardStep.VOTE, BoardDebtor.CHAIR, review_ids=heard)
    if not any(id_ in waiting for id_ in sitting.review_ids):
        yield BoardOwed(BoardStep.MINUTES, BoardDebtor.SECRETARY)
