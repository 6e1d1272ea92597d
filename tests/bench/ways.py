"""Other ways to store what waits: each takes a batch of one-event commands and says that it is stored.

They are beside the append for comparison only. But for the store's own function they check no version before they
write, so one conflict would fail a whole batch, and they know no idempotency, views or watermark.
"""

from __future__ import annotations

from collections.abc import Sequence

import asyncpg

from services.application.ports import Append, Outcome, Won

COLUMNS = ("event_id", "stream", "version", "type", "data", "meta", "occurred_at", "recorded_at", "hash")
_TARGET = f"inspection.events ({', '.join(COLUMNS)})"
_ROW = f"insert into {_TARGET} values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
_ARRAYS = f"""
    insert into {_TARGET} select * from unnest($1::uuid[], $2::text[], $3::integer[], $4::text[], $5::jsonb[],
        $6::jsonb[], $7::timestamptz[], $8::timestamptz[], $9::bytea[])"""
_LOCK = "select inspection.lock_appends()"


class Ways:
    """Ways to write a batch, over connections of the superuser (for the context's login may only call the append)."""

    def __init__(self, pool: asyncpg.Pool[asyncpg.Record]) -> None:
        self._pool = pool

    async def row_without_lock(self, batch: Sequence[Append]) -> list[Outcome]:
        """A commit for each row and no lock: readers by position lose events."""
        for row in rows(batch):
            await self._pool.execute(_ROW, *row)
        return [Won(1)] * len(batch)

    async def row_by_row(self, batch: Sequence[Append]) -> list[Outcome]:
        """A statement for each row, in one transaction under the lock."""
        async with self._pool.acquire() as connection, connection.transaction():
            await connection.execute(_LOCK)
            for row in rows(batch):
                await connection.execute(_ROW, *row)
        return [Won(1)] * len(batch)

    async def pipeline(self, batch: Sequence[Append]) -> list[Outcome]:
        """The same, sent without waiting for each answer."""
        async with self._pool.acquire() as connection, connection.transaction():
            await connection.execute(_LOCK)
            await connection.executemany(_ROW, rows(batch))
        return [Won(1)] * len(batch)

    async def arrays(self, batch: Sequence[Append]) -> list[Outcome]:
        """One statement with an array for each column."""
        async with self._pool.acquire() as connection, connection.transaction():
            await connection.execute(_LOCK)
            await connection.execute(_ARRAYS, *map(list, zip(*rows(batch), strict=True)))
        return [Won(1)] * len(batch)

    async def copy(self, batch: Sequence[Append]) -> list[Outcome]:
        """COPY, under the lock."""
        async with self._pool.acquire() as connection, connection.transaction():
            await connection.execute(_LOCK)
            await connection.copy_records_to_table(
                "events", schema_name="inspection", columns=COLUMNS, records=rows(batch)
            )
        return [Won(1)] * len(batch)


def rows(batch: Sequence[Append]) -> list[tuple[object, ...]]:
    """The columns of each event."""
    return [
        (
            event.event_id,
            append.stream,
            event.version,
            event.type,
            event.data.decode(),
            event.meta.decode(),
            event.occurred_at,
            event.recorded_at,
            event.hash,
        )
        for append in batch
        for event in append.events
    ]
