"""The topics: made once, keeping everything, and refused when they would forget."""

from typing import Any

import pytest
from kafka import KafkaAdminClient

from schemas.topics import TOPICS
from services.adapters.kafka import topics
from services.adapters.kafka.topics import TopicForgets, create_topics
from tests.parts import Broker


def test_every_topic_is_made_and_keeps_everything(broker: Broker) -> None:
    for _ in range(2):  # the second time changes nothing
        create_topics(broker.brokers, prefix=broker.prefix, partitions=3, replication=1)
    admin = KafkaAdminClient(bootstrap_servers=broker.bootstrap)
    described = admin.describe_topics([broker.prefix + name for name in TOPICS])
    admin.close()
    assert {topic["name"]: len(topic["partitions"]) for topic in described} == {
        broker.prefix + name: 3 for name in TOPICS
    }


def test_an_existing_topic_keeps_its_partitions_because_its_keys_depend_on_them(broker: Broker) -> None:
    create_topics(broker.brokers, prefix=broker.prefix, partitions=2, replication=1)
    create_topics(broker.brokers, prefix=broker.prefix, partitions=5, replication=1)
    admin = KafkaAdminClient(bootstrap_servers=broker.bootstrap)
    (described,) = admin.describe_topics([broker.prefix + "inspection.restricted"])
    admin.close()
    assert len(described["partitions"]) == 2


def test_a_topic_that_forgets_is_refused(broker: Broker) -> None:
    admin = KafkaAdminClient(bootstrap_servers=broker.bootstrap)
    name = broker.prefix + "inspection.restricted"
    configs = {"retention.ms": "604800000"}
    admin.create_topics({name: {"num_partitions": 1, "replication_factor": 1, "configs": configs}})
    admin.close()
    with pytest.raises(TopicForgets) as refused:
        create_topics(broker.brokers, prefix=broker.prefix, partitions=1, replication=1)
    assert (refused.value.topic, refused.value.settings) == (name, {"retention.ms": "604800000"})


def test_a_broker_that_has_not_heard_of_a_new_topic_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a cluster, any broker answers; kafka-python leaves out what it does not know."""
    settings = {name: {"value": value} for name, value in topics.KEEP_EVERYTHING.items()}
    answers: list[dict[str, Any]] = [{}, {"topic": {"new": {}}}, {"topic": {"new": settings}}]

    class Admin:
        def describe_configs(self, _resources: object, config_filter: str) -> dict[str, Any]:
            return answers.pop(0)

    monkeypatch.setattr(topics, "ASKED_AGAIN_SECONDS", 0)
    topics._check(Admin(), ["new"])
    assert answers == []
