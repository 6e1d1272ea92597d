"""`post_to_kafka_ms` and `post_to_followup_ms`: how long a finding takes to be told, at twenty a second."""

import secrets
import statistics
import threading
import time
from dataclasses import dataclass, field
from uuid import UUID

import psycopg
from kafka import KafkaConsumer, TopicPartition

from tests.bench.environment import Env
from tests.bench.figure import Figure
from tests.whole.running import RunningSuite, running
from tests.whole.sample import Sample

RATE = 20
FINDINGS = 600
PATIENCE = 30.0


@dataclass
class Watch:
    """When each finding was posted, seen in Kafka, and followed up in the database, by the same clock."""

    posted: dict[UUID, float] = field(default_factory=dict)
    in_kafka: dict[UUID, float] = field(default_factory=dict)
    followed_up: dict[UUID, float] = field(default_factory=dict)
    stop: threading.Event = field(default_factory=threading.Event)

    def kafka(self, suite: RunningSuite) -> None:
        """Note submitted findings as they appear in the topic."""
        consumer = KafkaConsumer(bootstrap_servers=suite.settings.kafka, fetch_max_wait_ms=5)
        topic = f"{suite.settings.topic_prefix}inspection.restricted"
        consumer.assign([TopicPartition(topic, number) for number in consumer.partitions_for_topic(topic) or ()])
        consumer.seek_to_end()
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
            while not self.stop.is_set():
                for _ in connection.notifies(timeout=0.2, stop_after=1):
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


def measure(_env: Env) -> list[Figure]:
    """Submit findings at an even pace and watch where they arrive."""
    watch = Watch()
    with running("--sample") as suite:
        watchers = [threading.Thread(target=which, args=[suite]) for which in (watch.kafka, watch.database)]
        for watcher in watchers:
            watcher.start()
        time.sleep(1)
        _submit(suite, watch)
        deadline = time.monotonic() + PATIENCE
        while min(len(watch.in_kafka), len(watch.followed_up)) < FINDINGS and time.monotonic() < deadline:
            time.sleep(0.1)
        watch.stop.set()
        for watcher in watchers:
            watcher.join(PATIENCE)
    return [
        *_figures("post_to_kafka_ms", watch.posted, watch.in_kafka, ""),
        *_figures("post_to_followup_ms", watch.posted, watch.followed_up, "p99 ≤ 100 ms"),
    ]


def _submit(suite: RunningSuite, watch: Watch) -> None:
    sample = Sample(suite)
    token = sample.inspector()
    findings = [sample.finding(number) for number in range(FINDINGS)]
    started = time.perf_counter()
    for number, finding in enumerate(findings):
        time.sleep(max(0.0, started + number / RATE - time.perf_counter()))
        at = time.perf_counter()
        answer = suite.command("/inspection/findings", token, finding, key=secrets.token_hex(16))
        watch.posted[UUID(answer["id"])] = at


def _figures(name: str, posted: dict[UUID, float], arrived: dict[UUID, float], aim: str) -> list[Figure]:
    missing = posted.keys() - arrived.keys()
    if missing:
        raise AssertionError(f"{name}: {len(missing)} of {len(posted)} never arrived")
    times = sorted((arrived[finding_id] - at) * 1_000 for finding_id, at in posted.items())
    note = f"{RATE} findings a second, {len(times)} findings"
    return [
        Figure(f"{name}.p50", statistics.median(times), "ms", note=note),
        Figure(f"{name}.p99", times[int(0.99 * len(times))], "ms", note=note, aim=aim),
    ]
