"""Every statement of the sources is a row with the confidence that it deserves, and no row comes from nowhere."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from discipline.law.rows import Confidence
from tests.discipline.law_rows import SHIPPED

SHEET: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    Path(__file__).with_name("law_sheet.yaml").read_text(encoding="utf-8")
)
STATEMENTS = [
    pytest.param(Confidence(confidence), statement, id=statement["says"])
    for confidence, statements in SHEET.items()
    for statement in statements
]
BY_ID = {row.row_id: row for row in SHIPPED.rows}


@pytest.mark.parametrize(("confidence", "statement"), STATEMENTS)
def test_a_statement_is_carried_by_rows_that_are_known_as_well_as_it_is(
    confidence: Confidence, statement: dict[str, Any]
) -> None:
    rows = statement.get("rows", [])

    assert bool(rows) is not bool(statement.get("kept"))
    assert {row_id: BY_ID[row_id].confidence for row_id in rows} == dict.fromkeys(rows, confidence)


def test_every_row_carries_exactly_one_statement() -> None:
    named = Counter(
        row_id for statements in SHEET.values() for statement in statements for row_id in statement.get("rows", [])
    )

    assert dict(named) == dict.fromkeys(BY_ID, 1), "say in law_sheet.yaml which statement a new row carries"


@pytest.mark.parametrize("row", SHIPPED.rows, ids=lambda row: row.row_id)
def test_a_row_is_applied_exactly_where_somebody_knows_it(row: Any) -> None:
    assert row.active is (row.confidence is not Confidence.UNVERIFIED)
