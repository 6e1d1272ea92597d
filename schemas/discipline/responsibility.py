"""Events of the question that a finding or a deemed consent raises: whether the agency's head answers for it.

One stream a finding or consultation, one question a level: the agency's own head is level 1, the head above him 2, and
so on up to the authority's chair, to whom all of them answer.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from schemas.base import Day, Event, Moment, Number, Slug
from schemas.discipline.law import RowUsed
from schemas.discipline.reviews import BasisItem, ReviewTerms, Subject
from schemas.values import DocumentRef


class ClosingGround(StrEnum):
    """Why a head is not reviewed."""

    FOUND_AND_REPORTED = "found_and_reported"
    """He found it, stopped it and reported it himself."""
    NEW_IN_OFFICE = "new_in_office"
    """He had just taken office."""
    ABSENT = "absent"
    """He was away, and somebody acted for him."""
    NOT_RESPONSIBLE = "not_responsible"
    """The competent authority holds that he does not answer for it."""
    FINDING_FELL_AWAY = "finding_fell_away"


class ResponsibilityEvent(Event):
    """Something that happened to the question of the heads' responsibility for a finding or a deemed consent."""

    topic: ClassVar[str] = "discipline.reviews"
    finding_id: Annotated[UUID, Field(description="The finding, or the consultation; also the key on Kafka.")]


class LevelEvent(ResponsibilityEvent):
    """Something that happened to the question of one head."""

    level: Annotated[Number, Field(description="1 for the agency's own head, 2 for the head above him, …")]


class ResponsibilityRaised(LevelEvent):
    """By the directive's words, or because a person proposes it: whether the head answers for it, is a question.

    A person may ask again what was raised or closed before; his reasons come with it.
    """

    type: Literal["discipline.responsibility_raised.v1"] = "discipline.responsibility_raised.v1"
    matter_id: Annotated[UUID, Field(description="The matter.")]
    agency_id: Annotated[Slug, Field(description="The agency at which it was found.")]
    directive_id: Annotated[Slug, Field(description="The directive.")]
    subject: Annotated[Subject, Field(description="Who headed the agency of this level on the day of the fact.")]
    acting: Annotated[bool, Field(description="He acted in the post while nobody was appointed, or for its holder.")]
    in_office_since: Annotated[Day | None, Field(description="Since when he had been there; none where vacant.")]
    acted_by: Annotated[UUID | None, Field(description="The holder was away: who acted for him.")]
    own_check: Annotated[bool, Field(description="The agency's own check found it.")]
    fact_date: Annotated[Day, Field(description="The day of the fact.")]
    detected_at: Annotated[Moment, Field(description="When the finding was submitted, or the consent deemed.")]
    terms: Annotated[ReviewTerms, Field(description="What the directive says of a review.")]
    answer_until: Annotated[Moment, Field(description="Until when the competent authority must answer.")]
    rows: Annotated[tuple[RowUsed, ...], Field(description="Rows that say who of two answers.")]
    raised_by: Annotated[UUID | None, Field(description="Who proposes it; none where the directive's words do.")] = None
    reasons: Annotated[DocumentRef | None, Field(description="Why; none where the directive's words do.")] = None


class ResponsibilityOpened(LevelEvent):
    """A review of the head is proposed."""

    type: Literal["discipline.responsibility_opened.v1"] = "discipline.responsibility_opened.v1"
    review_id: Annotated[UUID, Field(description="The review.")]
    item: Annotated[BasisItem, Field(description="What it rests on.")]
    opened_by: Annotated[
        UUID | None,
        Field(description="Who decided so, or proposed it of a head whose review is proposed already; none by rule."),
    ]
    reasons: Annotated[DocumentRef | None, Field(description="Why; none where the directive demands it.")]


class ResponsibilityClosed(LevelEvent):
    """The head is not reviewed, and why."""

    type: Literal["discipline.responsibility_closed.v1"] = "discipline.responsibility_closed.v1"
    ground: Annotated[ClosingGround, Field(description="Why.")]
    rows: Annotated[tuple[RowUsed, ...], Field(description="The rows that say so; none where none is needed.")]
    closed_by: Annotated[UUID | None, Field(description="Who decided so; none where it follows by itself.")]
    reasons: Annotated[DocumentRef | None, Field(description="A person's; none where it follows by itself.")]


class ResponsibilityTakenOver(ResponsibilityEvent):
    """It is asked about whoever had to answer: another authority has taken the question over, for every level."""

    type: Literal["discipline.responsibility_taken_over.v1"] = "discipline.responsibility_taken_over.v1"
    from_post: Annotated[Slug, Field(description="The post that was competent until now.")]
    authority_post: Annotated[Slug, Field(description="The post that is competent from now on.")]
    taken_by: Annotated[UUID, Field(description="Who took it over.")]
    reasons: Annotated[DocumentRef, Field(description="Why.")]


AnyResponsibilityEvent = ResponsibilityRaised | ResponsibilityOpened | ResponsibilityClosed | ResponsibilityTakenOver
