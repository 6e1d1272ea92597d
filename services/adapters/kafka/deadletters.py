"""What an operator may see of parked messages, and do about them. Their content is never among it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, LiteralString, Self
from uuid import UUID

import psycopg
from psycopg.rows import class_row

from services.adapters.kafka.queue import Parked, in_order

if TYPE_CHECKING:
    from collections.abc import Sequence

_LETTERS: LiteralString = """
    select p.id, p.topic, p.partition, p.message_offset as offset, p.stream, p.version, p.event_id, p.type, p.state,
        p.error, p.tries, p.parked_at, p.next_try_at, p.discarded_at, p.discard_reason,
        (select count(*) from parked w where w.consumer = p.consumer and w.topic = p.topic and w.key = p.key
            and w.state = 'waiting' and w.id <> p.id) as behind
    from parked p"""
_BY_STATE: LiteralString = f"{_LETTERS} where p.state = any(%s) order by p.id limit %s"
_BY_ID: LiteralString = f"{_LETTERS} where p.id = %s"
_RETRY: LiteralString = """
    update parked set state = 'failed', tries = 0, dead_lettered_at = null, next_try_at = clock_timestamp()
    where state in ('failed', 'dead') and (id = %s or %s)"""
_PLACE: LiteralString = "select consumer, topic, key, stream from parked where id = %s and state <> 'discarded'"
_QUEUE: LiteralString = """
    select id, stream, version from parked
    where consumer = %s and topic = %s and key = %s and state <> 'discarded' order by id for update"""
_CLAIM: LiteralString = """
    insert into inbox (consumer, stream, version) values (%s, %s, 0) on conflict do nothing"""
_LOCK: LiteralString = "select version from inbox where consumer = %s and stream = %s for update"
_MOVE: LiteralString = "update inbox set version = %s where consumer = %s and stream = %s"
_DISCARD: LiteralString = """
    update parked set state = 'discarded', discarded_at = clock_timestamp(), discard_reason = %s, value = null,
        headers = '[]' where id = %s"""
_WAKE: LiteralString = """
    update parked set next_try_at = clock_timestamp()
    where consumer = %s and topic = %s and key = %s and state = 'waiting'"""


class NoSuchLetter(Exception):
    """Nothing is parked under this number."""


class NotItsTurn(Exception):
    """Another message of the same key stands before it; `first` is that one's number."""

    def __init__(self, first: int) -> None:
        self.first = first
        super().__init__(first)


class PredecessorMissing(Exception):
    """It waits for a message that has not come; a replay of its topic brings it."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A parked message as an operator sees it."""

    id: int
    topic: str
    partition: int
    offset: int
    stream: str | None
    version: int | None
    event_id: UUID | None
    type: str | None
    state: str
    error: str | None
    tries: int
    parked_at: datetime
    next_try_at: datetime
    discarded_at: datetime | None
    discard_reason: str | None
    behind: int
    """How many messages of its key wait."""


class DeadLetters:
    """A context's parked messages.

    Args:
        dsn: address of the context's login.
        context: the context, whose name is its schema.
    """

    def __init__(self, dsn: str, context: str) -> None:
        self._connection = psycopg.connect(dsn, autocommit=True, options=f"-c search_path={context}")

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def found(self, states: Sequence[str], *, limit: int = 1_000) -> list[Letter]:
        """Return what is parked in these states, oldest first."""
        with self._connection.cursor(row_factory=class_row(Letter)) as cursor:
            return cursor.execute(_BY_STATE, (list(states), limit)).fetchall()

    def letter(self, id_: int) -> Letter:
        """Return one.

        Raises:
            NoSuchLetter: there is none with this number.
        """
        with self._connection.cursor(row_factory=class_row(Letter)) as cursor:
            found = cursor.execute(_BY_ID, (id_,)).fetchone()
        if found is None:
            raise NoSuchLetter
        return found

    def retry(self, id_: int | None) -> int:
        """Let a message, or without a number all that failed, be tried again from the first try on; how many."""
        return self._connection.execute(_RETRY, (id_, id_ is None)).rowcount

    def discard(self, id_: int, reason: str) -> None:
        """Give a message up for good: it counts as taken, and what waits behind it goes on.

        Raises:
            NoSuchLetter: there is none with this number.
            NotItsTurn: what stands before it has to be decided first.
            PredecessorMissing: discarding it would lose what has not come yet, too.
        """
        with self._connection.transaction():
            place = self._connection.execute(_PLACE, (id_,)).fetchone()
            if place is None:
                raise NoSuchLetter
            consumer, *key, stream = place
            taken = self._lock(consumer, stream)  # before the parked rows, as everybody does
            queue = in_order(Parked(*row) for row in self._connection.execute(_QUEUE, (consumer, *key)))
            mine = next((parked for parked in queue if parked.arrival == id_), None)
            if mine is None:
                raise NoSuchLetter  # it was handled just now
            if queue[0] is not mine:
                raise NotItsTurn(queue[0].arrival)
            if mine.version is not None and mine.version > taken + 1:
                raise PredecessorMissing
            if mine.stream is not None and mine.version is not None:
                self._connection.execute(_MOVE, (mine.version, consumer, mine.stream))
            self._connection.execute(_DISCARD, (reason, id_))
            self._connection.execute(_WAKE, (consumer, *key))

    def _lock(self, consumer: str, stream: str | None) -> int:
        """Lock what was taken of a stream, and return it."""
        if stream is None:
            return 0
        self._connection.execute(_CLAIM, (consumer, stream))
        row = self._connection.execute(_LOCK, (consumer, stream)).fetchone()
        return int(row[0]) if row else 0
