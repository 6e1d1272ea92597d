"""The event store's figures, each in turns with its ceiling and its peer, on a table that is filled."""

from __future__ import annotations

import asyncio
import random
import statistics
import time
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeVar

import asyncpg
import orjson
import uvloop

from schemas.base import encode
from services.adapters.postgres.clock import PostgresClock
from services.adapters.postgres.projections import Rebuild
from services.adapters.postgres.store import PostgresStore
from services.application.handler import Handler, prepare
from services.entrypoints.garbage import freeze
from tests.bench.bare import Bare
from tests.bench.callers import CONTENTS, NEW, appended, asked
from tests.bench.contents import DRAFT, TYPE, VIEW, VIEW_DDL, VIEWED, drafted
from tests.bench.environment import Env
from tests.bench.figure import Figure
from tests.bench.peer import Peer, peer
from tests.parts import Database

T = TypeVar("T")
FILLED = 200_000
"""Events that are there before: an empty table flatters."""
LONG, LIVE = 200, 1_000
ROUNDS = 5
SECONDS = 1.0
READ = 30_000


def measure(env: Env) -> list[Figure]:
    """Measure `append_1`, `append_32`, `command_32`, `load_100`, `read_decoded` and `rebuild`."""
    contents = [orjson.loads(encode(content)) for content in CONTENTS]
    with (
        env.databases.fresh() as database,
        peer(env.postgres, contents) as other,
        asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
    ):
        bench = runner.run(opened(database, other, runner))
        freeze()  # as every API process does after its start
        figures = [*bench.appends(), bench.command(), bench.load(), bench.read(), bench.rebuild()]
        runner.run(bench.close())
        return figures


