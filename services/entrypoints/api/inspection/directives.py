"""Directives: packs that may be adopted, and what is in force."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from inspection.directives.commands import AdoptDirective, AmendDirective, RepealDirective
from inspection.directives.decide import fingerprint
from inspection.directives.state import Directive
from inspection.organisation.refusals import OrganisationNotFounded
from schemas.base import Sha256, Slug
from schemas.inspection.directives import Pack
from services.adapters import packs
from services.application.directives import DIRECTIVE
from services.application.identity import Role
from services.entrypoints.api.access import Access, anywhere
from services.entrypoints.api.bodies import Input
from services.entrypoints.api.call import Call
from services.entrypoints.api.pages import PAGE, Cursor, Limit, Page, after, page
from services.entrypoints.api.refusals import NotFound
from services.entrypoints.api.routing import Router

router = Router(prefix="/directives", tags=["directives"])

DECIDES = Access({Role.AUTHORITY}, anywhere, case_content=False)
READS = Access(frozenset(Role) - {Role.CITIZEN}, anywhere, case_content=False)


class Adoption(Input):
    """A pack comes into force."""

    effective_from: Annotated[date, Field(description="First day in force.", examples=["2023-06-05"])]
    pack: Annotated[Pack, Field(description="The whole pack, as `GET /directives/packs/{directive_id}` shows it.")]
    pack_sha256: Annotated[Sha256, Field(description="Of the content that was read and agreed to.")]


class Repeal(Input):
    """A directive ends."""

    effective_to: Annotated[
        date, Field(description="The first day on which it no longer holds.", examples=["2026-01-01"])
    ]


class ShippedPack(BaseModel):
    """A pack that the suite ships, with the fingerprint that adopting it names."""

    pack: Pack
    pack_sha256: str


class DirectiveRow(BaseModel):
    """A directive in a list."""

    id: str
    number: Annotated[str | None, Field(description="As issued, where the text tells it.")]
    name_vi: str
    name_en: str
    pack_version: int
    adopted_from: date
    pack_from: Annotated[date, Field(description="First day of the newest pack.")]
    repealed_on: Annotated[date | None, Field(description="The first day on which it no longer holds.")]


class PackInForce(BaseModel):
    """A version of a pack and its first day."""

    effective_from: date
    pack: Pack


class DirectiveShown(BaseModel):
    """A directive with every version of its pack."""

    directive_id: str
    packs: list[PackInForce]
    repealed_on: date | None


@cache
def _shipped() -> dict[str, Pack]:
    found = (packs.read(path) for path in packs.shipped())
    return {pack.directive_id: pack for pack in found}


@router.read("/packs/{directive_id}", access=READS, answers=ShippedPack)
async def shipped_pack(directive_id: Slug, call: Call) -> Response:
    """Show a pack that the suite ships."""
    pack = _shipped().get(directive_id)
    if pack is None:
        raise NotFound
    return call.answer(ShippedPack(pack=pack, pack_sha256=fingerprint(pack)))


@router.command("/{directive_id}/adopt", access=DECIDES)
async def adopt(directive_id: Slug, body: Adoption, call: Call) -> Response:
    """Adopt a directive: its pack is in force from a day on."""
    authority_id = (await call.context.directory.current()).authority_id
    if authority_id is None:
        raise OrganisationNotFounded
    command = AdoptDirective(directive_id, authority_id, body.effective_from, body.pack, body.pack_sha256)
    done = await call.carry_out(DIRECTIVE, directive_id, command)
    return call.changed(directive_id, done)


@router.command("/{directive_id}/amend", access=DECIDES, if_match=True)
async def amend(directive_id: Slug, body: Adoption, call: Call) -> Response:
    """Put a newer version of the pack in force; older facts keep theirs."""
    command = AmendDirective(directive_id, body.effective_from, body.pack, body.pack_sha256)
    done = await call.carry_out(DIRECTIVE, directive_id, command)
    return call.changed(directive_id, done)


@router.command("/{directive_id}/repeal", access=DECIDES, if_match=True)
async def repeal(directive_id: Slug, body: Repeal, call: Call) -> Response:
    """End a directive."""
    done = await call.carry_out(DIRECTIVE, directive_id, RepealDirective(directive_id, body.effective_to))
    return call.changed(directive_id, done)


_LIST = """
select id, number, name_vi, name_en, pack_version, adopted_from, pack_from, repealed_on from directive_view
where ($1::text is null or id > $1)
    and ($2::date is null or adopted_from <= $2 and (repealed_on is null or repealed_on > $2))
order by id limit $3"""

AsOf = Annotated[date | None, Query(description="Only what is in force on that day, with the pack of that day.")]


@router.read("", access=READS, answers=Page[DirectiveRow])
async def directives(call: Call, limit: Limit = PAGE, cursor: Cursor = None, as_of: AsOf = None) -> Response:
    """List the directives: all of them, or those in force on a day."""
    key = after(call, cursor, as_of)
    rows = await call.context.pool.fetch(_LIST, key[0] if key else None, as_of, limit + 1)
    found = [DirectiveRow(**row) for row in rows]
    if as_of is not None:
        found = [await _on(call, row, as_of) for row in found]
    return call.answer(page(call, found, limit, lambda row: [row.id], as_of))


async def _on(call: Call, row: DirectiveRow, day: date) -> DirectiveRow:
    """The row with the pack that is in force on the day."""
    state: Directive = (await call.context.handler.load(DIRECTIVE, DIRECTIVE.stream(row.id))).state
    since, pack = next(entry for entry in reversed(state.packs) if entry[0] <= day)
    told = {"number": pack.number, "name_vi": pack.name.vi, "name_en": pack.name.en}
    return row.model_copy(update={**told, "pack_version": pack.version, "pack_from": since})


@router.read("/{directive_id}", access=READS, answers=DirectiveShown)
async def directive(directive_id: Slug, call: Call) -> Response:
    """Show a directive with every version of its pack."""
    loaded = await call.context.handler.load(DIRECTIVE, DIRECTIVE.stream(directive_id))
    state: Directive = loaded.state
    if state.directive_id is None:
        raise NotFound
    shown = DirectiveShown(
        directive_id=state.directive_id,
        packs=[PackInForce(effective_from=since, pack=pack) for since, pack in state.packs],
        repealed_on=state.repealed_on,
    )
    return call.answer(shown, version=loaded.version)
