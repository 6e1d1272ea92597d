"""The clock: round after round, as long as the process lives."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import structlog

from services.adapters.notifier import metrics
from services.adapters.notifier.horizon import applied_through
from services.adapters.notifier.recount import recount
from services.adapters.notifier.watch import beat
from services.adapters.postgres.pool import LOSERS, LOST
from services.application.ports import StoreUnavailable

if TYPE_CHECKING:
    import asyncio
    from datetime import datetime

    from asyncpg import Pool, Record

    from services.adapters.notifier.firing import Firing
    from services.adapters.notifier.wake import Wake

log = structlog.get_logger(__name__)

PROCESS = "clock"
TICK_SECONDS = 1.0
"""Nothing is due later than this after its moment, even if no news comes."""
LOOK_SECONDS = 5.0
"""Between two counts of what is due."""
CHANNELS = ("suite_clock", "notifier_watermark")

# Whether a case is held is asked only where anything waits at all: for a hundred thousand cases it takes half a second.
_COUNT = """
select count(*) as due, count(*) filter (where moment > coalesce($1::timestamptz, '-infinity')
    or exists (select from parked where state in ('waiting', 'failed')) and held(case_id)) as waiting
from (
    select due_at as moment, case_id from deadline where not fired and due_at <= suite.now() and case_kind <> 'review'
    union all
    select next_at, case_id from alert_view where next_at <= suite.now() and not confidential) as all_due
"""
_LAG = "select extract(epoch from suite.now() - $1::timestamptz)::float8"


class Clockwork:
    """Fires what is due, in one process of any number.

    Args:
        pool: connections as the notifier's login.
        firing: does a round.
        partitions: of each topic that the rules read.
        wake: says when the time moved, or more was applied.
    """

    def __init__(self, pool: Pool[Record], firing: Firing, wake: Wake, *, partitions: int) -> None:
        self._pool = pool
        self._firing = firing
        self._wake = wake
        self._partitions = partitions
        self._looked = 0.0
        self.well = False
        """Whether the last round could be done."""

    async def run(self, stop: asyncio.Event) -> None:
        """Go on until asked to stop; a round that has begun is finished."""
        async with self._wake.listening():
            while not stop.is_set():
                busy = await self._once()
                if not busy and not stop.is_set():
                    await self._wake.wait(TICK_SECONDS)

    async def _once(self) -> bool:
        """Do a round; whether another one should follow at once."""
        try:
            busy = await recount(self._pool) or await self._fire()
            await self._look()
        except LOSERS:
            return True
        except (*LOST, StoreUnavailable) as lost:
            self.well = False
            log.warning("clock_without_database", reason=type(lost).__name__)
            return False
        self.well = True
        return busy

    async def _fire(self) -> bool:
        started = time.perf_counter()
        done = await self._firing.fire()
        if done.fired:
            metrics.ROUND_SECONDS.observe(time.perf_counter() - started)
            metrics.FIRED.labels("opened").inc(done.opened_openly)
            metrics.FIRED.labels("moved").inc(done.moved_openly)
            if done.opened_openly or done.moved_openly:
                log.info("clock_fired", opened=done.opened_openly, moved=done.moved_openly)
        return done.fired > 0

    async def _look(self) -> None:
        """Say that the clock lives, and how much is due."""
        if time.monotonic() - self._looked < LOOK_SECONDS:
            return
        self._looked = time.monotonic()
        await beat(self._pool, PROCESS)
        through: datetime | None = await applied_through(self._pool, self._partitions)
        row = await self._pool.fetchrow(_COUNT, through)
        if row is not None:
            metrics.DUE.set(row["due"])
            metrics.WAITING.set(row["waiting"])
        metrics.APPLIED_LAG.set(-1 if through is None else await self._pool.fetchval(_LAG, through))
