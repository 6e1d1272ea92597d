"""Commands of those who mend: heads assign, owners act."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from starlette.responses import Response

from discipline.follow_ups.commands import (
    Acknowledge,
    AssignOwner,
    ClaimCompletion,
    HandOver,
    ReportProgress,
    RequestExtension,
    SubmitPlan,
)
from schemas.discipline.followups import Measure
from services.application.discipline.facts import Facts
from services.application.identity import Role
from services.entrypoints.api.access import Access
from services.entrypoints.api.bodies import Nothing
from services.entrypoints.api.call import Call
from services.entrypoints.api.discipline.follow_up_scope import documents, done, in_reach
from services.entrypoints.api.discipline.inputs import (
    CompletionIn,
    ExtensionIn,
    NextOwner,
    Owner,
    PlanIn,
    ProgressIn,
)
from services.entrypoints.api.routing import Router

if TYPE_CHECKING:
    from discipline.follow_ups.state import FollowUp

router = Router(prefix="/follow-ups", tags=["follow-ups"])

ASSIGNS = Access({Role.HEAD, Role.AUTHORITY}, in_reach)
OWNS = Access({Role.AGENCY_USER, Role.HEAD}, in_reach)


@router.command("/{finding_id}/assign", access=ASSIGNS)
async def assign(finding_id: UUID, body: Owner, call: Call) -> Response:
    """Give a follow-up to one post of the agency; this is no hand-over."""

    def command(known: Facts, state: FollowUp) -> AssignOwner:
        return AssignOwner(known.by(), known.around(state), known.place(body.post_id))

    return await done(call, finding_id, command)


@router.command("/{finding_id}/hand-over", access=OWNS)
async def hand_over(finding_id: UUID, body: NextOwner, call: Call) -> Response:
    """Pass a follow-up on within the agency, with a reason; counted."""

    async def command(known: Facts, state: FollowUp) -> HandOver:
        reason = await call.put_document("reason", body.reason)
        return HandOver(known.by(state.owner_post), known.around(state), known.place(body.post_id), reason)

    return await done(call, finding_id, command)


@router.command("/{finding_id}/acknowledge", access=OWNS)
async def acknowledge(finding_id: UUID, body: Nothing, call: Call) -> Response:  # noqa: ARG001 -- an empty body is one too
    """Acknowledge a follow-up as it stands; this admits nothing."""
    return await done(call, finding_id, lambda known, state: Acknowledge(known.by(state.owner_post)))


@router.command("/{finding_id}/plans", access=OWNS)
async def submit_plan(finding_id: UUID, body: PlanIn, call: Call) -> Response:
    """Say how and by when it will be mended."""

    async def command(known: Facts, state: FollowUp) -> SubmitPlan:
        texts = await documents(call, "measure", [measure.description for measure in body.measures])
        measures = tuple(
            Measure(measure_id=measure.measure_id, description=text, until=measure.until)
            for measure, text in zip(body.measures, texts, strict=True)
        )
        return SubmitPlan(known.by(state.owner_post), measures)

    return await done(call, finding_id, command)


@router.command("/{finding_id}/progress", access=OWNS)
async def report_progress(finding_id: UUID, body: ProgressIn, call: Call) -> Response:
    """Report progress on the accepted plan."""

    async def command(known: Facts, state: FollowUp) -> ReportProgress:
        report = await call.put_document("report", body.report)
        evidence = await documents(call, "evidence", body.evidence)
        return ReportProgress(known.by(state.owner_post), body.percent, report, evidence)

    return await done(call, finding_id, command)


@router.command("/{finding_id}/extensions", access=OWNS)
async def request_extension(finding_id: UUID, body: ExtensionIn, call: Call) -> Response:
    """Ask for more time; the clock goes on meanwhile."""

    async def command(known: Facts, state: FollowUp) -> RequestExtension:
        reason = await call.put_document("reason", body.reason)
        evidence = await documents(call, "evidence", body.evidence)
        return RequestExtension(known.by(state.owner_post), known.at, body.until, reason, evidence)

    return await done(call, finding_id, command)


@router.command("/{finding_id}/completion", access=OWNS)
async def claim_completion(finding_id: UUID, body: CompletionIn, call: Call) -> Response:
    """Say that it is mended, with evidence; timeliness is judged by the moment of receipt."""

    async def command(known: Facts, state: FollowUp) -> ClaimCompletion:
        report = await call.put_document("report", body.report)
        evidence = await documents(call, "evidence", body.evidence)
        return ClaimCompletion(known.by(state.owner_post), known.at, report, evidence)

    return await done(call, finding_id, command)
