"""What a fold that came with a newer release has missed: read from the beginning of its topic before it goes on.

A worker goes on where it stood, so what it learned to fold since then it never saw. Topics keep everything: a lesson is
read to the end before the worker joins its group. Members of the release before go on taking messages meanwhile, and
any partition may go back to one of them. So it is written down how far this fold has come in each partition, and
whenever the next message stands further on, what lies between was somebody else's: it is read again first. A fold
passes over what it folded before, and it commits together with how far it came.
"""

from __future__ import annotations

import asyncio
from itertools import islice
from typing import TYPE_CHECKING, cast

import structlog

from services.adapters.kafka.lag import ends_of
from services.adapters.kafka.published import records
from services.adapters.kafka.taking import Taken, take, understand

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from asyncpg import Connection, Pool, Record
    from kafka.consumer.fetcher import ConsumerRecord

    from schemas.envelope import Recorded
    from services.adapters.kafka.brokers import Brokers
    from services.application.reactions import Lesson, WorkerSpec

log = structlog.get_logger(__name__)

BATCH = 500
Place = tuple[str, int]
"""Topic without prefix, and partition."""

_LEARNED = """
    select exists (select from learned where lesson = $1) and exists (select from lesson_progress where lesson = $1)"""
_ANYTHING_TAKEN = "select exists (select from inbox where consumer = $1)"
_LEARN = "insert into learned (lesson) values ($1) on conflict do nothing"
_LOCK = "select lock_appends()"
_PROGRESS = "select partition, next_offset from lesson_progress where lesson = $1"
_REACH = """
    insert into lesson_progress (lesson, partition, next_offset)
    select * from unnest($1::text[], $2::integer[], $3::bigint[]) as new(lesson, partition, next_offset)
    order by lesson, partition
    on conflict (lesson, partition) do update set next_offset = excluded.next_offset"""


class Lessons:
    """A worker's lessons, and how far each has come.

    Args:
        pool: connections to the context's schema.
        spec: the worker's.
        consumer: its name, without prefix.
        brokers: where the topics are.
        prefix: stands before each topic.
    """

    def __init__(self, pool: Pool[Record], spec: WorkerSpec, consumer: str, brokers: Brokers, prefix: str) -> None:
        self._pool = pool
        self._spec = spec
        self._consumer = consumer
        self._brokers = brokers
        self._prefix = prefix
        self._next: dict[tuple[str, int], int] = {}
        """By lesson and partition, the offset before which everything is folded."""
        self._kept: dict[tuple[str, int], int] = {}
        self._one = asyncio.Lock()
        self.under_way = False
        """Whether the worker learns and so takes nothing yet."""
        self.read = 0
        """Messages read so far."""

    async def learn(self, stop: asyncio.Event) -> None:
        """Read what each lesson has missed, unless that was done before, or the worker has never taken anything.

        Returns early when `stop` is set. Raises `TopicUnreadable` and `kafka.errors.KafkaError`: the worker is started
        anew, and the lesson goes on where it stood.
        """
        self.under_way = True
        for lesson in self._spec.lessons:
            if await self._pool.fetchval(_LEARNED, lesson.name):
                continue
            if await self._pool.fetchval(_ANYTHING_TAKEN, self._consumer):
                # What came while it was read is short, and again: little is left for when partitions are assigned.
                while await self._read(lesson, await self._missing(lesson, await self._ends(lesson)), stop) >= BATCH:
                    pass
                if stop.is_set():
                    return
                log.info("lesson_learned", lesson=lesson.name, topic=lesson.topic, messages=self.read)
            await self._pool.execute(_LEARN, lesson.name)
        self.under_way = False

    async def before(self, first: Mapping[Place, int]) -> None:
        """Fold what stands before these offsets and was not folded: to be called before what stands there is handled.

        Args:
            first: place → offset of the next message.
        """
        for lesson in self._spec.lessons:
            known = {place: offset for place, offset in first.items() if place[0] == lesson.topic}
            if any(offset > self._next.get((lesson.name, number), 0) for (_, number), offset in known.items()):
                async with self._one:
                    missing = await self._missing(lesson, {number: offset for (_, number), offset in known.items()})
                    count = await self._read(lesson, missing, asyncio.Event())
                    log.info("lesson_caught_up", lesson=lesson.name, topic=lesson.topic, messages=count)

    def after(self, last: Mapping[Place, int]) -> None:
        """Everything before these offsets is folded now."""
        for lesson in self._spec.lessons:
            for (topic, number), offset in last.items():
                if topic == lesson.topic:
                    self._next[lesson.name, number] = offset

    async def keep(self) -> None:
        """Write down how far the worker has come since the last time; behind at a kill, something is read again."""
        changed = {place: offset for place, offset in self._next.items() if self._kept.get(place) != offset}
        if changed:
            await self._pool.execute(_REACH, *_columns(changed))
            self._kept |= changed

    async def _ends(self, lesson: Lesson) -> dict[int, int]:
        ends = await asyncio.to_thread(ends_of, self._brokers, [self._prefix + lesson.topic])
        return {place.partition: offset for place, offset in ends.items()}

    async def _missing(self, lesson: Lesson, ends: Mapping[int, int]) -> dict[int, range]:
        """Return what the lesson has not folded before these ends."""
        told = {row["partition"]: row["next_offset"] for row in await self._pool.fetch(_PROGRESS, lesson.name)}
        starts = {number: max(told.get(number, 0), self._next.get((lesson.name, number), 0)) for number in ends}
        for number, start in starts.items():
            self._next[lesson.name, number] = start
        return {number: range(starts[number], end) for number, end in ends.items() if starts[number] < end}

    async def _read(self, lesson: Lesson, missing: Mapping[int, range], stop: asyncio.Event) -> int:
        told, count = records(self._brokers, self._prefix + lesson.topic, missing), 0
        while not stop.is_set() and (batch := await asyncio.to_thread(lambda: list(islice(told, BATCH)))):
            reached = {(lesson.name, record.partition): record.offset + 1 for record in batch}
            async with self._pool.acquire() as proxy, proxy.transaction():
                await proxy.execute(_LOCK)
                # The proxy does all that a connection does; its type does not say so.
                if events := list(_events(lesson.topic, batch)):
                    await lesson.fold(cast("Connection[Record]", proxy), events)
                await proxy.execute(_REACH, *_columns(reached))
            self._next |= reached
            self._kept |= reached
            count += len(batch)
            self.read += len(batch)
        return count


def _columns(reached: Mapping[tuple[str, int], int]) -> tuple[list[str], list[int], list[int]]:
    return [name for name, _ in reached], [number for _, number in reached], list(reached.values())


def _events(topic: str, batch: Sequence[ConsumerRecord]) -> Iterator[Recorded]:
    """The events of messages; what cannot be read is parked where the worker itself takes it."""
    for record in batch:
        taken = take(topic, record.partition, record.offset, record.key, record.headers, record.value)
        if isinstance(taken, Taken):
            understand(taken, lambda _: ())
            if taken.recorded is not None:
                yield taken.recorded
