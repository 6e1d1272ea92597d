"""How long each step of a review may take: by a row of the law, or by the directive's own number where no row does."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from discipline.clocks import Run, by_pack, by_row
from discipline.law.rows import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from discipline.calendar import Calendar
    from discipline.clocks import PackTerm, Pause
    from discipline.law.rows import LawRow, LawTable
    from schemas.discipline.law import ClockCalculation
    from schemas.values import SubjectKind


class Step(StrEnum):
    """What is to be done; its value is the clock's code in the catalogues."""

    OPENING = "opening"
    """To open a proposed review or to refuse it."""
    SELF_REVIEW = "self-review"
    MEETING = "meeting"
    BOARD = "board"
    """To set the board up."""
    SUMMONS = "summons"
    """From the receipt of a summons to the sitting, at the earliest."""
    DECISION = "decision"
    SERVICE = "service"
    """To serve a decision."""
    PARTY_FORM = "party-form"
    """To take up the administrative form after the Party's."""
    COMPLAINT_FIRST = "complaint-first"
    COMPLAINT_SECOND = "complaint-second"
    COMPLAINT_ACCEPTANCE = "complaint-acceptance"
    COMPLAINT_ANSWER_FIRST = "complaint-answer-first"
    COMPLAINT_ANSWER_SECOND = "complaint-answer-second"
    PUBLICATION = "publication"
    """To publish a decision."""
    SANCTION_EXPIRY = "sanction-expiry"
    """How long a sanction runs."""


@dataclass(frozen=True, slots=True)
class Against:
    """A step against one form of discipline, for which the rows may set a term of its own."""

    step: Step
    form: str


@dataclass(frozen=True, slots=True)
class _Rows:
    """Which rows set a step's term."""

    rule: Rule
    condition: str | None
    """The condition that a row names; None where every row of the rule does."""


ROWS = {
    **{
        step: _Rows(Rule.REVIEW_STEP_DAYS, step.value)
        for step in (
            Step.OPENING,
            Step.SELF_REVIEW,
            Step.MEETING,
            Step.BOARD,
            Step.SUMMONS,
            Step.DECISION,
            Step.SERVICE,
            Step.PARTY_FORM,
        )
    },
    Step.COMPLAINT_FIRST: _Rows(Rule.COMPLAINT, "first"),
    Step.COMPLAINT_SECOND: _Rows(Rule.COMPLAINT, "second"),
    Step.COMPLAINT_ACCEPTANCE: _Rows(Rule.COMPLAINT_RESOLUTION, "acceptance"),
    Step.COMPLAINT_ANSWER_FIRST: _Rows(Rule.COMPLAINT_RESOLUTION, "first"),
    Step.COMPLAINT_ANSWER_SECOND: _Rows(Rule.COMPLAINT_RESOLUTION, "second"),
    Step.PUBLICATION: _Rows(Rule.DECISION_PUBLICATION, None),
    Step.SANCTION_EXPIRY: _Rows(Rule.DECISION_VALIDITY, None),
}
"""Which rows set the term of each step."""


def step_rows(law: LawTable, step: Step | Against, kind: SubjectKind, day: date) -> tuple[LawRow, ...]:
    """The active rows that set the term of a step taken on that day: procedure follows the date of the step.

    A row for the step against one form is stronger than the step's own: its condition names both, `second-of-<form>`.
    """
    wanted = ROWS[_step(step)]
    rows = law.active(wanted.rule, kind, day)
    if isinstance(step, Against):
        of_form = tuple(row for row in rows if row.condition == f"{wanted.condition}-of-{step.form}")
        if of_form:
            return of_form
    return tuple(row for row in rows if wanted.condition is None or row.condition == wanted.condition)


def _step(step: Step | Against) -> Step:
    return step.step if isinstance(step, Against) else step


def step_term(
    law: LawTable,
    step: Step | Against,
    kind: SubjectKind,
    starts_on: date,
    calendar: Calendar,
    *,
    default: PackTerm | None = None,
    held: Iterable[Pause] = (),
    as_of: date | None = None,
) -> ClockCalculation | None:
    """The term of a step that a day triggers: the strictest of its rows, else the directive's; None without either.

    Args:
        law: the table.
        step: what is to be done.
        kind: of the subject.
        starts_on: the triggering day, which also chooses the row.
        calendar: of working days.
        default: the directive's own number, if it has one.
        held: what does not count, by the rows that it names.
        as_of: the day up to which a running interruption is counted.
    """
    run = Run(starts_on, calendar, tuple(held), as_of)
    found = [by_row(row, run, clock=_step(step).value) for row in step_rows(law, step, kind, starts_on)]
    if found:
        return min(found, key=lambda one: one.ends_at)
    return None if default is None else by_pack(default, run, clock=_step(step).value)
