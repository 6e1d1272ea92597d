"""What an administrator records of the organisation; `valid_from` is the first day on which it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias
from uuid import UUID

from schemas.inspection.organisation import AgencyKind, Fact, PostKind, RestructuringKind
from schemas.values import DocumentRef, Name, SubjectKind


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
    """An agency had an end before anything could be open there: the history of an organisation that is loaded.

    Whatever ends while the suite is in use is announced (`AnnounceRestructuring`).
    """

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


@dataclass(frozen=True, slots=True)
class EndPost:
    """A post ceases to exist; what it owns goes to another."""

    post_id: str
    successor_post: str | None
    valid_from: date


@dataclass(frozen=True, slots=True)
class NoteAbsence:
    """Whoever holds the post is away; somebody acts for him."""

    post_id: str
    acted_by: UUID | None
    valid_from: date


@dataclass(frozen=True, slots=True)
class NoteReturn:
    """Whoever holds the post is there again."""

    post_id: str
    valid_from: date


@dataclass(frozen=True, slots=True)
class WithdrawFact:
    """What was recorded to hold from that day on never held."""

    fact: Fact
    subject_id: str
    valid_from: date
    reason: DocumentRef


@dataclass(frozen=True, slots=True)
class AnnounceRestructuring:
    """Agencies are to end on a day; others take over."""

    succession_id: UUID
    kind: RestructuringKind
    predecessors: tuple[str, ...]
    successors: tuple[str, ...]
    heir_id: str
    valid_from: date


@dataclass(frozen=True, slots=True)
class WithdrawRestructuring:
    """What was announced does not take place."""

    succession_id: UUID


@dataclass(frozen=True, slots=True)
class CompleteRestructuring:
    """The plan for what is open is approved: the agencies end on the day that was announced. Total."""

    succession_id: UUID


RestructuringCommand: TypeAlias = AnnounceRestructuring | WithdrawRestructuring | CompleteRestructuring
PostCommand: TypeAlias = CreatePost | FillPost | VacatePost | EndPost | NoteAbsence | NoteReturn
AgencyCommand: TypeAlias = CreateAgency | RenameAgency | MoveAgency | EndAgency

Command: TypeAlias = FoundOrganisation | AgencyCommand | PostCommand | WithdrawFact | RestructuringCommand
