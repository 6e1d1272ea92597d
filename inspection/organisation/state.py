"""The organisation as its events tell it, with the indexes that its queries need."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from inspection.timeline import Timeline
from schemas.inspection.organisation import AgencyKind, PostKind, RestructuringKind
from schemas.values import Name, SubjectKind


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency through time."""

    agency_id: str
    kind: AgencyKind
    since: date
    """The first day on which it exists."""
    names: Timeline[Name]
    parents: Timeline[str | None]
    """The agency above; none for the root and for a central agency."""
    ended_on: date | None = None
    """The first day on which it no longer exists."""
    successor_id: str | None = None
    """Who inherits what is open."""
    succession_id: UUID | None = None
    """The plan by which it passed on; none for an end that was loaded as history."""

    def has_ended(self, day: date) -> bool:
        """Whether it no longer exists on the day."""
        return self.ended_on is not None and self.ended_on <= day

    def exists(self, day: date) -> bool:
        """Whether it exists on the day."""
        return self.since <= day and not self.has_ended(day)


@dataclass(frozen=True, slots=True)
class Holding:
    """Who holds a post, or acts in it while nobody is appointed."""

    person_id: UUID
    acting: bool


@dataclass(frozen=True, slots=True)
class Absence:
    """Whoever holds a post is away."""

    acted_by: UUID | None
    """Who acts for him; none for nobody."""


@dataclass(frozen=True, slots=True)
class Post:
    """A post through time; it ends with its agency at the latest."""

    post_id: str
    agency_id: str
    kind: PostKind
    title: Name
    official_kind: SubjectKind
    since: date
    holders: Timeline[Holding | None] = ()
    absences: Timeline[Absence | None] = ()
    ended_on: date | None = None
    """The first day on which it no longer exists."""
    successor_post: str | None = None

    def exists(self, day: date) -> bool:
        """Whether it exists on the day, as far as its agency does."""
        return self.since <= day and (self.ended_on is None or day < self.ended_on)


class Stage(StrEnum):
    """How far a restructuring has come."""

    ANNOUNCED = "announced"
    """Its agencies end once the plan for what is open is approved."""
    WITHDRAWN = "withdrawn"
    COMPLETED = "completed"
    """Its agencies end, or have ended, on its day."""


@dataclass(frozen=True, slots=True)
class Restructuring:
    """Agencies that give way to others on a day."""

    succession_id: UUID
    kind: RestructuringKind
    predecessors: tuple[str, ...]
    successors: tuple[str, ...]
    heir_id: str
    day: date
    stage: Stage = Stage.ANNOUNCED


@dataclass(frozen=True, slots=True)
class Organisation:
    """One authority's agencies and posts."""

    authority_id: str | None = None
    """The root agency; none before the organisation was founded."""
    agencies: dict[str, Agency] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    posts_of_agency: dict[str, tuple[str, ...]] = field(default_factory=dict)
    posts_of_person: dict[UUID, tuple[str, ...]] = field(default_factory=dict)
    """Every post that a person was ever said to hold or to act in; on which days, its timelines tell."""
    restructurings: dict[UUID, Restructuring] = field(default_factory=dict)


INITIAL = Organisation()
