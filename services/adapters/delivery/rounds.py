"""The courier's rounds: deliver while something waits, and look now and then whether the notifier stands still."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import structlog

from services.adapters.notifier import metrics
from services.adapters.notifier.deliveries import EMAIL, WEBHOOK
from services.adapters.postgres.pool import LOSERS, LOST
from services.application.ports import StoreUnavailable

if TYPE_CHECKING:
    import asyncio

    from asyncpg import Pool, Record

    from services.adapters.delivery.addresses import ChangedAddresses
    from services.adapters.delivery.courier import Courier
    from services.adapters.notifier.wake import Wake
    from services.adapters.notifier.watch import Watchdog

log = structlog.get_logger(__name__)

TICK_SECONDS = 2.0
"""Nothing waits longer for its first attempt, even if no news comes."""
LOOK_SECONDS = 10.0
CHANNELS = ("notifier_deliveries",)

_WAITING = """
select channel, count(*) as waiting from delivery left join alert_view on alert_view.id = alert_id
where delivery.state in ('pending', 'failed_for_now', 'sending') and not coalesce(confidential, false)
group by channel
"""


class CourierRounds:
    """One courier process of any number.

    Args:
        pool: connections as the notifier's login.
        courier: delivers.
        addresses: tells whose address was changed.
        watchdog: looks.
        wake: says when there is something to deliver.
    """

    def __init__(
        self, pool: Pool[Record], courier: Courier, addresses: ChangedAddresses, watchdog: Watchdog, wake: Wake
    ) -> None:
        self._pool = pool
        self._courier = courier
        self._addresses = addresses
        self._watchdog = watchdog
        self._wake = wake
        self._looked = 0.0
        self._well = False

    def ready(self) -> dict[str, bool]:
        """Whether the database answers, and whether the notifier goes on."""
        return {"database": self._well, "notifier": not self._watchdog.standing_still}

    async def run(self, stop: asyncio.Event) -> None:
        """Go on until asked to stop; what was taken is finished."""
        async with self._wake.listening():
            while not stop.is_set():
                busy = await self._once()
                if not busy and not stop.is_set():
                    await self._wake.wait(TICK_SECONDS)

    async def _once(self) -> bool:
        try:
            delivered = await self._courier.deliver()
            await self._look()
        except LOSERS:
            return True
        except (*LOST, StoreUnavailable) as lost:
            self._well = False
            log.warning("courier_without_database", reason=type(lost).__name__)
            return False
        self._well = True
        return delivered > 0

    async def _look(self) -> None:
        if time.monotonic() - self._looked < LOOK_SECONDS:
            return
        self._looked = time.monotonic()
        await self._watchdog.look()
        await self._addresses.tell()
        waiting = {row["channel"]: row["waiting"] for row in await self._pool.fetch(_WAITING)}
        for channel in (EMAIL, WEBHOOK):
            metrics.UNDELIVERED.labels(channel).set(waiting.get(channel, 0))
