"""`relay`, `worker_discipline` and `worker_notifier`: the suite's own processes, each beside the bare library."""

from __future__ import annotations

import gc
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
from kafka import KafkaProducer
from psycopg.types.json import Jsonb

from services.adapters.kafka import publication
from services.adapters.kafka.sender import PRODUCER
from services.adapters.kafka.topics import create_topics
from tests.bench import lives
from tests.bench.figure import Figure
from tests.kafka.processes import Processes, processes
from tests.parts import Broker

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from schemas.cloudevents import Stored
    from services.adapters.kafka.publication import Message
    from tests.bench.environment import Env
    from tests.parts import Database

RELAYED, WORKED, FOLLOWED = 15_000, 3_000, 1_000
"""Findings of each row: three events each, twelve with their follow-ups."""
ROUNDS = 3
PARTITIONS = 4
PATIENCE = 120.0
LOOK = 0.02
_COPY = (
    "copy inspection.events (position, event_id, stream, version, type, data, meta, occurred_at, recorded_at, hash)"
    " from stdin"
)
_RELAYED = "select position from inspection.relay_state"
_TAKEN = "select coalesce(sum(version), 0)::bigint from {0}.inbox where consumer = '{0}-worker'"
_EFFECTS = {
    "discipline": "select format('%%s follow-ups, %%s reviews', (select count(*) from discipline.follow_up_view),"
    " (select count(*) from discipline.review_view))",
    "notifier": "select format('%%s cases, %%s deadlines left', (select count(*) from notifier.stall_case),"
    " (select count(*) from notifier.deadline))",
}


def measure(env: Env) -> list[Figure]:
    """Measure the relay and both workers."""
    return [
        relay(env),
        worker(env, "discipline", lives.findings(WORKED)),
        worker(env, "notifier", lives.follow_ups(FOLLOWED)),
    ]


def relay(env: Env) -> Figure:
    """What a relay publishes of a store that is full, beside a producer that gets the same messages ready made."""
    events = lives.findings(RELAYED)
    messages = [message for stored in events for message in publication.messages(stored, is_open=True)]
    ours, ceiling = [], []
    with env.databases.fresh() as database:
        fill(database, events)
        for _ in range(ROUNDS):
            with fresh(env, database) as on:
                ceiling.append(len(events) / sent(on.broker, messages))
            with fresh(env, database) as on:
                database.execute("update inspection.relay_state set position = 0")
                on.start("services.entrypoints.relay")
                ours.append(rate(database, _RELAYED, len(events)))
    note = f"{len(events):,} events, {len(messages):,} messages of them; ceiling: the same messages, made before"
    return figure("relay", ours, ceiling, note, "≥ 0.70 of ceiling")


def worker(env: Env, context: str, events: Sequence[Stored]) -> Figure:
    """What a worker takes of topics that are full, with all its effects, beside an agent that has none."""
    messages = [publication.messages(stored, is_open=False)[0] for stored in events]
    ours, ceiling, effects = [], [], ""
    for _ in range(ROUNDS):
        with env.databases.fresh() as database, fresh(env, database) as on:
            sent(on.broker, messages)
            ceiling.append(bare_agent(on.broker, messages))
            on.start("services.entrypoints.worker", context)
            ours.append(rate(database, _TAKEN.format(context), len(messages)))
            assert not (parked := database.execute(f"select error from {context}.parked limit 1")), parked
            effects = str(database.execute(_EFFECTS[context])[0][0])
    note = f"{len(messages):,} events, {effects}; ceiling: a bare agent that counts"
    return figure(f"worker_{context}", ours, ceiling, note, "≥ 0.40 of ceiling")


def figure(name: str, ours: list[float], ceiling: list[float], note: str, aim: str) -> Figure:
    """The median of the rounds."""
    return Figure(name, statistics.median(ours), "events/s", statistics.median(ceiling), note=note, aim=aim)


@contextmanager
def fresh(env: Env, database: Database) -> Iterator[Processes]:
    """Topics and consumer groups that nobody has used, and processes on them."""
    broker = Broker(env.broker.server)
    create_topics(broker.brokers, prefix=broker.prefix, partitions=PARTITIONS, replication=1)
    with (
        tempfile.TemporaryDirectory(prefix="kycuong-bench-") as folder,
        processes(database, broker, Path(folder)) as on,
    ):
        yield on


def fill(database: Database, events: Sequence[Stored]) -> None:
    """Put events into the store of inspection as they are."""
    with psycopg.connect(database.admin_dsn) as connection, connection.cursor().copy(_COPY) as copy:
        for one in events:
            row = (one.position, one.event_id, one.stream, one.version, one.type, Jsonb(one.data), Jsonb(one.meta))
            copy.write_row((*row, one.occurred_at, one.recorded_at, one.hash))
    database.execute("analyze inspection.events")


def sent(broker: Broker, messages: Sequence[Message]) -> float:
    """Seconds in which a bare producer with the suite's settings sends them."""
    producer = KafkaProducer(bootstrap_servers=broker.bootstrap, **PRODUCER)
    gc.collect()
    gc.freeze()  # what the benchmark holds itself is not the producer's burden
    started = time.perf_counter()
    for message in messages:
        producer.send(broker.prefix + message.topic, value=message.value, key=message.key, headers=message.headers)
    producer.flush()
    took = time.perf_counter() - started
    producer.close()
    return took


def bare_agent(broker: Broker, messages: Sequence[Message]) -> float:
    """Messages a second through an agent that does nothing with them, in a process of its own."""
    topics = sorted({broker.prefix + message.topic for message in messages})
    told = [broker.bootstrap, f"{broker.prefix}bare", str(len(messages)), *topics]
    command = [sys.executable, "-m", "tests.bench.bare_agent", *told]
    return float(subprocess.run(command, check=True, capture_output=True, text=True, timeout=PATIENCE).stdout)


def rate(database: Database, statement: str, last: int) -> float:
    """How many a second, from the first that is seen done to the last."""
    deadline = time.monotonic() + PATIENCE
    first: tuple[float, int] | None = None
    with psycopg.connect(database.admin_dsn, autocommit=True) as connection:
        while time.monotonic() < deadline:
            row = connection.execute(statement.encode()).fetchone()
            assert row is not None
            now, done = time.perf_counter(), int(row[0])
            if first is None and done:
                first = now, done
            if first is not None and done >= last:
                return (done - first[1]) / (now - first[0])
            time.sleep(LOOK)
    raise AssertionError(f"{statement}: {last} was not reached in {PATIENCE:.0f} s")
