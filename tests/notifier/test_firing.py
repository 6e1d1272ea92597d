"""Deadlines that fire, on a real database: once, in time, never falsely."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from schemas.notifier.alerts import (
    AlertEnded,
    AlertEscalated,
    AlertLadderExhausted,
    AlertOpened,
    ResolvedStep,
    StallRule,
)
from schemas.values import Recipient
from services.adapters.notifier.firing import Firing, Round
from services.application.notifier import SOURCES
from tests.inspection.province import COMMUNE, INSPECTORATE, person
from tests.notifier import examples as ex
from tests.notifier.examples import day, evening, morning
from tests.notifier.stage import CHAIR, CHIEF, OWNER, PARTITIONS, SUPERIOR, Stage

R = StallRule


def opened(**changes: Any) -> Any:
    return ex.opened(agency_id=COMMUNE, owner_post=OWNER, **changes)


def seen(events: list[Any]) -> list[tuple[type, Any]]:
    return [(type(event), getattr(event, "rule", getattr(event, "posts", None))) for event in events]


async def test_an_alert_opens_when_its_moment_has_come(on: Stage) -> None:
    on.publish(opened(), day(0))

    assert await on.settle(evening(2) - timedelta(hours=1)) == []
    (event,) = await on.settle(evening(2))

    assert isinstance(event, AlertOpened)
    assert (event.rule, event.due_at, event.since) == (R.NOT_ACKNOWLEDGED, evening(2), day(0))
    assert (event.agency_id, event.owner_post, event.provision) == (COMMUNE, OWNER, "Điểm 1")


async def test_its_ladder_is_resolved_as_the_organisation_stands(on: Stage) -> None:
    on.publish(opened(), day(0))

    (event,) = await on.settle(evening(2))

    assert event.ladder == tuple(
        ResolvedStep(recipient=recipient, posts=(post,), after_working_days=days)
        for recipient, post, days in (
            (Recipient.OWNER, OWNER, 0),
            (Recipient.SUPERIOR, SUPERIOR, 5),
            (Recipient.INSPECTORATE, CHIEF, 3),
            (Recipient.CHAIR, CHAIR, 5),
        )
    )


async def test_it_is_caused_by_the_event_that_began_the_wait_and_keeps_its_request(on: Stage) -> None:
    published = on.publish(opened(), day(0))
    await on.settle(evening(8))

    first, second = (one.meta for one in await on.store.read_all())

    assert (first.causation_id, first.correlation_id) == (published.event_id, published.meta.correlation_id)
    assert second.correlation_id == published.meta.correlation_id
    assert first.actor == "clock"


async def test_nobody_acts_so_it_climbs_to_the_end(on: Stage) -> None:
    on.publish(opened(due_at=evening(90)), day(0))

    events = await on.settle(evening(30))

    assert seen(events) == [
        (AlertOpened, R.NOT_ACKNOWLEDGED),
        (AlertEscalated, (SUPERIOR,)),
        (AlertEscalated, (CHIEF,)),
        (AlertEscalated, (CHAIR,)),
        (AlertLadderExhausted, R.NOT_ACKNOWLEDGED),
    ]


async def test_it_ends_by_itself_when_the_follow_up_moves(on: Stage) -> None:
    on.publish(opened(), day(0))
    await on.settle(evening(2))
    acknowledged = on.publish(ex.ACKNOWLEDGED, day(4))

    events = await on.settle(day(4))

    (alert,) = await on.alerts()
    assert events == [
        AlertEnded(
            alert_id=alert["id"],
            case_id=ex.FINDING_ID,
            ended_by=acknowledged.event_id,
            ended_type="discipline.follow_up_acknowledged.v1",
        )
    ]
    assert (alert["state"], alert["next_at"]) == ("ended", None)


async def test_what_came_in_time_raises_nothing(on: Stage) -> None:
    on.publish(opened(), day(0))
    on.publish(ex.ACKNOWLEDGED, evening(2))

    assert await on.settle(evening(3)) == []


async def test_a_remedy_that_sits_unread_raises_nothing(on: Stage) -> None:
    """The clock sees the deadline pass, but not yet all that was recorded before it."""
    on.publish(opened(), day(0))
    await on.settle(day(1))
    on.publish(ex.ACKNOWLEDGED, day(2))
    on.set_clock(evening(4))

    assert await on.tick() == 0
    await on.arrive()
    assert await on.tick() == 0
    assert await on.history() == []


@pytest.mark.parametrize("topic", SOURCES)
async def test_one_topic_that_stands_still_holds_everything_back(on: Stage, topic: str) -> None:
    on.publish(opened(), day(0))
    await on.settle(day(1))
    on.set_clock(evening(4))
    others = [
        name for name in ("inspection.restricted", "discipline.restricted", "discipline.reviews") if name != topic
    ]

    await on.watermark(evening(4), topics=others)

    assert await on.tick() == 0


async def test_one_partition_that_never_told_holds_everything_back(on: Stage) -> None:
    on.publish(opened(), day(0))
    await on.settle(day(1))
    on.database.execute("delete from notifier.applied_watermarks where partition = 1 and topic = 'discipline.reviews'")
    on.set_clock(evening(4))
    on.database.execute("update notifier.applied_watermarks set through = suite.now()")

    assert await on.tick() == 0


async def test_late_or_in_time_the_moment_itself_is_in_time(on: Stage) -> None:
    """The watermark of the due moment stands behind everything that was recorded at that very moment."""
    on.publish(opened(), day(0))
    await on.settle(day(1))
    on.set_clock(evening(2))
    await on.watermark(evening(2) - timedelta(microseconds=1))
    assert await on.tick() == 0

    await on.watermark(evening(2))
    assert await on.tick() == 1


async def test_after_an_outage_a_ladder_goes_on_step_by_step(on: Stage) -> None:
    on.publish(opened(due_at=evening(90)), day(0))
    await on.settle(day(1))

    on.set_clock(day(12))
    await on.arrive()
    assert await on.tick() == 1
    assert seen(await on.history()) == [(AlertOpened, R.NOT_ACKNOWLEDGED)]

    assert seen(await on.settle(evening(17))) == [(AlertEscalated, (SUPERIOR,))]


async def test_overdue_puts_an_end_to_due_soon(on: Stage) -> None:
    terms = ex.TERMS.model_copy(update={"stall": ex.STALL.model_copy(update={"acknowledge": 60})})
    on.publish(opened(terms=terms), day(0))

    events = await on.settle(ex.DUE)

    assert seen(events) == [
        (AlertOpened, R.DUE_SOON_FIRST),
        (AlertOpened, R.DUE_SOON_LAST),
        (AlertEnded, None),
        (AlertOpened, R.OVERDUE),
        (AlertEnded, None),
    ]
    assert [alert["rule"] for alert in await on.alerts(open_only=True)] == [R.OVERDUE]
    overdue = (await on.store.read_all())[3]
    assert events[4].ended_by == overdue.event_id


async def test_the_same_in_one_round_after_an_outage(on: Stage) -> None:
    terms = ex.TERMS.model_copy(update={"stall": ex.STALL.model_copy(update={"acknowledge": 60})})
    on.publish(opened(terms=terms), day(0))
    await on.settle(day(1))

    on.set_clock(evening(22))
    await on.arrive()
    await on.tick()

    assert [alert["rule"] for alert in await on.alerts(open_only=True)] == [R.OVERDUE]
    mails = [row for row in await on.deliveries() if row["channel"] == "email"]
    assert [row["state"] for row in mails].count("pending") == 1


async def test_history_is_silent(on: Stage) -> None:
    on.publish(opened(historic=True), day(0))

    assert await on.settle(evening(60)) == []


async def test_everybody_told_has_it_in_his_inbox_at_once_and_a_mail_to_come(on: Stage) -> None:
    on.publish(opened(), day(0))
    await on.settle(evening(2))

    rows = [
        (row["step"], row["post_id"], row["person_id"], row["channel"], row["state"]) for row in await on.deliveries()
    ]

    holder = person(f"head of {COMMUNE}")
    assert rows == [(0, OWNER, holder, "email", "pending"), (0, OWNER, holder, "inbox", "sent")]


async def test_what_still_waits_for_delivery_when_an_alert_ends_is_not_delivered(on: Stage) -> None:
    on.publish(opened(), day(0))
    await on.settle(evening(2))
    on.publish(ex.ACKNOWLEDGED, day(4))
    await on.settle(day(4))

    states = {row["channel"]: row["state"] for row in await on.deliveries()}

    assert states == {"email": "suppressed", "inbox": "sent"}


async def test_two_clocks_at_once_fire_everything_once(on: Stage) -> None:
    for number in range(40):
        finding = ex.mark(number, day(0)).event_id
        on.publish(opened(finding_id=finding), day(0), stream=f"case-{number}")
    await on.settle(day(1))
    on.set_clock(evening(2))
    await on.arrive()
    clocks = [Firing(on.store.pool, on.store, partitions=PARTITIONS, batch=7) for _ in range(3)]

    async def run(clock: Firing) -> int:
        fired = 0
        while (done := await clock.fire()) != Round():
            fired += done.fired
        return fired

    assert sum(await asyncio.gather(*map(run, clocks))) == 40
    assert len(await on.alerts()) == 40
    assert len(await on.history()) == 40
    assert len(await on.deliveries()) == 80


async def test_a_round_that_dies_leaves_nothing_and_is_done_anew(on: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    on.publish(opened(), day(0))
    await on.settle(day(1))
    on.set_clock(evening(2))
    await on.arrive()

    async def die(*_: object) -> int:
        raise ConnectionError

    with monkeypatch.context() as patched:
        patched.setattr("services.adapters.notifier.firing.tell", die)
        with pytest.raises(ConnectionError):
            await on.firing.fire()
    assert (await on.history(), await on.deliveries()) == ([], [])

    assert await on.tick() == 1
    assert len(await on.history()) == 1


async def test_the_next_due_moment_is_that_of_a_wait_or_of_a_step(on: Stage) -> None:
    on.publish(opened(due_at=evening(90)), day(0))
    await on.settle(day(1))
    assert await on.next_due() == evening(2)

    await on.settle(evening(2))
    assert await on.next_due() == evening(8)


async def test_a_reviews_subject_is_told_nothing_of_it(on: Stage) -> None:
    subject = ex.proposed().subject.model_copy(update={"person_id": person(f"head of {INSPECTORATE}")})
    on.publish(ex.proposed(authority_post=CHAIR, subject=subject), day(0))

    await on.settle(evening(30))

    (alert,) = await on.alerts()
    assert alert["told"] == [CHAIR]
    assert alert["confidential"]


async def test_calls_come_in_the_morning_of_their_day(on: Stage) -> None:
    terms = ex.TERMS.model_copy(update={"stall": ex.STALL.model_copy(update={"acknowledge": 60})})
    on.publish(opened(terms=terms), day(0))

    (event,) = await on.settle(morning(16))

    assert (event.rule, event.ends_at, event.next_at) == (R.DUE_SOON_FIRST, ex.DUE, None)
    assert len(event.ladder) == 1
