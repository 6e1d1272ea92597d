"""The rows of the law as a table: `make tables` writes it at the end of docs/law.md."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from discipline.law.codes import followed
from discipline.law.rows import Rule
from services.adapters import law_words
from services.adapters.law import shipped

if TYPE_CHECKING:
    from discipline.law.rows import LawRow

PAGE = Path(__file__).parents[2] / "docs" / "law.md"
HEADING = "## The rows\n"
_COLUMNS = "| row | what it says | where | for whom | in force | known |\n|---|---|---|---|---|---|\n"


def page() -> str:
    """The page as it has to be: what was written by hand, up to the heading and its paragraph, and the table."""
    by_hand, heading, rest = PAGE.read_text(encoding="utf-8").partition(HEADING)
    paragraph = rest.strip().split("\n\n")[0]
    return f"{by_hand}{heading}\n{paragraph}\n\n{_table()}"


def _table() -> str:
    rows = sorted(shipped().rows, key=lambda row: list(Rule).index(row.rule))
    return _COLUMNS + "".join(map(_line, rows))


def _line(row: LawRow) -> str:
    name = f"`{row.row_id}`" if row.active else f"[`{row.row_id}`]"
    name = name if followed(row) else f"{name} (shown)"
    says = f"{law_words.rule('en', row)}: {law_words.value('en', row)}"
    told = (law_words.source, law_words.subjects, law_words.period, law_words.confidence)
    return f"| {' | '.join([name, says, *(words('en', row) for words in told)])} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
