"""A person proposes a review on a confirmed finding; what becomes of it is told to those whom it is for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from starlette.responses import Response

from discipline.days import after_working_days
from discipline.proposals import by_person, proposals
from discipline.responsibility.commands import ProposeHead, RaiseQuestions
from discipline.reviews.refusals import NobodyAnswersSo
from schemas.values import Answerable
from services.application.discipline.aggregates import FOLLOW_UP, RESPONSIBILITY, REVIEW
from services.application.discipline.heads import heads
from services.application.discipline.standing import DirectoryBehind
from services.application.grounds import Informed
from services.application.handler import ConcurrentChange, Done, VersionNotCurrent
from services.application.ports import Seen
from services.entrypoints.api.call import Call
from services.entrypoints.api.conditions import expected_version
from services.entrypoints.api.discipline.apart import propose_apart
from services.entrypoints.api.discipline.follow_up_scope import facts
from services.entrypoints.api.discipline.law_scope import law_at
from services.entrypoints.api.discipline.overseeing import OVERSEES
from services.entrypoints.api.discipline.responsibilities import propose_reviews
from services.entrypoints.api.discipline.review_inputs import ProposalIn
from services.entrypoints.api.discipline.review_scope import reckoned_proposal, setting
from services.entrypoints.api.refusals import Unavailable
from services.entrypoints.api.routing import Router

if TYPE_CHECKING:
    from discipline.reviews.commands import ProposeReview
    from services.application.aggregate import Aggregate
    from services.application.grounds import Gather

router = Router(prefix="/follow-ups", tags=["reviews"])

LEVELS = {Answerable.HEAD: 1, Answerable.HEAD_ABOVE: 2}


@router.command("/{finding_id}/reviews", access=OVERSEES)
async def propose(finding_id: UUID, body: ProposalIn, call: Call) -> Response:
    """Propose the review of an official, the collective, the head or the head above, with reasons.

    Whether a head answers is a question that the competent authority answers, whoever asks it. The answer to this
    command is about the follow-up: whether there had been a review or a question already it does not give away.
    """
    if body.about in LEVELS:
        await _ask(finding_id, body, call)
    else:
        await _propose(finding_id, body, call)
    stream = FOLLOW_UP.stream(finding_id)
    return call.changed(finding_id, Done(stream, (await call.context.handler.load(FOLLOW_UP, stream)).version))


async def _propose(finding_id: UUID, body: ProposalIn, call: Call) -> None:
    stream = FOLLOW_UP.stream(finding_id)

    async def proposal() -> tuple[UUID, Informed[ProposeReview]]:
        """The proposal, as long as the follow-up is what it is now: of a finding that falls away none may come."""
        known, loaded = await facts(call), await call.context.handler.load(FOLLOW_UP, stream)
        demand = by_person(loaded.state, body.about, body.person_id)
        [(review_id, proposed)] = proposals(demand, {}, await setting(call, known)).items()
        proposed = await reckoned_proposal(call, review_id, proposed)
        return review_id, Informed(
            replace(proposed, proposed_by=known.principal.person_id), (Seen(stream, loaded.version),)
        )

    async def command() -> Informed[ProposeReview]:
        _, informed = await proposal()
        _as_seen(call, informed)
        reasons = await call.put_document("reasons", body.reasons)
        return replace(informed, command=replace(informed.command, reasons=reasons))

    review_id, _ = await proposal()
    await _carry_out(call, REVIEW, review_id, command)
    await propose_apart(call, review_id)


async def _ask(finding_id: UUID, body: ProposalIn, call: Call) -> None:
    stream = FOLLOW_UP.stream(finding_id)

    async def command() -> Informed[ProposeHead]:
        """The question, as long as the follow-up is what it is now, and of whoever headed the agency at the fact."""
        known, loaded = await facts(call), await call.context.handler.load(FOLLOW_UP, stream)
        demand = by_person(loaded.state, body.about, body.person_id)
        try:
            asked = heads(known.organisation, demand.agency_id, demand.posts, demand.fact_date, (body.about,))
        except DirectoryBehind as behind:  # the copy of the organisation catches up within moments
            raise Unavailable from behind
        asked = tuple(one for one in asked if one.level == LEVELS[body.about])
        if not asked:
            raise NobodyAnswersSo
        raising = RaiseQuestions(
            finding_id=finding_id,
            matter_id=demand.matter_id,
            agency_id=demand.agency_id,
            directive_id=demand.directive_id,
            own_check=loaded.state.internal_check,
            fact_date=demand.fact_date,
            detected_at=demand.detected_at,
            terms=demand.terms,
            answer_until=after_working_days(known.at, demand.terms.open_within, await call.calendar()),
            heads=asked,
            law=await law_at(call, known.at),
        )
        reasons = await call.put_document("reasons", body.reasons)
        asking = Informed(ProposeHead(raising, known.principal.person_id, reasons), (Seen(stream, loaded.version),))
        _as_seen(call, asking)
        return asking

    await _carry_out(call, RESPONSIBILITY, finding_id, command)
    await propose_reviews(call, finding_id)


def _as_seen(call: Call, proposal: Informed[object]) -> None:
    """If-Match names a version of the follow-up, on which the proposal rests. Raises `VersionNotCurrent`."""
    expected, [follow_up] = expected_version(call.headers), proposal.rests_on
    if expected not in {None, follow_up.version}:
        raise VersionNotCurrent(expected, follow_up.version)


async def _carry_out(call: Call, aggregate: Aggregate[Any, Any, Any], id_: UUID, command: Gather) -> None:
    """Carry it out without a word of the stream that it goes to: its version would tell whether there had been one."""
    request = replace(await call.request(retry_on_conflict=True), expected_version=None)
    try:
        await call.context.handler.handle(aggregate, id_, command, request)
    except ConcurrentChange as lost:
        raise Unavailable from lost
