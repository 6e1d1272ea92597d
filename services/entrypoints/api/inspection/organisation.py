"""The organisation through time: what an administrator records, and what it was on any day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from inspection.organisation import queries
from inspection.organisation.commands import (
    Command,
    CreateAgency,
    CreatePost,
    EndAgency,
    FillPost,
    FoundOrganisation,
    MoveAgency,
    RenameAgency,
    VacatePost,
)
from inspection.timeline import at
from schemas.base import Slug
from schemas.inspection.organisation import AgencyKind, PostKind
from schemas.values import Name, SubjectKind
from services.application.directory import AUTHORITY, ORGANISATION
from services.application.identity import Role
from services.entrypoints.api.access import Access, anywhere
from services.entrypoints.api.call import Call
from services.entrypoints.api.refusals import NotFound
from services.entrypoints.api.routing import Router

if TYPE_CHECKING:
    from inspection.organisation.state import Agency, Organisation, Post

router = Router(prefix="/organisation", tags=["organisation"])

RECORDS = Access({Role.ADMINISTRATOR}, anywhere, case_content=False)
"""Whoever operates the suite keeps its directory of agencies and posts; that is no case."""
READS = Access(frozenset(Role) - {Role.CITIZEN}, anywhere, case_content=False)

ValidFrom = Annotated[date, Field(description="The first day on which it holds.", examples=["2025-07-01"])]


class Input(BaseModel):
    """What a route takes; a field that it does not know is refused."""

    model_config = ConfigDict(extra="forbid")
    valid_from: ValidFrom


class Founding(Input):
    """An authority's tree begins."""

    authority_id: Annotated[Slug, Field(description="The authority, root of the tree.", examples=["ubnd-tinh"])]
    name: Annotated[Name, Field(description="Its name.")]


class NewAgency(Input):
    """An agency begins to exist."""

    agency_id: Annotated[Slug, Field(description="Its id, for good.", examples=["so-y-te"])]
    name: Annotated[Name, Field(description="Its name.")]
    kind: Annotated[AgencyKind, Field(description="What it is.", examples=["department"])]
    parent_id: Annotated[Slug | None, Field(description="The agency above; none for a central agency.")]


class NewName(Input):
    """An agency is called otherwise."""

    name: Annotated[Name, Field(description="Its name from then on.")]


class NewParent(Input):
    """An agency comes to stand below another."""

    parent_id: Annotated[Slug, Field(description="The agency above from then on.")]


class Ending(Input):
    """An agency ceases to exist."""

    successor_id: Annotated[Slug, Field(description="Who inherits what is open.")]


class NewPost(Input):
    """A post begins to exist."""

    post_id: Annotated[Slug, Field(description="Its id, for good.", examples=["so-y-te-giam-doc"])]
    agency_id: Annotated[Slug, Field(description="The agency it belongs to.")]
    kind: Annotated[PostKind, Field(description="Head, deputy or official.")]
    title: Annotated[Name, Field(description="Its title.")]
    official_kind: Annotated[SubjectKind, Field(description="The kind of official who holds it.")]


class NewHolder(Input):
    """A person comes to hold a post."""

    person_id: Annotated[UUID, Field(description="The person in the registry.")]
    acting: Annotated[bool, Field(description="Acts in it while nobody is appointed.")] = False


class Vacancy(Input):
    """Nobody holds a post any more."""


class PostShown(BaseModel):
    """A post on a day."""

    post_id: str
    kind: PostKind
    title: Name
    official_kind: SubjectKind
    person_id: Annotated[UUID | None, Field(description="Who holds it; none while it is vacant.")]
    acting: Annotated[bool, Field(description="Acts in it while nobody is appointed.")]


class AgencyShown(BaseModel):
    """An agency on a day, with its posts."""

    agency_id: str
    name: Name
    kind: AgencyKind
    parent_id: str | None
    posts: list[PostShown]


class OrganisationShown(BaseModel):
    """The organisation on a day."""

    authority_id: str | None
    as_of: date
    agencies: list[AgencyShown]


async def _record(call: Call, subject: object, command: Command) -> Response:
    done = await call.carry_out(ORGANISATION, AUTHORITY, command, retry_on_conflict=True)
    return call.changed(subject, done)


