"""The permissions of consultations: the chair asks the department in the path."""

from datetime import UTC, datetime
from typing import Any

from services.application.identity import Role
from services.entrypoints.api.context import Context
from tests.api.access.table import CASE_AGENCY, Caller, Ids, insider, row
from tests.api.consultation_cases import CONSENT, adopt, ask_opinion

READERS = (
    Role.INSPECTOR,
    Role.TEAM_LEADER,
    Role.INSPECTORATE_OFFICER,
    Role.AGENCY_USER,
    Role.HEAD,
    Role.AUTHORITY,
    Role.AUDITOR,
)
HEADS = (Role.AGENCY_USER, Role.HEAD, Role.AUTHORITY)
TEXT = "Đề nghị bổ sung."
CASE = "/consultations/{consultation_id}"
ASK: dict[str, Any] = {
    "asking_agency": CASE_AGENCY,
    "consulted_agency": "so-giao-duc",
    "directive_id": CONSENT.directive_id,
    "subject": TEXT,
    "draft": TEXT,
    "concern": TEXT,
}


def department_head(role: Role, agency_id: str) -> Caller:
    """Holds the department's head's post, whatever he is in the suite."""
    return Caller(role, agency_id, insider(Role.HEAD).person_id)


DEPARTMENT = {
    Role.AGENCY_USER: lambda _: department_head(Role.AGENCY_USER, CASE_AGENCY),
    Role.AUTHORITY: lambda _: department_head(Role.AUTHORITY, "tinh"),
}
CHAIR = {
    role: lambda _, role=role: Caller(role, "tinh", insider(Role.AUTHORITY).person_id)
    for role in (Role.AGENCY_USER, Role.HEAD)
}
ROWS = (
    row("POST", "/consultations", *HEADS, outside=403, insiders=DEPARTMENT, body=lambda _: ASK),
    row(
        "POST",
        f"{CASE}/answer",
        *HEADS,
        outside=404,
        insiders=DEPARTMENT,
        body=lambda _: {"position": "agrees", "answer": TEXT},
    ),
    row("POST", f"{CASE}/withdraw", *HEADS, outside=404, insiders=CHAIR, body=lambda _: {"reasons": TEXT}),
    row("POST", f"{CASE}/close", *HEADS, outside=404, insiders=CHAIR, body=lambda _: {"reasons": TEXT}),
    row(
        "POST",
        f"{CASE}/reconcile",
        *HEADS,
        outside=404,
        insiders=CHAIR,
        body=lambda _: {"outcome": "settled", "minutes": TEXT},
    ),
    row("GET", "/consultations", *READERS, outside=None),
    row("GET", CASE, *READERS, outside=404),
    row("GET", f"{CASE}/events", *READERS, outside=404, stream=True),
)


async def asked(context: Context) -> Ids:
    """A directive in force, and a consultation under it."""
    await adopt(context.pool, CONSENT)
    return {"consultation_id": str(await ask_opinion(context, datetime(2026, 3, 2, 1, tzinfo=UTC)))}
