"""Events of a finding's life (domain.md, Life of a finding)."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from schemas.base import Contract, Day, Event, Moment, Slug
from schemas.values import DocumentRef, FollowUpTerms, Posts, SubjectKind

TOPIC = "inspection.restricted"


class FindingSource(StrEnum):
    """How the violation came to light."""

    INSPECTION = "inspection"
    INTERNAL_CHECK = "internal_check"
    FEEDBACK = "feedback"
    PRESS = "press"
    POLICY = "policy"
    """Drafted by a rule for an inspector to look at; never submitted by one."""


class FindingEvent(Event):
    """Something that happened to a finding."""

    topic: ClassVar[str] = TOPIC
    finding_id: Annotated[UUID, Field(description="The finding; also the key on Kafka.")]


class InvolvedOfficial(Contract):
    """An official whom the violation concerns, by id only."""

    person_id: Annotated[UUID, Field(description="The person in the registry.")]
    post_id: Annotated[Slug, Field(description="The post held at the fact.")]
    kind: Annotated[SubjectKind, Field(description="The kind of official; the law's rows differ by it.")]


class FindingContent(Contract):
    """What a finding says; agency and violation type cannot be amended (domain.md)."""

    agency_id: Annotated[Slug, Field(description="The agency at which it was found.")]
    violation_type: Annotated[Slug, Field(description="A violation type of the directive's pack.")]
    directive_id: Annotated[Slug, Field(description="The directive whose pack defines the type.")]
    fact_date: Annotated[Day, Field(description="The day of the fact; substance follows it.")]
    source: Annotated[FindingSource, Field(description="How it came to light.")]
    inspection_id: Annotated[UUID | None, Field(description="The inspection that found it, if one did.")]
    matter_id: Annotated[UUID, Field(description="Groups findings of one matter at several agencies.")]
    officials: Annotated[tuple[InvolvedOfficial, ...], Field(max_length=50, description="Who is concerned.")]
    narrative: Annotated[DocumentRef, Field(description="What was seen, encrypted in the registry.")]
    evidence: Annotated[tuple[DocumentRef, ...], Field(max_length=50, description="Evidence documents.")]
    replaces: Annotated[UUID | None, Field(description="The withdrawn finding that this one replaces.")]


class FindingDrafted(FindingEvent):
    """A finding was written down; nobody is told yet."""

    type: Literal["inspection.finding_drafted.v1"] = "inspection.finding_drafted.v1"
    content: Annotated[FindingContent, Field(description="What it says.")]
    inspector_id: Annotated[UUID | None, Field(description="Who drafted it; none for a rule's draft.")]


class FindingDraftRevised(FindingEvent):
    """A draft was changed before submission."""

    type: Literal["inspection.finding_draft_revised.v1"] = "inspection.finding_draft_revised.v1"
    content: Annotated[FindingContent, Field(description="What it says now.")]


class FindingSubmitted(FindingEvent):
    """The finding was submitted: a provisional follow-up opens from this event alone."""

    type: Literal["inspection.finding_submitted.v1"] = "inspection.finding_submitted.v1"
    content: Annotated[FindingContent, Field(description="What it says.")]
    inspector_id: Annotated[UUID, Field(description="Who submitted it and answers for it.")]
    terms: Annotated[FollowUpTerms, Field(description="What the follow-up needs of the pack.")]
    posts: Annotated[Posts, Field(description="The posts around the agency on the day of submission.")]
    detected_at: Annotated[Moment, Field(description="Server receipt of this or, if earlier, of what it replaces.")]
    contest_until: Annotated[Moment, Field(description="Until when the agency may contest it.")]
    due_at: Annotated[Moment, Field(description="Until when it has to be mended.")]
    historic: Annotated[bool, Field(description="The fact is older than the directive: no alerts.")]


class FindingAmended(FindingEvent):
    """The content was amended: the owner has to acknowledge anew, no deadline gets shorter."""

    type: Literal["inspection.finding_amended.v1"] = "inspection.finding_amended.v1"
    content: Annotated[FindingContent, Field(description="What it says now.")]
    reason: Annotated[DocumentRef, Field(description="Why.")]
    due_at: Annotated[Moment, Field(description="The due moment now; never earlier than before.")]


class FindingWithdrawn(FindingEvent):
    """The inspector took it back before it was confirmed."""

    type: Literal["inspection.finding_withdrawn.v1"] = "inspection.finding_withdrawn.v1"
    reason: Annotated[DocumentRef, Field(description="Why.")]


class FindingContested(FindingEvent):
    """The agency objects, once, with reasons, within the window."""

    type: Literal["inspection.finding_contested.v1"] = "inspection.finding_contested.v1"
    post_id: Annotated[Slug, Field(description="The post that contested it.")]
    reasons: Annotated[DocumentRef, Field(description="Why.")]


class FindingConfirmed(FindingEvent):
    """It stands; only now may it feed reviews, thresholds and evaluation."""

    type: Literal["inspection.finding_confirmed.v1"] = "inspection.finding_confirmed.v1"
    confirmed_by: Annotated[UUID, Field(description="Who confirmed it; never who submitted it.")]
    agency_id: Annotated[Slug, Field(description="The agency, as submitted.")]
    violation_type: Annotated[Slug, Field(description="The violation type, as submitted.")]
    matter_id: Annotated[UUID, Field(description="The matter, as submitted.")]
    fact_date: Annotated[Day, Field(description="The day of the fact.")]
    detected_at: Annotated[Moment, Field(description="As submitted: processing time runs from here.")]
    officials: Annotated[tuple[InvolvedOfficial, ...], Field(description="Who is concerned.")]
    terms: Annotated[FollowUpTerms, Field(description="The pack's terms, as submitted.")]
    posts: Annotated[Posts, Field(description="The posts around the agency, as submitted.")]
    answer: Annotated[DocumentRef | None, Field(description="The answer to the objections, if there were any.")]


class FindingDismissed(FindingEvent):
    """It does not stand: its follow-up is cancelled and its counts undone."""

    type: Literal["inspection.finding_dismissed.v1"] = "inspection.finding_dismissed.v1"
    dismissed_by: Annotated[UUID, Field(description="Who dismissed it.")]
    agency_id: Annotated[Slug, Field(description="The agency, as submitted.")]
    reason: Annotated[DocumentRef, Field(description="Why.")]


class FindingMarkedDuplicate(FindingEvent):
    """The same violation was already found: it counts once, under the original."""

    type: Literal["inspection.finding_marked_duplicate.v1"] = "inspection.finding_marked_duplicate.v1"
    original_id: Annotated[UUID, Field(description="The finding that goes on.")]
    agency_id: Annotated[Slug, Field(description="The agency, as submitted.")]
    reason: Annotated[Slug, Field(description="Why, as a code of the catalogue.")]


AnyFindingEvent = (
    FindingDrafted
    | FindingDraftRevised
    | FindingSubmitted
    | FindingAmended
    | FindingWithdrawn
    | FindingContested
    | FindingConfirmed
    | FindingDismissed
    | FindingMarkedDuplicate
)
