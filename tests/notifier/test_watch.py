"""The watchdog: it says once what stands still, and that it goes on; in real time, whatever the suite's clock says."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from asyncpg import Record

from services.adapters.delivery.courier import Channels, Courier
from services.adapters.delivery.mail import Mailer
from services.adapters.delivery.queue import DeliveryQueue, Persistence
from services.adapters.notifier.watch import Patience, Subject, Watchdog, beat
from tests.notifier.examples import day, evening
from tests.notifier.post_office import post_office
from tests.notifier.stage import PARTITIONS, Stage
from tests.notifier.test_firing import opened

AT_ONCE = Patience(clock=timedelta(), deadlines=timedelta(), sources=timedelta())
LONG = Patience(clock=timedelta(hours=1), deadlines=timedelta(hours=1), sources=timedelta(hours=1))


def watchdog(on: Stage, **patience: timedelta) -> Watchdog:
    hours = {"clock": LONG.clock, "deadlines": LONG.deadlines, "sources": LONG.sources}
    return Watchdog(on.store.pool, partitions=PARTITIONS, patience=Patience(**(hours | patience)))


async def notices(on: Stage) -> list[Record]:
    return await on.store.pool.fetch("select * from notice order by began_at")


async def looked_twice(dog: Watchdog) -> frozenset[Subject]:
    """Something stands still only when it was seen before."""
    await dog.look()
    await dog.look()
    return dog.standing_still


async def test_all_is_well_at_the_beginning(on: Stage) -> None:
    assert await looked_twice(watchdog(on)) == frozenset()


async def test_a_clock_that_no_longer_beats_is_told(on: Stage) -> None:
    await beat(on.store.pool, "clock")

    assert await looked_twice(watchdog(on, clock=timedelta())) == {Subject.CLOCK}


async def test_sources_that_no_longer_arrive_are_told(on: Stage) -> None:
    await on.arrive()

    assert await looked_twice(watchdog(on, sources=timedelta())) == {Subject.SOURCES}


async def test_sources_that_never_arrived_are_told(on: Stage) -> None:
    assert await looked_twice(watchdog(on, sources=timedelta())) == {Subject.SOURCES}


async def test_deadlines_that_could_fire_and_do_not_are_told(on: Stage) -> None:
    on.publish(opened(), day(0))
    on.set_clock(evening(3))
    await on.arrive()

    assert await looked_twice(watchdog(on, deadlines=timedelta())) == {Subject.DEADLINES}


async def test_deadlines_that_wait_for_their_sources_are_not_what_stands_still(on: Stage) -> None:
    on.publish(opened(), day(0))
    await on.settle(day(1))
    on.set_clock(evening(3))

    assert await looked_twice(watchdog(on, deadlines=timedelta())) == frozenset()


async def test_moving_the_suites_clock_by_a_year_makes_nothing_stand_still(on: Stage) -> None:
    dog = watchdog(on)
    await on.arrive()
    await dog.look()
    on.set_clock(day(250))

    assert await looked_twice(dog) == frozenset()


async def test_it_is_told_once_however_many_watch(on: Stage) -> None:
    dogs = [watchdog(on, clock=timedelta()) for _ in range(2)]
    for dog in (*dogs, *dogs):
        await dog.look()

    (notice,) = await notices(on)
    assert (notice["subject"], notice["ended_at"]) == ("clock", None)
    assert len(await on.deliveries()) == 1


async def test_it_ends_when_the_notifier_goes_on_and_begins_anew_when_it_stops_again(on: Stage) -> None:
    dog = watchdog(on, clock=timedelta(seconds=-1))
    await beat(on.store.pool, "clock")
    await dog.look()
    assert dog.standing_still == {Subject.CLOCK}

    patient = watchdog(on)
    await patient.look()
    assert patient.standing_still == frozenset()
    assert [row["ended_at"] is None for row in await notices(on)] == [False]

    await beat(on.store.pool, "clock")
    await dog.look()
    assert sorted(row["ended_at"] is None for row in await notices(on)) == [False, True]


async def test_what_stood_still_before_a_restart_of_the_watchdog_still_does(on: Stage) -> None:
    await watchdog(on).look()

    fresh = watchdog(on, sources=timedelta())
    await fresh.look()

    assert fresh.standing_still == {Subject.SOURCES}


async def test_administrators_are_told_by_mail(on: Stage) -> None:
    await looked_twice(watchdog(on, sources=timedelta()))
    nobody: Any = None
    with post_office() as office:
        mailer = Mailer(office.server)
        channels = Channels(mailer, None, ("operator@example.vn", "second@example.vn"))
        await Courier(on.store.pool, DeliveryQueue(on.store.pool, Persistence()), nobody, channels).deliver()
        await mailer.close()

    (letter,) = office.letters
    assert letter["To"] == "operator@example.vn, second@example.vn"
    assert letter["Subject"] == "[Kỷ Cương] bộ thông báo không nhận được sự kiện mới"


@pytest.mark.parametrize("subject", list(Subject))
def test_every_subject_has_its_patience(subject: Subject) -> None:
    assert AT_ONCE.of(subject) == timedelta()
