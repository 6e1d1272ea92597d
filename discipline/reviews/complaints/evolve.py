"""How a review changes by a complaint."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from discipline.days import local_day
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
    from discipline.reviews.state import Review

COMPLAINT, LITIGATION = "complaint", "litigation"
"""The words by which rows say that this time does not count."""


def interruption(instance: Instance) -> str:
    """What keeps time from counting meanwhile."""
    return LITIGATION if instance is Instance.COURT else COMPLAINT


def evolve(state: Review, event: AnyComplaintEvent) -> Review:
    """Return the review after the event."""
    before = state.complaint
    match event:
        case ComplaintFiled():
            filed_on = local_day(event.received_at)
            filed = replace(state, complaint=Complaint(event.instance, filed_on, event.answer))
            return filed.interrupted(interruption(event.instance), filed_on)
        case ComplaintAccepted():
            return replace(state, complaint=before and replace(before, accepted=True))
        case ComplaintRejected():
            rejected = replace(state, complaint=before and replace(before, rejected=True))
            return rejected.ended_interruption(interruption(event.instance), event.rejected_on)
        case ComplaintAnswered():
            return _answered(state, event)
        case ComplaintAnswerServed():
            return replace(state, complaint=before and replace(before, answer_served=True, next=event.next))
        case _:
            assert_never(event)


def _answered(state: Review, event: ComplaintAnswered) -> Review:
    before, decision = state.complaint, state.decision
    complaint = before and replace(before, outcome=event.outcome, answered_by=event.answered_by)
    if decision is not None and event.outcome is ComplaintOutcome.CHANGED:
        decision = replace(decision, form=event.form)
    by = frozenset() if event.outside else {event.answered_by}
    answered = replace(state, complaint=complaint, decision=decision, decided_before=state.decided_before | by)
    return answered.ended_interruption(interruption(event.instance), event.answered_on)
