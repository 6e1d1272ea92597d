"""The working-day calendar, as a value: how terms are counted (Civil Code 2015, arts. 147–148).

The triggering day does not count; a term ends at 24:00 of its last day in Asia/Ho_Chi_Minh; a last day that is off
rolls to the next working day. Which days are off or worked instead is data, never code.
"""

from __future__ import annotations

import calendar as gregorian
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import assert_never
from zoneinfo import ZoneInfo

from schemas.refusal import Refusal
from schemas.values import DayKind, DayReason, Name, Term

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def local_day(moment: datetime) -> date:
    """The day of a moment in Asia/Ho_Chi_Minh."""
    return moment.astimezone(ZONE).date()


def start_of(day: date) -> datetime:
    """0:00 of a day in Asia/Ho_Chi_Minh, in UTC."""
    return datetime.combine(day, time(), ZONE).astimezone(UTC)


def end_of(day: date) -> datetime:
    """24:00 of a day in Asia/Ho_Chi_Minh, in UTC."""
    return start_of(day + timedelta(days=1))


@dataclass(unsafe_hash=True)
class CalendarEnds(Refusal):
    """A term leaves the period for which the calendar knows the days off: its end would be a guess."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class DayOff:
    """A day that was passed over, or that counted against its weekday, and why."""

    day: date
    name: Name | None
    """The holiday or the exchanged day; none for the weekly rest."""
    reason: DayReason


@dataclass(frozen=True, slots=True)
class Ending:
    """When a term ends, so that anybody can recount it."""

    ends_at: datetime
    """24:00 of the last day, in UTC."""
    last_day: date
    skipped: tuple[DayOff, ...]
    """Days off that did not count, in order; for calendar days only those over which the last day rolled."""


@dataclass(frozen=True)
class Calendar:
    """Which days an administration works, between two days."""

    first: date
    last: date
    weekdays: frozenset[int]
    """Days of the week that are worked; Monday is 0."""
    days_off: Mapping[date, Name]
    """Public holidays and days off by decision."""
    worked: Mapping[date, Name]
    """Days worked by decision in exchange for others; stronger than weekly rest and holidays."""
    exchanged: frozenset[date] = frozenset()
    """Which of `days_off` are no holidays themselves: off in lieu of one, or in exchange for a day that is worked."""

    @cached_property
    def _working(self) -> tuple[int, ...]:
        """Every working day as an ordinal: counting becomes a search."""
        days = map(date.fromordinal, range(self.first.toordinal(), self.last.toordinal() + 1))
        return tuple(day.toordinal() for day in days if self.is_working(day))

    def is_working(self, day: date) -> bool:
        """Whether the day is worked. Raises `CalendarEnds`."""
        self._within(day)
        return day in self.worked or (day.weekday() in self.weekdays and day not in self.days_off)

    def after(self, moment: datetime, term: Term, *, rolls: bool = True) -> Ending:
        """The end of a term that the moment triggers.

        Args:
            moment: what happened then starts the term; its day does not count.
            term: how many days, of which kind; 0 days end with the triggering day.
            rolls: whether a last day that is off rolls on (art. 148, clause 5); a rule row may say otherwise.

        Raises:
            CalendarEnds: the calendar does not reach so far.
        """
        start = local_day(moment)
        match term.day_kind:
            case DayKind.WORKING:
                return self._after_working(start, term.days)
            case DayKind.CALENDAR:
                return self._ending(start + timedelta(days=term.days), rolls=rolls)
            case _:
                assert_never(term.day_kind)

    def after_months(self, moment: datetime, months: int, *, rolls: bool = True) -> Ending:
        """The end of a term in months: the same day of the last month, or its last day (art. 148, clause 3)."""
        start = local_day(moment)
        year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
        if year > self.last.year:
            raise CalendarEnds(self.first, self.last)
        longest = gregorian.monthrange(year, month + 1)[1]
        return self._ending(date(year, month + 1, min(start.day, longest)), rolls=rolls)

    def working_days_after(self, moment: datetime, days: int) -> datetime:
        """The end of a term of working days, for whoever needs no explanation and has nobody to refuse it to.

        A term that leaves the calendar ends with it: too early for its number, and never forgotten.
        """
        try:
            return end_of(self._last_working(local_day(moment), days))
        except CalendarEnds:
            return end_of(self.last)

    def before(self, ends_at: datetime, days: int) -> datetime:
        """The moment from which so many working days are left until a term's end; 0 days is the end itself.

        For an end beyond the calendar they are left until the calendar ends, and never before it begins.
        """
        if days == 0:
            return ends_at
        last = local_day(ends_at - timedelta(microseconds=1))
        index = bisect_right(self._working, last.toordinal()) - days
        return start_of(date.fromordinal(self._working[max(0, index)]))

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days lie after `start`, up to and with `end`. Raises `CalendarEnds`."""
        self._within(start)
        self._within(end)
        return bisect_right(self._working, end.toordinal()) - bisect_right(self._working, start.toordinal())

    def off_between(self, start: date, end: date) -> tuple[DayOff, ...]:
        """The days off after `start`, up to and with `end`. Raises `CalendarEnds`."""
        days = (start + timedelta(days=ahead) for ahead in range(1, (end - start).days + 1))
        return tuple(
            DayOff(day, self.days_off.get(day), self._why_off(day)) for day in days if not self.is_working(day)
        )

    def worked_between(self, start: date, end: date) -> tuple[DayOff, ...]:
        """The days after `start`, up to and with `end`, that would be off and are worked in exchange."""
        return tuple(
            DayOff(day, name, DayReason.WORKED_IN_EXCHANGE)
            for day, name in sorted(self.worked.items())
            if start < day <= end and (day.weekday() not in self.weekdays or day in self.days_off)
        )

    def _why_off(self, day: date) -> DayReason:
        if day in self.exchanged:
            return DayReason.OFF_IN_EXCHANGE
        return DayReason.HOLIDAY if day in self.days_off else DayReason.WEEKLY_REST

    def _after_working(self, start: date, days: int) -> Ending:
        last = self._last_working(start, days)
        # Of no days at all the triggering day itself is the last, and what it rolled over begins with it.
        return Ending(end_of(last), last, self.off_between(start if days else start - timedelta(days=1), last))

    def _last_working(self, start: date, days: int) -> date:
        self._within(start)
        if days == 0:
            return self._rolled(start)
        index = bisect_right(self._working, start.toordinal()) + days - 1
        if index >= len(self._working):
            raise CalendarEnds(self.first, self.last)
        return date.fromordinal(self._working[index])

    def _ending(self, nominal: date, *, rolls: bool) -> Ending:
        if nominal < self.first:
            # Whether that day was worked nobody knows any more; the term ended long ago, one day or the next.
            return Ending(end_of(nominal), nominal, ())
        self._within(nominal)
        last = self._rolled(nominal) if rolls else nominal
        return Ending(end_of(last), last, self.off_between(nominal - timedelta(days=1), last) if rolls else ())

    def _rolled(self, nominal: date) -> date:
        self._within(nominal)
        index = bisect_left(self._working, nominal.toordinal())
        if index == len(self._working):
            raise CalendarEnds(self.first, self.last)
        return date.fromordinal(self._working[index])

    def _within(self, day: date) -> None:
        if not self.first <= day <= self.last:
            raise CalendarEnds(self.first, self.last)
