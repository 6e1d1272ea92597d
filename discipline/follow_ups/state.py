"""What a follow-up is after its events. Overdue and stalled are no part of it: they follow from events and time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from schemas.discipline.followups import CancellationGround
from schemas.discipline.reviews import ReviewGround
from schemas.inspection.findings import InvolvedOfficial
from schemas.values import FollowUpTerms, Posts


class Life(StrEnum):
    """Whether it goes on."""

    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Plan(StrEnum):
    """Acceptance: how far owner and inspectorate agree on what is to be done."""

    NONE = "none"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    SENT_BACK = "sent_back"


class Implementation(StrEnum):
    """Implementation, tracked apart from acceptance: how far it is mended."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    CLAIMED = "claimed"
    VERIFIED = "verified"


@dataclass(frozen=True, slots=True)
class AskedExtension:
    """An extension that nobody has decided on yet; the clock goes on."""

    number: int
    until: date


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What the confirmation of the finding brought."""

    fact_date: date
    detected_at: datetime
    officials: tuple[InvolvedOfficial, ...]


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A follow-up that was opened."""

    finding_id: UUID
    agency_id: str
    """The agency at which it was found: it counts there, whoever has to mend."""
    violation_type: str
    matter_id: UUID
    inspector_id: UUID
    terms: FollowUpTerms
    posts: Posts
    internal_check: bool
    historic: bool
    owner_post: str
    due_at: datetime
    life: Life = Life.OPEN
    acknowledged: bool = False
    """By the present owner, of the present content."""
    plan: Plan = Plan.NONE
    plan_number: int = 0
    plan_outdated: bool = False
    """The finding was amended after the plan was submitted: another one may follow an accepted one."""
    implementation: Implementation = Implementation.NOT_STARTED
    percent: int = 0
    claimed_at: datetime | None = None
    """Server receipt of the claim that stands or was verified."""
    on_time: bool | None = None
    """Once verified."""
    extensions_asked: int = 0
    extensions_granted: int = 0
    asked: AskedExtension | None = None
    hand_overs: int = 0
    past_limit: bool = False
    confirmation: Confirmation | None = None
    exhausted: tuple[UUID, ...] = ()
    """Alerts whose ladder was climbed to its end."""
    demanded: tuple[ReviewGround, ...] = ()
    cancelled: CancellationGround | None = None
    passed_to: str | None = None
    """The agency that has to mend since the one at which it was found has ended."""

    @property
    def mends(self) -> str:
        """The agency that has to mend."""
        return self.passed_to or self.agency_id


State = FollowUp | None
"""None: never opened."""

initial: State = None
