"""How a review changes by a complaint."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from discipline.days import local_day
from discipline.law.codes import NotCounted
from discipline.reviews.complaints.state import Complaint
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

if TYPE_CHECKING:
    from datetime import date

    from discipline.reviews.state import Review


def interruption(instance: Instance) -> NotCounted:
    """What keeps time from counting meanwhile, where a row says so."""
    return NotCounted.LITIGATION if instance is Instance.COURT else NotCounted.COMPLAINT


def evolve(state: Review, event: AnyComplaintEvent) -> Review:
    """Return the review after the event."""
    before = state.complaint
    match event:
        case ComplaintFiled():
            filed_on = local_day(event.received_at)
            earlier = before and before.taken_up
            complaint = Complaint(event.instance, filed_on, event.answer, event.suspends, before=earlier)
            reason, decision = interruption(event.instance), state.decision
            if decision is not None and event.suspends is not None:
                decision = decision.without_effect(reason, filed_on, event.suspends)
            return replace(state, complaint=complaint, decision=decision).interrupted(reason, filed_on)
        case ComplaintAccepted():
            return replace(state, complaint=before and replace(before, accepted=True))
        case ComplaintRejected():
            decision = state.decision and state.decision.with_effect_after(event.rejected_on)
            if decision is not None and event.expiry is not None:
                decision = replace(decision, expiry=event.expiry)
            rejected = replace(state, complaint=before and replace(before, rejected=True), decision=decision)
            return rejected.ended_interruption(interruption(event.instance), event.rejected_on)
        case ComplaintAnswered():
            return _answered(state, event)
        case ComplaintAnswerServed():
            return replace(state, complaint=before and replace(before, answer_served=True, next=event.next))
        case _:
            assert_never(event)


def without_object(state: Review, ceased_on: date | None) -> Review:
    """The decision no longer stands: nobody owes an answer to a complaint against it, and time counts again.

    Args:
        state: the review.
        ceased_on: the last day on which the decision stood. Where an old event names none, the complaint stops the
            clocks on its day of filing alone, so that nothing is held against the subject that nobody can prove.
    """
    complaint = state.complaint
    if complaint is None or not complaint.pending:
        return state
    last = complaint.filed_on if ceased_on is None else max(complaint.filed_on, ceased_on)
    return replace(state, complaint=None).ended_interruption(interruption(complaint.instance), last)


def _answered(state: Review, event: ComplaintAnswered) -> Review:
    before, decision = state.complaint, state.decision
    complaint = before and replace(
        before, outcome=event.outcome, answered_by=event.answered_by, answered_on=event.answered_on
    )
    if decision is not None:
        form = event.form if event.outcome is ComplaintOutcome.CHANGED else decision.form
        decision = replace(decision, form=form, expiry=event.expiry or decision.expiry)
        decision = decision.with_effect_after(event.answered_on)
    by = frozenset() if event.outside else {event.answered_by}
    answered = replace(state, complaint=complaint, decision=decision, decided_before=state.decided_before | by)
    return answered.ended_interruption(interruption(event.instance), event.answered_on)
