"""The event store on PostgreSQL (DESIGN.md, The event store)."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Self

import orjson
from pydantic import TypeAdapter

from schemas.envelope import EventMeta, Recorded
from schemas.registry import decode
from services.adapters.postgres import appending, metrics
from services.adapters.postgres.batch import Batcher, independent, waves
from services.adapters.postgres.pool import PATIENCE, connect, patiently
from services.application.ports import Conflict, History, Outdated, Replayed, Snapshot, Stale, StoreUnavailable, Won

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from asyncpg import Connection, Pool, Record
    from asyncpg.pool import PoolConnectionProxy
    from prometheus_client import Counter as PrometheusCounter

    from schemas.registry import AnyEvent
    from services.application.ports import Append, IdempotencyKey, Outcome

# Without a schema: every connection has its context's as its only one.
_EVENTS = "select position, event_id, stream, version, type, data, meta, occurred_at, recorded_at, hash from events"
_LOAD = f"{_EVENTS} where stream = $1 and version > $2 order by version"
_READ_ALL = f"{_EVENTS} where position > $1 order by position limit $2"
_HISTORIES = """
    select asked.number, e.type, e.data, e.version, e.hash
    from jsonb_to_recordset($1) as asked(number integer, stream text, after integer), lateral (
        select type, data, version, hash from events
        where stream = asked.stream and version > asked.after order by version
    ) e
    order by asked.number, e.version"""
_ANSWERED = "select body_sha256, answer from idempotency where principal = $1 and route = $2 and key = $3"
_FORGET_ANSWERS = """
    with gone as (delete from idempotency where answered_at < clock_timestamp() - $1::interval returning 1)
    select count(*) from gone"""
_SNAPSHOT = "select version, hash, state from snapshots where stream = $1 and shape = $2"
_KEEP_SNAPSHOT = """
    insert into snapshots as kept (stream, shape, version, hash, state) values ($1, $2, $3, $4, $5)
    on conflict (stream) do update set shape = excluded.shape, version = excluded.version, hash = excluded.hash,
        state = excluded.state, kept_at = excluded.kept_at
    where kept.shape <> excluded.shape or kept.version < excluded.version"""
# Past `model_validate_json`, whose own work is nearly as much again.
_read_meta: Callable[[str], EventMeta] = TypeAdapter(EventMeta).validator.validate_json
IN_FLIGHT = 2
PAGE = 1_000
ANSWERS_KEPT = timedelta(days=30)
"""How long an idempotency key is promised its first answer."""


class PostgresStore:
    """One context's streams.

    Args:
        pool: connections as the context's login.
        context: the context, whose name is its schema.
        in_flight: batches of appends, and of loads, that may be under way at once.
        patience: seconds for which a call outlasts a restart of the database.
    """

    def __init__(
        self, pool: Pool[Record], context: str, *, in_flight: int = IN_FLIGHT, patience: float = PATIENCE
    ) -> None:
        self.pool = pool
        self.context = context
        self._patience = patience
        self._append = Batcher(
            self._append_batch,
            in_flight=in_flight,
            fits=independent,
            took=metrics.APPEND_SECONDS.labels(context).observe,
        )
        self._history = Batcher(self._histories, in_flight=in_flight)
        self._batch_commands = metrics.BATCH_COMMANDS.labels(context)
        self._outcomes: dict[type[Outcome], PrometheusCounter] = {
            kind: metrics.OUTCOMES.labels(context, kind.__name__.lower())
            for kind in (Won, Conflict, Outdated, Replayed, Stale)
        }
        metrics.POOL_CONNECTIONS.labels(context).set_function(pool.get_size)
        metrics.POOL_IDLE.labels(context).set_function(pool.get_idle_size)

    @classmethod
    async def open(cls, dsn: str, context: str, *, size: int = 8) -> Self:
        """Open a store with a pool of its own; `close` ends both."""
        return cls(await connect(dsn, context, size=size), context)

    async def close(self) -> None:
        """Finish what was taken, then close the pool."""
        await self._append.finish()
        await self._history.finish()
        await self.pool.close()

    async def history(self, stream: str, *, after: int = 0) -> History:
        """Return what a fold needs of the stream's events above `after`."""
        return await self._history((stream, after))

    async def load(self, stream: str, *, after: int = 0) -> Sequence[Recorded]:
        """Return the stream's events above `after`, in order."""
        rows = await self._rows(_LOAD, stream, after)
        return [recorded(row) for row in rows]

    async def read_all(self, *, after: int = 0, limit: int = PAGE) -> Sequence[Recorded]:
        """Return the context's next events above a position, in order; none is ever missed (DESIGN.md)."""
        rows = await self._rows(_READ_ALL, after, limit)
        return [recorded(row) for row in rows]

    async def append(self, append: Append) -> Outcome:
        """Store all of it or nothing, together with whoever appends at the same time.

        Raises:
            StoreUnavailable: the database stayed away; nobody knows whether it was stored.
            asyncpg.PostgresError: the database cannot hold it; nothing was stored.
        """
        if not append.events and append.idempotency is None:
            return Won(0)
        return await self._append(append)

    async def append_within(
        self, connection: Connection[Record] | PoolConnectionProxy[Record], appends: Sequence[Append]
    ) -> list[Outcome]:
        """Store several commands in the caller's transaction, under the same lock, which it then holds to its end.

        Commands on one stream stand in their order. A failure of the database leaves the transaction aborted.
        """
        found: dict[int, Outcome] = {}
        for wave in waves(appends):
            answers = await connection.fetch(appending.STATEMENT, *appending.arguments(wave))
            found.update(zip(map(id, wave), appending.outcomes(wave, answers[0]), strict=True))
        return [found[id(append)] for append in appends]

    async def answered(self, key: IdempotencyKey) -> Replayed | None:
        """Return the first answer to a key of the same principal and route, if there is one."""
        rows = await self._rows(_ANSWERED, key.principal, key.route, key.key)
        return Replayed(rows[0]["body_sha256"], rows[0]["answer"].encode()) if rows else None

    async def forget_answers(self, *, after: timedelta = ANSWERS_KEPT) -> int:
        """Delete answers older than that; return how many."""
        rows = await self._rows(_FORGET_ANSWERS, after)
        return int(rows[0][0])

    async def keep_tidy(self) -> None:
        """Forget old answers now and every day, until cancelled."""
        while True:
            with contextlib.suppress(StoreUnavailable):  # then tomorrow
                await self.forget_answers()
            await asyncio.sleep(timedelta(days=1).total_seconds())

    async def snapshot(self, stream: str, shape: bytes) -> Snapshot | None:
        """Return the newest snapshot whose state has the given shape."""
        rows = await self._rows(_SNAPSHOT, stream, shape)
        return Snapshot(rows[0]["version"], rows[0]["hash"], rows[0]["state"].encode()) if rows else None

    async def keep_snapshot(self, stream: str, shape: bytes, snapshot: Snapshot) -> None:
        """Keep a snapshot in place of an older one of the stream."""
        await self._rows(
            _KEEP_SNAPSHOT,
            stream,
            shape,
            snapshot.version,
            snapshot.hash,
            snapshot.state.decode(),
        )

    async def _append_batch(self, appends: Sequence[Append]) -> list[Outcome]:
        self._batch_commands.observe(len(appends))
        arguments = appending.arguments(appends)
        answers = await self._rows(appending.STATEMENT, *arguments)
        outcomes = appending.outcomes(appends, answers[0])
        for kind, count in Counter(type(outcome) for outcome in outcomes).items():
            self._outcomes[kind].inc(count)
        return outcomes

    async def _histories(self, asked: Sequence[tuple[str, int]]) -> list[History]:
        document = [
            {"number": number, "stream": stream, "after": after} for number, (stream, after) in enumerate(asked)
        ]
        found: list[list[AnyEvent]] = [[] for _ in asked]
        ends: list[tuple[int, bytes | None]] = [(after, None) for _, after in asked]
        for number, type_, data, version, hash_ in await self._rows(_HISTORIES, orjson.dumps(document).decode()):
            found[number].append(decode(type_, data))
            ends[number] = version, hash_
        return [History(tuple(events), *end) for events, end in zip(found, ends, strict=True)]

    async def _rows(self, statement: str, *arguments: object) -> list[Record]:
        return await patiently(lambda: self.pool.fetch(statement, *arguments), patience=self._patience)


def recorded(row: Record) -> Recorded:
    """Return a row of the events' columns as an event."""
    position, event_id, stream, version, type_, data, meta, occurred_at, recorded_at, hash_ = row
    return Recorded(
        position,
        event_id,
        stream,
        version,
        decode(type_, data),
        _read_meta(meta),
        occurred_at,
        recorded_at,
        hash_,
    )
