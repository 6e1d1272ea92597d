"""The law's rows in files: those that the suite ships."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

import discipline.law
from discipline.law.codes import OBEYED, disobeyed
from discipline.law.rows import LawFile, LawTable, Rule, faults
from inspection.directives.marked_yaml import parse
from inspection.directives.problems import PackError, PackProblem
from inspection.directives.reading import shape_problems
from schemas.discipline.law import RowUsed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from discipline.law.rows import LawRow

FOLDER = Path(discipline.law.__file__).parent


@cache
def shipped() -> LawTable:
    """Return the table that the suite ships.

    Raises:
        PackError: naming everything that is wrong with the files.
    """
    return read(sorted(FOLDER.glob("*.yaml")))


def read(paths: Iterable[Path]) -> LawTable:
    """Return the table that files hold together.

    Raises:
        PackError: naming everything that is wrong, with file and line.
    """
    rows: dict[str, LawRow] = {}
    problems: list[PackProblem] = []
    for path in paths:
        try:
            found = _rows(path, rows)
        except PackError as error:
            problems += error.problems
        else:
            rows |= {row.row_id: row for row in found}
    if problems:
        raise PackError(problems)
    return LawTable(tuple(rows.values()))


def _rows(path: Path, known: dict[str, LawRow]) -> tuple[LawRow, ...]:
    """The rows of one file, none of which has an id that is taken."""
    document = parse(path.read_text(encoding="utf-8"), str(path))
    try:
        rows = LawFile.model_validate(document.data).rows
    except ValidationError as error:
        raise PackError(shape_problems(document, error, LawFile)) from error
    problems = [document.problem(("rows", fault.index, fault.column), fault.code) for fault in faults(rows)]
    taken = set(known)
    for index, row in enumerate(rows):
        for word in disobeyed(row):
            known_words = ", ".join(sorted(OBEYED[row.rule]))
            where = ("rows", index, "value")
            problems.append(document.problem(where, "law-word-not-obeyed", word=word, known=known_words))
        if row.row_id in taken:
            problems.append(document.problem(("rows", index, "row_id"), "law-row-twice", id=row.row_id))
        taken.add(row.row_id)
    if problems:
        raise PackError(problems)
    return rows


OWN_RULE = RowUsed(rule_id="suite-keeps-files", instrument="docs/documents.md", article=None)
"""No law: what the suite does with files of discipline while no active row of the law says what becomes of them.

What is erased cannot be had back; what was kept too long can still be erased once the law is known.
"""


def files_kept_by(table: LawTable, day: date) -> RowUsed:
    """By what files of discipline are exempt from erasure: an active row in force, else the suite's own rule."""
    rows = (row for row in table.rows if row.rule is Rule.RECORDS_KEPT and row.active and row.in_force(day))
    return next((row.used for row in rows), OWN_RULE)
