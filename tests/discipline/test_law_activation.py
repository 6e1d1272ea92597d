"""Rows that nobody has verified: applied once an administrator answers for them, and only from then on."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from discipline.law.activation.commands import ActivateRow, WithdrawRow
from discipline.law.activation.decide import decide
from discipline.law.activation.evolve import evolve
from discipline.law.activation.refusals import (
    LawRowActivatedBefore,
    LawRowNotActivated,
    LawRowShipsActive,
    LawRowUnknown,
    LawRowUnsound,
    LawTermBeyondCalendar,
    LawValueStatedTwice,
    LawWordNotObeyed,
)
from discipline.law.activation.state import INITIAL
from discipline.law.activation.table import applied_at
from discipline.law.rows import COUNTED, LawTable, Rule
from discipline.steps import ROWS as STEP_ROWS
from notifier.calendar import CalendarEnds
from schemas.discipline.law import RowUsed
from schemas.discipline.law_rows import LawRowActivated, LawRowWithdrawn, RowStated
from schemas.refusal import Coded
from schemas.values import DayKind, SubjectKind
from tests.discipline import samples
from tests.discipline.law_rows import SHIPPED, row_of, with_rows
from tests.specification import Decider, given

ROWS = Decider(INITIAL, decide, evolve)
AT, LATER = datetime(2026, 3, 2, 1, tzinfo=UTC), datetime(2026, 3, 9, 1, tzinfo=UTC)
ADMINISTRATOR, REASONS = UUID(int=0xAD), samples.document("reasons")
SECOND = timedelta(seconds=1)
LIKELY, ACCEPTANCE = "decree-172-2025-limitation-reprimand", "complaint-resolution-acceptance"
TEN_DAYS = RowStated(number=10, day_kind=DayKind.WORKING, rolls=True, article="27")


def activate(row_id: str = LIKELY, *, at: datetime = AT, **stated: Any) -> ActivateRow:
    told = RowStated.model_validate(stated)
    return ActivateRow(row_id, SHIPPED, told, "Công báo số 1", REASONS, at, ADMINISTRATOR, samples.CALENDAR)


def withdraw(row_id: str = LIKELY, *, at: datetime = LATER) -> WithdrawRow:
    return WithdrawRow(row_id, REASONS, at, ADMINISTRATOR)


ACTIVATED = LawRowActivated(
    row_id=LIKELY,
    row=RowUsed(rule_id=LIKELY, instrument="Law 80/2025/QH15 and Decree 172/2025/NĐ-CP", article=None),
    stated=RowStated(),
    source="Công báo số 1",
    reasons=REASONS,
    applied_from=AT,
    activated_by=ADMINISTRATOR,
)
WITHDRAWN = LawRowWithdrawn(row_id=LIKELY, reasons=REASONS, applied_until=LATER, withdrawn_by=ADMINISTRATOR)


def test_a_row_with_its_likely_value_is_activated_as_the_table_has_it() -> None:
    given(ROWS).when(activate()).then(ACTIVATED)


def test_what_was_read_in_the_source_takes_the_place_of_what_the_table_has() -> None:
    (event,) = given(ROWS).when(activate(ACCEPTANCE, **TEN_DAYS.model_dump())).decided()

    assert isinstance(event, LawRowActivated)
    assert event.stated == TEN_DAYS
    assert event.row == RowUsed(rule_id=ACCEPTANCE, instrument="Complaints Law", article="27")


def test_a_row_that_the_table_does_not_have_is_refused() -> None:
    given(ROWS).when(activate("decree-1")).refused(LawRowUnknown("decree-1"))


def test_a_row_that_ships_active_is_not_activated() -> None:
    given(ROWS).when(activate("decree-172-2025-processing")).refused(LawRowShipsActive("decree-172-2025-processing"))


def test_a_row_is_activated_once() -> None:
    given(ROWS, ACTIVATED).when(activate(number=6)).refused(LawRowActivatedBefore(LIKELY, AT))


def test_after_its_withdrawal_it_is_activated_with_another_value() -> None:
    (event,) = given(ROWS, ACTIVATED, WITHDRAWN).when(activate(at=LATER, number=6)).decided()

    assert isinstance(event, LawRowActivated)
    assert event.stated.number == 6


@pytest.mark.parametrize(
    ("stated", "column", "fault"),
    [
        ({}, "value", "value-missing"),
        ({"words": ["ten"], "day_kind": "calendar", "rolls": True}, "value", "value-of-other-unit"),
        ({"number": 10, "rolls": True}, "day_kind", "day-kind-missing"),
        ({"number": 10, "day_kind": "calendar"}, "rolls", "term-incomplete"),
        (
            {**TEN_DAYS.model_dump(), "effective_from": date(2026, 1, 1), "effective_to": date(2026, 1, 1)},
            "effective_to",
            "ends-before-it-begins",
        ),
    ],
)
def test_a_row_that_would_not_be_whole_is_refused_with_the_column(
    stated: dict[str, Any], column: str, fault: str
) -> None:
    refused = LawRowUnsound(ACCEPTANCE, Coded("law-column", column), Coded("law", fault))
    given(ROWS).when(activate(ACCEPTANCE, **stated)).refused(refused)


BEYOND = LawTermBeyondCalendar(LIKELY, date(2026, 3, 2), date(2045, 12, 31))


@pytest.mark.parametrize("years", [20, 21, 100_000])
def test_a_term_that_no_calendar_reaches_is_refused_before_any_case_rests_on_it(years: int) -> None:
    given(ROWS).when(activate(number=years)).refused(BEYOND)


def test_one_that_ends_on_the_calendars_last_days_is_activated() -> None:
    assert len(given(ROWS).when(activate(number=19)).decided()) == 1


@pytest.mark.parametrize("kind", DayKind)
def test_nor_is_one_of_days(kind: DayKind) -> None:
    days = RowStated(number=90_000, day_kind=kind, rolls=False, article="27").model_dump()

    given(ROWS).when(activate(ACCEPTANCE, **days)).refused(replace(BEYOND, row_id=ACCEPTANCE))


def test_working_days_are_counted_to_their_end() -> None:
    """So many days there still are, and not so many of them are worked."""
    days = RowStated(number=7_000, day_kind=DayKind.WORKING, rolls=True, article="27").model_dump()

    given(ROWS).when(activate(ACCEPTANCE, **days)).refused(CalendarEnds(date(2010, 1, 1), date(2045, 12, 31)))


def test_a_row_that_no_calendar_counts_may_hold_as_long_as_it_says() -> None:
    kept = row_of(LIKELY).model_copy(update={"rule": Rule.RECORDS_KEPT, "value": None})
    command = replace(activate(number=70), shipped=LawTable((kept,)))

    assert len(given(ROWS).when(command).decided()) == 1


def test_every_step_whose_term_the_rows_set_is_counted() -> None:
    assert {rows.rule for rows in STEP_ROWS.values()} <= COUNTED


def test_a_number_and_words_together_are_refused_for_one_of_them_would_be_ignored() -> None:
    stated = {**TEN_DAYS.model_dump(), "words": ["ten"]}
    given(ROWS).when(activate(ACCEPTANCE, **stated)).refused(LawValueStatedTwice(ACCEPTANCE))


def test_a_word_that_the_suite_cannot_act_on_is_refused() -> None:
    known = "by-date-of-fact, by-date-of-step"
    refused = LawWordNotObeyed("decree-172-2025-transition", "by-feeling", known)
    given(ROWS).when(activate("decree-172-2025-transition", words=["by-feeling"])).refused(refused)


def test_a_form_that_no_row_names_is_refused() -> None:
    forms = {form for row in SHIPPED.rows if row.rule is Rule.FORMS for form in row.codes}
    refused = LawWordNotObeyed("decree-172-2025-forms-not-for-leavers", "remval", ", ".join(sorted(forms)))
    command = activate("decree-172-2025-forms-not-for-leavers", words=["removal", "remval"])
    given(ROWS).when(command).refused(refused)


def test_an_activation_is_withdrawn() -> None:
    given(ROWS, ACTIVATED).when(withdraw()).then(WITHDRAWN)


@pytest.mark.parametrize("history", [(), (ACTIVATED, WITHDRAWN)], ids=["never activated", "withdrawn before"])
def test_what_is_not_activated_is_not_withdrawn(history: tuple[LawRowActivated | LawRowWithdrawn, ...]) -> None:
    given(ROWS, *history).when(withdraw()).refused(LawRowNotActivated(LIKELY))


@pytest.mark.parametrize(
    ("at", "applied"),
    [(AT - SECOND, False), (AT, True), (LATER - SECOND, True), (LATER, False)],
    ids=["before", "from its activation", "until its withdrawal", "from its withdrawal"],
)
def test_the_table_of_a_moment_has_what_was_activated_by_then(at: datetime, applied: bool) -> None:
    table = applied_at(SHIPPED, given(ROWS, ACTIVATED, WITHDRAWN).state, at)

    rows = table.active(Rule.LIMITATION, SubjectKind.CIVIL_SERVANT, date(2025, 8, 1))
    assert (LIKELY in {row.row_id for row in rows}) is applied


def test_everything_else_of_the_table_stays_in_its_place() -> None:
    table = applied_at(SHIPPED, given(ROWS, ACTIVATED).state, AT)

    changed = [row.row_id for row, shipped in zip(table.rows, SHIPPED.rows, strict=True) if row != shipped]
    assert changed == [LIKELY]


def test_a_row_that_ships_active_later_says_what_it_says() -> None:
    verified = with_rows(row_of(LIKELY).model_copy(update={"active": True, "value": 7}))
    state = given(ROWS, ACTIVATED.model_copy(update={"stated": RowStated(number=5)})).state

    assert applied_at(verified, state, AT) == verified
