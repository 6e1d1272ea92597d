"""What a command about a complaint does, or why not."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from discipline.days import last_day
from discipline.law.codes import ComplaintEffect
from discipline.law.refusals import named
from discipline.law.rows import Rule
from discipline.reviews.complaints import answering
from discipline.reviews.complaints.answering import judges, pending, resumed_expiry
from discipline.reviews.complaints.commands import (
    AcceptComplaint,
    AnswerComplaint,
    ComplaintCommand,
    FileComplaint,
    RejectComplaint,
    ServeAnswer,
)
from discipline.reviews.complaints.refusals import (
    ComplaintAlreadyAccepted,
    ComplaintPending,
    ComplaintTooLate,
    FormNotForCourt,
    InstanceNotNow,
)
from discipline.reviews.decision.aftermath import decision_of
from discipline.reviews.decision.effects import effects
from discipline.reviews.incidents.grounds import no_row
from discipline.reviews.reckoning import term
from discipline.reviews.standing import answers
from discipline.reviews.state import Review, ReviewStatus
from discipline.steps import Step
from schemas.discipline.review_complaints import ComplaintAccepted, ComplaintFiled, ComplaintRejected, Instance
from schemas.refusal import Coded

if TYPE_CHECKING:
    from discipline.reviews.decision.state import Decision
    from discipline.reviews.reckoning import Setting
    from schemas.discipline.law import ClockCalculation
    from schemas.discipline.review_events import AnyReviewEvent

ANSWER = {
    Instance.FIRST: Step.COMPLAINT_ANSWER_FIRST,
    Instance.SECOND: Step.COMPLAINT_ANSWER_SECOND,
    Instance.COURT: None,
}


def decide(command: ComplaintCommand, state: Review) -> tuple[AnyReviewEvent, ...]:
    """Return what happens; raises the `Refusal` of the first rule that is broken."""
    match command:
        case FileComplaint():
            return (_filed(command, state),)
        case AcceptComplaint(judge):
            complaint = pending(state)
            judges(judge, complaint.instance, state)
            if complaint.accepted:
                raise ComplaintAlreadyAccepted
            by = judge.by.person_id
            return (ComplaintAccepted(review_id=state.review_id, instance=complaint.instance, accepted_by=by),)
        case RejectComplaint():
            return (_rejected(command, state),)
        case AnswerComplaint():
            return answering.answered(command, state)
        case ServeAnswer():
            return (answering.served(command, state),)
        case _:
            assert_never(command)


def _filed(command: FileComplaint, state: Review) -> ComplaintFiled:
    """In time by the server's receipt; each instance once, one after the other."""
    answers(command.by, state)
    decision = decision_of(state.before_service, ReviewStatus.SERVED, ReviewStatus.EXPIRED)
    window = _window(command.instance, decision, state)
    setting = command.setting
    if command.instance is Instance.COURT:
        _for_court(setting, decision, state)
    if window is not None and setting.at > window.ends_at:
        raise ComplaintTooLate(window.rule_id, window.starts_on, last_day(window.ends_at))
    step = ANSWER[command.instance]
    suspending = (row for row in setting.rows(Rule.COMPLAINT_EFFECT, state) if ComplaintEffect.SUSPENDS in row.codes)
    row = next(suspending, None)
    return ComplaintFiled(
        review_id=state.review_id,
        instance=command.instance,
        filed_by=command.by.person_id,
        received_at=setting.at,
        window=window,
        answer=None if step is None else term(setting, state, step, setting.day),
        suspends=None if row is None else row.used,
        document=command.document,
    )


def _window(instance: Instance, decision: Decision, state: Review) -> ClockCalculation | None:
    """The window of an instance that can be gone to now.

    Raises `ComplaintPending`, `InstanceNotNow`, and for the court there is none.
    """
    latest = state.complaint
    if latest is not None and latest.pending:
        raise ComplaintPending(Coded("complaint-instance", latest.instance))
    # One that was refused for its form may be filed again as if it had never been, within the same window.
    before = None if latest is None else latest.taken_up
    answered = before is not None and before.answer_served
    match instance:
        case Instance.FIRST if before is None:
            return decision.complaint
        case Instance.SECOND if before is not None and before.instance is Instance.FIRST and answered:
            return before.next
        case Instance.COURT if answered and before is not None and before.instance is not Instance.COURT:
            return None
        case _:
            raise InstanceNotNow(Coded("complaint-instance", instance))


def _for_court(setting: Setting, decision: Decision, state: Review) -> None:
    """Raises `NoRowForThis`, `FormNotForCourt`."""
    rows = setting.rows(Rule.COMPLAINT_COURT, state)
    if not rows:
        raise no_row(setting.law, Rule.COMPLAINT_COURT, state.subject.kind, setting.day)
    if not any(decision.form in row.codes for row in rows):
        allowed = dict.fromkeys(code for row in rows for code in row.codes)
        raise FormNotForCourt(named(*([decision.form] if decision.form else [])), named(*allowed))


def _rejected(command: RejectComplaint, state: Review) -> ComplaintRejected:
    complaint = pending(state)
    judges(command.judge, complaint.instance, state)
    setting, decision = command.setting, state.decision
    suspended = None if complaint.suspends is None or decision is None else decision
    return ComplaintRejected(
        review_id=state.review_id,
        instance=complaint.instance,
        rejected_on=setting.day,
        expiry=None if suspended is None else resumed_expiry(setting, suspended, state),
        effects=() if suspended is None else tuple(effects(setting, state, suspended.with_effect_after(setting.day))),
        rejected_by=command.judge.by.person_id,
        reasons=command.reasons,
    )
