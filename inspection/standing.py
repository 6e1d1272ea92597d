"""Where somebody stands on a day, as a fact on a command: nobody judges what is his own."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Standing:
    """A person with the agencies of his posts."""

    person_id: UUID
    works_in: frozenset[str]
    """Agencies in which he holds a post or acts in one."""
    heads: frozenset[str]
    """Agencies whose head he is or acts as; all of them are among those he works in."""
