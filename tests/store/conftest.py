"""A store on a database of the test's own."""

import uuid
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

import pytest

from services.adapters.postgres.store import PostgresStore
from tests.parts import Database
from tests.store.tally import VIEW, VIEW_DDL


class PostgresSubject:
    """The store on PostgreSQL, as the contract tests see it."""

    def __init__(self, store: PostgresStore, database: Database) -> None:
        self.store = store
        self._database = database

    async def promise(self, through: datetime) -> None:
        self._database.execute("update inspection.watermark set through = greatest(through, %s)", through)

    async def view_row(self, id_: uuid.UUID) -> dict[str, Any] | None:
        row = await self.store.pool.fetchrow(f"select * from {VIEW} where id = $1", str(id_))
        return None if row is None else dict(row)


def empty(database: Database) -> None:
    """Forget all events, and make the tally's view as a migration would."""
    database.execute(f"drop table if exists inspection.{VIEW}")
    database.execute(VIEW_DDL)
    database.execute("select inspection.prepare_views()")
    database.execute("truncate inspection.events, inspection.idempotency, inspection.snapshots restart identity")
    database.execute("update inspection.watermark set through = default")


@pytest.fixture
def emptied(module_database: Database) -> Database:
    """The module's database without events: a tenth of the time that a fresh one takes."""
    empty(module_database)
    return module_database


@pytest.fixture
async def store(emptied: Database) -> AsyncIterator[PostgresStore]:
    """The inspection context's store."""
    opened = await PostgresStore.open(emptied.dsn("inspection"), "inspection")
    yield opened
    await opened.close()


@pytest.fixture
def subject(store: PostgresStore, emptied: Database) -> PostgresSubject:
    """The store, as the contract tests see it."""
    return PostgresSubject(store, emptied)
