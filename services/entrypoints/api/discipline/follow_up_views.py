"""What is shown of follow-ups: lists, one case with its timeline, and the case as it happens."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from discipline.follow_ups.view import FollowUpStatus
from schemas.base import Slug
from services.adapters.tables.discipline import FollowUpColumns
from services.application.discipline.aggregates import FOLLOW_UP
from services.application.discipline.facts import Facts
from services.application.identity import Role
from services.entrypoints.api.access import Access, anywhere
from services.entrypoints.api.call import Call
from services.entrypoints.api.discipline.follow_up_scope import facts, in_sight
from services.entrypoints.api.discipline.timeline import Moved, texts, timeline, told
from services.entrypoints.api.live import live
from services.entrypoints.api.pages import PAGE, Cursor, Limit, Page, after, moment_and_id, page, through
from services.entrypoints.api.routing import Router

if TYPE_CHECKING:
    import asyncpg

    from schemas.envelope import Recorded

router = Router(prefix="/follow-ups", tags=["follow-ups"])

READERS = {
    Role.INSPECTOR,
    Role.TEAM_LEADER,
    Role.INSPECTORATE_OFFICER,
    Role.AGENCY_USER,
    Role.HEAD,
    Role.AUTHORITY,
    Role.AUDITOR,
}


class FollowUpListed(FollowUpColumns):
    """A follow-up in a list."""

    overdue: Annotated[bool, Field(description="Now, derived: past its due moment, and not claimed before it.")]


class FollowUpCase(BaseModel):
    """A follow-up with all that happened to it."""

    follow_up: FollowUpListed
    timeline: list[Moved]
    texts: Annotated[dict[UUID, str], Field(description="Texts by document id; erased ones are absent.")]


_COLUMNS = ", ".join(FollowUpColumns.model_fields)
_OVERDUE = "going_on and due_at < $1 and coalesce(claimed_at > due_at, true)"
_LIST = f"""
select {_COLUMNS}, {_OVERDUE} as overdue from follow_up_view
where ($2::text[] is null or agency_id = any($2) or owner_post = any($3) or inspector_id = $4)
  and (not $5 or owner_post = any($3) or inspector_id = $4)
  and ($6::text is null or agency_id = $6)
  and ($7::text is null or status = $7)
  and ($8::boolean is null or going_on = $8)
  and ($9::timestamptz is null or going_on and due_at <= $9)
  and ($10::boolean is null or ({_OVERDUE}) = $10)
  and ($11::timestamptz is null or (due_at, id) > ($11, $12::uuid))
order by due_at, id limit $13"""  # noqa: S608 -- column names of our own
_ONE = f"select {_COLUMNS}, {_OVERDUE} as overdue from follow_up_view where id = $2"  # noqa: S608 -- likewise


@router.read("", access=Access(READERS, anywhere), answers=Page[FollowUpListed])
async def listed(  # noqa: PLR0913 -- a parameter a filter
    call: Call,
    *,
    limit: Limit = PAGE,
    cursor: Cursor = None,
    mine: Annotated[bool | None, Query(description="Only those of the caller's posts, or of his findings.")] = None,
    agency: Annotated[Slug | None, Query(description="Only those of one agency.")] = None,
    status: Annotated[FollowUpStatus | None, Query(description="Only those that stand so.")] = None,
    going_on: Annotated[bool | None, Query(description="Only those that go on, or have ended.")] = None,
    due: Annotated[date | None, Query(description="Only those that go on and are due by this day.")] = None,
    overdue: Annotated[bool | None, Query(description="Only those that are, or are not, overdue now.")] = None,
) -> Response:
    """List follow-ups within the caller's reach, the next due first."""
    filters = (mine, agency, status, going_on, due, overdue)
    due_at, last = moment_and_id(after(call, cursor, *filters))
    known, agencies = await facts(call), await call.agencies()
    rows = await call.context.pool.fetch(
        _LIST,
        known.at,
        None if agencies is None else list(agencies),
        list(known.posts()),
        call.principal.person_id,
        bool(mine),
        agency,
        status,
        going_on,
        through(due),
        overdue,
        due_at,
        last,
        limit + 1,
    )
    found = [_row(row) for row in rows]
    return call.answer(page(call, found, limit, lambda row: [row.due_at, row.id], *filters))


@router.read("/{finding_id}", access=Access(READERS, in_sight), answers=FollowUpCase)
async def one(finding_id: UUID, call: Call) -> Response:
    """Show a follow-up with its timeline and its texts; the reading is recorded."""
    [record] = await call.context.pool.fetch(_ONE, await call.now(), finding_id)
    history = await call.context.store.load(FOLLOW_UP.stream(finding_id))
    row = _row(record)
    shown = FollowUpCase(follow_up=row, timeline=timeline(call, history), texts=await texts(call, history))
    return call.answer(shown, version=row.version)


@router.stream("/{finding_id}/events", access=Access(READERS, in_sight))
async def events(finding_id: UUID, call: Call) -> Response:
    """Tell what happens to a follow-up as it happens; resume with Last-Event-ID."""

    async def may_see(_recorded: Recorded) -> bool:
        context = call.context
        state = (await context.handler.load(FOLLOW_UP, FOLLOW_UP.stream(finding_id))).state
        return Facts(call.principal, await context.directory.current(), await context.clock.now()).may_see(state)

    stream = FOLLOW_UP.stream(finding_id)
    return live(call, [stream], may_see=may_see, show=lambda recorded: told(call, recorded))


def _row(record: asyncpg.Record) -> FollowUpListed:
    return FollowUpListed(**record)
