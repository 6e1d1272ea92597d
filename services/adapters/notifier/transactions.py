"""Transactions of the notifier's own processes."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from asyncpg import Connection, Pool, Record


@contextlib.asynccontextmanager
async def transaction(pool: Pool[Record]) -> AsyncIterator[Connection[Record]]:
    """A transaction on a connection of the pool; rolled back where the block raises."""
    async with pool.acquire() as proxy, proxy.transaction():
        # The proxy does all that a connection does; its type does not say so.
        yield cast("Connection[Record]", proxy)
