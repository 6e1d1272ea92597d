"""What is shown of reviews: to the competent authority and to auditors alone, and every reading is recorded."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import orjson
from fastapi import Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from discipline.reviews.state import ReviewStatus
from services.adapters.tables.discipline import ReviewColumns
from services.application.discipline.aggregates import REVIEW
from services.application.discipline.facts import Facts
from services.application.identity import Role
from services.entrypoints.api.access import Access, anywhere
from services.entrypoints.api.call import Call
from services.entrypoints.api.discipline.follow_up_scope import facts
from services.entrypoints.api.discipline.reviews import in_sight
from services.entrypoints.api.discipline.timeline import Moved, texts, timeline, told
from services.entrypoints.api.live import live
from services.entrypoints.api.pages import PAGE, Cursor, Limit, Page, after, page
from services.entrypoints.api.refusals import CursorUnreadable
from services.entrypoints.api.routing import Router

if TYPE_CHECKING:
    from collections.abc import Iterable

    import asyncpg

    from schemas.envelope import Recorded

router = Router(prefix="/reviews", tags=["reviews"])

READERS = {Role.AUTHORITY, Role.AUDITOR}


class ReviewListed(ReviewColumns):
    """A review in a list."""


class ReviewCase(BaseModel):
    """A review with all that happened to it."""

    review: ReviewListed
    timeline: list[Moved]
    texts: Annotated[dict[UUID, str], Field(description="Texts by document id; erased ones are absent.")]


_COLUMNS = ", ".join(ReviewColumns.model_fields)
_LIST = f"""
select {_COLUMNS} from review_view
where ($1 or authority_post = any($2) and person_id is distinct from $3
    and case when subject_kind = 'collective' then agency_id <> all($4)
             when person_id is null then post_id <> all($2) else true end)
  and ($5::text is null or status = $5)
  and ($6::timestamptz is null or (open_until, id) > ($6, $7::uuid))
order by open_until, id limit $8"""  # noqa: S608 -- column names of our own
_ONE = f"select {_COLUMNS} from review_view where id = $1"  # noqa: S608 -- likewise
_READ = """
insert into confidential_reads (review_id, reader, route, correlation_id)
select review_id, $2, $3, $4 from unnest($1::uuid[]) as read(review_id)"""


@router.read("", access=Access(READERS, anywhere), answers=Page[ReviewListed])
async def listed(
    call: Call,
    limit: Limit = PAGE,
    cursor: Cursor = None,
    status: Annotated[ReviewStatus | None, Query(description="Only those that stand so.")] = None,
) -> Response:
    """List the reviews that the caller decides on, the next to be opened first; an auditor's are all."""
    open_until, last = _key(after(call, cursor, status))
    known = await facts(call)
    rows = await call.context.pool.fetch(
        _LIST,
        Role.AUDITOR in call.principal.roles,
        list(known.posts()),
        call.principal.person_id,
        [place.agency_id for place in known.by().places],
        status,
        open_until,
        last,
        limit + 1,
    )
    found = page(call, [_row(row) for row in rows], limit, lambda row: [row.open_until, row.id], status)
    await _remember(call, (row.id for row in found.items))
    return call.answer(found)


@router.read("/{review_id}", access=Access(READERS, in_sight), answers=ReviewCase)
async def one(review_id: UUID, call: Call) -> Response:
    """Show a review with its basis, both calculations, its timeline and its texts."""
    await _remember(call, [review_id])
    [record] = await call.context.pool.fetch(_ONE, review_id)
    history = await call.context.store.load(REVIEW.stream(review_id))
    row = _row(record)
    shown = ReviewCase(review=row, timeline=timeline(call, history), texts=await texts(call, history))
    return call.answer(shown, version=row.version)


@router.stream("/{review_id}/events", access=Access(READERS, in_sight))
async def events(review_id: UUID, call: Call) -> Response:
    """Tell what happens to a review as it happens; resume with Last-Event-ID."""
    await _remember(call, [review_id])

    async def may_see(_recorded: Recorded) -> bool:
        context = call.context
        state = (await context.handler.load(REVIEW, REVIEW.stream(review_id))).state
        known = Facts(call.principal, await context.directory.current(), await context.clock.now())
        return known.may_see_review(state)

    return live(call, [REVIEW.stream(review_id)], may_see=may_see, show=lambda recorded: told(call, recorded))


async def _remember(call: Call, review_ids: Iterable[UUID]) -> None:
    """Record the reading before anything is shown: what cannot be recorded is not read."""
    exchange = call.exchange
    read = (list(review_ids), call.principal.actor, exchange.template, exchange.correlation_id)
    await call.context.pool.execute(_READ, *read)


def _key(key: list[Any] | None) -> tuple[datetime | None, UUID | None]:
    if key is None:
        return None, None
    try:
        return datetime.fromisoformat(key[0]), UUID(key[1])
    except (ValueError, TypeError, IndexError, AttributeError):
        raise CursorUnreadable from None


def _row(record: asyncpg.Record) -> ReviewListed:
    values = dict(record)
    for name in ("basis", "limitation", "processing"):
        values[name] = None if values[name] is None else orjson.loads(values[name])
    return ReviewListed(**values)
