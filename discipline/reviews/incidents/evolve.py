"""How a review changes by what is found or decided besides its steps."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from discipline.law.codes import NotCounted
from discipline.reviews.complaints.evolve import without_object
from discipline.reviews.incidents.state import Course, Incidents
from discipline.reviews.state import ReviewStatus, reopened
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
    SuspendedFromWork,
    SuspensionFromWorkEnded,
    ViolationCourseFound,
)

if TYPE_CHECKING:
    from discipline.reviews.state import Review
    from schemas.discipline.law import ClocksAnew


def evolve(state: Review, event: AnyIncidentEvent) -> Review:  # noqa: C901, PLR0911 -- a case an event
    """Return the review after the event."""
    state = replace(state, incidents=_incidents(state.incidents, event))
    match event:
        case ReviewDeferred():
            waits = state if event.since is None else state.interrupted(NotCounted.DEFERRAL, event.since)
            return _clocked(waits, event.clocks)
        case ReviewResumed():
            goes_on = (
                state if event.resumed_on is None else state.ended_interruption(NotCounted.DEFERRAL, event.resumed_on)
            )
            return _clocked(goes_on, event.clocks)
        case ReferredToInvestigators():
            away = state.interrupted(NotCounted.CRIMINAL_PROCEEDINGS, event.since)
            return replace(away, limitation=event.limitation, processing=event.processing)
        case ReturnedByInvestigators():
            ended = state.ended_interruption(NotCounted.CRIMINAL_PROCEEDINGS, event.returned_on)
            return replace(ended, limitation=event.limitation, processing=event.processing)
        case ProcessingExtended():
            return replace(state, processing=event.processing)
        case ViolationCourseFound():
            return replace(state, limitation=event.limitation)
        case PartyDisciplineReferred():
            if event.reopens is None:
                return state
            return reopened(without_object(state, event.recorded_on), event.clocks)
        case ProtectionRecognised():
            exempt = event.effect is ProtectionEffect.EXEMPT
            return replace(state, status=ReviewStatus.EXEMPTED, answer_until=None) if exempt else state
        case ReviewExempted():
            return replace(state, status=ReviewStatus.EXEMPTED, answer_until=None)
        case ReviewClosed():
            # A decision that was not served has no effect, and never will.
            return replace(state, status=ReviewStatus.CLOSED, answer_until=None, decision=None)
        case _:
            return state


def _clocked(state: Review, clocks: ClocksAnew | None) -> Review:
    """By the clocks of an event; as before by one that was recorded before it carried any."""
    return state if clocks is None else replace(state, limitation=clocks.limitation, processing=clocks.processing)


def _incidents(before: Incidents, event: AnyIncidentEvent) -> Incidents:  # noqa: C901, PLR0911, PLR0912 -- a case an event
    match event:
        case ViolationCourseFound():
            return replace(before, course=Course(event.course, event.day, event.matters))
        case LegalOpinionRecorded():
            return replace(before, opinion=event.opinion)
        case ReviewDeferred():
            return replace(before, deferred=True)
        case ReviewResumed():
            return replace(before, deferred=False)
        case ReferredToInvestigators():
            return replace(before, investigated_since=event.since)
        case ReturnedByInvestigators():
            return replace(before, investigated_since=None)
        case ProcessingExtended():
            return replace(before, extended=True)
        case SuspendedFromWork():
            return replace(before, suspended_from_work_since=event.first, suspended_from_work_until=event.last)
        case SuspensionFromWorkEnded():
            return replace(before, suspended_from_work_since=None, suspended_from_work_until=None)
        case PartyDisciplineReferred():
            return replace(before, party_discipline=True)
        case ReviewStepSkipped():
            return replace(before, skipped=before.skipped | {event.step})
        case CircumstanceFound() | ProtectionRecognised() | ReviewExempted() | ReviewClosed():
            return before
        case _:
            assert_never(event)
