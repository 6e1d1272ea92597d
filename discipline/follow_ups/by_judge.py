"""What somebody decides who may judge: never the owner, his subordinates or his unit (domain.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from discipline.days import end_of_working, last_day
from discipline.follow_ups.commands import (
    AcceptPlan,
    GrantExtension,
    JudgeCommand,
    RefuseExtension,
    RejectRemediation,
    SendBackPlan,
    VerifyRemediation,
)
from discipline.follow_ups.refusals import (
    ExtensionNotLater,
    NoCompletionClaimed,
    NoExtensionAsked,
    NoPlanSubmitted,
    NotAcknowledged,
    NotInternalInspectionNorSuperior,
    OwnerCannotJudge,
    RemediationAlreadyVerified,
    SubordinateCannotJudge,
    UnitCannotJudge,
)
from discipline.follow_ups.state import AskedExtension, FollowUp, Implementation, Plan
from schemas.discipline.followups import (
    AnyFollowUpEvent,
    ExtensionGranted,
    ExtensionRefused,
    FollowUpClosed,
    PlanAccepted,
    PlanSentBack,
    RemediationRejected,
    RemediationVerified,
)
from schemas.inspection.organisation import AgencyKind

if TYPE_CHECKING:
    from discipline.standing import Around, Person

Events = tuple[AnyFollowUpEvent, ...]


def decide(command: JudgeCommand, state: FollowUp) -> Events:
    """Return what happens. Raises the refusals of `may_judge` and those of each step."""
    may_judge(command.by, command.around, state)
    finding_id, judge = state.finding_id, command.by.person_id
    match command:
        case AcceptPlan():
            number = _submitted_plan(state)
            return (PlanAccepted(finding_id=finding_id, plan_number=number, accepted_by=judge),)
        case SendBackPlan():
            number = _submitted_plan(state)
            back = PlanSentBack(finding_id=finding_id, plan_number=number, sent_back_by=judge, reasons=command.reasons)
            return (back,)
        case GrantExtension():
            return (_granted(command, state),)
        case RefuseExtension():
            number = _asked(state).number
            refused = ExtensionRefused(
                finding_id=finding_id, request_number=number, decided_by=judge, reasons=command.reasons
            )
            return (refused,)
        case VerifyRemediation():
            return _verified(command, state)
        case RejectRemediation():
            _claimed(state)
            return (RemediationRejected(finding_id=finding_id, rejected_by=judge, reasons=command.reasons),)
        case _:
            assert_never(command)


def may_judge(by: Person, around: Around, state: FollowUp) -> None:
    """Whether somebody may judge what the owner does.

    Raises:
        OwnerCannotJudge: he holds the owning post, or is the same person in another post.
        SubordinateCannotJudge: the owner is his superior, in this post or another.
        UnitCannotJudge: he belongs to the agency that has to mend.
        NotInternalInspectionNorSuperior: an internal check found it, and he stands in neither.
    """
    owner = around.owner
    if by.holds(state.owner_post) or (owner is not None and owner.person_id == by.person_id):
        raise OwnerCannotJudge(state.owner_post)
    superiors = (around.owner_place, *(() if owner is None else owner.places))
    if any(by.below(place) for place in superiors):
        raise SubordinateCannotJudge(state.owner_post)
    if state.internal_check:
        if not _internal_inspection_or_superior(by, around):
            raise NotInternalInspectionNorSuperior(around.agency_id)
    elif by.stands_in(around.agency_id):
        raise UnitCannotJudge(around.agency_id)


def _internal_inspection_or_superior(by: Person, around: Around) -> bool:
    """The agency's own inspection unit below it, or an agency above it."""
    return any(
        place.agency_id in around.above
        or (
            place.kind is AgencyKind.INSPECTORATE
            and around.agency_id in place.chain
            and place.agency_id != around.owner_place.agency_id
        )
        for place in by.places
    )


def _granted(command: GrantExtension, state: FollowUp) -> ExtensionGranted:
    asked = _asked(state)
    until = command.until or asked.until
    due_at = end_of_working(until, command.calendar)
    if due_at <= state.due_at:
        raise ExtensionNotLater(until, last_day(state.due_at))
    return ExtensionGranted(
        finding_id=state.finding_id,
        request_number=asked.number,
        decided_by=command.by.person_id,
        due_at=due_at,
    )


def _verified(command: VerifyRemediation, state: FollowUp) -> Events:
    if state.implementation is Implementation.VERIFIED:
        raise RemediationAlreadyVerified
    if state.claimed_at is None:
        raise NoCompletionClaimed
    if not state.acknowledged:
        raise NotAcknowledged(state.owner_post)
    verified = RemediationVerified(
        finding_id=state.finding_id,
        verified_by=command.by.person_id,
        on_time=state.claimed_at <= state.due_at,
    )
    closed = () if state.confirmation is None else (FollowUpClosed(finding_id=state.finding_id),)
    return (verified, *closed)


def _submitted_plan(state: FollowUp) -> int:
    if state.plan is not Plan.SUBMITTED:
        raise NoPlanSubmitted
    return state.plan_number


def _asked(state: FollowUp) -> AskedExtension:
    if state.implementation is Implementation.VERIFIED:
        raise RemediationAlreadyVerified
    if state.asked is None:
        raise NoExtensionAsked
    return state.asked


def _claimed(state: FollowUp) -> None:
    if state.implementation is not Implementation.CLAIMED:
        raise NoCompletionClaimed
