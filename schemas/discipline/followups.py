"""Events of a follow-up's life (domain.md): opened by a submitted finding, closed once verified."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from schemas.base import Contract, Day, Days, Event, Moment, Number, Percent, Slug
from schemas.discipline.reviews import ReviewGround, ReviewTerms
from schemas.inspection.findings import InvolvedOfficial
from schemas.values import Answerable, DocumentRef, FollowUpTerms, Posts

TOPIC = "discipline.restricted"


class FollowUpEvent(Event):
    """Something that happened to a follow-up."""

    topic: ClassVar[str] = TOPIC
    finding_id: Annotated[UUID, Field(description="The finding that it follows; also the key on Kafka.")]


class FollowUpOpened(FollowUpEvent):
    """A submitted finding opened it, provisionally until the finding is confirmed."""

    type: Literal["discipline.follow_up_opened.v1"] = "discipline.follow_up_opened.v1"
    agency_id: Annotated[Slug, Field(description="The agency that has to mend.")]
    violation_type: Annotated[Slug, Field(description="What was found.")]
    matter_id: Annotated[UUID, Field(description="The matter that it belongs to.")]
    inspector_id: Annotated[UUID, Field(description="Who found it.")]
    owner_post: Annotated[Slug, Field(description="The post that owns it until assigned: the head's.")]
    terms: Annotated[FollowUpTerms, Field(description="The pack's terms.")]
    posts: Annotated[Posts, Field(description="The posts around the agency.")]
    due_at: Annotated[Moment, Field(description="Until when it has to be mended.")]
    internal_check: Annotated[bool, Field(description="Found by an internal check: who verifies differs.")]
    historic: Annotated[bool, Field(description="Loaded as history: no alerts.")]


class ThresholdTerms(Contract):
    """How many confirmed findings in which period demand a review of the collective."""

    findings: Annotated[Number, Field(description="The pack's number.")]
    period_days: Annotated[Days, Field(ge=1, description="The pack's period in calendar days.")]


class FollowUpFindingConfirmed(FollowUpEvent):
    """The finding stands: the follow-up is no longer provisional and may be closed; the finding counts."""

    type: Literal["discipline.follow_up_finding_confirmed.v1"] = "discipline.follow_up_finding_confirmed.v1"
    agency_id: Annotated[Slug, Field(description="The agency.")]
    directive_id: Annotated[Slug, Field(description="The directive.")]
    matter_id: Annotated[UUID, Field(description="The matter.")]
    fact_date: Annotated[Day, Field(description="The day of the fact.")]
    detected_at: Annotated[Moment, Field(description="When the finding was submitted.")]
    officials: Annotated[tuple[InvolvedOfficial, ...], Field(max_length=50, description="Who is concerned.")]
    threshold: Annotated[ThresholdTerms | None, Field(description="The pack's threshold, if it has one.")]
    review: Annotated[ReviewTerms, Field(description="What the directive says of a review.")]
    historic: Annotated[bool, Field(description="Loaded as history: demands no review.")]


class FollowUpFindingAmended(FollowUpEvent):
    """The finding was amended: the owner has to acknowledge anew; no deadline gets shorter."""

    type: Literal["discipline.follow_up_finding_amended.v1"] = "discipline.follow_up_finding_amended.v1"
    due_at: Annotated[Moment, Field(description="The due moment now.")]


class FollowUpAssigned(FollowUpEvent):
    """One post of the agency owns it now: the head's assignment, not a hand-over."""

    type: Literal["discipline.follow_up_assigned.v1"] = "discipline.follow_up_assigned.v1"
    owner_post: Annotated[Slug, Field(description="The post that owns it.")]
    assigned_by: Annotated[Slug, Field(description="The post that assigned it.")]


class FollowUpHandedOver(FollowUpEvent):
    """The owner passed it on; counted, and past the pack's number a sign of shirking."""

    type: Literal["discipline.follow_up_handed_over.v1"] = "discipline.follow_up_handed_over.v1"
    from_post: Annotated[Slug, Field(description="The post that passed it on.")]
    owner_post: Annotated[Slug, Field(description="The post that owns it now.")]
    hand_overs: Annotated[Number, Field(description="How often it was handed over, this time included.")]
    past_limit: Annotated[bool, Field(description="More often than the pack tolerates.")]
    agency_id: Annotated[Slug, Field(description="The agency.")]
    directive_id: Annotated[Slug, Field(description="The directive.")]
    reason: Annotated[DocumentRef, Field(description="Why.")]


