"""What the authority finds or decides about a review besides its steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from datetime import date

    from discipline.law.regimes import Who
    from discipline.reviews.reckoning import Setting
    from discipline.standing import Person
    from schemas.discipline.law import RegimeSide
    from schemas.discipline.review_incidents import (
        ClosingGround,
        CourseOfViolation,
        ProtectionEffect,
        SkippedStep,
        Weight,
    )
    from schemas.values import DocumentRef


@dataclass(frozen=True, slots=True)
class FindCircumstance:
    """A mitigating or aggravating circumstance."""

    by: Person
    weight: Weight
    reasons: DocumentRef
    evidence: tuple[DocumentRef, ...]


@dataclass(frozen=True, slots=True)
class FindCourse:
    """How the violation went, and whether rows let it never lapse."""

    by: Person
    setting: Setting
    course: CourseOfViolation
    day: date | None
    """Of discovery, or of the conclusion about its end."""
    matters: tuple[str, ...]
    reasons: DocumentRef
    evidence: tuple[DocumentRef, ...]


@dataclass(frozen=True, slots=True)
class RecordOpinion:
    """Which of two regimes is applied."""

    by: Person
    setting: Setting
    who: Who
    side: RegimeSide
    opinion: DocumentRef


@dataclass(frozen=True, slots=True)
class DeferReview:
    """Nothing is decided for now, on one of the row's grounds."""

    by: Person
    setting: Setting
    ground: str
    reasons: DocumentRef
    evidence: tuple[DocumentRef, ...]


@dataclass(frozen=True, slots=True)
class ResumeReview:
    """The ground is over."""

    by: Person
    setting: Setting
    reasons: DocumentRef


@dataclass(frozen=True, slots=True)
class ReferToInvestigators:
    """The file goes to the investigating bodies."""

    by: Person
    setting: Setting
    since: date
    document: DocumentRef


@dataclass(frozen=True, slots=True)
class ReturnFromInvestigators:
    """It comes back; both clocks are computed anew."""

    by: Person
    setting: Setting
    returned_on: date
    document: DocumentRef


@dataclass(frozen=True, slots=True)
class ExtendProcessing:
    """Processing time is extended."""

    by: Person
    setting: Setting
    reasons: DocumentRef


@dataclass(frozen=True, slots=True)
class SuspendFromWork:
    """The subject does not work for a time."""

    by: Person
    setting: Setting
    first: date
    last: date | None
    decision: DocumentRef


@dataclass(frozen=True, slots=True)
class EndWorkSuspension:
    """He works again."""

    by: Person
    ended_on: date
    reasons: DocumentRef


@dataclass(frozen=True, slots=True)
class ReferToPartyDiscipline:
    """The Party decided; or it changed what it had decided."""

    by: Person
    setting: Setting
    decided_on: date
    changed: bool
    document: DocumentRef


@dataclass(frozen=True, slots=True)
class RecogniseProtection:
    """He dared to act for the common good, as approved beforehand and in good faith."""

    by: Person
    setting: Setting
    effect: ProtectionEffect
    proposal: DocumentRef
    approval: DocumentRef
    approved_on: date
    good_faith: tuple[DocumentRef, ...]


@dataclass(frozen=True, slots=True)
class ExemptSubject:
    """He answers for nothing, on one of the row's grounds."""

    by: Person
    setting: Setting
    ground: str
    reasons: DocumentRef
    evidence: tuple[DocumentRef, ...]


@dataclass(frozen=True, slots=True)
class SkipStep:
    """A row lets a step fall away in this case."""

    by: Person
    setting: Setting
    step: SkippedStep
    condition: str
    reasons: DocumentRef


@dataclass(frozen=True, slots=True)
class CloseReview:
    """The subject died, or is no official."""

    by: Person
    ground: ClosingGround
    document: DocumentRef


IncidentCommand: TypeAlias = (
    FindCircumstance
    | FindCourse
    | RecordOpinion
    | DeferReview
    | ResumeReview
    | ReferToInvestigators
    | ReturnFromInvestigators
    | ExtendProcessing
    | SuspendFromWork
    | EndWorkSuspension
    | ReferToPartyDiscipline
    | RecogniseProtection
    | ExemptSubject
    | SkipStep
    | CloseReview
)
