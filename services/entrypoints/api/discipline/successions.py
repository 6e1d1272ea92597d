"""Plans of succession: what is open at agencies that end, to whom it goes, and the one act by which it does."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, cast
from uuid import UUID

import orjson
from fastapi import Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from discipline.successions.commands import ApproveSuccession, CorrectSuccession
from discipline.successions.state import SuccessionStatus
from inspection.organisation import queries
from schemas.base import Slug
from schemas.discipline.successions import Passage, Singled, Went
from schemas.refusal import Refusal
from services.adapters.discipline.succession import CarryingOut, open_matters
from services.adapters.tables.successions import SuccessionColumns
from services.application.discipline.aggregates import SUCCESSION
from services.application.identity import Role
from services.entrypoints.api.access import Access, anywhere
from services.entrypoints.api.call import Call
from services.entrypoints.api.discipline.follow_up_scope import facts
from services.entrypoints.api.discipline.inputs import Input, Narrative, Nothing
from services.entrypoints.api.discipline.timeline import Moved, texts, timeline
from services.entrypoints.api.pages import PAGE, Cursor, Limit, Page, after, page
from services.entrypoints.api.refusals import CursorUnreadable, NotFound
from services.entrypoints.api.routing import Router

if TYPE_CHECKING:
    import asyncpg

    from discipline.successions.state import State, Succession
    from services.adapters.postgres.store import PostgresStore
    from services.application.discipline.facts import Facts

router = Router(prefix="/successions", tags=["successions"])


class SuccessionListed(SuccessionColumns):
    """A plan in a list."""


class SuccessionCase(BaseModel):
    """A plan with what it would move today, or what it has moved."""

    succession: SuccessionListed
    open: Annotated[list[Went], Field(description="What is open today and where it would go; once done, what went.")]
    timeline: list[Moved]
    texts: Annotated[dict[UUID, str], Field(description="Texts by document id; erased ones are absent.")]


class PassageIn(Input):
    """What a post owns goes to another."""

    from_post: Annotated[Slug, Field(description="A post of an agency that ends.")]
    to_post: Annotated[Slug, Field(description="A post of a successor, or of an agency below one.")]


class SingledIn(Input):
    """One follow-up goes elsewhere."""

    finding_id: UUID
    to_post: Annotated[Slug, Field(description="A post of a successor, or of an agency below one.")]


class CorrectionIn(Input):
    """What goes elsewhere than the plan says."""

    passages: Annotated[list[PassageIn], Field(default_factory=list, max_length=5_000)]
    singled: Annotated[list[SingledIn], Field(default_factory=list, max_length=5_000)]
    reasons: Narrative


_COLUMNS = ", ".join(SuccessionColumns.model_fields)
_LIST = f"""
select {_COLUMNS} from succession_view
where ($1::text is null or status = $1) and ($2::date is null or (day, id) > ($2, $3::uuid))
order by day, id limit $4"""  # noqa: S608 -- column names of our own
_ONE = f"select {_COLUMNS} from succession_view where id = $1"  # noqa: S608 -- likewise
READS = {Role.AUTHORITY, Role.HEAD, Role.AUDITOR}


async def _seen(call: Call) -> Succession:
    """The plan in the path, where the caller reaches an agency that ends or takes over. Raises `NotFound`."""
    stream = SUCCESSION.stream(call.path_id("succession_id"))
    state: State = (await call.context.handler.load(SUCCESSION, stream)).state
    if state is None:
        raise NotFound
    reach = await call.reach()
    if not any(reach.covers(agency_id) for agency_id in (*state.predecessors, *state.successors)):
        raise NotFound
    return state


async def in_sight(call: Call) -> None:
    """Scope of a plan. Raises `NotFound`."""
    await _seen(call)


@router.read("", access=Access({Role.AUTHORITY, Role.AUDITOR}, anywhere), answers=Page[SuccessionListed])
async def listed(
    call: Call,
    limit: Limit = PAGE,
    cursor: Cursor = None,
    status: Annotated[SuccessionStatus | None, Query(description="Only those that stand so.")] = None,
) -> Response:
    """List the plans by their day; they hold posts and numbers, no case."""
    day, last = _key(after(call, cursor, status))
    rows = await call.context.pool.fetch(_LIST, status, day, last, limit + 1)
    return call.answer(page(call, [_row(row) for row in rows], limit, lambda row: [row.day, row.id], status))


@router.read("/{succession_id}", access=Access(READS, in_sight), answers=SuccessionCase)
async def one(succession_id: UUID, call: Call) -> Response:
    """Show a plan, what is open today and where it would go; once carried out, the report of what went where."""
    state, known = await _seen(call), await facts(call)
    history = await call.context.store.load(SUCCESSION.stream(succession_id))
    [record] = await call.context.pool.fetch(_ONE, succession_id)
    done = state.status is SuccessionStatus.CARRIED_OUT
    left = list(state.went) if done else await open_matters(call.context.pool, known.organisation, state)
    row = _row(record)
    shown = SuccessionCase(
        succession=row, open=left, timeline=timeline(call, history), texts=await texts(call, history)
    )
    return call.answer(shown, version=row.version, beside=True)


@router.command("/{succession_id}/correct", access=Access({Role.AUTHORITY, Role.HEAD}, in_sight), if_match=True)
async def correct(succession_id: UUID, body: CorrectionIn, call: Call) -> Response:
    """Let what a post owns, or a single follow-up, go to another post of those that take over."""

    async def command() -> CorrectSuccession:
        known, state = await facts(call), await _seen(call)
        named = {line.to_post for line in body.passages} | {line.to_post for line in body.singled}
        return CorrectSuccession(
            by=known.by(),
            passages=tuple(Passage(**line.model_dump()) for line in body.passages),
            singled=tuple(Singled(**line.model_dump()) for line in body.singled),
            chains={post: _chain(known, post, state.day) for post in named},
            reasons=await call.put_document("reasons", body.reasons),
        )

    return call.changed(succession_id, await call.carry_out(SUCCESSION, succession_id, command))


@router.command("/{succession_id}/approve", access=Access({Role.AUTHORITY}, in_sight), if_match=True)
async def approve(succession_id: UUID, body: Nothing, call: Call) -> Response:  # noqa: ARG001 -- an empty body is one too
    """Approve a plan as it stands: the agencies end on the day that was announced."""

    async def command() -> ApproveSuccession:
        known = await facts(call)
        chair = _chair(known)
        return ApproveSuccession(known.by(chair), chair)

    return call.changed(succession_id, await call.carry_out(SUCCESSION, succession_id, command))


@router.command("/{succession_id}/carry-out", access=Access({Role.AUTHORITY}, in_sight))
async def carry_out(succession_id: UUID, body: Nothing, call: Call) -> Response:  # noqa: ARG001 -- an empty body is one too
    """Pass on everything that is open, in one act: all of it or nothing."""
    known, request = await facts(call), await call.request()
    try:
        act = CarryingOut(cast("PostgresStore", call.context.store), known.organisation, known.by(_chair(known)))
        done = await act.run(succession_id, request)
    except Refusal:
        replayed = await call.context.handler.replay(request)
        if replayed is None:
            raise
        done = replayed
    return call.changed(succession_id, done)


def _chair(known: Facts) -> str:
    return queries.chair(known.organisation, known.day) or ""


def _chain(known: Facts, post_id: str, day: date) -> tuple[str, ...]:
    """The post's agency on the day and all above it; nothing where there is no such post then."""
    post = known.organisation.posts.get(post_id)
    if post is None or not post.exists(day) or not known.organisation.agencies[post.agency_id].exists(day):
        return ()
    return queries.chain(known.organisation, post.agency_id, day)


def _key(key: list[Any] | None) -> tuple[date | None, UUID | None]:
    if key is None:
        return None, None
    try:
        return date.fromisoformat(key[0]), UUID(key[1])
    except (ValueError, TypeError, IndexError, AttributeError):
        raise CursorUnreadable from None


def _row(record: asyncpg.Record) -> SuccessionListed:
    values = dict(record)
    for name in ("passages", "singled", "went"):
        values[name] = orjson.loads(values[name])
    return SuccessionListed(**values)
