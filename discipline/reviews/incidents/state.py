"""What was found or decided about a review besides its steps."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from schemas.discipline.law import LegalOpinion
from schemas.discipline.review_incidents import CourseOfViolation, SkippedStep


@dataclass(frozen=True, slots=True)
class Course:
    """How the violation went; it ended on the day of the fact unless something else was found."""

    kind: CourseOfViolation = CourseOfViolation.ENDED
    day: date | None = None
    """Of discovery, or of the conclusion about its end."""
    matters: tuple[str, ...] = ()
    """The rows' words for what never lapses."""


@dataclass(frozen=True, slots=True)
class Incidents:
    """All of it; empty at the opening."""

    opinion: LegalOpinion | None = None
    course: Course = field(default_factory=Course)
    deferred: bool = False
    investigated_since: date | None = None
    """The file is with the investigating bodies."""
    extended: bool = False
    suspended_from_work_since: date | None = None
    suspended_from_work_until: date | None = None
    """Last day, where the decision names it; that he works again is recorded all the same."""
    party_discipline: bool = False
    """The Party decided; a reference stands in the file."""
    skipped: frozenset[SkippedStep] = frozenset()
