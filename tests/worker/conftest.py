"""A handling of the counting worker on a database of the test's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from services.adapters.kafka.handling import Handling
from services.adapters.kafka.parking import Tables
from services.adapters.kafka.retrying import Retrying
from services.adapters.postgres.store import PostgresStore
from tests.worker import counting

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from tests.parts import Database


@pytest.fixture(autouse=True)
def all_is_well() -> Iterator[None]:
    """Every test begins and ends with nothing staged."""
    counting.BROKEN.clear()
    yield
    counting.BROKEN.clear()


@pytest.fixture
async def store(database: Database) -> AsyncIterator[PostgresStore]:
    """The store of the counting context, with the table that the effect notes in."""
    database.execute(counting.SEEN)
    opened = await PostgresStore.open(database.dsn("discipline"), "discipline")
    yield opened
    await opened.close()


@pytest.fixture
def handling(store: PostgresStore) -> Handling:
    """Handles messages as the worker does."""
    return Handling(store, counting.SPEC, Tables("discipline-worker"), first_pause=0.0)


@pytest.fixture
def retrying(handling: Handling) -> Retrying:
    """Tries parked messages again at once, three times in all."""
    return Retrying(handling, pauses=(0.0, 0.0))
