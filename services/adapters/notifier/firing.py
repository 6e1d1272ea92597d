"""What is due, fired: alerts open, climb, expire and are exhausted. Any number of processes may do it at once.

Candidates are picked without a lock; then the context's lock is taken, and they are selected once more, so whoever was
first has done it. Alert, next step, and what is to be delivered stand in one transaction: killed anywhere, nothing is
lost and nothing happens twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from notifier.calendar import local_day
from services.adapters import calendar as calendars
from services.adapters.directory_copy import CopiedOrganisation
from services.adapters.notifier import rounds
from services.adapters.notifier.deliveries import tell
from services.adapters.notifier.horizon import applied_through
from services.adapters.notifier.traces import AlertSpans
from services.adapters.notifier.transactions import transaction
from services.adapters.postgres.append_lock import locked
from services.application.notifier import Offices

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from asyncpg import Connection, Pool, Record

    from services.adapters.postgres.store import PostgresStore

# A message that waits for its turn is behind its partition's watermark: its case waits until it is handled or given up.
_DUE = """
select case_kind, case_id, rule from deadline
where not fired and due_at <= least($1, suite.now()) and not held(case_id)
order by due_at limit $2
"""
_NEXT = """
select id from alert_view where next_at <= least($1, suite.now()) and not held(case_id) order by next_at limit $2
"""
BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Round:
    """What one round did."""

    opened: int = 0
    moved: int = 0
    """Alerts that climbed, were exhausted, or whose acknowledgement expired."""
    delivered: int = 0
    """Deliveries written down."""
    opened_openly: int = 0
    """Without those of confidential cases: no number may give one away."""
    moved_openly: int = 0

    @property
    def fired(self) -> int:
        """Everything that was due and is done."""
        return self.opened + self.moved


class Firing:
    """Fires what is due in one database.

    Args:
        pool: connections as the notifier's login.
        store: the notifier's.
        partitions: of each topic that the rules read.
        batch: at most so many of each kind in a round.
    """

    def __init__(self, pool: Pool[Record], store: PostgresStore, *, partitions: int, batch: int = BATCH) -> None:
        self._pool = pool
        self._store = store
        self._partitions = partitions
        self._batch = batch
        self._organisation = CopiedOrganisation()

    async def fire(self) -> Round:
        """Do a round: what is due, up to a batch, and only as far as the sources have been applied."""
        through = await applied_through(self._pool, self._partitions)
        if through is None:
            return Round()
        due = await self._pool.fetch(_DUE, through, self._batch)
        following = await self._pool.fetch(_NEXT, through, self._batch)
        if not due and not following:
            return Round()
        with AlertSpans("fire") as spans:
            return await self._round(through, due, following, spans)

    async def _round(
        self, through: datetime, due: Sequence[Record], following: Sequence[Record], spans: AlertSpans
    ) -> Round:
        async with transaction(self._pool) as connection:
            now = await self._now(connection, spans)
            until = min(through, now.at)
            opened = await rounds.open_due(connection, self._store, due, until, now)
            moved = await rounds.move(connection, self._store, following, until, now)
            told = [one.told for one in (*opened, *moved) if one.told is not None]
            delivered = await tell(connection, told, now.offices, now.at)
            await rounds.supersede(connection, self._store, opened, now)
        return Round(len(opened), len(moved), delivered, rounds.open_ones(opened), rounds.open_ones(moved))

    async def _now(self, connection: Connection[Record], spans: AlertSpans) -> rounds.Now:
        at = await locked(connection)
        offices = Offices(await self._organisation.read(connection), local_day(at))
        return rounds.Now(at, offices, await calendars.within(connection), spans)
