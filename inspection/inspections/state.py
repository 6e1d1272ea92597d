"""An inspection as its events tell it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from schemas.inspection.inspections import InspectionForm, LegalKind
from schemas.values import DocumentRef


class InspectionStatus(StrEnum):
    """Where an inspection stands."""

    PLANNED = "planned"
    OPENED = "opened"
    CONCLUDED = "concluded"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Team:
    """Who inspects."""

    leader_id: UUID
    member_ids: tuple[UUID, ...]
    """The others."""

    @property
    def everybody(self) -> tuple[UUID, ...]:
        """The leader and the others."""
        return (self.leader_id, *self.member_ids)


@dataclass(frozen=True, slots=True)
class Inspection:
    """An inspection."""

    inspection_id: UUID
    status: InspectionStatus
    legal_kind: LegalKind
    form: InspectionForm
    directive_id: str
    agency_ids: tuple[str, ...]
    from_day: date
    to_day: date
    planned_by: UUID
    team: Team | None = None
    opened_on: date | None = None
    conclusion: DocumentRef | None = None
    concluded_at: datetime | None = None
    cancelled_for: DocumentRef | None = None


State = Inspection | None
"""None before it was planned."""
INITIAL: State = None
