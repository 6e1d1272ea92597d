"""What is shown of plans of succession: what is open and where it would go, or what went where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import orjson
from fastapi import Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from discipline.successions.alerts import Becomes
from discipline.successions.state import SuccessionStatus
from schemas.base import Slug
from schemas.discipline.successions import Matter, Went
from schemas.notifier.alerts import StallRule
from services.adapters import catalogues
from services.adapters.discipline.follow_up_alerts import AlertGoes, followed_alerts, open_alerts
from services.adapters.discipline.succession import open_matters, owning_posts
from services.adapters.tables.successions import SuccessionColumns
from services.application.discipline.aggregates import SUCCESSION
from services.application.discipline.successions import Goals
from services.application.identity import Role
from services.entrypoints.api.access import Access, anywhere
from services.entrypoints.api.call import Call
from services.entrypoints.api.discipline.follow_up_scope import facts
from services.entrypoints.api.discipline.timeline import Moved, texts, timeline
from services.entrypoints.api.language import of_scope
from services.entrypoints.api.notifier.words import rule_name
from services.entrypoints.api.pages import PAGE, Cursor, Limit, Page, after, day_and_id, page
from services.entrypoints.api.refusals import NotFound
from services.entrypoints.api.routing import Router

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    import asyncpg

    from discipline.successions.state import State, Succession
    from services.application.discipline.facts import Facts

router = Router(prefix="/successions", tags=["successions"])


class SuccessionListed(SuccessionColumns):
    """A plan in a list."""


class AlertsGo(BaseModel):
    """Alerts of one rule about follow-ups that pass on."""

    rule: StallRule
    name: Annotated[str, Field(description="How they have stalled, in the language asked for.")]
    from_post: Annotated[Slug, Field(description="Who had to act.")]
    to_post: Annotated[Slug, Field(description="Who has to from then on.")]
    becomes: Annotated[Becomes, Field(description="They begin anew for somebody else, or go on as they are.")]
    becomes_name: Annotated[str, Field(description="In the language asked for.")]
    count: Annotated[int, Field(description="How many.")]


class SuccessionCase(BaseModel):
    """A plan with what it would move today, or what it has moved."""

    succession: SuccessionListed
    open: Annotated[list[Went], Field(description="What is open today and where it would go; once done, what went.")]
    alerts: Annotated[
        list[AlertsGo],
        Field(description="What is alerted about it today and what becomes of that; once done, what became of it."),
    ]
    timeline: list[Moved]
    texts: Annotated[dict[UUID, str], Field(description="Texts by document id; erased ones are absent.")]


_COLUMNS = ", ".join(SuccessionColumns.model_fields)
_LIST = f"""
select {_COLUMNS} from succession_view
where ($1::text is null or status = $1) and ($2::date is null or (day, id) > ($2, $3::uuid))
order by day, id limit $4"""  # noqa: S608 -- column names of our own
_ONE = f"select {_COLUMNS} from succession_view where id = $1"  # noqa: S608 -- likewise
OVER = {SuccessionStatus.WITHDRAWN, SuccessionStatus.CARRIED_OUT}
READS = {Role.AUTHORITY, Role.HEAD, Role.AUDITOR}
CONFIDENTIAL: Collection[Matter] = {Matter.REVIEW, Matter.RESPONSIBILITY, Matter.BOARD_SEAT}
"""Of these also the number is told to nobody but whoever decides on them, and to auditors: one review at an agency, and
its head knows of whom."""


async def seen(call: Call) -> Succession:
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
    await seen(call)


@router.read("", access=Access({Role.AUTHORITY, Role.AUDITOR}, anywhere), answers=Page[SuccessionListed])
async def listed(
    call: Call,
    limit: Limit = PAGE,
    cursor: Cursor = None,
    status: Annotated[SuccessionStatus | None, Query(description="Only those that stand so.")] = None,
) -> Response:
    """List the plans by their day; they hold posts and numbers, no case."""
    (day, last), known = day_and_id(after(call, cursor, status)), await facts(call)
    rows = await call.context.pool.fetch(_LIST, status, day, last, limit + 1)
    return call.answer(page(call, [_row(row, known) for row in rows], limit, lambda row: [row.day, row.id], status))


@router.read("/{succession_id}", access=Access(READS, in_sight), answers=SuccessionCase)
async def one(succession_id: UUID, call: Call) -> Response:
    """Show a plan, what is open today and where it would go; once carried out, the report of what went where."""
    state, known = await seen(call), await facts(call)
    history = await call.context.store.load(SUCCESSION.stream(succession_id))
    [record] = await call.context.pool.fetch(_ONE, succession_id)
    done = state.status is SuccessionStatus.CARRIED_OUT
    pool, row, goals = call.context.pool, _row(record, known), Goals(known.organisation, state, known.day)
    moved = timeline(call, history)
    for one in moved:
        if "went" in one.data:
            one.data["went"] = list(_told(known, one.data["went"]))
    shown = SuccessionCase(
        succession=row,
        open=[one for one in await _open(pool, goals) if _tells(known, one, done=done)],
        alerts=[_alerts(call, one) for one in await _alerted(pool, goals)],
        timeline=moved,
        texts=await texts(call, history),
    )
    return call.answer(shown, version=row.version, beside=True)


async def _open(pool: asyncpg.Pool, goals: Goals) -> list[Went]:
    """By a plan that was withdrawn nothing goes anywhere; by one that was carried out what went, went."""
    if goals.plan.status in OVER:
        return list(goals.plan.went)
    return await open_matters(pool, goals)


async def _alerted(pool: asyncpg.Pool, goals: Goals) -> list[AlertGoes]:
    if goals.plan.status in OVER:
        return await followed_alerts(pool, goals.plan.succession_id)
    return await open_alerts(pool, goals.of, owning_posts(goals.organisation, goals.plan))


def _alerts(call: Call, one: AlertGoes) -> AlertsGo:
    language = of_scope(call.scope)
    return AlertsGo(
        rule=one.rule,
        name=rule_name(language, one.rule),
        from_post=one.from_post,
        to_post=one.to_post,
        becomes=one.becomes,
        becomes_name=catalogues.text(language, f"alert-becomes-{one.becomes}"),
        count=one.count,
    )


def _tells(known: Facts, line: Went, *, done: bool = True) -> bool:
    """Whether a line may be told to the caller. Whoever is to decide after the act has nothing in sight before it."""
    if line.matter not in CONFIDENTIAL or Role.AUDITOR in known.principal.roles:
        return True
    return line.to_post in known.posts() and (done or not line.moved)


def _told(known: Facts, lines: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    return (line for line in lines if _tells(known, Went(**line)))


def _row(record: asyncpg.Record, known: Facts) -> SuccessionListed:
    values = dict(record)
    for name in ("passages", "singled", "went"):
        values[name] = orjson.loads(values[name])
    values["went"] = list(_told(known, values["went"]))
    return SuccessionListed(**values)
