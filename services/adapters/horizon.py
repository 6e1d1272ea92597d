"""How far a worker has followed topics of other contexts: nothing that rests on them may be decided beyond it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from asyncpg import Connection, Pool, Record

# By their number, not by those that have told: a partition that was just made has no row before a worker begins it.
_APPLIED = """
select case when count(*) >= $3 * cardinality($2::text[]) then min(through) end
from applied_watermarks where consumer = $1 and topic = any($2)
"""


async def applied_through(
    source: Pool[Record] | Connection[Record], consumer: str, topics: Collection[str], partitions: int
) -> datetime | None:
    """The moment through which every partition of the topics has been applied; none before all have told.

    Args:
        source: the context's database.
        consumer: the context's worker.
        topics: without prefix.
        partitions: of each topic.
    """
    through: datetime | None = await source.fetchval(_APPLIED, consumer, list(topics), partitions)
    return through
