"""What a review is after its events."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid5

from discipline.reviews.procedure.state import Procedure
from schemas.discipline.law import ClockCalculation
from schemas.discipline.reviews import BasisItem, Subject

_REVIEWS = UUID("0b7a3b1e-3d2b-5f3c-9a55-1c1f4f6f2f7e")
"""Namespace of reviews' ids."""


class ReviewStatus(StrEnum):
    """Where it stands."""

    PROPOSED = "proposed"
    OPEN = "open"
    REFUSED = "refused"
    LAPSED = "lapsed"
    TERMINATED = "terminated"
    MEETING_HELD = "meeting_held"
    ENDED = "ended"
    """At the meeting: with a reminder, criticism, lessons, or no responsibility."""
    BEFORE_BOARD = "before_board"
    HEARD = "heard"
    RECOMMENDED = "recommended"


UNDER_WAY = frozenset(
    {
        ReviewStatus.OPEN,
        ReviewStatus.MEETING_HELD,
        ReviewStatus.BEFORE_BOARD,
        ReviewStatus.HEARD,
        ReviewStatus.RECOMMENDED,
    }
)
"""Opened, and without an outcome."""


@dataclass(frozen=True, slots=True)
class Review:
    """A review that was proposed."""

    review_id: UUID
    matter_id: UUID
    subject: Subject
    directive_id: str
    provision: str
    authority_post: str
    open_within: int
    """Working days to open or refuse it, and to answer a lost basis."""
    meeting_within: int
    """Working days from the opening to the meeting."""
    open_until: datetime
    basis: tuple[BasisItem, ...]
    known: tuple[BasisItem, ...]
    """All that ever was in the basis: a refusal is not asked for again on the same grounds."""
    status: ReviewStatus = ReviewStatus.PROPOSED
    limitation: tuple[ClockCalculation, ...] = ()
    processing: ClockCalculation | None = None
    meeting_until: datetime | None = None
    answer_until: datetime | None = None
    """Until when the authority must answer a lost basis; none where nothing was lost."""
    procedure: Procedure = field(default_factory=Procedure)
    outcome: str | None = None
    """How it ended at the meeting."""


State = Review | None
"""None: never proposed."""

initial: State = None


def review_id(matter_id: UUID, subject: Subject) -> UUID:
    """The one review of a subject in a matter."""
    if subject.person_id is not None:
        who = f"person/{subject.person_id}"
    elif subject.post_id is not None:
        who = f"post/{subject.post_id}"
    else:
        who = f"collective/{subject.agency_id}"
    return uuid5(_REVIEWS, f"{matter_id}/{who}")


def fact_date(basis: tuple[BasisItem, ...]) -> date:
    """The day of the latest fact: limitation runs from here, for a new violation restarts it."""
    return max(item.fact_date for item in basis)


def detected_at(basis: tuple[BasisItem, ...]) -> datetime:
    """The earliest detection: processing time runs from here, whoever opens it when."""
    return min(item.detected_at for item in basis)
