"""Who calls: a verified person with roles and an agency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from schemas.refusal import Refusal

if TYPE_CHECKING:
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

    def seconds_left(self) -> float:
        """Until the token ends; negative afterwards."""
        return (self.expires_at - datetime.now(UTC)).total_seconds()


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
