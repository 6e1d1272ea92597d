"""One measured figure, beside its ceiling and its peer of the same run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A row of the table that `make bench` prints, and an entry of `build/bench.json`."""

    name: str
    value: float
    unit: str
    """`events/s`, `requests/s`, `ms`, …"""
    ceiling: float | None = None
    """What the machine could do at the best, measured in the same run, in the same unit."""
    peer: float | None = None
    """What the tool that others would take does, measured in the same run, in the same unit."""
    note: str = ""
    aim: str = ""
    """The aim in words, with the ratio that decides it."""
