"""What the application needs of the world: an event store, and the suite's time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from schemas.envelope import Recorded
    from schemas.registry import AnyEvent


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event ready to be stored: encoded once, hashed, numbered."""

    event_id: UUID
    version: int
    type: str
    data: bytes
    meta: bytes
    occurred_at: datetime
    recorded_at: datetime
    hash: bytes


@dataclass(frozen=True, slots=True)
class IdempotencyKey:
    """A command's name in the mouth of its sender: scoped to principal and route."""

    principal: str
    route: str
    key: str
    body_sha256: bytes
    """Keyed hash of the request's canonical body: the same key with another body is refused."""


@dataclass(frozen=True, slots=True)
class ViewRow:
    """One row of an inline view, as the table's columns."""

    table: str
    row: bytes
    """A JSON object; its keys are columns of the table, `id` among them."""


@dataclass(frozen=True, slots=True)
class Seen:
    """How far another stream of the store had come when a decision looked at it; 0 for one that was not there."""

    stream: str
    version: int


@dataclass(frozen=True, slots=True)
class Append:
    """All that one command leaves behind: stored as a whole or not at all."""

    stream: str
    expected_version: int
    """Version of the stream's last event when it was loaded; 0 for a new stream."""
    events: tuple[NewEvent, ...]
    """May be empty: a command that changes nothing still gets its answer remembered."""
    views: tuple[ViewRow, ...] = ()
    idempotency: IdempotencyKey | None = None
    answer: bytes = b"null"
    """JSON that the same idempotency key is answered with; holds ids and versions only."""
    rests_on: tuple[Seen, ...] = ()
    """Other streams that the decision looked at: events are stored only while none of them has moved on."""


@dataclass(frozen=True, slots=True)
class Won:
    """Stored; `position` is that of the last event (0 if there was none)."""

    position: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """Another command came first; nothing was stored."""

    current_version: int


@dataclass(frozen=True, slots=True)
class Outdated:
    """Another stream that the decision rested on has moved on; nothing was stored."""

    stream: str
    current_version: int


@dataclass(frozen=True, slots=True)
class Replayed:
    """The same command was stored before; this was its answer."""

    body_sha256: bytes | None
    """Of the body it had; None where only its events still tell of it."""
    answer: bytes


@dataclass(frozen=True, slots=True)
class Stale:
    """`recorded_at` lies behind the published watermark: stamp the events anew and try again.

    A watermark promises that nothing earlier follows it, so the store refuses what would break it.
    """

    watermark: datetime


Outcome = Won | Conflict | Outdated | Replayed | Stale


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A stream's state at a version; advisory, the tail is always read."""

    version: int
    hash: bytes
    state: bytes


@dataclass(frozen=True, slots=True)
class History:
    """What a fold needs of a stream: its events from somewhere on, and where they end."""

    events: tuple[AnyEvent, ...]
    version: int
    """Of the last event; where there is none, the version that was asked after."""
    hash: bytes | None
    """Of the last event."""


class StoreUnavailable(Exception):
    """The store could not be reached for so long that the caller is told.

    After an append nobody knows whether it was stored: the same command sent again is answered rightly.
    """


class EventStore(Protocol):
    """A context's streams. Every implementation passes `tests/contracts/event_store.py`."""

    async def history(self, stream: str, *, after: int = 0) -> History:
        """Return what a fold needs of the stream's events with a version above `after`."""
        ...

    async def load(self, stream: str, *, after: int = 0) -> Sequence[Recorded]:
        """Return the stream's events with a version above `after`, in order."""
        ...

    async def read_all(self, *, after: int = 0, limit: int = 1_000) -> Sequence[Recorded]:
        """Return the next events of all streams above a position, in the order in which they were stored."""
        ...

    async def append(self, append: Append) -> Outcome:
        """Store all of it or nothing. Concurrent appends may share one transaction."""
        ...

    async def answered(self, key: IdempotencyKey) -> Replayed | None:
        """Return the first answer to a key of the same principal and route, if there is one."""
        ...

    async def snapshot(self, stream: str, shape: bytes) -> Snapshot | None:
        """Return the newest snapshot whose state has the given shape."""
        ...

    async def keep_snapshot(self, stream: str, shape: bytes, snapshot: Snapshot) -> None:
        """Keep a snapshot in place of older ones of the stream."""
        ...


class SuiteClock(Protocol):
    """The suite's time: the database's clock plus the demo offset, so that all processes agree."""

    async def now(self) -> datetime:
        """Return the moment in domain time, in UTC."""
        ...
