"""Whether heads answer for what was found at their agency: the competent authority answers, level by level."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import orjson
from fastapi import Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from discipline.proposals import of_head
from discipline.responsibility.commands import CloseLevel, OpenLevel, TakeOverQuestion
from discipline.responsibility.standing import own_matter
from discipline.responsibility.state import LevelStatus
from discipline.reviews.reckoning import Setting
from schemas.discipline.responsibility import ClosingGround, ResponsibilityOpened
from services.adapters.tables.discipline import ResponsibilityColumns
from services.application.discipline.aggregates import RESPONSIBILITY, REVIEW
from services.application.grounds import Informed
from services.application.handler import Request
from services.application.identity import Role
from services.application.ports import Seen
from services.application.reactions import command_id
from services.entrypoints.api.access import Access, anywhere
from services.entrypoints.api.bodies import Input
from services.entrypoints.api.call import Call
from services.entrypoints.api.discipline.apart import propose_apart
from services.entrypoints.api.discipline.board_scope import remember
from services.entrypoints.api.discipline.follow_up_scope import facts
from services.entrypoints.api.discipline.inputs import Narrative, Reasons
from services.entrypoints.api.discipline.law_scope import law_at
from services.entrypoints.api.discipline.review_scope import reckoned_proposal
from services.entrypoints.api.discipline.timeline import Moved, texts, timeline
from services.entrypoints.api.pages import PAGE, Cursor, Limit, Page, after, page
from services.entrypoints.api.refusals import CursorUnreadable, NotFound
from services.entrypoints.api.routing import Router

if TYPE_CHECKING:
    from datetime import datetime

    import asyncpg

    from discipline.responsibility.commands import AuthorityCommand
    from discipline.responsibility.state import Responsibility, State
    from discipline.reviews.commands import ProposeReview

router = Router(prefix="/responsibilities", tags=["responsibilities"])


class ResponsibilityListed(ResponsibilityColumns):
    """A finding or a deemed consent with the question of each head."""


class ResponsibilityCase(BaseModel):
    """The question with all that was answered."""

    responsibility: ResponsibilityListed
    timeline: list[Moved]
    texts: Annotated[dict[UUID, str], Field(description="Texts by document id; erased ones are absent.")]


class ClosingIn(Input):
    """Why a head is not reviewed."""

    ground: Annotated[ClosingGround, Field(description="Why; where a row of the law must say so, it has to be active.")]
    reasons: Narrative


_COLUMNS = ", ".join(ResponsibilityColumns.model_fields)
_LIST = f"""
select {_COLUMNS} from responsibility_view
where ($1 or authority_post = any($2)) and $3 <> all(persons)
  and ($4::boolean is null or (waiting > 0) = $4) and ($5::uuid is null or id > $5)
order by id limit $6"""  # noqa: S608 -- column names of our own
_ONE = f"select {_COLUMNS} from responsibility_view where id = $1"  # noqa: S608 -- likewise


async def _seen(call: Call, *, or_stands_in: bool = False) -> Responsibility:
    """The question in the path: there for the competent authority and for auditors, whom it is not about.

    Whoever may take it over learns of it on the one route that does so. Raises `NotFound`.
    """
    stream = RESPONSIBILITY.stream(call.path_id("finding_id"))
    state: State = (await call.context.handler.load(RESPONSIBILITY, stream)).state
    if state is None or own_matter(call.principal.person_id, state):
        raise NotFound
    if Role.AUDITOR not in call.principal.roles and not await _answers(call, state, or_stands_in):
        raise NotFound
    return state


async def _answers(call: Call, state: Responsibility, or_stands_in: bool) -> bool:  # noqa: FBT001 -- whose sight
    authority_post, known = state.terms.authority_post, await facts(call)
    by = known.by(authority_post)
    return by.holds(authority_post) or (or_stands_in and known.answers_instead(by, state))


async def in_sight(call: Call) -> None:
    """Scope of the readings and commands. Raises `NotFound`."""
    await _seen(call)


async def in_sight_or_stands_in(call: Call) -> None:
    """Scope of the route on which another authority takes it over. Raises `NotFound`."""
    await _seen(call, or_stands_in=True)


READS = {Role.AUTHORITY, Role.AUDITOR}
ANSWERS = Access({Role.AUTHORITY}, in_sight)
TAKES_OVER = Access({Role.AUTHORITY}, in_sight_or_stands_in)


@router.read("", access=Access(READS, anywhere), answers=Page[ResponsibilityListed])
async def listed(
    call: Call,
    limit: Limit = PAGE,
    cursor: Cursor = None,
    waiting: Annotated[bool | None, Query(description="Only those with (or without) a level to be answered.")] = None,
) -> Response:
    """List the questions that the caller has to answer or has answered; an auditor's are all."""
    last, known = _key(after(call, cursor, waiting)), await facts(call)
    auditor, posts = Role.AUDITOR in call.principal.roles, list(known.posts())
    rows = await call.context.pool.fetch(_LIST, auditor, posts, call.principal.person_id, waiting, last, limit + 1)
    shown = page(call, [_row(row) for row in rows], limit, lambda row: [row.id], waiting)
    await remember(call, _read(shown.items))
    return call.answer(shown)


