"""What can be asked of a review: by policies (total) and by the competent authority."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from discipline.reviews.complaints.commands import ComplaintCommand
from discipline.reviews.decision.commands import DecisionCommand
from discipline.reviews.incidents.commands import IncidentCommand
from discipline.reviews.procedure.commands import ProcedureCommand

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from discipline.calendar import Calendar
    from discipline.law.regimes import Who
    from discipline.reviews.reckoning import Setting
    from discipline.standing import Person
    from schemas.discipline.reviews import BasisItem, ReviewGround, ReviewTerms, Subject
    from schemas.values import DocumentRef


@dataclass(frozen=True, slots=True)
class ProposeReview:
    """A rule demands it, or a person does; where it is proposed already, the basis grows."""

    matter_id: UUID
    subject: Subject
    directive_id: str
    terms: ReviewTerms
    basis: tuple[BasisItem, ...]
    open_until: datetime
    setting: Setting
    """When it is demanded, and by which law: both clocks of what is under way follow at once."""
    proposed_by: UUID | None = None
    """The person; none for a rule."""
    reasons: DocumentRef | None = None
    """A person's."""


@dataclass(frozen=True, slots=True)
class LoseBasis:
    """A finding fell away, or a consent, and with it what rested on it."""

    fallen: UUID
    """The finding that fell away; of a consent, the consultation."""
    findings: tuple[UUID, ...]
    """Those that no longer support the review: the fallen one, or a whole set of findings that no longer suffices."""
    ground: ReviewGround | None
    """On this ground only; none for every ground."""
    at: datetime
    calendar: Calendar


PolicyCommand: TypeAlias = ProposeReview | LoseBasis


@dataclass(frozen=True, slots=True)
class OpenReview:
    """The authority opens it; the rows and both clocks are fixed."""

    by: Person
    setting: Setting
    who: Who | None = None
    """What the rows ask of the subject; none for a collective."""


@dataclass(frozen=True, slots=True)
class RefuseReview:
    """The authority refuses to open it, with reasons."""

    by: Person
    reasons: DocumentRef


@dataclass(frozen=True, slots=True)
class RebaseReview:
    """After a lost basis the authority goes on with what remains."""

    by: Person
    setting: Setting


@dataclass(frozen=True, slots=True)
class TerminateReview:
    """After a lost basis the authority ends it."""

    by: Person
    reasons: DocumentRef


@dataclass(frozen=True, slots=True)
class TakeOverReview:
    """Another authority takes it over, because whoever is competent may not decide in his own matter."""

    by: Person
    holders: tuple[Person, ...]
    """Who does the work of the competent post today: its holder, and whoever acts for him."""
    stand_ins: tuple[str, ...]
    """The posts that may take it over: the heads above, or where none is who may decide, the topmost deputies."""
    reasons: DocumentRef


AuthorityCommand: TypeAlias = OpenReview | RefuseReview | RebaseReview | TerminateReview

Command: TypeAlias = (
    PolicyCommand
    | AuthorityCommand
    | TakeOverReview
    | ProcedureCommand
    | IncidentCommand
    | DecisionCommand
    | ComplaintCommand
)
