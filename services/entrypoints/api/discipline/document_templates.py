"""The words of documents: an authority's own, version by version, beside those that ship with the suite."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from discipline.documents.fields import FIELDS
from discipline.documents.templates.commands import ActivateTemplate, StoreTemplate, WithdrawTemplate
from schemas.base import Slug
from schemas.discipline.documents import DocumentKind, Wording
from services.adapters import catalogues
from services.adapters.documents.shipped import shipped
from services.adapters.documents.wording import composed, digest, used
from services.application.discipline.aggregates import TEMPLATE
from services.application.identity import Role
from services.entrypoints.api.access import Access, agency_in_body, anywhere
from services.entrypoints.api.bodies import Input
from services.entrypoints.api.call import Call
from services.entrypoints.api.language import of_scope
from services.entrypoints.api.routing import Router

if TYPE_CHECKING:
    from discipline.documents.templates.state import Template

router = Router(prefix="/document-templates", tags=["documents"])


WORDS = Access({Role.AUTHORITY}, agency_in_body(), case_content=False)
READS = Access(
    {Role.AUTHORITY, Role.BOARD_SECRETARY, Role.BOARD_MEMBER, Role.AUDITOR, Role.ADMINISTRATOR},
    anywhere,
    case_content=False,
)
"""The words of forms are no secret; whoever issues documents may see how others word theirs."""
Agency = Annotated[Slug, Query(description="Whose words; an agency that has none of its own takes those above it.")]


class TemplateIn(Input):
    """Words for a kind of document."""

    agency_id: Annotated[Slug, Field(description="Whose documents are worded so, and those of the agencies below it.")]
    wording: Wording


class ActivationIn(Input):
    """Which version documents use from now on."""

    agency_id: Slug
    version: Annotated[int, Field(ge=1)]


class WithdrawalIn(Input):
    """Whose own words documents use no longer."""

    agency_id: Slug


class FieldShown(BaseModel):
    """Something that the words may name."""

    name: str
    must: Annotated[bool, Field(description="The words must name it.")]
    parts: Annotated[list[str], Field(description="Of a list: what its items have.")]


class VersionShown(BaseModel):
    """A version of an agency's words."""

    version: int
    sha256: str
    wording: Wording


class TemplateShown(BaseModel):
    """The words of a kind of document."""

    kind: DocumentKind
    kind_name: Annotated[str, Field(description="In the language asked for.")]
    active: Annotated[int | None, Field(description="The version in use; none: the agency above's, or the shipped.")]
    versions: list[VersionShown]
    shipped: Annotated[Wording, Field(description="The words that ship with the suite.")]
    fields: list[FieldShown]


class Templates(BaseModel):
    """The words of every kind."""

    items: list[TemplateShown]


@router.read("", access=READS, answers=Templates)
async def listed(call: Call, agency_id: Agency) -> Response:
    """List an agency's words for every kind of document, with the fields that each may and must name."""
    return call.answer(Templates(items=[await _shown(call, agency_id, kind) for kind in DocumentKind]))


@router.command("/{kind}", access=WORDS, status=201)
async def store(kind: DocumentKind, body: TemplateIn, call: Call) -> Response:
    """Put down a version; documents use it once it is activated."""
    wording = composed(body.wording)
    command = StoreTemplate(body.agency_id, kind, wording, digest(wording), used(wording), call.principal.person_id)
    template_id = f"{body.agency_id}.{kind}"
    done = await call.carry_out(TEMPLATE, template_id, command, retry_on_conflict=True)
    return call.created(template_id, done, f"/document-templates?agency_id={body.agency_id}")


@router.command("/{kind}/activate", access=WORDS)
async def activate(kind: DocumentKind, body: ActivationIn, call: Call) -> Response:
    """Use a version for documents from now on; those that were issued stay as they are."""
    command = ActivateTemplate(body.agency_id, kind, body.version, call.principal.person_id)
    template_id = f"{body.agency_id}.{kind}"
    return call.changed(template_id, await call.carry_out(TEMPLATE, template_id, command, retry_on_conflict=True))


@router.command("/{kind}/withdraw", access=WORDS)
async def withdraw(kind: DocumentKind, body: WithdrawalIn, call: Call) -> Response:
    """Use no words of one's own any more, but those of the agency above, or the shipped; every version stays."""
    command = WithdrawTemplate(body.agency_id, kind, call.principal.person_id)
    template_id = f"{body.agency_id}.{kind}"
    return call.changed(template_id, await call.carry_out(TEMPLATE, template_id, command, retry_on_conflict=True))


async def _shown(call: Call, agency_id: str, kind: DocumentKind) -> TemplateShown:
    state: Template = (await call.context.handler.load(TEMPLATE, TEMPLATE.stream(f"{agency_id}.{kind}"))).state
    return TemplateShown(
        kind=kind,
        kind_name=catalogues.text(of_scope(call.scope), f"document-kind-{kind}"),
        active=state.active,
        versions=[VersionShown(version=one.number, sha256=one.sha256, wording=one.wording) for one in state.versions],
        shipped=shipped(kind),
        fields=[FieldShown(name=one.name, must=one.must, parts=list(one.parts)) for one in FIELDS[kind]],
    )
