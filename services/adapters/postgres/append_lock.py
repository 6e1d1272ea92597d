"""The lock under which a context appends, and the time of what is appended."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from asyncpg import Connection, Record
    from asyncpg.pool import PoolConnectionProxy

# A clock that was set back must not stop the suite: time goes on from what was promised.
_NOW = "select greatest(suite.now(), through + interval '1 microsecond') from watermark"


async def locked(connection: Connection[Record] | PoolConnectionProxy[Record]) -> datetime:
    """Take the lock until the transaction's end; return the time after it: what is stamped so is behind no promise."""
    await connection.execute("select lock_appends()")
    return await unpromised(connection)


async def unpromised(connection: Connection[Record] | PoolConnectionProxy[Record]) -> datetime:
    """The time now, later than all that was promised; without the lock, more may be promised at once."""
    now: datetime = await connection.fetchval(_NOW)
    return now
