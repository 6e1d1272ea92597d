"""What is shown of boards: to members who may take part, the authority and auditors; every reading is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import orjson
from pydantic import BaseModel, Field
from starlette.responses import Response

from discipline.boards.facts import board_before
from discipline.boards.state import ballot_ids, vacant
from services.adapters.tables.boards import BoardColumns
from services.application.discipline.aggregates import BALLOT, BOARD
from services.application.identity import Role
from services.entrypoints.api.access import Access, anywhere
from services.entrypoints.api.call import Call
from services.entrypoints.api.discipline.board_scope import afresh, audits, concerned, in_sight, remember, seen
from services.entrypoints.api.discipline.follow_up_scope import facts
from services.entrypoints.api.discipline.timeline import Moved, texts, timeline, told
from services.entrypoints.api.live import live
from services.entrypoints.api.pages import PAGE, Cursor, Limit, Page, after, page
from services.entrypoints.api.refusals import CursorUnreadable
from services.entrypoints.api.routing import Router

if TYPE_CHECKING:
    import asyncpg

    from discipline.boards.state import State
    from schemas.envelope import Recorded

router = Router(prefix="/boards", tags=["boards"])

COMING = 20
"""Ballots that may be called while somebody watches; whoever resumes sees further ones."""
READERS = {Role.AUTHORITY, Role.BOARD_MEMBER, Role.BOARD_SECRETARY, Role.AUDITOR}


class BoardListed(BoardColumns):
    """A board in a list."""


class BoardToday(BaseModel):
    """What is derived when somebody looks."""

    can_sit: Annotated[bool, Field(description="Members with a vote who may take part are enough for the quorum.")]
    able: Annotated[int, Field(description="How many these are.")]
    sat: Annotated[list[UUID], Field(description="Those of them who sit now.")]
    vacant: Annotated[list[UUID], Field(description="Members who no longer hold the post for which they were chosen.")]


class BoardCase(BaseModel):
    """A board with all that happened to it."""

    board: BoardListed
    today: BoardToday
    timeline: list[Moved]
    texts: Annotated[dict[UUID, str], Field(description="Texts by document id; erased ones are absent.")]


class Composition(BaseModel):
    """Who sits: what a subject is told, so that he can ask for a recusal."""

    seats: Annotated[list[dict[str, Any]], Field(description="Person, post, role, vote.")]
    recused: Annotated[list[UUID], Field(description="Who takes no part.")]


_COLUMNS = ", ".join(BoardColumns.model_fields)
_LIST = f"""
select {_COLUMNS} from board_view
where ($1 or ($2 = any(persons) and $2 <> all(recused)) or authority_post = any($3)) and $2 <> all(subjects)
  and ($4::uuid is null or id > $4)
order by id limit $5"""  # noqa: S608 -- column names of our own
_ONE = f"select {_COLUMNS} from board_view where id = $1"  # noqa: S608 -- likewise


@router.read("", access=Access(READERS, anywhere), answers=Page[BoardListed])
async def listed(call: Call, limit: Limit = PAGE, cursor: Cursor = None) -> Response:
    """List the boards that the caller sits on or has established; an auditor's are all."""
    last = _key(after(call, cursor))
    auditor = Role.AUDITOR in call.principal.roles
    found: list[BoardListed] = []
    # What the organisation speaks against today stands in no column: whoever may not take part is left out here.
    while len(found) <= limit:
        posts = list((await facts(call)).posts())
        rows = await call.context.pool.fetch(_LIST, auditor, call.principal.person_id, posts, last, limit + 1)
        found += [_row(row) for row in rows if await _may_see(call, row["id"])]
        if len(rows) <= limit:
            break
        last = rows[-1]["id"]
    shown = page(call, found, limit, lambda row: [row.id])
    boards = [(await call.context.handler.load(BOARD, BOARD.stream(row.id))).state for row in shown.items]
    await remember(call, (id_ for board in boards for id_ in board.sat_on))
    return call.answer(shown)


@router.read("/{board_id}", access=Access(READERS, in_sight), answers=BoardCase)
async def one(board_id: UUID, call: Call) -> Response:
    """Show a board with its seats, sittings, recusals and votes, and whether it can sit today."""
    found = await seen(call)
    await remember(call, found.board.sat_on)
    [record] = await call.context.pool.fetch(_ONE, board_id)
    history = await call.context.store.load(BOARD.stream(board_id))
    before = board_before(found.board, found.standing)
    today = BoardToday(
        can_sit=len(before.able) >= before.quorum,
        able=len(before.able),
        sat=list(before.sat),
        vacant=list(vacant(found.board, found.standing)),
    )
    row = _row(record)
    shown = BoardCase(board=row, today=today, timeline=timeline(call, history), texts=await texts(call, history))
    return call.answer(shown, version=row.version, beside=True)


@router.read("/{board_id}/composition", access=Access(set(Role) - {Role.ADMINISTRATOR}, concerned), answers=Composition)
async def composition(board_id: UUID, call: Call) -> Response:  # noqa: ARG001 -- the scope has it
    """Show who sits on a board, to the subject too: he may ask that one of them does not take part."""
    board = (await seen(call)).board
    await remember(call, board.sat_on)
    seats = [seat.model_dump(mode="json") for seat in board.seats]
    # Without a version: what else the board does, a vote for one, is nothing that its subject is told.
    return call.answer(Composition(seats=seats, recused=sorted(board.recused)))


@router.stream("/{board_id}/events", access=Access(READERS, in_sight))
async def events(board_id: UUID, call: Call) -> Response:
    """Tell what happens to a board and to its ballots as it happens; resume with Last-Event-ID."""
    board = (await seen(call)).board
    await remember(call, board.sat_on)
    streams = [BOARD.stream(board_id), *(BALLOT.stream(id_) for id_ in ballot_ids(board, coming=COMING))]

    known = set(board.sat_on)

    async def may_see(_recorded: Recorded) -> bool:
        now = await afresh(call, board_id)
        if now is None or not now.reads:
            return False
        if come := now.board.sat_on - known:  # the board has come to sit on them while he watches
            await remember(call, come)
            known.update(come)
        return True

    return live(call, streams, may_see=may_see, show=lambda recorded: told(call, recorded))


async def _may_see(call: Call, board_id: UUID) -> bool:
    board: State = (await call.context.handler.load(BOARD, BOARD.stream(board_id))).state
    if board is None or audits(await facts(call), board):
        return board is not None
    now = await afresh(call, board_id)
    return now is not None and now.reads


def _key(key: list[Any] | None) -> UUID | None:
    if key is None:
        return None
    try:
        return UUID(key[0])
    except (ValueError, TypeError, IndexError, AttributeError):
        raise CursorUnreadable from None


def _row(record: asyncpg.Record) -> BoardListed:
    values = dict(record)
    for name in ("seats", "size", "quorum"):
        values[name] = orjson.loads(values[name])
    return BoardListed(**values)
