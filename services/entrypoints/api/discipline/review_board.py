"""Commands on a review before its board: the referral, summonses, the hearing, what the board's ballot recommends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from starlette.responses import Response

from discipline.boards.facts import board_before
from discipline.reviews.procedure.commands import (
    HoldHearing,
    RecordMissed,
    RecordReceipt,
    RecordRecommendation,
    ReferToBoard,
    Summon,
)
from discipline.reviews.procedure.refusals import BallotNotOfReview, NotBeforeThisBoard
from discipline.reviews.procedure.steps import after
from discipline.reviews.state import ReviewStatus
from services.application.discipline.aggregates import REVIEW
from services.application.discipline.boards import Votes
from services.application.discipline.facts import Sight
from services.entrypoints.api.call import Call
from services.entrypoints.api.discipline import review_inputs as i
from services.entrypoints.api.discipline.board_scope import found
from services.entrypoints.api.discipline.law_scope import law_at
from services.entrypoints.api.discipline.review_scope import DECIDES, KEEPS_BEFORE_BOARD, done, setting
from services.entrypoints.api.routing import Router

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from discipline.reviews.commands import Command
    from discipline.reviews.procedure.facts import BallotResult, BoardBefore
    from discipline.reviews.state import Review
    from discipline.standing import Person
    from services.application.discipline.facts import Facts
    from services.application.grounds import Grounds, Informed

router = Router(prefix="/reviews", tags=["reviews"])


@dataclass(frozen=True, slots=True)
class Before:
    """Who sends a command on a review that stands before its board, and what is known then."""

    by: Person
    known: Facts
    board: BoardBefore
    grounds: Grounds


async def _board(call: Call, known: Facts, board_id: UUID) -> tuple[BoardBefore, Grounds]:
    """A board as it stands now, and all that this was read from. Raises `NotBeforeThisBoard`."""
    seen = await found(call, board_id, known)
    if seen is None:
        raise NotBeforeThisBoard(str(board_id))
    return board_before(seen.board, seen.standing), seen.around.grounds


async def _before(
    call: Call,
    review_id: UUID,
    make: Callable[[Before], Awaitable[Command]],
    *statuses: ReviewStatus,
) -> Response:
    """Carry out a command on a review that stands before its board, as long as the board is what it is now.

    Raises what `after` refuses, and `NotBeforeThisBoard`.
    """

    async def command(known: Facts, state: Review) -> Informed[Command]:
        if state.status not in statuses:
            after(state, statuses[0])
        board_id = state.procedure.board_id
        assert board_id is not None  # noqa: S101 -- a review stands before a board by the event that names it
        board, grounds = await _board(call, known, board_id)
        made = await make(Before(known.by(state.authority_post), known, board, grounds))
        return grounds.of(made, REVIEW.stream(review_id))

    return await done(call, review_id, command, Sight.FILE, Sight.BOARD)


async def _voted(call: Call, it: Before, review_id: UUID) -> tuple[BallotResult, ...]:
    """What the board's ballots came to since the review was heard last."""
    return await Votes(call.context.handler, call.context.store).results(it.board.board_id, review_id, it.grounds)


@router.command("/{review_id}/board", access=DECIDES, if_match=True)
async def refer(review_id: UUID, body: i.BoardReferralIn, call: Call) -> Response:
    """Bring it before the board that was established for it; never a collective's."""

    async def command(known: Facts, state: Review) -> Informed[ReferToBoard]:
        board, grounds = await _board(call, known, body.board_id)
        reasons = await call.put_document("reasons", body.reasons)
        by, law = known.by(state.authority_post), await law_at(call, known.at)
        return grounds.of(ReferToBoard(by, known.at, board, reasons, law), REVIEW.stream(review_id))

    return await done(call, review_id, command)


@router.command("/{review_id}/summons", access=KEEPS_BEFORE_BOARD, if_match=True)
async def summon(review_id: UUID, body: i.SummonsIn, call: Call) -> Response:
    """Summon the subject to the hearing, or to a further one where too few of those who heard him may still vote."""

    async def command(it: Before) -> Summon:
        document = await call.put_document("summons", body.summons)
        voted = await _voted(call, it, review_id)
        return Summon(it.by, it.known.at, it.board, body.hearing_at, document, voted)

    return await _before(call, review_id, command, ReviewStatus.BEFORE_BOARD, ReviewStatus.HEARD)


@router.command("/{review_id}/summons/receipt", access=KEEPS_BEFORE_BOARD, if_match=True)
async def receive(review_id: UUID, body: i.ServiceIn, call: Call) -> Response:
    """Record, with proof, that the summons reached him; without it nothing can be missed."""

    async def command(it: Before) -> RecordReceipt:
        proof = await call.put_document("proof", body.proof)
        return RecordReceipt(it.by, await setting(call, it.known), it.board, body.received_at, proof)

    return await _before(call, review_id, command, ReviewStatus.BEFORE_BOARD)


@router.command("/{review_id}/summons/missed", access=KEEPS_BEFORE_BOARD, if_match=True)
async def miss(review_id: UUID, body: i.MissedIn, call: Call) -> Response:
    """Record that he did not appear, and whether he had a good reason."""

    async def command(it: Before) -> RecordMissed:
        circumstances = await call.put_document("circumstances", body.circumstances)
        return RecordMissed(it.by, it.known.at, it.board, body.excused, circumstances)

    return await _before(call, review_id, command, ReviewStatus.BEFORE_BOARD)


@router.command("/{review_id}/hearing", access=KEEPS_BEFORE_BOARD, if_match=True)
async def hear(review_id: UUID, body: i.HearingIn, call: Call) -> Response:
    """Record the hearing of the sitting that is open: with him, or without him where the row lets it go on."""

    async def command(it: Before) -> HoldHearing:
        statement = None if body.statement is None else await call.put_document("statement", body.statement)
        minutes = await call.put_document("minutes", body.minutes)
        return HoldHearing(it.by, await setting(call, it.known), it.board, statement, minutes)

    return await _before(call, review_id, command, ReviewStatus.BEFORE_BOARD)


@router.command("/{review_id}/recommendation", access=KEEPS_BEFORE_BOARD, if_match=True)
async def recommend(review_id: UUID, body: i.RecommendationIn, call: Call) -> Response:
    """Record what the board recommends: what its secret ballot counted, as the ballot itself says it."""

    async def command(it: Before) -> RecordRecommendation:
        voted = await _voted(call, it, review_id)
        places = {one.ballot_id: place for place, one in enumerate(voted)}
        if body.ballot_id not in places:
            raise BallotNotOfReview
        place = places[body.ballot_id]
        return RecordRecommendation(it.by, it.board, voted[place], voted[:place])

    return await _before(call, review_id, command, ReviewStatus.HEARD)
