"""What is published of a stored event: the event itself, and its open copy where it has one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from opentelemetry.trace import INVALID_SPAN, Span

from schemas import topics
from schemas.base import canonical, encode
from schemas.cloudevents import Header, Stored, fixed_headers, moment, source
from schemas.cloudevents import encode as encode_event
from schemas.open_copies import open_copy, open_type
from schemas.registry import CONTRACTS
from schemas.suite import CHECKPOINT
from schemas.upcasting import UPCASTERS, upcast

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from schemas.suite import DeadLetter, Watermark

_SUITE = uuid5(NAMESPACE_URL, "urn:kycuong:suite")


@dataclass(frozen=True, slots=True)
class Message:
    """A message ready to be sent."""

    topic: str
    """Without prefix."""
    key: bytes | None
    value: bytes
    headers: list[Header]
    partition: int | None = None
    """Only where there is no key: the partition that it is meant for."""
    span: Span = INVALID_SPAN
    """Ends when it has arrived."""


def messages(stored: Stored, *, is_open: bool) -> list[Message]:
    """Return the messages of an event.

    Args:
        stored: the event.
        is_open: whether its stream has open copies at all.
    """
    type_, data = _current(stored)
    key = topics.key(type_, stored.stream, data).encode()
    headers, value = encode_event(stored)
    published = [Message(CONTRACTS[type_].topic, key, value, headers)]
    copy = open_copy(type_, data) if is_open else None
    if copy is not None:
        context = type_.partition(".")[0]
        published.append(Message(topics.OPEN[context], key, canonical(copy), _open_headers(stored, open_type(type_))))
    return published


def watermark(message: Watermark, topic: str, partition: int) -> Message:
    """Return a watermark for one partition."""
    headers = _suite_headers(message.type, message.context, message.through.isoformat(), topic, partition)
    return Message(topic, None, encode(message), headers, partition)


def checkpoint(context: str, number: int, value: bytes) -> Message:
    """Return a checkpoint; `value` are its canonical bytes, to which the next one is chained."""
    return Message(topics.CHECKPOINTS, context.encode(), value, _suite_headers(CHECKPOINT, context, number))


def dead_letter(message: DeadLetter, context: str, key: bytes) -> Message:
    """Return a dead letter of a context's worker."""
    place = (message.topic, message.partition, message.offset, message.tries, message.parked_at.isoformat())
    headers = _suite_headers(message.type, context, *place)
    return Message(topics.DEAD_LETTERS[context], key, encode(message), headers)


def _current(stored: Stored) -> tuple[str, Mapping[str, Any]]:
    """Topic and key are those of the current contract; the published value stays as it was written."""
    if stored.type not in UPCASTERS:
        return stored.type, stored.data
    data = upcast(stored.type, dict(stored.data))
    return data["type"], data


def _open_headers(stored: Stored, type_: str) -> list[Header]:
    """Neither actor nor hash: both could confirm a guess about a person."""
    return [
        *fixed_headers(type_, f"{source(type_)}/open"),
        ("ce_id", str(stored.event_id).encode()),
        ("ce_subject", stored.stream.encode()),
        ("ce_time", moment(stored.occurred_at)),
        ("ce_streamversion", str(stored.version).encode()),
    ]


def _suite_headers(type_: str, context: str, *name: object) -> list[Header]:
    """The same message, sent again after a crash, has the same id."""
    id_ = uuid5(_SUITE, "/".join(map(str, (type_, context, *name))))
    return [*fixed_headers(type_, f"/kycuong/{context}"), ("ce_id", str(id_).encode())]
