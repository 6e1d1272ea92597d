"""The inbox: everything that was told to a post, for whoever holds it now."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from asyncpg import Record
from fastapi import Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from services.application.handler import Done
from services.entrypoints.api.access import Access, anywhere
from services.entrypoints.api.call import Call
from services.entrypoints.api.language import of_scope
from services.entrypoints.api.notifier.alerts import AlertState
from services.entrypoints.api.notifier.sight import BARRED, PEOPLE, limits, posts, remember
from services.entrypoints.api.notifier.words import rule_ends, rule_name
from services.entrypoints.api.pages import PAGE, Cursor, Limit, Page, after, moment_and_id, page
from services.entrypoints.api.refusals import NotFound
from services.entrypoints.api.routing import Router

router = Router(prefix="/inbox", tags=["inbox"])


class Message(BaseModel):
    """What was told to one of your posts."""

    id: Annotated[UUID, Field(description="The message.")]
    alert_id: Annotated[UUID, Field(description="The alert that it is about; acknowledge it there.")]
    post_id: Annotated[str, Field(description="Your post that was told.")]
    step: Annotated[int, Field(description="The step of the ladder; the first is 0.")]
    told_at: Annotated[datetime, Field(description="When the step was opened.")]
    read_at: Annotated[datetime | None, Field(description="When somebody in the post read it, in real time.")]
    name: Annotated[str, Field(description="How it has stalled, in the language asked for.")]
    ends: Annotated[str, Field(description="What makes the alert end by itself.")]
    rule: Annotated[str, Field(description="The rule.")]
    case_kind: Annotated[
        str, Field(description="follow_up, review, responsibility, finding, inspection, succession or consultation.")
    ]
    case_id: Annotated[UUID, Field(description="The finding, review, inspection, plan or consultation.")]
    agency_id: Annotated[str | None, Field(description="The agency concerned.")]
    since: Annotated[datetime, Field(description="Since when it has been waiting.")]
    due_at: Annotated[datetime, Field(description="From which moment on it was a stall.")]
    ends_at: Annotated[datetime | None, Field(description="Of a call: the end that it calls about.")]
    state: Annotated[AlertState, Field(description="Where the alert stands now.")]
    acknowledged_until: Annotated[datetime | None, Field(description="Until when an acknowledgement holds.")]
    confidential: Annotated[bool, Field(description="About a review.")]


_MINE = f"""
    channel = 'inbox'
    and case when personal then person_id = $2 and case_id <> all($4::uuid[]) else post_id = any($1::text[]) end
    and not {BARRED.format(person="$2", conflicted="$3")}
"""
_LIST = f"""
select delivery.id, alert_id, post_id, delivery.step, told_at, read_at, rule, case_kind, case_id, agency_id, since,
    due_at, ends_at, alert_view.state, acknowledged_until, confidential
from delivery join alert_view on alert_view.id = alert_id
where {_MINE} and ($5 or read_at is null)
    and ($6::timestamptz is null or (told_at, delivery.id) < ($6, $7::uuid))
order by told_at desc, delivery.id desc limit $8
"""  # noqa: S608 -- our own condition
_MARK = f"""
update delivery set read_at = clock_timestamp(), read_by = $2 where id in (
    select delivery.id from delivery join alert_view on alert_view.id = alert_id
    where {_MINE} and delivery.id = $5 and read_at is null)
"""  # noqa: S608 -- likewise
_THERE = f"""
select alert_id, confidential from delivery join alert_view on alert_view.id = alert_id
where {_MINE} and delivery.id = $5
"""  # noqa: S608 -- likewise


@router.read("", access=Access(PEOPLE, anywhere), answers=Page[Message])
async def listed(
    call: Call,
    limit: Limit = PAGE,
    cursor: Cursor = None,
    read: Annotated[bool, Query(description="Also what has been read.")] = True,  # noqa: FBT002 -- FastAPI passes it by name
) -> Response:
    """List what was told to the posts that you hold today, the latest first."""
    told_at, last = moment_and_id(after(call, cursor, read))
    mine = await _mine(call)
    rows = await call.context.pool.fetch(_LIST, *mine, read, told_at, last, limit + 1)
    found = page(call, [_message(call, row) for row in rows], limit, lambda row: [row.told_at, row.id], read)
    await remember(call, [row.alert_id for row in found.items if row.confidential])
    return call.answer(found)


async def message_in_sight(call: Call) -> None:
    """Scope of one message. Raises `NotFound`: others' messages do not exist."""
    mine = await _mine(call)
    row = await call.context.pool.fetchrow(_THERE, *mine, call.path_id("message_id"))
    if row is None:
        raise NotFound


@router.command("/{message_id}/read", access=Access(PEOPLE, message_in_sight))
async def mark_read(message_id: UUID, call: Call) -> Response:
    """Mark a message as read; the first reading stands. It acknowledges nothing."""
    mine = await _mine(call)
    await call.context.pool.execute(_MARK, *mine, message_id)
    return call.changed(message_id, Done(f"message-{message_id}", 1))


async def _mine(call: Call) -> tuple[list[str], UUID, tuple[UUID, ...], tuple[UUID, ...]]:
    """The parameters of `_MINE`."""
    kept = await limits(call)
    return list(await posts(call)), call.principal.person_id, kept.conflicted, kept.vacated


def _message(call: Call, row: Record) -> Message:
    language = of_scope(call.scope)
    return Message(**row, name=rule_name(language, row["rule"]), ends=rule_ends(language, row["rule"]))
