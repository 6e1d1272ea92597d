"""How far the suite's workers are behind, as the broker knows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafka import KafkaAdminClient, KafkaConsumer, TopicPartition

if TYPE_CHECKING:
    from collections.abc import Sequence


def unapplied(bootstrap: str, group: str, topics: Sequence[str]) -> int:
    """Return the messages on these topics that a group has not acknowledged.

    Raises:
        kafka.errors.KafkaError: the brokers are away.
    """
    consumer = KafkaConsumer(bootstrap_servers=bootstrap.split(","), enable_auto_commit=False)
    try:
        places = [
            TopicPartition(topic, number)
            for topic in topics
            for number in sorted(consumer.partitions_for_topic(topic) or ())
        ]
        ends = consumer.end_offsets(places)
    finally:
        consumer.close()
    admin = KafkaAdminClient(bootstrap_servers=bootstrap.split(","))
    try:
        reached = admin.list_group_offsets({group: None})[group]
    finally:
        admin.close()
    return sum(ends[place] - (reached[place].offset if place in reached else 0) for place in places)
