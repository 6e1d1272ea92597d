"""What an administrator records of the organisation: agencies, posts and who holds them, by date."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field
from starlette.responses import Response

from inspection.organisation.commands import (
    Command,
    CreateAgency,
    CreatePost,
    EndPost,
    FillPost,
    FoundOrganisation,
    MoveAgency,
    NoteAbsence,
    NoteReturn,
    RenameAgency,
    VacatePost,
    WithdrawFact,
)
from schemas.base import Slug
from schemas.inspection.organisation import AgencyKind, Fact, PostKind
from schemas.values import Name, SubjectKind
from services.application.directory import AUTHORITY, ORGANISATION
from services.application.grounds import Gather
from services.application.identity import Role
from services.application.registry import PersonUnknown
from services.entrypoints.api.access import Access, anywhere
from services.entrypoints.api.bodies import Input
from services.entrypoints.api.call import Call
from services.entrypoints.api.routing import Router

router = Router(prefix="/organisation", tags=["organisation"])

RECORDS = Access({Role.ADMINISTRATOR}, anywhere, case_content=False)
"""Whoever operates the suite keeps its directory of agencies and posts; that is no case."""

ValidFrom = Annotated[date, Field(description="The first day on which it holds.", examples=["2025-07-01"])]


class Dated(Input):
    """What holds from a day on."""

    valid_from: ValidFrom


class Founding(Dated):
    """An authority's tree begins."""

    authority_id: Annotated[Slug, Field(description="The authority, root of the tree.", examples=["ubnd-tinh"])]
    name: Annotated[Name, Field(description="Its name.")]


class NewAgency(Dated):
    """An agency begins to exist."""

    agency_id: Annotated[Slug, Field(description="Its id, for good.", examples=["so-y-te"])]
    name: Annotated[Name, Field(description="Its name.")]
    kind: Annotated[AgencyKind, Field(description="What it is.", examples=["department"])]
    parent_id: Annotated[Slug | None, Field(description="The agency above; none for a central agency.")]


class NewName(Dated):
    """An agency is called otherwise."""

    name: Annotated[Name, Field(description="Its name from then on.")]


class NewParent(Dated):
    """An agency comes to stand below another."""

    parent_id: Annotated[Slug, Field(description="The agency above from then on.")]


class NewPost(Dated):
    """A post begins to exist."""

    post_id: Annotated[Slug, Field(description="Its id, for good.", examples=["so-y-te-giam-doc"])]
    agency_id: Annotated[Slug, Field(description="The agency it belongs to.")]
    kind: Annotated[PostKind, Field(description="Head, deputy or official.")]
    title: Annotated[Name, Field(description="Its title.")]
    official_kind: Annotated[SubjectKind, Field(description="The kind of official who holds it.")]


class NewHolder(Dated):
    """A person comes to hold a post."""

    person_id: Annotated[UUID, Field(description="The person in the registry.")]
    acting: Annotated[bool, Field(description="Acts in it while nobody is appointed.")] = False


class Vacancy(Dated):
    """Nobody holds a post any more."""


class PostEnding(Dated):
    """A post ceases to exist."""

    successor_post: Annotated[
        Slug | None, Field(description="The post that takes over what it owns; none for the head's of its agency.")
    ] = None


class Absent(Dated):
    """Whoever holds a post is away."""

    acted_by: Annotated[UUID | None, Field(description="Who acts for him, in the registry; none for nobody.")] = None


class WrongFact(Dated):
    """What was recorded and never held."""

    fact: Annotated[Fact, Field(description="What had been recorded.", examples=["holder"])]
    subject_id: Annotated[Slug, Field(description="Of which agency or post.", examples=["so-y-te-giam-doc"])]
    reason: Annotated[
        str,
        Field(
            min_length=1,
            max_length=20_000,
            description="Kept encrypted in the registry.",
            examples=["Quyết định bổ nhiệm có hiệu lực từ ngày 01/8, không phải 01/7."],
        ),
    ]


async def record(call: Call, subject: object, command: Command | Gather) -> Response:
    """Carry out a command on the organisation."""
    done = await call.carry_out(ORGANISATION, AUTHORITY, command, retry_on_conflict=True)
    return call.changed(subject, done)


