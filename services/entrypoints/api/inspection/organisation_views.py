"""What the organisation was, is or will be on a day, as it is known now or was known at a moment."""

from __future__ import annotations

from datetime import date
from functools import reduce
from typing import TYPE_CHECKING, Annotated, cast
from uuid import UUID

from fastapi import Query
from pydantic import AwareDatetime, BaseModel, Field
from starlette.responses import Response

from inspection.organisation import queries
from inspection.organisation.evolve import evolve
from inspection.organisation.state import INITIAL, Organisation, Stage
from inspection.timeline import at
from schemas.base import Slug
from schemas.inspection.organisation import AgencyKind, PostKind, RestructuringKind
from schemas.values import Name, SubjectKind
from services.application.directory import STREAM
from services.application.identity import Role
from services.entrypoints.api.access import Access, anywhere
from services.entrypoints.api.call import Call
from services.entrypoints.api.refusals import NotFound
from services.entrypoints.api.routing import Router

if TYPE_CHECKING:
    from inspection.organisation.state import Agency, Post, Restructuring
    from schemas.inspection.organisation import AnyOrganisationEvent

router = Router(prefix="/organisation", tags=["organisation"])

READS = Access(frozenset(Role) - {Role.CITIZEN}, anywhere, case_content=False)

AsOf = Annotated[date | None, Query(description="The day to look at; today where none is named.")]
KnownAt = Annotated[
    AwareDatetime | None,
    Query(description="As it was known at that moment, without what was recorded or corrected later; now if missing."),
]


class PostShown(BaseModel):
    """A post on a day."""

    post_id: str
    kind: PostKind
    title: Name
    official_kind: SubjectKind
    person_id: Annotated[UUID | None, Field(description="Who holds it; none while it is vacant.")]
    acting: Annotated[bool, Field(description="Acts in it while nobody is appointed.")]
    absent: Annotated[bool, Field(description="Whoever holds it is away.")]
    acted_by: Annotated[UUID | None, Field(description="Who acts for him meanwhile.")]


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


class HeadShown(BaseModel):
    """Who answers for an agency on a day."""

    agency_id: str
    post_id: Annotated[str | None, Field(description="The head's post; none where there is none.")]
    person_id: Annotated[UUID | None, Field(description="Who holds it; none while it is vacant.")]
    acting: Annotated[bool, Field(description="Acts in it while nobody is appointed.")]
    in_charge: Annotated[UUID | None, Field(description="Who does its work: the holder, or whoever acts for him.")]


class HeadsShown(BaseModel):
    """Who answers for which agency on a day."""

    as_of: date
    heads: list[HeadShown]


class RestructuringShown(BaseModel):
    """An act by which agencies give way to others."""

    succession_id: Annotated[UUID, Field(description="The act, and the plan for what is open.")]
    kind: RestructuringKind
    predecessors: list[str]
    successors: list[str]
    heir_id: str
    valid_from: date
    stage: Stage


class RestructuringsShown(BaseModel):
    """All of them, by day."""

    items: list[RestructuringShown]


@router.read("", access=READS, answers=OrganisationShown)
async def organisation(call: Call, as_of: AsOf = None, known_at: KnownAt = None) -> Response:
    """Show the whole organisation on a day."""
    day, state = as_of or await call.today(), await _known(call, known_at)
    living = (agency for agency in state.agencies.values() if agency.exists(day))
    shown = [_agency(state, agency, day) for agency in living]
    return call.answer(OrganisationShown(authority_id=state.authority_id, as_of=day, agencies=shown))


@router.read("/heads", access=READS, answers=HeadsShown)
async def heads(call: Call, as_of: AsOf = None, known_at: KnownAt = None) -> Response:
    """Show who heads which agency on a day."""
    day, state = as_of or await call.today(), await _known(call, known_at)
    living = (agency.agency_id for agency in state.agencies.values() if agency.exists(day))
    return call.answer(HeadsShown(as_of=day, heads=[_head(state, agency_id, day) for agency_id in living]))


@router.read("/restructurings", access=READS, answers=RestructuringsShown)
async def restructurings(call: Call) -> Response:
    """List the acts by which agencies end: announced, withdrawn, completed."""
    state = await call.context.directory.current()
    ordered = sorted(state.restructurings.values(), key=lambda one: (one.day, str(one.succession_id)))
    return call.answer(RestructuringsShown(items=[_restructuring(one) for one in ordered]))


@router.read("/agencies/{agency_id}", access=READS, answers=AgencyShown)
async def one_agency(agency_id: Slug, call: Call, as_of: AsOf = None, known_at: KnownAt = None) -> Response:
    """Show an agency on a day."""
    day, state = as_of or await call.today(), await _known(call, known_at)
    agency = state.agencies.get(agency_id)
    if agency is None or not agency.exists(day):
        raise NotFound
    return call.answer(_agency(state, agency, day))


async def _known(call: Call, known_at: AwareDatetime | None) -> Organisation:
    """The organisation with what had been recorded by a moment; everything where none is named."""
    if known_at is None:
        return await call.context.directory.current()
    history = await call.context.store.load(STREAM)
    events = [cast("AnyOrganisationEvent", one.event) for one in history if one.recorded_at <= known_at]
    return reduce(evolve, events, INITIAL)


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
        posts=[_post(state, post, day) for post in posts if post.exists(day)],
    )


def _post(state: Organisation, post: Post, day: date) -> PostShown:
    holding, absence = queries.holder(state, post.post_id, day), queries.absence(state, post.post_id, day)
    return PostShown(
        post_id=post.post_id,
        kind=post.kind,
        title=post.title,
        official_kind=post.official_kind,
        person_id=None if holding is None else holding.person_id,
        acting=holding is not None and holding.acting,
        absent=absence is not None,
        acted_by=None if absence is None else absence.acted_by,
    )


def _head(state: Organisation, agency_id: str, day: date) -> HeadShown:
    post_id = queries.head_of(state, agency_id, day)
    holding = None if post_id is None else queries.holder(state, post_id, day)
    working = None if post_id is None else queries.in_charge(state, post_id, day)
    return HeadShown(
        agency_id=agency_id,
        post_id=post_id,
        person_id=None if holding is None else holding.person_id,
        acting=holding is not None and holding.acting,
        in_charge=None if working is None else working.person_id,
    )


def _restructuring(one: Restructuring) -> RestructuringShown:
    return RestructuringShown(
        succession_id=one.succession_id,
        kind=one.kind,
        predecessors=list(one.predecessors),
        successors=list(one.successors),
        heir_id=one.heir_id,
        valid_from=one.day,
        stage=one.stage,
    )
