"""A worker that follows consultations beside one of a release that does not read their topic: all is followed, once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import orjson
import pytest
from kafka import KafkaProducer

from schemas.base import encode as canonical
from schemas.cloudevents import encode
from services.adapters.kafka.topics import create_topics
from services.application.directory import STREAM
from services.entrypoints.workers import discipline
from tests.discipline import consultation_cases as c
from tests.discipline.samples import TERMS, submitted
from tests.kafka.conftest import eventually
from tests.kafka.processes import Processes, processes
from tests.kafka.samples import stored
from tests.worker import unaware
from tests.worker.test_consents import DEEMED
from tests.worker.test_discipline_worker import NOON, organisation_events

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from schemas.base import Event
    from services.adapters.embedded.child import Child
    from tests.parts import Broker, Database

pytestmark = pytest.mark.timeout(600)

PATIENCE = 120.0
EACH = 12
PROPOSED = """
    select (data->'basis'->0->>'finding_id')::uuid from discipline.events
    where type = 'discipline.review_proposed.v1'"""
FOLLOWED = "select (data->>'finding_id')::uuid from discipline.events where type = 'discipline.follow_up_opened.v1'"
TAKEN = "select stream, version from discipline.inbox where stream like 'consultation-%%'"
KNOWN = "select max(version) from discipline.inbox where stream = %s"


@dataclass
class Upgrade:
    """Findings and consultations that go on while workers come and go."""

    suite: Processes
    findings: list[UUID] = field(default_factory=list)
    silent: list[UUID] = field(default_factory=list)

    def old(self) -> Child:
        return self.suite.start("tests.worker.unaware", process="old")

    def new(self) -> Child:
        return self.suite.start("services.entrypoints.worker", "discipline", process="new")

    def organisation(self) -> None:
        """It is known before anything rests on it."""
        events = organisation_events()
        self.publish("inspection.restricted", {STREAM: (STREAM, events)})
        eventually(lambda: self.suite.database.execute(KNOWN, STREAM) == [(len(events),)], seconds=PATIENCE)

    def findings_come(self) -> None:
        ids = [uuid4() for _ in range(EACH)]
        events = {id_: submitted(TERMS).model_copy(update={"finding_id": id_}) for id_ in ids}
        streams = {f"finding-{id_}": (str(id_), [event]) for id_, event in events.items()}
        self.publish("inspection.restricted", streams)
        self.findings += ids

    def silence_comes(self) -> None:
        """Each is asked in a request of its own, so that each is a matter of its own."""
        ids = [uuid4() for _ in range(EACH)]
        named = {id_: {"consultation_id": id_, "request_id": uuid4()} for id_ in ids}
        streams = {
            f"consultation-{id_}": (str(id_), [c.ASKED.model_copy(update=but), DEEMED.model_copy(update=but)])
            for id_, but in named.items()
        }
        self.publish("discipline.consultations", streams)
        self.silent += ids

    def publish(self, topic: str, streams: Mapping[str, tuple[str, Sequence[Event]]]) -> None:
        broker = self.suite.broker
        producer = KafkaProducer(bootstrap_servers=broker.bootstrap, acks="all")
        for stream, (key, events) in streams.items():
            for version, event in enumerate(events, 1):
                data = orjson.loads(canonical(event))
                headers, value = encode(stored(event.type, stream=stream, version=version, data=data, occurred_at=NOON))
                producer.send(broker.prefix + topic, key=key.encode(), value=value, headers=headers)
        producer.flush(timeout=120)
        producer.close()

    def read(self, statement: str) -> list[object]:
        return sorted(row[0] for row in self.suite.database.execute(statement))  # type: ignore[type-var]  # ids

    def followed(self) -> None:
        """Every finding so far has its follow-up, and no second one."""
        eventually(lambda: self.read(FOLLOWED) == sorted(self.findings), seconds=PATIENCE)

    def proposed(self) -> None:
        """Every silence so far has its proposal, and no second one."""
        eventually(lambda: self.read(PROPOSED) == sorted(self.silent), seconds=PATIENCE)


@pytest.fixture
def upgrade(database: Database, broker: Broker, tmp_path: Path) -> Iterator[Upgrade]:
    create_topics(broker.brokers, prefix=broker.prefix, partitions=4, replication=1)
    with processes(database, broker, tmp_path) as suite:
        yield Upgrade(suite)


def test_the_older_one_reads_all_but_consultations() -> None:
    assert set(discipline.SPEC.topics) - set(unaware.SPEC.topics) == {unaware.CONSULTATIONS}


def test_beside_an_older_one_nothing_is_lost_and_nothing_doubled(upgrade: Upgrade) -> None:
    old = upgrade.old()
    upgrade.organisation()
    upgrade.findings_come()
    upgrade.silence_comes()
    upgrade.followed()
    assert upgrade.read(PROPOSED) == []

    new = upgrade.new()
    upgrade.findings_come()
    upgrade.silence_comes()
    upgrade.followed()
    upgrade.proposed()

    upgrade.suite.kill(new)
    upgrade.findings_come()
    upgrade.silence_comes()
    upgrade.followed()
    new = upgrade.new()
    upgrade.proposed()

    assert upgrade.suite.stop(old) == 0
    upgrade.findings_come()
    upgrade.silence_comes()
    upgrade.followed()
    upgrade.proposed()
    assert upgrade.suite.stop(new) == 0
    assert sorted(upgrade.suite.database.execute(TAKEN)) == sorted((f"consultation-{id_}", 2) for id_ in upgrade.silent)
    assert upgrade.suite.database.execute("select * from discipline.parked") == []