class FollowUpPassedOn(FollowUpEvent):
    """The agency that had to mend it has ended: by the plan of succession another post owns it; no hand-over."""

    type: Literal["discipline.follow_up_passed_on.v1"] = "discipline.follow_up_passed_on.v1"
    succession_id: Annotated[UUID, Field(description="The plan.")]
    from_post: Annotated[Slug, Field(description="The post that owned it.")]
    owner_post: Annotated[Slug, Field(description="The post that owns it now.")]
    agency_id: Annotated[Slug, Field(description="The agency that has to mend it now.")]
    posts: Annotated[Posts, Field(description="The posts around that agency.")]


class FollowUpAcknowledged(FollowUpEvent):
    """The owner has seen it; this admits nothing."""

    type: Literal["discipline.follow_up_acknowledged.v1"] = "discipline.follow_up_acknowledged.v1"
    owner_post: Annotated[Slug, Field(description="The post that acknowledged it.")]


class Measure(Contract):
    """One measure of a plan."""

    measure_id: Annotated[Slug, Field(description="Its id in the plan.")]
    description: Annotated[DocumentRef, Field(description="What will be done, in the registry.")]
    until: Annotated[Day, Field(description="By which day.")]


class PlanSubmitted(FollowUpEvent):
    """The owner says how and when it will be mended."""

    type: Literal["discipline.plan_submitted.v1"] = "discipline.plan_submitted.v1"
    plan_number: Annotated[Number, Field(description="First, second, … plan.")]
    measures: Annotated[tuple[Measure, ...], Field(min_length=1, max_length=50, description="What will be done.")]


class PlanAccepted(FollowUpEvent):
    """The inspectorate accepts the plan."""

    type: Literal["discipline.plan_accepted.v1"] = "discipline.plan_accepted.v1"
    plan_number: Annotated[Number, Field(description="Which plan.")]
    accepted_by: Annotated[UUID, Field(description="Who accepted it.")]


class PlanSentBack(FollowUpEvent):
    """The inspectorate sends the plan back with reasons."""

    type: Literal["discipline.plan_sent_back.v1"] = "discipline.plan_sent_back.v1"
    plan_number: Annotated[Number, Field(description="Which plan.")]
    sent_back_by: Annotated[UUID, Field(description="Who sent it back.")]
    reasons: Annotated[DocumentRef, Field(description="Why.")]


class ProgressReported(FollowUpEvent):
    """The owner reports progress, with evidence."""

    type: Literal["discipline.progress_reported.v1"] = "discipline.progress_reported.v1"
    percent: Annotated[Percent, Field(description="How much is done, per cent.")]
    report: Annotated[DocumentRef, Field(description="The report.")]
    evidence: Annotated[tuple[DocumentRef, ...], Field(max_length=50, description="Evidence documents.")]


class ExtensionRequested(FollowUpEvent):
    """The owner asks for more time; the clock goes on meanwhile."""

    type: Literal["discipline.extension_requested.v1"] = "discipline.extension_requested.v1"
    request_number: Annotated[Number, Field(description="First, second, … request.")]
    until: Annotated[Day, Field(description="The asked-for last day.")]
    reason: Annotated[DocumentRef, Field(description="Why.")]
    evidence: Annotated[tuple[DocumentRef, ...], Field(max_length=50, description="Evidence documents.")]


class ExtensionGranted(FollowUpEvent):
    """More time was given."""

    type: Literal["discipline.extension_granted.v1"] = "discipline.extension_granted.v1"
    request_number: Annotated[Number, Field(description="Which request.")]
    decided_by: Annotated[UUID, Field(description="Who decided.")]
    due_at: Annotated[Moment, Field(description="The due moment now.")]


class ExtensionRefused(FollowUpEvent):
    """More time was refused, with reasons."""

    type: Literal["discipline.extension_refused.v1"] = "discipline.extension_refused.v1"
    request_number: Annotated[Number, Field(description="Which request.")]
    decided_by: Annotated[UUID, Field(description="Who decided.")]
    reasons: Annotated[DocumentRef, Field(description="Why.")]


class CompletionClaimed(FollowUpEvent):
    """The owner says that it is mended."""

    type: Literal["discipline.completion_claimed.v1"] = "discipline.completion_claimed.v1"
    received_at: Annotated[Moment, Field(description="Server receipt: timeliness is judged by it.")]
    report: Annotated[DocumentRef, Field(description="The report.")]
    evidence: Annotated[tuple[DocumentRef, ...], Field(min_length=1, max_length=50, description="Evidence.")]


