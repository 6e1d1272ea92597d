"""How far a caller's roles reach in the agency tree (domain.md, People and permissions)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspection.organisation import queries
from schemas.inspection.organisation import AgencyKind
from services.application.identity import Role

if TYPE_CHECKING:
    from datetime import date

    from inspection.organisation.state import Organisation
    from services.application.identity import Principal

OVERSIGHT = frozenset({Role.INSPECTOR, Role.TEAM_LEADER, Role.INSPECTORATE_OFFICER})
"""They look after others: how many depends on the agency that they work for."""
OVERSEERS = frozenset({AgencyKind.INSPECTORATE, AgencyKind.HOME_AFFAIRS, AgencyKind.OFFICE, AgencyKind.DISTRICT_OFFICE})
"""Agencies that inspect, watch and urge for the agency above them, and so reach all that stands below it. Whoever
checks from within any other agency (internal checks) reaches that one and what is below."""
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
            roots.add(_overseen(principal.agency_id, organisation, day))
    return Reach(organisation, day, frozenset(roots))


def _overseen(agency_id: str, organisation: Organisation, day: date) -> str:
    agency = organisation.agencies.get(agency_id)
    if agency is None or agency.kind not in OVERSEERS:
        return agency_id
    return queries.parent(organisation, agency_id, day) or agency_id
