"""Connections of a process to its context's database."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import asyncpg

from services.application.ports import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from typing import TypeVar

    T = TypeVar("T")

LOST = (
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # a statement on a connection whose server has just said goodbye
    asyncpg.TooManyConnectionsError,
    OSError,
)
"""What a call raises when the server went away, is coming up, or cannot take another connection."""
LOSERS = (asyncpg.DeadlockDetectedError, asyncpg.SerializationError)
"""What the database aborts so that others can go on; the same once more succeeds."""
PATIENCE = 10.0
"""Seconds for which a call outlasts a restart of the database before its caller is told."""


async def connect(dsn: str, context: str, *, size: int = 8) -> asyncpg.Pool[asyncpg.Record]:
    """Open a pool whose statements find the context's tables.

    Its connections carry no state from one use to the next, so nothing is reset between them.
    """
    settings = {"search_path": context}
    return await asyncpg.create_pool(dsn, min_size=1, max_size=size, reset=_nothing, server_settings=settings)


async def _nothing(_connection: object) -> None:
    """Stand in for a round trip to the server at every release."""


async def patiently(work: Callable[[], Awaitable[T]], *, patience: float) -> T:
    """Do what may be done again, until the database is back or the patience is over.

    Raises:
        StoreUnavailable: the patience is over.
    """
    loop = asyncio.get_running_loop()
    until = loop.time() + patience
    pause = 0.02
    while True:
        try:
            return await work()
        except LOSERS:
            if loop.time() > until:
                raise
            await asyncio.sleep(0)
        except LOST as lost:
            if isinstance(lost, ValueError):  # asyncpg's own refusal of an argument, which no patience mends
                raise
            if loop.time() + pause > until:
                raise StoreUnavailable from lost
            await asyncio.sleep(pause)
            pause = min(2 * pause, 1.0)
