"""A term ends where a clerk with a wall calendar ends it, who crosses out one day after the other."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from discipline.counting import Length, Span, count
from notifier.calendar import Calendar
from schemas.values import DayKind, DayReason
from tests.discipline.by_hand import FIRST, LAST, ByHand, calendars
from tests.discipline.samples import NAME

lengths = st.one_of(
    st.builds(Length, st.integers(0, 200), st.just(DayKind.CALENDAR)),
    st.builds(Length, st.integers(0, 60), st.just(DayKind.WORKING)),
    st.builds(Length, st.integers(0, 120), st.none()),
)
starts = st.dates(date(2020, 1, 1), date(2025, 12, 31))


@st.composite
def cases(draw: st.DrawFn) -> ByHand:
    """A term, and what interrupts it: often close by, so that it matters."""
    start = draw(starts)
    near = st.integers(-40, 260).map(lambda ahead: start + timedelta(days=ahead))
    spans = draw(
        st.lists(
            st.builds(lambda first, more: Span(first, first + timedelta(days=more)), near, st.integers(0, 50)),
            max_size=4,
        )
    )
    return ByHand(start, draw(lengths), draw(calendars(start)), spans, draw(st.booleans()))


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
