"""What the generic handler knows of an aggregate: its decider, its views, its snapshots."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import orjson
from pydantic import TypeAdapter

from services.application.ports import ViewRow

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from schemas.base import Event

S = TypeVar("S")
C = TypeVar("C")
E = TypeVar("E", bound="Event")

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Aggregate(Generic[S, C, E]):
    """A pure decider bound to its place in a context's store.

    `decide(command, state)` returns what happens or raises a `Refusal`; `evolve(state, event)`
    is total over the union of the aggregate's events.
    """

    context: str
    category: str
    """Streams are named `<category>-<id>`."""
    initial: S
    decide: Callable[[C, S], Sequence[E]]
    evolve: Callable[[S, E], S]
    views: Mapping[str, Callable[[S], Row]] = field(default_factory=dict)
    """Inline views: table → the row that a state shows there."""
    snapshot_every: int | None = None
    """Keep a snapshot when a stream has grown by so many events since the last one."""

    def stream(self, aggregate_id: object) -> str:
        """Return the name of the stream."""
        return f"{self.category}-{aggregate_id}"

    def rows(self, state: S, version: int, recorded_at: datetime) -> tuple[ViewRow, ...]:
        """Return the inline views' rows of a state."""
        stamp = {"version": version, "updated_at": recorded_at}
        return tuple(ViewRow(table, orjson.dumps({**row(state), **stamp})) for table, row in self.views.items())

    @cached_property
    def _adapter(self) -> TypeAdapter[S]:
        return TypeAdapter(type(self.initial))

    @cached_property
    def shape(self) -> bytes:
        """Return a fingerprint of the state's type: a snapshot of another shape is discarded."""
        schema = orjson.dumps(self._adapter.json_schema(), option=orjson.OPT_SORT_KEYS)
        return hashlib.sha256(schema).digest()

    def freeze(self, state: S) -> bytes:
        """Return a state as JSON."""
        return self._adapter.dump_json(state)

    def thaw(self, state: bytes) -> S:
        """Return a state from its JSON."""
        return self._adapter.validate_json(state)
