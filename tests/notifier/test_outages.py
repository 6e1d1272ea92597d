"""After an outage of relay, worker or clock the alerts are those of a calm run (DESIGN.md, Time)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from asyncpg import Record

from notifier.rules.case import CaseEvent
from schemas.notifier.alerts import AlertEnded, AlertEscalated, AlertOpened, StallRule
from tests.notifier import examples as ex
from tests.notifier.examples import day, evening
from tests.notifier.stage import empty, stage
from tests.notifier.test_firing import opened
from tests.parts import Database

R = StallRule
STORY: tuple[tuple[CaseEvent, datetime], ...] = (
    (opened(), day(0)),
    (ex.ACKNOWLEDGED, day(1)),  # in time
    (ex.PLAN, day(8)),  # due by the sixth evening
    (ex.PLAN_ACCEPTED, day(10)),  # in time
    (ex.CLAIMED, day(18)),  # after the first call
    (ex.VERIFIED, day(24)),  # due by the 22nd evening
)
END = evening(24)


@dataclass(frozen=True)
class Told:
    """What a run came to."""

    events: list[Any]
    deliveries: list[Record]

    @property
    def causes(self) -> list[tuple[Any, ...]]:
        """Which alerts were opened, and why."""
        opened = (event for event in self.events if isinstance(event, AlertOpened))
        return sorted((event.rule, str(event.basis), event.since, event.due_at) for event in opened)

    @property
    def ends(self) -> list[tuple[str, str]]:
        """Which alerts ended, and by what."""
        return sorted((str(e.alert_id), str(e.ended_by)) for e in self.events if isinstance(e, AlertEnded))


async def run(database: Database, *, stopped: datetime | None = None, resumed: datetime = END) -> Told:
    """The story; with nothing arriving from `stopped` until `resumed`, while the clock goes on."""
    empty(database)
    async with stage(database) as on:
        for event, at in STORY:
            on.publish(event, at)
        if stopped is not None:
            await on.settle(stopped)
            on.set_clock(resumed)
            assert await on.tick() == 0, "nothing fires while nothing arrives"
            late = [one for one in on.published if one.recorded_at > resumed]
            on.published = [one for one in on.published if one.recorded_at <= resumed]
            await on.arrive()
            on.published = late
            await on.tick()
        await on.settle(END)
        return Told(await on.history(), await on.deliveries())


async def test_the_calm_run(module_database: Database) -> None:
    calm = await run(module_database)

    assert [cause[0] for cause in calm.causes] == [R.DUE_SOON_FIRST, R.NO_PLAN, R.VERIFICATION_PENDING]
    assert len(calm.ends) == 3


@pytest.mark.parametrize(
    ("stopped", "resumed"),
    [(0, 3), (0, 7), (0, 12), (2, 9), (5, 20), (7, 9), (7, 24), (15, 19), (17, 23), (0, 24)],
)
async def test_whatever_arrives_late_the_same_alerts_were_opened_and_ended_by_the_same(
    module_database: Database, stopped: int, resumed: int
) -> None:
    calm, late = (
        await run(module_database),
        await run(module_database, stopped=day(stopped, 10), resumed=day(resumed, 10)),
    )

    assert late.causes == calm.causes
    assert late.ends == calm.ends


async def test_of_what_was_over_before_anybody_could_be_told_nobody_is_told(module_database: Database) -> None:
    late = await run(module_database, stopped=day(0, 10), resumed=day(24, 10))

    assert late.deliveries == []


async def test_a_ladder_does_not_climb_for_the_time_of_the_outage(module_database: Database) -> None:
    late = await run(module_database, stopped=day(2), resumed=day(7))

    assert not [event for event in late.events if isinstance(event, AlertEscalated)]
