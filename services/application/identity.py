"""Who calls: a verified person with roles and an agency, and how far each role reaches in the tree."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from schemas.refusal import Refusal

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID


class Role(StrEnum):
    """What a person may be in the suite (domain.md, People and permissions)."""

    INSPECTOR = "inspector"
    TEAM_LEADER = "team_leader"
    AGENCY_USER = "agency_user"
    HEAD = "head"
    BOARD_MEMBER = "board_member"
    BOARD_SECRETARY = "board_secretary"
    INSPECTORATE_OFFICER = "inspectorate_officer"
    AUTHORITY = "authority"
    AUDITOR = "auditor"
    """Reads all, changes nothing."""
    ADMINISTRATOR = "administrator"
    """Operates; sees no case content."""
    CITIZEN = "citizen"


OVERSIGHT = frozenset({Role.INSPECTOR, Role.TEAM_LEADER, Role.INSPECTORATE_OFFICER})
"""They look after the agencies around their own: all that stands below the agency above theirs."""
WITHIN = frozenset({Role.AGENCY_USER, Role.HEAD, Role.AUTHORITY})
"""They reach their own agency and all below it."""


@dataclass(frozen=True, slots=True)
class Principal:
    """A caller whose token was verified."""

    person_id: UUID
    roles: frozenset[Role]
    agency_id: str | None
    """The agency the person works for; none for citizens and for auditors from outside."""
    expires_at: datetime
    """When the token ends, in real time; streams close then."""

    @property
    def actor(self) -> str:
        """The name under which events remember the caller."""
        return str(self.person_id)


class AgencyTree(Protocol):
    """What permissions need of the directory. An ended agency counts as below its successor."""

    async def within(self, agency_id: str, ancestor_id: str, day: date) -> bool:
        """Whether the agency is the ancestor or stands below it on that day."""
        ...

    async def parent(self, agency_id: str, day: date) -> str | None:
        """The agency above on that day; none at the root or for an unknown one."""
        ...

    async def subtree(self, ancestor_id: str, day: date) -> frozenset[str]:
        """The ancestor and every agency below it on that day, ended ones that it inherited included."""
        ...


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a caller sees: everywhere, or below certain agencies."""

    everywhere: bool
    roots: frozenset[str]
    """Each with all agencies below it; empty for a caller who reaches no agency at all."""

    async def covers(self, agency_id: str, tree: AgencyTree, day: date) -> bool:
        """Whether the agency lies within."""
        if self.everywhere or agency_id in self.roots:
            return True
        for root in self.roots:
            if await tree.within(agency_id, root, day):
                return True
        return False

    async def agencies(self, tree: AgencyTree, day: date) -> frozenset[str] | None:
        """Every agency within, for a list's filter; None means without a limit."""
        if self.everywhere:
            return None
        found: set[str] = set()
        for root in self.roots:
            found |= await tree.subtree(root, day)
        return frozenset(found)


async def reach(principal: Principal, tree: AgencyTree, day: date) -> Reach:
    """How far the caller's roles reach together on a day."""
    if Role.AUDITOR in principal.roles:
        return Reach(everywhere=True, roots=frozenset())
    roots: set[str] = set()
    if principal.agency_id is not None:
        if principal.roles & WITHIN:
            roots.add(principal.agency_id)
        if principal.roles & OVERSIGHT:
            roots.add(await tree.parent(principal.agency_id, day) or principal.agency_id)
    return Reach(everywhere=False, roots=frozenset(roots))


class Verifier(Protocol):
    """Checks bearer tokens."""

    async def principal(self, authorization: str | None) -> Principal:
        """The caller behind a request's Authorization header.

        Raises `TokenMissing`, `TokenInvalid`, `TokenExpired`, `IssuerUnreachable`.
        """
        ...


@dataclass(unsafe_hash=True)
class TokenMissing(Refusal):
    """The request carries no bearer token."""


@dataclass(unsafe_hash=True)
class TokenInvalid(Refusal):
    """The bearer token cannot be trusted; why is written to the log, never to the caller."""


@dataclass(unsafe_hash=True)
class TokenExpired(Refusal):
    """The bearer token has ended."""


@dataclass(unsafe_hash=True)
class IssuerUnreachable(Refusal):
    """The issuer's keys cannot be fetched just now, so no new token can be checked."""
