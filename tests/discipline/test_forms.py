"""Which form may answer a violation: from rows alone, and whatever is refused names the row."""

from dataclasses import replace
from datetime import date

import pytest

from discipline.law.forms import Forms, forms_of, is_heavier, of_new_offence, of_several
from discipline.law.refusals import (
    FormAbolished,
    FormNotForLeaver,
    FormNotInRow,
    FormsNotComparable,
    LeaverOutOfScope,
    NoFormForCollective,
    NoRowOfForms,
    named,
)
from discipline.law.regimes import Who
from discipline.law.rows import LawTable
from schemas.discipline.law import PostRank
from schemas.refusal import Coded, Refusal
from schemas.values import SubjectKind
from tests.discipline.law_rows import SHIPPED, activated, row_of

LEADING, NOT_LEADING = PostRank.LEADING, PostRank.NOT_LEADING
OFFICIAL = Who(SubjectKind.CIVIL_SERVANT, NOT_LEADING, NOT_LEADING)
LEADER = Who(SubjectKind.CIVIL_SERVANT, LEADING, LEADING)
CADRE = Who(SubjectKind.CADRE, LEADING, LEADING)
OLD, NEW = date(2025, 6, 30), date(2025, 7, 1)
LEAVERS_TOO = date(2025, 9, 23)
EMPLOYEE = Who(SubjectKind.PUBLIC_EMPLOYEE, LEADING, LEADING)
RETIRED = Who(SubjectKind.CIVIL_SERVANT, LEADING, None, left=True)


def forms(who: Who, regime: date, step: date | None = None, table: LawTable = SHIPPED) -> Forms:
    return forms_of(table, who, regime, step or regime)


# -- which forms ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "regime", "allowed", "row_id"),
    [
        (
            OFFICIAL,
            OLD,
            ("reprimand", "warning", "pay-grade-reduction", "forced-termination"),
            "decree-112-2020-forms-not-leading",
        ),
        (
            LEADER,
            OLD,
            ("reprimand", "warning", "demotion", "removal", "forced-termination"),
            "decree-112-2020-forms-leading",
        ),
        (
            OFFICIAL,
            NEW,
            ("reprimand", "warning", "forced-termination"),
            "decree-172-2025-forms-civil-servant-not-leading",
        ),
        (
            LEADER,
            NEW,
            ("reprimand", "warning", "removal", "forced-termination"),
            "decree-172-2025-forms-civil-servant-leading",
        ),
        (
            CADRE,
            NEW,
            ("reprimand", "warning", "removal", "dismissal-by-electing-body"),
            "decree-172-2025-forms-cadre",
        ),
    ],
)
def test_the_row_of_kind_post_and_day_names_the_forms(
    who: Who, regime: date, allowed: tuple[str, ...], row_id: str
) -> None:
    found = forms(who, regime)

    assert (found.forms, found.rows) == (allowed, (row_of(row_id),))


def test_a_form_that_no_longer_exists_is_not_imposed_for_an_old_fact_either() -> None:
    found = forms(LEADER, OLD, NEW)

    assert found.forms == ("reprimand", "warning", "removal", "forced-termination")
    assert [(one.form, one.row.row_id) for one in found.barred] == [("demotion", "decree-172-2025-forms-abolished")]
    with pytest.raises(FormAbolished) as refused:
        found.require("demotion")
    assert refused.value == FormAbolished(named("demotion"), "decree-172-2025-forms-abolished")


def test_removal_is_for_leaders_only() -> None:
    with pytest.raises(FormNotInRow) as refused:
        forms(OFFICIAL, NEW).require("removal")

    assert refused.value == FormNotInRow(
        named("removal"),
        "decree-172-2025-forms-civil-servant-not-leading",
        named("reprimand", "warning", "forced-termination"),
    )


def test_dismissal_of_a_cadre_belongs_to_the_body_that_elected() -> None:
    found = forms(CADRE, NEW)

    assert found.decided_elsewhere("dismissal-by-electing-body") == row_of("decree-172-2025-dismissal-by-electing-body")
    assert found.decided_elsewhere("removal") is None


@pytest.mark.parametrize(
    ("who", "day", "refusal"),
    [
        (Who(SubjectKind.COLLECTIVE, None, None), NEW, NoFormForCollective()),
        (
            Who(SubjectKind.PUBLIC_EMPLOYEE, LEADING, LEADING),
            NEW,
            NoRowOfForms(Coded("subject-kind", "public_employee"), NEW),
        ),
        (CADRE, OLD, NoRowOfForms(Coded("subject-kind", "cadre"), OLD)),
        (RETIRED, OLD, LeaverOutOfScope(OLD)),
    ],
)
def test_where_no_row_gives_a_form_there_is_none(who: Who, day: date, refusal: Refusal) -> None:
    with pytest.raises(type(refusal)) as refused:
        forms(who, day)

    assert refused.value == refusal


# -- those who have left ----------------------------------------------------------------------------------------------


def test_leavers_are_in_scope_and_lead_nothing_any_more() -> None:
    found = forms(RETIRED, NEW)

    assert found.forms == ("reprimand", "warning", "forced-termination")
    assert row_of("decree-172-2025-leavers") in found.rows


