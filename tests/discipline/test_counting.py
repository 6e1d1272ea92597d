"""A term ends where a clerk with a wall calendar ends it, who crosses out one day after the other."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from discipline.counting import Length, Span, count
from notifier.calendar import Calendar
from schemas.values import DayKind, DayReason
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


lengths = st.one_of(
    st.builds(Length, st.integers(0, 200), st.just(DayKind.CALENDAR)),
    st.builds(Length, st.integers(0, 60), st.just(DayKind.WORKING)),
    st.builds(Length, st.integers(0, 120), st.none()),
)
starts = st.dates(date(2020, 1, 1), date(2025, 12, 31))


@st.composite
def cases(draw: st.DrawFn) -> ByHand:
    """A term, holidays and Saturdays worked around it, and what interrupts it: often close by, so that it matters."""
    start = draw(starts)
    near = st.integers(-40, 260).map(lambda ahead: start + timedelta(days=ahead))
    far = st.dates(date(2019, 1, 1), date(2036, 12, 31))
    holidays = draw(st.sets(st.one_of(near, far), max_size=40))
    saturdays = draw(st.sets(near.map(lambda day: day + timedelta(days=5 - day.weekday())), max_size=6))
    spans = draw(
        st.lists(
            st.builds(lambda first, more: Span(first, first + timedelta(days=more)), near, st.integers(0, 50)),
            max_size=4,
        )
    )
    calendar = Calendar(FIRST, LAST, frozenset(range(5)), dict.fromkeys(holidays, NAME), dict.fromkeys(saturdays, NAME))
    return ByHand(start, draw(lengths), calendar, spans, draw(st.booleans()))


@given(cases())
def test_a_term_ends_where_counting_by_hand_ends_with_each_day_accounted_for(by_hand: ByHand) -> None:
    counted = count(by_hand.start, by_hand.length, by_hand.calendar, by_hand.spans, rolls=by_hand.rolls)

    assert counted.last == by_hand.last()
    assert [off.day for off in counted.skipped] == by_hand.skipped
    assert [day.day for day in counted.exchanged] == by_hand.exchanged
    assert list(counted.suspended) == by_hand.suspended


@given(cases())
def test_every_skipped_day_says_why(by_hand: ByHand) -> None:
    holidays = by_hand.calendar.days_off
    lieu = frozenset(day for day in holidays if day.toordinal() % 2)
    calendar = Calendar(FIRST, LAST, frozenset(range(5)), holidays, by_hand.calendar.worked, lieu)

    counted = count(by_hand.start, by_hand.length, calendar, by_hand.spans, rolls=by_hand.rolls)

    for off in counted.skipped:
        if off.day in lieu:
            assert (off.reason, off.name) == (DayReason.OFF_IN_EXCHANGE, NAME)
        elif off.day in holidays:
            assert (off.reason, off.name) == (DayReason.HOLIDAY, NAME)
        else:
            assert (off.reason, off.name) == (DayReason.WEEKLY_REST, None)
    assert {day.reason for day in counted.exchanged} <= {DayReason.WORKED_IN_EXCHANGE}


@given(cases(), st.randoms())
def test_the_order_in_which_interruptions_are_told_changes_no_date(by_hand: ByHand, random: object) -> None:
    spans = list(by_hand.spans)
    random.shuffle(spans)  # type: ignore[attr-defined]  # hypothesis types its random as object's subclass only

    told = count(by_hand.start, by_hand.length, by_hand.calendar, by_hand.spans, rolls=by_hand.rolls)
    shuffled = count(by_hand.start, by_hand.length, by_hand.calendar, spans, rolls=by_hand.rolls)

    assert (told.last, told.skipped, sum(told.suspended)) == (shuffled.last, shuffled.skipped, sum(shuffled.suspended))


def test_a_saturday_worked_in_exchange_counts_and_is_named() -> None:
    """Three working days after Thursday, 24 April 2025, with Saturday the 26th worked: Friday, Saturday, Monday."""
    calendar = Calendar(FIRST, LAST, frozenset(range(5)), {}, {date(2025, 4, 26): NAME})

    counted = count(date(2025, 4, 24), Length(3, DayKind.WORKING), calendar)

    assert counted.last == date(2025, 4, 28)
    assert [(day.day, day.reason) for day in counted.exchanged] == [(date(2025, 4, 26), DayReason.WORKED_IN_EXCHANGE)]
    assert [off.day for off in counted.skipped] == [date(2025, 4, 27)]
