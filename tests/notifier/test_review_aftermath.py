"""What a review waits for when something comes between, and once it is decided. Day 0 is a Monday."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

import pytest

from notifier.calendar import end_of
from notifier.rules.case import CaseEvent, deadlines, evolve
from notifier.rules.review_case import ReviewCase
from schemas.discipline import review_complaints as k
from schemas.discipline import review_decision as d
from schemas.discipline import review_incidents as i
from schemas.discipline.law import ClocksAnew, LawApplied, Regime, RegimeSide, RowUsed
from schemas.notifier.alerts import StallRule as R
from schemas.values import Recipient, SubjectKind
from tests.notifier import examples as ex
from tests.notifier.examples import DEFAULTS, day, evening, morning
from tests.notifier.test_review_steps import BEGUN, BY, DOCUMENT, ID, MET, RECOMMENDED, REFERRED

TERMS = DEFAULTS.review
ROW = RowUsed(rule_id="a-row", instrument="A law", article=None)
REGIME = Regime(by=RegimeSide.FACT, day=date(2025, 3, 3), rows=(ROW,), forms=("warning",))
DECIDED = d.ReviewDecided(
    review_id=ID,
    form="warning",
    conclusions=(d.Conclusion(finding_id=ID, form="warning"),),
    applied=LawApplied(
        subject_kind=SubjectKind.CIVIL_SERVANT,
        post_rank=None,
        fact_date=date(2025, 3, 3),
        step_date=date(2025, 3, 4),
        substance=(REGIME,),
        procedure=(ROW,),
        transition=None,
        post_row=None,
    ),
    regime=date(2025, 3, 3),
    rows=(ROW,),
    limitation=(),
    processing=None,
    repeats=None,
    by_electing_body=False,
    deviates=False,
    decision=DOCUMENT,
    number=None,
    decided_by=BY,
)
SERVED = d.DecisionServed(
    review_id=ID,
    received_at=day(1),
    proof=DOCUMENT,
    in_force_from=date(2025, 3, 4),
    complaint=ex.clock(evening(20)),
    expiry=ex.clock(evening(300)),
    effects=(),
    recorded_by=BY,
)
REVOKED = d.DecisionRevoked(
    review_id=ID,
    ground=d.RevocationGround.COMPLAINT,
    form="warning",
    in_force_from=None,
    fresh=False,
    document=DOCUMENT,
    revoked_by=BY,
)
FILED = k.ComplaintFiled(
    review_id=ID,
    instance=k.Instance.FIRST,
    filed_by=BY,
    received_at=day(1),
    window=None,
    answer=ex.clock(evening(31)),
    suspends=None,
    document=DOCUMENT,
)
ANSWERED = k.ComplaintAnswered(
    review_id=ID,
    instance=k.Instance.FIRST,
    answered_on=date(2025, 3, 4),
    outcome=k.ComplaintOutcome.UPHELD,
    form=None,
    rows=(),
    document=DOCUMENT,
    answered_by=BY,
    outside=False,
)
ANSWER_SERVED = k.ComplaintAnswerServed(
    review_id=ID,
    instance=k.Instance.FIRST,
    received_at=day(1),
    proof=DOCUMENT,
    next=ex.clock(evening(40)),
    recorded_by=BY,
)
EXPIRED = d.SanctionExpired(review_id=ID, expiry=ex.clock(evening(300)), recorded_by=BY)
DEFERRED = i.ReviewDeferred(review_id=ID, ground="1", row=ROW, reasons=DOCUMENT, evidence=(), decided_by=BY)
RESUMED = i.ReviewResumed(review_id=ID, reasons=DOCUMENT, decided_by=BY)
AWAY = i.ReferredToInvestigators(
    review_id=ID, since=date(2025, 3, 4), document=DOCUMENT, limitation=(), processing=None, decided_by=BY
)
PARTY_FORM_CHANGED = i.PartyDisciplineReferred(
    review_id=ID,
    decided_on=date(2025, 3, 4),
    document=DOCUMENT,
    changed=True,
    term=None,
    reopens=ROW,
    recorded_on=date(2025, 3, 4),
    recorded_by=BY,
)
PARTY_FORM = PARTY_FORM_CHANGED.model_copy(update={"changed": False, "reopens": None, "term": ex.clock(evening(30))})
BEFORE = (MET, REFERRED, RECOMMENDED)


def due(*events: CaseEvent) -> Mapping[R, tuple[datetime, Recipient]]:
    """What is waited for after events of a Tuesday."""
    found = deadlines(ex.case(*BEGUN, *((event, day(1)) for event in events)), ex.CALENDAR)
    return {rule: (one.due_at, one.wait.owner) for rule, one in found.items()}


def at(working_days: int) -> datetime:
    return ex.CALENDAR.working_days_after(day(1), working_days)


DECIDE = {R.REVIEW_NO_DECISION: (at(TERMS.decision), Recipient.COMPETENT_AUTHORITY)}
WINDOW = {R.COMPLAINT_WINDOW_CLOSING: (morning(21 - TERMS.window_call), Recipient.SECRETARY)}
NEXT_WINDOW = {R.COMPLAINT_WINDOW_CLOSING: (morning(41 - TERMS.window_call), Recipient.SECRETARY)}
EXPIRY = {R.SANCTION_EXPIRY_UNRECORDED: (evening(300), Recipient.SECRETARY)}


@pytest.mark.parametrize(
    ("events", "waited_for"),
    [
        ((*BEFORE, DECIDED), {R.DECISION_NOT_SERVED: (at(TERMS.service), Recipient.SECRETARY)}),
        ((*BEFORE, DECIDED, SERVED), WINDOW | EXPIRY),
        (
            (*BEFORE, DECIDED, SERVED, FILED),
            {R.COMPLAINT_UNANSWERED: (evening(31), Recipient.COMPETENT_AUTHORITY)} | EXPIRY,
        ),
        (
            (*BEFORE, DECIDED, SERVED, FILED.model_copy(update={"instance": k.Instance.SECOND})),
            {R.COMPLAINT_UNANSWERED: (evening(31), Recipient.SUPERIOR)} | EXPIRY,
        ),
        (
            (*BEFORE, DECIDED, SERVED, FILED, ANSWERED),
            {R.DECISION_NOT_SERVED: (at(TERMS.service), Recipient.SECRETARY)} | EXPIRY,
        ),
        ((*BEFORE, DECIDED, SERVED, ANSWER_SERVED, EXPIRED), NEXT_WINDOW),
        # A sanction that has ended by itself leaves the complaint to be answered, and one may come after it.
        (
            (*BEFORE, DECIDED, SERVED, FILED, EXPIRED),
            {R.COMPLAINT_UNANSWERED: (evening(31), Recipient.COMPETENT_AUTHORITY)},
        ),
        (
            (*BEFORE, DECIDED, SERVED, EXPIRED, FILED),
            {R.COMPLAINT_UNANSWERED: (evening(31), Recipient.COMPETENT_AUTHORITY)},
        ),
        ((*BEFORE, DECIDED, SERVED, REVOKED), {}),
        ((*BEFORE, DECIDED, SERVED, REVOKED.model_copy(update={"fresh": True})), DECIDE),
        # A complaint against what no longer stands waits for nobody's answer.
        ((*BEFORE, DECIDED, SERVED, FILED, REVOKED), {}),
        ((*BEFORE, DECIDED, SERVED, FILED, REVOKED.model_copy(update={"fresh": True})), DECIDE),
        ((*BEFORE, DECIDED, SERVED, FILED, PARTY_FORM_CHANGED), DECIDE),
        # The Party's form starts a term for the decision, and none where one stands.
        ((*BEFORE, PARTY_FORM), {R.REVIEW_NO_DECISION: (evening(30), Recipient.COMPETENT_AUTHORITY)}),
        ((*BEFORE, DECIDED, PARTY_FORM), {R.DECISION_NOT_SERVED: (at(TERMS.service), Recipient.SECRETARY)}),
        (
            (*BEFORE, DECIDED, SERVED, FILED, PARTY_FORM),
            {R.COMPLAINT_UNANSWERED: (evening(31), Recipient.COMPETENT_AUTHORITY)} | EXPIRY,
        ),
        (
            (*BEFORE, DECIDED, SERVED, PARTY_FORM_CHANGED, PARTY_FORM),
            {R.REVIEW_NO_DECISION: (evening(30), Recipient.COMPETENT_AUTHORITY)},
        ),
        (
            (*BEFORE, DECIDED, SERVED, REVOKED.model_copy(update={"fresh": True}), PARTY_FORM),
            {R.REVIEW_NO_DECISION: (evening(30), Recipient.COMPETENT_AUTHORITY)},
        ),
        ((*BEFORE, DEFERRED), {}),
        ((*BEFORE, AWAY), {}),
        ((*BEFORE, DEFERRED, RESUMED), DECIDE),
    ],
)
def test_what_comes_after_is_waited_for_and_nothing_else(
    events: tuple[CaseEvent, ...], waited_for: Mapping[R, tuple[datetime, Recipient]]
) -> None:
    assert due(*events) == waited_for


@pytest.mark.parametrize("before", [(DECIDED,), (DECIDED, SERVED), (DECIDED, SERVED, FILED)])
def test_a_decision_stands_also_in_a_case_that_was_kept_before_cases_said_so(before: tuple[CaseEvent, ...]) -> None:
    kept = kept_earlier(*before)

    after = evolve(kept, PARTY_FORM, ex.mark(99, day(1)), DEFAULTS)

    assert deadlines(after, ex.CALENDAR) == deadlines(kept, ex.CALENDAR)


def test_a_complaint_is_watched_also_in_a_case_that_had_ended_with_its_sanction() -> None:
    kept = replace(kept_earlier(DECIDED, SERVED), over=True)

    after = evolve(kept, FILED, ex.mark(99, day(1)), DEFAULTS)

    assert set(deadlines(after, ex.CALENDAR)) == {R.COMPLAINT_UNANSWERED}


def kept_earlier(*events: CaseEvent) -> ReviewCase:
    """A case as a release kept it that did not know whether a decision stands."""
    kept = ex.case(*BEGUN, *((event, day(1)) for event in (*BEFORE, *events)))
    assert isinstance(kept, ReviewCase)
    return replace(kept, decided=False)


def test_the_next_window_closes_in_its_turn() -> None:
    after = due(*BEFORE, DECIDED, SERVED, FILED, ANSWERED, ANSWER_SERVED)

    assert after[R.COMPLAINT_WINDOW_CLOSING][0] < evening(40)
    assert R.DECISION_NOT_SERVED not in after


def test_without_a_row_a_complaint_waits_as_long_as_the_suite_says() -> None:
    after = due(*BEFORE, DECIDED, SERVED, FILED.model_copy(update={"answer": None}))

    assert after[R.COMPLAINT_UNANSWERED][0] == at(TERMS.complaint)


def test_where_a_row_says_until_when_a_decision_is_served_that_moment_counts() -> None:
    after = due(*BEFORE, DECIDED.model_copy(update={"service": ex.clock(evening(5))}))

    assert after[R.DECISION_NOT_SERVED] == (evening(5), Recipient.SECRETARY)


def test_a_clock_that_stands_still_calls_nobody() -> None:
    standing = ex.clock(evening(60)).model_copy(update={"suspended_since": date(2025, 3, 4)})

    away = AWAY.model_copy(update={"processing": standing})
    deferred = DEFERRED.model_copy(update={"clocks": ClocksAnew(limitation=(), processing=standing)})

    assert due(*BEFORE, away) == {}
    assert due(*BEFORE, deferred) == {}


def test_the_clocks_of_a_review_that_goes_on_are_called_again() -> None:
    clocks = ClocksAnew(limitation=(), processing=ex.clock(evening(200)))

    after = due(*BEFORE, DEFERRED, RESUMED.model_copy(update={"clocks": clocks}))

    assert after[R.PROCESSING_PASSED][0] == evening(200)


@pytest.mark.parametrize("anew", ["revoked", "party-form-changed"])
def test_the_clocks_of_what_is_decided_anew_are_called_again(anew: str) -> None:
    clocks = ClocksAnew(limitation=(ex.clock(evening(400)),), processing=ex.clock(evening(200)))
    ceases: CaseEvent = REVOKED.model_copy(update={"fresh": True, "clocks": clocks})
    if anew == "party-form-changed":
        ceases = PARTY_FORM_CHANGED.model_copy(update={"reopens": ROW, "clocks": clocks})

    after = due(*BEFORE, DECIDED, SERVED, ceases)

    assert after[R.PROCESSING_PASSED][0] == evening(200)
    assert {R.PROCESSING_NEARING, R.LIMITATION_NEARING} <= set(after)


def test_an_answer_that_is_served_late_ends_no_wait_of_the_review_that_was_proposed_anew() -> None:
    anew = (ex.proposed(), ex.review_opened(processing=None, limitation=()))

    after = due(*BEFORE, DECIDED, SERVED, FILED, REVOKED, *anew, ANSWER_SERVED)

    assert R.REVIEW_NOT_NOTIFIED in after


ENDLESS = SERVED.model_copy(update={"expiry": None})


def test_a_sanction_that_no_row_ends_is_looked_at_some_day() -> None:
    assert TERMS.end_unknown is not None

    after = due(*BEFORE, DECIDED, ENDLESS)

    assert after[R.SANCTION_END_UNKNOWN] == (at(TERMS.end_unknown), Recipient.SECRETARY)


def test_until_its_end_is_recorded_or_known_or_it_is_gone() -> None:
    changed = ANSWERED.model_copy(
        update={"outcome": k.ComplaintOutcome.CHANGED, "form": "reprimand", "expiry": ex.clock(evening(200))}
    )

    for ends in ((EXPIRED,), (FILED, changed), (REVOKED,), (PARTY_FORM_CHANGED,)):
        assert R.SANCTION_END_UNKNOWN not in due(*BEFORE, DECIDED, ENDLESS, *ends)


def test_without_a_sanction_nothing_runs_that_could_end() -> None:
    without = DECIDED.model_copy(update={"form": None})

    assert R.SANCTION_END_UNKNOWN not in due(*BEFORE, without, ENDLESS)


def test_the_expiry_of_a_changed_sanction_is_watched() -> None:
    changed = ANSWERED.model_copy(
        update={"outcome": k.ComplaintOutcome.CHANGED, "form": "reprimand", "expiry": ex.clock(evening(200))}
    )

    after = due(*BEFORE, DECIDED, SERVED, FILED, changed)

    assert after[R.SANCTION_EXPIRY_UNRECORDED][0] == evening(200)


def test_a_clock_that_ends_beyond_the_calendar_is_called_before_the_calendar_ends() -> None:
    far = ex.clock(evening(90_000))
    longer = i.ProcessingExtended(review_id=ID, processing=far, reasons=DOCUMENT, decided_by=BY)

    after = due(*BEFORE, longer)

    assert after[R.PROCESSING_PASSED][0] == far.ends_at
    assert after[R.PROCESSING_NEARING][0] == ex.CALENDAR.before(end_of(ex.CALENDAR.last), TERMS.processing_call)


def test_an_extension_moves_the_clock() -> None:
    longer = i.ProcessingExtended(review_id=ID, processing=ex.clock(evening(120)), reasons=DOCUMENT, decided_by=BY)

    assert due(*BEFORE, longer)[R.PROCESSING_PASSED][0] == evening(120)


@pytest.mark.parametrize(
    "end",
    [
        i.ReviewExempted(review_id=ID, ground="1", row=ROW, reasons=DOCUMENT, evidence=(DOCUMENT,), decided_by=BY),
        i.ReviewClosed(review_id=ID, ground=i.ClosingGround.DEATH, document=DOCUMENT, decided_by=BY),
    ],
)
def test_what_is_over_waits_for_nothing(end: CaseEvent) -> None:
    assert due(*BEFORE, end) == {}


def test_skipping_the_meeting_leaves_the_direction_to_the_authority() -> None:
    skipped = i.ReviewStepSkipped(
        review_id=ID, step=i.SkippedStep.MEETING, row=ROW, condition="a-case", reasons=DOCUMENT, decided_by=BY
    )

    assert due(skipped) == {R.REVIEW_NO_DIRECTION: (at(TERMS.direction), Recipient.COMPETENT_AUTHORITY)}
    board = skipped.model_copy(update={"step": i.SkippedStep.BOARD})
    assert due(skipped, board) == DECIDE


def test_the_end_of_a_sanction_that_a_complaint_suspends_is_watched_after_the_answer() -> None:
    suspending = FILED.model_copy(update={"suspends": ROW})
    rejected = k.ComplaintRejected(
        review_id=ID,
        instance=k.Instance.FIRST,
        rejected_on=date(2025, 3, 4),
        expiry=ex.clock(evening(320)),
        rejected_by=BY,
        reasons=DOCUMENT,
    )
    upheld = ANSWERED.model_copy(update={"expiry": ex.clock(evening(320))})

    assert R.SANCTION_EXPIRY_UNRECORDED not in due(*BEFORE, DECIDED, SERVED, suspending)
    for answer in (rejected, upheld):
        after = due(*BEFORE, DECIDED, SERVED, suspending, answer)
        assert after[R.SANCTION_EXPIRY_UNRECORDED][0] == evening(320)
