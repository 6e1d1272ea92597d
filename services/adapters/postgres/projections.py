"""Building an inline view anew beside the live one, and putting it in its place in one transaction.

Nothing but the view's own rows is written: no event, no notification, no effect. The suite goes on with its work, and
what it stores meanwhile is caught up, at the end under the lock that appends take.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import asyncpg

from schemas.registry import decode
from services.adapters.postgres.pool import LOSERS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from asyncpg import Connection, Record

    from services.application.aggregate import Aggregate

PAGE = 2_000
_ROWS = 500
_FEW = 50
"""Streams that are caught up under the lock at most; above that, others would wait too long."""

# In the order of streams, not of positions: then one state is in memory at a time, however many streams are open.
_EVENTS = """
    select stream, version, type, data, recorded_at from events
    where (stream, version) > ($1, $2) and stream < $3 order by stream, version limit $4"""
_GROWN = "select distinct stream from events where position > $1 and stream >= $2 and stream < $3"
_WHOLE = "select stream, version, type, data, recorded_at from events where stream = $1 order by version"
_LAST = "select coalesce(max(position), 0) from events"


class ViewUnknown(Exception):
    """The aggregate has no such view."""


class ViewInUse(Exception):
    """The live view was in use at every try to replace it; the new one was thrown away."""


@dataclass
class Rebuild:
    """One rebuild of one view.

    Args:
        connection: as the administrator, with the context's schema as search path; nobody else's for so long.
        aggregate: whose view it is.
        view: the table.
        progress: told how many events were folded so far.
        tries: at putting the new table in place; each waits two seconds for those who use the live one.
    """

    connection: Connection[Record]
    aggregate: Aggregate[Any, Any, Any]
    view: str
    progress: Callable[[int], None] = lambda _: None
    tries: int = 20

    def __post_init__(self) -> None:
        if self.view not in self.aggregate.views:
            raise ViewUnknown(self.view)
        self.events = 0
        # '.' follows '-' in the order of bytes: all streams of the category, and no others.
        self._from, self._to = f"{self.aggregate.category}-", f"{self.aggregate.category}."

    async def run(self) -> int:
        """Build the view anew and put it in place; return how many events were folded.

        Raises:
            ViewInUse: somebody held on to the live view all the time.
        """
        await self.connection.execute("select pg_advisory_lock(hashtextextended($1, 0))", f"rebuild {self.view}")
        await self.connection.execute("select begin_rebuild($1)", self.view)
        reached = await self.connection.fetchval(_LAST)
        await self._write(self._all())
        for _ in range(self.tries):
            last = await self.connection.fetchval(_LAST)  # first: what comes between the two is met again, never missed
            grown = await self.connection.fetch(_GROWN, reached, self._from, self._to)
            if len(grown) > _FEW:
                await self._write(self._streams(grown))
                reached = last
                continue
            try:
                await self._replace(reached)
            except (asyncpg.LockNotAvailableError, *LOSERS):
                continue
            return self.events
        await self.connection.execute("select abandon_rebuild($1)", self.view)
        raise ViewInUse(self.view)

    async def _write(self, rows: AsyncIterator[bytes]) -> None:
        page: list[bytes] = []
        async for row in rows:
            page.append(row)
            if len(page) == _ROWS:
                await self._upsert(page)
                page.clear()
        await self._upsert(page)

    async def _upsert(self, rows: list[bytes]) -> None:
        document = b"[" + b",".join(rows) + b"]"
        await self.connection.execute("select write_view($1, $2)", f"{self.view}_new", document.decode())
        self.progress(self.events)

    async def _all(self) -> AsyncIterator[bytes]:
        """Yield the row of every stream, one after the other."""
        fold = Fold(self.aggregate, self.view)
        stream, version = self._from, 0
        while page := await self.connection.fetch(_EVENTS, stream, version, self._to, PAGE):
            for row in page:
                if (done := fold.add(row)) is not None:
                    yield done
            self.events += len(page)
            stream, version = page[-1]["stream"], page[-1]["version"]
        if (done := fold.row()) is not None:
            yield done

    async def _streams(self, streams: list[Record]) -> AsyncIterator[bytes]:
        """Yield the row of some streams."""
        for (stream,) in streams:
            fold = Fold(self.aggregate, self.view)
            page = await self.connection.fetch(_WHOLE, stream)
            for row in page:
                fold.add(row)
            self.events += len(page)
            if (done := fold.row()) is not None:
                yield done

    async def _replace(self, reached: int) -> None:
        async with self.connection.transaction():
            await self.connection.execute("set local lock_timeout = '2s'")  # appends wait behind this
            await self.connection.execute("select lock_appends()")
            await self._write(self._streams(await self.connection.fetch(_GROWN, reached, self._from, self._to)))
            await self.connection.execute("select finish_rebuild($1)", self.view)


class Fold:
    """Folds streams that come one after the other."""

    def __init__(self, aggregate: Aggregate[Any, Any, Any], view: str) -> None:
        self._aggregate = aggregate
        self._view = view
        self._state: Any = None
        self._last: Record | None = None

    def add(self, row: Record) -> bytes | None:
        """Fold an event; where it begins a stream, return the row of the one before."""
        done = None
        if self._last is None or row["stream"] != self._last["stream"]:
            done = self.row()
            self._state = self._aggregate.initial
        self._state = self._aggregate.evolve(self._state, decode(row["type"], row["data"]))
        self._last = row
        return done

    def row(self) -> bytes | None:
        """Return the row of the stream folded last, if there was one."""
        if self._last is None:
            return None
        rows = self._aggregate.rows(self._state, self._last["version"], self._last["recorded_at"])
        return next(made.row for made in rows if made.table == self._view)
