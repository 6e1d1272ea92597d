"""The page of the law lists the rows that ship."""

from services.adapters.law import shipped
from tests.catalogues.law_rows import PAGE, page


def test_the_table_of_rows_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run 'make tables' and look at what changed"


def test_every_row_stands_in_it_once_and_in_brackets_where_it_is_not_applied() -> None:
    table = page().partition("## The rows")[2]

    for row in shipped().rows:
        assert table.count(f"`{row.row_id}`") == 1
        assert (f"[`{row.row_id}`]" in table) is not row.active
