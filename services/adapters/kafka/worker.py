"""A context's worker on Faust: takes messages as they come, handles them in batches, acknowledges after the commit.

Offsets live in Kafka alone. Killed anywhere, it reads again what was not acknowledged, and the inbox
knows what of that was committed. A lost database or broker ends the process: its supervisor starts it
again, and nothing is parked for it.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import TYPE_CHECKING, Any

import structlog

from services.adapters.kafka import metrics, traces
from services.adapters.kafka.assigned import Assigned
from services.adapters.kafka.faults import is_world
from services.adapters.kafka.faust_app import application, kept_out
from services.adapters.kafka.group import consumer_of
from services.adapters.kafka.handling import Handling
from services.adapters.kafka.learning import Lessons
from services.adapters.kafka.parking import Tables
from services.adapters.kafka.reached import Reached
from services.adapters.kafka.retrying import Retrying
from services.adapters.kafka.taking import Mark, Taken, take
from services.adapters.kafka.topics import partitions_of
from services.application import tracing

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    import faust
    from faust.types import EventT

    from services.adapters.kafka.group import WorkerSettings
    from services.adapters.kafka.handling import Judged
    from services.adapters.kafka.learning import Place
    from services.adapters.postgres.store import PostgresStore
    from services.application.reactions import WorkerSpec

log = structlog.get_logger(__name__)

BATCH = 1_000
"""Messages that share a transaction at most."""
BACKLOG = 20
PAUSE = 0.002
"""Seconds. When so many messages came in one, there are more to come, and the batch waits for them: each batch has a
dozen statements, and their answers wait for Faust, which has two tasks for every message."""
GATHER = 0.05
"""Seconds that a batch waits at most."""
LOOK = 1.0
"""Seconds between looks at parked messages and at the lag."""
LAST_SECONDS = 6.0
"""For the batch under way when the process is asked to stop, and again for Faust to leave its group."""
STATES = ("waiting", "failed", "dead", "discarded")


class WorkerEnded(Exception):
    """Faust stopped by itself; the message says why."""


class Worker:
    """Follows the topics of a spec until it is asked to stop.

    Args:
        settings: where and as whom.
        spec: what it reads and does.
        store: the context's store; the caller closes it.
    """

    def __init__(self, settings: WorkerSettings, spec: WorkerSpec, store: PostgresStore) -> None:
        self._settings = settings
        self._spec = spec
        self._store = store
        tables = Tables(consumer_of(spec.context))
        self._tables = tables
        self._handling = Handling(store, spec, tables, first_pause=settings.pauses[0])
        self.lessons = Lessons(store.pool, spec, tables.consumer, settings.brokers, settings.prefix)
        self._assigned = Assigned(settings, spec, self.lessons)
        self._retrying = Retrying(self._handling, pauses=settings.pauses, held=lambda: self._assigned.places)
        self._taken: asyncio.Queue[EventT[Any] | None] = asyncio.Queue(2 * BATCH)
        self._app = self._build()
        self._reached = Reached(self._app, spec.context, settings.prefix)
        self.well = False
        """Whether the last look at the database succeeded."""

    @property
    def joined(self) -> bool:
        """Whether it is a member of its group."""
        return self._assigned.joined

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop` is set; then finish the batch under way and leave.

        Raises whatever ended it otherwise.
        """
        await self._know_partitions()
        await self.lessons.learn(stop)
        if stop.is_set():
            return
        handling = asyncio.create_task(self._handle_all(stop))
        works = (self._look_after(stop), self._watch_faust(), self._watch_membership(), _set(stop))
        others = [asyncio.create_task(work) for work in works]
        starting = asyncio.create_task(self._app.start())
        try:
            # It waits for its place in the group, and whoever is kept out of that waits for ever.
            await asyncio.wait([starting, handling, *others], return_when=asyncio.FIRST_COMPLETED)
            if starting.done():
                starting.result()
            await asyncio.wait([handling, *others], return_when=asyncio.FIRST_COMPLETED)
            stop.set()
            if self._taken.empty():
                self._taken.put_nowait(None)  # nobody waits for a message any more
            await asyncio.wait([handling], timeout=LAST_SECONDS)
            for task in (handling, *others):
                if task.done():
                    task.result()
        finally:
            stop.set()
            for task in (starting, handling, *others):
                task.cancel()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._app.stop(), LAST_SECONDS)

    def _build(self) -> faust.App:
        app = application(self._settings, self._spec.context)
        names = [self._settings.prefix + topic for topic in self._spec.topics]
        channel = app.topic(*names, key_type=bytes, value_type=bytes)
        app.agent(channel, name=f"{self._spec.context}-agent")(self._take_all)
        app.on_partitions_assigned.connect(self._assigned.on_assigned)  # type: ignore[arg-type]  # its own protocol
        app.on_partitions_revoked.connect(self._assigned.on_revoked)  # type: ignore[arg-type]  # its own protocol
        return app

    async def _take_all(self, stream: Any) -> AsyncIterator[None]:  # noqa: ANN401 - Faust's stream
        async for event in stream.noack().events():
            await self._taken.put(event)
        return
        yield  # an agent that answers nobody

    async def _know_partitions(self) -> None:
        prefix = self._settings.prefix
        names = [prefix + topic for topic in self._spec.topics]
        found = await asyncio.to_thread(partitions_of, self._settings.brokers, names)
        places = [(name.removeprefix(prefix), number) for name, count in found.items() for number in range(count)]
        async with self._store.pool.acquire() as connection:
            await self._tables.know(connection, places)  # type: ignore[arg-type]  # a pool's proxy
        self.well = True

    async def _handle_all(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            await self._handle([event for event in await self._gathered() if event is not None])

    async def _gathered(self) -> list[EventT[Any] | None]:
        """Take what is there, and what a backlog brings meanwhile; what comes alone is not kept waiting."""
        taken = [await self._taken.get()]
        until = time.monotonic() + GATHER
        while len(taken) < BATCH:
            before = len(taken)
            while len(taken) < BATCH and not self._taken.empty():
                taken.append(self._taken.get_nowait())
            if len(taken) - before < BACKLOG or time.monotonic() > until:
                break
            await asyncio.sleep(PAUSE)
        return taken

    async def _handle(self, events: Sequence[EventT[Any]]) -> None:
        started = time.monotonic()
        messages: list[Taken] = []
        marks: list[Mark] = []
        first: dict[Place, int] = {}
        after: dict[Place, int] = {}
        for event in events:
            message = event.message
            topic = message.topic.removeprefix(self._settings.prefix)
            first.setdefault((topic, message.partition), message.offset)
            after[topic, message.partition] = message.offset + 1
            headers: Any = message.headers or ()  # as they came: pairs, each name as often as it was sent
            taken = take(topic, message.partition, message.offset, message.key, headers, message.value)
            if isinstance(taken, Mark):
                marks.append(taken)
            else:
                messages.append(taken)
        await self.lessons.before(first)
        judged = await self._traced(messages, marks)
        self.lessons.after(after)
        for event in events:
            event.ack()
            self._reached.note(event.message)
        self._count(judged, len(messages), time.monotonic() - started)

    async def _traced(self, messages: Sequence[Taken], marks: Sequence[Mark]) -> Judged:
        spans = traces.taking(consumer_of(self._spec.context), messages) if tracing.on() else None
        if spans is None:
            return await self._handling.carry_out(messages, marks)
        try:
            judged = await self._handling.carry_out(messages, marks)
        except BaseException as fault:
            spans.failed(fault)
            raise
        spans.committed(judged.handled, judged.parked)
        return judged

    def _count(self, judged: Judged, messages: int, seconds: float) -> None:
        context = self._spec.context
        metrics.WORKER_BATCH.labels(context).observe(messages)
        metrics.WORKER_SECONDS.labels(context).observe(seconds)
        counts = {"handled": len(judged.handled), "parked": len(judged.parked), "duplicate": judged.duplicates}
        for outcome, count in counts.items():
            metrics.WORKER_MESSAGES.labels(context, outcome).inc(count)
        for message in judged.parked:
            log.warning(
                "message_parked",
                context=context,
                topic=message.topic,
                partition=message.partition,
                offset=message.offset,
                event_id=message.event_id,
                waits=message.fault is None,
            )

    async def _look_after(self, stop: asyncio.Event) -> None:
        """Try parked messages again, and tell how things stand."""
        while not stop.is_set():
            try:
                await self._retrying.run_due()
                await self._assigned.learn_on()
                async with self._store.pool.acquire() as connection:
                    parked = await self._tables.count(connection)  # type: ignore[arg-type]  # a pool's proxy
            except Exception as failure:
                self.well = False
                if is_world(failure):
                    log.error("worker_database_lost", context=self._spec.context, reason=type(failure).__name__)  # noqa: TRY400 - no defect of ours
                raise
            self.well = True
            for state in STATES:
                metrics.PARKED.labels(self._spec.context, state).set(parked[state])
            self._reached.tell()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), LOOK)

    async def _watch_faust(self) -> None:
        await self._app.wait_until_stopped()
        reason = self._app.crash_reason
        raise WorkerEnded(type(reason).__name__ if reason else "stopped") from reason

    async def _watch_membership(self) -> None:
        while True:
            await asyncio.sleep(LOOK)
            if (fault := kept_out(self._app)) is not None:
                raise WorkerEnded(type(fault).__name__) from fault


async def _set(stop: asyncio.Event) -> None:
    await stop.wait()
