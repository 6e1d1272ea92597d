"""Which law a case is judged by: substance follows the date of the fact, procedure the date of the step (law.md).

Where fact and step fall into different regimes of substance and no transitional row decides, both stand side by side.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from discipline.law.codes import Transferred, Transition
from discipline.law.refusals import LegalOpinionMissing
from discipline.law.rows import LawRow, Rule
from schemas.discipline.law import LawApplied, PostRank, Regime, RegimeSide, RowUsed
from schemas.values import SubjectKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from discipline.law.rows import LawTable
    from schemas.discipline.law import LegalOpinion

SUBSTANCE = (
    Rule.SCOPE,
    Rule.FORMS,
    Rule.FORMS_ABOLISHED,
    Rule.FORM_DECIDED_BY,
    Rule.SEVERAL_VIOLATIONS,
    Rule.NEW_OFFENCE,
    Rule.EXEMPTIONS,
    Rule.DEFERRAL_GROUNDS,
)
"""What may be imposed and for what. Limitation is shown by every row of both days besides (`discipline.limitation`)."""
OF_LEAVERS = (Rule.LEAVERS, Rule.FORMS_NOT_FOR_LEAVERS)
PROCEDURE = (
    Rule.PROCESSING,
    Rule.PROCESSING_EXTENDED,
    Rule.TIME_NOT_COUNTED,
    Rule.TRANSFERRED_OFFICIAL,
    Rule.REVIEW_STEPS,
    Rule.REVIEW_STEP_DAYS,
    Rule.BOARD_SIZE,
    Rule.MISSED_SUMMONS,
    Rule.TEMPORARY_SUSPENSION,
    Rule.PARTY_FORM_CHANGED,
    Rule.DECISION_VALIDITY,
    Rule.DECISION_PUBLICATION,
    Rule.COMPLAINT,
    Rule.COMPLAINT_RESOLUTION,
    Rule.COMPLAINT_EFFECT,
    Rule.COMPLAINT_ANSWER,
    Rule.COMPLAINT_COURT,
)
"""How it is decided, by when, and what may be done against it."""


@dataclass(frozen=True, slots=True)
class Who:
    """What the rows ask of a subject."""

    kind: SubjectKind
    rank_at_fact: PostRank | None
    """Of the post held at the fact; None for a collective."""
    rank_now: PostRank | None
    """Of the post held at the step; None for a collective, and for whoever holds none any more."""
    transferred: bool = False
    """He holds another post now, at another agency."""
    left: bool = False
    """He has left the service or retired."""


@dataclass(frozen=True, slots=True)
class PostThatCounts:
    """Which rank decides about the forms, and the row that says so where one does."""

    rank: PostRank | None
    row: LawRow | None


def post_that_counts(law: LawTable, who: Who, step: date) -> PostThatCounts:
    """The post at the fact; of a transferred official the present one, where a row of the step's day says so.

    Whoever has left leads nothing any more, so forms that are for leaders only are not for him.
    """
    if who.kind is SubjectKind.COLLECTIVE:
        return PostThatCounts(None, None)
    if who.left:
        return PostThatCounts(PostRank.NOT_LEADING, None)
    if who.transferred:
        for row in law.active(Rule.TRANSFERRED_OFFICIAL, who.kind, step):
            if Transferred.BY_PRESENT_POST in row.codes:
                return PostThatCounts(who.rank_now, row)
    return PostThatCounts(who.rank_at_fact, None)


def law_applied(law: LawTable, who: Who, fact: date, step: date) -> LawApplied:
    """The rows that a case of this subject is judged by, as a value to be recorded and shown."""
    post = post_that_counts(law, who, step)
    chosen, transition = _substance(law, who, post.rank, fact, step)
    return LawApplied(
        subject_kind=who.kind,
        post_rank=post.rank,
        fact_date=fact,
        step_date=step,
        substance=chosen,
        procedure=_used(row for rule in PROCEDURE for row in law.active(rule, who.kind, step)),
        transition=transition,
        post_row=None if post.row is None else post.row.used,
    )


def _substance(
    law: LawTable, who: Who, rank: PostRank | None, fact: date, step: date
) -> tuple[tuple[Regime, ...], RowUsed | None]:
    by_fact = _regime(law, who, rank, RegimeSide.FACT, fact)
    by_step = _regime(law, who, rank, RegimeSide.STEP, step)
    if by_fact.rows == by_step.rows or who.kind is SubjectKind.COLLECTIVE:
        return (by_fact,), None
    for row in law.active(Rule.TRANSITION, who.kind, step):
        if Transition.BY_FACT in row.codes:
            return (by_fact,), row.used
        if Transition.BY_STEP in row.codes:
            return (by_step,), row.used
    return (by_fact, by_step), None


def _regime(law: LawTable, who: Who, rank: PostRank | None, by: RegimeSide, day: date) -> Regime:
    rules = (*SUBSTANCE, *OF_LEAVERS) if who.left else SUBSTANCE
    rows = [row for rule in rules for row in law.active(rule, who.kind, day) if row.holds_for(rank)]
    forms = (form for row in rows if row.rule is Rule.FORMS for form in row.codes)
    return Regime(by=by, day=day, rows=_used(rows), forms=tuple(dict.fromkeys(forms)))


def _used(rows: Iterable[LawRow]) -> tuple[RowUsed, ...]:
    return tuple(row.used for row in rows)


def regime_that_holds(applied: LawApplied, opinion: LegalOpinion | None) -> Regime:
    """The one regime of substance; where the rows leave it open, the one that the authority's opinion names.

    Raises:
        LegalOpinionMissing: both are open, and there is no opinion that looked at the rows of now.
    """
    if len(applied.substance) == 1:
        return applied.substance[0]
    by_fact, by_step = applied.substance
    for regime in applied.substance:
        if opinion is not None and opinion.by is regime.by and opinion.rows == rule_ids(regime):
            return regime
    raise LegalOpinionMissing(", ".join(rule_ids(by_fact)), ", ".join(rule_ids(by_step)))


def rule_ids(regime: Regime) -> tuple[str, ...]:
    """The ids of a regime's rows."""
    return tuple(row.rule_id for row in regime.rows)
