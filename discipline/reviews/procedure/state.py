"""How far the procedure of a review has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from schemas.discipline.review_procedure import MeetingOutcome


@dataclass(frozen=True, slots=True)
class Notice:
    """The subject knows of it."""

    received_at: datetime
    self_review_until: datetime


@dataclass(frozen=True, slots=True)
class Meeting:
    """The latest call of the review meeting."""

    number: int
    held_at: datetime
    chair: UUID
    must_attend: tuple[UUID, ...]
    recommendation: MeetingOutcome | None = None
    """None until it was held."""


@dataclass(frozen=True, slots=True)
class Summons:
    """The latest summons."""

    number: int
    hearing_at: datetime
    summoned_on: date | None = None
    """None where an old event does not name it."""
    received_at: datetime | None = None
    missed: bool = False


@dataclass(frozen=True, slots=True)
class Procedure:
    """All of it; empty at the opening."""

    secretary: UUID | None = None
    notice: Notice | None = None
    self_reviewed_at: datetime | None = None
    self_review_late: bool = False
    meeting: Meeting | None = None
    board_id: UUID | None = None
    summons: Summons | None = None
    unexcused: int = 0
    """Summonses that he received and missed without a good reason."""
    heard_by: tuple[UUID, ...] = ()
    """Who of the board sat with a vote when it was heard last; none: it is still to be heard."""
    recommendation: str | None = None
    """The board's: a form, or no discipline."""
    told_anew_from: date | None = None
    """What he was told is not all any more: from this day he can be notified of the rest."""
    called_anew: bool = False
    """The latest call of the meeting, or summons before the board, was without what joined since: it serves no more."""
