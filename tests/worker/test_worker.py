"""The worker's process on real Kafka and PostgreSQL: killed anywhere, each event has its effects exactly once."""

from __future__ import annotations

import asyncio
import random
from typing import TYPE_CHECKING

import pytest
from kafka import KafkaProducer
from kafka.admin import KafkaAdminClient

from schemas.cloudevents import encode
from services.adapters.kafka.topics import create_topics
from tests.kafka.conftest import eventually
from tests.kafka.processes import Processes, processes
from tests.kafka.writing import Writing, write
from tests.worker import counting
from tests.worker.counting import NOTHING, OWN, SHARED, TOPIC, Finding, counted, seen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from services.adapters.embedded.child import Child
    from tests.parts import Broker, Database

WORKER = "tests.worker.process"
GROUP = "discipline-worker"


@pytest.fixture
def suite(database: Database, broker: Broker, tmp_path: Path) -> Iterator[Processes]:
    create_topics(broker.brokers, prefix=broker.prefix, partitions=4, replication=1)
    database.execute(counting.SEEN)
    with processes(database, broker, tmp_path) as started:
        yield started


def publish(broker: Broker, rounds: Sequence[Sequence[tuple[Finding, str]]]) -> None:
    """Put events of findings on the topic, in the given order."""
    producer = KafkaProducer(bootstrap_servers=broker.bootstrap, acks="all", compression_type="gzip")
    for events in rounds:
        for finding, type_ in events:
            finding.version += 1
            headers, value = encode(finding.stored(type_))
            producer.send(broker.prefix + TOPIC, key=str(finding.id).encode(), value=value, headers=headers)
    producer.flush(timeout=120)
    producer.close()


def has_seen(database: Database, count: int) -> bool:
    return int(str(database.execute("select count(*) from discipline.seen")[0][0])) >= count


def every_effect_once(database: Database, findings: Sequence[Finding], kinds: Sequence[str]) -> None:
    """Each finding's events noted once and in order, and counted as often as they should be."""
    noted: dict[str, list[int]] = {}
    for stream, version in seen(database):
        noted.setdefault(stream, []).append(version)
    assert noted == {finding.stream: list(range(1, finding.version + 1)) for finding in findings}
    shared = len(findings) * kinds.count(SHARED)
    assert counted(database, "tally-shared") == list(range(1, shared + 1))
    for finding in findings:
        assert counted(database, finding.tally) == list(range(1, kinds.count(OWN) + 1))


def committed(broker: Broker) -> int:
    """How many messages the group has acknowledged."""
    admin = KafkaAdminClient(bootstrap_servers=broker.bootstrap)
    try:
        group = broker.prefix + GROUP
        offsets = admin.list_group_offsets({group: None})[group]
        return sum(place.offset for place in offsets.values() if place.offset > 0)
    finally:
        admin.close()


KINDS = (NOTHING, OWN, SHARED, NOTHING)


def _rounds(findings: Sequence[Finding]) -> list[list[tuple[Finding, str]]]:
    return [[(finding, kind) for finding in findings] for kind in KINDS]


def test_every_event_has_its_effects_once_and_its_offset_is_committed(suite: Processes) -> None:
    findings = [Finding() for _ in range(50)]
    publish(suite.broker, _rounds(findings))
    worker = suite.start(WORKER)
    eventually(lambda: has_seen(suite.database, 200))
    eventually(lambda: committed(suite.broker) == 200)
    assert suite.stop(worker) == 0
    every_effect_once(suite.database, findings, KINDS)


@pytest.mark.parametrize("point", ["before_effect", "before_commit", "before_ack"])
def test_killed_at_this_point_again_and_again_every_effect_happens_once(suite: Processes, point: str) -> None:
    findings = [Finding() for _ in range(40)]
    publish(suite.broker, _rounds(findings)[:1])
    for events in _rounds(findings)[1:]:
        assert suite.ended(suite.start(WORKER, CRASH_POINT=point, CRASH_CHANCE="1")) == -9
        publish(suite.broker, [events])
    worker = suite.start(WORKER)
    eventually(lambda: has_seen(suite.database, 160))
    eventually(lambda: committed(suite.broker) == 160)
    assert suite.stop(worker) == 0
    every_effect_once(suite.database, findings, KINDS)


