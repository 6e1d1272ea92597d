"""A thousand deadlines that fall due at once, of a million that are open."""

from __future__ import annotations

import asyncio
import resource
import statistics
import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import psycopg
import uvloop

from notifier.rules.case import deadlines, evolve
from services.adapters.calendar import vietnam
from services.adapters.notifier import cases
from services.adapters.notifier.firing import Firing
from services.adapters.postgres.store import PostgresStore
from services.entrypoints.garbage import freeze
from tests.bench.environment import Env
from tests.bench.figure import Figure
from tests.notifier import examples as ex
from tests.notifier.stage import OWNER, PARTITIONS, Stage, stage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from services.application.ports import Append, Outcome

CASES = 250_000
"""Each with four deadlines: not acknowledged, two calls, overdue."""
DUE = 1_000
ROUNDS = 6
"""Of a thousand each, on days of their own; the first one only warms up."""
PLACEHOLDER = "00000000-0000-0000-0000-000000000001"

_FILL = """
with made as materialized (select number, gen_random_uuid() as id from generate_series(1, %s) as number),
kept as (
    insert into notifier.stall_case (case_kind, case_id, state)
    select 'follow_up', id, replace(%s, %s, id::text)::json from made)
insert into notifier.deadline (case_id, case_kind, rule, basis, due_at)
select id, 'follow_up', rule, basis::uuid, due_at::timestamptz + interval '1 day'
    * case when rule <> 'not_acknowledged' then 700 when number <= %s then (number - 1) / %s else 365 end
from made, unnest(%s::text[], %s::text[], %s::text[]) as deadline(rule, basis, due_at)
"""


class Timed(PostgresStore):
    """A store that remembers how long its last append took."""

    took = 0.0

    async def append_within(self, connection: Any, appends: Sequence[Append]) -> list[Outcome]:
        """Append, and look at the clock."""
        started = time.perf_counter()
        outcomes = await super().append_within(connection, appends)
        self.took += time.perf_counter() - started
        return outcomes


def measure(env: Env) -> list[Figure]:
    """Measure `due_1000_of_1m_ms`."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return [runner.run(_due(env))]


async def _due(env: Env) -> Figure:
    with env.databases.fresh() as database:
        async with stage(database) as on:
            first = _fill(on)
            store = Timed(on.store.pool, "notifier")
            clock = Firing(store.pool, store, partitions=PARTITIONS)
            freeze()  # as the clock does
            rounds = [await _round(on, clock, store, first + timedelta(days=number)) for number in range(ROUNDS)]
    whole, appended = (statistics.median(each) for each in zip(*rounds[1:], strict=True))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024
    note = f"{CASES * 4:,} open; alerts, deliveries, next steps; {memory:,.0f} MiB; ceiling: the append alone"
    return Figure("due_1000_of_1m_ms", whole, "ms", appended, None, note, "≤ 500 ms")


def _fill(on: Stage) -> datetime:
    """A million open deadlines, a thousand of which fall due on each of some days; the first of these moments."""
    opened = ex.opened(agency_id="xa-tan-lap", owner_post=OWNER)
    case = evolve(None, opened, ex.mark(0, ex.day(0)), ex.DEFAULTS)
    assert case is not None
    standing = deadlines(case, vietnam())
    state = cases.adapter().dump_json(case).decode().replace(str(ex.FINDING_ID), PLACEHOLDER)
    rules = [(str(rule), str(one.wait.basis.event_id), one.due_at.isoformat()) for rule, one in standing.items()]
    columns = [list(column) for column in zip(*rules, strict=True)]
    on.database.execute(_FILL, CASES, state, PLACEHOLDER, DUE * ROUNDS, DUE, *columns)
    # They have stood there for long: nobody still writes them out, or keeps an older page of them.
    with psycopg.connect(on.database.admin_dsn, autocommit=True) as connection:
        connection.execute("vacuum analyze notifier.deadline, notifier.stall_case")
        connection.execute("checkpoint")
    return min(one.due_at for one in standing.values())


async def _round(on: Stage, clock: Firing, store: Timed, due_at: datetime) -> tuple[float, float]:
    """Milliseconds to fire the thousand of a moment, and how many of them its append took."""
    on.set_clock(due_at)
    await on.watermark(await on.now())
    store.took = 0.0
    started = time.perf_counter()
    done = await clock.fire()
    took = time.perf_counter() - started
    assert done.opened == DUE
    return took * 1_000, store.took * 1_000
