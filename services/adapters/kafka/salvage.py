"""The checkpoints carried out of a broker and into another: the one topic that the store must not be able to make anew.

A backup holds them as they were published. A restored store is compared with them, so whoever changes a dump has to
change these too, and they chain.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import orjson
import psycopg
from kafka import KafkaConsumer, TopicPartition

from schemas.cloudevents import TYPE
from schemas.suite import CHECKPOINT, Checkpoint
from schemas.topics import CHECKPOINTS, TOPICS
from services.adapters.kafka import publication
from services.adapters.kafka.published import records
from services.adapters.kafka.sender import NotSent, Sender

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from services.adapters.kafka.brokers import Brokers

PATIENCE = 60.0


class TopicsHoldHistory(Exception):
    """There are messages on the topics already: of another life of the suite, or of this one."""


def saved(brokers: Brokers, prefix: str) -> Iterator[bytes]:
    """Yield a line for each published checkpoint, in the order of the topic.

    Raises as `published.events` does.
    """
    for record in records(brokers, prefix + CHECKPOINTS):
        if dict(record.headers).get(TYPE) == CHECKPOINT.encode():
            context = record.key.decode()
            yield orjson.dumps({"context": context, "value": base64.b64encode(record.value).decode()})


def refuse_history(brokers: Brokers, prefix: str) -> None:
    """Raise `TopicsHoldHistory` unless every topic of the suite is empty or missing."""
    consumer = KafkaConsumer(**brokers.options(), enable_auto_commit=False)
    try:
        there = consumer.topics() & {prefix + name for name in TOPICS}
        places = [TopicPartition(topic, number) for topic in there for number in consumer.partitions_for_topic(topic)]
        if any(consumer.end_offsets(places).values()):
            raise TopicsHoldHistory
    finally:
        consumer.close()


def publish(brokers: Brokers, prefix: str, dsns: dict[str, str], lines: Iterable[bytes]) -> int:
    """Publish those checkpoints again that a restored store knows of, and return how many.

    One that was published after the dump speaks of events that the store no longer has; what it had not yet sent it
    sends by itself.

    Args:
        brokers: where they are.
        prefix: stands before each topic.
        dsns: context → address of its login.
        lines: as `saved` gave them.

    Raises:
        NotSent: the broker did not take everything.
    """
    last = {context: _last_checkpoint(dsn) for context, dsn in dsns.items()}
    sent = 0
    with Sender(brokers, prefix, position=0) as sender:
        for line in lines:
            told = orjson.loads(line)
            context, value = told["context"], base64.b64decode(told["value"])
            number = Checkpoint.model_validate_json(value).number
            if number <= last[context]:
                sender.send(sent, [publication.checkpoint(context, number, value)])
                sent += 1
        if not sender.flush(seconds=PATIENCE):
            raise NotSent(CHECKPOINTS)
    return sent


def _last_checkpoint(dsn: str) -> int:
    with psycopg.connect(dsn) as connection:
        row = connection.execute(
            "select checkpoint_number - (checkpoint_unsent is not null)::int from relay_state"
        ).fetchone()
    assert row is not None  # noqa: S101 - the migration made the one row
    return int(row[0])
