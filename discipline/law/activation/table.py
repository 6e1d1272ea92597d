"""The table as it is applied: the rows that ship, with what administrators activated by a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discipline.law.rows import LawTable, Unit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from discipline.law.activation.state import Activation, Activations
    from discipline.law.rows import LawRow
    from schemas.discipline.law_rows import RowStated

WORD = frozenset({Unit.CODE, Unit.MONTH_DAY})
"""Units of rows that say one word; `Unit.CODES` says several, be it only one of them."""
_COLUMNS = ("day_kind", "rolls", "article", "effective_from", "effective_to")


def with_stated(row: LawRow, stated: RowStated) -> LawRow:
    """The row as it is once activated: what was stated takes the place of what the table has."""
    told = {name: value for name in _COLUMNS if (value := getattr(stated, name)) is not None}
    if stated.number is not None:
        told["value"] = stated.number
    elif stated.words is not None:
        one = row.unit in WORD and len(stated.words) == 1
        told["value"] = stated.words[0] if one else stated.words
    return row.model_copy(update={**told, "active": True})


def applied_at(shipped: LawTable, activations: Activations, moment: datetime) -> LawTable:
    """The table by which a step is judged at a moment.

    A row that ships active says what it says: an activation from a time when it did not is passed over.
    """
    return applied(shipped, activations.at(moment))


def applied(shipped: LawTable, held: Mapping[str, Activation]) -> LawTable:
    """The table with these activations, by row."""
    if not held:
        return shipped
    rows = (
        with_stated(row, held[row.row_id].stated) if not row.active and row.row_id in held else row
        for row in shipped.rows
    )
    return LawTable(tuple(rows))
