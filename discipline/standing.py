"""Who somebody is and where he stands on a day, as facts that arrive on commands from the directory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from schemas.inspection.organisation import AgencyKind

if TYPE_CHECKING:
    from uuid import UUID

WATCHING = frozenset({AgencyKind.INSPECTORATE, AgencyKind.OFFICE, AgencyKind.HOME_AFFAIRS})
"""They watch, check, urge and sum up (domain.md, Words)."""


@dataclass(frozen=True, slots=True)
class Place:
    """A post and where it stands in the tree."""

    post_id: str
    agency_id: str
    kind: AgencyKind
    """Of the agency."""
    head: bool
    """The post is the head's."""
    chain: tuple[str, ...]
    """The agency and all above it, up to the root."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person with every post that he holds or acts in on the day."""

    person_id: UUID
    places: tuple[Place, ...]
    works_in: tuple[str, ...] = ()
    """The agency that vouches for him (his account's) and all above it, whether or not he holds a post there."""
    over_time: tuple[tuple[date, frozenset[str]], ...] = ()
    """The agencies of his posts, from each day on which they changed; in order of days."""

    def holds(self, post_id: str) -> bool:
        """Whether he holds the post."""
        return any(place.post_id == post_id for place in self.places)

    def belongs_to(self, agency_id: str) -> bool:
        """Whether he is one of the agency's people now: by a post or without one."""
        return agency_id in self.works_in[:1] or any(place.agency_id == agency_id for place in self.places)

    @property
    def stays(self) -> tuple[tuple[str, date, date], ...]:
        """Each agency of his posts, from which day on, and the day that ended it: the last of all where none did."""
        ends = (*(since for since, _ in self.over_time[1:]), date.max)
        return tuple(
            (agency_id, since, end)
            for (since, agencies), end in zip(self.over_time, ends, strict=False)
            for agency_id in sorted(agencies)
        )

    def belonged_to(self, agency_id: str, day: date) -> bool:
        """Whether he had a post in the agency on a day."""
        return any(agency == agency_id and since <= day < end for agency, since, end in self.stays)

    def stands_in(self, agency_id: str) -> bool:
        """Whether he works in the agency or in one below it, by a post or without one."""
        return agency_id in self.works_in or any(agency_id in place.chain for place in self.places)

    def below(self, superior: Place) -> bool:
        """Whether the holder of that post is his superior: the head of an agency that he works in."""
        return superior.head and not self.holds(superior.post_id) and self.stands_in(superior.agency_id)


@dataclass(frozen=True, slots=True)
class Around:
    """Where a follow-up stands on the day."""

    chain: tuple[str, ...]
    """Its agency (or the successor of an ended one) and all above it, up to the root."""
    owner_place: Place
    """The post that owns it."""
    owner: Person | None
    """Who holds that post; none when it is vacant."""

    @property
    def agency_id(self) -> str:
        """The agency that has to mend."""
        return self.chain[0]

    @property
    def above(self) -> tuple[str, ...]:
        """The agencies above it."""
        return self.chain[1:]