class RemediationVerified(FollowUpEvent):
    """Somebody who may, never the owner nor his unit, has seen that it is mended."""

    type: Literal["discipline.remediation_verified.v1"] = "discipline.remediation_verified.v1"
    verified_by: Annotated[UUID, Field(description="Who verified it.")]
    on_time: Annotated[bool, Field(description="Claimed by the due moment; judged by server receipt.")]


class RemediationRejected(FollowUpEvent):
    """It is not mended: back to progress, with reasons."""

    type: Literal["discipline.remediation_rejected.v1"] = "discipline.remediation_rejected.v1"
    rejected_by: Annotated[UUID, Field(description="Who looked at it.")]
    reasons: Annotated[DocumentRef, Field(description="Why.")]


class FollowUpClosed(FollowUpEvent):
    """Verified, and the finding confirmed: done."""

    type: Literal["discipline.follow_up_closed.v1"] = "discipline.follow_up_closed.v1"


class CancellationGround(StrEnum):
    """Why a follow-up ends without being mended."""

    FINDING_WITHDRAWN = "finding_withdrawn"
    FINDING_DISMISSED = "finding_dismissed"
    DUPLICATE = "duplicate"


class FollowUpCancelled(FollowUpEvent):
    """The finding fell away, so there is nothing to mend; from any state."""

    type: Literal["discipline.follow_up_cancelled.v1"] = "discipline.follow_up_cancelled.v1"
    ground: Annotated[CancellationGround, Field(description="Why.")]
    original_id: Annotated[UUID | None, Field(description="For a duplicate, the finding that goes on.")]
    agency_id: Annotated[Slug, Field(description="The agency, in whose record it no longer counts.")]
    directive_id: Annotated[Slug, Field(description="The directive.")]


class FollowUpUrged(FollowUpEvent):
    """Somebody of the inspectorate, the office or home affairs urged the owner to act (đôn đốc)."""

    type: Literal["discipline.follow_up_urged.v1"] = "discipline.follow_up_urged.v1"
    urged_by: Annotated[UUID, Field(description="Who urged.")]
    message: Annotated[DocumentRef, Field(description="What was said.")]


class FollowUpLadderExhausted(FollowUpEvent):
    """The last step of an alert's ladder was told, and its time has passed too."""

    type: Literal["discipline.follow_up_ladder_exhausted.v1"] = "discipline.follow_up_ladder_exhausted.v1"
    alert_id: Annotated[UUID, Field(description="The alert.")]


class ReviewDemanded(FollowUpEvent):
    """The finding is confirmed and a ground holds: those who answer for it are to be reviewed."""

    type: Literal["discipline.review_demanded.v1"] = "discipline.review_demanded.v1"
    ground: Annotated[ReviewGround, Field(description="Why.")]
    matter_id: Annotated[UUID, Field(description="The matter.")]
    agency_id: Annotated[Slug, Field(description="The agency.")]
    directive_id: Annotated[Slug, Field(description="The directive.")]
    fact_date: Annotated[Day, Field(description="The day of the fact; who headed the agency then, answers.")]
    detected_at: Annotated[Moment, Field(description="When the finding was submitted.")]
    answerable: Annotated[tuple[Answerable, ...], Field(min_length=1, max_length=4, description="Whose review.")]
    officials: Annotated[tuple[InvolvedOfficial, ...], Field(max_length=50, description="Who is concerned.")]
    posts: Annotated[Posts, Field(description="The posts around the agency.")]
    terms: Annotated[ReviewTerms, Field(description="What the directive says of the review.")]


AnyFollowUpEvent = (
    FollowUpOpened
    | FollowUpFindingConfirmed
    | FollowUpFindingAmended
    | FollowUpAssigned
    | FollowUpHandedOver
    | FollowUpPassedOn
    | FollowUpAcknowledged
    | PlanSubmitted
    | PlanAccepted
    | PlanSentBack
    | ProgressReported
    | ExtensionRequested
    | ExtensionGranted
    | ExtensionRefused
    | CompletionClaimed
    | RemediationVerified
    | RemediationRejected
    | FollowUpClosed
    | FollowUpCancelled
    | FollowUpUrged
    | FollowUpLadderExhausted
    | ReviewDemanded
)
