"""How the rows treat a head who found it himself, who had just taken office, or who was away."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from discipline.law.codes import HeadAbsent, HeadFound
from discipline.law.rows import Rule
from schemas.discipline.law import RowUsed
from schemas.discipline.responsibility import ClosingGround

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from uuid import UUID

    from discipline.law.rows import LawRow, LawTable
    from schemas.values import SubjectKind

RULES = {
    ClosingGround.FOUND_AND_REPORTED: Rule.HEAD_FOUND_AND_REPORTED,
    ClosingGround.NEW_IN_OFFICE: Rule.HEAD_NEW_IN_OFFICE,
    ClosingGround.ABSENT: Rule.HEAD_ABSENT,
}
"""The grounds on which a head is let go by a row alone."""


def acting_answers(law: LawTable, kind: SubjectKind, fact_date: date, acted_by: UUID | None) -> tuple[RowUsed, ...]:
    """The rows by which whoever acted for an absent head answers in his place; none: the holder answers."""
    if acted_by is None:
        return ()
    rows = law.active(Rule.HEAD_ABSENT, kind, fact_date)
    return tuple(_used(row) for row in rows if row.value == HeadAbsent.ACTING_ANSWERS)


def new_in_office(law: LawTable, kind: SubjectKind, fact_date: date, since: date | None) -> tuple[RowUsed, ...]:
    """The rows by which he had taken office too short a time before the fact; the first day does not count."""
    if since is None:
        return ()
    return tuple(_used(row) for row, last in _new_until(law, kind, fact_date, since) if fact_date <= last)


def new_until(law: LawTable, kind: SubjectKind, fact_date: date, since: date | None) -> tuple[str, date] | None:
    """The row that treats him longest as new in office, and its last day; none where no row says how long."""
    if since is None:
        return None
    ends = [(row.row_id, last) for row, last in _new_until(law, kind, fact_date, since)]
    return max(ends, key=lambda end: end[1], default=None)


def _new_until(law: LawTable, kind: SubjectKind, fact_date: date, since: date) -> Iterator[tuple[LawRow, date]]:
    for row in law.active(Rule.HEAD_NEW_IN_OFFICE, kind, fact_date):
        if isinstance(row.value, int):
            yield row, since + timedelta(days=row.value)


def found_and_reported(law: LawTable, kind: SubjectKind, fact_date: date) -> tuple[RowUsed, ...]:
    """The rows that let a head go who found, stopped and reported it himself."""
    rows = law.active(Rule.HEAD_FOUND_AND_REPORTED, kind, fact_date)
    return tuple(_used(row) for row in rows if row.value == HeadFound.EXCLUDED)


def inactive(law: LawTable, rule: Rule) -> str:
    """The row that would have to be active, for a refusal that names it."""
    return next((row.row_id for row in law.rows if row.rule is rule), "")


def _used(row: LawRow) -> RowUsed:
    return RowUsed(rule_id=row.row_id, instrument=row.instrument, article=row.article)
