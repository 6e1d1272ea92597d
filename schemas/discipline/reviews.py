"""What every event of an accountability review stands on, and its proposal, opening and basis."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from schemas.base import Contract, Day, Days, Event, Moment, Slug, Text
from schemas.discipline.law import ClockCalculation, ClocksAnew, LawApplied
from schemas.values import DocumentRef, SubjectKind


class ReviewGround(StrEnum):
    """Why a review is proposed."""

    VIOLATION_TYPE = "violation_type"
    LAST_STEP_PASSED = "last_step_passed"
    THRESHOLD = "threshold"
    PERSON = "person"
    """Proposed by a person, not by a rule."""
    DEEMED_CONSENT = "deemed_consent"
    """A consultation was left unanswered, and its head answers personally for the consent that is deemed."""


class BasisItem(Contract):
    """A confirmed finding or a deemed consent that a review rests on, with the dates its clocks need."""

    finding_id: Annotated[UUID, Field(description="The finding; of a deemed consent, the consultation.")]
    ground: Annotated[ReviewGround, Field(description="Why it demands the review.")]
    fact_date: Annotated[Day, Field(description="Day of the fact: limitation runs from the latest.")]
    detected_at: Annotated[
        Moment, Field(description="When it was submitted or deemed: processing time runs from the earliest.")
    ]


class ReviewTerms(Contract):
    """What the directive says of a review that it demands, by numbers as data."""

    provision: Annotated[Text, Field(description="The directive's provision.")]
    authority_post: Annotated[Slug, Field(description="The post that opens or refuses it.")]
    open_within: Annotated[Days, Field(description="Working days to open or refuse it, and to answer a lost basis.")]
    meeting_within: Annotated[Days, Field(description="Working days from the opening to the review meeting.")]


class Subject(Contract):
    """Whose responsibility is reviewed: an individual in a post, or the collective of an agency."""

    kind: Annotated[SubjectKind, Field(description="The law's rows differ by it.")]
    agency_id: Annotated[Slug, Field(description="The agency; for a collective, the subject itself.")]
    person_id: Annotated[UUID | None, Field(description="The person; none for a collective or a vacant post.")]
    post_id: Annotated[Slug | None, Field(description="The post at the fact; none for a collective.")]


class ReviewEvent(Event):
    """Something that happened to a review."""

    topic: ClassVar[str] = "discipline.reviews"
    review_id: Annotated[UUID, Field(description="The review; also the key on Kafka.")]


class ReviewProposed(ReviewEvent):
    """A rule or a person proposes a review (đề xuất), with its basis."""

    type: Literal["discipline.review_proposed.v1"] = "discipline.review_proposed.v1"
    matter_id: Annotated[UUID, Field(description="The matter; one review a subject and matter.")]
    subject: Annotated[Subject, Field(description="Whose responsibility.")]
    ground: Annotated[ReviewGround, Field(description="Why.")]
    basis: Annotated[tuple[BasisItem, ...], Field(min_length=1, description="The findings and consents it rests on.")]
    provision: Annotated[Text, Field(description="The directive's provision.")]
    directive_id: Annotated[Slug, Field(description="The directive.")]
    detected_at: Annotated[Moment, Field(description="Processing time runs from here, whoever opens it when.")]
    fact_date: Annotated[Day, Field(description="Day of the latest fact: limitation runs from here.")]
    authority_post: Annotated[Slug, Field(description="The post that opens or refuses it.")]
    open_within: Annotated[Days, Field(description="Working days to open or refuse it, and to answer a lost basis.")]
    meeting_within: Annotated[Days, Field(description="Working days from the opening to the review meeting.")]
    open_until: Annotated[Moment, Field(description="Until when the authority must open or refuse.")]
    proposed_by: Annotated[UUID | None, Field(description="The person; none for a rule.")]
    reasons: Annotated[DocumentRef | None, Field(description="A person's; none for a rule.")] = None


class ReviewBasisAdded(ReviewEvent):
    """Another confirmed finding, deemed consent or ground supports the same review."""

    type: Literal["discipline.review_basis_added.v1"] = "discipline.review_basis_added.v1"
    item: Annotated[BasisItem, Field(description="What it rests on besides.")]
    heard_anew: Annotated[
        bool,
        Field(
            description="He was notified, met, summoned or heard without it: the last of these steps is taken again."
        ),
    ] = False
    added_on: Annotated[
        Day | None, Field(description="The day from which he can be told of it; none before the opening.")
    ] = None
    meeting_until: Annotated[
        Moment | None, Field(description="Until when the review meeting should be held; none where it is as before.")
    ] = None
    meeting_term: Annotated[
        ClockCalculation | None,
        Field(description="How that day was computed; none where the directive's own number holds."),
    ] = None
    clocks: Annotated[ClocksAnew | None, Field(description="Both clocks with it; none before the opening.")] = None


class ReviewBasisReduced(ReviewEvent):
    """A finding or a consent fell away on which no decision rests: a proposal stands on what remains."""

    type: Literal["discipline.review_basis_reduced.v1"] = "discipline.review_basis_reduced.v1"
    finding_id: Annotated[UUID, Field(description="The finding that fell away; of a deemed consent, the consultation.")]
    remaining: Annotated[tuple[BasisItem, ...], Field(min_length=1, description="What is left of the basis.")]


class ReviewBasisLost(ReviewEvent):
    """A finding or a consent of the basis fell away after opening: the authority must terminate or rebase."""

    type: Literal["discipline.review_basis_lost.v1"] = "discipline.review_basis_lost.v1"
    finding_id: Annotated[UUID, Field(description="The finding that fell away; of a deemed consent, the consultation.")]
    remaining: Annotated[tuple[BasisItem, ...], Field(description="What is left of the basis; may be nothing.")]
    answer_until: Annotated[Moment, Field(description="Until when the authority must answer.")]


class ReviewProposalLapsed(ReviewEvent):
    """Nothing is left of a proposed review's basis."""

    type: Literal["discipline.review_proposal_lapsed.v1"] = "discipline.review_proposal_lapsed.v1"
    finding_id: Annotated[
        UUID, Field(description="The last finding that fell away; of a deemed consent, the consultation.")
    ]


