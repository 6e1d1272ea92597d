"""Events of the decision on a review, and of its life: served, published, corrected, revoked, expired."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from schemas.base import Contract, Day, Moment, Slug, Text
from schemas.discipline.law import ClockCalculation, ClocksAnew, LawApplied, RowUsed
from schemas.discipline.reviews import ReviewEvent
from schemas.values import DocumentRef

By = Annotated[UUID, Field(description="Who did so.")]
Rows = Annotated[tuple[RowUsed, ...], Field(description="The rows that it rests on.")]


class Conclusion(Contract):
    """One violation, concluded by itself: several get one decision, and none is judged apart."""

    finding_id: Annotated[UUID, Field(description="The confirmed finding; of a deemed consent, the consultation.")]
    form: Annotated[Slug | None, Field(description="The form that it deserves by itself; none for none.")]


class Unpublishable(StrEnum):
    """What a publication leaves out."""

    DENOUNCER = "denouncer"
    """Who denounced, complained or reported."""
    THIRD_PERSONS = "third_persons"
    PERSONAL_DATA = "personal_data"
    """Of the subject: address, health, family."""
    PARTY_DISCIPLINE = "party_discipline"


class RevocationGround(StrEnum):
    """Why a decision is taken back."""

    BASIS_LOST = "basis_lost"
    COMPLAINT = "complaint"
    COURT = "court"
    HIGHER_AUTHORITY = "higher_authority"


class Measure(StrEnum):
    """A reassignment: no form of discipline, and a decision of its own."""

    MOVED = "moved"
    """Điều chuyển: to another post."""
    REPLACED = "replaced"
    """Thay thế: relieved of the post."""


class Effect(Contract):
    """What else follows from a sanction, by a row."""

    row: Annotated[RowUsed, Field(description="The row.")]
    effect: Annotated[Slug, Field(description="The row's word.")]
    condition: Annotated[Slug | None, Field(description="When it holds, if not always: a code of the catalogue.")]
    term: Annotated[ClockCalculation | None, Field(description="How long, where the row gives a term.")] = None


class ReviewDecided(ReviewEvent):
    """The competent authority decided: a form, or no sanction, with reasons."""

    type: Literal["discipline.review_decided.v1"] = "discipline.review_decided.v1"
    form: Annotated[Slug | None, Field(description="The form; none: no sanction.")]
    conclusions: Annotated[tuple[Conclusion, ...], Field(min_length=1, description="Each violation by itself.")]
    applied: Annotated[LawApplied, Field(description="The law that it was judged by.")]
    regime: Annotated[Day, Field(description="The day whose rows of substance hold.")]
    rows: Rows
    limitation: Annotated[tuple[ClockCalculation, ...], Field(description="Limitation on that day.")]
    processing: Annotated[ClockCalculation | None, Field(description="Processing time on that day.")]
    repeats: Annotated[UUID | None, Field(description="The review whose sanction was running at the fact.")]
    by_electing_body: Annotated[bool, Field(description="The body that elected him imposed it.")]
    deviates: Annotated[bool, Field(description="The board had recommended something else.")]
    decision: Annotated[DocumentRef, Field(description="The decision with its reasons.")]
    number: Annotated[Text | None, Field(description="Its number, once it has one.")]
    decided_by: By
    service: Annotated[
        ClockCalculation | None, Field(description="Until when it is to be served; none: no row says.")
    ] = None


class DecisionServed(ReviewEvent):
    """The subject received the decision: before that it has no effect."""

    type: Literal["discipline.decision_served.v1"] = "discipline.decision_served.v1"
    received_at: Annotated[Moment, Field(description="When, as the proof says.")]
    proof: Annotated[DocumentRef, Field(description="Proof of receipt.")]
    in_force_from: Annotated[Day, Field(description="From which day it has effect; never before its receipt.")]
    complaint: Annotated[ClockCalculation | None, Field(description="Until when he may complain; none: no row says.")]
    expiry: Annotated[ClockCalculation | None, Field(description="When the sanction ends; none: no row says.")]
    effects: Annotated[tuple[Effect, ...], Field(description="What else follows: for the evaluation, for promotion.")]
    recorded_by: By


class DecisionPublished(ReviewEvent):
    """It was made public, without what must not be."""

    type: Literal["discipline.decision_published.v1"] = "discipline.decision_published.v1"
    document: Annotated[DocumentRef, Field(description="What was published.")]
    left_out: Annotated[tuple[Unpublishable, ...], Field(min_length=1, description="What it leaves out.")]
    published_by: By


class DecisionCorrected(ReviewEvent):
    """A clerical error was corrected; form, violations and dates stay."""

    type: Literal["discipline.decision_corrected.v1"] = "discipline.decision_corrected.v1"
    document: Annotated[DocumentRef, Field(description="The correction.")]
    corrected_by: By


class DecisionRevoked(ReviewEvent):
    """The decision was taken back: whoever relied on it undoes what followed from it."""

    type: Literal["discipline.decision_revoked.v1"] = "discipline.decision_revoked.v1"
    ground: Annotated[RevocationGround, Field(description="Why.")]
    form: Annotated[Slug | None, Field(description="The form that no longer holds; none where there was none.")]
    in_force_from: Annotated[Day | None, Field(description="Since when it had had effect; none: never.")]
    fresh: Annotated[bool, Field(description="It is decided anew; otherwise the review is over.")]
    document: Annotated[DocumentRef, Field(description="The decision to revoke, with its reasons.")]
    revoked_on: Annotated[
        Day | None,
        Field(
            description="On which day: the last one of a pending complaint that may not count. None on what was "
            "recorded before this was kept: then its day of filing is."
        ),
    ] = None
    clocks: Annotated[
        ClocksAnew | None,
        Field(description="Both clocks, where it is decided anew. None too on what was recorded before this was kept."),
    ] = None
    revoked_by: By


class SanctionExpired(ReviewEvent):
    """The sanction ended by itself."""

    type: Literal["discipline.sanction_expired.v1"] = "discipline.sanction_expired.v1"
    expiry: Annotated[ClockCalculation, Field(description="By which row and when.")]
    recorded_by: By


class ReassignmentDecided(ReviewEvent):
    """A weak or shirking official is moved or replaced."""

    type: Literal["discipline.reassignment_decided.v1"] = "discipline.reassignment_decided.v1"
    measure: Annotated[Measure, Field(description="Moved or replaced.")]
    from_post: Annotated[Slug, Field(description="The post that he leaves.")]
    to_post: Annotated[Slug | None, Field(description="The post that he takes; none where he is only replaced.")]
    findings: Annotated[
        tuple[UUID, ...],
        Field(min_length=1, description="The confirmed findings and the consultations that it rests on."),
    ]
    decision: Annotated[DocumentRef, Field(description="The decision with its reasons.")]
    decided_by: By


AnyDecisionEvent = (
    ReviewDecided
    | DecisionServed
    | DecisionPublished
    | DecisionCorrected
    | DecisionRevoked
    | SanctionExpired
    | ReassignmentDecided
)