def test_from_its_decree_on_the_status_once_held_may_be_removed_too() -> None:
    assert "removal-of-status-held" not in forms(RETIRED, date(2025, 9, 22)).forms

    found = forms(RETIRED, LEAVERS_TOO)

    assert found.forms[-1] == "removal-of-status-held"
    assert row_of("decree-251-2025-leavers") in found.rows


def test_an_activated_row_takes_from_leavers_what_presupposes_service() -> None:
    table = activated("decree-172-2025-forms-not-for-leavers")

    found = forms(RETIRED, LEAVERS_TOO, table=table)

    assert found.forms == ("reprimand", "warning", "removal-of-status-held")
    with pytest.raises(FormNotForLeaver):
        found.require("forced-termination")
    assert "forced-termination" in forms(OFFICIAL, LEAVERS_TOO, table=table).forms


# -- several violations -----------------------------------------------------------------------------------------------


def test_under_the_new_decree_several_violations_get_the_highest_form() -> None:
    answer = of_several(SHIPPED, LEADER, NEW, NEW, ["reprimand", "removal", "warning"])

    assert answer is not None
    assert (answer.form, answer.condition) == ("removal", None)
    assert answer.rows[-1] == row_of("decree-172-2025-several-violations")


def test_under_the_old_one_before_its_amendment_one_level_above_the_heaviest() -> None:
    """From which day the amendment held is not recorded: the condition is told, for the authority to find."""
    answer = of_several(SHIPPED, LEADER, OLD, OLD, ["reprimand", "warning"])

    assert answer is not None
    assert (answer.form, answer.condition, answer.heaviest) == ("demotion", "before-decree-71-2023", False)
    assert answer.rows[-1] == row_of("decree-112-2020-several-violations")


def test_above_the_heaviest_there_is_none() -> None:
    answer = of_several(SHIPPED, OFFICIAL, OLD, OLD, ["warning", "forced-termination"])

    assert answer is not None
    assert (answer.form, answer.heaviest) == ("forced-termination", True)


@pytest.mark.parametrize("day", [OLD, NEW])
def test_a_single_violation_keeps_its_own_form(day: date) -> None:
    answer = of_several(SHIPPED, OFFICIAL, day, day, ["warning"])

    assert answer is not None
    assert (answer.form, answer.condition) == ("warning", None)


def test_without_a_row_nobody_adds_violations_up() -> None:
    table = LawTable(tuple(row for row in SHIPPED.rows if row.row_id != "decree-172-2025-several-violations"))

    assert of_several(table, OFFICIAL, NEW, NEW, ["reprimand", "warning"]) is None


# -- a new offence while a sanction runs ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "own", "in_force", "form", "row_id"),
    [
        (OFFICIAL, "reprimand", "reprimand", "warning", "lighter"),
        (OFFICIAL, "reprimand", "warning", "forced-termination", "lighter"),
        (LEADER, "warning", "warning", "removal", "lighter"),
        (LEADER, "warning", "reprimand", "removal", "heavier"),
        (CADRE, "removal", "warning", "dismissal-by-electing-body", "heavier"),
        # Imposed under the old decree, and running still: what is heavier follows from the old row's order.
        (LEADER, "warning", "demotion", "removal", "lighter"),
        (LEADER, "removal", "demotion", "forced-termination", "heavier"),
        (OFFICIAL, "warning", "pay-grade-reduction", "forced-termination", "lighter"),
    ],
)
def test_it_is_one_level_above_the_sanction_in_force_or_above_its_own(
    who: Who, own: str, in_force: str, form: str, row_id: str
) -> None:
    answer = of_new_offence(SHIPPED, who, NEW, NEW, own, in_force)

    assert answer is not None
    assert (answer.form, answer.rows[-1].row_id) == (form, f"decree-172-2025-new-offence-{row_id}")


def test_the_heaviest_stays_the_heaviest() -> None:
    answer = of_new_offence(SHIPPED, OFFICIAL, NEW, NEW, "forced-termination", "reprimand")

    assert answer is not None
    assert (answer.form, answer.heaviest) == ("forced-termination", True)


def test_before_the_reform_no_row_says_anything_of_it() -> None:
    assert of_new_offence(SHIPPED, OFFICIAL, OLD, OLD, "warning", "reprimand") is None


def test_forms_that_no_row_names_together_are_not_compared() -> None:
    with pytest.raises(FormsNotComparable):
        of_new_offence(SHIPPED, LEADER, NEW, NEW, "removal", "pay-grade-reduction")


def test_the_order_of_a_row_is_the_order_of_severity() -> None:
    for row in SHIPPED.rows:
        if row.rule.value == "forms" and row.active:
            for lighter, heavier in zip(row.codes, row.codes[1:], strict=False):
                assert is_heavier(SHIPPED, heavier, lighter)
                assert not is_heavier(SHIPPED, lighter, heavier)


def test_an_inactive_row_orders_nothing() -> None:
    inactive = replace(SHIPPED, rows=tuple(row.model_copy(update={"active": False}) for row in SHIPPED.rows))

    with pytest.raises(FormsNotComparable):
        is_heavier(inactive, "warning", "reprimand")
