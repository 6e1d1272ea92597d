"""The inspection context's views (deploy/migrations/inspection/versions has them as they were made).

The migrations are the history; a test holds these classes to what they make.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Date, DateTime, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Column, Field, Index, SQLModel, desc

SCHEMA = {"schema": "inspection"}


def _moment(*, nullable: bool = True) -> Any:  # noqa: ANN401 -- SQLModel's own type of a field
    return Field(sa_type=DateTime(timezone=True), nullable=nullable)


def _text(*, nullable: bool = False) -> Any:  # noqa: ANN401 -- SQLModel's own type of a field
    return Field(sa_type=Text, nullable=nullable)


class FindingView(SQLModel, table=True):
    """One finding, as lists show it; drafts have no dates yet."""

    __tablename__ = "finding_view"
    __table_args__ = (
        Index("finding_view_by_day", desc("fact_date"), desc("id")),
        Index("finding_view_by_agency", "agency_id", desc("fact_date"), desc("id")),
        Index("finding_view_by_inspector", "inspector_id", desc("fact_date"), desc("id")),
        Index("finding_view_by_matter", "matter_id"),
        Index("finding_view_by_inspection", "inspection_id"),
        SCHEMA,
    )
    id: UUID = Field(primary_key=True)
    status: str = _text()
    agency_id: str = _text()
    directive_id: str = _text()
    violation_type: str = _text()
    fact_date: date
    source: str = _text()
    inspection_id: UUID | None
    matter_id: UUID
    inspector_id: UUID | None
    """None for a rule's draft."""
    replaces: UUID | None
    pack_version: int | None
    detected_at: datetime | None = _moment()
    contest_until: datetime | None = _moment()
    due_at: datetime | None = _moment()
    """As the inspection context knows it; extensions are in `finding_progress`."""
    historic: bool | None
    original_id: UUID | None
    version: int
    updated_at: datetime = _moment(nullable=False)


class InspectionView(SQLModel, table=True):
    """One inspection, as lists show it."""

    __tablename__ = "inspection_view"
    __table_args__ = (
        Index("inspection_view_by_day", desc("from_day"), desc("id")),
        Index("inspection_view_by_agency", "agency_ids", postgresql_using="gin"),
        SCHEMA,
    )
    id: UUID = Field(primary_key=True)
    status: str = _text()
    legal_kind: str = _text()
    form: str = _text()
    directive_id: str = _text()
    agency_ids: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    from_day: date
    to_day: date
    planned_by: UUID
    leader_id: UUID | None
    member_ids: list[UUID] = Field(sa_column=Column(ARRAY(Uuid), nullable=False))
    opened_on: date | None
    concluded_at: datetime | None = _moment()
    version: int
    updated_at: datetime = _moment(nullable=False)


class DirectiveView(SQLModel, table=True):
    """One directive, as lists show it: the newest version of its pack."""

    __tablename__ = "directive_view"
    __table_args__ = (SCHEMA,)
    id: str = Field(sa_column=Column(Text, primary_key=True))
    number: str | None = _text(nullable=True)
    name_vi: str = _text()
    name_en: str = _text()
    pack_version: int
    adopted_from: date = Field(sa_type=Date)
    pack_from: date = Field(sa_type=Date)
    repealed_on: date | None = Field(sa_type=Date, nullable=True)
    version: int
    updated_at: datetime = _moment(nullable=False)


class FindingProgress(SQLModel, table=True):
    """How a finding's follow-up stands and its open alerts, as the worker hears of them."""

    __tablename__ = "finding_progress"
    __table_args__ = (SCHEMA,)
    id: UUID = Field(primary_key=True)
    status: str | None = _text(nullable=True)
    owner_post: str | None = _text(nullable=True)
    due_at: datetime | None = _moment()
    percent: int
    open_alerts: int
    highest_step: int | None
    state: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
