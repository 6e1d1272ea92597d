"""The relay's process and the broker, killed in mid-flight: nothing is lost, a key's order holds."""

import asyncio
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.adapters.embedded.kafka import Kafka
from services.adapters.kafka.topics import create_topics
from tests.kafka.conftest import eventually
from tests.kafka.processes import Processes, processes
from tests.kafka.writing import Writing, in_order, stored_heads, versions, write
from tests.parts import Broker, Database

TOPIC = "inspection.restricted"
RELAY = "services.entrypoints.relay"
BEHIND = (
    "select (select coalesce(max(position), 0) from inspection.events) - (select position from inspection.relay_state)"
)


@pytest.fixture(scope="module")
def mortal_broker(kafka_server: Kafka, runtime_folder: Path) -> Iterator[Kafka]:
    """A broker of this module's own, which its tests may kill (the run's broker has fetched the jars)."""
    with Kafka(runtime_folder / "broker-under-relay") as server:
        yield server


@pytest.fixture
def suite(database: Database, broker: Broker, tmp_path: Path) -> Iterator[Processes]:
    create_topics(broker.brokers, prefix=broker.prefix, partitions=4, replication=1)
    with processes(database, broker, tmp_path) as started:
        yield started


async def _write_all(database: Database, findings: list[Writing], rounds: int, *, pause: float) -> None:
    for _ in range(rounds):
        await write(database.dsn("inspection"), "inspection", [finding.append(3) for finding in findings])
        await asyncio.sleep(pause)


def _has_moved(database: Database) -> None:
    position = database.execute("select position from inspection.relay_state")
    eventually(lambda: database.execute("select position from inspection.relay_state") > position)


def _nothing_lost_and_in_order(suite: Processes) -> None:
    expected = stored_heads(suite.database, "inspection")
    found = versions(suite.broker, TOPIC)
    assert found.keys() == expected.keys()
    wrong = {stream: found[stream] for stream, last in expected.items() if not in_order(found[stream], last)}
    assert wrong == {}


async def test_killed_in_mid_flight_it_goes_on_without_loss_and_in_order(suite: Processes) -> None:
    findings = [Writing() for _ in range(30)]
    writing = asyncio.create_task(_write_all(suite.database, findings, 60, pause=0.05))
    chance = random.Random(11)
    kills = 0
    while not writing.done():
        relay = suite.start(RELAY)
        await asyncio.to_thread(_has_moved, suite.database)
        await asyncio.sleep(chance.uniform(0, 0.3))
        suite.kill(relay)
        kills += 1
    await writing
    relay = suite.start(RELAY)
    await _write_all(suite.database, findings, 1, pause=0)
    await asyncio.to_thread(eventually, lambda: suite.database.execute(BEHIND) == [(0,)])
    assert suite.stop(relay) == 0
    assert kills >= 2
    _nothing_lost_and_in_order(suite)


async def test_a_killed_broker_is_waited_for(mortal_broker: Kafka, database: Database, tmp_path: Path) -> None:
    broker = Broker(mortal_broker)
    create_topics(broker.brokers, prefix=broker.prefix, partitions=4, replication=1)
    with processes(database, broker, tmp_path) as suite:
        relay = suite.start(RELAY)
        findings = [Writing() for _ in range(30)]
        writing = asyncio.create_task(_write_all(database, findings, 40, pause=0.05))
        await asyncio.to_thread(_has_moved, database)
        mortal_broker.kill()
        await writing
        mortal_broker.start()
        await asyncio.to_thread(eventually, lambda: database.execute(BEHIND) == [(0,)])
        assert suite.stop(relay) == 0
        _nothing_lost_and_in_order(suite)


async def test_asked_to_stop_it_finishes_what_is_under_way(suite: Processes) -> None:
    relay = suite.start(RELAY)
    await write(suite.database.dsn("inspection"), "inspection", [Writing().append(50) for _ in range(100)])
    await asyncio.to_thread(_has_moved, suite.database)
    assert suite.stop(relay) == 0
    (position,) = suite.database.execute("select position from inspection.relay_state")[0]
    found = sum(len(those) for those in versions(suite.broker, TOPIC).values())
    assert found == position
