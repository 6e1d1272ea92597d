"""A reader that follows `position > last` misses nothing, whoever is slow, rolls back or works beside."""

from __future__ import annotations

import asyncio
import multiprocessing
import random
import uuid

import asyncpg
import pytest
from asyncpg.pool import PoolConnectionProxy

from services.adapters.postgres.store import PostgresStore
from services.application.ports import Won
from tests.contracts.event_store import in_streams
from tests.parts import Database
from tests.store.tally import NEW, append
from tests.store.writer import write


async def follow(store: PostgresStore, stopped: asyncio.Event) -> list[tuple[str, int]]:
    """Read as a relay does until nothing more comes after the writers stopped."""
    seen: list[tuple[str, int]] = []
    last = 0
    while True:
        over = stopped.is_set()
        page = await store.read_all(after=last, limit=50)
        seen += [(recorded.stream, recorded.version) for recorded in page]
        if page:
            last = page[-1].position
        elif over:
            return seen
        await asyncio.sleep(0)


async def write_in_transactions(store: PostgresStore, chance: random.Random, count: int) -> list[tuple[str, int]]:
    """Append as a worker does, in transactions that are slow before and after, and of which a third is rolled back."""
    stored = []
    async with store.pool.acquire() as connection:
        for _ in range(count):
            id_ = uuid.uuid4()
            given, _ = append(id_, NEW, *range(chance.randint(1, 3)))
            transaction = connection.transaction()
            await transaction.start()
            await asyncio.sleep(chance.random() / 200)
            (outcome,) = await store.append_within(connection, [given])
            assert isinstance(outcome, Won)
            await asyncio.sleep(chance.random() / 200)
            if chance.random() < 1 / 3:
                await transaction.rollback()
            else:
                await transaction.commit()
                stored += [(given.stream, event.version) for event in given.events]
    return stored


async def write_in_batches(store: PostgresStore, chance: random.Random, count: int) -> list[tuple[str, int]]:
    """Append as the API does."""
    id_, loaded, stored = uuid.uuid4(), NEW, []
    for _ in range(count):
        given, loaded = append(id_, loaded, *range(chance.randint(1, 3)))
        assert isinstance(await store.append(given), Won)
        stored += [(given.stream, event.version) for event in given.events]
    return stored


async def test_a_follower_loses_nothing_to_slow_and_rolled_back_transactions(store: PostgresStore) -> None:
    chance, stopped = random.Random(1), asyncio.Event()
    follower = asyncio.create_task(follow(store, stopped))
    written = await asyncio.gather(
        *(write_in_transactions(store, chance, 40) for _ in range(4)),
        *(write_in_batches(store, chance, 60) for _ in range(4)),
    )
    stopped.set()
    seen = await follower
    assert sorted(seen) == sorted(pair for pairs in written for pair in pairs)


async def until_somebody_waits_for_the_lock(connection: PoolConnectionProxy[asyncpg.Record]) -> None:
    """Return when an append is held up by the lock that this connection's transaction has."""
    waiting = (
        "select exists (select from pg_locks where locktype = 'advisory' and not granted"
        " and pg_backend_pid() = any(pg_blocking_pids(pid)))"
    )
    while not await connection.fetchval(waiting):  # noqa: ASYNC110 - another process's event
        await asyncio.sleep(0)


async def test_positions_become_visible_in_their_order(store: PostgresStore) -> None:
    """While a transaction that has its positions is open, nobody gets later ones."""
    slow, fast = (append(uuid.uuid4(), NEW, 1)[0] for _ in range(2))
    async with store.pool.acquire() as connection:
        async with connection.transaction():
            (first,) = await store.append_within(connection, [slow])
            beside = asyncio.ensure_future(store.append(fast))
            await until_somebody_waits_for_the_lock(connection)
            assert not beside.done()
            assert await store.read_all() == []
        second = await beside
    assert isinstance(first, Won)
    assert isinstance(second, Won)
    assert first.position < second.position


async def test_a_transaction_with_an_old_snapshot_may_not_append(store: PostgresStore) -> None:
    given, _ = append(uuid.uuid4(), NEW, 1)
    async with store.pool.acquire() as connection:
        with pytest.raises(asyncpg.RaiseError, match="read committed"):
            async with connection.transaction(isolation="repeatable_read"):
                await store.append_within(connection, [given])


async def test_in_one_transaction_commands_on_one_stream_stand_in_their_order(store: PostgresStore) -> None:
    id_, loaded, given = uuid.uuid4(), NEW, []
    for number in range(5):
        one, loaded = append(id_, loaded, number)
        given += [one, append(uuid.uuid4(), NEW, number)[0]]
    async with store.pool.acquire() as connection, connection.transaction():
        outcomes = await store.append_within(connection, given)
    assert all(isinstance(outcome, Won) for outcome in outcomes)
    assert (await store.history(given[0].stream)).version == 5


async def test_two_processes_append_on_the_same_streams(store: PostgresStore, emptied: Database) -> None:
    """Each retries until its hundred commands are in: every stream is whole, and a follower has seen all of it."""
    streams = [uuid.uuid4() for _ in range(4)]
    stopped = asyncio.Event()
    follower = asyncio.create_task(follow(store, stopped))
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=write, args=(emptied.dsn("inspection"), streams, 25, seed)) for seed in (1, 2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        await asyncio.to_thread(writer.join)
    stopped.set()
    seen = await follower
    assert [writer.exitcode for writer in writers] == [0, 0]
    whole = {f"tally-{id_}": list(range(1, 51)) for id_ in streams}
    assert in_streams(await store.read_all()) == whole
    assert sorted(seen) == sorted((stream, version) for stream, versions in whole.items() for version in versions)
