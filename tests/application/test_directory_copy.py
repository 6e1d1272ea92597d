"""The copy of the organisation that other contexts keep."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import asyncpg
import pytest

from inspection.organisation import queries
from schemas.envelope import EventMeta, Recorded
from services.adapters.directory_copy import CopiedOrganisation, copied_directory, keep_directory
from services.application.directory import ORGANISATION, STREAM
from tests.inspection.province import COMMUNE, DISTRICT, HISTORY, PROVINCE, REFORMED, TWO_TIERS
from tests.transactions import Quiet

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from tests.parts import Database

NOW = datetime(2025, 1, 2, tzinfo=UTC)


def batch(first: int, last: int) -> list[Recorded]:
    meta = EventMeta(actor="x", correlation_id=UUID(int=1), causation_id=UUID(int=2))
    return [
        Recorded(version, uuid4(), STREAM, version, event, meta, NOW, NOW, bytes(32))
        for version, event in enumerate(REFORMED, 1)
        if first <= version <= last
    ]


@pytest.fixture
async def pool(database: Database) -> AsyncIterator[asyncpg.Pool]:
    async with asyncpg.create_pool(database.dsn("notifier"), min_size=1, max_size=2) as pool:
        yield pool


async def keep(pool: asyncpg.Pool, events: Sequence[Recorded]) -> None:
    async with pool.acquire() as connection, connection.transaction():
        await keep_directory(Quiet(connection), events)


async def test_the_copy_tells_what_the_events_told(pool: asyncpg.Pool) -> None:
    await keep(pool, batch(1, 10))
    await keep(pool, batch(11, len(REFORMED)))
    assert await CopiedOrganisation().read(pool) == ORGANISATION_AFTER


async def test_events_that_come_again_change_nothing(pool: asyncpg.Pool) -> None:
    await keep(pool, batch(1, 10))
    await keep(pool, batch(5, len(REFORMED)))
    await keep(pool, batch(1, len(REFORMED)))
    assert await CopiedOrganisation().read(pool) == ORGANISATION_AFTER


async def test_the_directory_sees_what_was_copied_since(pool: asyncpg.Pool) -> None:
    directory = copied_directory(pool)
    assert not await directory.within(COMMUNE, PROVINCE, TWO_TIERS)
    await keep(pool, batch(1, len(HISTORY)))
    assert await directory.parent(COMMUNE, TWO_TIERS) == DISTRICT
    await keep(pool, batch(len(HISTORY) + 1, len(REFORMED)))
    assert await directory.parent(COMMUNE, TWO_TIERS) == PROVINCE
    assert await directory.subtree(COMMUNE, TWO_TIERS) == {COMMUNE}


async def test_many_who_ask_at_once_get_the_same(pool: asyncpg.Pool) -> None:
    await keep(pool, batch(1, len(REFORMED)))
    directory = copied_directory(pool)
    states = await asyncio.gather(*(directory.current() for _ in range(20)))
    assert {queries.chair(state, TWO_TIERS) for state in states} == {f"{PROVINCE}-head"}


def test_a_snapshot_of_the_organisation_is_the_organisation() -> None:
    assert ORGANISATION.thaw(ORGANISATION.freeze(ORGANISATION_AFTER)) == ORGANISATION_AFTER


ORGANISATION_AFTER = ORGANISATION.initial
for _event in REFORMED:
    ORGANISATION_AFTER = ORGANISATION.evolve(ORGANISATION_AFTER, _event)
