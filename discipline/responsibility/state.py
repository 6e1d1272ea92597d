"""The question of the heads' responsibility for one finding or one deemed consent, after its events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from schemas.discipline.responsibility import ClosingGround
from schemas.discipline.reviews import ReviewGround, ReviewTerms, Subject


class LevelStatus(StrEnum):
    """Where the question of a level stands."""

    RAISED = "raised"
    OPENED = "opened"
    """A review was proposed; its own stream says what became of it."""
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Level:
    """The question of one head."""

    level: int
    subject: Subject
    acting: bool
    in_office_since: date | None
    acted_by: UUID | None
    answer_until: datetime
    status: LevelStatus = LevelStatus.RAISED
    review_id: UUID | None = None
    grounds: tuple[ReviewGround, ...] = ()
    """On which a review was asked for, whatever was answered."""
    closed: ClosingGround | None = None


@dataclass(frozen=True, slots=True)
class Responsibility:
    """What a finding or a deemed consent raised."""

    finding_id: UUID
    """The finding; of a deemed consent, the consultation."""
    matter_id: UUID
    agency_id: str
    directive_id: str
    fact_date: date
    detected_at: datetime
    own_check: bool
    terms: ReviewTerms
    levels: tuple[Level, ...]

    def at(self, number: int) -> Level | None:
        """The question of a level."""
        return next((one for one in self.levels if one.level == number), None)

    @property
    def waiting(self) -> tuple[Level, ...]:
        """The levels without an answer."""
        return tuple(one for one in self.levels if one.status is LevelStatus.RAISED)


State = Responsibility | None
"""None: nothing was raised."""

initial: State = None
