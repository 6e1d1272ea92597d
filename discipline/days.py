"""Days and moments in Asia/Ho_Chi_Minh (domain.md, Dates): stored in UTC, computed there."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from schemas.values import DayKind, Term

if TYPE_CHECKING:
    from discipline.calendar import Calendar

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_THAT_DAY = Term(days=0, day_kind=DayKind.CALENDAR)


def local_day(moment: datetime) -> date:
    """The day of a moment."""
    return moment.astimezone(ZONE).date()


def begin_of(day: date) -> datetime:
    """0:00 of a day, in UTC."""
    return datetime.combine(day, time(), ZONE).astimezone(UTC)


def end_of(day: date) -> datetime:
    """24:00 of a day, in UTC."""
    return begin_of(day + timedelta(days=1))


def last_day(due_at: datetime) -> date:
    """The last day of a term that ends at that moment: 24:00 belongs to the day that it ends."""
    return local_day(due_at - timedelta(microseconds=1))


def end_of_working(day: date, calendar: Calendar) -> datetime:
    """24:00 of a day, or of the next working day when that one is off."""
    return calendar.after(begin_of(day), _THAT_DAY).ends_at


def after_working_days(moment: datetime, days: int, calendar: Calendar) -> datetime:
    """The end of a term of so many working days that the moment triggers."""
    return calendar.after(moment, Term(days=days, day_kind=DayKind.WORKING)).ends_at
