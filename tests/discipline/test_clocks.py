"""Clocks are calculations: whatever they say can be counted again by hand (`test_counting`)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discipline.clocks import Interruption, RowCountsNoTime, calculate, processing
from discipline.days import end_of, last_day, local_day
from discipline.law.refusals import ExtensionWithoutRow
from discipline.law.rows import Confidence, LawRow, LawTable, Rule, Start, Unit
from schemas.discipline.law import Extension, NamedDay, TermBasis
from schemas.values import DayKind, DayReason, SubjectKind
from services.adapters import law
from tests.discipline.law_rows import row_of, with_rows
from tests.discipline.samples import CALENDAR, moment

CIVIL_SERVANT = SubjectKind.CIVIL_SERVANT
NOT_COUNTED = row_of("decree-112-2020-time-not-counted").model_copy(update={"effective_to": None})
"""As if the old decree's row still held."""


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


# -- processing time --------------------------------------------------------------------------------------------------

DETECTED = moment("2025-03-31")
CRIMINAL = Interruption("criminal-proceedings", date(2025, 4, 10), date(2025, 5, 9))


def test_processing_time_follows_the_day_of_the_step_and_runs_from_detection() -> None:
    """Detected before the reform, opened after it: ninety days from detection. 29 June 2025 is a Sunday."""
    before = processing(law.shipped(), CIVIL_SERVANT, DETECTED, date(2025, 6, 30), CALENDAR)
    after = processing(law.shipped(), CIVIL_SERVANT, DETECTED, date(2025, 7, 1), CALENDAR)

    assert before is None
    assert after is not None
    assert (after.rule_id, after.days, after.day_kind) == ("decree-172-2025-processing", 90, DayKind.CALENDAR)
    assert (after.clock, after.started_by, after.basis) == ("processing", "detection", TermBasis.RULE_ROW)
    assert after.skipped_days == (NamedDay(day=date(2025, 6, 29), reason=DayReason.WEEKLY_REST, name=None),)
    assert last_day(after.ends_at) == date(2025, 6, 30)


@pytest.mark.parametrize("kind", [SubjectKind.COLLECTIVE, SubjectKind.PUBLIC_EMPLOYEE])
def test_no_active_row_sets_processing_time_for_collectives_nor_yet_for_public_employees(kind: SubjectKind) -> None:
    assert processing(law.shipped(), kind, moment("2025-08-01"), date(2025, 8, 15), CALENDAR) is None


def test_extended_it_is_the_longer_term_from_the_same_start_and_says_what_it_was() -> None:
    """A hundred and fifty days after 31 March 2025 are 28 August."""
    clock = processing(law.shipped(), CIVIL_SERVANT, DETECTED, date(2025, 7, 1), CALENDAR, extended=True)

    assert clock is not None
    assert (clock.rule_id, clock.days, last_day(clock.ends_at)) == (
        "decree-172-2025-processing",
        90,
        date(2025, 8, 28),
    )
    assert clock.extension == Extension(
        row=row_of("decree-172-2025-processing-extended").used,
        days=150,
        day_kind=DayKind.CALENDAR,
        ended_before=end_of(date(2025, 6, 30)),
    )


def test_without_an_active_row_nothing_is_extended() -> None:
    table = LawTable(tuple(one for one in law.shipped().rows if one.rule is not Rule.PROCESSING_EXTENDED))

    with pytest.raises(ExtensionWithoutRow) as refused:
        processing(table, CIVIL_SERVANT, DETECTED, date(2025, 7, 1), CALENDAR, extended=True)

    assert refused.value == ExtensionWithoutRow("decree-172-2025-processing")


def test_time_that_no_active_row_lets_not_count_counts_and_is_shown_so() -> None:
    """Under the new decree no verified row says that criminal proceedings stop the clock."""
    clock = processing(law.shipped(), CIVIL_SERVANT, DETECTED, date(2025, 7, 1), CALENDAR, interruptions=[CRIMINAL])

    assert clock is not None
    assert last_day(clock.ends_at) == date(2025, 6, 30)
    assert [(one.reason, one.days, one.row) for one in clock.suspensions] == [("criminal-proceedings", 0, None)]


def test_time_that_a_row_lets_not_count_is_added_with_its_row() -> None:
    """Thirty days from 10 April to 9 May: the ninetieth day is 29 July instead of 29 June."""
    table = with_rows(NOT_COUNTED)

    clock = processing(table, CIVIL_SERVANT, DETECTED, date(2025, 7, 1), CALENDAR, interruptions=[CRIMINAL])

    assert clock is not None
    assert last_day(clock.ends_at) == date(2025, 7, 29)
    assert [(one.days, one.row) for one in clock.suspensions] == [(30, NOT_COUNTED.used)]
    assert clock.suspended_since is None


def test_a_clock_that_stands_still_says_since_when_and_up_to_which_day_it_was_counted() -> None:
    """Ten days had passed by 10 April; eighty are left after 1 July, the day of the calculation: 19 September."""
    running = Interruption("criminal-proceedings", date(2025, 4, 11), None)

    clock = processing(
        with_rows(NOT_COUNTED), CIVIL_SERVANT, DETECTED, date(2025, 7, 1), CALENDAR, interruptions=[running]
    )

    assert clock is not None
    assert (clock.suspended_since, clock.as_of) == (date(2025, 4, 11), date(2025, 7, 1))
    assert last_day(clock.ends_at) == date(2025, 9, 19)


def test_what_begins_after_the_end_holds_nothing_up() -> None:
    late = Interruption("criminal-proceedings", date(2025, 7, 1), None)

    clock = processing(
        with_rows(NOT_COUNTED), CIVIL_SERVANT, DETECTED, date(2025, 7, 1), CALENDAR, interruptions=[late]
    )

    assert clock is not None
    assert (clock.suspended_since, last_day(clock.ends_at)) == (None, date(2025, 6, 30))
