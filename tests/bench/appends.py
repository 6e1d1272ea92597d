"""Ways to append beside each other, on a filled table: what docs/decisions/0002-store.md chose from.

Not part of `make bench`, for it decides nothing any more: `python -m tests.bench appends`.
"""

from __future__ import annotations

import asyncio
import statistics
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial

import asyncpg
import pytest
import uvloop

from services.adapters.postgres import batch
from services.adapters.postgres.batch import Batcher, independent
from services.adapters.postgres.clock import PostgresClock
from services.adapters.postgres.pool import connect
from services.adapters.postgres.store import PostgresStore
from services.application.ports import Append, Outcome
from services.entrypoints.garbage import freeze
from tests.bench.bare import Bare
from tests.bench.callers import appended
from tests.bench.environment import Env
from tests.bench.figure import Figure
from tests.bench.store import FILLED, fill
from tests.bench.ways import Ways
from tests.parts import Database

ROUNDS = 3
SECONDS = 0.7
CONNECTIONS = 32

Store = Callable[[Append], Awaitable[Outcome]]
Way = tuple[str, Store, int, int]
"""Its name, the append, callers, and the largest batch."""


def measure(env: Env) -> list[Figure]:
    """Measure every way in turns; the ceiling is a bare insert of 32 rows a commit."""
    with env.databases.fresh() as database, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_measured(database))


async def _measured(database: Database) -> list[Figure]:
    admin = await asyncpg.connect(database.admin_dsn, server_settings={"search_path": "inspection"})
    await fill(admin, FILLED)
    await admin.execute("vacuum analyze events")
    pool = await connect(database.dsn("inspection"), "inspection", size=CONNECTIONS)
    direct = await connect(database.admin_dsn, "inspection", size=CONNECTIONS)
    bare = Bare(await asyncpg.connect(database.admin_dsn))
    freeze()
    found = await _in_turns(list(ways(pool, Ways(direct))), bare, await PostgresClock(pool).now())
    await pool.close()
    await direct.close()
    return found


def ways(pool: asyncpg.Pool[asyncpg.Record], other: Ways) -> Iterator[Way]:
    """Everything that is compared."""
    one_each = Batcher(other.row_without_lock, in_flight=CONNECTIONS, fits=independent)
    yield "a commit each, no lock (loses events)", one_each, 32, 1
    yield "a commit each under the lock", PostgresStore(pool, "inspection", in_flight=CONNECTIONS).append, 32, 1
    for name, ask in (
        ("row by row", other.row_by_row),
        ("pipeline", other.pipeline),
        ("arrays", other.arrays),
        ("copy", other.copy),
    ):
        yield f"batch: {name}", Batcher(ask, in_flight=2, fits=independent), 32, batch.LARGEST
    for in_flight in (1, 2, 3, 4):
        store = PostgresStore(pool, "inspection", in_flight=in_flight)
        yield f"batch: append_events, {in_flight} in flight", store.append, 32, batch.LARGEST
    for largest in (8, 32, 128, 256):
        store = PostgresStore(pool, "inspection", in_flight=2)
        yield f"append_events, 256 callers, at most {largest} a batch", store.append, 256, largest


async def _in_turns(compared: list[Way], bare: Bare, now: datetime) -> list[Figure]:
    rates: dict[str, list[float]] = {name: [] for name, *_ in compared}
    ceilings = []
    for _ in range(ROUNDS + 1):
        ceilings.append(await bare.insert(32, SECONDS))
        for name, append, callers, largest in compared:
            with at_most(largest):
                rates[name].append(await appended(append, callers, now, SECONDS))
    ceiling = statistics.median(ceilings[1:])  # the first round only warms up
    figure = partial(Figure, unit="events/s", ceiling=ceiling)
    return [
        figure(f"append: {name}", statistics.median(rates[name][1:]), note=f"{callers} callers")
        for name, _, callers, _ in compared
    ]


@contextmanager
def at_most(largest: int) -> Iterator[None]:
    """Let no batch be larger."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batch, "LARGEST", largest)
        yield
