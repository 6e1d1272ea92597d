"""Commands on follow-ups: heads assign, owners act, those who may judge decide, those who watch urge."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeAlias
from uuid import UUID

from starlette.responses import Response

from discipline.follow_ups.commands import (
    AcceptPlan,
    Acknowledge,
    AssignOwner,
    ClaimCompletion,
    GrantExtension,
    HandOver,
    RefuseExtension,
    RejectRemediation,
    ReportProgress,
    RequestExtension,
    SendBackPlan,
    SubmitPlan,
    Urge,
    VerifyRemediation,
)
from schemas.discipline.followups import Measure
from services.application.discipline.aggregates import FOLLOW_UP
from services.application.discipline.facts import Facts
from services.application.identity import Role
from services.entrypoints.api.access import Access
from services.entrypoints.api.call import Call
from services.entrypoints.api.discipline.inputs import (
    CompletionIn,
    ExtensionIn,
    GrantIn,
    Message,
    NextOwner,
    Nothing,
    Owner,
    PlanIn,
    ProgressIn,
    Reasons,
)
from services.entrypoints.api.refusals import NotFound
from services.entrypoints.api.routing import Router

if TYPE_CHECKING:
    from collections.abc import Sequence

    from discipline.follow_ups.commands import Command
    from discipline.follow_ups.state import FollowUp, State
    from schemas.values import DocumentRef

    Make: TypeAlias = Callable[[Facts, FollowUp], Command | Awaitable[Command]]

router = Router(prefix="/follow-ups", tags=["follow-ups"])


async def facts(call: Call) -> Facts:
    """What is known at the moment of this request."""
    return Facts(call.principal, await call.organisation(), await call.now())


async def follow_up_of(call: Call) -> FollowUp:
    """The follow-up in the path, where the caller may see it. Raises `NotFound`."""
    stream = FOLLOW_UP.stream(call.path_id("finding_id"))
    state: State = (await call.context.handler.load(FOLLOW_UP, stream)).state
    if state is None or not (await facts(call)).may_see(state):
        raise NotFound
    return state


async def in_sight(call: Call) -> None:
    """Scope of the readings of one follow-up. Raises `NotFound`."""
    await follow_up_of(call)


async def in_reach(call: Call) -> None:
    """Scope of the commands on one follow-up.

    Who passes a case on may lose it by that: the same command again still gets its first answer. Raises `NotFound`.
    """
    try:
        await follow_up_of(call)
    except NotFound:
        if await call.context.handler.replay(await call.request()) is None:
            raise


OVERSEES = {Role.INSPECTOR, Role.TEAM_LEADER, Role.INSPECTORATE_OFFICER, Role.HEAD, Role.AUTHORITY}
ASSIGNS = Access({Role.HEAD, Role.AUTHORITY}, in_reach)
OWNS = Access({Role.AGENCY_USER, Role.HEAD}, in_reach)
JUDGES = Access(OVERSEES, in_reach)
URGES = Access(OVERSEES, in_reach)


async def documents(call: Call, kind: str, texts: Sequence[str]) -> tuple[DocumentRef, ...]:
    """Put several texts in the registry."""
    return tuple([await call.put_document(f"{kind} {number}", text) for number, text in enumerate(texts)])


async def _done(call: Call, finding_id: UUID, make: Make) -> Response:
    async def command() -> Command:
        made = make(await facts(call), await follow_up_of(call))
        return await made if isinstance(made, Awaitable) else made

    return call.changed(finding_id, await call.carry_out(FOLLOW_UP, finding_id, command()))


# -- the owner --------------------------------------------------------------------------------------------------------


@router.command("/{finding_id}/assign", access=ASSIGNS)
async def assign(finding_id: UUID, body: Owner, call: Call) -> Response:
    """Give a follow-up to one post of the agency; this is no hand-over."""

    def command(known: Facts, state: FollowUp) -> AssignOwner:
        return AssignOwner(known.by(), known.around(state), known.place(body.post_id))

    return await _done(call, finding_id, command)


@router.command("/{finding_id}/hand-over", access=OWNS)
async def hand_over(finding_id: UUID, body: NextOwner, call: Call) -> Response:
    """Pass a follow-up on within the agency, with a reason; counted."""

    async def command(known: Facts, state: FollowUp) -> HandOver:
        reason = await call.put_document("reason", body.reason)
        return HandOver(known.by(state.owner_post), known.around(state), known.place(body.post_id), reason)

    return await _done(call, finding_id, command)


@router.command("/{finding_id}/acknowledge", access=OWNS)
async def acknowledge(finding_id: UUID, body: Nothing, call: Call) -> Response:  # noqa: ARG001 -- an empty body is one too
    """Acknowledge a follow-up as it stands; this admits nothing."""
    return await _done(call, finding_id, lambda known, state: Acknowledge(known.by(state.owner_post)))


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

    return await _done(call, finding_id, command)


@router.command("/{finding_id}/progress", access=OWNS)
async def report_progress(finding_id: UUID, body: ProgressIn, call: Call) -> Response:
    """Report progress on the accepted plan."""

    async def command(known: Facts, state: FollowUp) -> ReportProgress:
        report = await call.put_document("report", body.report)
        evidence = await documents(call, "evidence", body.evidence)
        return ReportProgress(known.by(state.owner_post), body.percent, report, evidence)

    return await _done(call, finding_id, command)


@router.command("/{finding_id}/extensions", access=OWNS)
async def request_extension(finding_id: UUID, body: ExtensionIn, call: Call) -> Response:
    """Ask for more time; the clock goes on meanwhile."""

    async def command(known: Facts, state: FollowUp) -> RequestExtension:
        reason = await call.put_document("reason", body.reason)
        evidence = await documents(call, "evidence", body.evidence)
        return RequestExtension(known.by(state.owner_post), known.at, body.until, reason, evidence)

    return await _done(call, finding_id, command)


@router.command("/{finding_id}/completion", access=OWNS)
async def claim_completion(finding_id: UUID, body: CompletionIn, call: Call) -> Response:
    """Say that it is mended, with evidence; timeliness is judged by the moment of receipt."""

    async def command(known: Facts, state: FollowUp) -> ClaimCompletion:
        report = await call.put_document("report", body.report)
        evidence = await documents(call, "evidence", body.evidence)
        return ClaimCompletion(known.by(state.owner_post), known.at, report, evidence)

    return await _done(call, finding_id, command)


# -- those who may judge ----------------------------------------------------------------------------------------------


@router.command("/{finding_id}/plans/accept", access=JUDGES, if_match=True)
async def accept_plan(finding_id: UUID, body: Nothing, call: Call) -> Response:  # noqa: ARG001 -- an empty body is one too
    """Accept the plan that was submitted."""
    return await _done(call, finding_id, lambda known, state: AcceptPlan(known.by(), known.around(state)))


@router.command("/{finding_id}/plans/send-back", access=JUDGES, if_match=True)
async def send_back_plan(finding_id: UUID, body: Reasons, call: Call) -> Response:
    """Send the plan back, with reasons."""

    async def command(known: Facts, state: FollowUp) -> SendBackPlan:
        reasons = await call.put_document("reasons", body.reasons)
        return SendBackPlan(known.by(), known.around(state), reasons)

    return await _done(call, finding_id, command)


@router.command("/{finding_id}/extensions/grant", access=JUDGES, if_match=True)
async def grant_extension(finding_id: UUID, body: GrantIn, call: Call) -> Response:
    """Give more time: as asked for, or until another day; never less than there was."""

    async def command(known: Facts, state: FollowUp) -> GrantExtension:
        return GrantExtension(known.by(), known.around(state), await call.calendar(), body.until)

    return await _done(call, finding_id, command)


@router.command("/{finding_id}/extensions/refuse", access=JUDGES, if_match=True)
async def refuse_extension(finding_id: UUID, body: Reasons, call: Call) -> Response:
    """Give no more time, with reasons."""

    async def command(known: Facts, state: FollowUp) -> RefuseExtension:
        reasons = await call.put_document("reasons", body.reasons)
        return RefuseExtension(known.by(), known.around(state), reasons)

    return await _done(call, finding_id, command)


@router.command("/{finding_id}/verify", access=JUDGES, if_match=True)
async def verify(finding_id: UUID, body: Nothing, call: Call) -> Response:  # noqa: ARG001 -- an empty body is one too
    """Say that it is mended indeed; with the finding confirmed this closes it."""
    return await _done(call, finding_id, lambda known, state: VerifyRemediation(known.by(), known.around(state)))


@router.command("/{finding_id}/reject", access=JUDGES, if_match=True)
async def reject(finding_id: UUID, body: Reasons, call: Call) -> Response:
    """Say that it is not mended, with reasons."""

    async def command(known: Facts, state: FollowUp) -> RejectRemediation:
        reasons = await call.put_document("reasons", body.reasons)
        return RejectRemediation(known.by(), known.around(state), reasons)

    return await _done(call, finding_id, command)


# -- those who watch --------------------------------------------------------------------------------------------------


@router.command("/{finding_id}/urge", access=URGES)
async def urge(finding_id: UUID, body: Message, call: Call) -> Response:
    """Urge the owner to act (đôn đốc)."""

    async def command(known: Facts, state: FollowUp) -> Urge:
        message = await call.put_document("message", body.message)
        return Urge(known.by(), known.around(state), message)

    return await _done(call, finding_id, command)
