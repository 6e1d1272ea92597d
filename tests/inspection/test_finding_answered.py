"""A submitted finding is contested by the agency, confirmed or dismissed by a person, or marked as a duplicate."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from inspection.findings import refusals
from inspection.findings.commands import Command, DismissFinding, MarkDuplicate
from inspection.findings.state import State
from schemas.inspection.findings import FindingDismissed, FindingMarkedDuplicate, FindingSource
from schemas.refusal import Coded, Refusal
from tests.inspection.directive_packs import SHIRKING
from tests.inspection.province import COMMUNE, DEPARTMENT, INSPECTORATE
from tests.inspection.sample_findings import (
    ANSWER,
    CONTEST_UNTIL,
    FACT,
    FINDINGS,
    HEAD_POST,
    ID,
    INSPECTOR,
    LEADER,
    NOW,
    OFFICIAL,
    OTHER,
    REASON,
    TODAY,
    confirm,
    confirmed,
    contest,
    contested,
    drafted,
    standing,
    submitted,
    withdrawn,
)
from tests.specification import given

dismiss = DismissFinding(standing(), REASON)
dismissed = FindingDismissed(finding_id=ID, dismissed_by=LEADER, agency_id=COMMUNE, reason=REASON)


def mark(original: State, *, by: Any = None) -> MarkDuplicate:
    return MarkDuplicate(by or standing(), OTHER, original, "same-violation")


original = given(FINDINGS, submitted(OTHER, at=NOW - timedelta(days=1))).state
duplicate = FindingMarkedDuplicate(finding_id=ID, original_id=OTHER, agency_id=COMMUNE, reason="same-violation")


def test_the_head_of_the_agency_contests_with_reasons() -> None:
    given(FINDINGS, submitted()).when(contest).then(contested)


def test_nobody_else_contests_for_the_agency() -> None:
    command = replace(contest, by_posts=("deputy",))
    given(FINDINGS, submitted()).when(command).refused(refusals.NotTheHead(HEAD_POST))


def test_an_agency_contests_once() -> None:
    given(FINDINGS, submitted(), contested).when(contest).refused(refusals.FindingAlreadyContested())


def test_objections_received_at_the_last_moment_count_and_a_moment_later_do_not() -> None:
    given(FINDINGS, submitted()).when(replace(contest, at=CONTEST_UNTIL)).then(contested)
    late = replace(contest, at=CONTEST_UNTIL + timedelta(microseconds=1))
    given(FINDINGS, submitted()).when(late).refused(refusals.ContestWindowClosed(CONTEST_UNTIL))


def test_after_the_window_a_person_confirms_what_nobody_contested() -> None:
    given(FINDINGS, submitted()).when(confirm).then(confirmed())


def test_nobody_confirms_while_the_agency_may_still_object() -> None:
    command = replace(confirm, at=CONTEST_UNTIL)
    given(FINDINGS, submitted()).when(command).refused(refusals.ContestWindowOpen(CONTEST_UNTIL))


def test_a_contested_finding_is_confirmed_with_an_answer_without_waiting() -> None:
    command = replace(confirm, at=NOW + timedelta(days=2), answer=ANSWER)
    given(FINDINGS, submitted(), contested).when(command).then(confirmed(ANSWER))


def test_objections_are_answered() -> None:
    given(FINDINGS, submitted(), contested).when(confirm).refused(refusals.AnswerMissing())


def test_without_objections_there_is_nothing_to_answer() -> None:
    given(FINDINGS, submitted()).when(replace(confirm, answer=ANSWER)).refused(refusals.NothingToAnswer())


@pytest.mark.parametrize(
    "command", [replace(confirm, by=standing(INSPECTOR)), replace(dismiss, by=standing(INSPECTOR))]
)
def test_who_submitted_it_does_not_judge_it(command: Command) -> None:
    given(FINDINGS, submitted()).when(command).refused(refusals.ConfirmedByItsAuthor())


@pytest.mark.parametrize("by", [standing(OFFICIAL.person_id), standing(works_in=COMMUNE)])
def test_nobody_judges_a_finding_about_himself_or_his_agency(by: Any) -> None:
    for command in (replace(confirm, by=by), replace(dismiss, by=by), mark(original, by=by)):
        given(FINDINGS, submitted()).when(command).refused(refusals.JudgeIsConcerned())


def test_nor_does_who_belonged_to_the_agency_on_the_day_of_the_fact() -> None:
    """He came to the inspectorate when it ended."""
    after = FACT + timedelta(days=1)
    there, came_later = (
        replace(standing(), worked_in=((first, frozenset({COMMUNE})), (TODAY, frozenset({INSPECTORATE}))))
        for first in (FACT, after)
    )

    given(FINDINGS, submitted()).when(replace(confirm, by=there)).refused(refusals.JudgeIsConcerned())
    assert given(FINDINGS, submitted()).when(replace(confirm, by=came_later)).decided()


def test_an_internal_check_is_not_judged_by_who_headed_the_agency_on_the_day_of_the_fact() -> None:
    internal = submitted(source=FindingSource.INTERNAL_CHECK)
    once = (FACT, frozenset({COMMUNE})), (TODAY, frozenset[str]())
    worked, headed = replace(standing(), worked_in=once), replace(standing(), worked_in=once, headed=once)

    assert given(FINDINGS, internal).when(replace(confirm, by=worked)).decided()
    given(FINDINGS, internal).when(replace(confirm, by=headed)).refused(refusals.JudgeIsConcerned())


def test_an_internal_check_is_judged_at_home_but_not_by_the_head() -> None:
    internal = submitted(source=FindingSource.INTERNAL_CHECK)
    own = replace(confirm, by=standing(works_in=COMMUNE))
    assert given(FINDINGS, internal).when(own).decided()
    by_head = replace(confirm, by=standing(works_in=COMMUNE, heads=True))
    given(FINDINGS, internal).when(by_head).refused(refusals.JudgeIsConcerned())


@pytest.mark.parametrize("history", [(submitted(),), (submitted(), contested), (submitted(), confirmed())])
def test_a_finding_is_dismissed_even_after_it_was_confirmed(history: tuple[Any, ...]) -> None:
    """Then its counts are undone, a proposed review lapses and an open one has to be answered for."""
    given(FINDINGS, *history).when(dismiss).then(dismissed)


@pytest.mark.parametrize("history", [(submitted(),), (submitted(), contested), (submitted(), confirmed())])
def test_a_duplicate_counts_under_the_finding_that_was_detected_first(history: tuple[Any, ...]) -> None:
    given(FINDINGS, *history).when(mark(original)).then(duplicate)


def test_its_own_inspector_may_say_that_a_finding_is_a_duplicate() -> None:
    given(FINDINGS, submitted()).when(mark(original, by=standing(INSPECTOR))).then(duplicate)


def test_two_findings_never_cancel_each_other() -> None:
    younger = given(FINDINGS, submitted(OTHER, at=NOW + timedelta(days=1))).state
    given(FINDINGS, submitted()).when(mark(younger)).refused(refusals.OriginalIsYounger(OTHER))


def test_of_two_detected_at_the_same_moment_one_is_the_original() -> None:
    same_moment = given(FINDINGS, submitted(OTHER)).state
    given(FINDINGS, submitted()).when(mark(same_moment)).then(duplicate)
    of_this = MarkDuplicate(standing(), ID, given(FINDINGS, submitted()).state, "same-violation")
    given(FINDINGS, submitted(OTHER)).when(of_this).refused(refusals.OriginalIsYounger(ID))


def test_a_finding_is_no_duplicate_of_itself() -> None:
    own = given(FINDINGS, submitted()).state
    command = MarkDuplicate(standing(), ID, own, "same-violation")
    given(FINDINGS, submitted()).when(command).refused(refusals.OriginalIsItself())


@pytest.mark.parametrize("changed", [{"agency_id": DEPARTMENT}, {"violation_type": SHIRKING}])
def test_a_duplicate_is_of_the_same_agency_and_violation(changed: dict[str, str]) -> None:
    other = given(FINDINGS, submitted(OTHER, at=NOW - timedelta(days=1), **changed)).state
    given(FINDINGS, submitted()).when(mark(other)).refused(refusals.OriginalDiffers(OTHER))


@pytest.mark.parametrize("history", [(), (drafted(),), (submitted(OTHER), withdrawn)])
def test_a_violation_never_counts_under_a_finding_that_does_not_stand(history: tuple[Any, ...]) -> None:
    gone = given(FINDINGS, *history).state
    given(FINDINGS, submitted()).when(mark(gone)).refused(refusals.OriginalDoesNotStand(OTHER))


@pytest.mark.parametrize("command", [contest, confirm])
def test_a_finding_is_decided_once(command: Command) -> None:
    given(FINDINGS, submitted(), confirmed()).when(command).refused(refusals.FindingAlreadyConfirmed())


@pytest.mark.parametrize("command", [contest, confirm, dismiss, mark(original)])
@pytest.mark.parametrize(
    ("history", "refusal"),
    [
        ((), refusals.FindingUnknown()),
        ((drafted(),), refusals.FindingNotSubmitted()),
        ((submitted(), withdrawn), refusals.FindingFellAway(Coded("finding-status", "withdrawn"))),
        ((submitted(), dismissed), refusals.FindingFellAway(Coded("finding-status", "dismissed"))),
        ((submitted(), duplicate), refusals.FindingFellAway(Coded("finding-status", "duplicate"))),
    ],
)
def test_only_what_stands_is_answered(command: Command, history: tuple[Any, ...], refusal: Refusal) -> None:
    given(FINDINGS, *history).when(command).refused(refusal)
