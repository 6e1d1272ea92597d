"""Wakes a process of the notifier when the database says that there is news, with a poll behind it."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

import asyncpg
import structlog

from services.adapters.postgres.pool import LOST

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

log = structlog.get_logger(__name__)

RETRY_SECONDS = 1.0


class Wake:
    """News on channels of the database.

    Args:
        dsn: the notifier's login; one connection of its own listens.
        channels: what is listened to.
    """

    def __init__(self, dsn: str, channels: tuple[str, ...]) -> None:
        self._dsn = dsn
        self._channels = channels
        self._news = asyncio.Event()

    async def wait(self, seconds: float) -> None:
        """Return when there was news since the last call, or after so many seconds."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._news.wait()
        self._news.clear()

    def tell(self) -> None:
        """Wake whoever waits."""
        self._news.set()

    @contextlib.asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """Listen within; a lost connection is made again, and the poll goes on meanwhile."""
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
                log.info("wake_lost", reason=type(lost).__name__)
            self.tell()
            await asyncio.sleep(RETRY_SECONDS)

    async def _listen_once(self) -> None:
        connection = await asyncpg.connect(self._dsn)
        closed = asyncio.Event()
        try:
            connection.add_termination_listener(lambda _connection: closed.set())
            for channel in self._channels:
                await connection.add_listener(channel, lambda *_: self.tell())
            await closed.wait()
        finally:
            await connection.close(timeout=1)
