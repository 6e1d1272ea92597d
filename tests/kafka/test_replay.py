"""A lost topic comes back from the store: the same events, keys, partitions and order."""

import pytest
from kafka import KafkaAdminClient
from typer.testing import CliRunner

from schemas.topics import CHECKPOINTS
from services.adapters.kafka.published import records
from services.adapters.kafka.replay import REPLAYABLE, replay
from services.adapters.kafka.topics import create_topics
from services.entrypoints.cli import build
from tests.kafka.conftest import Relays, eventually
from tests.kafka.writing import Writing, write
from tests.parts import Broker, Database


def _contents(broker: Broker, topic: str) -> dict[int, list[tuple[object, ...]]]:
    """By partition, everything on a topic but watermarks and offsets."""
    found: dict[int, list[tuple[object, ...]]] = {}
    for record in records(broker.brokers, broker.prefix + topic):
        if record.key is not None:
            found.setdefault(record.partition, []).append((record.key, record.value, record.headers))
    return found


def _lose(broker: Broker, topic: str) -> None:
    admin = KafkaAdminClient(bootstrap_servers=broker.bootstrap)
    admin.delete_topics([broker.prefix + topic])
    eventually(lambda: broker.prefix + topic not in admin.list_topics())
    admin.close()
    create_topics(broker.brokers, prefix=broker.prefix, partitions=4, replication=1, names=[topic])


def _replay(relays: Relays, topic: str) -> int:
    return replay(
        relays.database.dsn(REPLAYABLE[topic]),
        brokers=relays.broker.brokers,
        prefix=relays.broker.prefix,
        topic=topic,
        progress=lambda *_: None,
    )


@pytest.mark.parametrize("topic", ["inspection.restricted", "inspection.events"])
async def test_a_lost_topic_is_the_same_again(relays: Relays, database: Database, topic: str) -> None:
    findings = [Writing() for _ in range(10)]
    for _ in range(3):
        await write(database.dsn("inspection"), "inspection", [finding.append(2) for finding in findings])
    with relays.running("inspection"):
        relays.drained("inspection")
    before = _contents(relays.broker, topic)
    _lose(relays.broker, topic)
    assert _contents(relays.broker, topic) == {}
    assert _replay(relays, topic) == 60
    assert _contents(relays.broker, topic) == before


async def test_the_relay_stands_aside_and_goes_on_afterwards(relays: Relays, database: Database) -> None:
    await write(database.dsn("inspection"), "inspection", [Writing().append(10)])
    with relays.running("inspection"):
        relays.drained("inspection")
        assert _replay(relays, "inspection.restricted") == 10
        await write(database.dsn("inspection"), "inspection", [Writing().append()])
        relays.drained("inspection")
    assert sum(map(len, _contents(relays.broker, "inspection.restricted").values())) == 21


async def test_what_the_relay_has_not_published_is_left_to_it(relays: Relays, database: Database) -> None:
    await write(database.dsn("inspection"), "inspection", [Writing().append(10)])
    assert _replay(relays, "inspection.restricted") == 0


def test_proof_cannot_be_rebuilt_from_what_it_proves() -> None:
    told = CliRunner().invoke(build(), ["replay", "--topic", CHECKPOINTS], env={"KYCUONG_LANGUAGE": "en"})
    assert told.exit_code == 1
    assert "cannot be rebuilt" in told.output
