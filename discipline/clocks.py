"""Clocks of a review: not a date but a calculation that anybody can repeat from the row that it names.

Substance follows the date of the fact, procedure the date of the step (law.md). Whether limitation is the one or the
other the rows leave open, so every active row of both days is shown, side by side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from discipline.days import begin_of, local_day
from discipline.law.rows import LawRow, Rule, Start, Unit
from schemas.discipline.reviews import ClockCalculation
from schemas.values import Term

if TYPE_CHECKING:
    from datetime import date, datetime

    from discipline.calendar import Calendar
    from discipline.law.rows import LawTable
    from schemas.values import SubjectKind

_MONTHS_A_YEAR = 12


class RowCountsNoTime(ValueError):
    """A clock was asked for of a row whose value is no number of days, months or years."""


def calculate(row: LawRow, starts_on: date, calendar: Calendar) -> ClockCalculation:
    """The term of a row that a day triggers; that day does not count, and the term ends at 24:00.

    Raises:
        RowCountsNoTime: the row has no term.
    """
    start, rolls = begin_of(starts_on), row.rolls is True
    days, months = _length(row)
    if days is None:
        ending = calendar.after_months(start, months, rolls=rolls)
    else:
        ending = calendar.after(start, days, rolls=rolls)
    return ClockCalculation(
        rule_id=row.row_id,
        instrument=row.instrument,
        article=row.article,
        starts_on=starts_on,
        days=None if days is None else days.days,
        months=months if days is None else None,
        day_kind=None if days is None else days.day_kind,
        condition=row.condition,
        skipped=tuple(off.day for off in ending.skipped),
        ends_at=ending.ends_at,
    )


def limitation(
    law: LawTable, kind: SubjectKind, fact: date, step: date, calendar: Calendar
) -> tuple[ClockCalculation, ...]:
    """Until when a sanction may be decided, from the violation: by every active row of the fact's or the step's day."""
    rows = law.active(Rule.LIMITATION, kind, fact, step)
    return tuple(calculate(row, fact, calendar) for row in rows if row.starts_on is Start.VIOLATION)


def processing(
    law: LawTable, kind: SubjectKind, detected_at: datetime, step: date, calendar: Calendar
) -> ClockCalculation | None:
    """From detection to decision, by the active row of the step's day; the strictest where there are several."""
    rows = law.active(Rule.PROCESSING, kind, step)
    found = [calculate(row, local_day(detected_at), calendar) for row in rows if row.starts_on is Start.DETECTION]
    return min(found, key=lambda calculation: calculation.ends_at, default=None)


def _length(row: LawRow) -> tuple[Term | None, int]:
    """The row's days, or else its months."""
    if isinstance(row.value, int):
        if row.unit is Unit.DAYS and row.day_kind is not None:
            return Term(days=row.value, day_kind=row.day_kind), 0
        if row.unit is Unit.MONTHS:
            return None, row.value
        if row.unit is Unit.YEARS:
            return None, row.value * _MONTHS_A_YEAR
    raise RowCountsNoTime(row.row_id)
