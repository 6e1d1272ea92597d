"""The discipline worker's process on the real broker: what inspectors do becomes follow-ups and reviews."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import orjson
import pytest
from kafka import KafkaProducer

from schemas.base import encode as canonical
from schemas.cloudevents import encode
from schemas.inspection.findings import FindingWithdrawn
from schemas.values import Answerable
from services.adapters.kafka.topics import create_topics
from services.application.directory import STREAM
from tests.discipline.samples import TERMS, answerable, confirmed_finding, document, submitted
from tests.kafka.conftest import eventually
from tests.kafka.processes import Processes, processes
from tests.kafka.samples import stored
from tests.worker.test_discipline_worker import HEAD, NOON, organisation_events

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from schemas.base import Event
    from tests.parts import Broker, Database


@pytest.fixture
def suite(database: Database, broker: Broker, tmp_path: Path) -> Iterator[Processes]:
    create_topics(broker.brokers, prefix=broker.prefix, partitions=4, replication=1)
    with processes(database, broker, tmp_path) as started:
        yield started


def publish(broker: Broker, streams: dict[str, tuple[str, Sequence[Event]]]) -> None:
    """Put the events of streams on the topic: stream → key and events."""
    producer = KafkaProducer(bootstrap_servers=broker.bootstrap, acks="all")
    for stream, (key, events) in streams.items():
        for version, event in enumerate(events, 1):
            data = orjson.loads(canonical(event))
            headers, value = encode(stored(event.type, stream=stream, version=version, data=data, occurred_at=NOON))
            producer.send(broker.prefix + "inspection.restricted", key=key.encode(), value=value, headers=headers)
    producer.flush(timeout=120)
    producer.close()


def test_findings_become_follow_ups_and_reviews_and_a_withdrawn_one_is_cancelled(suite: Processes) -> None:
    submitted_one, confirmed_one, withdrawn_one = uuid4(), uuid4(), uuid4()
    terms = answerable(Answerable.HEAD)

    def finding(id_: UUID, *events: Event) -> tuple[str, tuple[str, Sequence[Event]]]:
        opens = submitted(terms if id_ == confirmed_one else TERMS).model_copy(update={"finding_id": id_})
        return f"finding-{id_}", (str(id_), [opens, *events])

    confirms = confirmed_finding(terms).model_copy(update={"finding_id": confirmed_one})
    withdraws = FindingWithdrawn(finding_id=withdrawn_one, reason=document("why"))
    worker = suite.start("services.entrypoints.worker", "discipline")
    publish(
        suite.broker,
        {
            STREAM: (STREAM, organisation_events()),
            **dict([finding(submitted_one), finding(confirmed_one, confirms), finding(withdrawn_one, withdraws)]),
        },
    )

    def status() -> dict[str, object]:
        rows = suite.database.execute("select id::text, status, confirmed from discipline.follow_up_view")
        return {str(row[0]): row[1:] for row in rows}

    expected = {
        str(submitted_one): ("opened", False),
        str(confirmed_one): ("opened", True),
        str(withdrawn_one): ("cancelled", False),
    }
    eventually(lambda: status() == expected)
    review = "select person_id, status, authority_post from discipline.review_view"
    eventually(lambda: suite.database.execute(review) == [(HEAD, "proposed", "chair")])
    assert suite.stop(worker) == 0
    assert suite.database.execute("select * from discipline.parked") == []
