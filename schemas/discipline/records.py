"""Events of an agency's record: which confirmed findings count, and when they are too many."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from schemas.base import Day, Days, Event, Moment, Number, Slug
from schemas.discipline.reviews import BasisItem, ReviewTerms


class RecordEvent(Event):
    """Something that happened to the record of an agency under a directive."""

    topic: ClassVar[str] = "discipline.restricted"
    agency_id: Annotated[Slug, Field(description="The agency.")]
    directive_id: Annotated[Slug, Field(description="The directive.")]
    finding_id: Annotated[UUID, Field(description="The finding that counts or no longer counts.")]


class ConfirmedFindingCounted(RecordEvent):
    """A confirmed finding counts, once."""

    type: Literal["discipline.confirmed_finding_counted.v1"] = "discipline.confirmed_finding_counted.v1"
    matter_id: Annotated[UUID, Field(description="Its matter.")]
    fact_date: Annotated[Day, Field(description="The day of the fact: it counts for the period of that day.")]
    detected_at: Annotated[Moment, Field(description="When it was submitted.")]


class CountUndone(RecordEvent):
    """The finding fell away: it no longer counts."""

    type: Literal["discipline.count_undone.v1"] = "discipline.count_undone.v1"


class ThresholdReached(RecordEvent):
    """So many confirmed findings in the period that the pack demands a review of the collective."""

    type: Literal["discipline.threshold_reached.v1"] = "discipline.threshold_reached.v1"
    matter_id: Annotated[UUID, Field(description="The matter of this set: repeated violations are one of their own.")]
    basis: Annotated[tuple[BasisItem, ...], Field(min_length=1, description="The findings in the period.")]
    threshold: Annotated[Number, Field(description="The pack's number.")]
    period_days: Annotated[Days, Field(ge=1, description="The pack's period in calendar days.")]
    terms: Annotated[ReviewTerms, Field(description="What the directive says of the review.")]


class ThresholdUndone(RecordEvent):
    """Fewer than the pack's number are left of a set: what rested on it loses this ground."""

    type: Literal["discipline.threshold_undone.v1"] = "discipline.threshold_undone.v1"
    matter_id: Annotated[UUID, Field(description="The matter of the set.")]
    basis: Annotated[
        tuple[BasisItem, ...], Field(min_length=1, description="What no longer suffices, with the one that fell away.")
    ]


AnyRecordEvent = ConfirmedFindingCounted | CountUndone | ThresholdReached | ThresholdUndone
