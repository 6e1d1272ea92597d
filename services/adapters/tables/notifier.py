"""The notifier's view of alerts, which people list; its other tables are rows of machinery that SQL alone touches."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, Column, DateTime, Index, Text, text
from sqlmodel import Field, SQLModel

SCHEMA = {"schema": "notifier"}
UTC = DateTime(timezone=True)


class AlertColumns(SQLModel):
    """Where an alert stands."""

    id: UUID = Field(primary_key=True, description="The alert.")
    case_id: UUID = Field(description="The finding (also of its follow-up), review, inspection, plan or consultation.")
    case_kind: str = Field(
        sa_type=Text, description="follow_up, review, responsibility, finding, inspection, succession or consultation."
    )
    rule: str = Field(sa_type=Text, description="How it has stalled.")
    agency_id: str | None = Field(default=None, sa_type=Text, description="The agency concerned.")
    owner_post: str | None = Field(default=None, sa_type=Text, description="The post that has to act.")
    since: datetime = Field(sa_type=UTC, description="Since when it has been waiting.")
    due_at: datetime = Field(sa_type=UTC, description="From which moment on it was a stall, or called about.")
    ends_at: datetime | None = Field(default=None, sa_type=UTC, description="Of a call: the end that it calls about.")
    basis: UUID = Field(description="The event that began the wait.")
    working_days: int = Field(description="The rule's working days; 0 where the case fixes the moment.")
    provision: str = Field(sa_type=Text, description="Where the number comes from.")
    confidential: bool = Field(description="Of a review: only who was told, and auditors, know of it.")
    state: str = Field(sa_type=Text, description="open, acknowledged or ended.")
    step: int = Field(description="The highest step told; the first is 0.")
    steps: int = Field(description="How many steps its ladder has.")
    recipient: str = Field(sa_type=Text, description="The office of that step.")
    told: list[str] = Field(
        sa_type=ARRAY(Text), description="The posts that have been told; a person's id for who was."
    )
    acknowledged_by: UUID | None = Field(default=None, description="Who has taken note, while that holds.")
    acknowledged_until: datetime | None = Field(default=None, sa_type=UTC, description="Until when that holds.")
    exhausted: bool = Field(description="The last step's time has passed too.")
    next_kind: str | None = Field(
        default=None, sa_type=Text, description="What follows by itself: climb, expire, exhaust."
    )
    next_at: datetime | None = Field(default=None, sa_type=UTC, description="When it follows if nobody acts.")
    version: int = Field(description="Version of its stream.")
    updated_at: datetime = Field(sa_type=UTC, description="When it last changed.")


class AlertRow(AlertColumns, table=True):
    """The inline view of alerts."""

    __tablename__ = "alert_view"
    __table_args__ = (
        Index("alert_next", "next_at", postgresql_where=text("next_at is not null")),
        Index("alert_latest", Column("due_at").desc(), "id"),
        Index("alert_agency", "agency_id", Column("due_at").desc(), "id"),
        Index("alert_case", "case_id"),
        Index("alert_told", "told", postgresql_using="gin"),
        SCHEMA,
    )
