"""The notifier on a real database, without Kafka: what is published waits here until the test lets it arrive."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import reduce
from typing import Any
from uuid import UUID, uuid5

from asyncpg import Connection, Record

from schemas.base import Event
from schemas.envelope import EventMeta, Recorded
from schemas.registry import AnyEvent
from services.adapters.directory_copy import keep_directory
from services.adapters.notifier.boards import keep_boards
from services.adapters.notifier.effects import follow_cases
from services.adapters.notifier.firing import Firing
from services.adapters.notifier.transactions import transaction
from services.adapters.postgres.store import PostgresStore, recorded
from services.application.aggregate import Aggregate
from services.application.handler import Handler, Loaded, Request, prepare
from services.application.notifier import CONSUMER, SOURCES
from services.application.ports import Won
from services.application.reactions import Reaction, command_id
from tests.inspection.province import COMMUNE, DISTRICT, HISTORY, INSPECTORATE, PROVINCE
from tests.parts import Database
from tests.transactions import Quiet

PARTITIONS = 2
OWNER, SUPERIOR, CHIEF, CHAIR = (f"{agency}-head" for agency in (COMMUNE, DISTRICT, INSPECTORATE, PROVINCE))
FOUNDED_AT = datetime(2025, 1, 1, tzinfo=UTC)
NAMESPACE = UUID("0e3f2b51-6a5a-4f0e-8d44-2f6f0cf6c7a2")


class Batch(Quiet):
    """The transaction of a worker's batch, as the framework hands it to effects; each command is stored at once."""

    def __init__(self, connection: Connection[Record], store: PostgresStore) -> None:
        super().__init__(connection)
        self._store = store

    async def carry_out(self, cause: Recorded, reactions: Sequence[Reaction]) -> Sequence[AnyEvent]:
        happened: list[AnyEvent] = []
        for index, reaction in enumerate(reactions):
            aggregate, stream = reaction.aggregate, reaction.aggregate.stream(reaction.id)
            request = Request(
                command_id=command_id(cause.event_id, reaction.policy, index),
                actor=f"policy:{reaction.policy}",
                correlation_id=cause.meta.correlation_id,
                causation_id=cause.event_id,
                traceparent=cause.meta.traceparent,
                occurred_at=cause.occurred_at,
            )
            now = await self.connection.fetchval("select suite.now()")
            loaded = await self._load(aggregate, stream)
            append, _ = prepare(aggregate, stream, loaded, reaction.command, request, now)
            (outcome,) = await self._store.append_within(self.connection, [append])
            assert isinstance(outcome, Won)
            happened += aggregate.decide(reaction.command, loaded.state)
        return happened

    async def _load(self, aggregate: Aggregate[Any, Any, Any], stream: str) -> Loaded:
        rows = await self.connection.fetch("select * from events where stream = $1 order by version", stream)
        known = [recorded(row) for row in rows]
        state = reduce(aggregate.evolve, (one.event for one in known), aggregate.initial)
        return Loaded(state, len(known), known[-1].hash) if known else Loaded(state, 0, Handler.NEW.hash)


