"""The view of plans of succession."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Index, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from services.adapters.tables.discipline import SCHEMA, UTC


class SuccessionColumns(SQLModel):
    """A plan by which what is open passes on."""

    id: UUID = Field(primary_key=True, description="The plan, and the act that it belongs to.")
    kind: str = Field(sa_type=Text, description="End, merger or division.")
    status: str = Field(sa_type=Text, description="proposed, approved, withdrawn or carried_out.")
    day: date = Field(description="The first day on which the agencies no longer exist.")
    predecessors: list[str] = Field(sa_type=ARRAY(Text), description="Which agencies end.")
    successors: list[str] = Field(sa_type=ARRAY(Text), description="Which agencies take over.")
    heir_id: str = Field(sa_type=Text, description="The one that inherits what nothing else is said of.")
    heir_post: str = Field(sa_type=Text, description="Its head's post.")
    passages: dict[str, str] = Field(sa_type=JSONB, description="By post, the post to which what it owns goes.")
    singled: dict[str, str] = Field(sa_type=JSONB, description="By finding, the post to which its follow-up goes.")
    went: list[dict[str, Any]] = Field(sa_type=JSONB, description="Once carried out: what went where.")
    version: int = Field(description="Version of its stream.")
    updated_at: datetime = Field(sa_type=UTC, description="When it last changed.")


class SuccessionRow(SuccessionColumns, table=True):
    """The inline view of plans."""

    __tablename__ = "succession_view"
    __table_args__ = (Index("succession_view_by_day", "day", "id"), SCHEMA)


class FollowUpAlert(SQLModel, table=True):
    """An alert about a follow-up, as the worker hears of it."""

    __tablename__ = "follow_up_alert"
    __table_args__ = (
        Index("follow_up_alert_by_finding", "finding_id"),
        Index("follow_up_alert_by_end", "ended_by"),
        SCHEMA,
    )
    id: UUID = Field(primary_key=True, description="The alert.")
    finding_id: UUID = Field(description="The follow-up's finding.")
    rule: str = Field(sa_type=Text, description="How it has stalled.")
    owner_post: str | None = Field(default=None, sa_type=Text, description="The post that has to act.")
    ended_by: UUID | None = Field(default=None, description="The event that ended it; none while it is open.")
