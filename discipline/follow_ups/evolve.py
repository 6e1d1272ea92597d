"""How a follow-up changes by each of its events."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from discipline.follow_ups.state import AskedExtension, Confirmation, FollowUp, Implementation, Life, Plan, State
from schemas.discipline.followups import (
    AnyFollowUpEvent,
    CompletionClaimed,
    ExtensionGranted,
    ExtensionRefused,
    ExtensionRequested,
    FollowUpAcknowledged,
    FollowUpAssigned,
    FollowUpCancelled,
    FollowUpClosed,
    FollowUpFindingAmended,
    FollowUpFindingConfirmed,
    FollowUpHandedOver,
    FollowUpLadderExhausted,
    FollowUpOpened,
    FollowUpPassedOn,
    FollowUpUrged,
    PlanAccepted,
    PlanSentBack,
    PlanSubmitted,
    ProgressReported,
    RemediationRejected,
    RemediationVerified,
    ReviewDemanded,
)


def evolve(state: State, event: AnyFollowUpEvent) -> FollowUp:
    """Return the follow-up after the event."""
    if isinstance(event, FollowUpOpened):
        return _opened(event)
    if state is None:
        raise ValueError(f"a follow-up begins with its opening, not with {event.type}")
    return _changed(state, event)


def _opened(event: FollowUpOpened) -> FollowUp:
    return FollowUp(
        finding_id=event.finding_id,
        agency_id=event.agency_id,
        violation_type=event.violation_type,
        matter_id=event.matter_id,
        inspector_id=event.inspector_id,
        terms=event.terms,
        posts=event.posts,
        internal_check=event.internal_check,
        historic=event.historic,
        owner_post=event.owner_post,
        due_at=event.due_at,
    )


def _changed(state: FollowUp, event: AnyFollowUpEvent) -> FollowUp:  # noqa: C901, PLR0911, PLR0912 -- a case an event
    match event:
        case FollowUpOpened():
            return _opened(event)
        case FollowUpFindingConfirmed():
            return replace(state, confirmation=Confirmation(event.fact_date, event.detected_at, event.officials))
        case FollowUpFindingAmended():
            return _amended(state, event)
        case FollowUpAssigned():
            return replace(state, owner_post=event.owner_post, acknowledged=False)
        case FollowUpHandedOver():
            return replace(
                state,
                owner_post=event.owner_post,
                acknowledged=False,
                hand_overs=event.hand_overs,
                past_limit=event.past_limit,
            )
        case FollowUpPassedOn():
            owner, posts = event.owner_post, event.posts
            return replace(state, owner_post=owner, passed_to=event.agency_id, posts=posts, acknowledged=False)
        case FollowUpAcknowledged():
            return replace(state, acknowledged=True)
        case PlanSubmitted():
            return replace(state, plan=Plan.SUBMITTED, plan_number=event.plan_number, plan_outdated=False)
        case PlanAccepted():
            return replace(state, plan=Plan.ACCEPTED)
        case PlanSentBack():
            return replace(state, plan=Plan.SENT_BACK)
        case ProgressReported():
            return replace(state, implementation=Implementation.IN_PROGRESS, percent=event.percent)
        case ExtensionRequested():
            asked = AskedExtension(event.request_number, event.until)
            return replace(state, extensions_asked=event.request_number, asked=asked)
        case ExtensionGranted():
            return replace(state, due_at=event.due_at, asked=None, extensions_granted=state.extensions_granted + 1)
        case ExtensionRefused():
            return replace(state, asked=None)
        case CompletionClaimed():
            return replace(state, implementation=Implementation.CLAIMED, claimed_at=event.received_at)
        case RemediationVerified():
            return replace(state, implementation=Implementation.VERIFIED, on_time=event.on_time, asked=None)
        case RemediationRejected():
            return replace(state, implementation=Implementation.IN_PROGRESS, claimed_at=None)
        case FollowUpClosed():
            return replace(state, life=Life.CLOSED)
        case FollowUpCancelled():
            return replace(state, life=Life.CANCELLED, cancelled=event.ground, asked=None)
        case FollowUpLadderExhausted():
            return replace(state, exhausted=(*state.exhausted, event.alert_id))
        case ReviewDemanded():
            return replace(state, demanded=(*state.demanded, event.ground))
        case FollowUpUrged():
            return state
        case _:
            assert_never(event)


def _amended(state: FollowUp, event: FollowUpFindingAmended) -> FollowUp:
    """What was verified was another content, so it is verified anew; the claim keeps the moment of its receipt."""
    verified = state.implementation is Implementation.VERIFIED
    return replace(
        state,
        due_at=event.due_at,
        acknowledged=False,
        plan_outdated=state.plan is not Plan.NONE,
        implementation=Implementation.CLAIMED if verified else state.implementation,
        on_time=None,
    )
