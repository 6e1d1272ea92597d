"""The view of consultations, and the copy of the directives under which they are asked."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from services.adapters.tables.discipline import SCHEMA, UTC


class ConsultationColumns(SQLModel):
    """Where a consultation stands."""

    id: UUID = Field(primary_key=True, description="The consultation.")
    request_id: UUID = Field(description="Shared by all whom the same request asks.")
    directive_id: str = Field(sa_type=Text, description="The directive.")
    provision: str = Field(sa_type=Text, description="The directive's provision.")
    asking_agency: str = Field(sa_type=Text, description="Who asks.")
    consulted_agency: str = Field(sa_type=Text, description="Who is asked.")
    status: str = Field(
        sa_type=Text, description="Where it stands: asked, answered, withdrawn, consent_deemed, lapsed or closed."
    )
    deemed_consent: bool = Field(description="No answer by the due moment is consent.")
    answers_personally: bool = Field(description="Whoever lets it lapse answers for it personally.")
    calculation: dict[str, Any] = Field(sa_type=JSONB, description="How the due moment was computed.")
    due_at: datetime = Field(sa_type=UTC, description="Until when an answer is on time: 24:00 of the last day.")
    position: str | None = Field(default=None, sa_type=Text, description="What was answered; none before an answer.")
    answered_at: datetime | None = Field(default=None, sa_type=UTC, description="When the answer was received.")
    late: bool | None = Field(default=None, description="The answer was received after the due moment.")
    to_reconcile: bool = Field(
        sa_column_kwargs={"server_default": text("false")},
        description="The answer asks for another text, and the lead has to work on it before it submits.",
    )
    reconciled: str | None = Field(
        default=None, sa_type=Text, description="What became of an answer that differs: settled or left_open."
    )
    going_on: bool = Field(description="Neither withdrawn nor answered in time, and the clock has not come to it.")
    version: int = Field(description="Version of its stream.")
    updated_at: datetime = Field(sa_type=UTC, description="When it last changed.")


class ConsultationRow(ConsultationColumns, table=True):
    """The inline view of consultations."""

    __tablename__ = "consultation_view"
    __table_args__ = (
        Index("consultation_view_by_due", "due_at", "id"),
        Index("consultation_view_going_on", "due_at", "id", postgresql_where=text("going_on")),
        Index("consultation_view_by_request", "request_id"),
        Index("consultation_view_by_asking", "asking_agency", "due_at", "id"),
        Index("consultation_view_by_consulted", "consulted_agency", "due_at", "id"),
        SCHEMA,
    )

    subject: dict[str, Any] = Field(sa_type=JSONB, description="Where the registry keeps what it is about.")


class DirectiveCopy(SQLModel, table=True):
    """An event of a directive, as the worker hears of it: which pack is in force from when."""

    __tablename__ = "directive_copy"
    __table_args__ = (SCHEMA,)

    directive_id: str = Field(sa_type=Text, primary_key=True)
    version: int = Field(primary_key=True, description="Its place in the directive's stream.")
    event: dict[str, Any] = Field(sa_type=JSONB)
