"""Clocks are calculations: whatever they say can be counted again by hand, and is, in these tests."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discipline.clocks import RowCountsNoTime, calculate, limitation, processing
from discipline.days import ZONE, end_of, last_day, local_day
from discipline.law.rows import Confidence, LawRow, LawTable, Rule, Start, Unit
from notifier.calendar import Calendar
from schemas.values import DayKind, Name, SubjectKind
from services.adapters import law
from tests.discipline.samples import CALENDAR, NAME, moment

CIVIL_SERVANT = SubjectKind.CIVIL_SERVANT


def row(value: int, unit: Unit, *, rolls: bool = True, day_kind: DayKind | None = None) -> LawRow:
    return LawRow(
        row_id="example",
        instrument="Example",
        rule=Rule.LIMITATION,
        value=value,
        unit=unit,
        day_kind=day_kind,
        starts_on=Start.VIOLATION,
        rolls=rolls,
        source="An example.",
        confidence=Confidence.VERIFIED,
        active=True,
    )


# -- the slow calculation: a clerk with a wall calendar ---------------------------------------------------------------


def off(day: date, holidays: Mapping[date, Name]) -> bool:
    return day.weekday() > 4 or day in holidays


def by_hand(start: date, counted: LawRow, holidays: Mapping[date, Name]) -> tuple[date, list[date]]:
    """The last day, and the days off that were passed over."""
    assert isinstance(counted.value, int)
    skipped = list[date]()
    last = start
    if counted.day_kind is DayKind.WORKING:
        for _ in range(counted.value):
            last += timedelta(days=1)
            while off(last, holidays):
                skipped.append(last)
                last += timedelta(days=1)
    elif counted.unit is Unit.DAYS:
        for _ in range(counted.value):
            last += timedelta(days=1)
    else:
        last = months_later(start, counted.value * (12 if counted.unit is Unit.YEARS else 1))
    while counted.rolls and off(last, holidays):
        skipped.append(last)
        last += timedelta(days=1)
    return last, skipped


def months_later(day: date, months: int) -> date:
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    longest = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(day.day, longest))


rows = st.one_of(
    st.builds(row, st.integers(0, 200), st.just(Unit.DAYS), rolls=st.booleans(), day_kind=st.just(DayKind.CALENDAR)),
    st.builds(row, st.integers(0, 60), st.just(Unit.DAYS), rolls=st.just(True), day_kind=st.just(DayKind.WORKING)),
    st.builds(row, st.integers(0, 40), st.just(Unit.MONTHS), rolls=st.booleans()),
    st.builds(row, st.integers(0, 10), st.just(Unit.YEARS), rolls=st.booleans()),
)
days = st.dates(date(2015, 1, 1), date(2030, 12, 31))


@given(days, rows, st.dictionaries(st.dates(date(2015, 1, 1), date(2042, 12, 31)), st.just(NAME), max_size=60))
def test_a_clock_ends_where_counting_by_hand_ends(start: date, counted: LawRow, holidays: dict[date, Name]) -> None:
    calendar = Calendar(date(2015, 1, 1), date(2045, 12, 31), frozenset(range(5)), holidays, {})

    calculation = calculate(counted, start, calendar)

    last, skipped = by_hand(start, counted, holidays)
    assert calculation.ends_at == datetime(last.year, last.month, last.day, tzinfo=ZONE) + timedelta(days=1)
    assert list(calculation.skipped) == skipped
    assert last_day(calculation.ends_at) == last


def test_a_clock_names_its_row_and_its_start() -> None:
    calculation = calculate(row(90, Unit.DAYS, day_kind=DayKind.CALENDAR), date(2025, 7, 10), CALENDAR)

    assert (calculation.rule_id, calculation.starts_on, calculation.days, calculation.months) == (
        "example",
        date(2025, 7, 10),
        90,
        None,
    )
    assert calculation.ends_at == datetime(2025, 10, 8, 17, tzinfo=UTC)


def test_a_row_without_a_term_has_no_clock() -> None:
    with pytest.raises(RowCountsNoTime):
        calculate(row(5, Unit.NUMBER), date(2025, 7, 10), CALENDAR)


@given(st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 -- `timezones` adds it
def test_every_moment_lies_in_its_local_day(at: datetime) -> None:
    day = local_day(at)

    assert end_of(day - timedelta(days=1)) <= at < end_of(day)
    assert last_day(end_of(day)) == day


# -- both regimes around 2025-07-01 -----------------------------------------------------------------------------------


def test_before_the_reform_limitation_is_five_years_for_a_reprimand_and_ten_otherwise() -> None:
    fact = date(2025, 3, 28)

    found = limitation(law.shipped(), CIVIL_SERVANT, fact, date(2025, 4, 15), CALENDAR)

    assert [(clock.rule_id, clock.condition, clock.months) for clock in found] == [
        ("decree-112-2020-limitation-reprimand", "form-reprimand", 60),
        ("decree-112-2020-limitation-other", "form-other", 120),
    ]
    assert [last_day(clock.ends_at) for clock in found] == [date(2030, 3, 28), date(2035, 3, 28)]


def test_limitation_under_the_new_decree_is_unverified_and_so_not_applied() -> None:
    assert limitation(law.shipped(), CIVIL_SERVANT, date(2025, 8, 1), date(2025, 8, 15), CALENDAR) == ()


def test_where_fact_and_step_fall_into_different_regimes_both_stand_side_by_side() -> None:
    """An administrator has activated the rows of the new decree."""
    rows = tuple(one.model_copy(update={"active": True}) for one in law.shipped().rows if one.value is not None)

    found = limitation(LawTable(rows), CIVIL_SERVANT, date(2025, 3, 28), date(2025, 8, 15), CALENDAR)

    assert [clock.rule_id for clock in found] == [
        "decree-112-2020-limitation-reprimand",
        "decree-112-2020-limitation-other",
        "decree-172-2025-limitation-reprimand",
        "decree-172-2025-limitation-other",
    ]


def test_processing_time_follows_the_day_of_the_step_and_runs_from_detection() -> None:
    """Detected before the reform, opened after it: ninety days from detection. 29 June 2025 is a Sunday."""
    detected_at = moment("2025-03-31")

    before = processing(law.shipped(), CIVIL_SERVANT, detected_at, date(2025, 6, 30), CALENDAR)
    after = processing(law.shipped(), CIVIL_SERVANT, detected_at, date(2025, 7, 1), CALENDAR)

    assert before is None
    assert after is not None
    assert (after.rule_id, after.days, after.day_kind) == ("decree-172-2025-processing", 90, DayKind.CALENDAR)
    assert after.skipped == (date(2025, 6, 29),)
    assert last_day(after.ends_at) == date(2025, 6, 30)


@pytest.mark.parametrize("kind", [SubjectKind.COLLECTIVE, SubjectKind.PUBLIC_EMPLOYEE])
def test_no_active_row_limits_collectives_nor_yet_public_employees(kind: SubjectKind) -> None:
    fact, step = date(2025, 8, 1), date(2025, 8, 15)

    assert limitation(law.shipped(), kind, fact, step, CALENDAR) == ()
    assert processing(law.shipped(), kind, moment("2025-08-01"), step, CALENDAR) is None


def test_public_employees_have_rows_from_the_day_of_their_law_on() -> None:
    found = limitation(law.shipped(), SubjectKind.PUBLIC_EMPLOYEE, date(2026, 7, 1), date(2026, 7, 20), CALENDAR)

    assert [clock.rule_id for clock in found] == [
        "public-employees-2025-limitation-reprimand",
        "public-employees-2025-limitation-other",
    ]
