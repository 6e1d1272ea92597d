"""What the law said, as it was applied: calculations that anybody can repeat, and the rows that stand behind them."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from schemas.base import Contract, Day, Days, Moment, Slug, Text
from schemas.values import DayKind, DayReason, DocumentRef, Name, SubjectKind


class PostRank(StrEnum):
    """Whether a post leads."""

    LEADING = "leading"
    NOT_LEADING = "not_leading"


class RowUsed(Contract):
    """A row of the law that something rests on, with what it quotes."""

    rule_id: Annotated[Slug, Field(description="The rule row.")]
    instrument: Annotated[Text, Field(description="The row's instrument.")]
    article: Annotated[Text | None, Field(description="The row's article, where its source names one.")]


class NamedDay(Contract):
    """A day that did not count, or that counted against its weekday, and why."""

    day: Annotated[Day, Field(description="The day.")]
    reason: Annotated[DayReason, Field(description="Why.")]
    name: Annotated[Name | None, Field(description="The holiday or the exchange; none for the weekly rest.")]


class Suspension(Contract):
    """A stretch of time that was asked not to count; without a row that says so it counts all the same."""

    reason: Annotated[Slug, Field(description="Why: criminal proceedings, say; a code of the catalogue.")]
    first: Annotated[Day, Field(description="Its first day.")]
    last: Annotated[Day | None, Field(description="Its last day; none while it runs.")]
    days: Annotated[
        Days, Field(description="Days of the term that it kept from counting; one that several cover counts once.")
    ]
    row: Annotated[RowUsed | None, Field(description="The row that lets it not count; none: no active row does.")]


class Extension(Contract):
    """A longer term in the place of the row's own."""

    row: Annotated[RowUsed, Field(description="The row that allows it.")]
    days: Annotated[Days, Field(description="The whole term now, from the same start.")]
    day_kind: Annotated[DayKind, Field(description="How its days are counted.")]
    ended_before: Annotated[Moment, Field(description="When the term would have ended without it.")]


class TermBasis(StrEnum):
    """Who set a term."""

    RULE_ROW = "rule_row"
    PACK_DEFAULT = "pack_default"
    """No active row of the law does, so the directive's own number holds."""
    REQUEST = "request"
    """Who asked named the last day."""


class ClockCalculation(Contract):
    """One clock as it was computed, so that it can be recomputed by hand."""

    rule_id: Annotated[Slug, Field(description="The rule row; the directive, where its own number holds.")]
    instrument: Annotated[Text, Field(description="The row's instrument.")]
    article: Annotated[Text | None, Field(description="The row's article, where its source names one.")]
    starts_on: Annotated[Day, Field(description="The triggering day, which does not count.")]
    days: Annotated[Days | None, Field(description="The row's number of days, if it counts days.")]
    months: Annotated[
        int | None, Field(strict=True, ge=0, le=1_200, description="The row's number of months, if it counts months.")
    ]
    day_kind: Annotated[DayKind | None, Field(description="How days are counted, if it counts days.")]
    condition: Annotated[Slug | None, Field(description="When the row holds, if not always: a code of the catalogue.")]
    skipped: Annotated[tuple[Day, ...], Field(description="Days off not counted, or on which the end rolled on.")]
    ends_at: Annotated[Moment, Field(description="The end: 24:00 of the last day in Asia/Ho_Chi_Minh.")]
    clock: Annotated[Slug | None, Field(description="What it measures: a code of the catalogue.")] = None
    basis: Annotated[TermBasis, Field(description="Whether the law or the directive sets the term.")] = (
        TermBasis.RULE_ROW
    )
    started_by: Annotated[Slug | None, Field(description="What happened on the first day: a code.")] = None
    start_row: Annotated[RowUsed | None, Field(description="The row that moved the start, where one did.")] = None
    restarts: Annotated[
        tuple[Day, ...], Field(description="Days of new violations on which it began anew; the last is its start.")
    ] = ()
    skipped_days: Annotated[tuple[NamedDay, ...], Field(description="The days skipped, each with its reason.")] = ()
    exchanged_days: Annotated[
        tuple[NamedDay, ...], Field(description="Days that counted because they were worked in exchange.")
    ] = ()
    suspensions: Annotated[tuple[Suspension, ...], Field(description="What kept days from counting.")] = ()
    suspended_since: Annotated[
        Day | None, Field(description="A suspension that still runs: it ends no earlier than said, and later each day.")
    ] = None
    as_of: Annotated[Day | None, Field(description="The day up to which a running suspension was counted.")] = None
    extension: Annotated[Extension | None, Field(description="The longer term that holds, where it was extended.")] = (
        None
    )


class ClocksAnew(Contract):
    """Both clocks of a review that is to be decided anew, on what it rests on then."""

    limitation: Annotated[
        tuple[ClockCalculation, ...], Field(description="Limitation, a calculation for each active row.")
    ]
    processing: Annotated[ClockCalculation | None, Field(description="Processing time; none: no active row limits it.")]


class Unlimited(Contract):
    """A regime under which limitation does not run at all."""

    row: Annotated[RowUsed, Field(description="The row that says so.")]
    ground: Annotated[Slug, Field(description="For what: a code of the row.")]


class RegimeSide(StrEnum):
    """By which day a regime comes into question."""

    FACT = "fact"
    STEP = "step"


class Regime(Contract):
    """The law of substance as it stood on a day, for one kind of subject and rank of post."""

    by: Annotated[RegimeSide, Field(description="By the day of the fact, or of the step.")]
    day: Annotated[Day, Field(description="That day.")]
    rows: Annotated[tuple[RowUsed, ...], Field(description="The rows of substance in force.")]
    forms: Annotated[tuple[Slug, ...], Field(description="The forms that it would allow, from the lightest.")]


class LawApplied(Contract):
    """Which law a case was judged by: recorded with it, shown with it."""

    subject_kind: Annotated[SubjectKind, Field(description="Whose responsibility.")]
    post_rank: Annotated[PostRank | None, Field(description="Of the post that counts; none for a collective.")]
    fact_date: Annotated[Day, Field(description="The day of the fact: substance follows it.")]
    step_date: Annotated[Day, Field(description="The day of the step: procedure follows it.")]
    substance: Annotated[
        tuple[Regime, ...],
        Field(min_length=1, max_length=2, description="One regime; both where the rows leave open which one holds."),
    ]
    procedure: Annotated[tuple[RowUsed, ...], Field(description="The rows of procedure in force.")]
    transition: Annotated[RowUsed | None, Field(description="The transitional row that decided between both.")]
    post_row: Annotated[RowUsed | None, Field(description="The row by which the present post counts.")]


class LegalOpinion(Contract):
    """Which regime the competent authority applies where the rows leave it open, and why."""

    by: Annotated[RegimeSide, Field(description="The regime that it applies.")]
    rows: Annotated[tuple[Slug, ...], Field(min_length=1, description="That regime's rows, as they were looked at.")]
    opinion: Annotated[DocumentRef, Field(description="The reasons.")]
    given_by: Annotated[UUID, Field(description="Who gave it.")]
