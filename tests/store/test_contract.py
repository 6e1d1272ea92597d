"""Both stores keep the contract."""

import uuid
from datetime import datetime
from typing import Any

import pytest

from tests.contracts.event_store import EventStoreContract
from tests.fakes.memory_store import MemoryStore
from tests.store.tally import VIEW


class MemorySubject:
    """The store in memory, as the contract tests see it."""

    def __init__(self) -> None:
        self.store = MemoryStore()

    async def promise(self, through: datetime) -> None:
        self.store.promise(through)

    async def view_row(self, id_: uuid.UUID) -> dict[str, Any] | None:
        return self.store.views[VIEW].get(str(id_))


class TestMemoryStore(EventStoreContract):
    """The fake that others test with."""

    @pytest.fixture
    def subject(self) -> MemorySubject:
        """A fresh one."""
        return MemorySubject()


class TestPostgresStore(EventStoreContract):
    """The real one; `subject` is conftest's."""
