"""A message as a worker takes it: its place first, which even a message that cannot be read has."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from opentelemetry.trace import INVALID_SPAN, Span
from pydantic import ValidationError

from schemas.cloudevents import ID, SUBJECT, TYPE, VERSION, NotAnEvent, decode
from schemas.suite import WATERMARK, Watermark
from services.adapters.kafka.traces import carried_on

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from schemas.cloudevents import Header
    from schemas.envelope import Recorded
    from services.adapters.kafka.queue import Key
    from services.application.reactions import React, Reaction

_LONGEST_STREAM = 500
_LARGEST_VERSION = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Mark:
    """A watermark as a worker takes it."""

    topic: str
    partition: int
    through: datetime


@dataclass(slots=True)
class Taken:
    """A message; what a policy wants because of it, or why it cannot be handled."""

    topic: str
    """Without prefix."""
    partition: int
    offset: int
    key: bytes
    headers: Sequence[Header]
    value: bytes | None
    stream: str | None = None
    version: int | None = None
    recorded: Recorded | None = None
    reactions: Sequence[Reaction] = ()
    fault: Exception | None = None
    attributes: dict[str, bytes] = field(default_factory=dict)
    span: Span = INVALID_SPAN
    """Of its handling, where its trace is kept."""

    @property
    def place(self) -> Key:
        """What it has to stay in order with."""
        return self.topic, self.key

    @property
    def event_id(self) -> str | None:
        """The event's id as the message says it, read or not."""
        return _text(self.attributes.get(ID))

    @property
    def type(self) -> str | None:
        """The event's type as the message says it, read or not."""
        return _text(self.attributes.get(TYPE))


def take(
    topic: str, partition: int, offset: int, key: bytes | None, headers: Sequence[Header], value: bytes | None
) -> Taken | Mark:
    """Return a message with its place, or a watermark."""
    headers = [(name, content or b"") for name, content in headers]  # Kafka knows headers without a value
    attributes = dict(headers)
    if attributes.get(TYPE) == WATERMARK.encode() and value is not None:
        try:
            return Mark(topic, partition, Watermark.model_validate_json(value).through)
        except ValidationError:
            pass  # parked like anything else that cannot be read
    # What has no key keeps nobody waiting: it is one of a kind.
    named = f"{partition}/{offset}".encode() if key is None else key
    taken = Taken(topic, partition, offset, named, headers, value, attributes=attributes)
    taken.stream, taken.version = _stands(attributes)
    return taken


def understand(taken: Taken, react: React) -> None:
    """Read a message and ask the policies; what goes wrong is kept as its fault."""
    if taken.stream is None or taken.value is None:
        taken.fault = NotAnEvent("neither stream nor version" if taken.stream is None else "no value")
        return
    try:
        taken.recorded = carried_on(decode(taken.headers, taken.value), taken.span)
        taken.reactions = tuple(react(taken.recorded))
    except Exception as fault:  # noqa: BLE001 - whatever a policy raises parks this message and no other
        taken.fault = fault


def _stands(attributes: dict[str, bytes]) -> tuple[str, int] | tuple[None, None]:
    """Where an event stands in its stream; nowhere, if that could not even be written down."""
    try:
        stream, version = attributes[SUBJECT].decode(), int(attributes[VERSION])
    except (KeyError, ValueError):
        return None, None
    sound = 0 < len(stream) <= _LONGEST_STREAM and "\x00" not in stream and 0 < version <= _LARGEST_VERSION
    return (stream, version) if sound else (None, None)


def _text(value: bytes | None) -> str | None:
    return None if value is None else value.decode(errors="replace").replace("\x00", "")[:200]
