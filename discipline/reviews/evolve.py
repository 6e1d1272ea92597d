"""How a review changes by each of its events."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from discipline.reviews.complaints import evolve as complaints
from discipline.reviews.decision import evolve as decision
from discipline.reviews.incidents import evolve as incidents
from discipline.reviews.incidents.state import Incidents
from discipline.reviews.joining import with_joined
from discipline.reviews.procedure import evolve as procedure
from discipline.reviews.state import CONCLUDED, Review, ReviewStatus, State
from schemas.discipline.review_complaints import AnyComplaintEvent
from schemas.discipline.review_decision import AnyDecisionEvent
from schemas.discipline.review_events import AnyReviewEvent
from schemas.discipline.review_incidents import AnyIncidentEvent
from schemas.discipline.review_procedure import AnyProcedureEvent
from schemas.discipline.reviews import (
    AnyOpeningEvent,
    LaterFindingReferred,
    ReviewBasisAdded,
    ReviewBasisLost,
    ReviewBasisReduced,
    ReviewOpened,
    ReviewProposalLapsed,
    ReviewProposed,
    ReviewRebased,
    ReviewRefused,
    ReviewTakenOver,
    ReviewTerminated,
)


def evolve(state: State, event: AnyReviewEvent) -> Review:
    """Return the review after the event."""
    if isinstance(event, ReviewProposed):
        return _proposed(state, event)
    if state is None:
        raise ValueError(f"a review begins with its proposal, not with {event.type}")
    if isinstance(event, AnyProcedureEvent):
        return procedure.evolve(state, event)
    if isinstance(event, AnyIncidentEvent):
        return incidents.evolve(state, event)
    if isinstance(event, AnyDecisionEvent):
        return decision.evolve(state, event)
    if isinstance(event, AnyComplaintEvent):
        return complaints.evolve(state, event)
    return _changed(state, event)


def _proposed(state: State, event: ReviewProposed) -> Review:
    before = () if state is None else state.known
    complaint = None if state is None else state.complaint
    # Somebody who was suspended from work under the review before is suspended until that is ended.
    suspended = Incidents() if state is None else state.incidents
    return Review(
        review_id=event.review_id,
        matter_id=event.matter_id,
        subject=event.subject,
        directive_id=event.directive_id,
        provision=event.provision,
        authority_post=event.authority_post,
        open_within=event.open_within,
        meeting_within=event.meeting_within,
        open_until=event.open_until,
        basis=event.basis,
        referred=() if state is None else state.referred,
        incidents=Incidents(
            suspended_from_work_since=suspended.suspended_from_work_since,
            suspended_from_work_until=suspended.suspended_from_work_until,
        ),
        known=(*before, *(item for item in event.basis if item not in before)),
        # What revoked the decision before is served all the same.
        complaint=None if complaint is None or complaint.outcome is None or complaint.answer_served else complaint,
    )


def _changed(state: Review, event: AnyOpeningEvent) -> Review:  # noqa: C901, PLR0911, PLR0912 -- a case an event
    match event:
        case ReviewProposed():
            return _proposed(state, event)
        case ReviewBasisAdded():
            if state.status in CONCLUDED:
                # An earlier release kept it with the decision; whoever asks for it again has it referred.
                return state
            return with_joined(state, event)
        case ReviewBasisReduced():
            return replace(state, basis=event.remaining)
        case ReviewBasisLost():
            # A further loss does not put off the answer to the one before.
            return replace(state, basis=event.remaining, answer_until=state.answer_until or event.answer_until)
        case ReviewProposalLapsed():
            return replace(state, basis=(), status=ReviewStatus.LAPSED)
        case ReviewOpened():
            return replace(
                state,
                status=ReviewStatus.OPEN,
                opened_on=event.opened_on,
                limitation=event.limitation,
                processing=event.processing,
                meeting_until=event.meeting_until,
            )
        case ReviewRefused():
            return replace(state, status=ReviewStatus.REFUSED)
        case ReviewRebased():
            return replace(
                state,
                basis=event.basis,
                limitation=event.limitation,
                processing=event.processing,
                answer_until=None,
            )
        case ReviewTerminated():
            return replace(state, status=ReviewStatus.TERMINATED, answer_until=None)
        case ReviewTakenOver():
            return replace(state, authority_post=event.authority_post, taken_from=(*state.taken_from, event.from_post))
        case LaterFindingReferred():
            return replace(state, referred=(*state.referred, *event.basis))
        case _:
            assert_never(event)
