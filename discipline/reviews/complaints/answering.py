"""Who deals with a complaint, and how it is answered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from discipline.days import end_of
from discipline.law.codes import ComplaintAnswer
from discipline.law.forms import forms_of, is_heavier
from discipline.law.refusals import named
from discipline.law.rows import Rule
from discipline.reviews.complaints.evolve import evolve
from discipline.reviews.complaints.refusals import (
    AnswerHeavier,
    AnswerNotToServe,
    ChangedFormMissing,
    ComplaintNotAccepted,
    DecidedBefore,
    NoComplaintPending,
    NotTheAuthorityAbove,
)
from discipline.reviews.decision.aftermath import decision_of, expiry_of, revocation
from discipline.reviews.decision.effects import effects
from discipline.reviews.decision.judging import in_limitation
from discipline.reviews.decision.refusals import FormOfElectingBody, NothingToDecideAnew
from discipline.reviews.procedure.steps import received
from discipline.reviews.reckoning import limitation, term
from discipline.reviews.refusals import OwnMatter
from discipline.reviews.standing import decides, is_above, keeps, own_matter
from discipline.reviews.state import Review, ReviewStatus
from discipline.steps import Against, Step
from schemas.discipline.review_complaints import (
    ComplaintAnswered,
    ComplaintAnswerServed,
    ComplaintOutcome,
    Instance,
)
from schemas.discipline.review_decision import RevocationGround

if TYPE_CHECKING:
    from datetime import date

    from discipline.reviews.complaints.commands import AnswerComplaint, Judge, ServeAnswer
    from discipline.reviews.complaints.state import Complaint
    from discipline.reviews.decision.state import Decision
    from discipline.reviews.reckoning import Setting
    from schemas.discipline.law import ClockCalculation, RowUsed
    from schemas.discipline.review_decision import Effect
    from schemas.discipline.review_events import AnyReviewEvent


def pending(state: Review) -> Complaint:
    """The complaint that waits. Raises `NoComplaintPending`."""
    if state.complaint is None or not state.complaint.pending:
        raise NoComplaintPending
    return state.complaint


def judges(judge: Judge, instance: Instance, state: Review) -> None:
    """The first is whose decision it is; the second goes above, to nobody who decided before.

    A court, and an authority above that is none of the tree's, are recorded by the authority that decided.

    Raises `NotTheCompetentAuthority`, `OwnMatter`, `NotTheAuthorityAbove`, `DecidedBefore`.
    """
    if instance is not Instance.SECOND or not judge.above:
        decides(judge.by, state)
        return
    if own_matter(judge.by, state):
        raise OwnMatter
    if not is_above(judge.by, judge.above):
        raise NotTheAuthorityAbove
    if judge.by.person_id in state.decided_before:
        raise DecidedBefore


def answered(command: AnswerComplaint, state: Review) -> tuple[AnyReviewEvent, ...]:
    """Upheld, changed to a form that the rows allow, or revoked: then whoever relied on it is told so."""
    complaint = pending(state)
    judges(command.judge, complaint.instance, state)
    if not complaint.accepted:
        raise ComplaintNotAccepted
    outside = complaint.instance is Instance.COURT or (
        complaint.instance is Instance.SECOND and not command.judge.above
    )
    decision = decision_of(state, ReviewStatus.SERVED, ReviewStatus.EXPIRED)
    rows = _changed(command, decision)
    if command.form is not None and not outside:
        _no_heavier(command.form, command.setting, decision, state)
        _in_its_limitation(command.form, command.setting, decision, state)
    by = command.judge.by.person_id
    answer = ComplaintAnswered(
        review_id=state.review_id,
        instance=complaint.instance,
        answered_on=command.setting.day,
        outcome=command.outcome,
        form=command.form,
        rows=rows,
        expiry=_answered_expiry(command, decision, state),
        document=command.document,
        answered_by=by,
        outside=outside,
    )
    if command.outcome is not ComplaintOutcome.REVOKED:
        return (answer,)
    if command.fresh and not state.basis:
        raise NothingToDecideAnew
    court = complaint.instance is Instance.COURT
    ground = RevocationGround.COURT if court else RevocationGround.COMPLAINT
    told = evolve(state, answer)
    return (answer, revocation(told, ground, by, command.document, command.setting, fresh=command.fresh))


def _changed(command: AnswerComplaint, decision: Decision) -> tuple[RowUsed, ...]:
    """The rows that allow the changed form. Raises `ChangedFormMissing`, and what forbids it."""
    form = command.form
    if (command.outcome is ComplaintOutcome.CHANGED) != (form is not None) or (
        form is not None and form == decision.form
    ):
        raise ChangedFormMissing
    if form is None:
        return ()
    forms = forms_of(command.setting.law, command.who, decision.regime, command.setting.day)
    forms.require(form)
    if (row := forms.decided_elsewhere(form)) is not None:
        raise FormOfElectingBody(named(form), row.row_id)
    return tuple(one.used for one in forms.rows)


def _no_heavier(form: str, setting: Setting, decision: Decision, state: Review) -> None:
    """What somebody outside answered is recorded as he did; ours obeys the row. Raises `AnswerHeavier`."""
    for row in setting.rows(Rule.COMPLAINT_ANSWER, state):
        if ComplaintAnswer.NOT_HEAVIER not in row.codes:
            continue
        if decision.form is None or is_heavier(setting.law, form, decision.form):
            raise AnswerHeavier(named(form), row.row_id)


def _in_its_limitation(form: str, setting: Setting, decision: Decision, state: Review) -> None:
    """It takes the place of what was decided: its own limitation had to run on that day. Raises `LimitationPassed`."""
    then = replace(limitation(setting, state), calculations=state.limitation)
    in_limitation(form, then, end_of(decision.decided_on))


def _answered_expiry(command: AnswerComplaint, decision: Decision, state: Review) -> ClockCalculation | None:
    """When the sanction ends that was changed, or that the complaint had suspended; what has ended stays as it was."""
    if command.outcome is ComplaintOutcome.REVOKED or state.status is not ReviewStatus.SERVED:
        return None
    if command.form is None:
        return resumed_expiry(command.setting, decision, state)
    changed = replace(decision, form=command.form).with_effect_after(command.setting.day)
    return expiry_of(changed, command.setting, state)


def resumed_expiry(setting: Setting, decision: Decision, state: Review) -> ClockCalculation | None:
    """When a sanction ends that runs again from the day after an answer; none where nothing had suspended it."""
    if decision.stands_still is None:
        return None
    return expiry_of(decision.with_effect_after(setting.day), setting, state) or decision.expiry


def served(command: ServeAnswer, state: Review) -> ComplaintAnswerServed:
    """From here the window of the next instance runs."""
    keeps(command.by, state)
    complaint = state.complaint
    if complaint is None or complaint.outcome is None or complaint.answer_served:
        raise AnswerNotToServe
    received_on = received(command.received_at, command.setting.at, complaint.answered_on)
    return ComplaintAnswerServed(
        review_id=state.review_id,
        instance=complaint.instance,
        received_at=command.received_at,
        proof=command.proof,
        next=_next(command, complaint, state, received_on),
        effects=_effects(command.setting, complaint, state),
        recorded_by=command.by.person_id,
    )


def _effects(setting: Setting, complaint: Complaint, state: Review) -> tuple[Effect, ...]:
    """What follows from a form that was changed or suspended, over the days on which the decision had effect."""
    decision = state.decision
    if decision is None or (complaint.outcome is not ComplaintOutcome.CHANGED and complaint.suspends is None):
        return ()
    return tuple(effects(setting, state, decision))


def _next(command: ServeAnswer, complaint: Complaint, state: Review, received_on: date) -> ClockCalculation | None:
    """Until when the second complaint can be filed; none where there is nothing left to complain against."""
    if complaint.instance is not Instance.FIRST or state.decision is None:
        return None
    form, second = state.decision.form, Step.COMPLAINT_SECOND
    return term(command.setting, state, second if form is None else Against(second, form), received_on)
