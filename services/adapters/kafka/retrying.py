"""Parked messages: tried again with back-off when it is their turn, in order, from their rows.

Real time governs here, not the suite's: a moved demo clock must not rush the retries.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from services.adapters.kafka import traces
from services.adapters.kafka.faults import RACES, describe, is_world
from services.adapters.kafka.queue import Parked
from services.adapters.kafka.taking import understand
from services.adapters.kafka.transaction import LostRace

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from asyncpg import Connection, Record

    from services.adapters.kafka.handling import Handling
    from services.adapters.kafka.queue import Inbox, Key
    from services.adapters.kafka.transaction import Transaction

log = structlog.get_logger(__name__)

PAUSES = (1.0, 5.0, 30.0, 120.0, 600.0)
"""Seconds before each further try; after the last one the message is given up, and an operator is told."""
GAP_PAUSE = 60.0
"""Seconds between looks at a message whose predecessor is missing; the predecessor wakes it at once."""
AT_ONCE = 100
"""Messages that one transaction releases."""
KEYS = 50

_DUE = """
    select distinct p.topic, p.key from parked p
    where p.consumer = $1 and p.state in ('waiting', 'failed') and p.next_try_at <= clock_timestamp()
        and ($3::text[] is null
            or (p.topic, p.partition) in (select * from unnest($3::text[], $4::integer[]) as held(topic, partition)))
        and not exists (
            select from parked f where f.consumer = p.consumer and f.topic = p.topic and f.key = p.key
                and (f.state = 'dead' or f.state = 'failed' and f.next_try_at > clock_timestamp()))
    limit $2"""
_ROWS = """
    select id, stream, version, state, tries, next_try_at <= clock_timestamp() as due from parked
    where consumer = $1 and topic = $2 and key = $3 and state <> 'discarded' order by id"""
_FAILED = """
    update parked set tries = tries + 1, error = $2, state = $3,
        next_try_at = clock_timestamp() + make_interval(secs => $4)
    where id = $1"""
_GAP = """
    update parked set next_try_at = clock_timestamp() + make_interval(secs => $4)
    where consumer = $1 and topic = $2 and key = $3 and state = 'waiting'"""
_GONE = "delete from parked where id = $1"


@dataclass
class Released:
    """What one look at a key brought."""

    handled: int = 0
    again: bool = False
    """There may be more to release at once."""


class Retrying:
    """Tries a consumer's parked messages again.

    Args:
        handling: handles them.
        pauses: seconds before each further try.
        held: the partitions whose messages it tries: those of the worker that would take them from the topic. What one
            of this release has parked, one of the release before could handle without a fold that it does not know.
            None: every partition.
    """

    def __init__(
        self,
        handling: Handling,
        *,
        pauses: tuple[float, ...] = PAUSES,
        held: Callable[[], Collection[tuple[str, int]]] | None = None,
    ) -> None:
        self._handling = handling
        self._pauses = pauses
        self._held = held
        self._consumer = handling.tables.consumer

    async def run_due(self) -> int:
        """Try what is due; return how many messages were handled."""
        handled = 0
        held = None if self._held is None else list(self._held())
        topics = None if held is None else [topic for topic, _ in held]
        numbers = None if held is None else [number for _, number in held]
        for topic, key in await self._handling.store.pool.fetch(_DUE, self._consumer, KEYS, topics, numbers):
            released = Released(again=True)
            while released.again:
                released = await self._tried((topic, key))
                handled += released.handled
        return handled

    async def _tried(self, place: Key) -> Released:
        try:
            async with self._handling.store.pool.acquire() as connection, connection.transaction():
                return await self._release(connection, place)  # type: ignore[arg-type]  # a pool's proxy
        except (LostRace, *RACES):
            return Released()  # it stays due

    async def _release(self, connection: Connection[Record], place: Key) -> Released:
        tables = self._handling.tables
        streams = {row["stream"] for row in await connection.fetch(_ROWS, self._consumer, *place)} - {None}
        inbox = await tables.try_open(connection, streams)
        if inbox is None:
            return Released()  # another member of the group is at it
        rows = {row["id"]: row for row in await connection.fetch(f"{_ROWS} for update", self._consumer, *place)}
        for row in rows.values():
            if row["stream"] is None or row["stream"] in inbox.taken:  # others were parked since, and stay due
                inbox.park(place, Parked(row["id"], row["stream"], row["version"]))
        known = dict(inbox.taken)
        transaction = await self._handling.begin(connection)
        released = Released()
        while released.handled < AT_ONCE and (parked := inbox.next(place)) is not None:
            if not await self._released(transaction, inbox, parked, rows[parked.arrival]):
                break
            inbox.release(place, parked)
            released.handled += 1
        else:
            released.again = released.handled == AT_ONCE
            if not released.again and inbox.waiting.get(place):
                await connection.execute(_GAP, self._consumer, *place, GAP_PAUSE)
        await tables.move(connection, known, inbox.taken)
        return released

    async def _released(self, transaction: Transaction, inbox: Inbox, parked: Parked, row: Record) -> bool:
        """Handle one parked message, if it is to be tried now; False where it stays."""
        if row["state"] == "dead" or (row["state"] == "failed" and not row["due"]):
            return False
        connection = transaction.connection
        if parked.version is not None and parked.version <= inbox.taken.get(parked.stream or "", 0):
            await connection.execute(_GONE, parked.arrival)
            return True  # it came by another way meanwhile
        message = await self._handling.tables.message(connection, parked.arrival)
        spans = traces.taking(self._consumer, [message])
        understand(message, self._handling.spec.react)
        try:
            await self._handling.one(transaction, message)
        except (LostRace, *RACES):
            raise
        except Exception as fault:
            if is_world(fault):
                raise
            await self._failed(connection, row, fault)
            if spans is not None:
                spans.failed(fault)
            return False
        if spans is not None:
            spans.committed([message])
        if parked.stream is not None and parked.version is not None:
            inbox.take(parked.stream, parked.version)
        await connection.execute(_GONE, parked.arrival)
        return True

    async def _failed(self, connection: Connection[Record], row: Record, fault: Exception) -> None:
        tries = row["tries"] + 1
        dead = tries > len(self._pauses)
        pause = 0.0 if dead else self._pauses[tries - 1]
        error = describe(fault)
        await connection.execute(_FAILED, row["id"], error, "dead" if dead else "failed", pause)
        context = self._handling.spec.context
        if dead:
            await connection.execute("select pg_notify($1, '')", f"{context}_dead")
            log.error("message_given_up", context=context, parked_id=row["id"], tries=tries, error=error)
