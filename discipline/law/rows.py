"""A row of the law: the columns of every limit, form and window that the suite applies."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, assert_never

from pydantic import Field

from schemas.base import Contract, Day, Slug, Text
from schemas.discipline.law import PostRank, RowUsed
from schemas.discipline.law_rows import RowNumber
from schemas.values import DayKind, SubjectKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Rule(StrEnum):
    """What a row is about."""

    # How terms are counted.
    TRIGGERING_DAY = "triggering_day"
    LAST_DAY_OFF = "last_day_off"
    # Clocks of a review.
    LIMITATION = "limitation"
    LIMITATION_START = "limitation_start"
    LIMITATION_RESTART = "limitation_restart"
    LIMITATION_NONE = "limitation_none"
    PROCESSING = "processing"
    PROCESSING_EXTENDED = "processing_extended"
    TIME_NOT_COUNTED = "time_not_counted"
    # Who and what form.
    SCOPE = "scope"
    FORMS = "forms"
    FORMS_ABOLISHED = "forms_abolished"
    SEVERAL_VIOLATIONS = "several_violations"
    NEW_OFFENCE = "new_offence"
    TRANSFERRED_OFFICIAL = "transferred_official"
    LEAVERS = "leavers"
    FORMS_NOT_FOR_LEAVERS = "forms_not_for_leavers"
    FORM_DECIDED_BY = "form_decided_by"
    TRANSITION = "transition"
    DEFERRAL_GROUNDS = "deferral_grounds"
    EXEMPTIONS = "exemptions"
    PROTECTION = "protection"
    PROTECTION_PROCEDURE = "protection_procedure"
    HEADS_ANSWER = "heads_answer"
    HEAD_FOUND_AND_REPORTED = "head_found_and_reported"
    HEAD_NEW_IN_OFFICE = "head_new_in_office"
    HEAD_ABSENT = "head_absent"
    # The procedure.
    REVIEW_STEPS = "review_steps"
    REVIEW_STEP_DAYS = "review_step_days"
    BOARD_SIZE = "board_size"
    BOARD_QUORUM = "board_quorum"
    BOARD_COMPOSITION = "board_composition"
    MISSED_SUMMONS = "missed_summons"
    TEMPORARY_SUSPENSION = "temporary_suspension"
    PARTY_FORM_CHANGED = "party_form_changed"
    DECISION_VALIDITY = "decision_validity"
    DECISION_PUBLICATION = "decision_publication"
    COMPLAINT = "complaint"
    COMPLAINT_RESOLUTION = "complaint_resolution"
    COMPLAINT_EFFECT = "complaint_effect"
    COMPLAINT_ANSWER = "complaint_answer"
    COMPLAINT_COURT = "complaint_court"
    APOLOGY = "apology"
    RECORDS_KEPT = "records_kept"
    # Inspections.
    CONCLUSION = "conclusion"
    HEADS_OPINION = "heads_opinion"
    IMPLEMENTING_DIRECTIVE = "implementing_directive"
    CONCLUSION_PUBLICATION = "conclusion_publication"
    TEAM_BAR = "team_bar"
    CONCLUSION_FOLLOW_UP = "conclusion_follow_up"
    # What follows from a sanction besides.
    PROMOTION_BAR = "promotion_bar"
    # The yearly evaluation.
    RATING = "rating"
    RATING_CAP = "rating_cap"
    RATING_AFTER_DISCIPLINE = "rating_after_discipline"
    DELAY_DEDUCTION = "delay_deduction"
    RANKED_BY = "ranked_by"


class Unit(StrEnum):
    """What a row's value is."""

    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"
    NUMBER = "number"
    PERCENT = "percent"
    POINTS = "points"
    MONTH_DAY = "month_day"
    """A day of every year, `MM-DD`."""
    CODE = "code"
    """A word of the catalogue that says what follows."""
    CODES = "codes"
    """Several of them: forms, steps, cases."""


TIME = frozenset({Unit.DAYS, Unit.MONTHS, Unit.YEARS})
COUNTED = frozenset(
    {
        Rule.LIMITATION,
        Rule.PROCESSING,
        Rule.PROCESSING_EXTENDED,
        Rule.REVIEW_STEP_DAYS,
        Rule.DECISION_VALIDITY,
        Rule.DECISION_PUBLICATION,
        Rule.COMPLAINT,
        Rule.COMPLAINT_RESOLUTION,
        Rule.PROMOTION_BAR,
    }
)
"""Rules whose terms are counted by the calendar of working days."""


class Start(StrEnum):
    """What triggers a term; that day does not count."""

    VIOLATION = "violation"
    DETECTION = "detection"
    DRAFT = "draft"
    RECEIPT = "receipt"
    PUBLICATION = "publication"


class Confidence(StrEnum):
    """How well the row is known."""

    VERIFIED = "verified"
    SECONDARY = "secondary"
    UNVERIFIED = "unverified"


