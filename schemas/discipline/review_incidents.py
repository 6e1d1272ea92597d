"""Events of what is found, said or decided about a review while it goes on, besides its steps."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from schemas.base import Day, Slug
from schemas.discipline.law import ClockCalculation, ClocksAnew, LegalOpinion, RowUsed, Unlimited
from schemas.discipline.reviews import ReviewEvent
from schemas.values import DocumentRef

By = Annotated[UUID, Field(description="Who did so.")]
Reasons = Annotated[DocumentRef, Field(description="Why.")]


class Weight(StrEnum):
    """Which way a circumstance weighs."""

    MITIGATING = "mitigating"
    """Tình tiết giảm nhẹ."""
    AGGRAVATING = "aggravating"
    """Tình tiết tăng nặng."""


class ProtectionEffect(StrEnum):
    """What the protection of who dares to act for the common good leads to."""

    EXEMPT = "exempt"
    MITIGATED = "mitigated"


class SkippedStep(StrEnum):
    """A step that a row lets fall away; its words are the row's."""

    MEETING = "review-meeting"
    BOARD = "council"


class ClosingGround(StrEnum):
    """Why a review ends without anybody having been judged."""

    DEATH = "death"
    CONTRACT_WORKER = "contract_worker"
    """Not an official: it is the employer's, under labour law (người lao động hợp đồng)."""


class CircumstanceFound(ReviewEvent):
    """A mitigating or aggravating circumstance was found."""

    type: Literal["discipline.circumstance_found.v1"] = "discipline.circumstance_found.v1"
    weight: Annotated[Weight, Field(description="Which way it weighs.")]
    reasons: Reasons
    evidence: Annotated[tuple[DocumentRef, ...], Field(description="What shows it.")]
    found_by: By


class CourseOfViolation(StrEnum):
    """How the violation went: limitation may run from another day than that of the fact."""

    ENDED = "ended"
    ONGOING = "ongoing"
    """It still went on when it was discovered."""
    END_UNKNOWN = "end_unknown"
    """When it ended cannot be determined."""


class ViolationCourseFound(ReviewEvent):
    """The authority found how the violation went, and whether rows let it never lapse; the last finding holds."""

    type: Literal["discipline.violation_course_found.v1"] = "discipline.violation_course_found.v1"
    course: Annotated[CourseOfViolation, Field(description="How it went.")]
    day: Annotated[
        Day | None, Field(description="Of discovery, or of the conclusion about its end; none where it ended.")
    ]
    matters: Annotated[
        tuple[Slug, ...], Field(description="The rows' words for what never lapses, as far as it is that.")
    ]
    limitation: Annotated[tuple[ClockCalculation, ...], Field(description="Limitation, computed anew.")]
    unlimited: Annotated[tuple[Unlimited, ...], Field(description="Regimes under which it never lapses.")]
    reasons: Reasons
    evidence: Annotated[tuple[DocumentRef, ...], Field(description="What shows it.")]
    found_by: By


class LegalOpinionRecorded(ReviewEvent):
    """Two regimes stood side by side; the authority says which one it applies, and why."""

    type: Literal["discipline.legal_opinion_recorded.v1"] = "discipline.legal_opinion_recorded.v1"
    opinion: Annotated[LegalOpinion, Field(description="Its opinion.")]


class ReviewDeferred(ReviewEvent):
    """Nothing is decided until the ground is over; where a row says so, the clocks stand still."""

    type: Literal["discipline.review_deferred.v1"] = "discipline.review_deferred.v1"
    ground: Annotated[Slug, Field(description="The row's word, or the number of the ground in its article.")]
    row: Annotated[RowUsed, Field(description="The row.")]
    reasons: Reasons
    evidence: Annotated[tuple[DocumentRef, ...], Field(description="What shows it.")]
    since: Annotated[
        Day | None,
        Field(description="From which day. None on what was recorded before this was kept: then no time is left out."),
    ] = None
    clocks: Annotated[
        ClocksAnew | None,
        Field(description="Both clocks now: they may stand still. None on what was recorded before this was kept."),
    ] = None
    decided_by: By


class ReviewResumed(ReviewEvent):
    """The ground of the deferral is over; both clocks are computed anew."""

    type: Literal["discipline.review_resumed.v1"] = "discipline.review_resumed.v1"
    reasons: Reasons
    resumed_on: Annotated[
        Day | None,
        Field(description="On which day: the last that may not count. None on what was recorded before this was kept."),
    ] = None
    clocks: Annotated[
        ClocksAnew | None,
        Field(description="Both clocks now. None on what was recorded before this was kept."),
    ] = None
    decided_by: By


class ReferredToInvestigators(ReviewEvent):
    """The file is with the investigating bodies; where a row says so, the clocks stand still."""

    type: Literal["discipline.referred_to_investigators.v1"] = "discipline.referred_to_investigators.v1"
    since: Annotated[Day, Field(description="From which day.")]
    document: Annotated[DocumentRef, Field(description="The referral.")]
    limitation: Annotated[tuple[ClockCalculation, ...], Field(description="Limitation now: it may stand still.")]
    processing: Annotated[ClockCalculation | None, Field(description="Processing time now, likewise.")]
    decided_by: By


