"""A complaint, as far as it has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from schemas.discipline.law import ClockCalculation, RowUsed
from schemas.discipline.review_complaints import ComplaintOutcome, Instance


@dataclass(frozen=True, slots=True)
class Complaint:
    """The latest one."""

    instance: Instance
    filed_on: date
    answer: ClockCalculation | None = None
    """Until when it is answered."""
    suspends: RowUsed | None = None
    """The row by which the decision has no effect until then."""
    accepted: bool = False
    rejected: bool = False
    before: Complaint | None = None
    """What the instance before came to, where there was one: a refused complaint leaves it as it was."""
    outcome: ComplaintOutcome | None = None
    answered_by: UUID | None = None
    answered_on: date | None = None
    answer_served: bool = False
    next: ClockCalculation | None = None
    """Until when the next instance can be gone to."""

    @property
    def pending(self) -> bool:
        """Nobody has answered it yet."""
        return not self.rejected and self.outcome is None

    @property
    def taken_up(self) -> Complaint | None:
        """The latest one that was not refused."""
        return self if not self.rejected else self.before
