"""Inspections and checks: planned, given a team, opened, concluded or cancelled."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, Field, JsonValue
from starlette.responses import Response

from inspection.inspections.commands import (
    CancelInspection,
    Charge,
    Command,
    ConcludeInspection,
    OpenInspection,
    PlanInspection,
)
from schemas.base import Slug
from schemas.inspection.inspections import InspectionForm, LegalKind
from services.application import inspections
from services.application.identity import Role
from services.application.inspections import INSPECTION
from services.entrypoints.api.access import Access
from services.entrypoints.api.bodies import Input
from services.entrypoints.api.call import Call
from services.entrypoints.api.inspection.inspection_views import in_sight
from services.entrypoints.api.refusals import OutsideScope
from services.entrypoints.api.routing import Router

router = Router(prefix="/inspections", tags=["inspections"])

Narrative = Annotated[str, Field(min_length=1, max_length=20_000, description="Kept encrypted in the registry.")]

_PLAN: dict[str, JsonValue] = {
    "legal_kind": "kiem_tra",
    "form": "surprise",
    "directive_id": "lai-chau-16",
    "agency_ids": ["so-xay-dung", "xa-tan-lap"],
    "from_day": "2025-03-03",
    "to_day": "2025-03-28",
}

_SOMEBODY = "0b6f3c3e-6f0e-5c39-9c55-2b8b6f8a1d11"


class Plan(Input):
    """What is planned."""

    model_config = ConfigDict(json_schema_extra={"examples": [_PLAN]})
    legal_kind: Annotated[LegalKind, Field(description="Thanh tra (the inspectorate's alone) or kiểm tra.")]
    form: Annotated[InspectionForm, Field(description="Scheduled, surprise, thematic or internal.")]
    directive_id: Annotated[Slug, Field(description="The directive that it checks.")]
    agency_ids: Annotated[list[Slug], Field(min_length=1, max_length=200, description="Who is inspected.")]
    from_day: Annotated[date, Field(description="First day of the period.")]
    to_day: Annotated[date, Field(description="Last day of the period.")]


class TeamNamed(Input):
    """Who inspects, as a whole."""

    leader_id: Annotated[UUID, Field(description="Who leads.", examples=[_SOMEBODY])]
    member_ids: Annotated[list[UUID], Field(max_length=50, description="The others.")] = Field(default_factory=list)


class Conclusion(Input):
    """What the inspection came to."""

    conclusion: Annotated[Narrative, Field(examples=["Bộ phận một cửa không có người trực hai ngày trong tuần."])]


class Reason(Input):
    """Why it is cancelled."""

    reason: Annotated[Narrative, Field(examples=["Gộp với cuộc kiểm tra chuyên đề trong quý II."])]


async def reached(call: Call) -> None:
    """Every agency that the body names lies within the caller's reach; a malformed body is left to validation."""
    body: Any = await call.json()
    named = body.get("agency_ids") if isinstance(body, dict) else None
    for agency_id in named if isinstance(named, list) else []:
        if isinstance(agency_id, str) and not await call.reaches(agency_id):
            raise OutsideScope(agency_id)


IN_CHARGE = {Role.TEAM_LEADER, Role.INSPECTORATE_OFFICER, Role.HEAD}
"""Heads plan internal checks and checks of what stands below them."""
PLANS = Access(IN_CHARGE, reached)
MOVES = Access(IN_CHARGE, in_sight)


def charge(call: Call) -> Charge:
    """The caller, who is in charge of every inspection in sight if he is an officer of the inspectorate."""
    return Charge(call.principal.person_id, oversees=Role.INSPECTORATE_OFFICER in call.principal.roles)


@router.command("", status=201, access=PLANS)
async def plan(body: Plan, call: Call) -> Response:
    """Plan an inspection. The agencies do not see it before it is opened."""
    inspection_id, person_id = call.new_id("inspection"), call.principal.person_id

    async def planned() -> PlanInspection:
        organisation = await call.organisation()
        command = PlanInspection(
            inspection_id=inspection_id,
            legal_kind=body.legal_kind,
            form=body.form,
            directive_id=body.directive_id,
            agency_ids=tuple(body.agency_ids),
            from_day=body.from_day,
            to_day=body.to_day,
            planned_by=person_id,
            planner_kinds=inspections.kinds_of(organisation, person_id, await call.today()),
        )
        await inspections.see_plan(call.context.handler, organisation, command)
        return command

    done = await call.carry_out(INSPECTION, inspection_id, planned)
    return call.created(inspection_id, done, f"/inspections/{inspection_id}")


@router.command("/{inspection_id}/team", access=MOVES, if_match=True)
async def appoint(inspection_id: UUID, body: TeamNamed, call: Call) -> Response:
    """Appoint the team, anew as a whole; nobody inspects the agency that he heads or works in."""
    organisation, today = await call.organisation(), await call.today()
    command = inspections.team(organisation, charge(call), body.leader_id, body.member_ids, today)
    return await _done(call, inspection_id, command)


@router.command("/{inspection_id}/open", access=MOVES, if_match=True)
async def open_(inspection_id: UUID, call: Call) -> Response:
    """Begin the inspection today."""
    return await _done(call, inspection_id, OpenInspection(charge(call), await call.today()))


@router.command("/{inspection_id}/conclude", access=MOVES, if_match=True)
async def conclude(inspection_id: UUID, body: Conclusion, call: Call) -> Response:
    """Issue the conclusion."""
    conclusion = await call.put_document("conclusion", body.conclusion)
    return await _done(call, inspection_id, ConcludeInspection(charge(call), conclusion, await call.now()))


@router.command("/{inspection_id}/cancel", access=MOVES, if_match=True)
async def cancel(inspection_id: UUID, body: Reason, call: Call) -> Response:
    """Cancel the inspection, planned or opened."""
    reason = await call.put_document("reason", body.reason)
    return await _done(call, inspection_id, CancelInspection(charge(call), reason))


async def _done(call: Call, inspection_id: UUID, command: Command) -> Response:
    return call.changed(inspection_id, await call.carry_out(INSPECTION, inspection_id, command))
