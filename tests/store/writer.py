"""A process that appends: for tests in which several do."""

import asyncio
import random
from collections.abc import Sequence
from uuid import UUID

from services.adapters.postgres.store import PostgresStore
from services.application.handler import ConcurrentChange, Handler
from tests.store.tally import TALLY, Add, SettableClock, request


def write(dsn: str, streams: Sequence[UUID], each: int, seed: int) -> None:
    """Add to every stream so many times, all at once, deciding anew after each lost race."""
    asyncio.run(_write(dsn, streams, each, seed))


async def _write(dsn: str, streams: Sequence[UUID], each: int, seed: int) -> None:
    store = await PostgresStore.open(dsn, "inspection")
    handler = Handler(store, SettableClock())
    chance = random.Random(seed)

    async def add(id_: UUID) -> None:
        asked = request(retry_on_conflict=True)
        while True:
            try:
                await handler.handle(TALLY, id_, Add((chance.randint(0, 9),), id_), asked)
            except ConcurrentChange:
                continue
            return

    commands = [id_ for id_ in streams for _ in range(each)]
    chance.shuffle(commands)
    async with asyncio.TaskGroup() as group:
        for id_ in commands:
            group.create_task(add(id_))
    await store.close()
