"""Where somebody stands on a day, as a fact on a command: nobody judges what is his own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from inspection.timeline import Timeline, at


@dataclass(frozen=True, slots=True)
class Standing:
    """A person with the agencies of his posts."""

    person_id: UUID
    works_in: frozenset[str]
    """Agencies in which he holds a post or acts in one, and those that they answer for because they inherited them."""
    heads: frozenset[str]
    """Agencies whose head he is or acts as, likewise; all of them are among those he works in."""
    worked_in: Timeline[frozenset[str]] = ()
    """The agencies of his posts through time."""
    headed: Timeline[frozenset[str]] = ()
    """Those of them whose head he was."""

    def belongs(self, agency_id: str, day: date) -> bool:
        """Whether he works in an agency now, or did on a day."""
        return agency_id in self.works_in or agency_id in (at(self.worked_in, day) or ())

    def answers(self, agency_id: str, day: date) -> bool:
        """Whether he heads an agency now, or did on a day."""
        return agency_id in self.heads or agency_id in (at(self.headed, day) or ())
