"""Grounds that a row names, or only counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discipline.reviews.incidents.refusals import GroundNotInRow, NoRowForThis
from schemas.refusal import Coded

if TYPE_CHECKING:
    from datetime import date

    from discipline.law.rows import LawRow, LawTable, Rule
    from discipline.reviews.reckoning import Setting
    from discipline.reviews.state import Review
    from schemas.values import SubjectKind


def no_row(law: LawTable, rule: Rule, kind: SubjectKind, day: date) -> NoRowForThis:
    """The refusal, with the rows that wait to be activated."""
    waiting = law.waiting(rule, kind, day)
    return NoRowForThis(Coded("law-rule", rule), Coded("subject-kind", kind), day, len(waiting), ", ".join(waiting))


def row_of(setting: Setting, state: Review, rule: Rule) -> LawRow:
    """The row that allows it. Raises `NoRowForThis`."""
    rows = setting.rows(rule, state)
    if not rows:
        raise no_row(setting.law, rule, state.subject.kind, setting.day)
    return rows[0]


def ground_in_row(setting: Setting, state: Review, rule: Rule, ground: str) -> LawRow:
    """The row of a ground, by its word; where the row only says how many there are, by its number in the article.

    Raises `NoRowForThis`, `GroundNotInRow`.
    """
    row = row_of(setting, state, rule)
    allowed = row.codes
    if isinstance(row.value, int):
        allowed = tuple(str(number) for number in range(1, row.value + 1))
    if ground not in allowed:
        raise GroundNotInRow(ground, row.row_id, ", ".join(allowed))
    return row
