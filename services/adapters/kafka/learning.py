"""What a fold that came with a newer release has missed: read once from the beginning of its topic.

A worker goes on where it stood, so what it learned to fold since then it never saw. Topics keep everything; each lesson
is read up to where its topic ends now, before the worker takes anything new. A fold passes over what it folded before.
"""

from __future__ import annotations

import asyncio
from itertools import islice
from typing import TYPE_CHECKING, cast

import structlog

from services.adapters.kafka.published import records
from services.adapters.kafka.taking import Taken, take, understand

if TYPE_CHECKING:
    from collections.abc import Iterator

    from asyncpg import Connection, Pool, Record

    from schemas.envelope import Recorded
    from services.adapters.kafka.brokers import Brokers
    from services.application.reactions import Lesson, WorkerSpec

log = structlog.get_logger(__name__)

BATCH = 500
_LEARNED = "select exists (select from learned where lesson = $1)"
_ANYTHING_TAKEN = "select exists (select from inbox where consumer = $1)"
_LEARN = "insert into learned (lesson) values ($1) on conflict do nothing"
_LOCK = "select lock_appends()"


async def learn(pool: Pool[Record], spec: WorkerSpec, consumer: str, brokers: Brokers, prefix: str) -> None:
    """Read what each lesson has missed, unless that was done before, or the worker has never taken anything.

    Raises `TopicUnreadable` and `kafka.errors.KafkaError`: the worker is started anew, and so is the lesson.
    """
    for lesson in spec.lessons:
        if await pool.fetchval(_LEARNED, lesson.name):
            continue
        if await pool.fetchval(_ANYTHING_TAKEN, consumer):
            count = await _read(pool, lesson, brokers, prefix)
            log.info("lesson_learned", lesson=lesson.name, topic=lesson.topic, messages=count)
        await pool.execute(_LEARN, lesson.name)


async def _read(pool: Pool[Record], lesson: Lesson, brokers: Brokers, prefix: str) -> int:
    told, count = _events(lesson.topic, brokers, prefix), 0
    while batch := await asyncio.to_thread(lambda: list(islice(told, BATCH))):
        async with pool.acquire() as proxy, proxy.transaction():
            await proxy.execute(_LOCK)
            # The proxy does all that a connection does; its type does not say so.
            await lesson.fold(cast("Connection[Record]", proxy), batch)
        count += len(batch)
    return count


def _events(topic: str, brokers: Brokers, prefix: str) -> Iterator[Recorded]:
    """The events of a topic; what cannot be read is parked where the worker itself takes it."""
    for record in records(brokers, prefix + topic):
        taken = take(topic, record.partition, record.offset, record.key, record.headers, record.value)
        if isinstance(taken, Taken):
            understand(taken, lambda _: ())
            if taken.recorded is not None:
                yield taken.recorded
