"""New events of a context as they are committed: one listening connection for all who wait, and a poll behind it."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

import asyncpg
import structlog

from services.adapters.postgres.pool import LOST
from services.adapters.postgres.store import recorded

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from uuid import UUID

    from schemas.envelope import Recorded

log = structlog.get_logger(__name__)

POLL_SECONDS = 5.0
"""A notification may be lost with its connection; nobody waits longer than this for what was committed."""

_COLUMNS = "position, event_id, stream, version, type, data, meta, occurred_at, recorded_at, hash"
_AFTER = f"""
select {_COLUMNS} from events where stream = any($1) and position > $2 order by position limit $3"""  # noqa: S608 -- column names of our own
_WITH_DOCUMENTS = f"""
select {_COLUMNS} from events
where (stream = any($1) or type = 'discipline.document_issued.v1' and data ->> 'review_id' = $4) and position > $2
order by position limit $3"""  # noqa: S608 -- likewise


class PostgresFeed:
    """Implements `services.entrypoints.api.live.Feed`.

    Args:
        pool: connections that find the context's tables.
        dsn: the context's own login; one connection of its own listens.
        context: its appends notify `<context>_events`.
    """

    def __init__(self, pool: asyncpg.Pool, dsn: str, context: str) -> None:
        self._pool = pool
        self._dsn = dsn
        self._channel = f"{context}_events"
        self._news = asyncio.Event()
        self.told = 0

    async def after(
        self, position: int, streams: Sequence[str], limit: int, documents_of: UUID | None = None
    ) -> Sequence[Recorded]:
        """The streams' events above a position, in order; with those that issued documents of a review."""
        if documents_of is None:
            rows = await self._pool.fetch(_AFTER, list(streams), position, limit)
        else:
            rows = await self._pool.fetch(_WITH_DOCUMENTS, list(streams), position, limit, str(documents_of))
        return [recorded(row) for row in rows]

    async def news(self, seen: int) -> None:
        """Wait until there was news after the number `seen`, or long enough to look anyway."""
        if self.told == seen:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(POLL_SECONDS):
                    await self._news.wait()

    @contextlib.asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """Listen within; a lost connection is made again."""
        task = asyncio.create_task(self._listen())
        try:
            yield
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def _listen(self) -> None:
        while True:
            try:
                await self._listen_once()
            except LOST as lost:
                log.warning("feed_lost", channel=self._channel, reason=type(lost).__name__)
            self._tell()  # what was committed meanwhile was told to nobody
            await asyncio.sleep(1)

    async def _listen_once(self) -> None:
        connection = await asyncpg.connect(self._dsn)
        closed = asyncio.Event()
        try:
            connection.add_termination_listener(lambda _connection: closed.set())
            await connection.add_listener(self._channel, lambda *_: self._tell())
            self._tell()
            await closed.wait()
        finally:
            await connection.close(timeout=1)

    def _tell(self) -> None:
        self.told += 1
        self._news.set()
        self._news = asyncio.Event()
