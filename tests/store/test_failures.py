"""What the database cannot hold fails alone; what it aborts for others' sake is done again."""

import asyncio
import uuid
from dataclasses import replace
from datetime import timedelta

import asyncpg
from prometheus_client import REGISTRY

from services.adapters.postgres.pool import patiently
from services.adapters.postgres.store import PostgresStore
from services.application.ports import Append, Won
from tests.parts import Database
from tests.store.tally import NEW, VIEW, VIEWED, append, request


def poisoned() -> Append:
    """A command whose event holds a NUL: contracts refuse it, jsonb could not hold it."""
    given, _ = append(uuid.uuid4(), NEW, 1)
    (event,) = given.events
    return replace(given, events=(replace(event, data=b'{"type":"x","text":"\\u0000"}'),))


async def test_what_cannot_be_stored_fails_alone(store: PostgresStore) -> None:
    beside = [append(uuid.uuid4(), NEW, 1)[0] for _ in range(6)]
    told = await asyncio.gather(
        *(store.append(given) for given in [*beside[:3], poisoned(), *beside[3:]]), return_exceptions=True
    )
    failed = told.pop(3)
    assert isinstance(failed, asyncpg.UntranslatableCharacterError)
    assert all(isinstance(outcome, Won) for outcome in told)
    assert len(await store.read_all()) == 6


async def test_a_row_that_a_view_refuses_fails_with_its_events_and_alone(store: PostgresStore) -> None:
    named, _ = append(uuid.uuid4(), NEW, 1, aggregate=VIEWED)
    await store.append(named)
    same_name = replace(
        append(uuid.uuid4(), NEW, 1)[0],
        views=(replace(named.views[0], row=named.views[0].row.replace(b'"id":"', b'"id":"x')),),
    )
    beside, _ = append(uuid.uuid4(), NEW, 2)
    failed, outcome = await asyncio.gather(store.append(same_name), store.append(beside), return_exceptions=True)
    assert isinstance(failed, asyncpg.UniqueViolationError)
    assert isinstance(outcome, Won)
    assert await store.load(same_name.stream) == []


async def test_the_loser_of_a_deadlock_is_done_again(store: PostgresStore, emptied: Database) -> None:
    """Somebody locks in another order than everybody: the append that loses to him comes after him."""
    id_ = uuid.uuid4()
    first, after = append(id_, NEW, 1, aggregate=VIEWED)
    await store.append(first)
    second, _ = append(id_, after, 2, aggregate=VIEWED)
    rude = await asyncpg.connect(emptied.admin_dsn)
    await rude.execute("set deadlock_timeout = '60s'")  # so it is the append that is aborted
    async with rude.transaction():
        await rude.execute(f"update inspection.{VIEW} set total = 0")
        waiting = asyncio.ensure_future(store.append(second))
        held = (
            "select exists (select from pg_locks where locktype = 'transactionid' and not granted"
            " and pg_backend_pid() = any(pg_blocking_pids(pid)))"
        )
        while not await rude.fetchval(held):  # noqa: ASYNC110 - another process's event
            await asyncio.sleep(0)
        await rude.execute("select inspection.lock_appends()")
    assert isinstance(await waiting, Won)
    await rude.close()
    assert await store.pool.fetchval(f"select total from {VIEW}") == 3


async def test_a_caller_that_gives_up_disturbs_nobody(store: PostgresStore) -> None:
    gone = asyncio.ensure_future(store.append(append(uuid.uuid4(), NEW, 1)[0]))
    stays = asyncio.ensure_future(store.append(append(uuid.uuid4(), NEW, 1)[0]))
    await asyncio.sleep(0)
    gone.cancel()
    assert isinstance(await stays, Won)


async def test_closing_finishes_what_was_taken(emptied: Database) -> None:
    store = await PostgresStore.open(emptied.dsn("inspection"), "inspection")
    taken = [asyncio.ensure_future(store.append(append(uuid.uuid4(), NEW, 1)[0])) for _ in range(20)]
    await asyncio.sleep(0)
    await store.close()
    assert all(isinstance(one.result(), Won) for one in taken)
    assert emptied.execute("select count(*) from inspection.events") == [(20,)]


async def test_answers_are_kept_for_thirty_days(store: PostgresStore, emptied: Database) -> None:
    for key, days in (("young", 29), ("old", 31)):
        await store.append(append(uuid.uuid4(), NEW, 1, asked=request(uuid.uuid4(), key=key))[0])
        emptied.execute(
            "update inspection.idempotency set answered_at = now() - %s where key = %s", timedelta(days=days), key
        )
    tidying = asyncio.create_task(store.keep_tidy())
    while emptied.execute("select count(*) from inspection.idempotency") == [(2,)]:  # noqa: ASYNC110 - the database's event
        await asyncio.sleep(0)
    tidying.cancel()
    young, old = (request(key=key).idempotency for key in ("young", "old"))
    assert young is not None
    assert old is not None
    assert await store.answered(young) is not None
    assert await store.answered(old) is None


async def test_what_an_append_took_and_became_is_counted(store: PostgresStore) -> None:
    def counted() -> list[float]:
        labels = {"context": "inspection"}
        return [
            REGISTRY.get_sample_value("kycuong_append_seconds_count", labels) or 0,
            REGISTRY.get_sample_value("kycuong_append_batch_commands_sum", labels) or 0,
            REGISTRY.get_sample_value("kycuong_append_outcomes_total", {**labels, "outcome": "won"}) or 0,
            REGISTRY.get_sample_value("kycuong_append_outcomes_total", {**labels, "outcome": "conflict"}) or 0,
        ]

    before = counted()
    given, _ = append(uuid.uuid4(), NEW, 1)
    other, _ = append(uuid.uuid4(), NEW, 1)
    late, _ = append(uuid.uuid4(), NEW, 1)
    await asyncio.gather(store.append(given), store.append(other))
    await store.append(replace(late, stream=given.stream))
    assert [after - was for after, was in zip(counted(), before, strict=True)] == [3, 3, 2, 1]
    assert REGISTRY.get_sample_value("kycuong_database_connections", {"context": "inspection"}) == store.pool.get_size()


async def test_a_statement_on_a_connection_whose_server_says_goodbye_is_done_again() -> None:
    """asyncpg calls it an error of its own: the server's last word came between two operations."""
    answers = iter([asyncpg.InternalClientError("cannot switch to state 12; another operation (2) is in progress")])

    async def work() -> str:
        for failure in answers:
            raise failure
        return "done"

    assert await patiently(work, patience=1.0) == "done"
