"""Messages of the suite about itself: not events of a case, and in no stream."""

from __future__ import annotations

from typing import Annotated, Final, Literal
from uuid import UUID

from pydantic import Field

from schemas.base import MAX_EXACT_INTEGER, Contract, EventType, Moment, Number, Sha256, Text

WATERMARK: Final = "suite.watermark.v1"
CHECKPOINT: Final = "suite.checkpoint.v1"
DEAD_LETTER: Final = "suite.dead_letter.v1"

Count = Annotated[int, Field(ge=0, le=MAX_EXACT_INTEGER)]

FIRST = "0" * 64
"""Stands for the checkpoint before the first one."""

Context = Annotated[str, Field(pattern=r"^[a-z]+$", description="The context that says it.")]


class Watermark(Contract):
    """Every event of the context recorded at or before `through`, for this partition, stands before this message."""

    type: Literal["suite.watermark.v1"] = WATERMARK
    context: Context
    through: Annotated[Moment, Field(description="In domain time.")]


class Head(Contract):
    """The last event of a stream, and through its hash all events before it."""

    stream: Annotated[Text, Field(description="The stream.")]
    version: Annotated[Number, Field(description="Version of its last event.")]
    hash: Annotated[Sha256, Field(description="That event's hash.")]


class Checkpoint(Contract):
    """The heads that changed since the checkpoint before, to which it is chained: proof from outside the store.

    Whoever keeps the last checkpoint can prove that no event before it was changed, removed or swapped.
    """

    type: Literal["suite.checkpoint.v1"] = CHECKPOINT
    context: Context
    number: Annotated[Number, Field(description="First, second, … checkpoint of the context.")]
    previous: Annotated[Sha256, Field(description="SHA-256 of the one before; zeros before the first.")]
    position: Annotated[Count, Field(description="It covers the events up to this position of the context's store.")]
    heads: Annotated[tuple[Head, ...], Field(min_length=1, description="Streams that grew, by name.")]


class DeadLetter(Contract):
    """A message that a worker has given up on; it waits for an operator. Its content stays where it was."""

    type: Literal["suite.dead_letter.v1"] = DEAD_LETTER
    consumer: Annotated[Text, Field(description="Who could not handle it.")]
    topic: Annotated[Text, Field(description="Where it stands.")]
    partition: Annotated[Count, Field(description="In which partition.")]
    offset: Annotated[Count, Field(description="At which offset.")]
    event_id: Annotated[UUID | None, Field(description="The event, where the message could be read so far.")]
    event_type: Annotated[EventType | None, Field(description="Its type, likewise.")]
    error: Annotated[Text, Field(description="What went wrong, without any of the content.")]
    tries: Annotated[Count, Field(description="How often it was tried.")]
    parked_at: Annotated[Moment, Field(description="When it first failed, in real time.")]
