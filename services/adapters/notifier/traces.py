"""Spans of what happens to alerts.

An opening stands below the event that began the wait, what follows below the opening, an end below what brought it.
A confidential alert leaves none, as it has no open copy: a trace store learns no more of it than of the request.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Self

from opentelemetry.trace import INVALID_SPAN

from services.application import tracing

if TYPE_CHECKING:
    from types import TracebackType

    from opentelemetry.trace import Span

    from schemas.notifier.alerts import StallRule


class AlertSpans:
    """A span for each command on an alert, all ended with the block; where it raises, as what has failed.

    Args:
        verb: what the block does with the commands: `fire` and commit them, or `decide` them alone.
    """

    def __init__(self, verb: Literal["fire", "decide"]) -> None:
        self._verb = verb
        self._begun: list[Span] = []

    def begin(self, command: object, rule: StallRule, traceparent: str | None, *, confidential: bool) -> Span:
        """Begin the span of a command, below the one that is named."""
        parent = None if confidential else tracing.sampled(traceparent)
        if parent is None:
            return INVALID_SPAN
        name = type(command).__name__
        told: tracing.Attributes = {"kycuong.command": name, "kycuong.rule": rule}
        self._begun.append(span := tracing.begin(f"{self._verb} {name}", parent=parent, attributes=told))
        return span

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: type[BaseException] | None, fault: BaseException | None, __: TracebackType | None) -> None:
        for span in self._begun:
            tracing.end(span, fault)
