"""A message that waits for its turn is behind its partition's watermark: its case waits for it, and no other does."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import orjson
import pytest
from prometheus_client import REGISTRY

from notifier.rules.case import case_of
from schemas.base import Event
from schemas.discipline.followups import FollowUpUrged
from schemas.envelope import EventMeta
from schemas.registry import CONTRACTS, decode
from schemas.topics import key
from services.adapters.kafka import publication
from services.adapters.kafka.handling import Handling
from services.adapters.kafka.parking import Tables
from services.adapters.kafka.retrying import Retrying
from services.adapters.kafka.taking import Mark, Taken, take
from services.adapters.notifier.clockwork import CHANNELS, Clockwork
from services.adapters.notifier.wake import Wake
from services.adapters.notifier.watch import Patience, Subject, Watchdog
from services.application.notifier import CONSUMER, SOURCES
from services.entrypoints.workers.notifier import SPEC
from tests.kafka.samples import sample, stored
from tests.notifier import examples as ex
from tests.notifier.examples import day, evening
from tests.notifier.stage import PARTITIONS, Stage
from tests.notifier.test_firing import opened

ANOTHER = ex.mark("another", day(0)).event_id
SAMPLES = {type_: sample(contract) for type_, contract in CONTRACTS.items()}
CASE_EVENTS = [type_ for type_, data in SAMPLES.items() if case_of(decode(type_, orjson.dumps(data))) is not None]
TOPIC = "discipline.restricted"


def park(on: Stage, case_id: UUID, state: str = "waiting", version: int = 2) -> None:
    """A message about the case, as the worker parks it."""
    on.database.execute(
        "insert into notifier.parked (consumer, topic, partition, message_offset, key, headers, stream, version, state)"
        " values (%s, %s, 0, %s, %s, '[]', %s, %s, %s)",
        CONSUMER,
        TOPIC,
        version,
        str(case_id).encode(),
        f"follow_up-{case_id}",
        version,
        state,
    )


async def stalled(on: Stage) -> None:
    """Two follow-ups that nobody acknowledged in time, as far as the watermarks tell."""
    for case_id in (ex.FINDING_ID, ANOTHER):
        on.publish(opened(finding_id=case_id), day(0), stream=str(case_id))
    await on.settle(day(1))
    on.set_clock(evening(4))


async def cases(on: Stage) -> list[UUID]:
    return [alert["case_id"] for alert in await on.alerts()]


@pytest.mark.parametrize("state", ["waiting", "failed"])
async def test_what_could_be_the_answer_holds_its_own_case_back(on: Stage, state: str) -> None:
    await stalled(on)
    park(on, ex.FINDING_ID, state)
    await on.arrive()
    await on.tick()
    assert await cases(on) == [ANOTHER]


async def test_once_it_is_handled_what_it_says_counts(on: Stage) -> None:
    await stalled(on)
    park(on, ex.FINDING_ID)
    await on.arrive()
    await on.tick()
    on.database.execute("delete from notifier.parked")
    on.publish(ex.ACKNOWLEDGED, day(2), stream=str(ex.FINDING_ID))
    await on.arrive()
    await on.tick()
    assert await cases(on) == [ANOTHER]


@pytest.mark.parametrize("state", ["dead", "discarded"])
async def test_what_nobody_tries_again_holds_nothing_back(on: Stage, state: str) -> None:
    await stalled(on)
    park(on, ex.FINDING_ID, state)
    await on.arrive()
    await on.tick()
    assert set(await cases(on)) == {ex.FINDING_ID, ANOTHER}


async def test_nor_does_what_waits_behind_it_for_an_operator(on: Stage) -> None:
    await stalled(on)
    park(on, ex.FINDING_ID, "dead", version=2)
    park(on, ex.FINDING_ID, "waiting", version=3)
    await on.arrive()
    await on.tick()
    assert set(await cases(on)) == {ex.FINDING_ID, ANOTHER}


async def test_an_alert_that_is_open_does_not_climb_meanwhile(on: Stage) -> None:
    await stalled(on)
    await on.arrive()
    await on.tick()
    park(on, ex.FINDING_ID)
    on.set_clock(evening(12))
    await on.arrive()
    await on.tick()
    assert {alert["case_id"]: alert["step"] for alert in await on.alerts()} == {ex.FINDING_ID: 0, ANOTHER: 1}


async def test_what_is_held_is_neither_due_nor_standing_still(on: Stage) -> None:
    await stalled(on)
    park(on, ex.FINDING_ID)
    park(on, ANOTHER)
    await on.arrive()
    dog = Watchdog(on.store.pool, partitions=PARTITIONS, patience=Patience(deadlines=timedelta()))
    await dog.look()
    await dog.look()
    assert Subject.DEADLINES not in dog.standing_still
    assert await on.next_due() is None


async def test_it_is_counted_with_what_waits_for_news(on: Stage) -> None:
    await stalled(on)
    park(on, ex.FINDING_ID)
    await on.arrive()
    clock = Clockwork(on.store.pool, on.firing, Wake(on.database.dsn("notifier"), CHANNELS), partitions=PARTITIONS)
    await clock._once()
    told = REGISTRY.get_sample_value
    assert (told("kycuong_alerts_due"), told("kycuong_alerts_waiting_for_watermark")) == (1, 1)


@pytest.mark.parametrize("type_", CASE_EVENTS)
def test_the_key_of_what_is_told_of_a_case_is_the_cases_id(type_: str) -> None:
    """By which it is known whom a parked message may be about."""
    data = SAMPLES[type_]
    case_id = case_of(decode(type_, orjson.dumps(data)))
    assert case_id is not None
    assert key(type_, f"somewhere-{uuid4()}", data) == str(case_id.id)


def message(event: Event, version: int, at: datetime) -> Taken:
    """An event of the follow-up as it comes from Kafka."""
    meta = EventMeta(actor="x", correlation_id=uuid4(), causation_id=uuid4())
    entry = stored(
        event.type,
        data=orjson.loads(event.model_dump_json()),
        meta=orjson.loads(meta.model_dump_json()),
        stream=f"follow_up-{ex.FINDING_ID}",
        version=version,
        occurred_at=at,
        recorded_at=at,
    )
    told = publication.messages(entry, is_open=False)[0]
    taken = take(told.topic, version % PARTITIONS, version, told.key, told.headers, told.value)
    assert isinstance(taken, Taken)
    return taken


async def test_after_partitions_were_raised_an_acknowledgement_that_came_first_still_counts(on: Stage) -> None:
    """It waits for what stands before it in another partition; both have come, and its turn has not."""
    handling = Handling(on.store, SPEC, Tables(CONSUMER), first_pause=1.0)
    await on.watermark(day(0))
    on.set_clock(evening(4))
    urged: Any = ex.of_follow_up(FollowUpUrged)
    await handling.carry_out([message(opened(), 1, day(0))])
    await handling.carry_out([message(ex.ACKNOWLEDGED, 3, day(2))])
    marks = [Mark(topic, number, evening(4)) for topic in SOURCES for number in range(PARTITIONS)]
    await handling.carry_out([message(urged, 2, day(1))], marks)

    await on.tick()
    assert await on.history() == []

    assert await Retrying(handling).run_due() == 1
    await on.tick()
    assert await on.history() == []
