"""The relay's side of a context's store: the events after a position, and what the relay writes down.

Everything goes over one connection, whose session holds the lock that makes this relay the context's
only one: when the connection is lost, so is the lock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, LiteralString, Self

import orjson
import psycopg
from psycopg import sql
from psycopg.types.json import set_json_loads

from schemas.cloudevents import Stored
from schemas.suite import DeadLetter, Head

if TYPE_CHECKING:
    from collections.abc import Sequence

_EVENTS: LiteralString = (
    "select position, event_id, stream, version, type, data, meta, occurred_at, recorded_at, hash from events"
)
_PAGE: LiteralString = f"{_EVENTS} where position > %s and position <= %s order by position limit %s"
_OPENINGS: LiteralString = "select stream, data from events where stream = any(%s) and version = 1"
_HEADS: LiteralString = """
    select distinct on (stream) stream, version, hash from events
    where position > %s and position <= %s order by stream, version desc"""
_CHECKPOINT_END: LiteralString = (
    "select max(position) from (select position from events where position > %s and position <= %s"
    " order by position limit %s) as next"
)
_CEILING: LiteralString = "select min(through) from applied_watermarks where consumer = %s and topic = %s"
_PROMISE: LiteralString = "update watermark set through = %s where through < %s returning through"
_DEAD: LiteralString = """
    select id, consumer, topic, partition, message_offset, event_id, type, error, tries, parked_at, key from parked
    where state = 'dead' and dead_lettered_at is null order by id limit 100"""
_DURABLE: LiteralString = "set local synchronous_commit = on"
"""A promise and a checkpoint are told to the world: they must outlast a crash of the database."""
END = 2**63 - 1
"""A position that no store reaches."""


@dataclass(frozen=True, slots=True)
class RelayState:
    """What a relay goes on from."""

    position: int
    checkpoint_number: int
    checkpoint_position: int
    checkpoint_sha256: bytes
    checkpoint_unsent: bytes | None


@dataclass(frozen=True, slots=True)
class Ceiling:
    """How far a context has itself followed what it depends on: it never promises more."""

    consumer: str
    topic: str


class Outbox:
    """A context's store as its relay sees it.

    Args:
        dsn: address of the context's login.
        context: the context, whose name is its schema.
    """

    def __init__(self, dsn: str, context: str) -> None:
        self.context = context
        self._connection = psycopg.connect(
            dsn,
            autocommit=True,
            options=f"-c search_path={context}",
            application_name=f"relay {context}",
            keepalives_idle=5,
            keepalives_interval=2,
            keepalives_count=3,
        )
        self._connection.execute("set synchronous_commit = off")  # a lost acknowledgement only sends again
        set_json_loads(orjson.loads, self._connection)
        for channel in (f"{context}_events", f"{context}_watermark", f"{context}_dead", "suite_clock"):
            self._connection.execute(sql.SQL("listen {}").format(sql.Identifier(channel)))

    def close(self) -> None:
        """Let go of the lock and the connection."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def try_lock(self) -> bool:
        """Become the context's only relay, unless another is or a replay asks for the place."""
        if self.asked_aside():
            return False
        return bool(self._one("select pg_try_advisory_lock(hashtextextended(%s, 0))", f"{self.context} relay"))

    def unlock(self) -> None:
        """Leave the place to somebody else."""
        self._one("select pg_advisory_unlock(hashtextextended(%s, 0))", f"{self.context} relay")

    def ask_aside(self) -> None:
        """Ask the context's relay to leave its place for as long as this connection lasts."""
        self._one("select pg_advisory_lock(hashtextextended(%s, 0))", f"{self.context} relay aside")

    def asked_aside(self) -> bool:
        """Return whether somebody asks the relay to leave its place."""
        name = f"{self.context} relay aside"
        return not self._one("select pg_try_advisory_xact_lock_shared(hashtextextended(%s, 0))", name)

    def wait(self, seconds: float) -> set[str]:
        """Wait for something to happen; return the channels that told, without the context's name."""
        told = self._connection.notifies(timeout=seconds, stop_after=1)
        return {notify.channel.removeprefix(f"{self.context}_") for notify in told}

    def state(self) -> RelayState:
        """Return what the relay goes on from."""
        row = self._connection.execute(
            "select position, checkpoint_number, checkpoint_position, checkpoint_sha256, checkpoint_unsent"
            " from relay_state"
        ).fetchone()
        assert row is not None  # noqa: S101 - the migration made the one row
        return RelayState(*row)

    def last_position(self) -> int:
        """Return the position of the newest event."""
        return int(self._one("select coalesce(max(position), 0) from events"))

    def page(self, after: int, limit: int, *, up_to: int = END) -> list[Stored]:
        """Return the next events above a position, in order."""
        rows = self._connection.execute(_PAGE, (after, up_to, limit)).fetchall()
        return [Stored(*row) for row in rows]

    def openings(self, streams: Sequence[str]) -> dict[str, dict[str, Any]]:
        """Return the data of the first event of each stream."""
        return dict(self._connection.execute(_OPENINGS, (list(streams),)).fetchall())

    def acknowledge(self, position: int) -> None:
        """Write down that everything up to a position has arrived."""
        self._connection.execute("update relay_state set position = %s where position < %s", (position, position))

    def promise(self, ceiling: Ceiling | None) -> tuple[datetime, int] | None:
        """Promise that nothing recorded up to now can still be appended.

        Returns the promised moment and the position up to which events were recorded by then; None
        when no more can be promised than before.
        """
        with self._connection.transaction():
            self._connection.execute(_DURABLE)
            self._one("select lock_appends()")
            through: datetime | None = self._one("select suite.now()")
            if ceiling is not None:
                reached: datetime | None = self._one(_CEILING, ceiling.consumer, ceiling.topic)
                through = min(through, reached) if through and reached else None
            if through is None or self._connection.execute(_PROMISE, (through, through)).fetchone() is None:
                return None
            return through, self.last_position()

    def heads(self, after: int, up_to: int) -> list[Head]:
        """Return the streams that grew between two positions, with their last events there."""
        rows = self._connection.execute(_HEADS, (after, up_to)).fetchall()
        return [Head(stream=stream, version=version, hash=hash_.hex()) for stream, version, hash_ in rows]

    def checkpoint_end(self, after: int, up_to: int, limit: int) -> int:
        """Return the last position of the next events for a checkpoint; `after` where there are none."""
        return int(self._one(_CHECKPOINT_END, after, up_to, limit) or after)

    def keep_checkpoint(self, number: int, position: int, sha256: bytes, unsent: bytes) -> None:
        """Store a checkpoint before it is sent."""
        with self._connection.transaction():
            self._connection.execute(_DURABLE)
            self._connection.execute(
                "update relay_state set checkpoint_number = %s, checkpoint_position = %s, checkpoint_sha256 = %s,"
                " checkpoint_unsent = %s",
                (number, position, sha256, unsent),
            )

    def checkpoint_sent(self) -> None:
        """Write down that the stored checkpoint has arrived."""
        self._connection.execute("update relay_state set checkpoint_unsent = null")

    def dead(self) -> list[tuple[int, bytes, DeadLetter]]:
        """Return messages that a worker gave up on and nobody was told of, each with its row and key."""
        letters = []
        for row in self._connection.execute(_DEAD):
            id_, consumer, topic, partition, offset, event_id, type_, error, tries, parked_at, key = row
            letter = DeadLetter(
                consumer=consumer,
                topic=topic,
                partition=partition,
                offset=offset,
                event_id=event_id,
                event_type=type_,
                error=error,
                tries=tries,
                parked_at=parked_at,
            )
            letters.append((id_, key, letter))
        return letters

    def told(self, dead: Sequence[int]) -> None:
        """Write down that the dead letters of these rows have arrived."""
        statement = "update parked set dead_lettered_at = clock_timestamp() where id = any(%s)"
        self._connection.execute(statement, (list(dead),))

    def _one(self, statement: LiteralString, *arguments: object) -> Any:  # noqa: ANN401 - the one value of a row
        row = self._connection.execute(statement, arguments).fetchone()
        return row[0] if row else None