class LawRow(Contract):
    """One row; what is left out is not said by the source."""

    row_id: Annotated[Slug, Field(description="Its id, unique in the table; refusals and calculations name it.")]
    instrument: Annotated[Text, Field(description="Law or decree, with its number.")]
    article: Annotated[Text | None, Field(description="Article, where the source names it.")] = None
    effective_from: Annotated[Day | None, Field(description="First day in force; none where not recorded.")] = None
    effective_to: Annotated[Day | None, Field(description="First day no longer in force; none while in force.")] = None
    subject_kind: Annotated[
        tuple[SubjectKind, ...],
        Field(max_length=4, description="Kinds of subject; empty where all are alike."),
    ] = ()
    rule: Annotated[Rule, Field(description="What it is about.")]
    value: Annotated[
        RowNumber | Slug | tuple[Slug, ...] | None,
        Field(description="The number, word or words; none only while inactive."),
    ] = None
    unit: Annotated[Unit, Field(description="What the value is.")]
    day_kind: Annotated[DayKind | None, Field(description="How days are counted.")] = None
    starts_on: Annotated[Start | None, Field(description="What triggers a term.")] = None
    rolls: Annotated[bool | None, Field(description="A last day that is off rolls to the next working day.")] = None
    condition: Annotated[Slug | None, Field(description="When it holds, if not always.")] = None
    post_kind: Annotated[PostRank | None, Field(description="Leading posts or others, where it differs.")] = None
    source: Annotated[Text, Field(description="Where it was read, and what is not known about it.")]
    confidence: Annotated[Confidence, Field(description="How well it is known.")]
    active: Annotated[bool, Field(description="Applied. What is unverified ships inactive.")]

    @property
    def codes(self) -> tuple[str, ...]:
        """Its words, from the lightest where they are forms; none where its value is a number or not known."""
        match self.value:
            case str():
                return (self.value,)
            case tuple():
                return self.value
            case int() | None:
                return ()
            case _:
                assert_never(self.value)

    @property
    def used(self) -> RowUsed:
        """What a calculation or a decision quotes of it."""
        return RowUsed(rule_id=self.row_id, instrument=self.instrument, article=self.article)

    def holds_for(self, rank: PostRank | None) -> bool:
        """Whether it holds for a post of that rank."""
        return self.post_kind is None or self.post_kind is rank

    def in_force(self, day: Day) -> bool:
        """Whether it holds on a day, active or not."""
        return (self.effective_from is None or self.effective_from <= day) and (
            self.effective_to is None or day < self.effective_to
        )

    def concerns(self, kind: SubjectKind) -> bool:
        """Whether it holds for a kind of subject."""
        return not self.subject_kind or kind in self.subject_kind


class LawFile(Contract):
    """One file of the table."""

    rows: Annotated[tuple[LawRow, ...], Field(description="The rows, in the order of the source.")]


@dataclass(frozen=True, slots=True)
class RowFault:
    """A row that keeps its shape and yet cannot be."""

    index: int
    """Of the row in its file."""
    column: str
    code: str
    """Id of the text that says what is wrong and how to mend it."""


def faults(rows: Sequence[LawRow]) -> Iterator[RowFault]:
    """Return what the shape of a row does not forbid and its sense does."""
    for index, row in enumerate(rows):
        if row.confidence is Confidence.UNVERIFIED and row.active:
            yield RowFault(index, "active", "law-unverified-active")
        if row.value is None and row.active:
            yield RowFault(index, "value", "law-value-missing")
        if row.value is not None and not _fits(row):
            yield RowFault(index, "value", "law-value-of-other-unit")
        if row.effective_from and row.effective_to and row.effective_to <= row.effective_from:
            yield RowFault(index, "effective_to", "law-ends-before-it-begins")
        if row.unit is Unit.DAYS and row.day_kind is None and row.active:
            yield RowFault(index, "day_kind", "law-day-kind-missing")
        if row.rule in {Rule.LIMITATION, Rule.PROCESSING} and (row.starts_on is None or row.rolls is None):
            yield RowFault(index, "starts_on", "law-term-incomplete")


def _fits(row: LawRow) -> bool:
    match row.unit:
        case Unit.CODES:
            return isinstance(row.value, tuple) and bool(row.value)
        case Unit.CODE | Unit.MONTH_DAY:
            return isinstance(row.value, str)
        case _:
            return isinstance(row.value, int)


@dataclass(frozen=True)
class LawTable:
    """The rows that hold; a value that arrives on commands."""

    rows: tuple[LawRow, ...]

    def active(self, rule: Rule, kind: SubjectKind, *days: Day) -> tuple[LawRow, ...]:
        """The active rows of a rule for a kind of subject that are in force on one of the days, in their order.

        Several days let both regimes stand side by side where fact and step fall into different ones.
        """
        return tuple(
            row
            for row in self.rows
            if row.active and row.rule is rule and row.concerns(kind) and any(map(row.in_force, days))
        )

    def waiting(self, rule: Rule, kind: SubjectKind, day: Day) -> tuple[str, ...]:
        """The ids of the inactive rows that would speak, were an administrator to activate them."""
        return tuple(
            row.row_id
            for row in self.rows
            if not row.active and row.rule is rule and row.concerns(kind) and row.in_force(day)
        )
