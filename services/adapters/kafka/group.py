"""A context's worker as a member of its consumer group: its name, and what it is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.adapters.kafka.retrying import PAUSES

if TYPE_CHECKING:
    from services.adapters.kafka.brokers import Brokers


@dataclass(frozen=True)
class WorkerSettings:
    """What a worker is told."""

    brokers: Brokers
    prefix: str = ""
    instance: str | None = None
    """A name of this process in its consumer group that survives its restart: it gets its partitions back at once
    after a kill, where an unnamed one's stay orphaned until the session times out."""
    session_seconds: float = 6.0
    pauses: tuple[float, ...] = PAUSES


def consumer_of(context: str) -> str:
    """Return the name of a context's worker as a consumer, without prefix."""
    return f"{context}-worker"
