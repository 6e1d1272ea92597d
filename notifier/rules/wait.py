"""A wait: something that has to happen in a case, since when, and what makes it a stall."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from notifier.calendar import Calendar
from schemas.notifier.alerts import StallRule
from schemas.values import Recipient


@dataclass(frozen=True, slots=True)
class Mark:
    """The event that began a wait, as far as an alert refers to it."""

    event_id: UUID
    at: datetime
    """When it happened; for what a policy derived, when its cause happened."""
    correlation_id: UUID
    traceparent: str | None = None


@dataclass(frozen=True, slots=True)
class Wait:
    """What a case waits for now. Stalled from its due moment on; whether it is stalled is never stored."""

    rule: StallRule
    basis: Mark
    since: datetime
    working_days: int
    """The rule's number, as data of the case; 0 where the case fixes the moment without one."""
    provision: str
    owner: Recipient
    """Who has to act, by office; the ladder begins there."""
    until: datetime | None = None
    """The due moment (or the end that a call precedes) where the case fixes it; else it is counted from `since`."""
    call: bool = False
    """A call so many working days before the end: it tells the first step only, for nothing has stalled yet."""
    notice: bool = False
    """It comes before the end too, and at once where it is late for it; unless it is a call, it climbs."""

    def due_at(self, calendar: Calendar) -> datetime | None:
        """The moment from which it is stalled; none for what comes before an end that has passed, or a late call."""
        if self.until is None:
            return calendar.working_days_after(self.since, self.working_days)
        if not (self.call or self.notice):
            return max(self.until, self.basis.at)
        if self.until <= self.basis.at:
            return None
        called_at = calendar.before(self.until, self.working_days)
        if called_at > self.basis.at:
            return called_at
        return self.basis.at if self.notice else None
