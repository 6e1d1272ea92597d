"""A directive as its events tell it: which pack from which day on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from inspection.timeline import Timeline
from schemas.inspection.directives import Pack


@dataclass(frozen=True, slots=True)
class Directive:
    """A directive of the authority."""

    directive_id: str | None = None
    """None before it was adopted."""
    packs: Timeline[Pack] = ()
    repealed_on: date | None = None
    """The first day on which it no longer holds."""


INITIAL = Directive()
