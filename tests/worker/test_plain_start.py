"""Every process starts as the containers start it: `python -m MODULE`, no fork server and nothing imported before."""

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.adapters.embedded.child import spawn
from services.adapters.embedded.ports import free_port
from services.adapters.kafka.topics import create_topics
from tests.parts import Broker, Database
from tests.processes import Household, Running

PARTITIONS = 2
COMMANDS = (
    ("services.entrypoints.registry",),
    ("services.entrypoints.api",),
    ("services.entrypoints.relay",),
    ("services.entrypoints.worker", "inspection"),
    ("services.entrypoints.worker", "discipline"),
    ("services.entrypoints.worker", "notifier"),
    ("services.entrypoints.clock",),
    ("services.entrypoints.courier",),
)


@pytest.fixture
def started(database: Database, broker: Broker, tmp_path: Path) -> Iterator[list[Running]]:
    create_topics(broker.brokers, prefix=broker.prefix, partitions=PARTITIONS, replication=1)
    port = str(free_port())
    told = {"kafka": broker.bootstrap, "topic_prefix": broker.prefix, "partitions": str(PARTITIONS)}
    household = Household(database, tmp_path, {**told, "port": port, "issuer": f"http://127.0.0.1:{port}/identity"})
    running = []
    for number, (module, *arguments) in enumerate(COMMANDS):
        environment = household.environment(probe_port=str(free_port()))
        one = Running(module, tuple(arguments), environment, tmp_path / f"{number}.log")
        one.process = spawn(module, [sys.executable, "-m", module, *arguments], env=environment, log=one.log)
        running.append(one)
    yield running
    for one in running:
        one.process.kill()


async def test_all_become_ready_and_stop_when_asked(started: list[Running]) -> None:
    await asyncio.gather(*(one.ready() for one in started))
    assert await asyncio.gather(*(one.stopped() for one in started)) == [0] * len(COMMANDS)
