"""Commands on reviews: the competent authority opens, refuses, and answers for a lost basis."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from starlette.responses import Response

from discipline.reviews.commands import OpenReview, RebaseReview, RefuseReview, TerminateReview
from services.adapters import law
from services.application.discipline.aggregates import REVIEW
from services.application.identity import Role
from services.entrypoints.api.access import Access
from services.entrypoints.api.call import Call
from services.entrypoints.api.discipline.follow_up_scope import facts
from services.entrypoints.api.discipline.inputs import Nothing, Reasons
from services.entrypoints.api.refusals import NotFound
from services.entrypoints.api.routing import Router

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from discipline.reviews.commands import Command
    from discipline.reviews.state import Review, State
    from discipline.standing import Person
    from services.application.discipline.facts import Facts

router = Router(prefix="/reviews", tags=["reviews"])


async def review_of(call: Call) -> Review:
    """The review in the path. Raises `NotFound`: to an outsider it does not exist."""
    stream = REVIEW.stream(call.path_id("review_id"))
    state: State = (await call.context.handler.load(REVIEW, stream)).state
    if state is None or not (await facts(call)).may_see_review(state):
        raise NotFound
    return state


async def in_sight(call: Call) -> None:
    """Scope of the routes of one review. Raises `NotFound`."""
    await review_of(call)


DECIDES = Access({Role.AUTHORITY}, in_sight)


async def _done(call: Call, review_id: UUID, make: Callable[[Person, Facts], Awaitable[Command]]) -> Response:
    async def command() -> Command:
        known, state = await facts(call), await review_of(call)
        return await make(known.by(state.authority_post), known)

    return call.changed(review_id, await call.carry_out(REVIEW, review_id, command()))


@router.command("/{review_id}/open", access=DECIDES, if_match=True)
async def open_review(review_id: UUID, body: Nothing, call: Call) -> Response:  # noqa: ARG001 -- an empty body is one too
    """Open a review; limitation and processing time are fixed with the rows they rest on."""

    async def command(by: Person, known: Facts) -> OpenReview:
        return OpenReview(by, known.at, law.shipped(), await call.calendar())

    return await _done(call, review_id, command)


@router.command("/{review_id}/refuse", access=DECIDES, if_match=True)
async def refuse_review(review_id: UUID, body: Reasons, call: Call) -> Response:
    """Refuse to open a review, with reasons."""

    async def command(by: Person, _known: Facts) -> RefuseReview:
        return RefuseReview(by, await call.put_document("reasons", body.reasons))

    return await _done(call, review_id, command)


@router.command("/{review_id}/rebase", access=DECIDES, if_match=True)
async def rebase_review(review_id: UUID, body: Nothing, call: Call) -> Response:  # noqa: ARG001 -- an empty body is one too
    """After a lost basis, go on with what remains; both clocks are computed anew."""

    async def command(by: Person, known: Facts) -> RebaseReview:
        return RebaseReview(by, known.at, law.shipped(), await call.calendar())

    return await _done(call, review_id, command)


@router.command("/{review_id}/terminate", access=DECIDES, if_match=True)
async def terminate_review(review_id: UUID, body: Reasons, call: Call) -> Response:
    """After a lost basis, end a review, with reasons."""

    async def command(by: Person, _known: Facts) -> TerminateReview:
        return TerminateReview(by, await call.put_document("reasons", body.reasons))

    return await _done(call, review_id, command)
