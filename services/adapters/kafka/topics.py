"""The suite's topics, declared in one place: nothing is made in passing, and nothing ever expires."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import structlog
from kafka import KafkaAdminClient
from kafka.admin import ConfigResource
from kafka.errors import TopicAlreadyExistsError, UnknownTopicOrPartitionError, for_code

from schemas.topics import TOPICS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from services.adapters.kafka.brokers import Brokers

log = structlog.get_logger(__name__)

KEEP_EVERYTHING = {"retention.ms": "-1", "retention.bytes": "-1", "cleanup.policy": "delete"}
VISIBLE_SECONDS = 60
"""For new topics to be known to every broker: a machine that just starts everything is slow."""
ASKED_AGAIN_SECONDS = 0.2
REPLICAS_FOR_TWO_IN_SYNC = 3
"""From this replication on, a write counts when a second broker has it (DESIGN.md, Kafka)."""


class TopicForgets(Exception):
    """A topic is set up so that messages would disappear from it; it is not used until somebody has decided.

    Attributes:
        topic: its name on the broker.
        settings: the settings that are wrong, with what they are.
    """

    def __init__(self, topic: str, settings: dict[str, str]) -> None:
        self.topic = topic
        self.settings = settings
        super().__init__(f"{topic}: {settings}, needed: {KEEP_EVERYTHING}")


def create_topics(
    brokers: Brokers, *, prefix: str, partitions: int, replication: int, names: Sequence[str] = TOPICS
) -> None:
    """Make the topics that are missing, and look at those that are there.

    Args:
        brokers: where they are.
        prefix: stands before each name.
        partitions: of a topic when it is made; an existing one keeps its own, since its keys depend on it.
        replication: copies of a topic when it is made.
        names: which topics, without prefix.

    Raises:
        TopicForgets: an existing topic does not keep everything.
        kafka.errors.KafkaError: the brokers are away or refuse.
    """
    admin = KafkaAdminClient(**brokers.options())
    try:
        wanted = [prefix + name for name in names]
        missing = sorted(set(wanted) - set(admin.list_topics()))
        if missing:
            _create(admin, missing, partitions, replication)
        _check(admin, wanted)
    finally:
        admin.close()


def partitions_of(brokers: Brokers, topics: Sequence[str]) -> dict[str, int]:
    """Return how many partitions each topic has; names with prefix.

    Raises:
        kafka.errors.KafkaError: a topic is not there, or the brokers are away.
    """
    admin = KafkaAdminClient(**brokers.options())
    try:
        described = admin.describe_topics(list(topics))
    finally:
        admin.close()
    for topic in described:
        if topic["error_code"]:
            raise for_code(topic["error_code"])(topic["name"])
    return {topic["name"]: len(topic["partitions"]) for topic in described}


def _create(admin: KafkaAdminClient, missing: list[str], partitions: int, replication: int) -> None:
    in_sync = {"min.insync.replicas": "2"} if replication >= REPLICAS_FOR_TWO_IN_SYNC else {}
    options = {
        "num_partitions": partitions,
        "replication_factor": replication,
        "configs": KEEP_EVERYTHING | in_sync,
    }
    answer = admin.create_topics(dict.fromkeys(missing, options), raise_errors=False)
    for topic in answer["topics"]:
        failure = for_code(topic["error_code"])
        if topic["error_code"] and failure is not TopicAlreadyExistsError:  # another process was faster
            raise failure(topic["name"])
    admin.wait_for_topics(missing, timeout_ms=VISIBLE_SECONDS * 1_000)
    log.info("topics_created", topics=missing, partitions=partitions, replication=replication)


def _check(admin: KafkaAdminClient, topics: Sequence[str]) -> None:
    for topic, found in sorted(_settings(admin, topics).items()):
        needed = KEEP_EVERYTHING.items()
        wrong = {name: found[name]["value"] for name, value in needed if found[name]["value"] != value}
        if wrong:
            raise TopicForgets(topic, wrong)


def _settings(admin: KafkaAdminClient, topics: Sequence[str]) -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Each topic's settings. Any broker answers, and one that has not heard of a new topic yet names none of them."""
    resources = [ConfigResource("TOPIC", topic) for topic in topics]
    until = time.monotonic() + VISIBLE_SECONDS
    while True:
        found: Mapping[str, Mapping[str, Mapping[str, str]]]
        found = admin.describe_configs(resources, config_filter="all").get("topic", {})
        unknown = [topic for topic in topics if not found.get(topic)]
        if not unknown:
            return found
        if time.monotonic() > until:
            raise UnknownTopicOrPartitionError(", ".join(unknown))
        time.sleep(ASKED_AGAIN_SECONDS)
