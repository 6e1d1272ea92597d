"""Both stores do what the model says, whatever comes in whatever order."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from services.adapters.postgres.store import PostgresStore
from tests.conftest import SHRUNK_IN
from tests.contracts.event_store import Subject
from tests.contracts.event_store_machine import EventStoreMachine
from tests.parts import Database
from tests.store.conftest import PostgresSubject, empty
from tests.store.test_contract import MemorySubject

T = TypeVar("T")
pytestmark = pytest.mark.timeout(SHRUNK_IN)  # called by hand, a machine is not seen to draw its examples


class OpenedMemory:
    """A store in memory, new for each example."""

    def __init__(self) -> None:
        self.runner = asyncio.Runner()
        self.subject: Subject = MemorySubject()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    def close(self) -> None:
        self.runner.close()


class OpenedPostgres(OpenedMemory):
    """The store on PostgreSQL, emptied for each example."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        empty(database)
        self.store = self.run(PostgresStore.open(database.dsn("inspection"), "inspection", size=2))
        self.subject = PostgresSubject(self.store, database)

    def close(self) -> None:
        self.run(self.store.close())
        super().close()


def test_memory() -> None:
    run_state_machine_as_test(
        lambda: EventStoreMachine(OpenedMemory()),  # type: ignore[arg-type]  # takes any maker, typed for classes
        settings=settings(max_examples=60, stateful_step_count=30, deadline=None),
    )


def test_postgres(module_database: Database) -> None:
    run_state_machine_as_test(
        lambda: EventStoreMachine(OpenedPostgres(module_database)),  # type: ignore[arg-type]  # as above
        settings=settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
