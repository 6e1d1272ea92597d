"""Why the authority cannot find or decide so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from schemas.refusal import Refusal

if TYPE_CHECKING:
    from datetime import date

    from schemas.refusal import Coded


@dataclass(unsafe_hash=True)
class GroundNotInRow(Refusal):
    """The ground is none of the row's."""

    field: ClassVar[str | None] = "ground"
    ground: str
    rule_id: str
    allowed: str


@dataclass(unsafe_hash=True)
class NoRowForThis(Refusal):
    """No active row of the law allows it for this subject on that day."""

    rule: Coded
    subject_kind: Coded
    day: date
    waiting: int
    """How many rows would, were an administrator to activate one."""
    rule_ids: str
    """Those rows."""


@dataclass(unsafe_hash=True)
class CourseAndDayDiffer(Refusal):
    """A violation that went on has a day of discovery, one without a known end that of the conclusion, others none."""

    field: ClassVar[str | None] = "day"
    course: Coded


@dataclass(unsafe_hash=True)
class MatterNotInRow(Refusal):
    """No active row lets a violation of this kind never lapse."""

    field: ClassVar[str | None] = "matters"
    matter: str
    rule_ids: str
    allowed: str


@dataclass(unsafe_hash=True)
class OneRegimeHolds(Refusal):
    """The rows leave nothing open, so there is nothing to give an opinion about."""


@dataclass(unsafe_hash=True)
class AlreadyDeferred(Refusal):
    """It is deferred."""


@dataclass(unsafe_hash=True)
class NotDeferred(Refusal):
    """It is not deferred."""


@dataclass(unsafe_hash=True)
class DeferredNow(Refusal):
    """While it is deferred nothing is decided, and nobody stays away without a good reason."""


@dataclass(unsafe_hash=True)
class WithInvestigators(Refusal):
    """While the file is with the investigating bodies nothing goes on."""

    since: date


@dataclass(unsafe_hash=True)
class NotWithInvestigators(Refusal):
    """The file was not referred."""


@dataclass(unsafe_hash=True)
class DayBefore(Refusal):
    """The day lies before the one that it follows."""

    day: date
    earliest: date


@dataclass(unsafe_hash=True)
class DayAhead(Refusal):
    """What is recorded has happened."""

    day: date


@dataclass(unsafe_hash=True)
class AlreadyExtended(Refusal):
    """Processing time is extended once."""

    rule_id: str


@dataclass(unsafe_hash=True)
class NothingToExtend(Refusal):
    """No active row limits processing time for this subject."""


@dataclass(unsafe_hash=True)
class ExtendedTermPassed(Refusal):
    """The longer term is over too."""

    rule_id: str
    last_day: date


@dataclass(unsafe_hash=True)
class AlreadySuspendedFromWork(Refusal):
    """He is suspended."""

    since: date


@dataclass(unsafe_hash=True)
class NotSuspendedFromWork(Refusal):
    """He is not suspended."""


@dataclass(unsafe_hash=True)
class OnlyIndividuals(Refusal):
    """It is about a person, never about a collective."""


@dataclass(unsafe_hash=True)
class ApprovalNotBeforehand(Refusal):
    """The proposal was not approved before the first fact."""

    field: ClassVar[str | None] = "approved_on"
    approved_on: date
    fact_date: date
    rule_id: str


@dataclass(unsafe_hash=True)
class EvidenceOfGoodFaithMissing(Refusal):
    """Good faith is shown, not asserted."""

    field: ClassVar[str | None] = "good_faith"
    rule_id: str


@dataclass(unsafe_hash=True)
class StepNotSkippable(Refusal):
    """No active row lets the step fall away in this case."""

    field: ClassVar[str | None] = "condition"
    step: Coded
    condition: str


@dataclass(unsafe_hash=True)
class StepBehind(Refusal):
    """The step is over, or was skipped."""

    step: Coded
