"""Commands of a batch, folded per stream: each decides on what those before it left behind."""

from __future__ import annotations

from collections import Counter, OrderedDict
from typing import TYPE_CHECKING, Any

from schemas.base import canonical
from schemas.registry import decode
from services.application.chain import GENESIS
from services.application.handler import Loaded, Request, chain
from services.application.ports import Append, Snapshot
from services.application.reactions import command_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from asyncpg import Connection, Record

    from schemas.envelope import Recorded
    from schemas.registry import AnyEvent
    from services.adapters.postgres.store import PostgresStore
    from services.application.aggregate import Aggregate
    from services.application.ports import NewEvent
    from services.application.reactions import Reaction

    AnyAggregate = Aggregate[Any, Any, Any]

CACHED_STREAMS = 20_000

_TAILS = """
    select known.stream, tail.version, tail.type, tail.data, tail.hash
    from unnest($1::text[], $2::integer[]) as known(stream, version)
    cross join lateral (
        select e.version, e.type, e.data, e.hash from events e
        where e.stream = known.stream and e.version > known.version order by e.version
    ) as tail"""
"""Lateral, and ordered inside: an index scan a stream, whatever the planner believes of a table that grows."""
_SNAPSHOTS = """
    select stream, version, hash, state from snapshots
    join unnest($1::text[], $2::bytea[]) as known(stream, shape) using (stream, shape)"""


class States:
    """The states of streams as last seen; each use reads the tails first, so none is older than its transaction."""

    def __init__(self, store: PostgresStore) -> None:
        self._store = store
        self._seen: OrderedDict[str, Loaded] = OrderedDict()

    async def fresh(
        self, connection: Connection[Record], wanted: Mapping[str, AnyAggregate], *, keep: bool
    ) -> dict[str, Loaded]:
        """Return the states of streams as of now; keep them only where all that is read is committed."""
        if not wanted:
            return {}
        found = await self._known(connection, wanted)
        versions = [loaded.version for loaded in found.values()]
        for stream, version, type_, data, hash_ in await connection.fetch(_TAILS, list(found), versions):
            before = found[stream]
            state = wanted[stream].evolve(before.state, decode(type_, data))
            found[stream] = Loaded(state, version, hash_, before.snapshot_version)
        if keep:
            self._keep(found)
        return found

    async def committed(self, states: Mapping[str, Loaded], aggregates: Mapping[str, AnyAggregate]) -> None:
        """Keep states that are committed now, and snapshots of long streams."""
        kept = dict(states)
        for stream, loaded in states.items():
            aggregate = aggregates[stream]
            grown = loaded.version - loaded.snapshot_version
            if aggregate.snapshot_every is not None and grown >= aggregate.snapshot_every:
                snapshot = Snapshot(loaded.version, loaded.hash, aggregate.freeze(loaded.state))
                await self._store.keep_snapshot(stream, aggregate.shape, snapshot)
                kept[stream] = Loaded(loaded.state, loaded.version, loaded.hash, loaded.version)
        self._keep(kept)

    def _keep(self, states: Mapping[str, Loaded]) -> None:
        for stream, loaded in states.items():
            self._seen[stream] = loaded
            self._seen.move_to_end(stream)
        while len(self._seen) > CACHED_STREAMS:
            self._seen.popitem(last=False)

    def forget(self, streams: Iterable[str]) -> None:
        """Read these streams anew the next time."""
        for stream in streams:
            self._seen.pop(stream, None)

    async def _known(self, connection: Connection[Record], wanted: Mapping[str, AnyAggregate]) -> dict[str, Loaded]:
        found = {
            stream: self._seen.get(stream) or Loaded(aggregate.initial, 0, GENESIS)
            for stream, aggregate in wanted.items()
        }
        long = [stream for stream in wanted if stream not in self._seen and wanted[stream].snapshot_every is not None]
        if long:
            shapes = [wanted[stream].shape for stream in long]
            for stream, version, hash_, state in await connection.fetch(_SNAPSHOTS, long, shapes):
                found[stream] = Loaded(wanted[stream].thaw(state.encode()), version, hash_, version)
        return found


