"""What can be asked of the question: by policies and by whoever proposes it (total), and by the authority."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from discipline.law.rows import LawTable
    from discipline.standing import Person
    from schemas.discipline.responsibility import ClosingGround
    from schemas.discipline.reviews import ReviewGround, ReviewTerms
    from schemas.values import DocumentRef, SubjectKind


@dataclass(frozen=True, slots=True)
class Head:
    """Who headed an agency of the chain on the day of the fact, as the directory knows it."""

    level: int
    agency_id: str
    post_id: str
    kind: SubjectKind
    person_id: UUID | None
    """None where the post was vacant."""
    acting: bool
    since: date | None
    """Since when the same person had held it."""
    acted_by: UUID | None
    """Who acted for him while he was away."""


@dataclass(frozen=True, slots=True)
class RaiseQuestions:
    """A finding was confirmed, or a consent deemed, for which heads answer by the directive's words."""

    finding_id: UUID
    """The finding; of a deemed consent, the consultation."""
    matter_id: UUID
    agency_id: str
    directive_id: str
    own_check: bool
    fact_date: date
    detected_at: datetime
    terms: ReviewTerms
    answer_until: datetime
    heads: tuple[Head, ...]
    law: LawTable


@dataclass(frozen=True, slots=True)
class ProposeHead:
    """A person holds that a head answers for it: the same question, with his reasons."""

    raising: RaiseQuestions
    """Of that one head."""
    by: UUID
    reasons: DocumentRef


@dataclass(frozen=True, slots=True)
class AnswerDemand:
    """The directive demands the review of those who answer: each level is opened, or closed by a row."""

    ground: ReviewGround
    law: LawTable


@dataclass(frozen=True, slots=True)
class DropQuestions:
    """The finding, or the consent, fell away."""


PolicyCommand: TypeAlias = RaiseQuestions | AnswerDemand | DropQuestions


@dataclass(frozen=True, slots=True)
class OpenLevel:
    """The authority holds that the head's responsibility is to be reviewed."""

    by: Person
    level: int
    reasons: DocumentRef


@dataclass(frozen=True, slots=True)
class CloseLevel:
    """The authority holds that it is not, and says why."""

    by: Person
    level: int
    ground: ClosingGround
    reasons: DocumentRef
    law: LawTable


@dataclass(frozen=True, slots=True)
class TakeOverQuestion:
    """Another authority answers in the place of whoever it is asked about."""

    by: Person
    holders: tuple[Person, ...]
    """Who does the work of the competent post."""
    stand_ins: tuple[str, ...]
    """The posts that may take over from it: the heads above, or where none is who may answer, the topmost deputies."""
    reasons: DocumentRef


AuthorityCommand: TypeAlias = OpenLevel | CloseLevel
Command: TypeAlias = PolicyCommand | ProposeHead | AuthorityCommand | TakeOverQuestion
