"""The decision that stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from discipline.clocks import Interruption, Pause
from discipline.days import last_day
from schemas.discipline.law import ClockCalculation, RowUsed


@dataclass(frozen=True, slots=True)
class Decision:
    """A form, or no sanction."""

    form: str | None
    regime: date
    """The day whose rows of substance hold."""
    decided_by: UUID
    decided_on: date
    in_force_from: date | None = None
    """None until it was served: before that it has no effect."""
    complaint: ClockCalculation | None = None
    expiry: ClockCalculation | None = None
    published: bool = False
    service: ClockCalculation | None = None
    """Until when it is to be served; none where no row says."""
    concluded: frozenset[UUID] = frozenset()
    """The violations that a form was concluded for."""
    suspended: tuple[Pause, ...] = ()
    """While it had no effect, from each complaint to its answer: its sanction does not run then."""

    @property
    def stands_still(self) -> RowUsed | None:
        """The row by which its sanction does not run now; one that was over before the complaint stays over."""
        over = None if self.expiry is None else last_day(self.expiry.ends_at)
        running = (one for one in self.suspended if one.interruption.last is None)
        return next((one.row for one in running if over is None or one.interruption.first <= over), None)

    def without_effect(self, reason: str, first: date, row: RowUsed) -> Decision:
        """From a day on it has none."""
        return replace(self, suspended=(*self.suspended, Pause(Interruption(reason, first, None), row)))

    def with_effect_after(self, last: date) -> Decision:
        """It has effect again from the day after the last on which it had none."""
        ended = tuple(
            replace(one, interruption=replace(one.interruption, last=last)) if one.interruption.last is None else one
            for one in self.suspended
        )
        return replace(self, suspended=ended)