def of_known(call: Call, person_id: UUID, command: Command) -> Gather:
    """Gather a command that puts a person into a post: a mistyped id looks like any other, and nobody would answer.

    An entry that is erased in the same moment is no harm: whoever is erased later stays in his posts too.
    The function raises `PersonUnknown`, `RegistryUnavailable`.
    """

    async def gather() -> Command:
        if person_id not in await call.context.registry.persons([person_id]):
            raise PersonUnknown(person_id)
        return command

    return gather


@router.command("", access=RECORDS, status=200)
async def found(body: Founding, call: Call) -> Response:
    """Found the organisation: the authority is the root of its tree."""
    return await record(call, body.authority_id, FoundOrganisation(body.authority_id, body.name, body.valid_from))


@router.command("/agencies", access=RECORDS)
async def create_agency(body: NewAgency, call: Call) -> Response:
    """Create an agency."""
    command = CreateAgency(body.agency_id, body.name, body.kind, body.parent_id, body.valid_from)
    return await record(call, body.agency_id, command)


@router.command("/agencies/{agency_id}/rename", access=RECORDS)
async def rename_agency(agency_id: Slug, body: NewName, call: Call) -> Response:
    """Rename an agency; what happened before keeps the name it had."""
    return await record(call, agency_id, RenameAgency(agency_id, body.name, body.valid_from))


@router.command("/agencies/{agency_id}/move", access=RECORDS)
async def move_agency(agency_id: Slug, body: NewParent, call: Call) -> Response:
    """Put an agency below another."""
    return await record(call, agency_id, MoveAgency(agency_id, body.parent_id, body.valid_from))


@router.command("/posts", access=RECORDS)
async def create_post(body: NewPost, call: Call) -> Response:
    """Create a post in an agency."""
    command = CreatePost(
        body.post_id, body.agency_id, body.kind, body.title, body.official_kind, valid_from=body.valid_from
    )
    return await record(call, body.post_id, command)


@router.command("/posts/{post_id}/fill", access=RECORDS)
async def fill_post(post_id: Slug, body: NewHolder, call: Call) -> Response:
    """Let a person hold a post, or act in it."""
    command = FillPost(post_id, body.person_id, body.acting, body.valid_from)
    return await record(call, post_id, of_known(call, body.person_id, command))


@router.command("/posts/{post_id}/vacate", access=RECORDS)
async def vacate_post(post_id: Slug, body: Vacancy, call: Call) -> Response:
    """Nobody holds the post any more."""
    return await record(call, post_id, VacatePost(post_id, body.valid_from))


@router.command("/posts/{post_id}/end", access=RECORDS)
async def end_post(post_id: Slug, body: PostEnding, call: Call) -> Response:
    """End a post; what it owns goes to the one that is named, or to the head of its agency."""
    return await record(call, post_id, EndPost(post_id, body.successor_post, body.valid_from))


@router.command("/posts/{post_id}/absence", access=RECORDS)
async def note_absence(post_id: Slug, body: Absent, call: Call) -> Response:
    """Whoever holds the post is away from a day on; somebody acts for him."""
    command = NoteAbsence(post_id, body.acted_by, body.valid_from)
    gathered = command if body.acted_by is None else of_known(call, body.acted_by, command)
    return await record(call, post_id, gathered)


@router.command("/posts/{post_id}/return", access=RECORDS)
async def note_return(post_id: Slug, body: Vacancy, call: Call) -> Response:
    """Whoever holds the post is there again."""
    return await record(call, post_id, NoteReturn(post_id, body.valid_from))


@router.command("/facts/withdraw", access=RECORDS)
async def withdraw_fact(body: WrongFact, call: Call) -> Response:
    """Withdraw what was recorded wrongly of a day; that it had been recorded stays visible."""

    async def command() -> WithdrawFact:
        reason = await call.put_document("reason", body.reason)
        return WithdrawFact(body.fact, body.subject_id, body.valid_from, reason)

    return await record(call, body.subject_id, command)
