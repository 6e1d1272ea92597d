"""What stands on the topics, read from the beginning to where they end now: proof from outside the store."""

from __future__ import annotations

import hashlib
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kafka import KafkaConsumer, TopicPartition

from schemas.cloudevents import HASH, SUBJECT, TYPE, VERSION
from schemas.suite import CHECKPOINT, Checkpoint
from schemas.topics import CHECKPOINTS, RESTRICTED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kafka.consumer.fetcher import ConsumerRecord

    from services.adapters.kafka.brokers import Brokers

_SILENCE = 30_000
"""Milliseconds without an answer after which the broker counts as away."""


class TopicUnreadable(Exception):
    """A topic is not there, or the broker stopped answering before its end; what was read so far proves nothing."""


@dataclass(frozen=True, slots=True)
class Published:
    """An event as it was published."""

    stream: str
    version: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class PublishedCheckpoint:
    """A checkpoint as it was published."""

    checkpoint: Checkpoint
    sha256: bytes
    """Of its bytes: what the next one is chained to."""


def events(brokers: Brokers, prefix: str, context: str) -> Iterator[Published]:
    """Yield every event on a context's restricted topics; of one stream in the order of the topic.

    An event may come more than once. Raises `TopicUnreadable`, and `kafka.errors.KafkaError` where the
    topics cannot be reached.
    """
    for topic in RESTRICTED[context]:
        for record in records(brokers, prefix + topic):
            headers = dict(record.headers)
            if HASH in headers:  # a watermark has none
                version = int(headers[VERSION])
                yield Published(headers[SUBJECT].decode(), version, bytes.fromhex(headers[HASH].decode()))


def checkpoints(brokers: Brokers, prefix: str, context: str) -> Iterator[PublishedCheckpoint]:
    """Yield a context's checkpoints in the order of the topic; the same one may come more than once.

    Raises as `events` does.
    """
    for record in records(brokers, prefix + CHECKPOINTS):
        if record.key == context.encode() and dict(record.headers).get(TYPE) == CHECKPOINT.encode():
            checkpoint = Checkpoint.model_validate_json(record.value)
            yield PublishedCheckpoint(checkpoint, hashlib.sha256(record.value).digest())


def records(brokers: Brokers, topic: str, stretches: Mapping[int, range] | None = None) -> Iterator[ConsumerRecord]:
    """Yield every record of a topic up to where its partitions end now, each partition in order.

    Args:
        brokers: where they are.
        topic: with prefix.
        stretches: partition → the offsets to read; without, everything there is.
    """
    consumer = KafkaConsumer(**brokers.options(), enable_auto_commit=False)
    with closing(consumer):
        there = sorted(consumer.partitions_for_topic(topic) or () if stretches is None else stretches)
        partitions = [TopicPartition(topic, number) for number in there]
        if not partitions and stretches is None:
            raise TopicUnreadable(topic)
        consumer.assign(partitions)
        if stretches is None:
            consumer.seek_to_beginning(*partitions)
            ends = consumer.end_offsets(partitions)
        else:
            for place in partitions:
                consumer.seek(place, stretches[place.partition].start)
            ends = {place: stretches[place.partition].stop for place in partitions}
        while open_ends := [place for place in partitions if consumer.position(place) < ends[place]]:
            consumer.pause(*(set(partitions) - set(open_ends)))
            polled = consumer.poll(timeout_ms=_SILENCE)
            if not polled:
                raise TopicUnreadable(topic)
            for place, batch in polled.items():
                yield from (record for record in batch if record.offset < ends[place])
