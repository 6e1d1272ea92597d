"""The decision that stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from schemas.discipline.law import ClockCalculation


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
