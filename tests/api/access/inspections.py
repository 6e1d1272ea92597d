"""Who may plan, move and see inspections."""

from datetime import date
from uuid import uuid4

from inspection.inspections.commands import AppointTeam, Charge, Command, OpenInspection, PlanInspection
from inspection.standing import Standing
from schemas.inspection.inspections import InspectionForm, LegalKind
from services.application.handler import Request
from services.application.identity import Role
from services.application.inspections import INSPECTION
from services.entrypoints.api.context import Context
from tests.api.access.table import CASE_AGENCY, Ids, insider, row

DAY = date(2026, 3, 2)
IN_CHARGE = (Role.TEAM_LEADER, Role.INSPECTORATE_OFFICER, Role.HEAD)
READERS = (*IN_CHARGE, Role.INSPECTOR, Role.AGENCY_USER, Role.AUTHORITY, Role.AUDITOR)


def plan_of(ids: Ids) -> dict[str, object]:
    return {
        "legal_kind": "kiem_tra",
        "form": "surprise",
        "directive_id": ids["directive_id"],
        "agency_ids": [CASE_AGENCY],
        "from_day": "2026-03-02",
        "to_day": "2026-03-27",
    }


TEXT = {"reason": "Lý do", "conclusion": "Kết luận"}

INSPECTION_ROWS = (
    row("POST", "/inspections", *IN_CHARGE, outside=403, body=plan_of),
    row(
        "POST",
        "/inspections/{inspection_id}/team",
        *IN_CHARGE,
        outside=404,
        if_match=True,
        body=lambda _: {"leader_id": str(uuid4())},
    ),
    row("POST", "/inspections/{inspection_id}/open", *IN_CHARGE, outside=404, if_match=True),
    row(
        "POST",
        "/inspections/{inspection_id}/conclude",
        *IN_CHARGE,
        outside=404,
        if_match=True,
        body=lambda _: {"conclusion": TEXT["conclusion"]},
    ),
    row(
        "POST",
        "/inspections/{inspection_id}/cancel",
        *IN_CHARGE,
        outside=404,
        if_match=True,
        body=lambda _: {"reason": TEXT["reason"]},
    ),
    row("GET", "/inspections", *READERS, outside=None),
    row("GET", "/inspections/{inspection_id}", *READERS, outside=404),
)


async def prepare_inspections(context: Context, directive_id: str) -> Ids:
    """A check at the agency of the cases that its head planned and a team leader leads; it has begun."""
    inspection_id = uuid4()
    head, leader = insider(Role.HEAD).person_id, insider(Role.TEAM_LEADER).person_id
    by = Charge(head, oversees=False)
    commands: tuple[Command, ...] = (
        PlanInspection(
            inspection_id=inspection_id,
            legal_kind=LegalKind.KIEM_TRA,
            form=InspectionForm.INTERNAL,
            directive_id=directive_id,
            agency_ids=(CASE_AGENCY,),
            from_day=DAY,
            to_day=DAY,
            planned_by=head,
            planner_kinds=frozenset(),
        ),
        AppointTeam(by, Standing(leader, frozenset(), frozenset()), ()),
        OpenInspection(by, DAY),
    )
    for command in commands:
        command_id = uuid4()
        await context.handler.handle(
            INSPECTION, inspection_id, command, Request(command_id, str(head), command_id, command_id)
        )
    return {"inspection_id": str(inspection_id)}