async def test_killed_during_rebalances_every_effect_happens_once(suite: Processes) -> None:
    """Two members of the group, killed in turn and started again while events flow."""
    findings = [Finding() for _ in range(60)]
    chance = random.Random(5)
    members: dict[str, Child] = {name: suite.start(WORKER, process=name) for name in ("a", "b")}

    async def feed() -> None:
        for events in _rounds(findings):
            for first in range(0, len(events), 15):
                await asyncio.to_thread(publish, suite.broker, [events[first : first + 15]])
                await asyncio.sleep(0.5)

    feeding = asyncio.create_task(feed())
    for name in ("a", "b", "a", "b", "a"):
        await asyncio.sleep(chance.uniform(0.5, 1.5))
        suite.kill(members[name])
        members[name] = suite.start(WORKER, process=name)
    await feeding
    await asyncio.to_thread(eventually, lambda: has_seen(suite.database, 240))
    await asyncio.to_thread(eventually, lambda: committed(suite.broker) == 240)
    assert [suite.stop(member) for member in members.values()] == [0, 0]
    every_effect_once(suite.database, findings, KINDS)


def test_asked_to_stop_in_a_rebalance_it_stops(suite: Processes) -> None:
    findings = [Finding() for _ in range(200)]
    publish(suite.broker, _rounds(findings)[:2])
    first = suite.start(WORKER, process="a")
    eventually(lambda: has_seen(suite.database, 1))
    second = suite.start(WORKER, process="b")  # its joining is the rebalance
    eventually(lambda: suite.log("process").count("worker_starts") == 2)
    publish(suite.broker, _rounds(findings)[2:])
    assert suite.stop(first) == 0
    eventually(lambda: has_seen(suite.database, 800))
    eventually(lambda: committed(suite.broker) == 800)
    assert suite.stop(second) == 0
    every_effect_once(suite.database, findings, KINDS)


def test_a_lost_database_ends_the_process_and_nothing_is_parked(suite: Processes) -> None:
    worker = suite.start(WORKER)
    findings = [Finding() for _ in range(5)]
    publish(suite.broker, _rounds(findings)[:2])
    eventually(lambda: has_seen(suite.database, 10))
    sessions = "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'kycuong_discipline'"
    name = suite.database.name
    suite.database.execute(f"alter database {name} connection limit 0")  # which administrators do not heed
    try:
        suite.database.execute(sessions + " and datname = current_database()")
        publish(suite.broker, _rounds(findings)[2:3])
        assert suite.ended(worker) == 1
    finally:
        suite.database.execute(f"alter database {name} connection limit -1")
    assert "worker_ended" in suite.log("process")
    assert suite.database.execute("select count(*) from discipline.parked") == [(0,)]
    worker = suite.start(WORKER)
    eventually(lambda: has_seen(suite.database, 15))
    assert suite.stop(worker) == 0


def test_kept_out_of_its_group_for_good_the_process_ends(suite: Processes) -> None:
    """It would wait for ever, alive and with nothing to do; begun anew it joins."""
    assert suite.ended(suite.start(WORKER, KNOWS_NO_BROKER="1")) == 1
    assert "worker_ended" in suite.log("process")
    worker = suite.start(WORKER)
    publish(suite.broker, _rounds([Finding()])[:1])
    eventually(lambda: has_seen(suite.database, 1))
    assert suite.stop(worker) == 0


def test_asked_to_stop_it_waits_for_nothing_that_does_not_end(suite: Processes) -> None:
    """Such as Faust, which waits a minute for a thread that was lost with the broker, whoever cancels that."""
    worker = suite.start(WORKER, LEFT_BEHIND="1")
    publish(suite.broker, _rounds([Finding()])[:1])
    eventually(lambda: has_seen(suite.database, 1))
    assert suite.stop(worker) == 0


async def test_relay_and_worker_together_carry_a_finding_to_its_effect(suite: Processes) -> None:
    relay = suite.start("services.entrypoints.relay")
    worker = suite.start(WORKER)
    finding = Writing()
    await write(suite.database.dsn("inspection"), "inspection", [finding.append(2)])
    await asyncio.to_thread(eventually, lambda: has_seen(suite.database, 2))
    assert seen(suite.database) == [(finding.stream, 1), (finding.stream, 2)]
    followed = (
        "select count(*) from discipline.applied_watermarks"
        " where topic = 'inspection.restricted' and through > clock_timestamp() - interval '1 minute'"
    )
    await asyncio.to_thread(eventually, lambda: suite.database.execute(followed) == [(4,)])
    promised = "select through > clock_timestamp() - interval '1 minute' from discipline.watermark"
    await asyncio.to_thread(eventually, lambda: suite.database.execute(promised) == [(True,)])
    assert [suite.stop(process) for process in (relay, worker)] == [0, 0]
