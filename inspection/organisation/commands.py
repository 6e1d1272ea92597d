"""What an administrator records of the organisation; `valid_from` is the first day on which it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias
from uuid import UUID

from schemas.inspection.organisation import AgencyKind, PostKind
from schemas.values import Name, SubjectKind


@dataclass(frozen=True, slots=True)
class FoundOrganisation:
    """The authority's tree begins, with the authority as its root."""

    authority_id: str
    name: Name
    valid_from: date


@dataclass(frozen=True, slots=True)
class CreateAgency:
    """An agency begins to exist."""

    agency_id: str
    name: Name
    kind: AgencyKind
    parent_id: str | None
    valid_from: date


@dataclass(frozen=True, slots=True)
class RenameAgency:
    """An agency is called otherwise."""

    agency_id: str
    name: Name
    valid_from: date


@dataclass(frozen=True, slots=True)
class MoveAgency:
    """An agency comes to stand below another."""

    agency_id: str
    parent_id: str
    valid_from: date


@dataclass(frozen=True, slots=True)
class EndAgency:
    """An agency ceases to exist; the successor inherits what is open."""

    agency_id: str
    successor_id: str
    valid_from: date


@dataclass(frozen=True, slots=True)
class CreatePost:
    """A post begins to exist in an agency."""

    post_id: str
    agency_id: str
    kind: PostKind
    title: Name
    official_kind: SubjectKind
    valid_from: date


@dataclass(frozen=True, slots=True)
class FillPost:
    """A person comes to hold a post, or to act in it."""

    post_id: str
    person_id: UUID
    acting: bool
    valid_from: date


@dataclass(frozen=True, slots=True)
class VacatePost:
    """Nobody holds the post any more."""

    post_id: str
    valid_from: date


Command: TypeAlias = (
    FoundOrganisation | CreateAgency | RenameAgency | MoveAgency | EndAgency | CreatePost | FillPost | VacatePost
)
