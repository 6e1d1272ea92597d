"""The discipline context's views. Overdue is in none of them: whoever reads compares `due_at` with now."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, Column, Date, DateTime, Identity, Index, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

SCHEMA = {"schema": "discipline"}
UTC = DateTime(timezone=True)


class FollowUpColumns(SQLModel):
    """Where a follow-up stands."""

    id: UUID = Field(primary_key=True, description="The finding that it follows.")
    agency_id: str = Field(sa_type=Text, description="The agency that has to mend.")
    directive_id: str = Field(sa_type=Text, description="The directive.")
    violation_type: str = Field(sa_type=Text, description="What was found.")
    matter_id: UUID = Field(description="The matter that it belongs to.")
    inspector_id: UUID = Field(description="Who found it.")
    owner_post: str = Field(sa_type=Text, description="The post that owns it.")
    status: str = Field(sa_type=Text, description="Where it stands, in one word.")
    plan: str = Field(sa_type=Text, description="Acceptance: none, submitted, accepted, sent_back.")
    plan_number: int = Field(description="Which plan is the latest; 0 for none.")
    implementation: str = Field(
        sa_type=Text, description="Implementation: not_started, in_progress, claimed, verified."
    )
    acknowledged: bool = Field(description="By the present owner, of the present content.")
    confirmed: bool = Field(description="The finding stands.")
    internal_check: bool = Field(description="Found by an internal check: who verifies differs.")
    historic: bool = Field(description="Loaded as history.")
    due_at: datetime = Field(sa_type=UTC, description="Until when it has to be mended.")
    percent: int = Field(description="How much is done, as last reported.")
    claimed_at: datetime | None = Field(
        default=None, sa_type=UTC, description="When the claim of completion was received."
    )
    on_time: bool | None = Field(default=None, description="Once verified: claimed by the due moment.")
    extension_asked_until: date | None = Field(default=None, description="An extension that waits for its answer.")
    extensions_granted: int = Field(description="How often it was extended.")
    hand_overs: int = Field(description="How often it was passed on.")
    past_limit: bool = Field(description="More often than the directive tolerates.")
    cancelled: str | None = Field(default=None, sa_type=Text, description="Why it ended without being mended.")
    going_on: bool = Field(description="Neither closed nor cancelled.")
    version: int = Field(description="Version of its stream.")
    updated_at: datetime = Field(sa_type=UTC, description="When it last changed.")


class FollowUpRow(FollowUpColumns, table=True):
    """The inline view of follow-ups."""

    __tablename__ = "follow_up_view"
    __table_args__ = (
        Index("follow_up_view_by_due", "due_at", "id"),
        Index("follow_up_view_by_agency", "agency_id", "due_at", "id"),
        Index("follow_up_view_by_owner", "owner_post", "due_at", "id"),
        SCHEMA,
    )


class ReviewColumns(SQLModel):
    """Where a review stands, with its basis and both clocks. Confidential."""

    id: UUID = Field(primary_key=True, description="The review.")
    matter_id: UUID = Field(description="The matter.")
    directive_id: str = Field(sa_type=Text, description="The directive.")
    provision: str = Field(sa_type=Text, description="The directive's provision.")
    subject_kind: str = Field(sa_type=Text, description="Kind of subject: the law's rows differ by it.")
    agency_id: str = Field(sa_type=Text, description="The agency; of a collective, the subject itself.")
    person_id: UUID | None = Field(default=None, description="The person; none for a collective or a vacant post.")
    post_id: str | None = Field(default=None, sa_type=Text, description="The post at the fact; none for a collective.")
    authority_post: str = Field(sa_type=Text, description="The post that decides on it.")
    status: str = Field(sa_type=Text, description="Where it stands, in one word.")
    findings: list[UUID] = Field(sa_type=ARRAY(Uuid), description="What it rests on.")
    basis: list[dict[str, Any]] = Field(sa_type=JSONB, description="Each finding or consent with its ground and dates.")
    fact_date: date = Field(description="The latest fact: limitation runs from it.")
    detected_at: datetime = Field(sa_type=UTC, description="The earliest detection: processing time runs from it.")
    open_until: datetime = Field(sa_type=UTC, description="Until when it must be opened or refused.")
    meeting_until: datetime | None = Field(
        default=None, sa_type=UTC, description="Until when the meeting should be held, once open."
    )
    answer_until: datetime | None = Field(
        default=None, sa_type=UTC, description="Until when a lost basis must be answered."
    )
    limitation: list[dict[str, Any]] = Field(
        sa_type=JSONB, description="Limitation, a calculation for each active row."
    )
    processing: dict[str, Any] | None = Field(
        default=None, sa_type=JSONB, description="Processing time, as computed; none where no row limits it."
    )
    secretary: UUID | None = Field(default=None, description="Who keeps the file.")
    notified: bool = Field(description="The subject knows of it.")
    outcome: str | None = Field(default=None, sa_type=Text, description="How it ended at the meeting.")
    form: str | None = Field(default=None, sa_type=Text, description="The form that was decided; none for none.")
    in_force_from: date | None = Field(default=None, description="Since when the decision has effect.")
    sanction_until: datetime | None = Field(default=None, sa_type=UTC, description="When the sanction ends by its row.")
    version: int = Field(description="Version of its stream.")
    updated_at: datetime = Field(sa_type=UTC, description="When it last changed.")


class ReviewRow(ReviewColumns, table=True):
    """The inline view of reviews."""

    __tablename__ = "review_view"
    __table_args__ = (
        Index("review_view_by_finding", "findings", postgresql_using="gin"),
        Index("review_view_by_authority", "authority_post", "open_until", "id"),
        Index("review_view_by_person", "person_id"),
        SCHEMA,
    )

    facts: list[date] = Field(
        sa_type=ARRAY(Date), description="The days of all facts that it ever rested on: who belonged to a collective."
    )


class ResponsibilityColumns(SQLModel):
    """Which heads a finding or a deemed consent raises the question of, and what was answered. Confidential."""

    id: UUID = Field(primary_key=True, description="The finding; of a deemed consent, the consultation.")
    matter_id: UUID = Field(description="The matter.")
    agency_id: str = Field(sa_type=Text, description="The agency at which it was found.")
    directive_id: str = Field(sa_type=Text, description="The directive.")
    provision: str = Field(sa_type=Text, description="The directive's provision.")
    authority_post: str = Field(sa_type=Text, description="The post that answers.")
    fact_date: date = Field(description="The day of the fact: who headed the agency then, is asked for.")
    own_check: bool = Field(description="The agency's own check found it.")
    persons: list[UUID] = Field(sa_type=ARRAY(Uuid), description="Whom it is about.")
    levels: list[dict[str, Any]] = Field(sa_type=JSONB, description="Each head with what was answered.")
    waiting: int = Field(description="How many levels have no answer.")
    answer_until: datetime | None = Field(
        default=None, sa_type=UTC, description="Until when the first of them must be answered."
    )
    version: int = Field(description="Version of its stream.")
    updated_at: datetime = Field(sa_type=UTC, description="When it last changed.")


class ResponsibilityRow(ResponsibilityColumns, table=True):
    """The inline view of the heads' responsibility."""

    __tablename__ = "responsibility_view"
    __table_args__ = (Index("responsibility_view_by_authority", "authority_post", "id"), SCHEMA)


