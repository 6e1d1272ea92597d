"""A relay in a thread, for tests that watch it from the inside."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from services.adapters.kafka.relay import Relay, RelaySettings
from services.adapters.kafka.topics import create_topics

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.parts import Broker, Database


def eventually(holds: Callable[[], bool], *, seconds: float = 120.0) -> None:
    """Wait until something holds; fail when it takes too long."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise AssertionError("it never held")
        time.sleep(0.02)


@dataclass(frozen=True)
class Relays:
    """Starts relays on a database and a broker of the test's own."""

    database: Database
    broker: Broker

    @contextmanager
    def running(self, context: str, **settings: float) -> Iterator[Relay]:
        """A relay of a context until the block ends; its failure is the test's."""
        stop = threading.Event()
        told = RelaySettings(self.broker.brokers, self.broker.prefix, **settings)
        relay = Relay(context, self.database.dsn(context), told, stop)
        failures: list[BaseException] = []

        def run() -> None:
            try:
                relay.run()
            except BaseException as failure:  # noqa: BLE001 - handed over to the test below
                failures.append(failure)

        thread = threading.Thread(target=run)
        thread.start()
        try:
            yield relay
        finally:
            stop.set()
            thread.join(120)
        assert not failures, failures
        assert not thread.is_alive()

    def drained(self, context: str) -> None:
        """Wait until all that is stored has been acknowledged."""
        behind = (
            f"select (select coalesce(max(position), 0) from {context}.events)"
            f" - (select position from {context}.relay_state)"
        )
        eventually(lambda: self.database.execute(behind) == [(0,)])


@pytest.fixture
def relays(database: Database, broker: Broker) -> Relays:
    """Relays on fresh topics and a fresh database."""
    create_topics(broker.brokers, prefix=broker.prefix, partitions=4, replication=1)
    return Relays(database, broker)
