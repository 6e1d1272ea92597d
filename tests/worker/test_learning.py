"""What a fold that came with a newer release has missed is read once from the beginning of its topic."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

import asyncpg
import orjson
import pytest
from kafka import KafkaProducer

from schemas.base import encode as canonical
from schemas.cloudevents import encode
from schemas.notifier.alerts import AlertEnded
from services.adapters.discipline.directives import copied_directive
from services.adapters.discipline.finding_papers import finding_papers
from services.adapters.kafka import learning
from services.adapters.kafka.group import consumer_of
from services.adapters.kafka.learning import Lessons
from services.adapters.kafka.topics import create_topics
from services.entrypoints.workers import discipline, notifier
from tests.discipline.samples import submitted
from tests.inspection.test_directives import adopted
from tests.inspection.test_progress import ALERT, FINDING
from tests.inspection.test_progress import opened as alert_opened
from tests.kafka.samples import stored
from tests.notifier.test_review_people import (
    BOARD_CHAIR,
    BOARD_ID,
    ESTABLISHED,
    MEMBER,
    RECUSED,
    REFUSED,
    RELATED,
    SECRETARY,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from schemas.base import Event
    from schemas.envelope import Recorded
    from services.application.reactions import WorkerSpec
    from tests.parts import Broker, Database


@pytest.fixture
def broker_with_topics(broker: Broker) -> Broker:
    create_topics(broker.brokers, prefix=broker.prefix, partitions=2, replication=1)
    return broker


def publish(broker: Broker, topic: str, key: UUID, *events: Event) -> None:
    """The events of one stream, and something that nobody can read."""
    producer = KafkaProducer(bootstrap_servers=broker.bootstrap, acks="all")
    producer.send(broker.prefix + topic, key=b"x", value=b"{", headers=[])
    for version, event in enumerate(events, 1):
        data = orjson.loads(canonical(event))
        headers, value = encode(stored(event.type, stream=f"case-{key}", version=version, data=data))
        producer.send(broker.prefix + topic, key=str(key).encode(), value=value, headers=headers)
    producer.flush(timeout=120)
    producer.close()


class Upgraded:
    """A context's database that an older release has worked on."""

    def __init__(self, pool: asyncpg.Pool, broker: Broker, spec: WorkerSpec) -> None:
        self.pool, self.broker, self.spec = pool, broker, spec

    async def took_something(self) -> None:
        await self.pool.execute(
            "insert into inbox (consumer, stream, version) values ($1, 'finding-x', 3)", consumer_of(self.spec.context)
        )

    async def starts(self) -> None:
        consumer = consumer_of(self.spec.context)
        lessons = Lessons(self.pool, self.spec, consumer, self.broker.brokers, self.broker.prefix)
        await lessons.learn(asyncio.Event())

    async def board(self) -> Sequence[asyncpg.Record]:
        rows: Sequence[asyncpg.Record] = await self.pool.fetch("select id, chair, recused, members, version from board")
        return rows


async def upgraded(database: Database, broker: Broker, spec: WorkerSpec) -> AsyncIterator[Upgraded]:
    dsn, context = database.dsn(spec.context), spec.context
    async with asyncpg.create_pool(dsn, min_size=1, max_size=2, server_settings={"search_path": context}) as pool:
        yield Upgraded(pool, broker, spec)


@pytest.fixture
async def of_notifier(database: Database, broker_with_topics: Broker) -> AsyncIterator[Upgraded]:
    async for one in upgraded(database, broker_with_topics, notifier.SPEC):
        yield one


@pytest.fixture
async def of_discipline(database: Database, broker_with_topics: Broker) -> AsyncIterator[Upgraded]:
    async for one in upgraded(database, broker_with_topics, discipline.SPEC):
        yield one


SEEN = [(BOARD_ID, BOARD_CHAIR, [BOARD_CHAIR], sorted([BOARD_CHAIR, SECRETARY, MEMBER]), 2)]


async def test_a_notifier_learns_of_boards_that_were_established_before_it_kept_any(of_notifier: Upgraded) -> None:
    await of_notifier.took_something()
    publish(of_notifier.broker, "discipline.reviews", BOARD_ID, ESTABLISHED, RECUSED)

    await of_notifier.starts()

    assert [tuple(row) for row in await of_notifier.board()] == SEEN