class FindingPaperRow(SQLModel, table=True):
    """A text of a finding, as its latest event refers to it: the narrative first, then the evidence. Confidential."""

    __tablename__ = "finding_paper"
    __table_args__ = (SCHEMA,)

    finding_id: UUID = Field(primary_key=True)
    place: int = Field(primary_key=True)
    part: str = Field(sa_type=Text, description="narrative or evidence.")
    document_id: UUID
    sha256: str = Field(sa_type=Text, description="Of its salt and text, as the event states it.")
    type: str = Field(sa_type=Text, description="That event's contract.")
    version: int = Field(description="Its place in the finding's stream.")
    recorded_at: datetime = Field(sa_type=UTC)


class ConfidentialRead(SQLModel, table=True):
    """Somebody read a review, or the question whether heads answer: who, what, when. Only ever added to."""

    __tablename__ = "confidential_reads"
    __table_args__ = (Index("confidential_reads_by_review", "review_id", "id"), SCHEMA)

    id: int = Field(sa_column=Column(BigInteger, Identity(always=True), primary_key=True))
    review_id: UUID = Field(description="The review; of a question, the finding or consultation that raises it.")
    reader: str = Field(sa_type=Text)
    route: str = Field(sa_type=Text)
    correlation_id: UUID
    read_at: datetime = Field(sa_type=UTC, description="In real time.")
