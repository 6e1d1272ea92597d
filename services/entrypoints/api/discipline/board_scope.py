"""One board in the path: who may see it, and how commands on it are carried out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from discipline.boards.state import Board, may_take_part
from services.application.discipline.aggregates import BOARD
from services.application.discipline.boards import Surroundings, Votes, follow_take_over
from services.application.discipline.facts import Facts
from services.application.grounds import Grounds
from services.application.identity import Role
from services.entrypoints.api.discipline.follow_up_scope import facts
from services.entrypoints.api.refusals import NotFound

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from starlette.responses import Response

    from discipline.boards.commands import Command, Standing
    from discipline.boards.state import State
    from discipline.standing import Person
    from services.application.grounds import Informed
    from services.entrypoints.api.call import Call

_READ = """
insert into confidential_reads (review_id, reader, route, correlation_id)
select review_id, $2, $3, $4 from unnest($1::uuid[]) as read(review_id)"""


@dataclass(frozen=True, slots=True)
class Seen:
    """A board and how things stand around it, as the caller finds it."""

    board: Board
    standing: Standing
    known: Facts
    around: Surroundings
    """What all this was read from."""

    @property
    def by(self) -> Person:
        """The caller, with the authority's post where it has come to him."""
        return self.known.by(self.board.authority_post)

    @property
    def concerned(self) -> bool:
        """Whether he is a subject, or was one of a review that the board has ended with."""
        return self.known.principal.person_id in self.board.concerned

    @property
    def decides(self) -> bool:
        """Whether he is the competent authority, in a matter that is not his own."""
        return self.by.holds(self.board.authority_post) and not self.concerned

    @property
    def sits(self) -> bool:
        """Whether he has a seat and may take part today; who is recused or conflicted has lost it at once."""
        return may_take_part(self.board, self.known.principal.person_id, self.standing)

    @property
    def reads(self) -> bool:
        """Whether he reads what lies before the board: as one who sits, as the authority, or as an auditor."""
        return self.sits or self.decides or audits(self.known, self.board)


def audits(known: Facts, board: Board) -> bool:
    """Whether he audits the board: nobody audits his own matter, nor one in which he was recused."""
    person_id = known.principal.person_id
    return Role.AUDITOR in known.principal.roles and person_id not in board.concerned | board.recused


async def surroundings(call: Call) -> Surroundings:
    """The reviews and the organisation at the moment of this request."""
    known = await facts(call)
    return Surroundings(Grounds(call.context.handler), known.organisation, known.day)


async def seen(call: Call, *others: UUID) -> Seen:
    """The board in the path, whoever asks. Raises `NotFound`."""
    board_id = call.path_id("board_id")
    board = await board_of(call, board_id)
    if board is None:
        raise NotFound
    around = await surroundings(call)
    if await taken_over(call, board, around):
        board, around = await board_of(call, board_id), await surroundings(call)
        assert board is not None  # noqa: S101 -- it was there, and no stream ends
    return Seen(board, await around.standing(board, *others), await facts(call), around)


async def taken_over(call: Call, board: Board, around: Surroundings) -> bool:
    """Whether its authority has changed, because a review of it was taken over."""
    found = [await around.review(review_id) for review_id in board.reviews]
    reviews = [review for review in found if review is not None]
    return await follow_take_over(call.context.handler, board, reviews, call.exchange.correlation_id)


async def board_of(call: Call, board_id: UUID) -> Board | None:
    """A board with its last vote in step, if there is one."""
    state: State = (await call.context.handler.load(BOARD, BOARD.stream(board_id))).state
    votes = Votes(call.context.handler, call.context.store)
    if state is not None and await votes.finish(state, call.exchange.correlation_id):
        state = (await call.context.handler.load(BOARD, BOARD.stream(board_id))).state
    return state


async def sits_or_decides(call: Call) -> None:
    """Scope: members who may take part, and the authority. Raises `NotFound`."""
    found = await seen(call)
    if not (found.sits or found.decides):
        raise NotFound


async def sits(call: Call) -> None:
    """Scope: members who may take part. Raises `NotFound`."""
    if not (await seen(call)).sits:
        raise NotFound


async def decides(call: Call) -> None:
    """Scope: the authority. Raises `NotFound`."""
    if not (await seen(call)).decides:
        raise NotFound


async def in_sight(call: Call) -> None:
    """Scope of readings: members who may take part, the authority, auditors. Raises `NotFound`."""
    if not (await seen(call)).reads:
        raise NotFound


async def concerned(call: Call) -> None:
    """Scope of what the subject may know and ask as well. Raises `NotFound`."""
    found = await seen(call)
    if not (found.reads or found.concerned):
        raise NotFound


async def carried_out(
    call: Call, board_id: UUID, make: Callable[[Seen], Awaitable[Command]], *others: UUID
) -> Response:
    """Carry out the command that is made of what is known.

    Two who act at once: one wins, and the other is told the board's version and looks again. What was read of reviews
    holds when it is stored, or is read anew.
    """

    async def command() -> Informed[Command]:
        found = await seen(call, *others)
        return found.around.grounds.of(await make(found), BOARD.stream(board_id))

    return call.changed(board_id, await call.carry_out(BOARD, board_id, command))


async def remember(call: Call, ids: Iterable[UUID]) -> None:
    """Record that reviews, or questions of heads, are read, before they are shown: what cannot be is not read."""
    exchange = call.exchange
    read = (list(ids), call.principal.actor, exchange.template, exchange.correlation_id)
    await call.context.pool.execute(_READ, *read)


async def known_facts(call: Call) -> Facts:
    """What is known now, for a stream that stays open longer than a request's facts hold."""
    context = call.context
    return Facts(call.principal, await context.directory.current(), await context.clock.now())


async def found(call: Call, board_id: UUID, known: Facts) -> Seen | None:
    """A board as the caller finds it by what is known, if there is one."""
    around = Surroundings(Grounds(call.context.handler), known.organisation, known.day)
    state = await around.grounds.look(BOARD, board_id)
    return None if state is None else Seen(state, await around.standing(state), known, around)


async def afresh(call: Call, board_id: UUID) -> Seen | None:
    """The board as it stands now."""
    return await found(call, board_id, await known_facts(call))