@dataclass
class Stage:
    """A notifier, its time, and the topics that it reads."""

    database: Database
    store: PostgresStore
    firing: Firing
    published: list[Recorded] = field(default_factory=list)
    """Not yet applied."""
    _versions: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    # -- time ----------------------------------------------------------------------------------------------------

    def set_clock(self, moment: datetime) -> None:
        """Move the suite's time to a moment."""
        self.database.execute('update suite.clock set "offset" = %s - clock_timestamp()', moment)

    async def settle(self, moment: datetime) -> list[Any]:
        """A calm run up to a moment: everything arrives when it is published, and fires when it is due."""
        before = len(await self.history())
        while (following := await self._following(moment)) is not None:
            self.set_clock(max(following, await self.now()))
            early = [one for one in self.published if one.recorded_at <= following]
            late = [one for one in self.published if one.recorded_at > following]
            self.published = early
            await self.arrive()
            self.published = late
            await self.tick()
        self.set_clock(max(moment, await self.now()))
        await self.watermark(await self.now())
        return (await self.history())[before:]

    async def _following(self, moment: datetime) -> datetime | None:
        """The next moment at which something is published or due."""
        moments = [one.recorded_at for one in self.published]
        if (due := await self.next_due()) is not None:
            moments.append(due)
        following = min(moments, default=None)
        return None if following is None or following > moment else following

    async def now(self) -> datetime:
        """The suite's time."""
        now: datetime = await self.store.pool.fetchval("select suite.now()")
        return now

    async def next_due(self) -> datetime | None:
        """When something is due next."""
        due: datetime | None = await self.store.pool.fetchval("select next_due()")
        return due

    # -- what the others publish ---------------------------------------------------------------------------------

    def publish(self, event: Event, at: datetime, *, stream: str = "case", traceparent: str | None = None) -> Recorded:
        """Record an event of another context and publish it; handled in the span that is named."""
        self._versions[stream] += 1
        version = self._versions[stream]
        event_id = uuid5(NAMESPACE, f"{stream}/{version}")
        request = uuid5(NAMESPACE, "request")
        meta = EventMeta(actor="x", correlation_id=request, causation_id=event_id, traceparent=traceparent)
        told: Any = event
        entry = Recorded(version, event_id, stream, version, told, meta, at, at, bytes(32))
        self.published.append(entry)
        return entry

    async def apply(self, *, count: int | None = None) -> None:
        """Let the worker apply what was published, in batches of `count`."""
        while self.published:
            batch, self.published = self.published[:count], self.published[len(self.published[:count]) :]
            async with transaction(self.store.pool) as connection:
                await connection.execute("select lock_appends()")
                worker = Batch(connection, self.store)
                await keep_directory(worker, batch)
                await keep_boards(worker, batch)
                await follow_cases(worker, batch)

    async def watermark(self, through: datetime, *, topics: Sequence[str] = SOURCES) -> None:
        """Let watermarks arrive on every partition of the topics."""
        await self.store.pool.executemany(
            "insert into applied_watermarks values ($1, $2, $3, $4)"
            " on conflict (consumer, topic, partition) do update set through = excluded.through",
            [(CONSUMER, topic, partition, through) for topic in topics for partition in range(PARTITIONS)],
        )

    async def arrive(self) -> None:
        """All that was published is applied, and the watermark of this moment behind it."""
        await self.apply()
        await self.watermark(await self.now())

    # -- what the clock does ---------------------------------------------------------------------------------------

    async def tick(self) -> int:
        """Let the clock do everything that is due; how much that was."""
        fired = 0
        while (done := (await self.firing.fire()).fired) > 0:
            fired += done
        return fired

    async def history(self) -> list[Any]:
        """Everything that happened to alerts, in order."""
        return [one.event for one in await self.store.read_all()]

    async def alerts(self, *, open_only: bool = False) -> list[Record]:
        """The alerts as people see them."""
        where = "where state <> 'ended'" if open_only else ""
        return await self.store.pool.fetch(f"select * from alert_view {where} order by due_at, rule")

    async def deliveries(self) -> list[Record]:
        """What is to be delivered."""
        return await self.store.pool.fetch("select * from delivery order by alert_id, step, post_id, channel")


def empty(database: Database) -> None:
    """Make a database as it was migrated: quicker than a new one."""
    database.execute(
        """
        do $$ declare names text; begin
            select string_agg('notifier.' || quote_ident(tablename), ', ') into names from pg_tables
            where schemaname = 'notifier'
                and tablename not in ('alembic_version', 'watermark', 'recount', 'relay_state');
            execute 'truncate suite.compensated_days, ' || names || ' restart identity';
            update notifier.recount set wanted = false, after_case = null;
        end $$
        """
    )


@asynccontextmanager
async def stage(database: Database) -> AsyncIterator[Stage]:
    """A stage on which the province of the tests stands."""
    store = await PostgresStore.open(database.dsn("notifier"), "notifier", size=4)
    try:
        made = Stage(database, store, Firing(store.pool, store, partitions=PARTITIONS))
        made.set_clock(FOUNDED_AT)
        for event in HISTORY:
            made.publish(event, FOUNDED_AT, stream="organisation")
        await made.apply()
        yield made
    finally:
        await store.close()