async def opened(database: Database, other: Peer, runner: asyncio.Runner) -> Bench:
    """Fill the store, and open what is measured."""
    database.execute(VIEW_DDL)
    database.execute("select inspection.prepare_views()")
    admin = await asyncpg.connect(database.admin_dsn, server_settings={"search_path": "inspection"})
    await fill(admin, FILLED)
    store = await PostgresStore.open(database.dsn("inspection"), "inspection")
    bench = Bench(runner, store, admin, Bare(await asyncpg.connect(database.admin_dsn)), other)
    await bench.prepare()
    await asyncio.to_thread(other.prepare, long=LONG // 4, live=LIVE)
    await admin.execute("vacuum analyze events")
    await admin.execute("checkpoint")
    return bench


async def fill(admin: asyncpg.Connection[asyncpg.Record], count: int) -> None:
    """Store so many events of other streams."""
    await admin.execute(
        "insert into events (event_id, stream, version, type, data, meta, occurred_at, recorded_at, hash)"
        " select gen_random_uuid(), 'finding-' || id, 1, $1, jsonb_set($2, '{finding_id}', to_jsonb(id)), $3,"
        " now(), now(), sha256('') from (select gen_random_uuid() as id from generate_series(1, $4)) ids",
        TYPE,
        encode(drafted()).decode(),
        meta(),
        count,
    )


def meta() -> str:
    """The meta of an event that nobody will read."""
    ids = {name: str(uuid.uuid4()) for name in ("actor", "causation_id", "correlation_id")}
    return orjson.dumps({**ids, "traceparent": None}).decode()


@dataclass
class Bench:
    """Everything that is measured, on one loop."""

    runner: asyncio.Runner
    store: PostgresStore
    admin: asyncpg.Connection[asyncpg.Record]
    bare: Bare
    other: Peer
    live: list[uuid.UUID] = field(default_factory=list)
    long: list[str] = field(default_factory=list)

    async def prepare(self) -> None:
        """Store the streams that are commanded and loaded."""
        self.handler = Handler(self.store, PostgresClock(self.store.pool))
        self.live = [uuid.uuid4() for _ in range(LIVE)]
        self.long = [f"finding-{uuid.uuid4()}" for _ in range(LONG)]
        await self._grow([f"finding-{id_}" for id_ in self.live], 10)
        await self._grow(self.long, 100)

    async def close(self) -> None:
        """Close what was opened."""
        await self.store.close()
        await self.admin.close()

    def appends(self) -> list[Figure]:
        """`append_1` and `append_32`."""
        figures = []
        for callers in (1, 32):
            ours, ceiling, theirs = self._in_turns(
                lambda callers=callers: self._append(callers),  # type: ignore[misc]  # bound to this round
                lambda callers=callers: self.bare.insert(callers, SECONDS),  # type: ignore[misc]  # likewise
                lambda callers=callers: asyncio.to_thread(self.other.append, callers, 300 // callers + 10),  # type: ignore[misc]  # likewise
            )
            aim = "≥ 2 × the peer" if callers == 1 else "≥ 0.60 of the ceiling, ≥ 10 × the peer"
            note = f"{callers} caller(s), 570 B; ceiling: {callers} rows a commit, made before"
            figures.append(Figure(f"append_{callers}", ours, "events/s", ceiling, theirs, note, aim))
        return figures

    def command(self) -> Figure:
        """`command_32`."""
        ours, ceiling, theirs = self._in_turns(
            lambda: self._command(32),
            lambda: self._append(32),
            lambda: asyncio.to_thread(self.other.command, 32, 15),
        )
        note = f"{LIVE} live streams of ten events and more; ceiling: append_32"
        return Figure("command_32", ours, "commands/s", ceiling, theirs, note, "≥ 5 × the peer")

    def load(self) -> Figure:
        """`load_100`."""
        ours, ceiling, theirs = self._in_turns(
            lambda: self._load(200),
            lambda: self.bare.load(self.long, 200),
            lambda: asyncio.to_thread(self.other.load, 60),
        )
        note = "loaded and folded, nothing cached, one caller; ceiling: bare select"
        return Figure("load_100", ours, "streams/s", ceiling, theirs, note, "≥ 5 × the peer")

    def read(self) -> Figure:
        """`read_decoded`."""
        ours, ceiling, theirs = self._in_turns(
            lambda: self._read(READ),
            lambda: self.bare.read(READ),
            lambda: asyncio.to_thread(self.other.read, READ // 4),
        )
        note = "by position, pages of 1,000, decoded to contracts; ceiling: bare select"
        return Figure("read_decoded", ours, "events/s", ceiling, theirs, note, "≥ the peer")

    def rebuild(self) -> Figure:
        """`rebuild`."""
        started = time.perf_counter()
        events = self.runner.run(Rebuild(self.admin, VIEWED, VIEW).run())
        rate = events / (time.perf_counter() - started)
        ceiling = self.runner.run(self.bare.read(READ))
        return Figure("rebuild", rate, "events/s", ceiling, note=f"{events:,} events; ceiling: bare select")

    def _in_turns(self, *runs: Callable[[], Awaitable[float]]) -> list[float]:
        """Run each in turns, so that what else the machine does meets all of them; the median of each."""
        found: list[list[float]] = [[] for _ in runs]
        for _ in range(ROUNDS):
            for rates, run in zip(found, runs, strict=True):
                rates.append(self.runner.run(_awaited(run)))
        return [statistics.median(rates) for rates in found]

    async def _append(self, callers: int) -> float:
        return await appended(self.store.append, callers, await self.handler.clock.now(), SECONDS)

    async def _command(self, callers: int) -> float:
        until = time.perf_counter() + SECONDS
        count = 0

        async def caller() -> None:
            nonlocal count
            while time.perf_counter() < until:
                content = CONTENTS[count % len(CONTENTS)]
                await self.handler.handle(DRAFT, random.choice(self.live), content, asked())
                count += 1

        started = time.perf_counter()
        await asyncio.gather(*(caller() for _ in range(callers)))
        return count / (time.perf_counter() - started)

    async def _load(self, count: int) -> float:
        started = time.perf_counter()
        for number in range(count):
            # A handler of its own: nothing is cached.
            loaded = await Handler(self.store, self.handler.clock).load(DRAFT, self.long[number % len(self.long)])
            assert loaded.version == 100
        return count / (time.perf_counter() - started)

    async def _read(self, limit: int) -> float:
        started, count, last = time.perf_counter(), 0, 0
        while count < limit:
            page = await self.store.read_all(after=last, limit=1_000)
            count, last = count + len(page), page[-1].position
        return count / (time.perf_counter() - started)

    async def _grow(self, streams: list[str], events: int) -> None:
        """Store so many events in each stream, a round after the other, as streams grow."""
        loaded = dict.fromkeys(streams, NEW)
        now = await self.handler.clock.now()
        for _ in range(events):
            appends = []
            for stream in streams:
                content = random.choice(CONTENTS) if loaded[stream].version else drafted()
                append, loaded[stream] = prepare(DRAFT, stream, loaded[stream], content, asked(), now)
                appends.append(self.store.append(append))
            await asyncio.gather(*appends)


async def _awaited(run: Callable[[], Awaitable[T]]) -> T:
    return await run()
