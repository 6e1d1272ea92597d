"""What holds from which day on: a value for each day, corrected only by adding."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date
from operator import itemgetter
from typing import TypeAlias, TypeVar

T = TypeVar("T")

Timeline: TypeAlias = tuple[tuple[date, T], ...]
"""In order of days, each once: the value holds from its day until the next one."""

_day = itemgetter(0)


def at(timeline: Timeline[T], day: date) -> T | None:
    """The value that holds on a day; none before the first."""
    index = bisect_right(timeline, day, key=_day)
    return timeline[index - 1][1] if index else None


def holding_from(timeline: Timeline[T], day: date, value: T) -> Timeline[T]:
    """The timeline with another value from a day on; what was said of the same day before is corrected.

    Days before it keep their values, whatever is added.
    """
    index = bisect_left(timeline, day, key=_day)
    rest = index + (index < len(timeline) and timeline[index][0] == day)
    return (*timeline[:index], (day, value), *timeline[rest:])


def withdrawn(timeline: Timeline[T], day: date) -> Timeline[T]:
    """The timeline without what was said to hold from that day on: what held before it goes on holding."""
    return tuple(entry for entry in timeline if entry[0] != day)
