"""Alerts of a round, read and written many at a time."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import reduce
from itertools import islice
from typing import TYPE_CHECKING, cast
from uuid import UUID, uuid5

from opentelemetry.trace import INVALID_SPAN, Span

from notifier.alerts.state import Alert
from schemas.envelope import EventMeta
from schemas.registry import decode
from services.application import tracing
from services.application.handler import Handler, Loaded, Request, prepare
from services.application.notifier import ALERT
from services.application.ports import Won

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from asyncpg import Connection, Record

    from notifier.alerts.commands import Command
    from notifier.rules.wait import Mark
    from schemas.notifier.alerts import AnyAlertEvent
    from services.adapters.postgres.store import PostgresStore
    from services.application.ports import Append

_HISTORIES = """
select stream, array_agg(type order by version) as types, array_agg(data::text order by version) as data,
    max(version) as version, (array_agg(hash order by version desc))[1] as hash,
    (array_agg(event_id order by version))[1] as opened_by, (array_agg(meta::text order by version))[1] as meta
from events where stream = any($1::text[]) group by stream
"""
ACTOR = "clock"
PART = 200
"""Alerts of a round that are written together."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What an alert's events are caused by, and the request at the beginning of it all."""

    causation_id: UUID
    correlation_id: UUID
    traceparent: str | None

    @classmethod
    def of(cls, mark: Mark) -> Origin:
        """An opening is caused by the event that began the wait."""
        return cls(mark.event_id, mark.correlation_id, mark.traceparent)


@dataclass(frozen=True, slots=True)
class Read:
    """An alert as it stands."""

    loaded: Loaded
    origin: Origin
    """Of everything after the opening: the opening itself."""

    @property
    def alert(self) -> Alert:
        """Its state."""
        state: Alert = self.loaded.state
        return state


NOT_OPENED = Loaded(ALERT.initial, Handler.NEW.version, Handler.NEW.hash)


async def read(connection: Connection[Record], ids: Iterable[UUID]) -> dict[UUID, Read]:
    """The alerts that have been opened."""
    streams = {ALERT.stream(id_): id_ for id_ in ids}
    if not streams:
        return {}
    rows = await connection.fetch(_HISTORIES, list(streams))
    return {streams[row["stream"]]: _read(row) for row in rows}


def _read(row: Record) -> Read:
    events = cast("list[AnyAlertEvent]", [*map(decode, row["types"], row["data"])])
    state = reduce(ALERT.evolve, events, ALERT.initial)
    meta = EventMeta.model_validate_json(row["meta"])
    origin = Origin(row["opened_by"], meta.correlation_id, meta.traceparent)
    return Read(Loaded(state, row["version"], row["hash"]), origin)


@dataclass(frozen=True, slots=True)
class Act:
    """A command on an alert, in a round of the clock."""

    alert_id: UUID
    loaded: Loaded
    command: Command
    origin: Origin
    span: Span = INVALID_SPAN
    """Of this act, where the trace of what it goes back to is kept."""

    @property
    def traceparent(self) -> str | None:
        """The span that what follows belongs to."""
        return tracing.traceparent(self.span) if self.span.is_recording() else self.origin.traceparent

    @property
    def command_id(self) -> UUID:
        """The same however often the round is tried."""
        return uuid5(self.alert_id, f"{ACTOR}/{self.loaded.version + 1}")

    @property
    def event_id(self) -> UUID:
        """Of the event that it leads to."""
        return uuid5(self.command_id, "0")


async def carry_out(
    connection: Connection[Record], store: PostgresStore, acts: Iterable[Act], now: datetime
) -> list[tuple[Act, Alert]]:
    """Store what the commands decide, in the caller's transaction; return the alerts that changed, as they are then.

    One that is not as it was read is left alone: it can only be an alert that was opened before. The next part is
    worked out while the database still writes the one before; `acts` may be as lazy as it likes.
    """
    changed: list[tuple[Act, Alert]] = []
    writing: asyncio.Task[list[tuple[Act, Alert]]] | None = None
    remaining = iter(acts)
    while part := list(islice(remaining, PART)):
        prepared = [(act, *prepare(ALERT, _stream(act), act.loaded, act.command, _request(act), now)) for act in part]
        if writing is not None:
            changed += await writing
        writing = asyncio.create_task(_append(connection, store, prepared))
        await asyncio.sleep(0)  # it is sent now, and answered while the next part is worked out
    return changed if writing is None else changed + await writing


async def _append(
    connection: Connection[Record], store: PostgresStore, prepared: Sequence[tuple[Act, Append, Loaded]]
) -> list[tuple[Act, Alert]]:
    wanted = [(act, append, after.state) for act, append, after in prepared if append.events]
    outcomes = await store.append_within(connection, [append for _, append, _ in wanted])
    return [(act, state) for (act, _, state), won in zip(wanted, outcomes, strict=True) if isinstance(won, Won)]


def _stream(act: Act) -> str:
    return ALERT.stream(act.alert_id)


def _request(act: Act) -> Request:
    origin = act.origin
    return Request(
        command_id=act.command_id,
        actor=ACTOR,
        correlation_id=origin.correlation_id,
        causation_id=origin.causation_id,
        traceparent=act.traceparent,
    )