class Fold:
    """The commands of several messages, decided in order on states that only this transaction sees.

    Args:
        states: the streams that the commands are about, as of now.
        now: the moment that the events are stamped with, in domain time.
        given: how many commands each policy has given so far for each cause; goes on counting.
    """

    def __init__(
        self, states: Mapping[str, Loaded], now: datetime, given: Counter[tuple[UUID, str]] | None = None
    ) -> None:
        self._before = dict(states)
        self.now = now
        self.given: Counter[tuple[UUID, str]] = Counter() if given is None else given
        self._after: dict[str, Loaded] = {}
        self._events: dict[str, list[NewEvent]] = {}
        self._aggregates: dict[str, AnyAggregate] = {}

    def knows(self, stream: str) -> bool:
        """Return whether the stream's state is known."""
        return stream in self._before

    def learn(self, states: Mapping[str, Loaded]) -> None:
        """Take in the states of further streams, as of now."""
        self._before.update(states)

    def carry_out(self, cause: Recorded, reactions: Sequence[Reaction]) -> list[AnyEvent]:
        """Decide the commands that a message gave rise to, all or none; return what happens.

        Raises whatever a decider raises; then nothing of this message is left behind.
        """
        staged: dict[str, Loaded] = {}
        decided: list[tuple[str, AnyAggregate, tuple[NewEvent, ...]]] = []
        given: Counter[tuple[UUID, str]] = Counter()
        happened: list[AnyEvent] = []
        for reaction in reactions:
            aggregate = reaction.aggregate
            stream = aggregate.stream(reaction.id)
            loaded = staged.get(stream) or self._after.get(stream) or self._before[stream]
            number = cause.event_id, reaction.policy
            request = _request(cause, reaction.policy, self.given[number] + given[number])
            given[number] += 1
            events = aggregate.decide(reaction.command, loaded.state)
            stored, staged[stream] = chain(aggregate, stream, loaded, events, request, _meta(request), self.now)
            decided.append((stream, aggregate, stored))
            happened += events
        self.given.update(given)
        self._after.update(staged)
        for stream, aggregate, stored in decided:
            self._aggregates[stream] = aggregate
            self._events.setdefault(stream, []).extend(stored)
        return happened

    def appends(self) -> list[Append]:
        """Return what to store: one append a stream that grew."""
        found = []
        for stream, events in self._events.items():
            if events:
                after = self._after[stream]
                views = self._aggregates[stream].rows(after.state, after.version, self.now)
                found.append(Append(stream, self._before[stream].version, tuple(events), views))
        return found

    def stored(self) -> None:
        """What `appends` returned is stored; what is decided from now on follows it."""
        self._before.update(self._after)
        self._events.clear()

    @property
    def after(self) -> Mapping[str, Loaded]:
        """The states of the streams that commands were about, once it is committed."""
        return self._after

    @property
    def aggregates(self) -> Mapping[str, AnyAggregate]:
        """What those streams are."""
        return self._aggregates


def wanted(reactions: Iterable[Reaction]) -> dict[str, AnyAggregate]:
    """Return the streams that commands are about."""
    return {reaction.aggregate.stream(reaction.id): reaction.aggregate for reaction in reactions}


def _request(cause: Recorded, policy: str, index: int) -> Request:
    return Request(
        command_id=command_id(cause.event_id, policy, index),
        actor=f"policy:{policy}",
        correlation_id=cause.meta.correlation_id,
        causation_id=cause.event_id,
        traceparent=cause.meta.traceparent,
        occurred_at=cause.occurred_at,
    )


def _meta(request: Request) -> bytes:
    """The canonical bytes of an `EventMeta` whose parts come from one already."""
    return canonical(
        {
            "actor": request.actor,
            "causation_id": str(request.causation_id),
            "correlation_id": str(request.correlation_id),
            "traceparent": request.traceparent,
        }
    )
