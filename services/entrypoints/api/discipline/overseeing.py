"""Commands of those who oversee: they judge what owners do, and urge."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from starlette.responses import Response

from discipline.follow_ups.commands import (
    AcceptPlan,
    GrantExtension,
    RefuseExtension,
    RejectRemediation,
    SendBackPlan,
    Urge,
    VerifyRemediation,
)
from services.application.discipline.facts import Facts
from services.application.identity import Role
from services.entrypoints.api.access import Access
from services.entrypoints.api.bodies import Nothing
from services.entrypoints.api.call import Call
from services.entrypoints.api.discipline.follow_up_scope import done, in_reach
from services.entrypoints.api.discipline.inputs import GrantIn, Message, Reasons
from services.entrypoints.api.routing import Router

if TYPE_CHECKING:
    from discipline.follow_ups.state import FollowUp

router = Router(prefix="/follow-ups", tags=["follow-ups"])

OVERSEES = Access({Role.INSPECTOR, Role.TEAM_LEADER, Role.INSPECTORATE_OFFICER, Role.HEAD, Role.AUTHORITY}, in_reach)


@router.command("/{finding_id}/plans/accept", access=OVERSEES, if_match=True)
async def accept_plan(finding_id: UUID, body: Nothing, call: Call) -> Response:  # noqa: ARG001 -- an empty body is one too
    """Accept the plan that was submitted."""
    return await done(call, finding_id, lambda known, state: AcceptPlan(known.by(), known.around(state)))


@router.command("/{finding_id}/plans/send-back", access=OVERSEES, if_match=True)
async def send_back_plan(finding_id: UUID, body: Reasons, call: Call) -> Response:
    """Send the plan back, with reasons."""

    async def command(known: Facts, state: FollowUp) -> SendBackPlan:
        reasons = await call.put_document("reasons", body.reasons)
        return SendBackPlan(known.by(), known.around(state), reasons)

    return await done(call, finding_id, command)


@router.command("/{finding_id}/extensions/grant", access=OVERSEES, if_match=True)
async def grant_extension(finding_id: UUID, body: GrantIn, call: Call) -> Response:
    """Give more time: as asked for, or until another day; never less than there was."""

    async def command(known: Facts, state: FollowUp) -> GrantExtension:
        return GrantExtension(known.by(), known.around(state), await call.calendar(), body.until)

    return await done(call, finding_id, command)


@router.command("/{finding_id}/extensions/refuse", access=OVERSEES, if_match=True)
async def refuse_extension(finding_id: UUID, body: Reasons, call: Call) -> Response:
    """Give no more time, with reasons."""

    async def command(known: Facts, state: FollowUp) -> RefuseExtension:
        reasons = await call.put_document("reasons", body.reasons)
        return RefuseExtension(known.by(), known.around(state), reasons)

    return await done(call, finding_id, command)


@router.command("/{finding_id}/verify", access=OVERSEES, if_match=True)
async def verify(finding_id: UUID, body: Nothing, call: Call) -> Response:  # noqa: ARG001 -- an empty body is one too
    """Say that it is mended indeed; with the finding confirmed this closes it."""
    return await done(call, finding_id, lambda known, state: VerifyRemediation(known.by(), known.around(state)))


@router.command("/{finding_id}/reject", access=OVERSEES, if_match=True)
async def reject(finding_id: UUID, body: Reasons, call: Call) -> Response:
    """Say that it is not mended, with reasons."""

    async def command(known: Facts, state: FollowUp) -> RejectRemediation:
        reasons = await call.put_document("reasons", body.reasons)
        return RejectRemediation(known.by(), known.around(state), reasons)

    return await done(call, finding_id, command)


@router.command("/{finding_id}/urge", access=OVERSEES)
async def urge(finding_id: UUID, body: Message, call: Call) -> Response:
    """Urge the owner to act (đôn đốc)."""

    async def command(known: Facts, state: FollowUp) -> Urge:
        message = await call.put_document("message", body.message)
        return Urge(known.by(), known.around(state), message)

    return await done(call, finding_id, command)
