"""Events of an inspection's life: planned, opened with a team, concluded or cancelled."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from schemas.base import Day, Event, Moment, Slug
from schemas.values import DocumentRef


class LegalKind(StrEnum):
    """Which law applies: rows of the Law on Inspection hold for thanh tra, never for kiểm tra."""

    THANH_TRA = "thanh_tra"
    KIEM_TRA = "kiem_tra"


class InspectionForm(StrEnum):
    """How it came about."""

    SCHEDULED = "scheduled"
    SURPRISE = "surprise"
    THEMATIC = "thematic"
    INTERNAL = "internal"


class InspectionEvent(Event):
    """Something that happened to an inspection."""

    topic: ClassVar[str] = "inspection.restricted"
    inspection_id: Annotated[UUID, Field(description="The inspection; also the key on Kafka.")]


class InspectionPlanned(InspectionEvent):
    """An inspection is planned for a period."""

    type: Literal["inspection.inspection_planned.v1"] = "inspection.inspection_planned.v1"
    legal_kind: Annotated[LegalKind, Field(description="Thanh tra or kiểm tra.")]
    form: Annotated[InspectionForm, Field(description="Scheduled, surprise, thematic or internal.")]
    directive_id: Annotated[Slug, Field(description="The directive that it checks.")]
    agency_ids: Annotated[tuple[Slug, ...], Field(min_length=1, max_length=200, description="Who is inspected.")]
    from_day: Annotated[Day, Field(description="First day of the period.")]
    to_day: Annotated[Day, Field(description="Last day of the period.")]
    planned_by: Annotated[UUID, Field(description="Who planned it.")]


class TeamAppointed(InspectionEvent):
    """Who inspects, and who leads."""

    type: Literal["inspection.team_appointed.v1"] = "inspection.team_appointed.v1"
    leader_id: Annotated[UUID, Field(description="The team leader.")]
    member_ids: Annotated[tuple[UUID, ...], Field(max_length=50, description="The other members.")]


class InspectionOpened(InspectionEvent):
    """The inspection has begun."""

    type: Literal["inspection.inspection_opened.v1"] = "inspection.inspection_opened.v1"
    opened_on: Annotated[Day, Field(description="The day it began.")]
    leader_id: Annotated[UUID, Field(description="The team leader.")]


class InspectionConcluded(InspectionEvent):
    """The conclusion was issued."""

    type: Literal["inspection.inspection_concluded.v1"] = "inspection.inspection_concluded.v1"
    conclusion: Annotated[DocumentRef, Field(description="The conclusion, in the registry.")]
    concluded_at: Annotated[Moment, Field(description="When it was issued.")]


class InspectionCancelled(InspectionEvent):
    """The inspection will not take place."""

    type: Literal["inspection.inspection_cancelled.v1"] = "inspection.inspection_cancelled.v1"
    reason: Annotated[DocumentRef, Field(description="Why.")]


AnyInspectionEvent = InspectionPlanned | TeamAppointed | InspectionOpened | InspectionConcluded | InspectionCancelled
