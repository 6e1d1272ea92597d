"""A whole event store in memory: passes the same contract as the one on PostgreSQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson

from schemas.envelope import EventMeta, Recorded
from schemas.registry import decode
from services.application.ports import (
    Append,
    Conflict,
    History,
    IdempotencyKey,
    NewEvent,
    Outcome,
    Outdated,
    Replayed,
    Snapshot,
    Stale,
    Won,
)

Key = tuple[str, str, str]


class MemoryStore:
    """One context's streams; `views` shows the inline views by table and id."""

    def __init__(self) -> None:
        self.events: list[Recorded] = []
        self.views: dict[str, dict[Any, dict[str, Any]]] = defaultdict(dict)
        self._streams: dict[str, list[Recorded]] = defaultdict(list)
        self._by_id: dict[UUID, Recorded] = {}
        self._answers: dict[Key, Replayed] = {}
        self._snapshots: dict[str, tuple[bytes, Snapshot]] = {}
        self._watermark = datetime(1970, 1, 1, tzinfo=UTC)

    def fork(self) -> MemoryStore:
        """Another store that begins with the same history."""
        made = MemoryStore()
        made.events = list(self.events)
        for table, rows in self.views.items():
            made.views[table] = dict(rows)
        for stream, recorded in self._streams.items():
            made._streams[stream] = list(recorded)
        made._by_id, made._answers, made._snapshots = dict(self._by_id), dict(self._answers), dict(self._snapshots)
        made._watermark = self._watermark
        return made

    def promise(self, through: datetime) -> None:
        """Let nothing more be recorded at or before a moment, as a relay does with its watermark."""
        self._watermark = max(through, self._watermark)

    async def history(self, stream: str, *, after: int = 0) -> History:
        tail = self._streams[stream][after:]
        if not tail:
            return History((), after, None)
        return History(tuple(recorded.event for recorded in tail), tail[-1].version, tail[-1].hash)

    async def load(self, stream: str, *, after: int = 0) -> Sequence[Recorded]:
        return self._streams[stream][after:]

    async def read_all(self, *, after: int = 0, limit: int = 1_000) -> Sequence[Recorded]:
        return self.events[after : after + limit]

    async def append(self, append: Append) -> Outcome:
        if append.events and (first := self._by_id.get(append.events[0].event_id)) is not None:
            if first.hash == append.events[0].hash:
                return Won(self._last_of(first).position)
            return self._answered(append.idempotency) or self._told_by_events(first)
        if (replayed := self._answered(append.idempotency)) is not None:
            return replayed
        return self._lost(append) or self._store(append)

    async def answered(self, key: IdempotencyKey) -> Replayed | None:
        return self._answered(key)

    async def snapshot(self, stream: str, shape: bytes) -> Snapshot | None:
        kept_shape, kept = self._snapshots.get(stream, (b"", None))
        return kept if kept_shape == shape else None

    async def keep_snapshot(self, stream: str, shape: bytes, snapshot: Snapshot) -> None:
        kept_shape, kept = self._snapshots.get(stream, (b"", None))
        if kept is None or kept_shape != shape or kept.version < snapshot.version:
            self._snapshots[stream] = (shape, snapshot)

    def _lost(self, append: Append) -> Outcome | None:
        if not append.events:
            return None
        if append.events[0].recorded_at <= self._watermark:
            return Stale(self._watermark)
        if append.expected_version != len(self._streams[append.stream]):
            return Conflict(len(self._streams[append.stream]))
        moved = (seen for seen in append.rests_on if seen.version != len(self._streams[seen.stream]))
        return next((Outdated(seen.stream, len(self._streams[seen.stream])) for seen in moved), None)

    def _answered(self, key: IdempotencyKey | None) -> Replayed | None:
        return None if key is None else self._answers.get((key.principal, key.route, key.key))

    def _store(self, append: Append) -> Won:
        stored = [self._add(append.stream, event) for event in append.events]
        for view in append.views:
            row = orjson.loads(view.row)
            self.views[view.table][row["id"]] = row
        if (key := append.idempotency) is not None:
            self._answers[key.principal, key.route, key.key] = Replayed(key.body_sha256, append.answer)
        return Won(stored[-1].position if stored else 0)

    def _add(self, stream: str, event: NewEvent) -> Recorded:
        recorded = Recorded(
            position=len(self.events) + 1,
            event_id=event.event_id,
            stream=stream,
            version=event.version,
            event=decode(event.type, event.data),
            meta=EventMeta.model_validate_json(event.meta),
            occurred_at=event.occurred_at,
            recorded_at=event.recorded_at,
            hash=event.hash,
        )
        self.events.append(recorded)
        self._streams[stream].append(recorded)
        self._by_id[event.event_id] = recorded
        return recorded

    def _told_by_events(self, first: Recorded) -> Replayed:
        last = self._last_of(first)
        return Replayed(None, orjson.dumps({"stream": last.stream, "version": last.version}))

    def _last_of(self, first: Recorded) -> Recorded:
        own = [
            recorded
            for recorded in self._streams[first.stream][first.version - 1 :]
            if (recorded.recorded_at, recorded.meta) == (first.recorded_at, first.meta)
        ]
        return own[-1]
