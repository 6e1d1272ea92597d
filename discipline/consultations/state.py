"""What a consultation is after its events. That it is overdue is no part of it: that follows from `due_at` and time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid5

from schemas.discipline.consultations import ConsultationTerms, Position, Reconciliation
from schemas.discipline.law import ClockCalculation
from schemas.values import DocumentRef


class Lapse(StrEnum):
    """What no answer by the due moment has come to."""

    CONSENT = "consent"
    """It is taken for consent."""
    NOTHING = "nothing"
    """It is taken for nothing: the answer stays owed until it comes or the lead closes it."""


DIFFERING = frozenset({Position.AGREES_WITH_CHANGES, Position.DISAGREES})
"""Answers that ask for another text."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer that was given."""

    position: Position
    received_at: datetime
    late: bool


@dataclass(frozen=True, slots=True)
class Consultation:
    """A consultation that was asked."""

    consultation_id: UUID
    request_id: UUID
    asking_agency: str
    asking_post: str
    consulted_agency: str
    consulted_post: str
    subject: DocumentRef
    terms: ConsultationTerms
    calculation: ClockCalculation
    due_at: datetime
    answer: Answered | None = None
    withdrawn: bool = False
    lapse: Lapse | None = None
    """What the clock found once the due moment had passed; none before, and none where an answer undid it."""

    closed: bool = False
    """Who asked goes on without the answer that was owed; one that was received in time undoes that too."""

    reconciled: Reconciliation | None = None
    """What became of an answer that differs; none as long as nobody has worked on it."""

    @property
    def differs(self) -> bool:
        """Whether its answer stands and does not simply agree: silence that is consent differs from nothing."""
        return self.lapse is not Lapse.CONSENT and self.answer is not None and self.answer.position in DIFFERING

    @property
    def to_reconcile(self) -> bool:
        """Whether the lead has to work on it before it submits."""
        return self.terms.reconcile_first and self.differs and self.reconciled is None

    @property
    def answered_in_time(self) -> bool:
        """Whether an answer was received by the due moment."""
        return self.answer is not None and not self.answer.late


State = Consultation | None
"""None: never asked."""

initial: State = None


def consultation_id(request_id: UUID, consulted_agency: str) -> UUID:
    """The one consultation of an agency within a request."""
    return uuid5(request_id, consulted_agency)
