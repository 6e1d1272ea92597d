"""Why something cannot be done with an inspection."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from schemas.refusal import Refusal


@dataclass(unsafe_hash=True)
class InspectionUnknown(Refusal):
    """There is no such inspection."""

    field = "inspection_id"


@dataclass(unsafe_hash=True)
class InspectionAlreadyPlanned(Refusal):
    """It is planned once."""


@dataclass(unsafe_hash=True)
class PeriodReversed(Refusal):
    """The period ends before it begins."""

    from_day: date
    to_day: date
    field = "to_day"


@dataclass(unsafe_hash=True)
class AgencyNamedTwice(Refusal):
    """An agency is named more than once."""

    agency_id: str
    field = "agency_ids"


@dataclass(unsafe_hash=True)
class OnlyInspectoratesInspect(Refusal):
    """Thanh tra is the inspectorate's; other agencies check (kiểm tra)."""

    field = "legal_kind"


@dataclass(unsafe_hash=True)
class InternalIsACheck(Refusal):
    """What an agency looks into at home is kiểm tra, never thanh tra."""

    field = "form"


@dataclass(unsafe_hash=True)
class PersonNamedTwice(Refusal):
    """A person has more than one place in the team."""

    person_id: UUID
    field = "member_ids"


@dataclass(unsafe_hash=True)
class MemberOfInspectedAgency(Refusal):
    """Nobody inspects the agency that he heads or works in."""

    person_id: UUID
    agency_id: str
    field = "member_ids"


@dataclass(unsafe_hash=True)
class NotInCharge(Refusal):
    """An inspection is moved by whoever planned or leads it, or by the inspectorate's officers."""


@dataclass(unsafe_hash=True)
class TeamMissing(Refusal):
    """It cannot begin before somebody leads it."""


@dataclass(unsafe_hash=True)
class InspectionNotOpened(Refusal):
    """It has not begun."""


@dataclass(unsafe_hash=True)
class InspectionAlreadyOpened(Refusal):
    """It has begun already."""

    opened_on: date


@dataclass(unsafe_hash=True)
class InspectionAlreadyConcluded(Refusal):
    """Its conclusion was issued."""


@dataclass(unsafe_hash=True)
class InspectionCancelledBefore(Refusal):
    """It was cancelled."""
