"""More partitions for the topics that exist, without breaking the order of a key.

A key goes to the partition that its hash gives among as many as there are: with more of them its next event may stand
in another one. So nobody publishes while they are made, and they are made only when everybody has read all that stands
in the old ones: what then comes in a new one comes after it.
"""

from __future__ import annotations

import time
from contextlib import ExitStack
from typing import TYPE_CHECKING

import psycopg
import structlog
from kafka import KafkaAdminClient

from schemas.topics import OPEN, RESTRICTED
from services.adapters.kafka.lag import acknowledged, ends_of, unapplied
from services.adapters.kafka.outbox import Outbox
from services.adapters.kafka.replay import take_place
from services.adapters.kafka.topics import partitions_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from services.adapters.kafka.brokers import Brokers

log = structlog.get_logger(__name__)

RAISED = (*(topic for topics in RESTRICTED.values() for topic in topics), *OPEN.values())
"""Topics with a key for each case. Checkpoints and dead letters keep what they have: a key for each context."""
PAUSE = 0.5
_KNOW = """
    insert into {context}.applied_watermarks (consumer, topic, partition)
    select %s, topic, partition from unnest(%s::text[]) as topic, generate_series(0, %s - 1) as partition
    on conflict do nothing"""


class FewerPartitions(Exception):
    """A topic has more already, and Kafka takes none away."""

    def __init__(self, topic: str, partitions: int) -> None:
        self.topic = topic
        self.partitions = partitions
        super().__init__(f"{topic}: {partitions}")


class StillUnread(Exception):
    """Somebody has not read everything; nothing was changed.

    Attributes:
        readers: consumer group → messages that it has not acknowledged.
    """

    def __init__(self, readers: Mapping[str, int]) -> None:
        self.readers = dict(readers)
        super().__init__(str(self.readers))


class NotShown(Exception):
    """The brokers took the new partitions and do not show them yet; the same number again is no harm."""


class PlaceLost(Exception):
    """The place of a context's relay was not kept until the end; no partition was made."""


def raise_partitions(
    dsns: Mapping[str, str],
    workers: Mapping[str, tuple[str, Sequence[str]]],
    *,
    brokers: Brokers,
    prefix: str,
    partitions: int,
    but: Sequence[str] = (),
    patience: float = 300.0,
    waiting: Callable[[Mapping[str, int]], None] = lambda _: None,
) -> None:
    """Give every topic with keys so many partitions. Again with the same number it changes nothing.

    The contexts' relays stand aside meanwhile; their events wait in the store. What deadlines rest on is told of the
    new partitions before there are any, so nothing fires until they are followed too. Workers, clocks and relays are
    to be started anew afterwards.

    Args:
        dsns: context → address of its login.
        workers: context → its worker's consumer, without prefix, and the topics that it reads.
        brokers: where they are.
        prefix: stands before each topic and consumer.
        partitions: of each topic from now on.
        but: consumer groups that are not waited for: of readers that are gone, or to whom the order does not matter.
        patience: seconds that readers have to come to the end, and brokers then to show what was made.
        waiting: told whom it waits for.

    Raises:
        FewerPartitions: a topic has more.
        RelayInPlace: a relay did not stand aside.
        PlaceLost: one may have come back meanwhile.
        StillUnread: a reader did not come to the end in time.
        NotShown: the brokers did not show the new partitions in time.
        kafka.errors.KafkaError: the brokers are away or refuse.
    """
    names = [prefix + topic for topic in RAISED]
    before = partitions_of(brokers, names)
    for topic, count in before.items():
        if count > partitions:
            raise FewerPartitions(topic, count)
    with ExitStack() as places:
        outboxes = [places.enter_context(Outbox(dsn, context)) for context, dsn in dsns.items()]
        for outbox in outboxes:
            outbox.ask_aside()
            take_place(outbox)
        own = {prefix + consumer: [prefix + topic for topic in topics] for consumer, topics in workers.values()}
        deadline = time.monotonic() + patience
        while unread := _unread(brokers, names, own, but):
            if time.monotonic() > deadline:
                raise StillUnread(unread)
            waiting(unread)
            time.sleep(PAUSE)
        _still_in_place(outboxes)
        for context, (consumer, topics) in workers.items():
            _know(dsns[context], context, consumer, topics, partitions)
        _still_in_place(outboxes)
        _make(brokers, {topic: partitions for topic, count in before.items() if count < partitions}, patience)
    log.info("partitions_raised", topics=sorted(before), partitions=partitions)


def _still_in_place(outboxes: Iterable[Outbox]) -> None:
    """A place lasts as long as its connection: one that answers has it still."""
    for outbox in outboxes:
        try:
            outbox.state()
        except psycopg.OperationalError as lost:
            raise PlaceLost(outbox.context) from lost


def _unread(
    brokers: Brokers, names: Sequence[str], own: Mapping[str, Sequence[str]], but: Sequence[str]
) -> dict[str, int]:
    """How much each reader has before it: the suite's workers of all their topics, others of what they have begun."""
    found = {group: unapplied(brokers, group, topics) for group, topics in own.items()}
    admin = KafkaAdminClient(**brokers.options())
    try:
        others = {group["group_id"] for group in admin.list_groups()} - own.keys() - set(but)
    finally:
        admin.close()
    ends = ends_of(brokers, names)
    for group, places in acknowledged(brokers, sorted(others)).items():
        found[group] = sum(max(ends[place] - at.offset, 0) for place, at in places.items() if place in ends)
    return {group: count for group, count in found.items() if count}


def _know(dsn: str, context: str, consumer: str, topics: Sequence[str], partitions: int) -> None:
    known = [topic for topic in topics if topic in RAISED]
    with psycopg.connect(dsn) as connection:
        connection.execute(_KNOW.format(context=context).encode(), (consumer, known, partitions))


def _make(brokers: Brokers, wanted: Mapping[str, int], patience: float) -> None:
    if not wanted:
        return
    admin = KafkaAdminClient(**brokers.options())
    try:
        admin.create_partitions(dict(wanted))
    finally:
        admin.close()
    deadline = time.monotonic() + patience
    while partitions_of(brokers, list(wanted)) != wanted:
        if time.monotonic() > deadline:
            raise NotShown
        time.sleep(PAUSE)
