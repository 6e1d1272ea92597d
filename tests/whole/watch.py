"""Watches from outside when findings are told: in Kafka, and as follow-ups in the database."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

import psycopg
from kafka import KafkaConsumer, TopicPartition

from tests.whole.running import RunningSuite

PATIENCE = 30.0


@dataclass
class Watch:
    """When each finding was seen in Kafka, and followed up in the database, by this process's monotonic clock."""

    in_kafka: dict[UUID, float] = field(default_factory=dict)
    followed_up: dict[UUID, float] = field(default_factory=dict)
    stop: threading.Event = field(default_factory=threading.Event)
    kafka_ready: threading.Event = field(default_factory=threading.Event)
    database_ready: threading.Event = field(default_factory=threading.Event)

    def kafka(self, suite: RunningSuite) -> None:
        """Note submitted findings as they appear in the topic."""
        consumer = KafkaConsumer(bootstrap_servers=suite.settings.kafka, fetch_max_wait_ms=5)
        topic = f"{suite.settings.topic_prefix}inspection.restricted"
        consumer.assign([TopicPartition(topic, number) for number in consumer.partitions_for_topic(topic) or ()])
        consumer.seek_to_end()
        for place in consumer.assignment():
            consumer.position(place)  # the seek is lazy: ask, so that nothing sent from now on is missed
        self.kafka_ready.set()
        while not self.stop.is_set():
            for messages in consumer.poll(timeout_ms=50).values():
                now = time.perf_counter()
                for message in messages:
                    if dict(message.headers).get("ce_type") == b"inspection.finding_submitted.v1":
                        self.in_kafka[UUID(message.key.decode())] = now
        consumer.close()

    def database(self, suite: RunningSuite) -> None:
        """Note follow-ups as they are committed."""
        with psycopg.connect(suite.settings.admin_dsn, autocommit=True) as connection:
            connection.execute("listen discipline_events")
            seen = self._newest(connection, 0, note=False)
            self.database_ready.set()
            while not self.stop.is_set():
                # The generator keeps the connection to itself until it ends: it ends first, then comes the question.
                if list(connection.notifies(timeout=0.2, stop_after=1)):
                    seen = self._newest(connection, seen, note=True)

    def _newest(self, connection: psycopg.Connection[tuple[object, ...]], seen: int, *, note: bool) -> int:
        rows = connection.execute(
            "select position, stream from discipline.events"
            " where position > %s and type = 'discipline.follow_up_opened.v1' order by position",
            [seen],
        ).fetchall()
        now = time.perf_counter()
        for position, stream in rows:
            seen = int(str(position))
            if note:
                self.followed_up[UUID(str(stream)[-36:])] = now
        return seen

    def wait_for(self, findings: int) -> None:
        """Wait until so many were seen in both places; raises `AssertionError` when it takes too long."""
        deadline = time.monotonic() + PATIENCE
        while min(len(self.in_kafka), len(self.followed_up)) < findings:
            if time.monotonic() > deadline:
                seen = f"{len(self.in_kafka)} in Kafka, {len(self.followed_up)} followed up"
                raise AssertionError(f"of {findings} findings only {seen} after {PATIENCE:.0f} s")
            time.sleep(0.1)


@contextmanager
def watching(suite: RunningSuite) -> Iterator[Watch]:
    """Watch a suite from now on; what came before is not noted."""
    watch = Watch()
    watchers = [threading.Thread(target=which, args=[suite]) for which in (watch.kafka, watch.database)]
    for watcher in watchers:
        watcher.start()
    for ready in (watch.kafka_ready, watch.database_ready):
        ready.wait(PATIENCE)
    try:
        yield watch
    finally:
        watch.stop.set()
        for watcher in watchers:
            watcher.join(PATIENCE)
