"""A board at work: its cases with what is missing and who owes it, and the lists that its secretary keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from pydantic import BaseModel, Field
from starlette.responses import Response

from discipline.boards.owed import BoardDebtor, BoardStep, OfBoard, owed
from services.adapters import catalogues
from services.application.discipline.aggregates import REVIEW
from services.application.discipline.boards import Votes
from services.entrypoints.api.access import Access
from services.entrypoints.api.call import Call
from services.entrypoints.api.discipline.ballots import BallotShown, ballot_row
from services.entrypoints.api.discipline.board_scope import in_sight, remember, seen
from services.entrypoints.api.discipline.board_views import READERS
from services.entrypoints.api.discipline.review_case import Missing, ReviewListed, missing_of
from services.entrypoints.api.discipline.review_views import review_row
from services.entrypoints.api.discipline.summonses import SummonsShown, summonses
from services.entrypoints.api.language import of_scope
from services.entrypoints.api.routing import Router

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from discipline.reviews.state import Review
    from schemas.envelope import Recorded
    from services.entrypoints.api.discipline.board_scope import Seen

router = Router(prefix="/boards", tags=["boards"])
READS = Access(READERS, in_sight)


class BoardMissing(BaseModel):
    """A step of the board's own that is missing."""

    step: BoardStep
    name: Annotated[str, Field(description="In the language asked for.")]
    by: BoardDebtor
    by_name: Annotated[str, Field(description="In the language asked for.")]
    persons: Annotated[
        list[UUID], Field(description="Whose declarations or recusals they are, or whose seats are vacant.")
    ]
    review_ids: Annotated[list[UUID], Field(description="The reviews that wait for it.")]


class CaseOfBoard(BaseModel):
    """A review before the board."""

    review: ReviewListed
    missing: Annotated[list[Missing], Field(description="What is missing for the next step, and who owes it.")]
    summonses: Annotated[int, Field(description="How often the subject was summoned.")]
    ballots: Annotated[list[UUID], Field(description="The board's ballots on it, in the order of their calls.")]
    case: Annotated[str, Field(description="The case: timeline, texts, rows, calculations.")]
    events: Annotated[str, Field(description="The case as it happens (Server-Sent Events).")]


class CasesOfBoard(BaseModel):
    """Everything that lies before a board."""

    items: list[CaseOfBoard]
    missing: Annotated[list[BoardMissing], Field(description="What the board itself waits for.")]


class SummonsOfBoard(SummonsShown):
    """A summons, and in which review."""

    review_id: UUID


class SummonsesOfBoard(BaseModel):
    """All summonses of a board's reviews."""

    items: list[SummonsOfBoard]


class BallotsOfBoard(BaseModel):
    """All ballots of a board: rolls, and totals once counted; of a box, nothing."""

    items: list[BallotShown]


@router.read("/{board_id}/cases", access=READS, answers=CasesOfBoard)
async def cases(board_id: UUID, call: Call) -> Response:
    """Show each case of a board: where it stands, its clocks, what is missing and who owes it, where to follow it."""
    found = await read(call)
    reviews = {review.review_id: review async for review in _reviews(call, found)}
    ballots = await _ballots(call, board_id)
    root = call.scope.get("root_path", "")
    items = [
        CaseOfBoard(
            review=await review_row(call, id_),
            missing=missing_of(call, review, whole=True),
            summonses=0 if review.procedure.summons is None else review.procedure.summons.number,
            ballots=[one.id for one in ballots if one.review_id == id_],
            case=f"{root}/reviews/{id_}",
            events=f"{root}/reviews/{id_}/events",
        )
        for id_, review in reviews.items()
    ]
    language = of_scope(call.scope)
    standing = {
        id_: OfBoard(one.status, one.procedure.heard_by, voted=await _voted(call, found, id_))
        for id_, one in reviews.items()
    }
    missing = [
        BoardMissing(
            step=one.step,
            name=catalogues.text(language, f"board-owed-{one.step}"),
            by=one.by,
            by_name=catalogues.text(language, f"board-owed-by-{one.by}"),
            persons=list(one.persons),
            review_ids=list(one.review_ids),
        )
        for one in owed(found.board, found.standing, standing)
    ]
    return call.answer(CasesOfBoard(items=items, missing=missing))


@router.read("/{board_id}/summonses", access=READS, answers=SummonsesOfBoard)
async def summoned(board_id: UUID, call: Call) -> Response:  # noqa: ARG001 -- the scope has it
    """List the summonses of all its reviews, with their proofs of receipt."""
    found = await read(call)
    items = [
        SummonsOfBoard(review_id=id_, **one.model_dump())
        for id_, history in await histories(call, found)
        for one in await summonses(call, history)
    ]
    return call.answer(SummonsesOfBoard(items=items))


@router.read("/{board_id}/ballots", access=READS, answers=BallotsOfBoard)
async def voted(board_id: UUID, call: Call) -> Response:
    """List its ballots: who took part and, once they are counted, their totals."""
    await read(call)
    return call.answer(BallotsOfBoard(items=await _ballots(call, board_id)))


async def read(call: Call) -> Seen:
    """The board, with the reading recorded for each of its reviews, also of those that it has ended with."""
    found = await seen(call)
    await remember(call, found.board.sat_on)
    return found


async def _voted(call: Call, found: Seen, review_id: UUID) -> bool:
    votes = Votes(call.context.handler, call.context.store)
    results = await votes.results(found.board.board_id, review_id, found.around.grounds)
    return any(one.came_to_a_choice for one in results)


async def _reviews(call: Call, found: Seen) -> AsyncIterator[Review]:
    for id_ in found.board.reviews:
        yield (await call.context.handler.load(REVIEW, REVIEW.stream(id_))).state


async def histories(call: Call, found: Seen) -> list[tuple[UUID, Sequence[Recorded]]]:
    """Every event of each of the board's reviews."""
    return [(id_, await call.context.store.load(REVIEW.stream(id_))) for id_ in found.board.reviews]


async def _ballots(call: Call, board_id: UUID) -> list[BallotShown]:
    """In the order of their calls, which the board's own events tell."""
    rows = await call.context.pool.fetch(_BALLOTS, board_id)
    return [ballot_row(row) for row in rows]


_BALLOTS = f"""
select {", ".join(BallotShown.model_fields)} from ballot_view where board_id = $1
order by (select position from events where stream = 'ballot-' || ballot_view.id and events.version = 1)"""  # noqa: S608 -- column names of our own
