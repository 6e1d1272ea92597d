"""The calendar against a calculation that walks day by day, and against what the law and the decisions say."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifier.calendar import ZONE, Calendar, CalendarEnds, end_of, local_day, start_of
from schemas.values import DayKind, Name, Term

FIRST, LAST = date(2024, 1, 1), date(2026, 12, 31)
NAME = Name(vi="Ngày nghỉ", en="Day off")

day = st.dates(FIRST, LAST)
some_days = st.dictionaries(day, st.just(NAME), max_size=120)
calendars = st.builds(
    Calendar,
    first=st.just(FIRST),
    last=st.just(LAST),
    weekdays=st.sampled_from([frozenset(range(5)), frozenset(range(6))]),
    days_off=some_days,
    worked=some_days,
)
moments = st.datetimes(datetime(2024, 6, 1), datetime(2025, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001 - `timezones` adds it
days = st.integers(0, 60)


def working(calendar: Calendar, candidate: date) -> bool:
    if candidate in calendar.worked:
        return True
    return candidate.weekday() in calendar.weekdays and candidate not in calendar.days_off


def roll(calendar: Calendar, candidate: date) -> date:
    while not working(calendar, candidate):
        candidate += timedelta(days=1)
    return candidate


def walk(calendar: Calendar, start: date, term: Term) -> date:
    """The last day of a term, counted the way a clerk counts on a wall calendar."""
    if term.day_kind is DayKind.CALENDAR or term.days == 0:
        return roll(calendar, start + timedelta(days=term.days))
    counted = 0
    while counted < term.days:
        start += timedelta(days=1)
        counted += working(calendar, start)
    return start


@given(calendars, moments, days, st.sampled_from(DayKind))
def test_a_term_ends_where_counting_day_by_day_ends(
    calendar: Calendar, moment: datetime, n: int, kind: DayKind
) -> None:
    term = Term(days=n, day_kind=kind)

    ending = calendar.after(moment, term)

    assert ending.last_day == walk(calendar, moment.astimezone(ZONE).date(), term)
    assert ending.ends_at == datetime.combine(ending.last_day, datetime.min.time(), ZONE) + timedelta(days=1)


@given(calendars, moments, st.integers(1, 60))
def test_every_day_of_a_term_counts_or_is_explained(calendar: Calendar, moment: datetime, n: int) -> None:
    ending = calendar.after(moment, Term(days=n, day_kind=DayKind.WORKING))

    passed = (ending.last_day - local_day(moment)).days
    assert len(ending.skipped) + n == passed
    assert not any(working(calendar, skipped.day) for skipped in ending.skipped)


@given(calendars, moments, st.integers(1, 60))
def test_between_start_and_end_of_a_term_lie_its_working_days(calendar: Calendar, moment: datetime, n: int) -> None:
    ending = calendar.after(moment, Term(days=n, day_kind=DayKind.WORKING))

    assert calendar.working_days_between(local_day(moment), ending.last_day) == n


@given(calendars, moments, st.integers(1, 60))
def test_from_the_moment_before_an_end_exactly_so_many_working_days_are_left(
    calendar: Calendar, moment: datetime, n: int
) -> None:
    ends_at = end_of(local_day(moment))

    call = calendar.before(ends_at, n)

    first, last = local_day(call), local_day(moment)
    left = [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]
    assert call == start_of(first)
    assert working(calendar, first)
    assert sum(working(calendar, candidate) for candidate in left) == n


@given(calendars, moments, days, days, st.sampled_from(DayKind))
def test_a_longer_term_never_ends_earlier(
    calendar: Calendar, moment: datetime, n: int, more: int, kind: DayKind
) -> None:
    shorter = calendar.after(moment, Term(days=n, day_kind=kind))
    longer = calendar.after(moment, Term(days=n + more, day_kind=kind))

    assert longer.ends_at >= shorter.ends_at


def plain(days_off: Mapping[date, Name] | None = None, worked: Mapping[date, Name] | None = None) -> Calendar:
    return Calendar(FIRST, LAST, frozenset(range(5)), days_off or {}, worked or {})


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def test_the_triggering_day_does_not_count() -> None:
    ending = plain().after(at("2025-03-03T00:00"), Term(days=1, day_kind=DayKind.WORKING))

    assert ending.last_day == date(2025, 3, 4)


def test_the_day_is_that_of_ho_chi_minh_city_whatever_the_zone_of_the_moment() -> None:
    late_on_sunday_in_utc = datetime(2025, 3, 2, 17, 0, tzinfo=UTC)

    ending = plain().after(late_on_sunday_in_utc, Term(days=1, day_kind=DayKind.WORKING))

    assert ending.last_day == date(2025, 3, 4), "17:00 UTC is 0:00 on Monday, which is the triggering day"


def test_a_term_ends_at_24_hours_of_its_last_day() -> None:
    ending = plain().after(at("2025-03-03T09:00"), Term(days=2, day_kind=DayKind.WORKING))

    assert ending.ends_at == datetime(2025, 3, 5, 17, 0, tzinfo=UTC)


def test_calendar_days_roll_from_a_day_off_to_the_next_working_day() -> None:
    off = {date(2025, 3, 10): NAME}

    ending = plain(off).after(at("2025-03-03T09:00"), Term(days=5, day_kind=DayKind.CALENDAR))

    assert ending.last_day == date(2025, 3, 11)
    assert [skipped.day for skipped in ending.skipped] == [date(2025, 3, 8), date(2025, 3, 9), date(2025, 3, 10)]
    assert [skipped.name for skipped in ending.skipped] == [None, None, NAME]


def test_a_rule_row_may_say_that_the_last_day_does_not_roll() -> None:
    ending = plain().after(at("2025-03-03T09:00"), Term(days=5, day_kind=DayKind.CALENDAR), rolls=False)

    assert ending.last_day == date(2025, 3, 8)


def test_a_saturday_worked_in_exchange_counts() -> None:
    ending = plain(worked={date(2025, 3, 8): NAME}).after(
        at("2025-03-06T09:00"), Term(days=2, day_kind=DayKind.WORKING)
    )

    assert ending.last_day == date(2025, 3, 8)


@pytest.mark.parametrize(
    ("start", "months", "last"),
    [
        ("2024-01-31T09:00", 1, date(2024, 2, 29)),
        ("2024-12-15T09:00", 2, date(2025, 2, 17)),
        ("2024-03-05T09:00", 12, date(2025, 3, 5)),
        ("2024-03-05T09:00", 24, date(2026, 3, 5)),
    ],
)
def test_a_term_in_months_ends_on_the_same_day_or_the_months_last_and_rolls(
    start: str, months: int, last: date
) -> None:
    assert plain().after_months(at(start), months).last_day == last


@pytest.mark.parametrize("kind", list(DayKind))
def test_a_term_beyond_the_calendar_is_an_error_and_not_a_guess(kind: DayKind) -> None:
    with pytest.raises(CalendarEnds):
        plain().after(at("2026-12-30T09:00"), Term(days=5, day_kind=kind))


@pytest.mark.parametrize("rolls", [True, False])
def test_so_is_one_of_months_whether_it_rolls_or_not(*, rolls: bool) -> None:
    for months in (12, 1_200_000):
        with pytest.raises(CalendarEnds) as refused:
            plain().after_months(at("2026-06-01T09:00"), months, rolls=rolls)
        assert refused.value == CalendarEnds(FIRST, LAST)


def test_a_term_that_ended_before_the_calendar_begins_ended_on_its_day() -> None:
    """Nobody knows any more whether that Saturday was worked."""
    ending = plain().after_months(at("1987-03-07T09:00"), 60)

    assert (ending.last_day, ending.skipped) == (date(1992, 3, 7), ())


def test_whoever_waits_is_called_before_the_calendar_ends_however_far_the_end_lies() -> None:
    """2026 ends on a Thursday: four working days before its last are left from Monday on."""
    far = datetime(2140, 1, 1, tzinfo=UTC)

    assert plain().before(far, 4) == start_of(date(2026, 12, 28))
    assert plain().before(end_of(date(2024, 1, 2)), 5_000) == start_of(date(2024, 1, 1))
    assert plain().working_days_after(at("2026-12-28T09:00"), 5_000) == end_of(LAST)


@given(calendars, moments, days)
def test_the_short_way_to_a_terms_end_agrees_with_the_explained_one(
    calendar: Calendar, moment: datetime, n: int
) -> None:
    assert (
        calendar.working_days_after(moment, n) == calendar.after(moment, Term(days=n, day_kind=DayKind.WORKING)).ends_at
    )


@given(calendars, moments)
def test_of_a_term_of_no_days_only_the_days_are_explained_over_which_it_rolled(
    calendar: Calendar, moment: datetime
) -> None:
    ending = calendar.after(moment, Term(days=0, day_kind=DayKind.WORKING))

    assert len(ending.skipped) == (ending.last_day - local_day(moment)).days