class ReviewOpened(ReviewEvent):
    """The competent authority opened it; both clocks are fixed with the rows they rest on."""

    type: Literal["discipline.review_opened.v1"] = "discipline.review_opened.v1"
    opened_by: Annotated[UUID, Field(description="Who opened it.")]
    limitation: Annotated[
        tuple[ClockCalculation, ...], Field(description="Limitation, a calculation for each active row.")
    ]
    processing: Annotated[
        ClockCalculation | None,
        Field(description="Processing time, from detection; none where no active row limits it (a collective, say)."),
    ]
    meeting_until: Annotated[Moment, Field(description="Until when the review meeting should be held.")]
    applied: Annotated[
        LawApplied | None,
        Field(description="The law on that day: two regimes where the rows leave it open; none for a collective."),
    ] = None
    opened_on: Annotated[
        Day | None, Field(description="The day from which it can be notified; none where it was not recorded.")
    ] = None
    meeting_term: Annotated[
        ClockCalculation | None,
        Field(description="How the day of the meeting was computed; none where the directive's own number holds."),
    ] = None


class ReviewRefused(ReviewEvent):
    """The competent authority refused to open it, with reasons."""

    type: Literal["discipline.review_refused.v1"] = "discipline.review_refused.v1"
    refused_by: Annotated[UUID, Field(description="Who refused it.")]
    reasons: Annotated[DocumentRef, Field(description="Why.")]


class ReviewRebased(ReviewEvent):
    """After a lost basis the authority goes on with what remains."""

    type: Literal["discipline.review_rebased.v1"] = "discipline.review_rebased.v1"
    decided_by: Annotated[UUID, Field(description="Who decided.")]
    basis: Annotated[tuple[BasisItem, ...], Field(min_length=1, description="What it rests on now.")]
    limitation: Annotated[tuple[ClockCalculation, ...], Field(description="Limitation, computed anew on this basis.")]
    processing: Annotated[ClockCalculation | None, Field(description="Processing time, likewise.")]


class ReviewTerminated(ReviewEvent):
    """The authority ended an open review without a decision on the merits."""

    type: Literal["discipline.review_terminated.v1"] = "discipline.review_terminated.v1"
    decided_by: Annotated[UUID, Field(description="Who decided.")]
    reasons: Annotated[DocumentRef, Field(description="Why.")]


class ReviewTakenOver(ReviewEvent):
    """Whoever was competent may not decide in his own matter: another authority has taken the review over."""

    type: Literal["discipline.review_taken_over.v1"] = "discipline.review_taken_over.v1"
    from_post: Annotated[Slug, Field(description="The post that was competent until now.")]
    authority_post: Annotated[Slug, Field(description="The post that is competent from now on.")]
    taken_by: Annotated[UUID, Field(description="Who took it over.")]
    reasons: Annotated[DocumentRef, Field(description="Why.")]


class LaterFindingReferred(ReviewEvent):
    """Found after the decision: it is reviewed in a matter of its own, beside what was decided."""

    type: Literal["discipline.later_finding_referred.v1"] = "discipline.later_finding_referred.v1"
    apart_matter_id: Annotated[UUID, Field(description="The matter of its own.")]
    apart_review_id: Annotated[UUID, Field(description="The review that is proposed in it.")]
    subject: Annotated[Subject, Field(description="Whose responsibility; the same as here.")]
    basis: Annotated[tuple[BasisItem, ...], Field(min_length=1, description="What was found since.")]
    provision: Annotated[Text, Field(description="The directive's provision.")]
    directive_id: Annotated[Slug, Field(description="The directive.")]
    authority_post: Annotated[Slug, Field(description="The post that opens or refuses that review.")]
    open_within: Annotated[Days, Field(description="Working days to open or refuse it.")]
    meeting_within: Annotated[Days, Field(description="Working days from the opening to the review meeting.")]
    open_until: Annotated[Moment, Field(description="Until when the authority must open or refuse.")]
    proposed_by: Annotated[UUID | None, Field(description="The person; none for a rule.")]
    reasons: Annotated[DocumentRef | None, Field(description="A person's; none for a rule.")]


AnyOpeningEvent = (
    ReviewProposed
    | ReviewBasisAdded
    | ReviewBasisReduced
    | ReviewBasisLost
    | ReviewProposalLapsed
    | ReviewOpened
    | ReviewRefused
    | ReviewRebased
    | ReviewTerminated
    | ReviewTakenOver
    | LaterFindingReferred
)
