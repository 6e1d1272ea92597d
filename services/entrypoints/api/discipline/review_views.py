"""What is shown of reviews, to whom, and every reading is recorded."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import orjson
from fastapi import Query
from starlette.responses import Response

from discipline.reviews.state import ReviewStatus
from schemas.values import SubjectKind
from services.application.discipline.aggregates import REVIEW
from services.application.discipline.facts import Facts, Sight
from services.application.identity import Role
from services.entrypoints.api.access import Access, anywhere
from services.entrypoints.api.call import Call
from services.entrypoints.api.discipline.follow_up_scope import facts
from services.entrypoints.api.discipline.review_case import ReviewCase, ReviewListed, of_subject, own, shown
from services.entrypoints.api.discipline.review_scope import SUBJECTS, any_sight, seen
from services.entrypoints.api.discipline.timeline import told
from services.entrypoints.api.live import live
from services.entrypoints.api.pages import PAGE, Cursor, Limit, Page, after, page
from services.entrypoints.api.refusals import CursorUnreadable
from services.entrypoints.api.routing import Router

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import asyncpg

    from schemas.envelope import Recorded

router = Router(prefix="/reviews", tags=["reviews"])

READERS = SUBJECTS | {Role.AUTHORITY, Role.AUDITOR, Role.BOARD_SECRETARY}

_COLUMNS = ", ".join(ReviewListed.model_fields)
_CONCERNED = """
(person_id is not distinct from $3 or case when subject_kind = 'collective' then agency_id = any($4)
    when person_id is null then post_id = any($2) else false end)"""
_LIST = f"""
select {_COLUMNS} from review_view
where ($1 or (authority_post = any($2) or secretary = $3) and not {_CONCERNED}
    or notified and (person_id = $3 or subject_kind = 'collective' and agency_id = any($5)))
  and ($6::text is null or status = $6)
  and ($7::timestamptz is null or (open_until, id) > ($7, $8::uuid))
order by open_until, id limit $9"""  # noqa: S608 -- column names of our own
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
    """List the reviews that the caller decides on, keeps the file of, or is the subject of; an auditor's are all."""
    open_until, last = _key(after(call, cursor, status))
    known = await facts(call)
    places = known.by().places
    rows = await call.context.pool.fetch(
        _LIST,
        Role.AUDITOR in call.principal.roles,
        list(known.posts()),
        call.principal.person_id,
        [place.agency_id for place in places],
        [place.agency_id for place in places if place.head],
        status,
        open_until,
        last,
        limit + 1,
    )
    auditor, agencies = Role.AUDITOR in call.principal.roles, {place.agency_id for place in places}

    def sees(row: ReviewListed) -> ReviewListed:
        concerned = row.person_id == call.principal.person_id or (
            row.subject_kind == SubjectKind.COLLECTIVE and row.agency_id in agencies
        )
        return own(row) if concerned and not auditor else row

    found = page(call, [sees(_row(row)) for row in rows], limit, lambda row: [row.open_until, row.id], status)
    await _remember(call, (row.id for row in found.items))
    return call.answer(found)


@router.read("/{review_id}", access=Access(READERS, any_sight), answers=ReviewCase)
async def one(review_id: UUID, call: Call) -> Response:
    """Show a review: where it stands, the rows and calculations that it rests on, what is missing and who owes it.

    The subject sees what is addressed to him or comes from him.
    """
    state = await seen(call, Sight.FILE, Sight.SUBJECT)
    whole = (await facts(call)).sight(state) is Sight.FILE
    await _remember(call, [review_id])
    [record] = await call.context.pool.fetch(_ONE, review_id)
    history = await call.context.store.load(REVIEW.stream(review_id))
    row = _row(record)
    return call.answer(await shown(call, row, state, history, whole=whole), version=row.version, beside=True)


@router.stream("/{review_id}/events", access=Access(READERS, any_sight))
async def events(review_id: UUID, call: Call) -> Response:
    """Tell what happens to a review as it happens; resume with Last-Event-ID."""
    await _remember(call, [review_id])

    async def may_see(recorded: Recorded) -> bool:
        context = call.context
        state = (await context.handler.load(REVIEW, REVIEW.stream(review_id))).state
        known = Facts(call.principal, await context.directory.current(), await context.clock.now())
        match known.sight(state):
            case Sight.FILE:
                return True
            case Sight.SUBJECT:
                return of_subject(recorded)
            case Sight.NOTHING | Sight.ABOVE:
                return False

    def show(recorded: Recorded) -> Mapping[str, object] | None:
        return told(call, recorded)

    return live(call, [REVIEW.stream(review_id)], may_see=may_see, show=show)


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
