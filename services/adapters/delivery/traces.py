"""Spans of attempts at deliveries, below what opened the step that is told of.

As with the alert itself, nothing is told of a confidential case; nor of a notice, which goes back to no request.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from opentelemetry.trace import INVALID_SPAN, SpanKind

from services.adapters.delivery.outcome import State
from services.application import tracing

if TYPE_CHECKING:
    from opentelemetry.trace import Span

    from services.adapters.delivery.outcome import Outcome
    from services.adapters.delivery.queue import Leased


def attempt(leased: Leased) -> Span:
    """Begin the span of an attempt, where its alert's trace is kept."""
    row = leased.row
    parent = None if row["confidential"] else tracing.sampled(row["traceparent"])
    if parent is None:
        return INVALID_SPAN
    return tracing.begin(
        f"deliver {leased.channel}",
        kind=SpanKind.CLIENT,
        parent=parent,
        attributes={
            "kycuong.channel": leased.channel,
            "kycuong.attempt": leased.attempt,
            "kycuong.rule": row["rule"],
        },
    )


def became(span: Span, outcome: Outcome) -> None:
    """End it with what became of the delivery: what was said by the other side could hold anything."""
    if outcome.state in (State.FAILED_FOR_NOW, State.FAILED_FOR_GOOD):
        tracing.failed(span, outcome.what)
    tracing.end(span, attributes={"kycuong.outcome": outcome.state})
