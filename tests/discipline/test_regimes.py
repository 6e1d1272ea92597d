"""Which law a case is judged by, around the reform of 2025-07-01, and what follows where the rows leave it open."""

from datetime import date

import pytest

from discipline.law.refusals import LegalOpinionMissing
from discipline.law.regimes import Who, law_applied, regime_that_holds, rule_ids
from discipline.law.rows import LawTable
from schemas.discipline.law import LawApplied, LegalOpinion, PostRank, RegimeSide
from schemas.values import SubjectKind
from tests.discipline.law_rows import SHIPPED, activated, row_of
from tests.discipline.samples import document, named

LEADING, NOT_LEADING = PostRank.LEADING, PostRank.NOT_LEADING
OFFICIAL = Who(SubjectKind.CIVIL_SERVANT, NOT_LEADING, NOT_LEADING)
LEADER = Who(SubjectKind.CIVIL_SERVANT, LEADING, LEADING)
BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)

OLD_FORMS = ("reprimand", "warning", "pay-grade-reduction", "forced-termination")
NEW_FORMS = ("reprimand", "warning", "forced-termination")


def applied(who: Who, fact: date, step: date, table: LawTable = SHIPPED) -> LawApplied:
    return law_applied(table, who, fact, step)


def sides(found: LawApplied) -> list[tuple[RegimeSide, date, tuple[str, ...]]]:
    return [(regime.by, regime.day, regime.forms) for regime in found.substance]


@pytest.mark.parametrize(
    ("fact", "step", "forms"), [(BEFORE, BEFORE, OLD_FORMS), (AFTER, date(2025, 9, 30), NEW_FORMS)]
)
def test_on_one_side_of_the_reform_one_regime_holds(fact: date, step: date, forms: tuple[str, ...]) -> None:
    assert sides(applied(OFFICIAL, fact, step)) == [(RegimeSide.FACT, fact, forms)]


def test_across_the_reform_both_stand_side_by_side_with_what_each_would_allow() -> None:
    """The transitional text could not be found: its row is inactive."""
    found = applied(OFFICIAL, BEFORE, AFTER)

    assert sides(found) == [(RegimeSide.FACT, BEFORE, OLD_FORMS), (RegimeSide.STEP, AFTER, NEW_FORMS)]
    assert found.transition is None


@pytest.mark.parametrize(
    ("value", "side"), [("by-date-of-fact", RegimeSide.FACT), ("by-date-of-step", RegimeSide.STEP)]
)
def test_an_activated_transitional_row_decides(value: str, side: RegimeSide) -> None:
    table = activated("decree-172-2025-transition", value=value)

    found = applied(OFFICIAL, BEFORE, AFTER, table)

    assert [regime.by for regime in found.substance] == [side]
    assert found.transition == row_of("decree-172-2025-transition").used


def test_the_rows_that_were_used_are_named_with_instrument_and_article() -> None:
    found = applied(LEADER, AFTER, AFTER)

    (regime,) = found.substance
    assert row_of("decree-172-2025-forms-civil-servant-leading").used in regime.rows
    assert row_of("decree-172-2025-several-violations").used in regime.rows
    assert row_of("decree-172-2025-steps").used in found.procedure
    assert row_of("decree-172-2025-forms-civil-servant-not-leading").used not in regime.rows


def test_procedure_follows_the_date_of_the_step() -> None:
    before, after = applied(OFFICIAL, BEFORE, BEFORE), applied(OFFICIAL, BEFORE, AFTER)

    assert "decree-112-2020-board-size" in [row.rule_id for row in before.procedure]
    assert "decree-172-2025-processing" in [row.rule_id for row in after.procedure]
    assert "decree-112-2020-board-size" not in [row.rule_id for row in after.procedure]


# -- the post that counts ---------------------------------------------------------------------------------------------


def test_a_transferred_official_is_judged_by_the_present_post() -> None:
    promoted = Who(SubjectKind.CIVIL_SERVANT, NOT_LEADING, LEADING, transferred=True)

    found = applied(promoted, AFTER, AFTER)

    assert found.post_rank is LEADING
    assert found.post_row == row_of("decree-172-2025-transferred").used


def test_without_such_a_row_the_post_at_the_fact_counts() -> None:
    promoted = Who(SubjectKind.CIVIL_SERVANT, NOT_LEADING, LEADING, transferred=True)

    found = applied(promoted, BEFORE, BEFORE)

    assert (found.post_rank, found.post_row) == (NOT_LEADING, None)


def test_whoever_merely_rose_in_his_agency_is_judged_by_the_post_at_the_fact() -> None:
    assert applied(Who(SubjectKind.CIVIL_SERVANT, NOT_LEADING, LEADING), AFTER, AFTER).post_rank is NOT_LEADING


def test_rows_of_leavers_concern_nobody_else() -> None:
    """The row of Decree 251/2025 came into force between fact and step, and leaves a serving official's law alone."""
    fact, step = date(2025, 8, 1), date(2025, 10, 1)
    retired = Who(SubjectKind.CIVIL_SERVANT, NOT_LEADING, None, left=True)

    assert len(applied(OFFICIAL, fact, step).substance) == 1
    assert len(applied(retired, fact, step).substance) == 2


def test_a_collective_has_no_post_and_no_form_on_either_side() -> None:
    found = applied(Who(SubjectKind.COLLECTIVE, None, None), BEFORE, AFTER)

    assert (found.post_rank, sides(found)) == (None, [(RegimeSide.FACT, BEFORE, ())])


# -- the legal opinion ------------------------------------------------------------------------------------------------


def opinion(found: LawApplied, by: RegimeSide) -> LegalOpinion:
    (regime,) = (regime for regime in found.substance if regime.by is by)
    return LegalOpinion(by=by, rows=rule_ids(regime), opinion=document("opinion"), given_by=named("chair"))


def test_where_one_regime_holds_no_opinion_is_needed() -> None:
    found = applied(OFFICIAL, AFTER, AFTER)

    assert regime_that_holds(found, None) == found.substance[0]


@pytest.mark.parametrize("by", RegimeSide)
def test_where_both_are_open_the_opinion_decides(by: RegimeSide) -> None:
    found = applied(OFFICIAL, BEFORE, AFTER)

    assert regime_that_holds(found, opinion(found, by)).by is by


def test_without_an_opinion_neither_holds_and_the_refusal_names_the_rows_of_both() -> None:
    with pytest.raises(LegalOpinionMissing) as refused:
        regime_that_holds(applied(OFFICIAL, BEFORE, AFTER), None)

    assert "decree-112-2020-forms-not-leading" in refused.value.fact_rules
    assert "decree-172-2025-forms-civil-servant-not-leading" in refused.value.step_rules


def test_an_opinion_on_rows_that_have_changed_since_no_longer_holds() -> None:
    found = applied(OFFICIAL, BEFORE, AFTER)
    stale = opinion(found, RegimeSide.STEP).model_copy(update={"rows": ("another-row",)})

    with pytest.raises(LegalOpinionMissing):
        regime_that_holds(found, stale)
