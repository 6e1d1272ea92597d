"""Alerts: what has stalled, whom it told, and what followed."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from notifier.alerts.commands import AcknowledgeAlert
from schemas.notifier.alerts import StallRule
from services.adapters import law_words
from services.adapters.tables.notifier import AlertColumns
from services.application.notifier import ALERT
from services.entrypoints.api.access import Access, anywhere
from services.entrypoints.api.call import Call
from services.entrypoints.api.discipline.timeline import Moved, timeline
from services.entrypoints.api.language import of_scope
from services.entrypoints.api.notifier.sight import PEOPLE, READERS, VISIBLE, in_sight, posts, remember, sight
from services.entrypoints.api.notifier.words import rule_ends, rule_name
from services.entrypoints.api.pages import PAGE, Cursor, Limit, Page, after, moment_and_id, page
from services.entrypoints.api.routing import Router

if TYPE_CHECKING:
    from asyncpg import Record

router = Router(prefix="/alerts", tags=["alerts"])


class AlertState(StrEnum):
    """Where an alert stands."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    ENDED = "ended"


class AlertListed(AlertColumns):
    """An alert in a list."""

    name: Annotated[str, Field(description="How it has stalled, in the language asked for.")]
    ends: Annotated[str, Field(description="What makes it end by itself.")]
    provision: Annotated[str, Field(description="Where the number comes from, in the language asked for.")]


class Attempt(BaseModel):
    """One attempt at a delivery."""

    number: Annotated[int, Field(description="First, second, … attempt.")]
    started_at: Annotated[datetime, Field(description="In real time.")]
    outcome: Annotated[str | None, Field(description="What became of it; none while it is under way.")]
    status: Annotated[int | None, Field(description="The SMTP or HTTP status, where there was one.")]


class Delivered(BaseModel):
    """How a step was told to a post by one channel."""

    step: Annotated[int, Field(description="The step of the ladder.")]
    post_id: Annotated[str, Field(description="The post.")]
    channel: Annotated[str, Field(description="inbox, email or webhook.")]
    state: Annotated[str, Field(description="Where the delivery stands.")]
    read_at: Annotated[datetime | None, Field(description="When it was read, in the inbox; in real time.")]
    attempts: Annotated[list[Attempt], Field(description="Each attempt with its outcome.")]


class AlertShown(BaseModel):
    """An alert with all that happened to it."""

    alert: AlertListed
    timeline: list[Moved]
    deliveries: list[Delivered]


_COLUMNS = ", ".join(AlertColumns.model_fields)
_LIST = f"""
select {_COLUMNS} from alert_view where {VISIBLE}
    and ($7::text is null or state = $7) and ($8::text is null or rule = $8) and ($9::uuid is null or case_id = $9)
    and ($10::timestamptz is null or (due_at, id) < ($10, $11::uuid))
order by due_at desc, id desc limit $12
"""  # noqa: S608 -- our own columns and condition
_ONE = f"select {_COLUMNS} from alert_view where id = $1"  # noqa: S608 -- likewise
_DELIVERIES = """
select d.step, d.post_id, d.channel, d.state, d.read_at, a.number, a.started_at, a.outcome, a.status
from delivery d left join delivery_attempt a on a.delivery_id = d.id
where d.alert_id = $1 order by d.step, d.post_id, d.channel, d.id, a.number
"""


@router.read("", access=Access(READERS, anywhere), answers=Page[AlertListed])
async def listed(
    call: Call,
    limit: Limit = PAGE,
    cursor: Cursor = None,
    state: Annotated[AlertState | None, Query(description="Only those that stand so.")] = None,
    rule: Annotated[StallRule | None, Query(description="Only of this rule.")] = None,
    case_id: Annotated[UUID | None, Query(description="Only of this finding, review or inspection.")] = None,
) -> Response:
    """List the alerts that told you, and those of agencies within your reach; the latest first."""
    filters = (state, rule, case_id)
    due_at, last = moment_and_id(after(call, cursor, *filters))
    seen = (await sight(call)).parameters
    rows = await call.context.pool.fetch(_LIST, *seen, *filters, due_at, last, limit + 1)
    found = page(call, [_listed(call, row) for row in rows], limit, lambda row: [row.due_at, row.id], *filters)
    await remember(call, [row.id for row in found.items if row.confidential])
    return call.answer(found)


@router.read("/{alert_id}", access=Access(READERS, in_sight), answers=AlertShown)
async def one(alert_id: UUID, call: Call) -> Response:
    """Show an alert with what happened to it, and how each step was delivered."""
    [row] = await call.context.pool.fetch(_ONE, alert_id)
    history = await call.context.store.load(ALERT.stream(alert_id))
    deliveries = _deliveries(await call.context.pool.fetch(_DELIVERIES, alert_id))
    shown = AlertShown(alert=_listed(call, row), timeline=timeline(call, history), deliveries=deliveries)
    return call.answer(shown, version=shown.alert.version, beside=True)


@router.command("/{alert_id}/acknowledge", access=Access(PEOPLE, in_sight))
async def acknowledge(alert_id: UUID, call: Call) -> Response:
    """Take note of an alert that told you: its climb pauses until that expires. It admits nothing."""
    command = AcknowledgeAlert(
        alert_id, call.principal.person_id, await posts(call), await call.now(), await call.calendar()
    )
    done = await call.carry_out(ALERT, alert_id, command, retry_on_conflict=True)
    return call.changed(alert_id, done)


def _listed(call: Call, row: Record) -> AlertListed:
    language = of_scope(call.scope)
    words = {
        "name": rule_name(language, row["rule"]),
        "ends": rule_ends(language, row["rule"]),
        "provision": law_words.ground(language, row["provision"]),
    }
    return AlertListed(**{**row, **words})


def _deliveries(rows: list[Record]) -> list[Delivered]:
    found: dict[tuple[int, str, str], Delivered] = {}
    for row in rows:
        key = (row["step"], row["post_id"], row["channel"])
        told = found.setdefault(
            key,
            Delivered(
                step=row["step"],
                post_id=row["post_id"],
                channel=row["channel"],
                state=row["state"],
                read_at=row["read_at"],
                attempts=[],
            ),
        )
        if row["number"] is not None:
            told.attempts.append(Attempt(**{name: row[name] for name in Attempt.model_fields}))
    return list(found.values())
