"""What can be asked of a consultation: by the agency that asks, by the one that is asked, and by the clock (total)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from discipline.calendar import Calendar
    from discipline.standing import Person
    from schemas.discipline.consultations import ConsultationTerms, Position, Reconciliation
    from schemas.discipline.reviews import Subject
    from schemas.values import DocumentRef


@dataclass(frozen=True, slots=True)
class Party:
    """An agency with its head's post: the agency as it is today, or its successor."""

    agency_id: str
    head_post: str


@dataclass(frozen=True, slots=True)
class AskOpinion:
    """The head of an agency asks another agency for its opinion of a draft."""

    consultation_id: UUID
    request_id: UUID
    by: Person
    asking: Party
    consulted: Party
    addressed: bool
    """The directive addresses agencies of the kind of the one that is asked."""
    subject: DocumentRef
    draft: DocumentRef
    concern: DocumentRef | None
    terms: ConsultationTerms
    last_day: date | None
    """The last day for an answer; none where the directive's term is to hold."""
    at: datetime
    calendar: Calendar


@dataclass(frozen=True, slots=True)
class AnswerOpinion:
    """The head of the agency that was asked answers."""

    by: Person
    consulted: Party | None
    """The agency that was asked, or its successor; none where none is left."""
    position: Position
    answer: DocumentRef
    at: datetime
    """Server receipt."""


@dataclass(frozen=True, slots=True)
class WithdrawConsultation:
    """The agency that asked asks no longer."""

    by: Person
    asking: Party | None
    """The agency that asked, its successor, or who goes on in its place; none where none is left."""
    reasons: DocumentRef
    at: datetime


@dataclass(frozen=True, slots=True)
class CloseConsultation:
    """The agency that asked goes on without the answer that it is owed: nobody is left to give it, say."""

    by: Person
    asking: Party | None
    """The agency that asked, its successor, or who goes on in its place; none where none is left."""
    reasons: DocumentRef


@dataclass(frozen=True, slots=True)
class ReconcileOpinion:
    """The lead has worked on an opinion that differs with whoever holds it."""

    by: Person
    asking: Party | None
    """The agency that asked, its successor, or who goes on in its place; none where none is left."""
    outcome: Reconciliation
    minutes: DocumentRef


@dataclass(frozen=True, slots=True)
class Headed:
    """Who headed the agency that was asked, or its successor, on the last day of the term."""

    subject: Subject
    """No person where the post was vacant; the collective where there was no head's post."""
    acting: bool
    since: date | None
    """Since when the same person had held it."""
    acted_by: UUID | None
    """Who acted for him while he was away."""


@dataclass(frozen=True, slots=True)
class LetLapse:
    """The clock stands past the due moment; an answer that was received by then and is recorded later undoes it.

    Total: sent early, twice, or beside an answer, it changes nothing.
    """

    at: datetime
    headed: Headed | None
    """None where no agency is left that could have answered, or it is the one that asked by now."""


Command: TypeAlias = AskOpinion | AnswerOpinion | WithdrawConsultation | CloseConsultation | ReconcileOpinion | LetLapse
