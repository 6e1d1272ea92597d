"""How far a reader is behind, also from a broker that has only just started."""

from typing import Any

import pytest
from kafka import KafkaAdminClient
from kafka.errors import GroupAuthorizationFailedError, KafkaError, NotCoordinatorError

from services.adapters.kafka import lag
from services.adapters.kafka.topics import create_topics
from tests.parts import Broker

TOPIC = "inspection.events"


@pytest.fixture
def topics(broker: Broker) -> list[str]:
    create_topics(broker.brokers, prefix=broker.prefix, partitions=1, replication=1)
    return [broker.prefix + TOPIC]


def failing_once(patch: pytest.MonkeyPatch, failure: KafkaError) -> None:
    """The broker's first answer about a group is a failure."""
    failures = [failure]
    plain = KafkaAdminClient.list_group_offsets

    def answered(admin: KafkaAdminClient, *asked: Any) -> Any:
        if failures:
            raise failures.pop()
        return plain(admin, *asked)

    patch.setattr(KafkaAdminClient, "list_group_offsets", answered)


def test_a_broker_that_has_just_started_is_asked_again(
    broker: Broker, topics: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    failing_once(monkeypatch, NotCoordinatorError())
    assert lag.unapplied(broker.brokers, broker.prefix + "nobody", topics) == 0


def test_what_will_not_pass_is_told_at_once(broker: Broker, topics: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    failing_once(monkeypatch, GroupAuthorizationFailedError())
    with pytest.raises(GroupAuthorizationFailedError):
        lag.unapplied(broker.brokers, broker.prefix + "nobody", topics)
