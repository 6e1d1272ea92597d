"""What is done with an inspection; facts of the organisation arrive on the command."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias
from uuid import UUID

from inspection.standing import Standing
from schemas.inspection.inspections import InspectionForm, LegalKind
from schemas.inspection.organisation import AgencyKind
from schemas.values import DocumentRef


@dataclass(frozen=True, slots=True)
class PlanInspection:
    """Plan an inspection of agencies for a period."""

    inspection_id: UUID
    legal_kind: LegalKind
    form: InspectionForm
    directive_id: str
    agency_ids: tuple[str, ...]
    from_day: date
    to_day: date
    planned_by: UUID
    planner_kinds: frozenset[AgencyKind]
    """The kinds of the agencies in which the planner holds a post."""


@dataclass(frozen=True, slots=True)
class Charge:
    """Who acts, and whether he looks after every inspection there."""

    person_id: UUID
    oversees: bool
    """An officer of the inspectorate; others are in charge of what they planned or lead."""


@dataclass(frozen=True, slots=True)
class AppointTeam:
    """Say who inspects, anew as a whole."""

    by: Charge
    leader: Standing
    members: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class OpenInspection:
    """Begin it."""

    by: Charge
    today: date


@dataclass(frozen=True, slots=True)
class ConcludeInspection:
    """Issue the conclusion."""

    by: Charge
    conclusion: DocumentRef
    at: datetime


@dataclass(frozen=True, slots=True)
class CancelInspection:
    """It will not take place, or will not go on."""

    by: Charge
    reason: DocumentRef


Command: TypeAlias = PlanInspection | AppointTeam | OpenInspection | ConcludeInspection | CancelInspection
