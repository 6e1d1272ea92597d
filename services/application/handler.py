"""The one generic handler: load, decide, append."""

from __future__ import annotations

import uuid
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import reduce
from typing import TYPE_CHECKING, Any, ClassVar, assert_never

import orjson

from schemas.base import encode
from schemas.envelope import EventMeta
from schemas.refusal import Refusal
from services.application import tracing
from services.application.chain import GENESIS, link
from services.application.coalescing import Coalesced
from services.application.grounds import Informed
from services.application.ports import (
    Append,
    Conflict,
    EventStore,
    IdempotencyKey,
    NewEvent,
    Outdated,
    Replayed,
    Seen,
    Snapshot,
    Stale,
    SuiteClock,
    Won,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas.base import Event
    from services.application.aggregate import Aggregate
    from services.application.grounds import Gather

_TRIES = 5
"""Bounded: a stream on which five tries in a row lose is contended beyond what a retry mends."""
_CACHED_STREAMS = 4_000
_SHARED_STREAMS = 1_000
_EPOCH = datetime.fromtimestamp(0, UTC)


@dataclass(unsafe_hash=True)
class ConcurrentChange(Refusal):
    """Somebody else changed it meanwhile; look at it again and decide anew."""

    stream: str
    current_version: int


@dataclass(unsafe_hash=True)
class VersionNotCurrent(Refusal):
    """The caller decided on a version (If-Match) that is no longer the current one."""

    expected_version: int
    current_version: int


@dataclass(unsafe_hash=True)
class IdempotencyKeyReused(Refusal):
    """The same key was used before with another body."""

    key: str


@dataclass(frozen=True, slots=True)
class Request:
    """Who sends a command, why, and under which name."""

    command_id: uuid.UUID
    actor: str
    correlation_id: uuid.UUID
    causation_id: uuid.UUID
    traceparent: str | None = None
    idempotency: IdempotencyKey | None = None
    expected_version: int | None = None
    """The version that the caller has seen (If-Match)."""
    retry_on_conflict: bool = False
    """The command means the same whatever came between: a lost race is decided anew."""
    occurred_at: datetime | None = None
    """When it happened, where that is not now: the cause's moment for a policy."""


@dataclass(frozen=True, slots=True)
class Done:
    """A command was carried out (or had been, under the same key)."""

    stream: str
    version: int
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class Loaded:
    """A stream's state, and what the next event is chained to."""

    state: Any
    version: int
    hash: bytes
    snapshot_version: int = 0


@dataclass
class Handler:
    """Carries out commands on any aggregate of one context.

    Holds no transaction while it loads and decides; the append is guarded by the version.
    States are cached by stream, and the tail is always read, so a refusal never rests on a
    state that another process has already left behind.
    """

    store: EventStore
    clock: SuiteClock
    _cache: OrderedDict[str, Loaded] = field(default_factory=OrderedDict)
    _shared: dict[str, Coalesced[Loaded]] = field(default_factory=dict)

    NEW: ClassVar[Loaded] = Loaded(None, 0, GENESIS)

    async def handle(
        self, aggregate: Aggregate[Any, Any, Any], id_: object, command: object | Gather, request: Request
    ) -> Done:
        """Decide the command on the stream's state and store what follows.

        A command whose facts may be refused, or may have changed until it is stored, is handed in as the function that
        gathers them: one that was carried out before gets its first answer, whatever has become of the facts since.

        Raises `Refusal` where the rules forbid it, `ConcurrentChange` where somebody else came
        first, `IdempotencyKeyReused` where the key was used with another body.
        """
        stream = aggregate.stream(id_)
        try:
            return await self._tried(aggregate, stream, command, request)
        except Refusal:
            # The command may have been carried out before: then its first answer stands.
            if (done := await self.replay(request)) is not None:
                return done
            raise

    async def replay(self, request: Request) -> Done | None:
        """Return the first answer to the request's idempotency key, if it was answered before."""
        if request.idempotency is None:
            return None
        replayed = await self.store.answered(request.idempotency)
        return None if replayed is None else _first_answer(replayed, request.idempotency)

    async def _tried(
        self, aggregate: Aggregate[Any, Any, Any], stream: str, command: object | Gather, request: Request
    ) -> Done:
        lost, earliest = ConcurrentChange(stream, 0), _EPOCH
        gathered = await _gathered(command)
        for _ in range(_TRIES):
            with tracing.within("load"):
                loaded = await self.load(aggregate, stream)
            if request.expected_version is not None and request.expected_version != loaded.version:
                raise VersionNotCurrent(request.expected_version, loaded.version)
            # A clock that was set back must not stop the suite: time goes on from what was promised.
            now = max(await self.clock.now(), earliest)
            with tracing.within(f"decide {_name(gathered)}"):
                append, after = prepare(aggregate, stream, loaded, gathered, request, now)
            with tracing.within("append"):
                outcome = await self.store.append(append)
            match outcome:
                case Won():
                    await self._remember(aggregate, stream, after)
                    return Done(stream, after.version)
                case Replayed() as replayed:
                    return _first_answer(replayed, request.idempotency)
                case Stale(watermark):
                    lost, earliest = ConcurrentChange(stream, loaded.version), watermark + timedelta(microseconds=1)
                case Outdated(other, version):
                    lost = ConcurrentChange(other, version)
                    gathered = await _gathered(command)
                case Conflict(version):
                    lost = ConcurrentChange(stream, version)
                    self._cache.pop(stream, None)
                    if not request.retry_on_conflict:
                        break
                case _:
                    assert_never(outcome)
        raise lost

    async def load(self, aggregate: Aggregate[Any, Any, Any], stream: str) -> Loaded:
        """Return the stream's state as of now: cached or from a snapshot, and the tail."""
        known = self._cache.get(stream)
        if known is None and aggregate.snapshot_every is not None:
            kept = await self.store.snapshot(stream, aggregate.shape)
            if kept is not None:
                known = Loaded(aggregate.thaw(kept.state), kept.version, kept.hash, kept.version)
        if known is None:
            known = Loaded(aggregate.initial, 0, GENESIS)
        tail = await self.store.history(stream, after=known.version)
        if tail.hash is not None:
            state = reduce(aggregate.evolve, tail.events, known.state)
            known = Loaded(state, tail.version, tail.hash, known.snapshot_version)
        self._keep(stream, known)
        return known

    async def shared(self, aggregate: Aggregate[Any, Any, Any], stream: str) -> Loaded:
        """The same as `load`, for a stream that many ask for at once and few change: they share a reading."""
        reading = self._shared.get(stream)
        if reading is None:
            if len(self._shared) >= _SHARED_STREAMS:
                self._shared.clear()
            reading = self._shared[stream] = Coalesced(lambda: self.load(aggregate, stream))
        return await reading()

    def _keep(self, stream: str, loaded: Loaded) -> None:
        self._cache[stream] = loaded
        self._cache.move_to_end(stream)
        if len(self._cache) > _CACHED_STREAMS:
            self._cache.popitem(last=False)

    async def _remember(self, aggregate: Aggregate[Any, Any, Any], stream: str, after: Loaded) -> None:
        grown = after.version - after.snapshot_version
        if aggregate.snapshot_every is not None and grown >= aggregate.snapshot_every:
            kept = Snapshot(after.version, after.hash, aggregate.freeze(after.state))
            await self.store.keep_snapshot(stream, aggregate.shape, kept)
            after = Loaded(after.state, after.version, after.hash, after.version)
        self._keep(stream, after)


def _name(command: object) -> str:
    return type(command.command if isinstance(command, Informed) else command).__name__


async def _gathered(command: object | Gather) -> object:
    return await command() if callable(command) else command


def prepare(
    aggregate: Aggregate[Any, Any, Any],
    stream: str,
    loaded: Loaded,
    command: object,
    request: Request,
    now: datetime,
) -> tuple[Append, Loaded]:
    """Decide a command and return the append that carries it out, with the state after it."""
    rests_on: tuple[Seen, ...] = ()
    if isinstance(command, Informed):
        rests_on, command = command.rests_on, command.command
    decided = aggregate.decide(command, loaded.state)
    meta = encode(
        EventMeta(
            actor=request.actor,
            correlation_id=request.correlation_id,
            causation_id=request.causation_id,
            traceparent=request.traceparent,
        )
    )
    events, after = chain(aggregate, stream, loaded, decided, request, meta, now)
    append = Append(
        stream=stream,
        expected_version=loaded.version,
        events=events,
        views=aggregate.rows(after.state, after.version, now) if events else (),
        idempotency=request.idempotency,
        answer=orjson.dumps({"stream": stream, "version": after.version}),
        rests_on=rests_on,
    )
    return append, after


def chain(
    aggregate: Aggregate[Any, Any, Any],
    stream: str,
    loaded: Loaded,
    decided: Sequence[Event],
    request: Request,
    meta: bytes,
    now: datetime,
) -> tuple[tuple[NewEvent, ...], Loaded]:
    """Number, encode and hash what was decided; return it with the state after it."""
    state, version, previous = loaded.state, loaded.version, loaded.hash
    occurred_at = request.occurred_at or now
    events = []
    for index, event in enumerate(decided):
        version += 1
        event_id = uuid.uuid5(request.command_id, str(index))
        data = encode(event)
        previous = link(
            previous,
            stream=stream,
            version=version,
            event_id=event_id,
            type_=event.type,
            occurred_at=occurred_at,
            recorded_at=now,
            meta=meta,
            data=data,
        )
        events.append(NewEvent(event_id, version, event.type, data, meta, occurred_at, now, previous))
        state = aggregate.evolve(state, event)
    return tuple(events), Loaded(state, version, previous, loaded.snapshot_version)


def _first_answer(replayed: Replayed, key: IdempotencyKey | None) -> Done:
    if key is not None and replayed.body_sha256 != key.body_sha256:
        raise IdempotencyKeyReused(key.key)
    answer = orjson.loads(replayed.answer)
    return Done(answer["stream"], answer["version"], replayed=True)
