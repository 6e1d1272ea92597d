"""Events of a complaint (khiếu nại) against the decision on a review."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from schemas.base import Day, Moment, Slug
from schemas.discipline.law import ClockCalculation, RowUsed
from schemas.discipline.review_decision import Effect
from schemas.discipline.reviews import ReviewEvent
from schemas.values import DocumentRef


class Instance(StrEnum):
    """Before whom."""

    FIRST = "first"
    """Whoever decided."""
    SECOND = "second"
    """The authority above."""
    COURT = "court"
    """For the forms that an active row names."""


class ComplaintOutcome(StrEnum):
    """What it led to."""

    UPHELD = "upheld"
    """The decision stands."""
    CHANGED = "changed"
    REVOKED = "revoked"


class ComplaintEvent(ReviewEvent):
    """Something that happened to a complaint."""

    instance: Annotated[Instance, Field(description="Before whom.")]


class ComplaintFiled(ComplaintEvent):
    """The subject complained in time; time before the answer may not count (row)."""

    type: Literal["discipline.complaint_filed.v1"] = "discipline.complaint_filed.v1"
    filed_by: Annotated[UUID, Field(description="The subject.")]
    received_at: Annotated[Moment, Field(description="When the server received it.")]
    window: Annotated[ClockCalculation | None, Field(description="Until when he could; none: no row says.")]
    answer: Annotated[ClockCalculation | None, Field(description="Until when it is answered; none: no row says.")]
    suspends: Annotated[RowUsed | None, Field(description="The row by which the decision has no effect meanwhile.")]
    document: Annotated[DocumentRef, Field(description="The complaint.")]


class ComplaintAccepted(ComplaintEvent):
    """It is dealt with."""

    type: Literal["discipline.complaint_accepted.v1"] = "discipline.complaint_accepted.v1"
    accepted_by: Annotated[UUID, Field(description="Who took it up.")]


class ComplaintRejected(ComplaintEvent):
    """It is not dealt with, for a reason of form."""

    type: Literal["discipline.complaint_rejected.v1"] = "discipline.complaint_rejected.v1"
    rejected_on: Annotated[Day, Field(description="The last day that may not count.")]
    expiry: Annotated[
        ClockCalculation | None,
        Field(description="When the sanction ends that the complaint had suspended; none: as before."),
    ] = None
    effects: Annotated[
        tuple[Effect, ...],
        Field(description="What else follows from a sanction that it had suspended, in place of what followed."),
    ] = ()
    rejected_by: Annotated[UUID, Field(description="Who refused it.")]
    reasons: Annotated[DocumentRef, Field(description="Why.")]


class ComplaintAnswered(ComplaintEvent):
    """It was answered on the merits."""

    type: Literal["discipline.complaint_answered.v1"] = "discipline.complaint_answered.v1"
    answered_on: Annotated[Day, Field(description="The last day that may not count.")]
    outcome: Annotated[ComplaintOutcome, Field(description="What it led to.")]
    form: Annotated[Slug | None, Field(description="The form that holds from now on, where it was changed.")]
    rows: Annotated[tuple[RowUsed, ...], Field(description="The rows that allow the changed form.")]
    expiry: Annotated[
        ClockCalculation | None,
        Field(description="When a sanction ends that was changed or suspended; none: as before, or no row says so."),
    ] = None
    document: Annotated[DocumentRef, Field(description="The answer with its reasons.")]
    answered_by: Annotated[UUID, Field(description="Who answered it; where a body outside did, who recorded it.")]
    outside: Annotated[bool, Field(description="A court, or an authority that is none of the tree's, answered.")]


class ComplaintAnswerServed(ComplaintEvent):
    """The subject received the answer; the next window runs."""

    type: Literal["discipline.complaint_answer_served.v1"] = "discipline.complaint_answer_served.v1"
    received_at: Annotated[Moment, Field(description="When, as the proof says.")]
    proof: Annotated[DocumentRef, Field(description="Proof of receipt.")]
    next: Annotated[ClockCalculation | None, Field(description="Until when he may complain further; none: no row.")]
    effects: Annotated[
        tuple[Effect, ...],
        Field(description="What else follows from a form that was changed or suspended, in place of what followed."),
    ] = ()
    recorded_by: Annotated[UUID, Field(description="Who recorded it.")]


AnyComplaintEvent = ComplaintFiled | ComplaintAccepted | ComplaintRejected | ComplaintAnswered | ComplaintAnswerServed
