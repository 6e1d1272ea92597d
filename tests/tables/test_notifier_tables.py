"""The notifier's table of alerts is what its migration makes, and takes the rows of its view."""

from __future__ import annotations

from datetime import UTC, datetime

import asyncpg
import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, create_engine

from notifier.alerts.state import Alert
from notifier.alerts.view import row
from services.adapters.tables.notifier import AlertRow
from services.application.notifier import ALERT
from tests.notifier.examples import day, evening
from tests.notifier.test_alerts import END, OPEN, acknowledge, escalate, given
from tests.parts import Database

NOW = datetime(2025, 3, 3, tzinfo=UTC)


def test_the_class_says_what_the_migration_makes(database: Database) -> None:
    metadata = MetaData()
    AlertRow.metadata.tables["notifier.alert_view"].to_metadata(metadata)
    engine = create_engine(database.admin_dsn.replace("postgresql://", "postgresql+psycopg://", 1))
    with engine.connect() as connection:
        options = {
            "include_schemas": True,
            "compare_type": True,
            "include_object": lambda item, name, kind, *_: (
                kind != "table" or f"{item.schema}.{name}" == "notifier.alert_view"
            ),
        }
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []
    engine.dispose()


@pytest.mark.parametrize(
    "alert",
    [given(OPEN), given(OPEN, escalate(evening(8)), acknowledge(day(9))), given(OPEN, END)],
    ids=["open", "acknowledged", "ended"],
)
async def test_a_row_is_kept_as_the_view_says_it(alert: Alert, database: Database) -> None:
    (made,) = ALERT.rows(alert, 3, NOW)
    fill = "insert into alert_view select * from jsonb_populate_record(null::alert_view, $1) returning *"
    connection = await asyncpg.connect(database.dsn("notifier"))
    try:
        (kept,) = await connection.fetch(fill, made.row.decode())
    finally:
        await connection.close()
    assert dict(kept) == {**row(alert), "version": 3, "updated_at": NOW}


def test_who_read_what_is_only_ever_added_to(database: Database) -> None:
    with (
        psycopg.connect(database.dsn("notifier"), autocommit=True) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("delete from notifier.confidential_reads")
