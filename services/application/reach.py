"""How far a caller's roles reach in the agency tree (domain.md, People and permissions)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspection.organisation import queries
from services.application.identity import Role

if TYPE_CHECKING:
    from datetime import date

    from inspection.organisation.state import Organisation
    from services.application.identity import Principal

OVERSIGHT = frozenset({Role.INSPECTOR, Role.TEAM_LEADER, Role.INSPECTORATE_OFFICER})
"""They look after the agencies around their own: all that stands below the agency above theirs."""
WITHIN = frozenset({Role.AGENCY_USER, Role.HEAD, Role.AUTHORITY})
"""They reach their own agency and all below it."""


@dataclass(frozen=True, slots=True)
class Reach:
    """The agencies that a caller reaches on a day. An ended agency stands below its successor."""

    organisation: Organisation
    day: date
    roots: frozenset[str] | None
    """Each with all agencies below it; None is everywhere."""

    def covers(self, agency_id: str) -> bool:
        """Whether the agency lies within."""
        return self.roots is None or any(
            queries.within(self.organisation, agency_id, root, self.day) for root in self.roots
        )

    def agencies(self) -> frozenset[str] | None:
        """Every agency within, for a list's filter; None means without a limit."""
        if self.roots is None:
            return None
        return frozenset().union(*(queries.subtree(self.organisation, root, self.day) for root in self.roots))


def reach(principal: Principal, organisation: Organisation, day: date) -> Reach:
    """How far the caller's roles reach together; assignment may add to it, case by case."""
    if Role.AUDITOR in principal.roles:
        return Reach(organisation, day, None)
    roots: set[str] = set()
    if principal.agency_id is not None:
        if principal.roles & WITHIN:
            roots.add(principal.agency_id)
        if principal.roles & OVERSIGHT:
            roots.add(queries.parent(organisation, principal.agency_id, day) or principal.agency_id)
    return Reach(organisation, day, frozenset(roots))
