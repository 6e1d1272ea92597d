"""How far readers are behind, as the broker knows it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from kafka import KafkaAdminClient, KafkaConsumer, TopicPartition
from kafka.errors import KafkaError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kafka.structs import OffsetAndMetadata

    from services.adapters.kafka.brokers import Brokers

PATIENCE = 30.0
"""Seconds: a broker that has just started does not know yet whether it is the one to ask about a group."""
PAUSE = 0.2


def unapplied(brokers: Brokers, group: str, topics: Sequence[str]) -> int:
    """Return the messages on these topics that a group has not acknowledged.

    Raises:
        kafka.errors.KafkaError: the brokers are away.
    """
    ends = ends_of(brokers, topics)
    with_group = acknowledged(brokers, [group])[group]
    return sum(end - (with_group[place].offset if place in with_group else 0) for place, end in ends.items())


def ends_of(brokers: Brokers, topics: Sequence[str]) -> dict[TopicPartition, int]:
    """Return the offset after the last message of each partition.

    Raises:
        kafka.errors.KafkaError: the brokers are away.
    """
    consumer = KafkaConsumer(**brokers.options(), enable_auto_commit=False)
    try:
        places = [
            TopicPartition(topic, number)
            for topic in topics
            for number in sorted(consumer.partitions_for_topic(topic) or ())
        ]
        return dict(consumer.end_offsets(places))
    finally:
        consumer.close()


def acknowledged(brokers: Brokers, groups: Sequence[str]) -> Mapping[str, Mapping[TopicPartition, OffsetAndMetadata]]:
    """Return how far each group has come where it has acknowledged anything.

    Raises:
        kafka.errors.KafkaError: the brokers are away.
    """
    admin = KafkaAdminClient(**brokers.options())
    deadline = time.monotonic() + PATIENCE
    try:
        while True:
            try:
                return {group: admin.list_group_offsets({group: None})[group] for group in groups}
            except KafkaError as failure:
                if not failure.retriable or time.monotonic() > deadline:
                    raise
            time.sleep(PAUSE)
    finally:
        admin.close()
