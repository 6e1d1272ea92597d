"""A finding is drafted, submitted, amended and withdrawn by its inspector."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from inspection.findings import refusals
from inspection.findings.commands import (
    AmendFinding,
    Command,
    DraftByPolicy,
    DraftFinding,
    ReviseDraft,
    WithdrawFinding,
)
from inspection.findings.state import FindingStatus
from schemas.inspection.findings import (
    FindingAmended,
    FindingDismissed,
    FindingDraftRevised,
    FindingMarkedDuplicate,
    FindingSource,
    FindingSubmitted,
)
from schemas.refusal import Coded
from tests.inspection.directive_packs import SHIRKING
from tests.inspection.province import COMMUNE, DEPARTMENT
from tests.inspection.sample_findings import (
    ANOTHER,
    AUTHOR,
    DUE_AT,
    FACT,
    FINDINGS,
    ID,
    INSPECTOR,
    LEADER,
    LEADING,
    NARRATIVE,
    NOW,
    OFFICIAL,
    OTHER,
    REASON,
    TODAY,
    confirmed,
    content,
    contested,
    document,
    drafted,
    submit,
    submitted,
    withdrawn,
)
from tests.specification import given

dismissed = FindingDismissed(finding_id=ID, dismissed_by=LEADER, agency_id=COMMUNE, reason=REASON)
duplicate = FindingMarkedDuplicate(finding_id=ID, original_id=OTHER, agency_id=COMMUNE, reason="same-violation")
withdraw = WithdrawFinding(REASON, AUTHOR)


def amend(**changed: Any) -> AmendFinding:
    values: dict[str, Any] = {
        "fact_date": FACT,
        "officials": (),
        "narrative": document(7),
        "evidence": (document(8),),
        "reason": REASON,
        "by": AUTHOR,
        "today": TODAY,
        "pack_version": 1,
        "historic": False,
    }
    return AmendFinding(**(values | changed))


def amended(**changed: Any) -> FindingAmended:
    said = content(officials=(), narrative=document(7), evidence=(document(8),), **changed)
    return FindingAmended(finding_id=ID, content=said, reason=REASON, due_at=DUE_AT)


def test_an_inspector_drafts_a_finding() -> None:
    given(FINDINGS).when(DraftFinding(ID, content(), INSPECTOR)).then(drafted())


def test_an_id_is_written_under_once() -> None:
    given(FINDINGS, submitted()).when(DraftFinding(ID, content(), INSPECTOR)).refused(refusals.FindingAlreadyWritten())


def test_everything_in_a_draft_may_change() -> None:
    said = content(agency_id=DEPARTMENT, violation_type=SHIRKING)
    revised = FindingDraftRevised(finding_id=ID, content=said)
    given(FINDINGS, drafted()).when(ReviseDraft(said, AUTHOR)).then(revised)


def test_a_draft_that_says_the_same_is_not_recorded_again() -> None:
    given(FINDINGS, drafted()).when(ReviseDraft(content(), AUTHOR)).then()


def test_only_its_inspector_or_a_leader_revises_a_draft() -> None:
    said = content(agency_id=DEPARTMENT)
    given(FINDINGS, drafted()).when(ReviseDraft(said, ANOTHER)).refused(refusals.NotTheAuthor())
    assert given(FINDINGS, drafted()).when(ReviseDraft(said, LEADING)).decided()


def test_what_was_submitted_is_no_draft_any_more() -> None:
    given(FINDINGS, submitted()).when(ReviseDraft(content(), AUTHOR)).refused(refusals.FindingAlreadySubmitted())


def test_a_finding_is_submitted_at_once_or_from_a_draft() -> None:
    given(FINDINGS).when(submit()).then(submitted())
    given(FINDINGS, drafted()).when(submit()).then(submitted())


def test_it_is_submitted_once() -> None:
    given(FINDINGS, submitted()).when(submit()).refused(refusals.FindingAlreadySubmitted())


def test_nobody_submits_anothers_draft() -> None:
    given(FINDINGS, drafted(LEADER)).when(submit()).refused(refusals.NotTheAuthor())


def test_a_rules_draft_is_submitted_by_the_inspector_who_takes_it_up() -> None:
    given(FINDINGS, drafted(None)).when(submit()).then(submitted())


def test_a_rule_writes_a_draft_once_and_is_never_refused() -> None:
    command = DraftByPolicy(ID, content(source=FindingSource.POLICY))
    given(FINDINGS).when(command).then(drafted(None, source=FindingSource.POLICY))
    for history in ((drafted(None),), (submitted(),), (drafted(None), withdrawn), (submitted(), withdrawn)):
        given(FINDINGS, *history).when(command).then()


def test_nothing_is_found_before_it_happened() -> None:
    tomorrow = TODAY + timedelta(days=1)
    given(FINDINGS).when(submit(fact_date=tomorrow)).refused(refusals.FactInTheFuture(tomorrow, TODAY))


def test_an_official_is_named_once() -> None:
    command = submit(officials=(OFFICIAL, OFFICIAL))
    given(FINDINGS).when(command).refused(refusals.OfficialNamedTwice(OFFICIAL.post_id))


def test_a_fact_older_than_the_directive_is_loaded_as_history() -> None:
    loaded = given(FINDINGS).when(replace(submit(), historic=True)).decided()
    assert [event.historic for event in loaded if isinstance(event, FindingSubmitted)] == [True]


def replaced_by(**changed: Any) -> Any:
    withdrawn_before = given(FINDINGS, submitted(OTHER), withdrawn).state
    later = NOW + timedelta(days=3)
    command = submit(at=later, replaces=OTHER, replaced=withdrawn_before, **changed)
    return given(FINDINGS).when(command)


def test_a_replacement_is_detected_when_the_first_one_was() -> None:
    """Withdrawing and submitting again does not start processing time anew."""
    (event,) = replaced_by(agency_id=DEPARTMENT).decided()
    assert event.detected_at == NOW


def test_a_replacement_has_the_agency_or_the_violation_in_common() -> None:
    assert replaced_by(violation_type=SHIRKING).decided()
    replaced_by(agency_id=DEPARTMENT, violation_type=SHIRKING).refused(refusals.ReplacedUnrelated(OTHER))


@pytest.mark.parametrize("history", [(), (drafted(), withdrawn), (submitted(OTHER),), (submitted(OTHER), confirmed())])
def test_only_a_withdrawn_finding_is_replaced(history: tuple[Any, ...]) -> None:
    command = submit(replaces=OTHER, replaced=given(FINDINGS, *history).state)
    given(FINDINGS).when(command).refused(refusals.ReplacedNotWithdrawn(OTHER))


def test_an_amendment_says_anew_what_was_seen_and_who_is_concerned() -> None:
    given(FINDINGS, submitted()).when(amend()).then(amended())


def test_a_contested_finding_may_still_be_amended() -> None:
    state = given(FINDINGS, submitted(), contested).when(amend()).then(amended()).state
    assert getattr(state, "status", None) is FindingStatus.CONTESTED


def test_an_amendment_may_lengthen_a_deadline() -> None:
    (event,) = given(FINDINGS, submitted()).when(amend(due_at=DUE_AT + timedelta(days=1))).decided()
    assert isinstance(event, FindingAmended)
    assert event.due_at == DUE_AT + timedelta(days=1)


def test_an_amendment_never_shortens_a_deadline() -> None:
    command = amend(due_at=DUE_AT - timedelta(seconds=1))
    given(FINDINGS, submitted()).when(command).refused(refusals.DeadlineShortened(DUE_AT))


def test_the_day_of_the_fact_is_corrected_under_the_same_pack_only() -> None:
    """Under another version the follow-up would have other terms: withdraw it and submit again."""
    day = date(2025, 1, 10)
    given(FINDINGS, submitted()).when(amend(fact_date=day)).then(amended(fact_date=day))
    other_pack = given(FINDINGS, submitted()).when(amend(fact_date=day, pack_version=2))
    other_pack.refused(refusals.FactUnderAnotherPack(day, 2))
    as_history = given(FINDINGS, submitted()).when(amend(fact_date=day, historic=True))
    as_history.refused(refusals.FactUnderAnotherPack(day, 1))


def test_an_amended_fact_does_not_lie_ahead() -> None:
    tomorrow = TODAY + timedelta(days=1)
    refusal = refusals.FactInTheFuture(tomorrow, TODAY)
    given(FINDINGS, submitted()).when(amend(fact_date=tomorrow)).refused(refusal)


def test_only_its_inspector_or_a_leader_amends_or_withdraws() -> None:
    given(FINDINGS, submitted()).when(amend(by=ANOTHER)).refused(refusals.NotTheAuthor())
    given(FINDINGS, submitted()).when(WithdrawFinding(REASON, ANOTHER)).refused(refusals.NotTheAuthor())
    assert given(FINDINGS, submitted()).when(amend(by=LEADING)).decided()
    given(FINDINGS, submitted()).when(WithdrawFinding(REASON, LEADING)).then(withdrawn)


@pytest.mark.parametrize("history", [(drafted(),), (submitted(),), (submitted(), contested)])
def test_it_is_withdrawn_until_it_is_confirmed(history: tuple[Any, ...]) -> None:
    given(FINDINGS, *history).when(withdraw).then(withdrawn)


@pytest.mark.parametrize("command", [amend(), withdraw])
def test_a_confirmed_finding_is_neither_amended_nor_withdrawn(command: Command) -> None:
    given(FINDINGS, submitted(), confirmed()).when(command).refused(refusals.FindingAlreadyConfirmed())


@pytest.mark.parametrize("command", [amend(), withdraw, ReviseDraft(content(), AUTHOR)])
def test_nothing_happens_to_what_was_never_written(command: Command) -> None:
    given(FINDINGS).when(command).refused(refusals.FindingUnknown())


@pytest.mark.parametrize(
    ("end", "status"), [(withdrawn, "withdrawn"), (dismissed, "dismissed"), (duplicate, "duplicate")]
)
@pytest.mark.parametrize("command", [amend(), withdraw])
def test_what_fell_away_does_not_come_back(command: Command, end: Any, status: str) -> None:
    given(FINDINGS, submitted(), end).when(command).refused(refusals.FindingFellAway(Coded("finding-status", status)))


def test_a_discarded_draft_is_neither_revised_nor_submitted() -> None:
    refusal = refusals.FindingFellAway(Coded("finding-status", "discarded"))
    given(FINDINGS, drafted(), withdrawn).when(ReviseDraft(content(), AUTHOR)).refused(refusal)
    given(FINDINGS, drafted(), withdrawn).when(submit()).refused(refusal)


def test_an_amended_finding_keeps_agency_violation_and_matter() -> None:
    (event,) = given(FINDINGS, submitted()).when(amend()).decided()
    assert isinstance(event, FindingAmended)
    fixed = ("agency_id", "violation_type", "directive_id", "source", "inspection_id", "matter_id", "replaces")
    assert event.content.model_dump(include=set(fixed)) == content().model_dump(include=set(fixed))
    assert event.content.narrative != NARRATIVE
