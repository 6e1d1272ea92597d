"""Commands on reviews: the competent authority opens, refuses, and answers for a lost basis."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from starlette.responses import Response

from discipline.boards.state import boards_for
from discipline.reviews.commands import OpenReview, RebaseReview, RefuseReview, TakeOverReview, TerminateReview
from schemas.values import SubjectKind
from services.application.discipline.facts import Sight
from services.entrypoints.api.bodies import Nothing
from services.entrypoints.api.call import Call
from services.entrypoints.api.discipline.board_scope import board_of, surroundings, taken_over
from services.entrypoints.api.discipline.inputs import Reasons
from services.entrypoints.api.discipline.review_scope import DECIDES, TAKES_OVER, done, reckoned
from services.entrypoints.api.routing import Router

if TYPE_CHECKING:
    from discipline.reviews.state import Review
    from services.application.discipline.facts import Facts

router = Router(prefix="/reviews", tags=["reviews"])


@router.command("/{review_id}/open", access=DECIDES, if_match=True)
async def open_review(review_id: UUID, body: Nothing, call: Call) -> Response:  # noqa: ARG001 -- an empty body is one too
    """Open a review; limitation and processing time are fixed with the rows they rest on."""

    async def command(known: Facts, state: Review) -> OpenReview:
        who = None if state.subject.kind is SubjectKind.COLLECTIVE else known.who(state, left=False)
        return OpenReview(known.by(state.authority_post), await reckoned(call, known, state), who)

    return await done(call, review_id, command)


@router.command("/{review_id}/refuse", access=DECIDES, if_match=True)
async def refuse_review(review_id: UUID, body: Reasons, call: Call) -> Response:
    """Refuse to open a review, with reasons."""

    async def command(known: Facts, state: Review) -> RefuseReview:
        return RefuseReview(known.by(state.authority_post), await call.put_document("reasons", body.reasons))

    return await done(call, review_id, command)


@router.command("/{review_id}/rebase", access=DECIDES, if_match=True)
async def rebase_review(review_id: UUID, body: Nothing, call: Call) -> Response:  # noqa: ARG001 -- an empty body is one too
    """After a lost basis, go on with what remains; both clocks are computed anew."""

    async def command(known: Facts, state: Review) -> RebaseReview:
        return RebaseReview(known.by(state.authority_post), await reckoned(call, known, state))

    return await done(call, review_id, command)


@router.command("/{review_id}/terminate", access=DECIDES, if_match=True)
async def terminate_review(review_id: UUID, body: Reasons, call: Call) -> Response:
    """After a lost basis, end a review, with reasons."""

    async def command(known: Facts, state: Review) -> TerminateReview:
        return TerminateReview(known.by(state.authority_post), await call.put_document("reasons", body.reasons))

    return await done(call, review_id, command)


@router.command("/{review_id}/take-over", access=TAKES_OVER)
async def take_over_review(review_id: UUID, body: Reasons, call: Call) -> Response:
    """Take a review over, because whoever is competent may not decide in his own matter, with reasons."""

    async def command(known: Facts, state: Review) -> TakeOverReview:
        reasons, post = await call.put_document("reasons", body.reasons), state.authority_post
        return TakeOverReview(known.by(post), known.holders(post), known.stand_ins_of_review(state), reasons)

    answer = await done(call, review_id, command, Sight.FILE, Sight.ABOVE, Sight.STANDS_IN)
    await _boards_follow(call, review_id)
    return answer


async def _boards_follow(call: Call, review_id: UUID) -> None:
    """The board that sits on it has the same authority from now on."""
    around = await surroundings(call)
    review = await around.review(review_id)
    for id_ in () if review is None else boards_for(review):
        board = await board_of(call, id_)
        if board is not None:
            await taken_over(call, board, around)
