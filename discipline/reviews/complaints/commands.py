"""What can be asked of a complaint."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from datetime import datetime

    from discipline.law.regimes import Who
    from discipline.reviews.reckoning import Setting
    from discipline.standing import Person
    from schemas.discipline.review_complaints import ComplaintOutcome, Instance
    from schemas.values import DocumentRef


@dataclass(frozen=True, slots=True)
class FileComplaint:
    """The subject complains."""

    by: Person
    setting: Setting
    instance: Instance
    document: DocumentRef


@dataclass(frozen=True, slots=True)
class Judge:
    """Who deals with a complaint, and where his agency stands."""

    by: Person
    above: tuple[str, ...]
    """The agencies above the one that decided; none where there is none in the tree."""


@dataclass(frozen=True, slots=True)
class AcceptComplaint:
    """It is dealt with."""

    judge: Judge


@dataclass(frozen=True, slots=True)
class RejectComplaint:
    """It is not, for a reason of form."""

    judge: Judge
    setting: Setting
    reasons: DocumentRef


@dataclass(frozen=True, slots=True)
class AnswerComplaint:
    """It is answered on the merits."""

    judge: Judge
    setting: Setting
    who: Who
    outcome: ComplaintOutcome
    form: str | None
    """The form that holds from now on, where it is changed."""
    fresh: bool
    """Where it is revoked: it is decided anew."""
    document: DocumentRef


@dataclass(frozen=True, slots=True)
class ServeAnswer:
    """Whoever keeps the file records that the subject received the answer."""

    by: Person
    setting: Setting
    received_at: datetime
    proof: DocumentRef


ComplaintCommand: TypeAlias = FileComplaint | AcceptComplaint | RejectComplaint | AnswerComplaint | ServeAnswer
