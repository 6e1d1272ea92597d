"""Spans of what goes over Kafka (OpenTelemetry's semantic conventions for messaging).

A message that is sent gets a span below the one that its event's metadata names, and carries its name in the header
`traceparent`; `ce_traceparent` stays what the store says. Whoever takes the message goes on below that span, and a
batch has a span of its own that is linked with all of them. A message without the header is handled like any other.

Only an event that has an open copy leaves a span: of drafts, plans and everything about reviews a trace store, which
more people read than the topics, learns no more than of the request.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from opentelemetry.trace import SpanKind

from services.application import tracing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from opentelemetry.trace import Span

    from schemas.cloudevents import Stored
    from schemas.envelope import Recorded
    from services.adapters.kafka.publication import Message
    from services.adapters.kafka.taking import Taken

HEADER = "traceparent"


def sending(stored: Stored, messages: Sequence[Message]) -> Sequence[Message]:
    """Begin the span of an event's message, which ends when it has arrived; return the messages as they are sent."""
    parent = tracing.sampled(stored.meta.get("traceparent"))
    if parent is None or len(messages) == 1:
        return messages
    event, *copies = messages
    span = tracing.begin(
        f"send {event.topic}",
        kind=SpanKind.PRODUCER,
        parent=parent,
        attributes={**_operation("send", event.topic), "kycuong.event.type": stored.type},
    )
    headers = [*event.headers, (HEADER, tracing.traceparent(span).encode())]
    return [replace(event, headers=headers, span=span), *copies]


def arrived(span: Span, partition: int, offset: int) -> None:
    """End the span of a message that the broker has."""
    place: tracing.Attributes = {"messaging.destination.partition.id": str(partition), "messaging.kafka.offset": offset}
    tracing.end(span, attributes=place)


@dataclass(frozen=True, slots=True)
class Batch:
    """The spans of a batch of messages: one of the batch, and one of each message that is traced."""

    span: Span
    messages: Sequence[Taken]

    def committed(self, handled: Sequence[Taken], parked: Sequence[Taken] = ()) -> None:
        """The batch is committed; what is neither handled nor parked came before."""
        became = {id(message): "handled" for message in handled} | {id(message): "parked" for message in parked}
        for message in self.messages:
            tracing.end(message.span, message.fault, {"kycuong.outcome": became.get(id(message), "duplicate")})
        tracing.end(self.span)

    def failed(self, fault: BaseException) -> None:
        """Nothing of it is committed, or nobody knows."""
        for span in (*(message.span for message in self.messages), self.span):
            tracing.end(span, fault)


def taking(consumer: str, messages: Sequence[Taken]) -> Batch | None:
    """Begin the spans of a batch; None where none of its messages is traced."""
    sent = [(message, parent) for message in messages if (parent := tracing.sampled(_header(message))) is not None]
    if not sent:
        return None
    group: tracing.Attributes = {"messaging.consumer.group.name": consumer}
    batch = tracing.begin(
        f"process {consumer}",
        kind=SpanKind.CONSUMER,
        links=[parent for _, parent in sent],
        attributes={**_operation("process"), **group, "messaging.batch.message_count": len(messages)},
    )
    links = [batch.get_span_context()] if batch.is_recording() else []
    for message, parent in sent:
        type_: tracing.Attributes = {} if message.type is None else {"kycuong.event.type": message.type}
        message.span = tracing.begin(
            f"process {message.topic}",
            kind=SpanKind.CONSUMER,
            parent=parent,
            links=links,
            attributes={**_operation("process", message.topic), **group, **type_},
        )
    return Batch(batch, [message for message, _ in sent])


def carried_on(recorded: Recorded, span: Span) -> Recorded:
    """The event as whoever reacts to it sees it: what follows belongs to the span in which it is handled."""
    if not span.is_recording():
        return recorded
    return replace(recorded, meta=recorded.meta.model_copy(update={"traceparent": tracing.traceparent(span)}))


def _operation(name: str, topic: str | None = None) -> tracing.Attributes:
    told: tracing.Attributes = {
        "messaging.system": "kafka",
        "messaging.operation.name": name,
        "messaging.operation.type": name,
    }
    return told if topic is None else {**told, "messaging.destination.name": topic}


def _header(message: Taken) -> str | None:
    value = message.attributes.get(HEADER)
    return None if value is None else value.decode(errors="replace")
