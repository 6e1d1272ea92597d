"""Numbers that a row or a decision states, and how refusals name what states them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.discipline.boards import StatedNumber

if TYPE_CHECKING:
    from discipline.law.rows import LawRow


def by_row(row: LawRow) -> StatedNumber:
    """The number of a row."""
    if not isinstance(row.value, int):
        raise TypeError(f"{row.row_id} states no number")
    return StatedNumber(number=row.value, rule_id=row.row_id, instrument=row.instrument, article=row.article)


def by_decision(number: int) -> StatedNumber:
    """A number that the establishing decision states, because no active row does."""
    return StatedNumber(number=number, rule_id=None, instrument=None, article=None)


def named(stated: StatedNumber) -> tuple[str, str, str]:
    """For a refusal: `row` or `decision`, the row's id and its instrument, both empty for a decision."""
    return "decision" if stated.rule_id is None else "row", stated.rule_id or "", stated.instrument or ""
