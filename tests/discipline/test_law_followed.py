"""Which rows the suite follows: a row that is said to be followed is read somewhere, and no other is."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import discipline
from discipline.law.codes import followed
from discipline.law.rows import LawRow, Rule
from discipline.steps import ROWS, Step
from tests.discipline.law_rows import SHIPPED

ROOM = Path(discipline.__file__).parent
LISTS = {
    ROOM / "law" / "rows.py",
    ROOM / "law" / "codes.py",
    ROOM / "law" / "activation" / "decide.py",
    ROOM / "steps.py",
}
"""They name rules and steps, and follow none."""
CODE = [*ROOM.rglob("*.py"), ROOM.parent / "services" / "adapters" / "law.py"]


def named(kind: str) -> Iterator[str]:
    """The members of `Rule` or `Step` that somebody reads."""
    for path in CODE:
        if path in LISTS:
            continue
        tree: ast.AST = ast.parse(path.read_text(encoding="utf-8"))
        if path == ROOM / "law" / "regimes.py":  # its lists say what a case shows
            tree = ast.Module([node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)], [])
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == kind:
                yield node.attr


READ = {Rule[name] for name in named("Rule")}
TAKEN = {Step[name] for name in named("Step")}


def read(row: LawRow) -> bool:
    """Whether something asks for it: its rule, or the step that it sets a term for."""
    if row.rule not in {one.rule for one in ROWS.values()}:
        return row.rule in READ
    asked = [ROWS[step].condition for step in TAKEN if ROWS[step].rule is row.rule]
    conditions = {None, row.condition, (row.condition or "").partition("-of-")[0]}
    return any(condition in conditions for condition in asked)


@pytest.mark.parametrize("row", SHIPPED.rows, ids=lambda row: row.row_id)
def test_a_row_is_followed_where_something_reads_it_and_only_shown_where_nothing_does(row: LawRow) -> None:
    assert followed(row) is read(row), "say in codes.SHOWN which rows nothing follows"
