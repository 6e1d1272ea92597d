"""What is shown of findings: lists with follow-up and alert state, and one finding with its timeline."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Literal
from uuid import UUID

import orjson
from fastapi import Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from inspection.findings import state as findings
from inspection.progress import FollowUpStatus
from schemas.notifier.alerts import StallRule
from services.application.findings import FINDING
from services.application.identity import Role
from services.entrypoints.api.access import Access, anywhere
from services.entrypoints.api.call import Call
from services.entrypoints.api.inspection.findings import finding_of, in_sight
from services.entrypoints.api.inspection.timeline import Moved, timeline
from services.entrypoints.api.pages import PAGE, Cursor, Limit, Page, after, day_and_id, page
from services.entrypoints.api.routing import Router

if TYPE_CHECKING:
    import asyncpg

    from schemas.values import DocumentRef

router = Router(prefix="/findings", tags=["findings"])

READERS = {
    Role.INSPECTOR,
    Role.TEAM_LEADER,
    Role.INSPECTORATE_OFFICER,
    Role.AGENCY_USER,
    Role.HEAD,
    Role.AUTHORITY,
    Role.AUDITOR,
}


class FollowUpShown(BaseModel):
    """How the follow-up stands, as heard from the discipline service."""

    status: FollowUpStatus
    owner_post: str
    due_at: datetime
    percent: int


class AlertShown(BaseModel):
    """An alert that goes on."""

    alert_id: UUID
    rule: StallRule
    step: Annotated[int, Field(description="How far it has climbed; the first step is 0.")]
    acknowledged_until: datetime | None


class FindingRow(BaseModel):
    """A finding in a list, with what has become of it."""

    id: UUID
    status: findings.FindingStatus
    agency_id: str
    directive_id: str
    violation_type: str
    fact_date: date
    source: str
    matter_id: UUID
    inspector_id: UUID | None
    contest_until: datetime | None
    due_at: datetime | None
    historic: bool | None
    version: int
    follow_up: FollowUpShown | None
    alerts: list[AlertShown]


class OfficialShown(BaseModel):
    """An official concerned, by id; names are the registry's."""

    person_id: UUID
    post_id: str


class FindingShown(FindingRow):
    """One finding, with its texts. Erased texts are absent."""

    officials: list[OfficialShown]
    narrative: str | None
    evidence: list[str | None]
    objections: str | None
    answer: str | None
    reason: str | None
    timeline: list[Moved]


_COLUMNS = """
    f.id, f.status, f.agency_id, f.directive_id, f.violation_type, f.fact_date, f.source, f.matter_id, f.inspector_id,
    f.contest_until, f.due_at, f.historic, f.version, p.state as progress
    from finding_view f left join finding_progress p on p.id = f.id"""
_LIST = f"""
select {_COLUMNS}
where ($1::text[] is null or f.agency_id = any($1))
  and (f.status not in ('drafted', 'discarded') or $2 or f.inspector_id = $3 or f.inspector_id is null and $4)
  and (not $5 or f.inspector_id = $3)
  and ($6::text is null or f.status = $6)
  and ($7::boolean is null or $7 = (coalesce(p.open_alerts, 0) > 0))
  and ($8::date is null or (f.fact_date, f.id) < ($8, $9::uuid))
order by f.fact_date desc, f.id desc limit $10"""
_ONE = f"select {_COLUMNS} where f.id = $1"


@router.read("", access=Access(READERS, anywhere), answers=Page[FindingRow])
async def listed(
    call: Call,
    limit: Limit = PAGE,
    cursor: Cursor = None,
    mine: Annotated[bool | None, Query(description="Only the caller's own.")] = None,
    status: Annotated[findings.FindingStatus | None, Query(description="Only those that stand so.")] = None,
    alerted: Annotated[bool | None, Query(description="Only those with, or without, an open alert.")] = None,
) -> Response:
    """List findings with their follow-up and their open alerts, newest fact first."""
    day, last = day_and_id(after(call, cursor, mine, status, alerted))
    agencies, roles = await call.agencies(), call.principal.roles
    rows = await call.context.pool.fetch(
        _LIST,
        None if agencies is None else list(agencies),
        bool(roles & {Role.TEAM_LEADER, Role.AUDITOR}),
        call.principal.person_id,
        Role.INSPECTOR in roles,
        bool(mine),
        status,
        alerted,
        day,
        last,
        limit + 1,
    )
    found = [_row(row) for row in rows]
    return call.answer(page(call, found, limit, lambda row: [row.fact_date, row.id], mine, status, alerted))


@router.read("/{finding_id}", access=Access(READERS, in_sight), answers=FindingShown)
async def one(finding_id: UUID, call: Call) -> Response:
    """Show a finding with its texts and its timeline; the reading is recorded."""
    state = await finding_of(call)
    [record] = await call.context.pool.fetch(_ONE, finding_id)
    row = _row(record)
    refs: dict[str, DocumentRef | None] = {"narrative": state.content.narrative}
    for name in ("objections", "answer", "reason"):
        refs[name] = getattr(state, name) if isinstance(state, findings.Finding) else None
    texts = await _texts(call, [*refs.values(), *state.content.evidence])
    history = await call.context.store.load(FINDING.stream(finding_id))
    shown = FindingShown(
        **row.model_dump(),
        officials=[OfficialShown(person_id=who.person_id, post_id=who.post_id) for who in state.content.officials],
        **{name: ref and texts.get(ref.document_id) for name, ref in refs.items()},
        evidence=[texts.get(ref.document_id) for ref in state.content.evidence],
        timeline=timeline(call, history),
    )
    return call.answer(shown, version=row.version, beside=True)


async def _texts(call: Call, refs: list[DocumentRef | None]) -> dict[UUID, str]:
    read = await call.documents([ref for ref in refs if ref is not None])
    return {document_id: document.text for document_id, document in read.items()}


def _row(row: asyncpg.Record) -> FindingRow:
    values = dict(row)
    progress = orjson.loads(values.pop("progress") or "{}")
    heard: Literal[True] | None = True if progress.get("status") else None
    follow_up = heard and FollowUpShown(
        status=progress["status"],
        owner_post=progress["owner_post"],
        due_at=progress["due_at"],
        percent=progress["percent"],
    )
    alerts = [AlertShown(alert_id=id_, **alert) for id_, alert in progress.get("alerts", {}).items()]
    return FindingRow(**values, follow_up=follow_up, alerts=alerts)
