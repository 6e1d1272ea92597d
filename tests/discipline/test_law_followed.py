"""Which rows the suite follows: a row that is said to be followed is read somewhere, and changes what it is about."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import discipline
from discipline.days import last_day, local_day
from discipline.law.codes import AfterSanction, followed
from discipline.law.rows import LawRow, LawTable, Rule
from discipline.limitation import Ended, Violation, limitation
from discipline.reviews.decision.effects import effects
from discipline.steps import ROWS, Step, step_term
from schemas.values import DayKind, SubjectKind
from tests.discipline import review_cases as c
from tests.discipline import samples as s
from tests.discipline.law_rows import SHIPPED, activated

ROOM = Path(discipline.__file__).parent
LISTS = {
    ROOM / "law" / "rows.py",
    ROOM / "law" / "codes.py",
    ROOM / "law" / "activation" / "decide.py",
    ROOM / "steps.py",
}
"""They name rules and steps, and follow none."""
CODE = [*ROOM.rglob("*.py"), ROOM.parent / "services" / "adapters" / "law.py"]


def named(kind: str) -> Iterator[str]:
    """The members of `Rule` or `Step` that somebody reads."""
    for path in CODE:
        if path in LISTS:
            continue
        tree: ast.AST = ast.parse(path.read_text(encoding="utf-8"))
        if path == ROOM / "law" / "regimes.py":  # its lists say what a case shows
            tree = ast.Module([node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)], [])
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == kind:
                yield node.attr


READ = {Rule[name] for name in named("Rule")}
TAKEN = {Step[name] for name in named("Step")}


def read(row: LawRow) -> bool:
    """Whether something asks for it: its rule, or the step that it sets a term for."""
    if row.rule not in {one.rule for one in ROWS.values()}:
        return row.rule in READ
    asked = [ROWS[step].condition for step in TAKEN if ROWS[step].rule is row.rule]
    conditions = {None, row.condition, (row.condition or "").partition("-of-")[0]}
    return any(condition in conditions for condition in asked)


@pytest.mark.parametrize("row", SHIPPED.rows, ids=lambda row: row.row_id)
def test_a_row_is_followed_where_something_reads_it_and_only_shown_where_nothing_does(row: LawRow) -> None:
    assert followed(row) is read(row), "say in codes.SHOWN which rows nothing follows"


BARS = [row for row in SHIPPED.rows if row.rule is Rule.PROMOTION_BAR]


@pytest.mark.parametrize("row", BARS, ids=lambda row: row.row_id)
def test_a_bar_from_promotion_follows_its_form_from_its_activation_on(row: LawRow) -> None:
    """Served on a day on which the row is in force."""
    form = (row.condition or "").removeprefix("form-")
    at = s.moment("2025-06-20" if row.effective_to else "2025-08-20")
    state = c.decided().state
    assert state is not None
    assert state.decision is not None
    decision = state.decision

    def barred(table: LawTable) -> list[str]:
        found = effects(c.setting(at, table), state, replace(decision, form=form, in_force_from=local_day(at)))
        return [one.row.rule_id for one in found if one.effect == AfterSanction.NO_PROMOTION]

    assert barred(SHIPPED) == []
    assert barred(activated(row.row_id, value=6, rolls=False)) == [row.row_id]


def test_public_employees_of_before_their_law_have_limitation_once_its_rows_are_activated() -> None:
    rows = [f"decree-112-2020-limitation-employee-{form}" for form in ("reprimand", "other")]
    violation = Violation(Ended(date(2024, 3, 1)))

    def limited(table: LawTable) -> list[str]:
        found = limitation(table, SubjectKind.PUBLIC_EMPLOYEE, violation, date(2025, 3, 3), s.CALENDAR)
        return [clock.rule_id for clock in found.calculations]

    assert (limited(SHIPPED), limited(activated(*rows))) == ([], rows)


@pytest.mark.parametrize("instance", ["first", "second"])
def test_a_complaint_is_answered_within_the_days_of_its_row_once_it_is_activated(instance: str) -> None:
    row, step = f"complaint-resolution-{instance}", Step(f"complaint-answer-{instance}")
    thirty = activated(row, value=30, day_kind=DayKind.CALENDAR, rolls=True)

    def ends(table: LawTable) -> str | None:
        clock = step_term(table, step, SubjectKind.CIVIL_SERVANT, date(2025, 9, 1), s.CALENDAR)
        return None if clock is None else f"{clock.rule_id} {last_day(clock.ends_at)}"

    assert (ends(SHIPPED), ends(thirty)) == (None, f"{row} 2025-10-01")
