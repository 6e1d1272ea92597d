"""How far the notifier has followed the other contexts: nothing later may fire (DESIGN.md, Time)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.adapters import horizon
from services.application.notifier import CONSUMER, SOURCES

if TYPE_CHECKING:
    from datetime import datetime

    from asyncpg import Connection, Pool, Record


async def applied_through(source: Pool[Record] | Connection[Record], partitions: int) -> datetime | None:
    """The moment through which every partition that the rules read has been applied; none before all have told.

    Args:
        source: the notifier's database.
        partitions: of each topic.
    """
    return await horizon.applied_through(source, CONSUMER, SOURCES, partitions)
