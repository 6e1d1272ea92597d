"""The embedded broker: real Apache Kafka, and still the same after a kill."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer
from kafka.errors import KafkaTimeoutError

from services.adapters.embedded.failure import EmbeddedFailure
from services.adapters.embedded.kafka import Kafka
from tests.parts import Broker


@pytest.fixture(scope="module")
def own(kafka_server: Kafka, runtime_folder: Path) -> Iterator[Broker]:
    """A broker of this module's own, which its tests may kill (the run's broker has fetched the jars)."""
    with Kafka(runtime_folder / "killed-broker") as server:
        yield Broker(server)


def test_a_kill_loses_nothing_that_was_acknowledged(own: Broker) -> None:
    (topic,) = own.topics("kept", partitions=1)
    _send(own, topic, b"before")
    own.server.kill()
    assert not own.server.alive
    own.server.start()
    _send(own, topic, b"after")
    assert _read(own, topic, 2) == [b"before", b"after"]


def test_an_id_may_begin_with_a_hyphen(runtime_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One random id in 64 does; the tool would read it as another option."""
    monkeypatch.setattr(uuid, "uuid4", lambda: uuid.UUID("f8" + "0" * 30))
    with Kafka(runtime_folder / "hyphen") as server:
        assert "cluster.id=-" in (server.folder / "topics" / "meta.properties").read_text()


def test_a_stop_and_a_start_go_on_with_the_same_topics(own: Broker) -> None:
    (topic,) = own.topics("stopped", partitions=1)
    _send(own, topic, b"kept")
    own.server.stop()
    own.server.start()
    assert _read(own, topic, 1) == [b"kept"]


def test_an_unknown_topic_is_not_made_in_passing(broker: Broker) -> None:
    topic = broker.prefix + "nobody-made-it"
    producer = KafkaProducer(bootstrap_servers=broker.bootstrap, max_block_ms=1_000)
    with pytest.raises(KafkaTimeoutError):
        producer.send(topic, b"x")
    producer.close(timeout=1)
    admin = KafkaAdminClient(bootstrap_servers=broker.bootstrap)
    assert topic not in admin.list_topics()
    admin.close()


def test_its_own_console_tools_run(broker: Broker) -> None:
    (topic,) = broker.topics("listed", partitions=3)
    done = broker.server.tool(
        "org.apache.kafka.tools.TopicCommand", "--bootstrap-server", broker.bootstrap, "--describe", "--topic", topic
    )
    assert done.returncode == 0
    assert "PartitionCount: 3" in done.stdout
    assert "retention.ms=-1" in done.stdout


def test_a_port_that_is_taken_is_named(broker: Broker, runtime_folder: Path) -> None:
    twin = Kafka(runtime_folder / "twin-broker", port=broker.server.port)
    with pytest.raises(EmbeddedFailure) as refused:
        twin.start()
    assert (refused.value.name, refused.value.facts["port"]) == ("port-in-use", broker.server.port)


def test_a_broker_that_cannot_start_says_what_it_wrote_last(kafka_server: Kafka, runtime_folder: Path) -> None:
    broken = Kafka(runtime_folder / "broken-broker", heap=1)
    with pytest.raises(EmbeddedFailure) as refused:
        broken.start()
    assert refused.value.name == "broker-not-started"
    assert "heap" in str(refused.value.facts["reason"]).lower()


def _send(broker: Broker, topic: str, value: bytes) -> None:
    producer = KafkaProducer(bootstrap_servers=broker.bootstrap, acks="all")
    producer.send(topic, value).get(timeout=120)
    producer.close()


def _read(broker: Broker, topic: str, count: int) -> list[bytes]:
    consumer = KafkaConsumer(
        topic, bootstrap_servers=broker.bootstrap, auto_offset_reset="earliest", consumer_timeout_ms=120_000
    )
    values: list[bytes] = []
    for message in consumer:
        values.append(message.value)
        if len(values) == count:
            break
    consumer.close()
    return values
