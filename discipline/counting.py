"""How a term is counted when stretches of time do not count: the triggering day does not, nor do suspended days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from discipline.days import begin_of, last_day
from schemas.values import DayKind, Term

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from discipline.calendar import Calendar, DayOff

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """Days from the first to the last, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Length:
    """How long a term is: so many days of a kind, or so many months."""

    count: int
    day_kind: DayKind | None
    """None for months."""

    @property
    def working(self) -> bool:
        """Whether only working days count."""
        return self.day_kind is DayKind.WORKING


@dataclass(frozen=True, slots=True)
class Counted:
    """Where a term ends, with all that was passed over on the way."""

    last: date
    skipped: tuple[DayOff, ...]
    exchanged: tuple[DayOff, ...]
    suspended: tuple[int, ...]
    """For each span, in the given order, how many days of the term it kept from counting."""


def count(
    start: date, length: Length, calendar: Calendar, spans: Sequence[Span] = (), *, rolls: bool = True
) -> Counted:
    """Count a term that the start day triggers, over spans of days that do not count.

    A last day that is off or suspended goes on to the next that is neither. Of working days those count that are
    neither off nor suspended; a month or year is as long as it would be without suspension.
    """
    pauses = tuple(_disjoint(start, spans))
    nominal = _nominal(start, length, calendar, pauses)
    last = _rolled(nominal, calendar, pauses) if rolls or length.working else nominal
    return Counted(
        last=last,
        skipped=_skipped(start, nominal, last, length, calendar, pauses),
        exchanged=tuple(day for day in _exchanged(start, last, length, calendar) if not _within(day.day, pauses)),
        suspended=tuple(_shares(start, last, length, calendar, spans)),
    )


def _disjoint(start: date, spans: Sequence[Span]) -> Iterator[Span]:
    """The spans after the start, in order, without overlaps; neighbours become one."""
    current: Span | None = None
    for span in sorted(spans, key=lambda span: (span.first, span.last)):
        first = max(span.first, start + _DAY)
        if span.last < first:
            continue
        if current is not None and first <= current.last + _DAY:
            current = Span(current.first, max(current.last, span.last))
            continue
        if current is not None:
            yield current
        current = Span(first, span.last)
    if current is not None:
        yield current


def _nominal(start: date, length: Length, calendar: Calendar, pauses: Sequence[Span]) -> date:
    """The day on which the count is full, wherever it falls."""
    if length.working:
        return _nth_working(start, length.count, calendar, pauses)
    if length.day_kind is None:
        last = last_day(calendar.after_months(begin_of(start), length.count, rolls=False).ends_at)
    else:
        last = start + timedelta(days=length.count)
    for pause in pauses:
        if pause.first > last:
            break
        last += pause.last - pause.first + _DAY
    return last


def _nth_working(start: date, number: int, calendar: Calendar, pauses: Sequence[Span]) -> date:
    if number == 0:
        return start
    last = _after(start, number, calendar)
    for pause in pauses:
        if pause.first > last:
            break
        number += calendar.working_days_between(pause.first - _DAY, pause.last)
        last = _after(start, number, calendar)
    return last


def _after(start: date, number: int, calendar: Calendar) -> date:
    return last_day(calendar.after(begin_of(start), Term(days=number, day_kind=DayKind.WORKING)).ends_at)


def _rolled(nominal: date, calendar: Calendar, pauses: Sequence[Span]) -> date:
    """The first day from the nominal one on that is worked and not suspended."""
    last = _worked_from(nominal, calendar)
    for pause in pauses:
        if pause.first <= last <= pause.last:
            last = _worked_from(pause.last + _DAY, calendar)
    return last


def _worked_from(day: date, calendar: Calendar) -> date:
    return last_day(calendar.after(begin_of(day), Term(days=0, day_kind=DayKind.CALENDAR)).ends_at)


def _skipped(
    start: date, nominal: date, last: date, length: Length, calendar: Calendar, pauses: Sequence[Span]
) -> tuple[DayOff, ...]:
    """Days off that did not count; of calendar days and months only those over which the end rolled on."""
    if length.working and length.count:
        off = calendar.off_between(start, last)
    else:
        off = calendar.off_between(nominal - _DAY, last - _DAY)
    return tuple(day for day in off if not _within(day.day, pauses))


def _exchanged(start: date, last: date, length: Length, calendar: Calendar) -> Sequence[DayOff]:
    return calendar.worked_between(start, last) if length.working else ()


def _within(day: date, pauses: Sequence[Span]) -> bool:
    return any(pause.first <= day <= pause.last for pause in pauses)


def _shares(start: date, last: date, length: Length, calendar: Calendar, spans: Sequence[Span]) -> Iterator[int]:
    """Each span's own share of what did not count: a day that several cover belongs to the first of them."""
    taken: list[Span] = []
    shares: dict[int, int] = {}
    for index, span in sorted(enumerate(spans), key=lambda one: (one[1].first, one[1].last)):
        before = _total(start, last, length, calendar, taken)
        taken.append(span)
        shares[index] = _total(start, last, length, calendar, taken) - before
    return (shares[index] for index in range(len(spans)))


def _total(start: date, last: date, length: Length, calendar: Calendar, spans: Sequence[Span]) -> int:
    ended = (Span(span.first, min(span.last, last)) for span in _disjoint(start, spans) if span.first <= last)
    if length.working:
        return sum(calendar.working_days_between(span.first - _DAY, span.last) for span in ended)
    return sum((span.last - span.first + _DAY).days for span in ended)
