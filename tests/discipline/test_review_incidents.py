"""What comes between: deferral, investigators, protection, exemption, the Party's decision, skipped steps."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from discipline.days import last_day
from discipline.reviews.commands import LoseBasis, RebaseReview, TerminateReview
from discipline.reviews.decision.refusals import NothingDecided
from discipline.reviews.evolve import evolve
from discipline.reviews.incidents import refusals as r
from discipline.reviews.incidents.commands import (
    CloseReview,
    DeferReview,
    EndWorkSuspension,
    ExemptSubject,
    ExtendProcessing,
    FindCircumstance,
    RecogniseProtection,
    RecordOpinion,
    ReferToInvestigators,
    ReferToPartyDiscipline,
    ResumeReview,
    ReturnFromInvestigators,
    SkipStep,
    SuspendFromWork,
)
from discipline.reviews.owed import OwedStep, owed
from discipline.reviews.procedure.commands import EndAtMeeting, RecordMissed
from discipline.reviews.procedure.refusals import StepNotNow, SubjectNotNotified
from discipline.reviews.refusals import BasisToBeAnswered, NotTheCompetentAuthority, ReviewNotOpen
from discipline.reviews.state import ReviewStatus, State
from schemas.discipline.law import RegimeSide
from schemas.discipline.review_incidents import (
    CircumstanceFound,
    ClosingGround,
    PartyDisciplineReferred,
    ProcessingExtended,
    ProtectionEffect,
    ProtectionRecognised,
    ReferredToInvestigators,
    ReturnedByInvestigators,
    ReviewDeferred,
    ReviewStepSkipped,
    SkippedStep,
    SuspendedFromWork,
    Weight,
)
from schemas.discipline.review_procedure import MeetingOutcome
from schemas.discipline.reviews import ReviewRebased
from schemas.refusal import Coded, Refusal
from tests.discipline import review_cases as c
from tests.discipline import samples as s
from tests.discipline.law_rows import row_of, with_rows
from tests.specification import Given

CIVIL_SERVANT = Coded("subject-kind", "civil_servant")
DOCUMENT, REASONS, EVIDENCE = s.document("document"), s.document("reasons"), (s.document("evidence"),)
AT = c.setting(s.moment("2025-08-06"))


def status(after: Given[State]) -> ReviewStatus:
    assert after.state is not None
    return after.state.status


# -- circumstances --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("weight", Weight)
def test_each_circumstance_is_an_event_with_its_reasons(weight: Weight) -> None:
    c.notified().when(FindCircumstance(c.AUTHORITY, weight, REASONS, EVIDENCE)).then(
        CircumstanceFound(
            review_id=c.REVIEW_ID, weight=weight, reasons=REASONS, evidence=EVIDENCE, found_by=c.AUTHORITY.person_id
        )
    )


def test_nothing_is_found_any_more_once_it_is_decided() -> None:
    c.decided().when(FindCircumstance(c.AUTHORITY, Weight.MITIGATING, REASONS, EVIDENCE)).refused(
        ReviewNotOpen(Coded("review-status", "decided"))
    )


def test_where_one_regime_holds_there_is_no_opinion_to_give() -> None:
    c.notified().when(RecordOpinion(c.AUTHORITY, AT, c.CLERK_RANK, RegimeSide.FACT, DOCUMENT)).refused(
        r.OneRegimeHolds()
    )


# -- deferral -------------------------------------------------------------------------------------------------------

DEFER = DeferReview(c.AUTHORITY, AT, "3", REASONS, EVIDENCE)
RESUME = ResumeReview(c.AUTHORITY, c.setting(s.moment("2025-08-20")), REASONS)


def test_it_is_deferred_on_one_of_the_three_grounds_of_the_row() -> None:
    event = c.notified().when(DEFER).decided()[0]

    assert isinstance(event, ReviewDeferred)
    assert (event.ground, event.row.rule_id) == ("3", "decree-172-2025-deferral-grounds")


def test_a_fourth_ground_there_is_none() -> None:
    c.notified().when(replace(DEFER, ground="4")).refused(
        r.GroundNotInRow("4", "decree-172-2025-deferral-grounds", "1, 2, 3")
    )


def test_where_the_row_names_its_grounds_they_are_named() -> None:
    row = row_of("decree-172-2025-deferral-grounds").model_copy(update={"value": ("pregnant",)})
    named = replace(AT, law=with_rows(row))

    assert c.notified().when(replace(DEFER, setting=named, ground="pregnant")).decided()
    c.notified().when(replace(DEFER, setting=named)).refused(r.GroundNotInRow)


def test_before_the_decree_no_row_defers() -> None:
    before = c.setting(s.moment("2025-06-20"))

    c.notified().when(replace(DEFER, setting=before)).refused(
        r.NoRowForThis(Coded("law-rule", "deferral_grounds"), CIVIL_SERVANT, date(2025, 6, 20), 0, "")
    )


@pytest.mark.parametrize(("active", "days", "ends_on"), [(True, 15, date(2025, 10, 17)), (False, 0, date(2025, 10, 2))])
def test_processing_time_stands_still_while_deferred_where_a_row_says_so(
    active: bool, days: int, ends_on: date
) -> None:
    """Deferred from 6 to 20 August 2025; without the row the time counts, and the calculation says so."""
    row = row_of("decree-172-2025-time-not-counted-deferral").model_copy(update={"active": active})
    law = with_rows(row)
    deferred = c.happens(c.recommended(), replace(DEFER, setting=replace(AT, law=law)))
    resumed = c.happens(deferred, replace(RESUME, setting=replace(RESUME.setting, law=law)))

    assert deferred.state is not None
    assert deferred.state.processing is not None
    assert deferred.state.processing.suspended_since == (date(2025, 8, 6) if active else None)
    assert resumed.state is not None
    assert resumed.state.processing is not None
    assert [one.days for one in resumed.state.processing.suspensions] == [days]
    assert last_day(resumed.state.processing.ends_at) == ends_on


def test_a_deferral_that_was_recorded_without_a_day_leaves_no_time_out() -> None:
    before = c.recommended()
    (event,) = before.when(DEFER).decided()
    assert isinstance(event, ReviewDeferred)
    told = event.model_copy(update={"since": None, "clocks": None})

    assert before.state is not None
    after = evolve(before.state, told)
    assert after.incidents.deferred
    assert (after.interruptions, after.processing) == (before.state.interruptions, before.state.processing)


def test_while_deferred_nothing_is_decided_and_after_it_is() -> None:
    deferred = c.happens(c.recommended(), DEFER)

    deferred.when(c.decide()).refused(r.DeferredNow())
    deferred.when(DEFER).refused(r.AlreadyDeferred())
    assert status(c.happens(deferred, RESUME, c.decide())) == ReviewStatus.DECIDED
    c.recommended().when(RESUME).refused(r.NotDeferred())


def test_while_deferred_or_away_it_does_not_end_at_the_meeting_either() -> None:
    end = EndAtMeeting(c.AUTHORITY, MeetingOutcome.REMINDER, REASONS)

    c.happens(c.met(reminder=2), DEFER).when(end).refused(r.DeferredNow())
    c.happens(c.met(reminder=2), REFER).when(end).refused(r.WithInvestigators(SINCE))
    assert status(c.happens(c.met(reminder=2), DEFER, RESUME, end)) == ReviewStatus.ENDED


def test_while_deferred_staying_away_counts_against_nobody() -> None:
    """What defers the review, an illness say, is the good reason."""
    missed = RecordMissed(c.SECRETARY, c.HEARING_AT + timedelta(hours=1), c.board(), False, DOCUMENT)
    deferred = c.happens(c.before_board(), c.summon(), c.receive(), DEFER)

    deferred.when(missed).refused(r.DeferredNow())
    deferred.when(c.hear(there=False)).refused(r.DeferredNow())
    assert deferred.when(replace(missed, excused=True)).decided()
    assert c.happens(deferred, RESUME).when(missed).decided()


def test_only_persons_are_deferred() -> None:
    c.notified(s.COLLECTIVE).when(DEFER).refused(r.OnlyIndividuals())


# -- investigators --------------------------------------------------------------------------------------------------

SINCE = date(2025, 8, 6)
REFER = ReferToInvestigators(c.AUTHORITY, AT, SINCE, DOCUMENT)
BACK_ON = date(2025, 9, 5)
BACK = ReturnFromInvestigators(c.AUTHORITY, c.setting(s.moment("2025-09-06")), BACK_ON, DOCUMENT)
NOT_COUNTED = with_rows(row_of("decree-112-2020-time-not-counted").model_copy(update={"effective_to": None}))


def test_without_a_row_the_clock_runs_on_and_the_calculation_says_so() -> None:
    event = c.recommended().when(REFER).decided()[0]

    assert isinstance(event, ReferredToInvestigators)
    assert event.processing is not None
    assert event.processing.suspended_since is None
    assert [(one.reason, one.row) for one in event.processing.suspensions] == [("criminal-proceedings", None)]


def test_by_a_row_the_clock_stands_still_and_goes_on_with_the_return() -> None:
    """From 4 July, 90 days end on 2 October; the 31 days from 6 August to 5 September do not count."""
    refer = replace(REFER, setting=replace(AT, law=NOT_COUNTED))
    back = replace(BACK, setting=replace(BACK.setting, law=NOT_COUNTED))

    away = c.happens(c.recommended(), refer)
    held = away.events[-1]
    assert isinstance(held, ReferredToInvestigators)
    assert held.processing is not None
    assert held.processing.suspended_since == SINCE

    returned = away.when(back).decided()[0]
    assert isinstance(returned, ReturnedByInvestigators)
    assert returned.processing is not None
    # 2 October and 31 days are 2 November, a Sunday: the end rolls to Monday.
    assert returned.processing.ends_at == s.moment("2025-11-03", "17:00")
    assert returned.processing.suspensions[0].days == 31


def test_it_was_not_away_before_there_was_anything_to_investigate() -> None:
    """A slip of the pen in the year would let the clocks stand still from the fact on."""
    fact = date(2025, 7, 2)
    before = fact - timedelta(days=1)

    c.recommended().when(replace(REFER, since=before)).refused(r.DayBefore(before, fact))
    assert c.recommended().when(replace(REFER, since=fact)).decided()


def test_while_away_nothing_is_decided() -> None:
    away = c.happens(c.recommended(), REFER)

    away.when(c.decide()).refused(r.WithInvestigators(SINCE))
    away.when(REFER).refused(r.WithInvestigators(SINCE))
    assert status(c.happens(away, BACK, c.decide(at=s.moment("2025-09-08")))) == ReviewStatus.DECIDED


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"returned_on": date(2025, 9, 7)}, r.DayAhead(date(2025, 9, 7))),
        ({"returned_on": date(2025, 8, 5)}, r.DayBefore(date(2025, 8, 5), SINCE)),
    ],
)
def test_it_comes_back_after_it_went_and_not_in_the_future(changed: dict[str, object], refusal: Refusal) -> None:
    c.happens(c.recommended(), REFER).when(replace(BACK, **changed)).refused(refusal)  # type: ignore[arg-type]


def test_what_never_went_does_not_come_back() -> None:
    c.recommended().when(BACK).refused(r.NotWithInvestigators())


# -- extension ------------------------------------------------------------------------------------------------------

EXTEND = ExtendProcessing(c.AUTHORITY, c.setting(s.moment("2025-10-06")), REASONS)


def test_a_term_that_is_over_is_extended_by_the_row_and_then_it_is_decided() -> None:
    extended = c.happens(c.recommended(), EXTEND)

    event = extended.events[-1]
    assert isinstance(event, ProcessingExtended)
    assert event.processing.extension is not None
    assert event.processing.extension.row.rule_id == "decree-172-2025-processing-extended"
    assert event.processing.ends_at == s.moment("2025-12-01", "17:00")
    assert status(c.happens(extended, c.decide(at=s.moment("2025-10-07")))) == ReviewStatus.DECIDED


def test_it_is_extended_once_and_not_when_the_longer_term_is_over() -> None:
    c.happens(c.recommended(), EXTEND).when(EXTEND).refused(r.AlreadyExtended("decree-172-2025-processing"))
    late = replace(EXTEND, setting=c.setting(s.moment("2025-12-02")))
    c.recommended().when(late).refused(r.ExtendedTermPassed("decree-172-2025-processing-extended", date(2025, 12, 1)))


def test_who_goes_on_with_what_remains_keeps_the_days_that_did_not_count_and_the_extension() -> None:
    """Both findings detected on 4 July; 31 days with the investigators do not count, and 90 days became 150."""
    refer = replace(REFER, setting=replace(AT, law=NOT_COUNTED))
    back = replace(BACK, setting=replace(BACK.setting, law=NOT_COUNTED))
    extend = replace(EXTEND, setting=replace(EXTEND.setting, law=NOT_COUNTED))
    second = s.item("second", fact=date(2025, 7, 3), detected=s.moment("2025-07-04"))
    joined = c.happens(c.recommended(), c.propose(second), refer, back, extend)
    before = joined.state
    assert before is not None

    lost = c.happens(joined, LoseBasis(s.FINDING, (s.FINDING,), None, s.moment("2025-10-06"), s.CALENDAR))
    event = lost.when(RebaseReview(c.AUTHORITY, c.setting(s.moment("2025-10-07"), NOT_COUNTED))).decided()[0]

    assert isinstance(event, ReviewRebased)
    assert event.processing is not None
    assert before.processing is not None
    assert event.processing.extension == before.processing.extension
    assert [one.days for one in event.processing.suspensions] == [31]
    assert [[one.days for one in clock.suspensions] for clock in event.limitation] == [
        [one.days for one in clock.suspensions] for clock in before.limitation
    ]


def test_no_row_limits_a_collective_so_there_is_nothing_to_extend() -> None:
    c.notified(s.COLLECTIVE).when(EXTEND).refused(r.NothingToExtend())


# -- suspension from work -------------------------------------------------------------------------------------------

SUSPEND = SuspendFromWork(c.AUTHORITY, AT, date(2025, 8, 7), None, DOCUMENT)


def test_who_was_suspended_works_again_also_where_the_review_was_proposed_anew() -> None:
    lost = LoseBasis(s.FINDING, (s.FINDING,), None, s.moment("2025-08-18"), s.CALENDAR)
    again = c.propose(s.item("another", fact=date(2025, 7, 3), detected=s.moment("2025-08-19")))
    over = c.happens(c.notified(), SUSPEND, lost, TerminateReview(c.AUTHORITY, REASONS))
    anew = c.happens(over, again)

    assert over.state is not None
    assert anew.state is not None
    assert [one.step for one in owed(over.state)] == [OwedStep.WORK_SUSPENSION_END]
    assert [one.step for one in owed(anew.state)] == [OwedStep.OPEN_OR_REFUSE]
    anew.when(SUSPEND).refused(ReviewNotOpen)
    assert anew.when(EndWorkSuspension(c.AUTHORITY, date(2025, 8, 20), REASONS)).decided()


def test_he_is_suspended_from_work_by_the_row_and_works_again() -> None:
    suspended = c.happens(c.notified(), SUSPEND)
    event = suspended.events[-1]
    assert isinstance(event, SuspendedFromWork)
    assert event.row.rule_id == "decree-170-2025-suspension"

    suspended.when(SUSPEND).refused(r.AlreadySuspendedFromWork(date(2025, 8, 7)))
    again = EndWorkSuspension(c.AUTHORITY, date(2025, 8, 20), REASONS)
    suspended.when(replace(again, ended_on=date(2025, 8, 6))).refused(r.DayBefore(date(2025, 8, 6), date(2025, 8, 7)))
    c.happens(suspended, again).when(again).refused(r.NotSuspendedFromWork())


# -- the Party's decision -------------------------------------------------------------------------------------------

PARTY = ReferToPartyDiscipline(c.AUTHORITY, AT, date(2025, 8, 4), False, DOCUMENT)


def test_the_partys_decision_is_a_reference_and_starts_the_rows_term() -> None:
    rows = with_rows(
        row_of("decree-172-2025-days-party-form").model_copy(
            update={"active": True, "value": 30, "day_kind": "calendar", "rolls": True}
        )
    )
    event = c.met().when(replace(PARTY, setting=replace(AT, law=rows))).decided()[0]

    assert isinstance(event, PartyDisciplineReferred)
    assert event.term is not None
    assert (event.term.rule_id, event.term.starts_on) == ("decree-172-2025-days-party-form", date(2025, 8, 4))
    assert event.reopens is None


def test_a_changed_form_opens_a_decided_review_again() -> None:
    changed = replace(PARTY, changed=True, setting=c.setting(s.moment("2025-10-01")))

    reopened = c.happens(c.served(), changed)

    event = reopened.events[-1]
    assert isinstance(event, PartyDisciplineReferred)
    assert event.reopens is not None
    assert event.reopens.rule_id == "party-form-changed"
    assert event.recorded_on == date(2025, 10, 1)
    assert status(reopened) == ReviewStatus.RECOMMENDED


def test_one_that_was_not_changed_opens_nothing() -> None:
    assert status(c.happens(c.served(), replace(PARTY, setting=c.setting(s.moment("2025-10-01"))))) == "served"


# -- protection and exemption ---------------------------------------------------------------------------------------

PROTECT = RecogniseProtection(
    c.AUTHORITY, AT, ProtectionEffect.EXEMPT, s.document("proposal"), s.document("approval"), date(2025, 7, 1), EVIDENCE
)


def test_who_acted_under_an_approved_proposal_in_good_faith_is_exempt() -> None:
    event = c.met().when(PROTECT).decided()[0]

    assert isinstance(event, ProtectionRecognised)
    assert event.row.rule_id == "decree-73-2023-protection"
    assert status(c.happens(c.met(), PROTECT)) == ReviewStatus.EXEMPTED


def test_or_it_weighs_for_him_and_it_goes_on() -> None:
    mitigated = c.happens(c.recommended(), replace(PROTECT, effect=ProtectionEffect.MITIGATED), c.decide("reprimand"))

    assert status(mitigated) == ReviewStatus.DECIDED


@pytest.mark.parametrize("approved_on", [date(2025, 7, 2), date(2025, 7, 3)])
def test_an_approval_that_did_not_come_beforehand_protects_nobody(approved_on: date) -> None:
    c.met().when(replace(PROTECT, approved_on=approved_on)).refused(
        r.ApprovalNotBeforehand(approved_on, date(2025, 7, 2), "decree-73-2023-protection")
    )


def test_good_faith_is_shown() -> None:
    c.met().when(replace(PROTECT, good_faith=())).refused(r.EvidenceOfGoodFaithMissing("decree-73-2023-protection"))


def test_before_the_decree_of_2023_nobody_was_protected() -> None:
    old = c.happens(c.opened(fact=date(2023, 9, 28)), c.notify(), c.convene(), c.meet())

    old.when(replace(PROTECT, approved_on=date(2023, 9, 1))).refused(
        r.NoRowForThis(Coded("law-rule", "protection"), CIVIL_SERVANT, date(2023, 9, 28), 0, "")
    )


def test_an_exemption_is_one_of_the_six_and_ends_it() -> None:
    exempt = ExemptSubject(c.AUTHORITY, AT, "6", REASONS, EVIDENCE)

    assert status(c.happens(c.met(), exempt)) == ReviewStatus.EXEMPTED
    c.met().when(replace(exempt, ground="7")).refused(
        r.GroundNotInRow("7", "decree-172-2025-exemptions", "1, 2, 3, 4, 5, 6")
    )


# -- skipped steps and ends -----------------------------------------------------------------------------------------

COURT_CASE = row_of("decree-172-2025-steps").model_copy(
    update={"row_id": "invented-court-sentence", "condition": "court-sentence", "value": ("decision",)}
)
SKIP = SkipStep(c.AUTHORITY, replace(AT, law=with_rows(COURT_CASE)), SkippedStep.MEETING, "court-sentence", REASONS)


def test_a_row_lets_meeting_and_board_fall_away_and_it_is_decided() -> None:
    skipped = c.happens(c.opened(), SKIP, replace(SKIP, step=SkippedStep.BOARD))

    event = skipped.events[-1]
    assert isinstance(event, ReviewStepSkipped)
    assert event.row.rule_id == "invented-court-sentence"
    assert status(c.happens(skipped, c.decide())) == ReviewStatus.DECIDED


def test_who_had_not_to_be_notified_knows_of_it_once_he_is_served() -> None:
    decided = c.happens(c.opened(), SKIP, replace(SKIP, step=SkippedStep.BOARD), c.decide())
    served = c.happens(decided, c.serve())

    assert [one.state and one.state.subject_knows for one in (decided, served)] == [False, True]
    assert served.when(c.complain()).decided()


def test_where_the_meeting_alone_falls_away_the_board_sits_once_the_subject_knows() -> None:
    skipped = c.happens(c.opened(), SKIP)

    skipped.when(c.REFER).refused(SubjectNotNotified())
    notified = c.happens(skipped, c.notify())
    assert notified.state is not None
    assert [one.step for one in owed(notified.state)] == [OwedStep.DIRECTION]
    assert status(c.happens(notified, c.REFER)) == ReviewStatus.BEFORE_BOARD
    c.notified().when(c.REFER).refused(StepNotNow)


def test_without_such_a_row_no_step_falls_away() -> None:
    c.opened().when(replace(SKIP, setting=AT)).refused(
        r.StepNotSkippable(Coded("law-word", "review-meeting"), "court-sentence")
    )


def test_a_step_that_is_over_is_not_skipped() -> None:
    c.met().when(SKIP).refused(r.StepBehind(Coded("law-word", "review-meeting")))


@pytest.mark.parametrize("ground", ClosingGround)
def test_death_and_not_being_an_official_end_it_without_a_judgement(ground: ClosingGround) -> None:
    closed = c.happens(c.met(), CloseReview(c.AUTHORITY, ground, DOCUMENT))

    assert status(closed) == ReviewStatus.CLOSED
    closed.when(c.decide()).refused(ReviewNotOpen(Coded("review-status", "closed")))


@pytest.mark.parametrize("ground", ClosingGround)
def test_so_they_do_while_the_decision_waits_to_be_served_and_not_once_it_was(ground: ClosingGround) -> None:
    closing = CloseReview(c.AUTHORITY, ground, DOCUMENT)
    closed = c.happens(c.decided(), closing)

    assert status(closed) == ReviewStatus.CLOSED
    assert closed.state is not None
    assert owed(closed.state) == ()
    closed.when(c.serve()).refused(NothingDecided(Coded("review-status", "closed")))
    c.served().when(closing).refused(ReviewNotOpen(Coded("review-status", "served")))


def test_nobody_but_the_authority_finds_or_decides_any_of_it() -> None:
    for command in (
        DEFER,
        REFER,
        EXTEND,
        SUSPEND,
        PARTY,
        PROTECT,
        SKIP,
        FindCircumstance(c.HEAD, Weight.MITIGATING, REASONS, ()),
    ):
        c.met().when(replace(command, by=c.HEAD)).refused(NotTheCompetentAuthority("chair"))


def test_a_referral_lies_not_in_the_future() -> None:
    ahead = SINCE + timedelta(days=1)

    c.recommended().when(replace(REFER, since=ahead)).refused(r.DayAhead(ahead))


def test_while_the_whole_basis_is_lost_nothing_new_rests_on_it_but_the_file_still_moves() -> None:
    lost = c.happens(c.recommended(), LoseBasis(s.FINDING, (s.FINDING,), None, s.moment("2025-08-18"), s.CALENDAR))

    lost.when(PROTECT).refused(BasisToBeAnswered(date(2025, 9, 1)))
    lost.when(RecordOpinion(c.AUTHORITY, AT, c.CLERK_RANK, RegimeSide.FACT, DOCUMENT)).refused(BasisToBeAnswered)
    exempt = c.happens(lost, ExemptSubject(c.AUTHORITY, AT, "1", REASONS, EVIDENCE))
    assert exempt.state is not None
    assert exempt.state.answer_until is None
    moved = lost.when(REFER).decided()[0]
    assert isinstance(moved, ReferredToInvestigators)
    assert moved.processing is not None
    assert moved.processing.starts_on == date(2025, 7, 4)
