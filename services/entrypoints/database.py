"""Connection pools of the asynchronous processes."""

from __future__ import annotations

import asyncpg

POOL_SIZE = 8
"""Connections of one context in one process. Appends need one or two, loads the rest."""
COMMAND_SECONDS = 30.0


def pool(dsn: str, *, size: int = POOL_SIZE) -> asyncpg.Pool:
    """A pool that connects when it is first used, so that a process may start before its database.

    Opened and closed as an asynchronous context manager.
    """
    return asyncpg.create_pool(dsn, min_size=0, max_size=size, command_timeout=COMMAND_SECONDS)


async def reachable(connections: asyncpg.Pool) -> bool:
    """Whether the database answers."""
    try:
        return bool(await connections.fetchval("select true"))
    except (asyncpg.PostgresError, asyncpg.InterfaceError):
        return False
