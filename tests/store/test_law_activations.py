"""What was activated in a deployment is seen from its terminal, too."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from typer.testing import CliRunner, Result

from discipline.law.activation.commands import ActivateRow, WithdrawRow
from schemas.discipline.law_rows import RowStated
from services.adapters.law import shipped
from services.adapters.postgres.store import PostgresStore
from services.application.discipline.aggregates import LAW, LAW_ROWS
from services.application.handler import Handler
from services.entrypoints.cli import build
from tests.discipline import samples
from tests.kafka.processes import Processes
from tests.parts import Broker, Database
from tests.store.tally import SettableClock, request

ROW, ADMINISTRATOR, REASONS = "complaint-resolution-first", UUID(int=0xAD), samples.document("reasons")
STATED = RowStated.model_validate({"number": 30, "day_kind": "calendar", "rolls": True, "article": "28"})
Shown = Callable[..., Result]


@pytest.fixture
def show(database: Database, broker: Broker, tmp_path: Path) -> Shown:
    environment = Processes(database, broker, tmp_path).environment()

    def shown(*arguments: str) -> Result:
        told = {**environment, "KYCUONG_LANGUAGE": "en"}
        asked = ["law", "show", "--at", "2025-08-01", "--rule", "complaint_resolution", *arguments]
        return CliRunner().invoke(build(), asked, env=told)

    return shown


async def test_an_activated_row_is_shown_with_its_source_until_it_is_withdrawn(database: Database, show: Shown) -> None:
    store = await PostgresStore.open(database.dsn("discipline"), "discipline")
    clock = SettableClock()
    handler, at = Handler(store, clock), await clock.now()
    activate = ActivateRow(ROW, shipped(), STATED, "Công báo số 1", REASONS, at, ADMINISTRATOR, samples.CALENDAR)
    await handler.handle(LAW, LAW_ROWS, activate, request())

    said, as_shipped = show("--activated").output, show().output
    assert "the term to resolve a complaint, the first: 30 calendar days" in said
    assert "Complaints Law, art. 28" in said
    assert "by: Công báo số 1" in said
    assert "1 applied, 2 not applied" in said
    assert "0 applied, 3 not applied" in as_shipped
    assert "Add --activated" in as_shipped

    await handler.handle(LAW, LAW_ROWS, WithdrawRow(ROW, REASONS, at, ADMINISTRATOR), request())
    await store.close()
    assert "0 applied, 3 not applied" in show("--activated").output


def test_a_store_that_is_away_is_said(show: Shown, tmp_path: Path) -> None:
    away = show("--activated", "--data", str(tmp_path / "none"))

    assert away.exit_code == 1
    assert str(tmp_path / "none") in away.output
