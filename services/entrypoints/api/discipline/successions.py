"""Plans of succession: what is open at agencies that end, to whom it goes, and the one act by which it does."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, cast
from uuid import UUID

from pydantic import Field
from starlette.responses import Response

from discipline.successions.commands import ApproveSuccession, CorrectSuccession
from inspection.organisation import queries
from schemas.base import Slug
from schemas.discipline.successions import Passage, Singled
from schemas.refusal import Refusal
from services.adapters.discipline.succession import CarryingOut, owned_by, owning_posts
from services.application.discipline.aggregates import SUCCESSION
from services.application.identity import Role
from services.entrypoints.api.access import Access
from services.entrypoints.api.bodies import Input, Nothing
from services.entrypoints.api.call import Call
from services.entrypoints.api.discipline.follow_up_scope import facts
from services.entrypoints.api.discipline.inputs import Narrative
from services.entrypoints.api.discipline.succession_views import in_sight, seen
from services.entrypoints.api.routing import Router

if TYPE_CHECKING:
    from services.adapters.postgres.store import PostgresStore
    from services.application.discipline.facts import Facts

router = Router(prefix="/successions", tags=["successions"])


class PassageIn(Input):
    """What a post owns goes to another."""

    from_post: Annotated[Slug, Field(description="A post of an agency that ends.")]
    to_post: Annotated[Slug, Field(description="A post of a successor, or of an agency below one.")]


class SingledIn(Input):
    """One follow-up goes elsewhere."""

    finding_id: UUID
    to_post: Annotated[Slug, Field(description="A post of a successor, or of an agency below one.")]


class CorrectionIn(Input):
    """What goes elsewhere than the plan says."""

    passages: Annotated[list[PassageIn], Field(default_factory=list, max_length=5_000)]
    singled: Annotated[list[SingledIn], Field(default_factory=list, max_length=5_000)]
    reasons: Narrative


@router.command("/{succession_id}/correct", access=Access({Role.AUTHORITY, Role.HEAD}, in_sight), if_match=True)
async def correct(succession_id: UUID, body: CorrectionIn, call: Call) -> Response:
    """Let what a post owns, or a single follow-up, go to another post of those that take over."""

    async def command() -> CorrectSuccession:
        known, state = await facts(call), await seen(call)
        named = {line.to_post for line in body.passages} | {line.to_post for line in body.singled}
        posts = owning_posts(known.organisation, state)
        return CorrectSuccession(
            by=known.by(),
            passages=tuple(Passage(**line.model_dump()) for line in body.passages),
            singled=tuple(Singled(**line.model_dump()) for line in body.singled),
            chains={post: _chain(known, post, state.day) for post in named},
            posts=posts,
            owned=await owned_by(call.context.pool, posts, {line.finding_id for line in body.singled}),
            reasons=await call.put_document("reasons", body.reasons),
        )

    return call.changed(succession_id, await call.carry_out(SUCCESSION, succession_id, command))


@router.command("/{succession_id}/approve", access=Access({Role.AUTHORITY}, in_sight), if_match=True)
async def approve(succession_id: UUID, body: Nothing, call: Call) -> Response:  # noqa: ARG001 -- an empty body is one too
    """Approve a plan as it stands: the agencies end on the day that was announced."""

    async def command() -> ApproveSuccession:
        known = await facts(call)
        chair = _chair(known)
        return ApproveSuccession(known.by(chair), chair)

    return call.changed(succession_id, await call.carry_out(SUCCESSION, succession_id, command))


@router.command("/{succession_id}/carry-out", access=Access({Role.AUTHORITY}, in_sight))
async def carry_out(succession_id: UUID, body: Nothing, call: Call) -> Response:  # noqa: ARG001 -- an empty body is one too
    """Pass on everything that is open, in one act: all of it or nothing."""
    known, request = await facts(call), await call.request()
    try:
        act = CarryingOut(cast("PostgresStore", call.context.store), known.organisation, known.by(_chair(known)))
        done = await act.run(succession_id, request)
    except Refusal:
        replayed = await call.context.handler.replay(request)
        if replayed is None:
            raise
        done = replayed
    return call.changed(succession_id, done)


def _chair(known: Facts) -> str:
    return queries.chair(known.organisation, known.day) or ""


def _chain(known: Facts, post_id: str, day: date) -> tuple[str, ...]:
    """The post's agency on the day and all above it; nothing where there is no such post then."""
    post = known.organisation.posts.get(post_id)
    if post is None or not post.exists(day) or not known.organisation.agencies[post.agency_id].exists(day):
        return ()
    return queries.chain(known.organisation, post.agency_id, day)
