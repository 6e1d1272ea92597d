"""One request and its answer, as the outermost layer sees it: ids for traces, and the route for metrics."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from uuid import UUID

from opentelemetry.trace import INVALID_SPAN, Span, SpanKind

from services.application import tracing

_TRACEPARENT = re.compile(rb"^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$")
_NO_TRACE = bytes(16).hex().encode()
_NO_SPAN = bytes(8).hex().encode()
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
        parent = None if incoming is None else tracing.remote("00-{}-{}-{}".format(*incoming))
        span = tracing.begin("HTTP", kind=SpanKind.SERVER, parent=parent)
        return Exchange(UUID(int=span.get_span_context().trace_id), tracing.traceparent(span), span=span)
    trace, _, flags = incoming or (os.urandom(16).hex(), None, _KEPT)
    return _named(trace, flags)


def unnamed() -> Exchange:
    """An exchange that joins nobody's trace, not even the caller's own; nor does anything that follows from it."""
    exchange = _named(os.urandom(16).hex(), _NOT_KEPT)
    exchange.silent = True
    return exchange


def _named(trace: str, flags: str) -> Exchange:
    return Exchange(UUID(hex=trace), f"00-{trace}-{os.urandom(8).hex()}-{flags}")


def _incoming(headers: list[tuple[bytes, bytes]]) -> tuple[str, str, str] | None:
    for name, value in headers:
        if name == b"traceparent":
            found = _TRACEPARENT.match(value)
            if found is None or found[1] == _NO_TRACE or found[2] == _NO_SPAN:
                return None
            return found[1].decode(), found[2].decode(), found[3].decode()
    return None
