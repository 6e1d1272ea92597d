"""What is done to an alert: by the clock, by whoever was told, and by the case that it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from notifier.calendar import Calendar
from notifier.ladder import Snapshot
from schemas.notifier.alerts import CaseKind, StallRule


@dataclass(frozen=True, slots=True)
class OpenAlert:
    """Something has stalled. Total: an alert that is open already stays as it is."""

    alert_id: UUID
    case_id: UUID
    case_kind: CaseKind
    rule: StallRule
    agency_id: str | None
    owner_post: str | None
    since: datetime
    due_at: datetime
    ends_at: datetime | None
    """For a call before an end: that end."""
    basis: UUID
    working_days: int
    provision: str
    ladder: Snapshot
    acknowledgement_days: int
    confidential: bool
    at: datetime
    """Now: the next step counts from here."""
    calendar: Calendar


@dataclass(frozen=True, slots=True)
class EscalateAlert:
    """Nobody acted. Total: an alert that does not climb now stays as it is."""

    at: datetime
    calendar: Calendar


@dataclass(frozen=True, slots=True)
class ExpireAcknowledgement:
    """An acknowledgement has run out. Total."""

    at: datetime


@dataclass(frozen=True, slots=True)
class ExhaustLadder:
    """The last step's time has passed too. Total."""

    at: datetime


@dataclass(frozen=True, slots=True)
class EndAlert:
    """What it waited for has happened or fallen away. Total."""

    ended_by: UUID
    ended_type: str


@dataclass(frozen=True, slots=True)
class AcknowledgeAlert:
    """Somebody who was told has taken note."""

    alert_id: UUID
    by: UUID
    posts: tuple[str, ...]
    """The posts that he holds today."""
    at: datetime
    calendar: Calendar


Command = OpenAlert | EscalateAlert | ExpireAcknowledgement | ExhaustLadder | EndAlert | AcknowledgeAlert
