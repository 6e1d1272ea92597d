"""What stands around an event: who, why, when, and its place in its stream."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from schemas.base import Contract, Text

if TYPE_CHECKING:
    from schemas.registry import AnyEvent

Traceparent = Annotated[str, StringConstraints(pattern=r"^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$")]
"""W3C Trace Context, section 3.2, version 00."""


class EventMeta(Contract):
    """Who caused an event, and in which chain of causes it stands. Ids only."""

    actor: Annotated[Text, Field(max_length=200, description="The principal's id, or `policy:<name>`, or `clock`.")]
    correlation_id: Annotated[UUID, Field(description="The request at the beginning of the chain.")]
    causation_id: Annotated[UUID, Field(description="The command or event that caused this event.")]
    traceparent: Annotated[Traceparent | None, Field(description="W3C trace context.")] = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event as it stands in a stream."""

    position: int
    """Place in the context's store; commits in order. 0 in a store that has not assigned it yet."""
    event_id: UUID
    stream: str
    version: int
    """Place in its stream, from 1."""
    event: AnyEvent
    meta: EventMeta
    occurred_at: datetime
    recorded_at: datetime
    hash: bytes
    """SHA-256 over the previous event's hash and all of this one."""