class ReturnedByInvestigators(ReviewEvent):
    """The investigating bodies gave it back; both clocks are computed anew."""

    type: Literal["discipline.returned_by_investigators.v1"] = "discipline.returned_by_investigators.v1"
    returned_on: Annotated[Day, Field(description="On which day: the last that may not count.")]
    document: Annotated[DocumentRef, Field(description="What they concluded.")]
    limitation: Annotated[tuple[ClockCalculation, ...], Field(description="Limitation now.")]
    processing: Annotated[ClockCalculation | None, Field(description="Processing time now.")]
    recorded_by: By


class ProcessingExtended(ReviewEvent):
    """Processing time was extended, by the row that allows it."""

    type: Literal["discipline.processing_extended.v1"] = "discipline.processing_extended.v1"
    processing: Annotated[ClockCalculation, Field(description="The longer term.")]
    reasons: Reasons
    decided_by: By


class SuspendedFromWork(ReviewEvent):
    """Temporary suspension from work (tạm đình chỉ công tác): no form of discipline."""

    type: Literal["discipline.suspended_from_work.v1"] = "discipline.suspended_from_work.v1"
    first: Annotated[Day, Field(description="First day.")]
    last: Annotated[Day | None, Field(description="Last day, where the decision names it.")]
    row: Annotated[RowUsed, Field(description="The row.")]
    decision: Annotated[DocumentRef, Field(description="The decision, with its reasons.")]
    decided_by: By


class SuspensionFromWorkEnded(ReviewEvent):
    """He works again."""

    type: Literal["discipline.suspension_from_work_ended.v1"] = "discipline.suspension_from_work_ended.v1"
    ended_on: Annotated[Day, Field(description="Last day of the suspension.")]
    reasons: Reasons
    decided_by: By


class PartyDisciplineReferred(ReviewEvent):
    """The Party's decision is referred to, and nothing of it is told; it starts the row's term."""

    type: Literal["discipline.party_discipline_referred.v1"] = "discipline.party_discipline_referred.v1"
    decided_on: Annotated[Day, Field(description="Day of that decision.")]
    document: Annotated[DocumentRef, Field(description="The reference.")]
    changed: Annotated[bool, Field(description="It changes an earlier one.")]
    term: Annotated[ClockCalculation | None, Field(description="Until when the administrative form is taken up.")]
    reopens: Annotated[RowUsed | None, Field(description="The row by which a decided review is open again.")]
    recorded_on: Annotated[
        Day | None,
        Field(
            description="Day of the record: where it reopens the review, the last day of a pending complaint that may "
            "not count. None on what was recorded before this was kept: then its day of filing is."
        ),
    ] = None
    clocks: Annotated[
        ClocksAnew | None,
        Field(description="Both clocks, where it is decided anew. None too on what was recorded before this was kept."),
    ] = None
    recorded_by: By


class ProtectionRecognised(ReviewEvent):
    """He acted for the common good, under a proposal that was approved beforehand, in good faith (Decree 73/2023)."""

    type: Literal["discipline.protection_recognised.v1"] = "discipline.protection_recognised.v1"
    row: Annotated[RowUsed, Field(description="The row.")]
    effect: Annotated[ProtectionEffect, Field(description="What it leads to.")]
    proposal: Annotated[DocumentRef, Field(description="The proposal.")]
    approval: Annotated[DocumentRef, Field(description="Its approval.")]
    approved_on: Annotated[Day, Field(description="Day of the approval, before the first fact.")]
    good_faith: Annotated[tuple[DocumentRef, ...], Field(min_length=1, description="What shows the good faith.")]
    decided_by: By


class ReviewExempted(ReviewEvent):
    """The subject answers for nothing: an exemption of the law."""

    type: Literal["discipline.review_exempted.v1"] = "discipline.review_exempted.v1"
    ground: Annotated[Slug, Field(description="The row's word, or the number of the ground in its article.")]
    row: Annotated[RowUsed, Field(description="The row.")]
    reasons: Reasons
    evidence: Annotated[tuple[DocumentRef, ...], Field(min_length=1, description="What shows it.")]
    decided_by: By


class ReviewStepSkipped(ReviewEvent):
    """A row lets a step fall away in this case."""

    type: Literal["discipline.review_step_skipped.v1"] = "discipline.review_step_skipped.v1"
    step: Annotated[SkippedStep, Field(description="Which.")]
    row: Annotated[RowUsed, Field(description="The row.")]
    condition: Annotated[Slug, Field(description="The case that the row is about.")]
    reasons: Reasons
    decided_by: By


class ReviewClosed(ReviewEvent):
    """It ended because of who the subject is, or because he died."""

    type: Literal["discipline.review_closed.v1"] = "discipline.review_closed.v1"
    ground: Annotated[ClosingGround, Field(description="Why.")]
    document: Annotated[DocumentRef, Field(description="What shows it.")]
    decided_by: By


AnyIncidentEvent = (
    CircumstanceFound
    | ViolationCourseFound
    | LegalOpinionRecorded
    | ReviewDeferred
    | ReviewResumed
    | ReferredToInvestigators
    | ReturnedByInvestigators
    | ProcessingExtended
    | SuspendedFromWork
    | SuspensionFromWorkEnded
    | PartyDisciplineReferred
    | ProtectionRecognised
    | ReviewExempted
    | ReviewStepSkipped
    | ReviewClosed
)
