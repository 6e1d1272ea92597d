"""What the owner does: whoever holds the owning post at that moment."""

from __future__ import annotations

from typing import assert_never

from discipline.days import end_of, last_day
from discipline.follow_ups.commands import (
    Acknowledge,
    ClaimCompletion,
    HandOver,
    OwnerCommand,
    ReportProgress,
    RequestExtension,
    SubmitPlan,
)
from discipline.follow_ups.refusals import (
    AlreadyAcknowledged,
    AlreadyOwner,
    CompletionAlreadyClaimed,
    EvidenceMissing,
    ExtensionAlreadyAsked,
    ExtensionAskedTooLate,
    ExtensionNotLater,
    ExtensionsUsedUp,
    MeasureRepeated,
    NoPlanAccepted,
    NotAcknowledged,
    NotTheOwner,
    OwnerOutsideAgency,
    PlanAlreadyAccepted,
    PlanAlreadySubmitted,
    RemediationAlreadyVerified,
)
from discipline.follow_ups.state import FollowUp, Implementation, Plan
from schemas.discipline.followups import (
    AnyFollowUpEvent,
    CompletionClaimed,
    ExtensionRequested,
    FollowUpAcknowledged,
    FollowUpHandedOver,
    PlanSubmitted,
    ProgressReported,
)


def decide(command: OwnerCommand, state: FollowUp) -> tuple[AnyFollowUpEvent]:
    """Return what happens. Raises `NotTheOwner` and the refusals of each step."""
    if not command.by.holds(state.owner_post):
        raise NotTheOwner(state.owner_post)
    match command:
        case Acknowledge():
            if state.acknowledged:
                raise AlreadyAcknowledged
            return (FollowUpAcknowledged(finding_id=state.finding_id, owner_post=state.owner_post),)
        case HandOver():
            return (_handed_over(command, state),)
        case RequestExtension():
            return (_extension_requested(command, state),)
        case SubmitPlan():
            return (_plan_submitted(command, state),)
        case ReportProgress():
            _working_on_accepted_plan(state)
            return (
                ProgressReported(
                    finding_id=state.finding_id,
                    percent=command.percent,
                    report=command.report,
                    evidence=command.evidence,
                ),
            )
        case ClaimCompletion():
            return (_completion_claimed(command, state),)
        case _:
            assert_never(command)


def _handed_over(command: HandOver, state: FollowUp) -> FollowUpHandedOver:
    to, agency_id = command.owner, command.around.agency_id
    if agency_id not in to.chain:
        raise OwnerOutsideAgency(to.post_id, agency_id)
    if to.post_id == state.owner_post:
        raise AlreadyOwner(to.post_id)
    hand_overs = state.hand_overs + 1
    return FollowUpHandedOver(
        finding_id=state.finding_id,
        from_post=state.owner_post,
        owner_post=to.post_id,
        hand_overs=hand_overs,
        past_limit=hand_overs > state.terms.max_hand_overs,
        agency_id=state.agency_id,
        directive_id=state.terms.directive_id,
        reason=command.reason,
    )


def _plan_submitted(command: SubmitPlan, state: FollowUp) -> PlanSubmitted:
    _not_claimed(state)
    if state.plan is Plan.SUBMITTED:
        raise PlanAlreadySubmitted(state.plan_number)
    if state.plan is Plan.ACCEPTED and not state.plan_outdated:
        raise PlanAlreadyAccepted(state.plan_number)
    names = [measure.measure_id for measure in command.measures]
    for name in names:
        if names.count(name) > 1:
            raise MeasureRepeated(name)
    return PlanSubmitted(finding_id=state.finding_id, plan_number=state.plan_number + 1, measures=command.measures)


def _extension_requested(command: RequestExtension, state: FollowUp) -> ExtensionRequested:
    """A pending request does not stop the clock, so asking after the due moment could only hide a delay."""
    if state.implementation is Implementation.VERIFIED:
        raise RemediationAlreadyVerified
    if state.asked is not None:
        raise ExtensionAlreadyAsked(state.asked.number)
    if state.extensions_granted >= state.terms.max_extensions:
        raise ExtensionsUsedUp(state.terms.max_extensions, state.terms.directive_id)
    if command.at > state.due_at:
        raise ExtensionAskedTooLate(last_day(state.due_at))
    if end_of(command.until) <= state.due_at:
        raise ExtensionNotLater(command.until, last_day(state.due_at))
    return ExtensionRequested(
        finding_id=state.finding_id,
        request_number=state.extensions_asked + 1,
        until=command.until,
        reason=command.reason,
        evidence=command.evidence,
    )


def _completion_claimed(command: ClaimCompletion, state: FollowUp) -> CompletionClaimed:
    _working_on_accepted_plan(state)
    if not command.evidence:
        raise EvidenceMissing
    return CompletionClaimed(
        finding_id=state.finding_id,
        received_at=command.at,
        report=command.report,
        evidence=command.evidence,
    )


def _working_on_accepted_plan(state: FollowUp) -> None:
    _not_claimed(state)
    if state.plan is not Plan.ACCEPTED:
        raise NoPlanAccepted


def _not_claimed(state: FollowUp) -> None:
    if not state.acknowledged:
        raise NotAcknowledged(state.owner_post)
    match state.implementation:
        case Implementation.NOT_STARTED | Implementation.IN_PROGRESS:
            return
        case Implementation.CLAIMED:
            raise CompletionAlreadyClaimed
        case Implementation.VERIFIED:
            raise RemediationAlreadyVerified
        case _:
            assert_never(state.implementation)
