"""One request and its answer, as the outermost layer sees it: ids for traces, and the route for metrics."""

from __future__ import annotations

import os
from dataclasses import dataclass
from uuid import UUID

from opentelemetry.trace import INVALID_SPAN, Span, SpanContext, SpanKind

from services.application import tracing

_NOT_KEPT, _KEPT = "00", "01"


@dataclass(slots=True)
class Exchange:
    """Made by the edge for every request, under `scope["kycuong.exchange"]`."""

    correlation_id: UUID
    traceparent: str
    """Ours: the caller's trace with a span of our own."""
    template: str = "unmatched"
    """The route's template, ids left out; what metrics and idempotency call the route."""
    actor: str | None = None
    confidential: bool = False
    """It is about cases that do not exist for others: logs and metrics tell of it only what went wrong, and nobody."""
    refusal: str | None = None
    """The code of the problem that was answered."""
    silent: bool = False
    """Nothing of it is kept or told: no trace, no metric, no line in a log."""
    span: Span = INVALID_SPAN
    """Of this request, where the process sends spans."""


def begin(headers: list[tuple[bytes, bytes]]) -> Exchange:
    """Join the caller's trace (W3C Trace Context, level 1) or begin one; a malformed header begins one."""
    incoming = _incoming(headers)
    if tracing.on():
        span = tracing.begin("HTTP", kind=SpanKind.SERVER, parent=incoming)
        return Exchange(UUID(int=span.get_span_context().trace_id), tracing.traceparent(span), span=span)
    if incoming is None:
        return _named(os.urandom(16).hex(), _KEPT)
    return _named(f"{incoming.trace_id:032x}", f"{incoming.trace_flags:02x}")


def unnamed() -> Exchange:
    """An exchange that joins nobody's trace, not even the caller's own; nor does anything that follows from it."""
    exchange = _named(os.urandom(16).hex(), _NOT_KEPT)
    exchange.silent = True
    return exchange


def _named(trace: str, flags: str) -> Exchange:
    return Exchange(UUID(hex=trace), f"00-{trace}-{os.urandom(8).hex()}-{flags}")


def _incoming(headers: list[tuple[bytes, bytes]]) -> SpanContext | None:
    for name, value in headers:
        if name == b"traceparent":
            return tracing.remote(value.decode("latin-1"))
    return None
