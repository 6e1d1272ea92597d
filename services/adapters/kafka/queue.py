"""Which message may be handled now, which waits, and which was handled before. Pure.

A consumer takes each stream version by version. A message that cannot be handled is parked, and the
later messages of its key wait behind it in the order in which they came; the same happens to a
message whose predecessor is missing. The predecessor, when it comes at last, stands before it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Key = tuple[str, bytes]
"""Topic and key: what must stay in order."""


class Verdict(Enum):
    """What to do with a message that has just come."""

    HANDLE = "handle"
    WAIT = "wait"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Parked:
    """A message that waits, by its place alone."""

    arrival: int
    """Grows with the moment of parking."""
    stream: str | None
    """None where the message could not be read so far."""
    version: int | None


def in_order(parked: Iterable[Parked]) -> list[Parked]:
    """Return a key's parked messages in the order in which they are to be handled.

    By arrival, except that a version never stands behind a later one of its stream: what fills a gap
    takes the place before the message that waited for it.
    """
    everything = list(parked)
    earliest: dict[tuple[str | None, int | None], int] = {}
    first_of: dict[str, int] = {}
    for one in sorted((one for one in everything if one.stream is not None), key=_version, reverse=True):
        stream = one.stream or ""
        first_of[stream] = min(first_of.get(stream, one.arrival), one.arrival)
        earliest[one.stream, one.version] = first_of[stream]
    return sorted(everything, key=lambda one: (earliest.get((one.stream, one.version), one.arrival), _version(one)))


@dataclass
class Inbox:
    """What a consumer has taken of some streams, and what waits under some keys."""

    taken: dict[str, int]
    """By stream, the last version that was handled or given up; missing stands for 0."""
    waiting: dict[Key, list[Parked]] = field(default_factory=dict)

    def admit(self, key: Key, stream: str, version: int) -> Verdict:
        """Judge a message that has just come."""
        taken = self.taken.get(stream, 0)
        if version <= taken:
            return Verdict.DUPLICATE
        queue = self.waiting.get(key)
        if not queue:
            return Verdict.HANDLE if version == taken + 1 else Verdict.WAIT
        if any(one.stream == stream and one.version == version for one in queue):
            return Verdict.DUPLICATE
        if version != taken + 1 or not any(one.stream == stream for one in queue):
            return Verdict.WAIT
        newest = Parked(max(one.arrival for one in queue) + 1, stream, version)
        return Verdict.HANDLE if in_order([*queue, newest])[0] is newest else Verdict.WAIT

    def take(self, stream: str, version: int) -> None:
        """Count a version as handled."""
        self.taken[stream] = version

    def park(self, key: Key, parked: Parked) -> None:
        """Let a message wait under its key."""
        self.waiting.setdefault(key, []).append(parked)

    def next(self, key: Key) -> Parked | None:
        """Return the one parked message of a key whose turn it is; None while a gap is before it."""
        queue = in_order(self.waiting.get(key, ()))
        if not queue:
            return None
        first = queue[0]
        if first.stream is None or first.version is None:
            return first
        return first if first.version <= self.taken.get(first.stream, 0) + 1 else None

    def release(self, key: Key, parked: Parked) -> None:
        """Let a message wait no longer."""
        self.waiting[key].remove(parked)


def _version(one: Parked) -> int:
    return one.version or 0
