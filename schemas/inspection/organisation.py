"""Events of an authority's organisation: agencies, posts and who holds them, by date."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from schemas.base import Day, Event, Slug
from schemas.values import Name, SubjectKind


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


AnyOrganisationEvent = (
    OrganisationFounded
    | AgencyCreated
    | AgencyRenamed
    | AgencyMoved
    | AgencyEnded
    | PostCreated
    | PostFilled
    | PostVacated
)
