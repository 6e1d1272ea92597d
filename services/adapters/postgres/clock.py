"""The suite's time: the database's clock plus the demo offset, so that all processes agree."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING

from services.adapters.postgres.pool import PATIENCE, patiently

if TYPE_CHECKING:
    from asyncpg import Pool, Record

RESAMPLE_SECONDS = 5.0
"""Between two looks at the database's clock: the two drift apart by microseconds, and a machine may have slept."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A moment of the suite's time, and what this process's monotonic clock said at it."""

    moment: datetime
    at: float
    movable: bool


class PostgresClock:
    """Tells the time without asking the database each time, unless somebody may move it.

    Where the deployment was started with the demo clock, every call asks: a command after
    `kycuong clock advance` sees the new time in every process.
    """

    def __init__(self, pool: Pool[Record], *, patience: float = PATIENCE) -> None:
        self._pool = pool
        self._patience = patience
        self._anchor: Anchor | None = None
        self._sampling = asyncio.Lock()

    async def now(self) -> datetime:
        """Return the moment in domain time, in UTC.

        Raises:
            StoreUnavailable: the database stayed away.
        """
        anchor = self._recent()
        if anchor is None:
            async with self._sampling:
                anchor = self._recent()  # somebody else may have asked meanwhile
                if anchor is None:
                    anchor = await patiently(self._sample, patience=self._patience)
        return anchor.moment + timedelta(seconds=monotonic() - anchor.at)

    def _recent(self) -> Anchor | None:
        anchor = self._anchor
        if anchor is None or anchor.movable or monotonic() - anchor.at > RESAMPLE_SECONDS:
            return None
        return anchor

    async def _sample(self) -> Anchor:
        before = monotonic()
        row = await self._pool.fetchrow('select clock_timestamp() + "offset" as moment, movable from suite.clock')
        after = monotonic()
        assert row is not None  # noqa: S101 - the migration made the one row
        self._anchor = Anchor(row["moment"], (before + after) / 2, row["movable"])
        return self._anchor
