"""How a review changes by its decision and what becomes of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from discipline.reviews.complaints.evolve import without_object
from discipline.reviews.decision.state import Decision
from discipline.reviews.state import ReviewStatus, reopened
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

if TYPE_CHECKING:
    from discipline.reviews.state import Review


def evolve(state: Review, event: AnyDecisionEvent) -> Review:  # noqa: PLR0911 -- a case an event
    """Return the review after the event."""
    match event:
        case ReviewDecided():
            return replace(
                state,
                status=ReviewStatus.DECIDED,
                decision=_decision(event),
                decided_before=state.decided_before | {event.decided_by},
                limitation=event.limitation,
                processing=event.processing,
                complaint=None,
            )
        case DecisionServed():
            served = state.decision and replace(
                state.decision, in_force_from=event.in_force_from, complaint=event.complaint, expiry=event.expiry
            )
            return replace(state, status=ReviewStatus.SERVED, decision=served)
        case DecisionPublished():
            return replace(state, decision=state.decision and replace(state.decision, published=True))
        case DecisionCorrected():
            return state
        case DecisionRevoked():
            answered = replace(without_object(state, event.revoked_on), answer_until=None)
            if event.fresh:
                return reopened(answered, event.clocks)
            return replace(answered, status=ReviewStatus.REVOKED, decision=None)
        case SanctionExpired():
            expired = state.decision and replace(state.decision, expiry=event.expiry)
            return replace(state, status=ReviewStatus.EXPIRED, decision=expired)
        case ReassignmentDecided():
            return replace(state, reassigned=True)
        case _:
            assert_never(event)


def _decision(event: ReviewDecided) -> Decision:
    concluded = frozenset(one.finding_id for one in event.conclusions if one.form is not None)
    decided_on = event.applied.step_date
    return Decision(event.form, event.regime, event.decided_by, decided_on, service=event.service, concluded=concluded)