async def test_a_board_that_was_kept_without_its_members_gets_them(of_notifier: Upgraded) -> None:
    await of_notifier.took_something()
    await of_notifier.pool.execute(
        "insert into board (id, chair, secretary, recused, related, dissolved) values ($1, $2, $3, '{}', '{}', false)",
        BOARD_ID,
        BOARD_CHAIR,
        SECRETARY,
    )
    publish(of_notifier.broker, "discipline.reviews", BOARD_ID, ESTABLISHED, RECUSED)

    await of_notifier.starts()

    assert [tuple(row) for row in await of_notifier.board()] == SEEN


async def test_who_takes_no_part_stays_out_while_the_board_is_read_anew(
    of_notifier: Upgraded, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Batches of one: between the founding and the recusal others look at the board."""
    await of_notifier.took_something()
    await of_notifier.pool.execute(
        "insert into board (id, chair, secretary, recused, related, dissolved) values ($1, $2, $3, $4, $5, false)",
        BOARD_ID,
        BOARD_CHAIR,
        SECRETARY,
        [BOARD_CHAIR],
        [MEMBER],
    )
    declared, refused = (one.model_copy(update={"person_id": MEMBER}) for one in (RELATED, REFUSED))
    publish(of_notifier.broker, "discipline.reviews", BOARD_ID, ESTABLISHED, RECUSED, declared, refused)
    lesson = next(one for one in of_notifier.spec.lessons if one.name == "board-seats")
    seen: list[list[tuple[object, ...]]] = []

    async def fold(connection: asyncpg.Connection, batch: Sequence[Recorded]) -> None:
        await lesson.fold(connection, batch)
        seen.append([tuple(row) for row in await connection.fetch("select recused, related from board")])

    monkeypatch.setattr(learning, "BATCH", 1)
    of_notifier.spec = replace(of_notifier.spec, lessons=(replace(lesson, fold=fold),))
    await of_notifier.starts()

    assert seen == [[([BOARD_CHAIR], [MEMBER])]] * 3 + [[([BOARD_CHAIR], [])]]


async def test_it_is_read_once_and_not_again_at_each_start(of_notifier: Upgraded) -> None:
    await of_notifier.took_something()
    publish(of_notifier.broker, "discipline.reviews", BOARD_ID, ESTABLISHED, RECUSED)
    await of_notifier.starts()
    await of_notifier.pool.execute("delete from board")

    await of_notifier.starts()

    assert await of_notifier.board() == []


async def test_a_worker_that_never_took_anything_has_missed_nothing(of_notifier: Upgraded) -> None:
    publish(of_notifier.broker, "discipline.reviews", BOARD_ID, ESTABLISHED)

    await of_notifier.starts()

    assert await of_notifier.board() == []


async def test_boards_get_the_evidence_of_findings_that_came_in_before(of_discipline: Upgraded) -> None:
    await of_discipline.took_something()
    finding = submitted()
    publish(of_discipline.broker, "inspection.restricted", finding.finding_id, finding)

    await of_discipline.starts()

    found = await finding_papers(of_discipline.pool, [finding.finding_id])
    assert [one.document for one in found] == [finding.content.narrative, *finding.content.evidence]


async def test_plans_of_succession_know_of_alerts_that_were_open_before(of_discipline: Upgraded) -> None:
    await of_discipline.took_something()
    ended = AlertEnded(
        alert_id=ALERT, case_id=FINDING, ended_by=FINDING, ended_type="discipline.follow_up_passed_on.v1"
    )
    publish(of_discipline.broker, "notifier.restricted", FINDING, alert_opened(), ended)

    await of_discipline.starts()

    rows = await of_discipline.pool.fetch("select id, finding_id, rule, ended_by from follow_up_alert")
    assert [tuple(row) for row in rows] == [(ALERT, FINDING, "no_plan", FINDING)]


async def test_consultations_know_of_directives_that_were_adopted_before(of_discipline: Upgraded) -> None:
    await of_discipline.took_something()
    publish(of_discipline.broker, "inspection.restricted", UUID(int=1), adopted)

    await of_discipline.starts()

    directive = await copied_directive(of_discipline.pool, adopted.directive_id)
    assert directive.packs == ((adopted.effective_from, adopted.pack),)
