"""A clerk with a wall calendar, who crosses out one day after the other: what every term is compared with."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from hypothesis import strategies as st

from discipline.counting import Length, Span
from notifier.calendar import Calendar
from tests.discipline.samples import NAME

DAY = timedelta(days=1)
FIRST, LAST = date(2015, 1, 1), date(2060, 12, 31)


@dataclass
class ByHand:
    """The slow calculation: day by day, without any arithmetic."""

    start: date
    length: Length
    calendar: Calendar
    spans: Sequence[Span]
    rolls: bool
    skipped: list[date] = field(default_factory=list)
    exchanged: list[date] = field(default_factory=list)
    suspended: list[int] = field(default_factory=list)

    def last(self) -> date:
        self.suspended = [0] * len(self.spans)
        today, left = self.start, self._days()
        while left:
            today += DAY
            left -= self._counts(today)
        if self.rolls or self.length.working:
            while self._off(today) or self._covering(today):
                if not self._covering(today):
                    self.skipped.append(today)
                elif today not in self._crossed_out:
                    self._suspend(today)
                today += DAY
        return today

    def __post_init__(self) -> None:
        self._crossed_out: set[date] = set()

    def _days(self) -> int:
        if self.length.day_kind is not None:
            return self.length.count
        year, month = self.start.year, self.start.month
        for _ in range(self.length.count):
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        longest = (date(year + month // 12, month % 12 + 1, 1) - DAY).day
        return (date(year, month, min(self.start.day, longest)) - self.start).days

    def _counts(self, today: date) -> bool:
        if self._covering(today):
            self._suspend(today)
            return False
        if not self.length.working:
            return True
        if self._off(today):
            self.skipped.append(today)
            return False
        if today in self.calendar.worked:
            self.exchanged.append(today)
        return True

    def _suspend(self, today: date) -> None:
        self._crossed_out.add(today)
        if not (self.length.working and self._off(today)):
            self.suspended[self._covering(today)[0]] += 1

    def _covering(self, today: date) -> list[int]:
        """The spans that cover the day, the first of them first."""
        found = [index for index, span in enumerate(self.spans) if span.first <= today <= span.last]
        return sorted(found, key=lambda index: (self.spans[index].first, self.spans[index].last)) * (today > self.start)

    def _off(self, today: date) -> bool:
        return today not in self.calendar.worked and (today.weekday() > 4 or today in self.calendar.days_off)


def calendars(start: date) -> st.SearchStrategy[Calendar]:
    """Holidays, and Saturdays worked in exchange, many of them close by, so that they matter."""
    near = st.integers(-40, 260).map(lambda ahead: start + timedelta(days=ahead))
    far = st.dates(date(2019, 1, 1), date(2036, 12, 31))
    holidays = st.sets(st.one_of(near, far), max_size=40)
    saturdays = st.sets(near.map(lambda day: day + timedelta(days=5 - day.weekday())), max_size=6)
    weekdays = frozenset(range(5))
    return st.builds(
        lambda off, worked: Calendar(FIRST, LAST, weekdays, dict.fromkeys(off, NAME), dict.fromkeys(worked, NAME)),
        holidays,
        saturdays,
    )
