"""Each step's term: by a row of the law, or by the directive's own number, and the calculation says by which."""

from datetime import date

import pytest

from discipline.clocks import PackTerm
from discipline.days import last_day
from discipline.law.rows import Confidence, LawRow, Rule, Unit
from discipline.steps import Against, Step, step_term
from schemas.discipline.law import TermBasis
from schemas.values import DayKind, SubjectKind, Term
from tests.discipline.law_rows import SHIPPED, with_rows
from tests.discipline.samples import CALENDAR

CIVIL_SERVANT = SubjectKind.CIVIL_SERVANT
MONDAY = date(2025, 7, 14)
PACK = PackTerm("da-nang-2090", "Đoạn 8", Term(days=5, day_kind=DayKind.WORKING))


def example(days: int, row_id: str = "example", condition: str = "meeting") -> LawRow:
    return LawRow(
        row_id=row_id,
        instrument="Example",
        article="7",
        effective_from=date(2025, 7, 1),
        rule=Rule.REVIEW_STEP_DAYS,
        value=days,
        unit=Unit.DAYS,
        day_kind=DayKind.WORKING,
        rolls=True,
        condition=condition,
        source="An example.",
        confidence=Confidence.VERIFIED,
        active=True,
    )


@pytest.mark.parametrize(
    ("step", "rule_id", "last"),
    [
        (Step.COMPLAINT_FIRST, "complaints-law-first", date(2025, 7, 29)),
        (Against(Step.COMPLAINT_FIRST, "forced-termination"), "complaints-law-first", date(2025, 7, 29)),
        (Step.COMPLAINT_SECOND, "complaints-law-second", date(2025, 7, 24)),
        (Against(Step.COMPLAINT_SECOND, "warning"), "complaints-law-second", date(2025, 7, 24)),
        (Against(Step.COMPLAINT_SECOND, "forced-termination"), "complaints-law-second-termination", date(2025, 8, 13)),
    ],
)
def test_the_windows_of_complaints_run_from_receipt_by_the_law(step: Step | Against, rule_id: str, last: date) -> None:
    clock = step_term(SHIPPED, step, CIVIL_SERVANT, MONDAY, CALENDAR, default=PACK)

    assert clock is not None
    assert (clock.rule_id, clock.basis, clock.started_by) == (rule_id, TermBasis.RULE_ROW, "receipt")
    of = step.step if isinstance(step, Against) else step
    assert (clock.clock, clock.starts_on, last_day(clock.ends_at)) == (of.value, MONDAY, last)


def test_where_no_active_row_sets_it_the_directives_own_number_holds_and_is_named_so() -> None:
    clock = step_term(SHIPPED, Step.MEETING, CIVIL_SERVANT, MONDAY, CALENDAR, default=PACK)

    assert clock is not None
    assert (clock.basis, clock.rule_id, clock.article) == (TermBasis.PACK_DEFAULT, "da-nang-2090", "Đoạn 8")
    assert (clock.days, clock.day_kind, last_day(clock.ends_at)) == (5, DayKind.WORKING, date(2025, 7, 21))


def test_a_row_of_the_law_is_stronger_than_the_directive() -> None:
    clock = step_term(with_rows(example(3)), Step.MEETING, CIVIL_SERVANT, MONDAY, CALENDAR, default=PACK)

    assert clock is not None
    assert (clock.basis, clock.rule_id, last_day(clock.ends_at)) == (
        TermBasis.RULE_ROW,
        "example",
        date(2025, 7, 17),
    )


def test_of_several_rows_the_strictest_holds() -> None:
    table = with_rows(example(7), example(4, "shorter"))

    clock = step_term(table, Step.MEETING, CIVIL_SERVANT, MONDAY, CALENDAR)

    assert clock is not None
    assert clock.rule_id == "shorter"


def test_a_row_of_another_step_says_nothing_of_this_one() -> None:
    table = with_rows(example(3, condition="board"))

    assert step_term(table, Step.MEETING, CIVIL_SERVANT, MONDAY, CALENDAR) is None


def test_procedure_follows_the_day_of_the_step() -> None:
    """The row is in force from 1 July 2025 on."""
    assert step_term(with_rows(example(3)), Step.MEETING, CIVIL_SERVANT, date(2025, 6, 30), CALENDAR) is None


@pytest.mark.parametrize("step", Step)
def test_every_step_has_rows_to_look_for(step: Step) -> None:
    clock = step_term(SHIPPED, step, CIVIL_SERVANT, MONDAY, CALENDAR, default=PACK)

    assert clock is not None
    assert clock.clock == step.value
