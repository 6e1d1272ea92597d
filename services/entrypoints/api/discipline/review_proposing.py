"""A person proposes a review on a confirmed finding; what becomes of it is told to those whom it is for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from starlette.responses import Response

from discipline.proposals import by_person, proposals, see_answered
from services.application.discipline.aggregates import FOLLOW_UP, REVIEW
from services.application.discipline.standing import heads
from services.application.grounds import Informed
from services.application.handler import Done
from services.application.ports import Seen
from services.entrypoints.api.call import Call
from services.entrypoints.api.discipline.follow_up_scope import facts
from services.entrypoints.api.discipline.overseeing import OVERSEES
from services.entrypoints.api.discipline.review_inputs import ProposalIn
from services.entrypoints.api.routing import Router

if TYPE_CHECKING:
    from discipline.reviews.commands import ProposeReview

router = Router(prefix="/follow-ups", tags=["reviews"])


@router.command("/{finding_id}/reviews", access=OVERSEES)
async def propose(finding_id: UUID, body: ProposalIn, call: Call) -> Response:
    """Propose the review of an official, the collective, the head or the head above, with reasons.

    The answer is about the follow-up: whether there had been a review already it does not give away.
    """
    stream = FOLLOW_UP.stream(finding_id)

    async def proposal() -> tuple[UUID, Informed[ProposeReview]]:
        """The proposal, as long as the follow-up is what it is now: of a finding that falls away none may come."""
        known, loaded = await facts(call), await call.context.handler.load(FOLLOW_UP, stream)
        demand = by_person(loaded.state, body.about, body.person_id)
        answering = heads(known.organisation, demand)
        see_answered(body.about, answering)
        [(review_id, proposed)] = proposals(demand, answering, known.at, await call.calendar()).items()
        return review_id, Informed(
            replace(proposed, proposed_by=known.principal.person_id), (Seen(stream, loaded.version),)
        )

    async def command() -> Informed[ProposeReview]:
        _, informed = await proposal()
        reasons = await call.put_document("reasons", body.reasons)
        return replace(informed, command=replace(informed.command, reasons=reasons))

    review_id, _ = await proposal()
    await call.carry_out(REVIEW, review_id, command, retry_on_conflict=True)
    version = (await call.context.handler.load(FOLLOW_UP, stream)).version
    return call.changed(finding_id, Done(stream, version))
