"""What a review is after its events."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid5

from discipline.clocks import Interruption
from discipline.reviews.complaints.state import Complaint
from discipline.reviews.decision.state import Decision
from discipline.reviews.incidents.state import Incidents
from discipline.reviews.procedure.state import Procedure
from schemas.discipline.law import ClockCalculation, ClocksAnew, RowUsed
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
    EXEMPTED = "exempted"
    CLOSED = "closed"
    """The subject died, or is no official."""
    DECIDED = "decided"
    SERVED = "served"
    """In force from the day that the service names, until it expires or is revoked."""
    REVOKED = "revoked"
    EXPIRED = "expired"


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

CONCLUDED = frozenset({ReviewStatus.ENDED, ReviewStatus.DECIDED, ReviewStatus.SERVED, ReviewStatus.EXPIRED})
"""With an outcome that can be taken back."""


OVER = frozenset(
    {
        ReviewStatus.REFUSED,
        ReviewStatus.LAPSED,
        ReviewStatus.TERMINATED,
        ReviewStatus.EXEMPTED,
        ReviewStatus.CLOSED,
        ReviewStatus.REVOKED,
    }
)
"""Nobody has to decide on it any more, unless it is proposed anew."""


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
    referred: tuple[BasisItem, ...] = ()
    """What was found after the decision, and referred to the review beside: nothing here rests on it."""
    status: ReviewStatus = ReviewStatus.PROPOSED
    opened_on: date | None = None
    """None until it is opened, and where an old event does not name it."""
    limitation: tuple[ClockCalculation, ...] = ()
    processing: ClockCalculation | None = None
    meeting_until: datetime | None = None
    answer_until: datetime | None = None
    """Until when the authority must answer a lost basis; none where nothing was lost."""
    procedure: Procedure = field(default_factory=Procedure)
    outcome: str | None = None
    """How it ended at the meeting."""
    incidents: Incidents = field(default_factory=Incidents)
    interruptions: tuple[Interruption, ...] = ()
    """Time of which it is said that it does not count; whether it does, the rows say."""
    decision: Decision | None = None
    decided_before: frozenset[UUID] = frozenset()
    """Who decided, or answered a complaint: none of them decides the second one."""
    complaint: Complaint | None = None
    reassigned: bool = False
    taken_from: tuple[str, ...] = ()
    """The posts that were competent before, the first of all first."""

    @property
    def subject_knows(self) -> bool:
        """He was notified, or where a row let the steps before fall away, served."""
        served = self.decision is not None and self.decision.in_force_from is not None
        return served or self.procedure.notice is not None

    @property
    def suspended_by(self) -> RowUsed | None:
        """The row by which the decision has no effect while a complaint against it waits for its answer."""
        return self.complaint.suspends if self.complaint is not None and self.complaint.pending else None

    @property
    def before_decision(self) -> ReviewStatus:
        """Where it stands again when its decision is gone."""
        return ReviewStatus.MEETING_HELD if self.procedure.recommendation is None else ReviewStatus.RECOMMENDED

    @property
    def before_service(self) -> Review:
        """What his own steps are answered by: a decision is none to the subject before it was served on him."""
        if self.status is not ReviewStatus.DECIDED:
            return self
        return replace(self, status=self.before_decision, decision=None)

    def interrupted(self, reason: str, first: date) -> Review:
        """From a day on time may not count."""
        return replace(self, interruptions=(*self.interruptions, Interruption(reason, first, None)))

    def ended_interruption(self, reason: str, last: date) -> Review:
        """The running interruption of a reason is over."""
        ended = tuple(
            replace(one, last=last) if one.reason == reason and one.last is None else one for one in self.interruptions
        )
        return replace(self, interruptions=ended)


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


def facts(state: Review) -> frozenset[date]:
    """The days of all facts that it ever rested on, refuted ones too: whoever was there then is concerned by it."""
    return frozenset(item.fact_date for item in state.known)


def detected_at(basis: tuple[BasisItem, ...]) -> datetime:
    """The earliest detection: processing time runs from here, whoever opens it when."""
    return min(item.detected_at for item in basis)


def reopened(state: Review, clocks: ClocksAnew | None) -> Review:
    """It is to be decided anew; what was heard and recommended stands.

    Where an old event has no clocks, those of the decision are shown on.
    """
    anew = replace(state, status=state.before_decision, decision=None, outcome=None)
    return anew if clocks is None else replace(anew, limitation=clocks.limitation, processing=clocks.processing)
