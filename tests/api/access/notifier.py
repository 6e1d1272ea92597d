"""The notifier context's permissions."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4, uuid5

from notifier.alerts.commands import OpenAlert
from notifier.alerts.state import alert_id
from notifier.ladder import Snapshot
from schemas.notifier.alerts import CaseKind, ResolvedStep, StallRule
from schemas.values import Recipient
from services.adapters.calendar import vietnam
from services.application.handler import Request
from services.application.identity import Role
from services.application.notifier import ALERT
from services.entrypoints.api.context import Context
from services.entrypoints.api.notifier import API
from tests.api.access.table import CASE_AGENCY, Caller, Ids, Row, insider, row
from tests.api.discipline_cases import plant, post

PEOPLE = (
    Role.INSPECTOR,
    Role.TEAM_LEADER,
    Role.INSPECTORATE_OFFICER,
    Role.AGENCY_USER,
    Role.HEAD,
    Role.AUTHORITY,
    Role.BOARD_MEMBER,
    Role.BOARD_SECRETARY,
)
HEAD = f"{CASE_AGENCY}-head"
CLERK = f"{CASE_AGENCY}-clerk"
"""A post that one person holds, who is told as well, whatever his role in the table."""
TOLD = uuid5(UUID(int=0), "told by post")
DUE = datetime(2026, 3, 1, 17, tzinfo=UTC)


def by_post(role: Role) -> Any:
    """Somebody who sees it because his post was told."""
    return lambda _ids: Caller(role, CASE_AGENCY, TOLD)


BY_POST = {role: by_post(role) for role in PEOPLE}
BOARD = {role: by_post(role) for role in (Role.BOARD_MEMBER, Role.BOARD_SECRETARY)}
"""Boards reach nothing by the tree."""
ALERT_PATH = "/alerts/{alert_id}"
HOOK = "/webhooks/{webhook_id}"
DAY = {"worked": False, "name": {"vi": "Nghỉ bão", "en": "Storm"}}

ROWS: tuple[Row, ...] = (
    row("GET", "/alerts", *PEOPLE, Role.AUDITOR, outside=None),
    row("GET", ALERT_PATH, *PEOPLE, Role.AUDITOR, outside=404, insiders=BOARD),
    row("POST", f"{ALERT_PATH}/acknowledge", *PEOPLE, outside=404, insiders=BY_POST),
    row("GET", f"{ALERT_PATH}/reads", Role.AUDITOR, outside=None),
    row("GET", "/inbox", *PEOPLE, outside=None),
    row("POST", "/inbox/{message_id}/read", *PEOPLE, outside=404, insiders=BY_POST),
    row("GET", "/preferences", *PEOPLE, outside=None),
    row("PUT", "/preferences", *PEOPLE, outside=None, body=lambda _: {"language": "vi", "email": True}),
    row("GET", "/webhooks", *PEOPLE, outside=None),
    row(
        "POST",
        "/webhooks",
        *PEOPLE,
        outside=None,
        body=lambda _: {"post_id": CLERK, "url": "https://hooks.example.vn/"},
    ),
    row("GET", f"{HOOK}/secret", *PEOPLE, outside=404, insiders=BY_POST),
    row("POST", f"{HOOK}/rotate", *PEOPLE, outside=404, insiders=BY_POST),
    row("DELETE", HOOK, *PEOPLE, outside=404, insiders=BY_POST),
    row("GET", "/compensated-days", *Role, outside=None),
    row("PUT", "/compensated-days/{day}", Role.ADMINISTRATOR, outside=None, body=lambda _: DAY),
    row("DELETE", "/compensated-days/{day}", Role.ADMINISTRATOR, outside=None),
    row("GET", "/notices", Role.ADMINISTRATOR, outside=None),
)


async def prepare(context: Context) -> Ids:
    """An alert that told the head and a clerk of the department, a message, a webhook of the clerk's."""
    await plant(context.pool, post(CLERK, CASE_AGENCY, TOLD))
    opened = await open_alert(context)
    message, hook = uuid4(), uuid4()
    await context.pool.execute(
        "insert into delivery (id, alert_id, step, post_id, person_id, channel, state, told_at, correlation_id)"
        " values ($1, $2, 0, $3, $4, 'inbox', 'sent', $5, $1)",
        message,
        opened,
        CLERK,
        TOLD,
        DUE,
    )
    await context.pool.execute(
        "insert into webhook (id, person_id, post_id, url, created_at) values ($1, $2, $3, 'https://x.vn/', $4)",
        hook,
        TOLD,
        CLERK,
        DUE,
    )
    return {
        "alert_id": str(opened),
        "message_id": str(message),
        "webhook_id": str(hook),
        "day": "2026-05-04",
    }


async def open_alert(
    context: Context,
    *,
    kind: CaseKind = CaseKind.FOLLOW_UP,
    agency_id: str | None = CASE_AGENCY,
    told: tuple[str, ...] = (HEAD, CLERK),
    person_id: UUID | None = None,
    due_at: datetime = DUE,
    case_id: UUID | None = None,
    provision: str = "Điểm 1",
) -> UUID:
    """An alert as the clock opens it."""
    case, basis = case_id or uuid4(), uuid4()
    id_ = alert_id(case, StallRule.NO_PLAN, basis)
    step = ResolvedStep(recipient=Recipient.OWNER, posts=told, person_id=person_id, after_working_days=0)
    command = OpenAlert(
        alert_id=id_,
        case_id=case,
        case_kind=kind,
        rule=StallRule.NO_PLAN,
        agency_id=agency_id,
        owner_post=HEAD,
        since=due_at,
        due_at=due_at,
        ends_at=None,
        basis=basis,
        working_days=5,
        provision=provision,
        ladder=Snapshot((step,), 3),
        acknowledgement_days=3,
        confidential=kind is CaseKind.REVIEW,
        at=due_at,
        calendar=vietnam(),
    )
    command_id = uuid4()
    await context.handler.handle(ALERT, id_, command, Request(command_id, "clock", command_id, command_id))
    return id_


__all__ = ["API", "PEOPLE", "ROWS", "insider", "open_alert", "prepare"]
