"""A changed calendar moves the deadlines that are counted by it."""

from __future__ import annotations

from datetime import date

from asyncpg import Record

from services.adapters.notifier.recount import recount, want
from services.adapters.notifier.transactions import transaction
from tests.notifier import examples as ex
from tests.notifier.examples import day, evening
from tests.notifier.stage import Stage
from tests.notifier.test_firing import opened


async def exchange(on: Stage, changed: date, *, worked: bool) -> None:
    on.database.execute(
        "insert into suite.compensated_days values (%s, %s, 'Nghỉ bão', 'Storm', gen_random_uuid(), now())",
        changed,
        worked,
    )
    async with transaction(on.store.pool) as connection:
        await want(connection)


async def due(on: Stage) -> dict[str, object]:
    rows: list[Record] = await on.store.pool.fetch("select rule, due_at from deadline where not fired")
    return {row["rule"]: row["due_at"] for row in rows}


async def test_a_day_off_by_decision_moves_what_is_counted_in_working_days(on: Stage) -> None:
    on.publish(opened(), day(0))
    await on.settle(day(1))
    before = await due(on)

    await exchange(on, day(2).date(), worked=False)
    while await recount(on.store.pool):
        pass

    after = await due(on)
    assert (before["not_acknowledged"], after["not_acknowledged"]) == (evening(2), evening(3))
    assert after["overdue"] == before["overdue"] == ex.DUE, "the case itself fixes it"


async def test_every_case_is_counted_anew_however_many_there_are(on: Stage) -> None:
    for number in range(7):
        finding = ex.mark(number, day(0)).event_id
        on.publish(opened(finding_id=finding), day(0), stream=f"case-{number}")
    await on.settle(day(1))

    await exchange(on, day(2).date(), worked=False)
    rounds = 0
    while await recount(on.store.pool, batch=2):
        rounds += 1

    moments = await on.store.pool.fetch("select distinct due_at from deadline where rule = 'not_acknowledged'")
    assert [row["due_at"] for row in moments] == [evening(3)]
    assert rounds == 5, "four with cases, one that finds none left"


async def test_what_has_fired_stays(on: Stage) -> None:
    on.publish(opened(), day(0))
    await on.settle(evening(2))

    await exchange(on, day(2).date(), worked=False)
    while await recount(on.store.pool):
        pass

    assert await on.store.pool.fetchval("select due_at from deadline where fired") == evening(2)


async def test_without_a_change_nothing_is_counted(on: Stage) -> None:
    assert not await recount(on.store.pool)


async def test_whoever_moves_the_clock_is_told_that_counting_goes_on(on: Stage) -> None:
    assert await on.store.pool.fetchval("select unsettled()") is None
    await exchange(on, day(2).date(), worked=False)

    assert await on.store.pool.fetchval("select unsettled()") is not None
