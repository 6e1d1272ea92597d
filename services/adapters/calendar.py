"""Vietnam's working days: public holidays of the `holidays` library, and days that an administrator exchanged.

The library knows the exchanges that the Government has announced for the whole country (a Friday off for a Saturday
worked); `suite.compensated_days` adds those it does not know yet and those of one authority, and is stronger.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

import holidays

from notifier.calendar import Calendar
from schemas.values import Name
from services.adapters.postgres.pool import PATIENCE, patiently
from services.application.coalescing import Coalesced

if TYPE_CHECKING:
    import asyncpg

FIRST, LAST = date(1995, 1, 1), date(2099, 12, 31)
"""Since 1995 the Labour Code gives days off in lieu; the library's lunar calendar ends with the century."""
WEEKDAYS = frozenset(range(5))
"""Forty hours in five days: Decision 188/1999/QĐ-TTg."""
WORKED_IN_EXCHANGE = Name(vi="Làm việc bù", en="Worked in exchange")

_SELECT = "select day, worked, name_vi, name_en from suite.compensated_days order by day"


@dataclass(frozen=True, slots=True)
class CompensatedDay:
    """A day that is worked or off by decision, otherwise than the law and the library say."""

    day: date
    worked: bool
    name: Name


@lru_cache(maxsize=4)
def vietnam(compensated: tuple[CompensatedDay, ...] = ()) -> Calendar:
    """Vietnam's calendar with the exchanged days."""
    public = _public()
    off_by_decision = {row.day: row.name for row in compensated if not row.worked}
    worked_by_decision = {row.day: row.name for row in compensated if row.worked}
    return Calendar(
        first=FIRST,
        last=LAST,
        weekdays=WEEKDAYS,
        days_off=public.days_off | off_by_decision,
        worked={day: name for day, name in public.worked.items() if day not in off_by_decision} | worked_by_decision,
        exchanged=public.exchanged | off_by_decision.keys(),
    )


@dataclass(frozen=True, slots=True)
class _Public:
    """What the library knows."""

    days_off: dict[date, Name]
    worked: dict[date, Name]
    exchanged: frozenset[date]


@lru_cache(maxsize=1)
def _public() -> _Public:
    years = range(FIRST.year, LAST.year + 1)
    vietnamese = holidays.country_holidays("VN", years=years, language="vi")
    english = holidays.country_holidays("VN", years=years, language="en_US")
    # The library tells a day off in exchange from a holiday by its label alone, and one in lieu by its option.
    label = vietnamese.substituted_label.partition("%s")[0]
    themselves = holidays.country_holidays("VN", years=years, language="vi", observed=False)
    return _Public(
        days_off={day: Name(vi=name, en=english[day]) for day, name in vietnamese.items()},
        worked=dict.fromkeys(vietnamese.weekend_workdays, WORKED_IN_EXCHANGE),
        exchanged=frozenset(day for day, name in vietnamese.items() if day not in themselves or name.startswith(label)),
    )


class PostgresCalendars:
    """`Calendars` over the suite's table, which every login may read."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool
        self._read = Coalesced(self._fetch)

    async def current(self) -> Calendar:
        """The calendar with every exchanged day known now; those who ask at once share one reading."""
        return await self._read()

    async def _fetch(self) -> Calendar:
        return read(await patiently(lambda: self._pool.fetch(_SELECT), patience=PATIENCE))


async def within(connection: asyncpg.Connection) -> Calendar:
    """The calendar as a transaction sees it."""
    return read(await connection.fetch(_SELECT))


def read(rows: Sequence[asyncpg.Record]) -> Calendar:
    """The calendar of rows; made anew only when they changed."""
    return vietnam(
        tuple(CompensatedDay(row["day"], row["worked"], Name(vi=row["name_vi"], en=row["name_en"])) for row in rows)
    )
