"""What the rows of the law forbid, or do not say: refusals that name the row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from schemas.refusal import Coded, Refusal

if TYPE_CHECKING:
    from datetime import date


def named(*forms: str) -> Coded:
    """Forms as facts of a refusal."""
    return Coded("form", *forms)


@dataclass(unsafe_hash=True)
class ExtensionWithoutRow(Refusal):
    """Processing time is extended only where an active row allows it."""

    rule_id: str
    """The row of the term that was to be extended."""


@dataclass(unsafe_hash=True)
class FormNotInRow(Refusal):
    """The rows that hold for this subject do not allow this form."""

    form: Coded
    rule_ids: str
    allowed: Coded


@dataclass(unsafe_hash=True)
class FormAbolished(Refusal):
    """The form no longer exists on the day of the decision."""

    form: Coded
    rule_id: str


@dataclass(unsafe_hash=True)
class FormNotForLeaver(Refusal):
    """The form cannot be imposed on whoever has left."""

    form: Coded
    rule_id: str


@dataclass(unsafe_hash=True)
class NoFormForCollective(Refusal):
    """A collective's review ends at the meeting: no row gives it a disciplinary form."""


@dataclass(unsafe_hash=True)
class NoRowOfForms(Refusal):
    """No active row says which forms this kind of subject may be given on that day."""

    subject_kind: Coded
    day: date


@dataclass(unsafe_hash=True)
class LeaverOutOfScope(Refusal):
    """No active row brings those who have left into scope on that day."""

    day: date


@dataclass(unsafe_hash=True)
class FormsNotComparable(Refusal):
    """No active row names both forms, so the rows do not tell which is the heavier."""

    form: Coded
    other: Coded


@dataclass(unsafe_hash=True)
class LegalOpinionMissing(Refusal):
    """The rows leave open which of two regimes holds: the competent authority records a legal opinion first."""

    fact_rules: str
    step_rules: str