@router.read("/{finding_id}", access=Access(READS, in_sight), answers=ResponsibilityCase)
async def one(finding_id: UUID, call: Call) -> Response:
    """Show who headed the agency and those above it at the fact, and for each level whether a review was proposed."""
    await propose_reviews(call, finding_id)
    [record] = await call.context.pool.fetch(_ONE, finding_id)
    row = _row(record)
    await remember(call, _read([row]))
    history = await call.context.store.load(RESPONSIBILITY.stream(finding_id))
    shown = ResponsibilityCase(responsibility=row, timeline=timeline(call, history), texts=await texts(call, history))
    return call.answer(shown, version=row.version, beside=True)


@router.command("/{finding_id}/levels/{level}/open", access=ANSWERS)
async def open_level(finding_id: UUID, level: int, body: Reasons, call: Call) -> Response:
    """Propose the review of the head of a level, with reasons."""

    async def command() -> AuthorityCommand:
        known, state = await facts(call), await _seen(call)
        return OpenLevel(known.by(state.terms.authority_post), level, await call.put_document("reasons", body.reasons))

    done = await call.carry_out(RESPONSIBILITY, finding_id, command, retry_on_conflict=True)
    await propose_reviews(call, finding_id)
    return call.changed(finding_id, done)


@router.command("/{finding_id}/levels/{level}/close", access=ANSWERS)
async def close_level(finding_id: UUID, level: int, body: ClosingIn, call: Call) -> Response:
    """Say why the head of a level is not reviewed."""

    async def command() -> AuthorityCommand:
        known, state = await facts(call), await _seen(call)
        by, reasons = known.by(state.terms.authority_post), await call.put_document("reasons", body.reasons)
        return CloseLevel(by, level, body.ground, reasons, await law_at(call, known.at))

    return call.changed(finding_id, await call.carry_out(RESPONSIBILITY, finding_id, command, retry_on_conflict=True))


@router.command("/{finding_id}/take-over", access=TAKES_OVER)
async def take_over_question(finding_id: UUID, body: Reasons, call: Call) -> Response:
    """Take the question over, because it is asked about whoever is competent to answer it, with reasons."""

    async def command() -> TakeOverQuestion:
        known, state = await facts(call), await _seen(call, or_stands_in=True)
        reasons, post = await call.put_document("reasons", body.reasons), state.terms.authority_post
        return TakeOverQuestion(known.by(post), known.holders(post), known.stand_ins_for_question(state), reasons)

    return call.changed(finding_id, await call.carry_out(RESPONSIBILITY, finding_id, command, retry_on_conflict=True))


async def propose_reviews(call: Call, finding_id: UUID) -> None:
    """Propose the reviews that the answers of persons ask for, as long as what they rest on stands.

    Two streams are never written at once: where this was cut off, whoever comes next finishes it. The proposal's id is
    the answer's, so it means the same however often it is sent. A finding that fell away meanwhile has closed the
    level: whoever told the reviews so found none to tell, so none may come after.
    """
    handler, stream = call.context.handler, RESPONSIBILITY.stream(finding_id)
    calendar = await call.calendar()
    for recorded in await call.context.store.load(stream):
        event = recorded.event
        if not isinstance(event, ResponsibilityOpened) or event.opened_by is None:
            continue

        async def proposal(
            event: ResponsibilityOpened = event, at: datetime = recorded.occurred_at
        ) -> Informed[ProposeReview]:
            loaded = await handler.load(RESPONSIBILITY, stream)
            state: Responsibility = loaded.state
            level = state.at(event.level)
            if level is None or level.status is not LevelStatus.OPENED or level.review_id != event.review_id:
                raise _LevelClosed
            setting = Setting(at, await law_at(call, at), calendar)
            proposed = await reckoned_proposal(call, event.review_id, of_head(state, event, setting))
            return Informed(proposed, (Seen(stream, loaded.version),))

        id_ = command_id(recorded.event_id, "propose-review", 0)
        actor, correlation = recorded.meta.actor, recorded.meta.correlation_id
        request = Request(id_, actor, correlation, recorded.event_id, retry_on_conflict=True)
        with suppress(_LevelClosed):
            await handler.handle(REVIEW, event.review_id, proposal, request)
        await propose_apart(call, event.review_id)


class _LevelClosed(Exception):
    """The finding, or the consent, fell away after the level was answered, or it is asked about somebody else."""


def _read(rows: list[ResponsibilityListed]) -> list[UUID]:
    """What the reading gives away: the questions, each under its own id, and the reviews that answers proposed."""
    reviews = [UUID(level["review_id"]) for row in rows for level in row.levels if level["review_id"] is not None]
    return [*(row.id for row in rows), *reviews]


def _key(key: list[Any] | None) -> UUID | None:
    if key is None:
        return None
    try:
        return UUID(key[0])
    except (ValueError, TypeError, IndexError, AttributeError):
        raise CursorUnreadable from None


def _row(record: asyncpg.Record) -> ResponsibilityListed:
    return ResponsibilityListed(**{**record, "levels": orjson.loads(record["levels"])})
