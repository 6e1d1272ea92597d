"""Rows of the shipped table, by id, and the table with others in it."""

from discipline.law.rows import LawRow, LawTable
from services.adapters import law

SHIPPED = law.shipped()


def row_of(row_id: str) -> LawRow:
    """A shipped row."""
    (row,) = (row for row in SHIPPED.rows if row.row_id == row_id)
    return row


def with_rows(*rows: LawRow) -> LawTable:
    """The shipped table with these rows, each in the place of the one whose id it has."""
    by_id = {row.row_id: row for row in (*SHIPPED.rows, *rows)}
    return LawTable(tuple(by_id.values()))


def activated(*row_ids: str, **values: object) -> LawTable:
    """The shipped table after an administrator activated these rows, with values where they have none."""
    return with_rows(*(row_of(row_id).model_copy(update={"active": True, **values}) for row_id in row_ids))
