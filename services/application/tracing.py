"""Spans: which part of a request or of a message took how long, and what it led to in other processes.

A process that was not told where to send them has no tracer, and then nothing is begun. The tracer is our own and not
OpenTelemetry's global one: no library can send anything of its own along.

What a span may say is the list `ATTRIBUTES`: names of routes, topics, kinds and outcomes. No person, no case, no
agency, no text, no address of a caller, and no words of an exception.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal, get_args

from opentelemetry.context import Context
from opentelemetry.trace import (
    INVALID_SPAN,
    Link,
    NonRecordingSpan,
    SpanContext,
    SpanKind,
    Status,
    StatusCode,
    TraceFlags,
    get_current_span,
    set_span_in_context,
    use_span,
)

from schemas.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from opentelemetry.trace import Span, Tracer

Attribute = Literal[
    "error.type",
    "http.request.method",
    "http.response.status_code",
    "http.route",
    "kycuong.attempt",
    "kycuong.channel",
    "kycuong.command",
    "kycuong.context",
    "kycuong.event.type",
    "kycuong.outcome",
    "kycuong.refusal",
    "kycuong.rule",
    "messaging.batch.message_count",
    "messaging.consumer.group.name",
    "messaging.destination.name",
    "messaging.destination.partition.id",
    "messaging.kafka.offset",
    "messaging.operation.name",
    "messaging.operation.type",
    "messaging.system",
]
ATTRIBUTES = frozenset(get_args(Attribute))
Attributes = dict[Attribute, str | int]

_TRACEPARENT = re.compile(r"00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})")


class _Process:
    """Of this process; set once, when it starts."""

    tracer: Tracer | None = None


def use(tracer: Tracer | None) -> None:
    """Begin spans with this tracer from now on; None: begin none."""
    _Process.tracer = tracer


def on() -> bool:
    """Whether this process has a tracer."""
    return _Process.tracer is not None


def sampled(traceparent: str | None) -> SpanContext | None:
    """The span that a W3C `traceparent` names, where this process has a tracer and the trace is one that is kept."""
    found = None if traceparent is None or not on() else remote(traceparent)
    return found if found is not None and found.trace_flags.sampled else None


def remote(traceparent: str) -> SpanContext | None:
    """The span that a W3C `traceparent` names; None where it is malformed."""
    found = _TRACEPARENT.fullmatch(traceparent)
    if found is None:
        return None
    trace, span, flags = (int(part, 16) for part in found.groups())
    context = SpanContext(trace, span, is_remote=True, trace_flags=TraceFlags(flags))
    return context if context.is_valid else None


def traceparent(span: Span) -> str:
    """Return a span's name for others (W3C Trace Context, section 3.2)."""
    context = span.get_span_context()
    return f"00-{context.trace_id:032x}-{context.span_id:016x}-{context.trace_flags:02x}"


def begin(
    name: str,
    *,
    kind: SpanKind = SpanKind.INTERNAL,
    parent: SpanContext | None = None,
    links: Sequence[SpanContext] = (),
    attributes: Attributes | None = None,
) -> Span:
    """Begin a span below `parent`, or a trace of its own; whoever begins it ends it, by `end`."""
    tracer = _Process.tracer
    if tracer is None:
        return INVALID_SPAN
    context = Context() if parent is None else set_span_in_context(NonRecordingSpan(parent), Context())
    return tracer.start_span(
        name,
        context,
        kind,
        _plain(attributes),
        [Link(link) for link in links],
        record_exception=False,
        set_status_on_exception=False,
    )


def end(span: Span, fault: BaseException | None = None, attributes: Attributes | None = None) -> None:
    """End a span; of what went wrong it says the class, for the words could hold anything."""
    if not span.is_recording():
        return
    span.set_attributes(_plain(attributes))
    match fault:
        case None:
            pass
        case Refusal():
            span.set_attribute("kycuong.refusal", type(fault).__name__)  # an answer, and no failure
        case _:
            failed(span, type(fault).__name__)
    span.end()


def failed(span: Span, type_: str) -> None:
    """Mark a span as that of something that went wrong."""
    span.set_attribute("error.type", type_)
    span.set_status(Status(StatusCode.ERROR))


@contextmanager
def current(span: Span) -> Iterator[None]:
    """Let what is done within belong to the span; it is not ended."""
    with use_span(span, end_on_exit=False, record_exception=False, set_status_on_exception=False):
        yield


@contextmanager
def within(name: str) -> Iterator[Span]:
    """A part of what is traced already; where nothing is, nothing."""
    outer = get_current_span()
    if not outer.is_recording():
        yield INVALID_SPAN
        return
    span = begin(name, parent=outer.get_span_context())
    try:
        with current(span):
            yield span
    except BaseException as fault:
        end(span, fault)
        raise
    end(span)


def _plain(attributes: Attributes | None) -> Mapping[str, str | int]:
    return {} if attributes is None else {name: value for name, value in attributes.items()}  # noqa: C416 - widened
