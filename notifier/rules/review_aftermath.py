"""What a review waits for when something comes between, and once it is decided."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from notifier.defaults import ReviewDefaults
from notifier.rules.review_case import Pending, ReviewCase, ends
from notifier.rules.wait import Mark
from schemas.discipline.law import ClockCalculation
from schemas.discipline.review_complaints import (
    AnyComplaintEvent,
    ComplaintAccepted,
    ComplaintAnswered,
    ComplaintAnswerServed,
    ComplaintFiled,
    ComplaintOutcome,
    ComplaintRejected,
    Instance,
)
from schemas.discipline.review_decision import (
    AnyDecisionEvent,
    DecisionCorrected,
    DecisionPublished,
    DecisionRevoked,
    DecisionServed,
    ReassignmentDecided,
    ReviewDecided,
    SanctionExpired,
)
from schemas.discipline.review_incidents import (
    AnyIncidentEvent,
    CircumstanceFound,
    LegalOpinionRecorded,
    PartyDisciplineReferred,
    ProcessingExtended,
    ProtectionEffect,
    ProtectionRecognised,
    ReferredToInvestigators,
    ReturnedByInvestigators,
    ReviewClosed,
    ReviewDeferred,
    ReviewExempted,
    ReviewResumed,
    ReviewStepSkipped,
    SkippedStep,
    SuspendedFromWork,
    SuspensionFromWorkEnded,
    ViolationCourseFound,
)
from schemas.notifier.alerts import StallRule
from schemas.values import Recipient

_OWED_AFTER = frozenset({StallRule.DECISION_NOT_SERVED, StallRule.COMPLAINT_UNANSWERED})
Event = AnyIncidentEvent | AnyDecisionEvent | AnyComplaintEvent


def changed(case: ReviewCase, event: Event, mark: Mark, defaults: ReviewDefaults) -> ReviewCase:
    """The case after the event."""
    case = _as_kept_now(case)
    if isinstance(event, AnyIncidentEvent):
        return _incident(case, event, mark)
    if isinstance(event, AnyDecisionEvent):
        return _decision(case, event, mark, defaults)
    return _complaint(case, event, mark)


def _as_kept_now(case: ReviewCase) -> ReviewCase:
    """A case that an earlier release kept: it did not say that a decision stands, and ended it with the sanction."""
    if case.over:
        # Every other end clears when the sanction ends.
        ended_with_it = case.expiry is not None
        return replace(case, over=False, decided=True, window=None, expiry=None) if ended_with_it else case
    served = case.step is None and (case.window is not None or case.expiry is not None)
    return replace(case, decided=True) if served or (case.step and case.step.rule in _OWED_AFTER) else case


def _incident(case: ReviewCase, event: AnyIncidentEvent, mark: Mark) -> ReviewCase:  # noqa: PLR0911 -- a case each
    match event:
        case ReviewDeferred() | ReferredToInvestigators():
            return replace(case, paused=True)
        case ReviewResumed() | ReturnedByInvestigators():
            # Whoever owes the next step gets his days anew: nothing could be done meanwhile.
            return replace(case, paused=False, step=case.step and replace(case.step, since=mark))
        case ReviewExempted() | ReviewClosed():
            return _over(case)
        case ProtectionRecognised():
            return _over(case) if event.effect is ProtectionEffect.EXEMPT else case
        case ReviewStepSkipped(step=SkippedStep.MEETING):
            days, owner = case.terms.direction, Recipient.COMPETENT_AUTHORITY
            return replace(case, met=True, step=Pending(StallRule.REVIEW_NO_DIRECTION, mark, days, owner))
        case ReviewStepSkipped():
            return replace(case, step=_to_decide(case, mark))
        case PartyDisciplineReferred():
            return _party(case, event, mark)
        case (
            CircumstanceFound()
            | LegalOpinionRecorded()
            | ViolationCourseFound()
            | ProcessingExtended()
            | SuspendedFromWork()
            | SuspensionFromWorkEnded()
        ):
            return case
        case _:
            assert_never(event)


def _party(case: ReviewCase, event: PartyDisciplineReferred, mark: Mark) -> ReviewCase:
    if event.reopens is not None:
        case = replace(case, over=False, decided=False, step=_to_decide(case, mark))
        case = replace(case, window=None, expiry=None, endless=None)
    if event.term is None or case.decided:
        # Once a form was decided, nobody owes one by that term; what is owed after the decision still is.
        return case
    return replace(case, step=replace(_to_decide(case, mark), days=0, until=event.term.ends_at))


def _decision(case: ReviewCase, event: AnyDecisionEvent, mark: Mark, defaults: ReviewDefaults) -> ReviewCase:
    match event:
        case ReviewDecided():
            until = None if event.service is None else event.service.ends_at
            served = Pending(StallRule.DECISION_NOT_SERVED, mark, case.terms.service, Recipient.SECRETARY, until)
            imposed = event.form is not None
            return replace(case, step=served, decided=True, sanction=imposed, limitation=None, processing=None)
        case DecisionServed():
            expiry = None if event.expiry is None else ends(event.expiry, mark)
            endless = _endless(mark, defaults) if case.sanction and expiry is None else None
            return replace(_with_window(case, event.complaint, mark), step=None, expiry=expiry, endless=endless)
        case DecisionRevoked():
            answered = replace(_over(case), over=not event.fresh, decided=False)
            return replace(answered, step=_to_decide(case, mark)) if event.fresh else answered
        case SanctionExpired():
            # Whoever complained of it is owed his answer all the same, and may go further.
            return replace(case, expiry=None, endless=None)
        case DecisionPublished() | DecisionCorrected() | ReassignmentDecided():
            return case
        case _:
            assert_never(event)


def _complaint(case: ReviewCase, event: AnyComplaintEvent, mark: Mark) -> ReviewCase:
    match event:
        case ComplaintFiled():
            # The second complaint lies before the authority above the one that decided (superior of a review's case).
            above = event.instance is Instance.SECOND
            owner = Recipient.SUPERIOR if above else Recipient.COMPETENT_AUTHORITY
            rule = StallRule.COMPLAINT_UNANSWERED
            until = None if event.answer is None else event.answer.ends_at
            # A sanction that the complaint suspends does not end meanwhile: the answer says when.
            expiry = case.expiry if event.suspends is None else None
            waiting = Pending(rule, mark, case.terms.complaint, owner, until)
            return replace(case, window=None, expiry=expiry, step=waiting)
        case ComplaintAccepted():
            return case
        case ComplaintRejected():
            return _resumed(replace(case, step=None), event.expiry, mark)
        case ComplaintAnswered():
            if event.outcome is ComplaintOutcome.REVOKED:  # what is to be done then, the revocation says
                return case
            case = _resumed(case, event.expiry, mark)
            rule, owner = StallRule.DECISION_NOT_SERVED, Recipient.SECRETARY
            return replace(case, step=Pending(rule, mark, case.terms.service, owner))
        case ComplaintAnswerServed():
            # Of a review that the answer let be decided or proposed anew, the next step is waited for on.
            step = None if case.step and case.step.rule in _OWED_AFTER else case.step
            return replace(_with_window(case, event.next, mark), step=step)
        case _:
            assert_never(event)


def _resumed(case: ReviewCase, expiry: ClockCalculation | None, mark: Mark) -> ReviewCase:
    """A sanction that was changed or suspended ends now when the answer says."""
    return case if expiry is None else replace(case, expiry=ends(expiry, mark), endless=None)


def _to_decide(case: ReviewCase, mark: Mark) -> Pending:
    return Pending(StallRule.REVIEW_NO_DECISION, mark, case.terms.decision, Recipient.COMPETENT_AUTHORITY)


def _with_window(case: ReviewCase, window: ClockCalculation | None, mark: Mark) -> ReviewCase:
    return replace(case, window=None if window is None else ends(window, mark))


def _endless(mark: Mark, defaults: ReviewDefaults) -> Pending | None:
    """A sanction that nobody ends is looked at some day: the row that ends it may be known by then."""
    days = defaults.end_unknown
    return None if days is None else Pending(StallRule.SANCTION_END_UNKNOWN, mark, days, Recipient.SECRETARY)


def _over(case: ReviewCase) -> ReviewCase:
    """Nothing is waited for any more, not even an answer to a lost basis."""
    return replace(
        case, over=True, basis_lost=None, answer_until=None, window=None, expiry=None, endless=None, step=None
    )
