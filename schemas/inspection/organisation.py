"""Events of an authority's organisation: agencies, posts and who holds them, by date."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from schemas.base import Day, Event, Slug
from schemas.values import DocumentRef, Name, SubjectKind


class AgencyKind(StrEnum):
    """What an agency is in the tree."""

    AUTHORITY = "authority"
    OFFICE = "office"
    INSPECTORATE = "inspectorate"
    HOME_AFFAIRS = "home_affairs"
    DEPARTMENT = "department"
    DISTRICT = "district"
    DISTRICT_OFFICE = "district_office"
    COMMUNE = "commune"
    CENTRAL = "central"
    """A central agency in the province, outside its tree (Hà Tĩnh's directive)."""
    PRESS = "press"


class PostKind(StrEnum):
    """What a post is in its agency."""

    HEAD = "head"
    DEPUTY = "deputy"
    OFFICIAL = "official"


class RestructuringKind(StrEnum):
    """How agencies give way to others."""

    END = "end"
    """One ends (giải thể); another takes its tasks over."""
    MERGE = "merge"
    """One or several become part of another, or a new one together (sáp nhập, hợp nhất)."""
    SPLIT = "split"
    """One is divided into several (chia)."""


class Fact(StrEnum):
    """What holds from a day on, and can turn out to have been recorded wrongly."""

    NAME = "name"
    """An agency's name."""
    PARENT = "parent"
    """The agency above an agency."""
    HOLDER = "holder"
    """Who holds a post."""
    ABSENCE = "absence"
    """That a post's holder is away, and who acts for him."""


class OrganisationEvent(Event):
    """Something that happened to the organisation."""

    topic: ClassVar[str] = "inspection.restricted"
    authority_id: Annotated[Slug, Field(description="The authority whose tree this is.")]
    valid_from: Annotated[Day, Field(description="The first day on which it holds.")]


class OrganisationFounded(OrganisationEvent):
    """An authority's tree begins; the authority is its root agency."""

    type: Literal["inspection.organisation_founded.v1"] = "inspection.organisation_founded.v1"
    name: Annotated[Name, Field(description="Name of the authority.")]


class AgencyCreated(OrganisationEvent):
    """An agency begins to exist below another."""

    type: Literal["inspection.agency_created.v1"] = "inspection.agency_created.v1"
    agency_id: Annotated[Slug, Field(description="The agency.")]
    name: Annotated[Name, Field(description="Its name.")]
    kind: Annotated[AgencyKind, Field(description="What it is.")]
    parent_id: Annotated[Slug | None, Field(description="The agency above; none for a central one, outside the tree.")]


class AgencyRenamed(OrganisationEvent):
    """An agency is called otherwise from a day on."""

    type: Literal["inspection.agency_renamed.v1"] = "inspection.agency_renamed.v1"
    agency_id: Annotated[Slug, Field(description="The agency.")]
    name: Annotated[Name, Field(description="Its new name.")]


class AgencyMoved(OrganisationEvent):
    """An agency stands below another from a day on."""

    type: Literal["inspection.agency_moved.v1"] = "inspection.agency_moved.v1"
    agency_id: Annotated[Slug, Field(description="The agency.")]
    parent_id: Annotated[Slug, Field(description="The agency above from then on.")]


class AgencyEnded(OrganisationEvent):
    """An agency no longer exists from a day on; its history stays."""

    type: Literal["inspection.agency_ended.v1"] = "inspection.agency_ended.v1"
    agency_id: Annotated[Slug, Field(description="The agency.")]
    successor_id: Annotated[Slug, Field(description="Who inherits what is open.")]
    succession_id: Annotated[
        UUID | None,
        Field(description="The plan by which what is open passes on; none where nothing could be open yet."),
    ] = None


Agencies = Annotated[tuple[Slug, ...], Field(min_length=1, max_length=200)]


class RestructuringAnnounced(OrganisationEvent):
    """Agencies are to end on a day, once the plan for what is open there is approved."""

    type: Literal["inspection.restructuring_announced.v1"] = "inspection.restructuring_announced.v1"
    succession_id: Annotated[UUID, Field(description="The act, and the plan by which what is open passes on.")]
    kind: Annotated[RestructuringKind, Field(description="End, merger or division.")]
    predecessors: Annotated[Agencies, Field(description="Which agencies end.")]
    successors: Annotated[Agencies, Field(description="Which agencies take over.")]
    heir_id: Annotated[Slug, Field(description="The successor that inherits what nothing else is said of.")]


class RestructuringWithdrawn(OrganisationEvent):
    """What was announced does not take place: the agencies go on."""

    type: Literal["inspection.restructuring_withdrawn.v1"] = "inspection.restructuring_withdrawn.v1"
    succession_id: Annotated[UUID, Field(description="The act.")]


class AgenciesMerged(OrganisationEvent):
    """Agencies have become part of another from a day on; their history stays."""

    type: Literal["inspection.agencies_merged.v1"] = "inspection.agencies_merged.v1"
    predecessors: Annotated[Agencies, Field(description="Which agencies no longer exist.")]
    successor_id: Annotated[Slug, Field(description="The agency that they have become part of.")]
    succession_id: Annotated[UUID, Field(description="The plan by which what is open passes on.")]


class AgencySplit(OrganisationEvent):
    """An agency was divided into several on a day; its history stays."""

    type: Literal["inspection.agency_split.v1"] = "inspection.agency_split.v1"
    agency_id: Annotated[Slug, Field(description="The agency that no longer exists.")]
    successors: Annotated[Agencies, Field(description="The agencies that it was divided into.")]
    heir_id: Annotated[Slug, Field(description="The one that inherits what nothing else is said of.")]
    succession_id: Annotated[UUID, Field(description="The plan by which what is open passes on.")]


class PostCreated(OrganisationEvent):
    """A post begins to exist in an agency."""

    type: Literal["inspection.post_created.v1"] = "inspection.post_created.v1"
    post_id: Annotated[Slug, Field(description="The post.")]
    agency_id: Annotated[Slug, Field(description="The agency it belongs to.")]
    kind: Annotated[PostKind, Field(description="Head, deputy or official.")]
    title: Annotated[Name, Field(description="Its title.")]
    official_kind: Annotated[SubjectKind, Field(description="The kind of official who holds it.")]


class PostFilled(OrganisationEvent):
    """A person holds a post from a day on, or acts in it."""

    type: Literal["inspection.post_filled.v1"] = "inspection.post_filled.v1"
    post_id: Annotated[Slug, Field(description="The post.")]
    person_id: Annotated[UUID, Field(description="The person in the registry.")]
    acting: Annotated[bool, Field(description="Acts in it while nobody is appointed.")]


class PostVacated(OrganisationEvent):
    """Nobody holds the post from a day on."""

    type: Literal["inspection.post_vacated.v1"] = "inspection.post_vacated.v1"
    post_id: Annotated[Slug, Field(description="The post.")]


class PostEnded(OrganisationEvent):
    """A post no longer exists from a day on; who held it until then, held it."""

    type: Literal["inspection.post_ended.v1"] = "inspection.post_ended.v1"
    post_id: Annotated[Slug, Field(description="The post.")]
    successor_post: Annotated[
        Slug | None, Field(description="The post that takes over what it owns; none for the head's of its agency.")
    ]


class HolderAbsent(OrganisationEvent):
    """Whoever holds the post is away from a day on, and somebody acts for him."""

    type: Literal["inspection.holder_absent.v1"] = "inspection.holder_absent.v1"
    post_id: Annotated[Slug, Field(description="The post.")]
    acted_by: Annotated[UUID | None, Field(description="Who acts in it meanwhile, in the registry; none for nobody.")]


class HolderReturned(OrganisationEvent):
    """Whoever holds the post is there again from a day on."""

    type: Literal["inspection.holder_returned.v1"] = "inspection.holder_returned.v1"
    post_id: Annotated[Slug, Field(description="The post.")]


class FactWithdrawn(OrganisationEvent):
    """What was recorded to hold from `valid_from` on never held: what held before it goes on holding.

    The event that had said so stays, so it can still be seen what was known when.
    """

    type: Literal["inspection.fact_withdrawn.v1"] = "inspection.fact_withdrawn.v1"
    fact: Annotated[Fact, Field(description="What had been recorded.")]
    subject_id: Annotated[Slug, Field(description="Of which agency or post.")]
    reason: Annotated[DocumentRef, Field(description="Why, in the registry.")]


AnyOrganisationEvent = (
    OrganisationFounded
    | AgencyCreated
    | AgencyRenamed
    | AgencyMoved
    | AgencyEnded
    | RestructuringAnnounced
    | RestructuringWithdrawn
    | AgenciesMerged
    | AgencySplit
    | PostCreated
    | PostFilled
    | PostVacated
    | PostEnded
    | HolderAbsent
    | HolderReturned
    | FactWithdrawn
)
