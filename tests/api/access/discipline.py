"""The discipline context's permissions."""

from typing import Any

from services.application.identity import Role
from services.entrypoints.api.context import Context
from services.entrypoints.api.discipline import API
from tests.api.access.table import CASE_AGENCY, Caller, Ids, Row, insider, row
from tests.api.discipline_cases import open_follow_up, plant, propose_review

READERS = (
    Role.INSPECTOR,
    Role.TEAM_LEADER,
    Role.INSPECTORATE_OFFICER,
    Role.AGENCY_USER,
    Role.HEAD,
    Role.AUTHORITY,
    Role.AUDITOR,
)
OVERSEERS = (Role.INSPECTOR, Role.TEAM_LEADER, Role.INSPECTORATE_OFFICER, Role.HEAD, Role.AUTHORITY)
TEXT = "Đề nghị bổ sung."


def owner(_ids: Ids) -> Caller:
    """Holds the owning post, without being the head by role."""
    return Caller(Role.AGENCY_USER, CASE_AGENCY, insider(Role.HEAD).person_id)


def head_above(_ids: Ids) -> Caller:
    """The department's own head is the owner, who judges nothing."""
    return Caller(Role.HEAD, "tinh", insider(Role.AUTHORITY).person_id)


CASE = "/follow-ups/{finding_id}"


def owns(path: str, body: dict[str, Any]) -> Row:
    """What the owner does."""
    insiders = {Role.AGENCY_USER: owner}
    return row("POST", CASE + path, Role.AGENCY_USER, Role.HEAD, outside=404, insiders=insiders, body=lambda _: body)


def judges(path: str, body: dict[str, Any], *, if_match: bool = True) -> Row:
    """What those do who oversee."""
    insiders = {Role.HEAD: head_above}
    return row("POST", CASE + path, *OVERSEERS, outside=404, if_match=if_match, insiders=insiders, body=lambda _: body)


OWNERS_ROWS = (
    row("POST", f"{CASE}/assign", Role.HEAD, Role.AUTHORITY, outside=404, body=lambda _: {"post_id": "so-y-te-clerk"}),
    owns("/hand-over", {"post_id": "so-y-te-clerk", "reason": TEXT}),
    owns("/acknowledge", {}),
    owns("/plans", {"measures": [{"measure_id": "one", "description": TEXT, "until": "2026-03-10"}]}),
    owns("/progress", {"percent": 10, "report": TEXT}),
    owns("/extensions", {"until": "2026-04-10", "reason": TEXT}),
    owns("/completion", {"report": TEXT, "evidence": [TEXT]}),
)
JUDGES_ROWS = (
    judges("/plans/accept", {}),
    judges("/plans/send-back", {"reasons": TEXT}),
    judges("/extensions/grant", {}),
    judges("/extensions/refuse", {"reasons": TEXT}),
    judges("/verify", {}),
    judges("/reject", {"reasons": TEXT}),
    judges("/urge", {"message": TEXT}, if_match=False),
)
READING_ROWS = (
    row("GET", "/follow-ups", *READERS, outside=None),
    row("GET", CASE, *READERS, outside=404),
    row("GET", f"{CASE}/events", *READERS, outside=404, stream=True),
    row("GET", "/reviews", Role.AUTHORITY, Role.AUDITOR, outside=None),
    row("GET", "/reviews/{review_id}", Role.AUTHORITY, Role.AUDITOR, outside=404),
    row("GET", "/reviews/{review_id}/events", Role.AUTHORITY, Role.AUDITOR, outside=404, stream=True),
)
REVIEWS_ROWS = (
    row("POST", "/reviews/{review_id}/open", Role.AUTHORITY, outside=404, if_match=True, body=lambda _: {}),
    row(
        "POST",
        "/reviews/{review_id}/refuse",
        Role.AUTHORITY,
        outside=404,
        if_match=True,
        body=lambda _: {"reasons": TEXT},
    ),
    row("POST", "/reviews/{review_id}/rebase", Role.AUTHORITY, outside=404, if_match=True, body=lambda _: {}),
    row(
        "POST",
        "/reviews/{review_id}/terminate",
        Role.AUTHORITY,
        outside=404,
        if_match=True,
        body=lambda _: {"reasons": TEXT},
    ),
)

ROWS = OWNERS_ROWS + JUDGES_ROWS + READING_ROWS + REVIEWS_ROWS


async def prepare(context: Context) -> Ids:
    """The table's organisation, a follow-up that the department's head owns, and a review before the chair."""
    await plant(context.pool)
    finding_id = await open_follow_up(context)
    return {"finding_id": str(finding_id), "review_id": str(await propose_review(context))}


__all__ = ["API", "ROWS", "prepare"]