@router.command("", access=RECORDS, status=200)
async def found(body: Founding, call: Call) -> Response:
    """Found the organisation: the authority is the root of its tree."""
    return await _record(call, body.authority_id, FoundOrganisation(body.authority_id, body.name, body.valid_from))


@router.command("/agencies", access=RECORDS)
async def create_agency(body: NewAgency, call: Call) -> Response:
    """Create an agency."""
    command = CreateAgency(body.agency_id, body.name, body.kind, body.parent_id, body.valid_from)
    return await _record(call, body.agency_id, command)


@router.command("/agencies/{agency_id}/rename", access=RECORDS)
async def rename_agency(agency_id: Slug, body: NewName, call: Call) -> Response:
    """Rename an agency; what happened before keeps the name it had."""
    return await _record(call, agency_id, RenameAgency(agency_id, body.name, body.valid_from))


@router.command("/agencies/{agency_id}/move", access=RECORDS)
async def move_agency(agency_id: Slug, body: NewParent, call: Call) -> Response:
    """Put an agency below another."""
    return await _record(call, agency_id, MoveAgency(agency_id, body.parent_id, body.valid_from))


@router.command("/agencies/{agency_id}/end", access=RECORDS)
async def end_agency(agency_id: Slug, body: Ending, call: Call) -> Response:
    """End an agency; its history stays, its successor inherits what is open."""
    return await _record(call, agency_id, EndAgency(agency_id, body.successor_id, body.valid_from))


@router.command("/posts", access=RECORDS)
async def create_post(body: NewPost, call: Call) -> Response:
    """Create a post in an agency."""
    command = CreatePost(
        body.post_id, body.agency_id, body.kind, body.title, body.official_kind, valid_from=body.valid_from
    )
    return await _record(call, body.post_id, command)


@router.command("/posts/{post_id}/fill", access=RECORDS)
async def fill_post(post_id: Slug, body: NewHolder, call: Call) -> Response:
    """Let a person hold a post, or act in it."""
    return await _record(call, post_id, FillPost(post_id, body.person_id, body.acting, body.valid_from))


@router.command("/posts/{post_id}/vacate", access=RECORDS)
async def vacate_post(post_id: Slug, body: Vacancy, call: Call) -> Response:
    """Nobody holds the post any more."""
    return await _record(call, post_id, VacatePost(post_id, body.valid_from))


AsOf = Annotated[date | None, Query(description="The day to look at; today where none is named.")]


@router.read("", access=READS, answers=OrganisationShown)
async def organisation(call: Call, as_of: AsOf = None) -> Response:
    """Show the whole organisation on a day."""
    day = as_of or await call.today()
    state = await call.context.directory.current()
    living = (agency for agency in state.agencies.values() if agency.exists(day))
    shown = [_agency(state, agency, day) for agency in living]
    return call.answer(OrganisationShown(authority_id=state.authority_id, as_of=day, agencies=shown))


@router.read("/agencies/{agency_id}", access=READS, answers=AgencyShown)
async def one_agency(agency_id: Slug, call: Call, as_of: AsOf = None) -> Response:
    """Show an agency on a day."""
    day = as_of or await call.today()
    state = await call.context.directory.current()
    agency = state.agencies.get(agency_id)
    if agency is None or not agency.exists(day):
        raise NotFound
    return call.answer(_agency(state, agency, day))


def _agency(state: Organisation, agency: Agency, day: date) -> AgencyShown:
    name = at(agency.names, day)
    if name is None:
        raise AssertionError(f"{agency.agency_id} exists on {day} without a name")
    posts = (state.posts[post_id] for post_id in state.posts_of_agency.get(agency.agency_id, ()))
    return AgencyShown(
        agency_id=agency.agency_id,
        name=name,
        kind=agency.kind,
        parent_id=at(agency.parents, day),
        posts=[_post(state, post, day) for post in posts if post.since <= day],
    )


def _post(state: Organisation, post: Post, day: date) -> PostShown:
    holding = queries.holder(state, post.post_id, day)
    return PostShown(
        post_id=post.post_id,
        kind=post.kind,
        title=post.title,
        official_kind=post.official_kind,
        person_id=None if holding is None else holding.person_id,
        acting=holding is not None and holding.acting,
    )
