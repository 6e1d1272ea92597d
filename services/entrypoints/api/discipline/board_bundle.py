"""The bundle of a sitting: its agenda, the papers of each review on it as a manifest, and each paper as a file."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from pydantic import BaseModel, Field
from starlette.responses import Response

from discipline.boards.state import Board, Sitting
from schemas.discipline.boards import SittingConvened
from schemas.values import DocumentRef
from services.application.discipline.aggregates import BOARD, REVIEW
from services.application.registry import DocumentErased
from services.entrypoints.api.call import Call
from services.entrypoints.api.discipline.board_scope import remember, seen
from services.entrypoints.api.discipline.board_work import READS
from services.entrypoints.api.discipline.timeline import event_name, refs_of
from services.entrypoints.api.refusals import NotFound
from services.entrypoints.api.routing import Router

if TYPE_CHECKING:
    from schemas.envelope import Recorded

router = Router(prefix="/boards", tags=["boards"])

_NO_STORE = {"cache-control": "no-store"}
"""A confidential file is not kept by what carries it."""


class PaperOfBundle(BaseModel):
    """One paper."""

    number: Annotated[int, Field(description="Its place in the bundle.")]
    document_id: UUID
    sha256: Annotated[str, Field(description="Of its salt and text, as the event states it.")]
    review_id: Annotated[UUID | None, Field(description="None of the agenda.")]
    version: Annotated[int, Field(description="The event that refers to it, by its place in the case.")]
    type: Annotated[str, Field(description="That event's contract.")]
    name: Annotated[str, Field(description="What happened, in the language asked for.")]
    recorded_at: datetime
    file: Annotated[str, Field(description="Where the text is.")]


class Bundle(BaseModel):
    """What lies before the members of a sitting."""

    board_id: UUID
    sitting: int
    held_at: datetime
    review_ids: Annotated[list[UUID], Field(description="The agenda's reviews, in its order.")]
    invited: list[UUID]
    attended: Annotated[list[UUID] | None, Field(description="None before it was opened.")]
    agenda: Annotated[str | None, Field(description="Absent once it was erased.")]
    papers: list[PaperOfBundle]


@router.read("/{board_id}/sittings/{sitting}/bundle", access=READS, answers=Bundle)
async def bundle(board_id: UUID, sitting: int, call: Call) -> Response:
    """Show a sitting's agenda and the manifest of all papers of its reviews."""
    board, one = await _sitting(call, sitting)
    convened = await _convened(call, board, sitting)
    agenda = (await call.documents([convened.agenda])).get(convened.agenda.document_id)
    shown = Bundle(
        board_id=board_id,
        sitting=sitting,
        held_at=convened.held_at,
        review_ids=list(convened.review_ids),
        invited=list(convened.invited),
        attended=None if one.attended is None else list(one.attended),
        agenda=None if agenda is None else agenda.text,
        papers=[
            PaperOfBundle(
                number=number,
                document_id=ref.document_id,
                sha256=ref.sha256,
                review_id=review_id,
                version=recorded.version,
                type=recorded.event.type,
                name=event_name(call, recorded),
                recorded_at=recorded.recorded_at,
                file=f"{call.scope.get('root_path', '')}/boards/{board_id}/sittings/{sitting}/bundle/{ref.document_id}",
            )
            for number, (review_id, recorded, ref) in enumerate(await _papers(call, board, one), 1)
        ],
    )
    return call.answer(shown)


@router.file("/{board_id}/sittings/{sitting}/bundle/{document_id}", access=READS)
async def paper(board_id: UUID, sitting: int, document_id: UUID, call: Call) -> Response:  # noqa: ARG001 -- the scope has it
    """Hand out one paper of a sitting's bundle as text, with the salt under which its proof can be checked."""
    board, one = await _sitting(call, sitting)
    ref = next((ref for _, _, ref in await _papers(call, board, one) if ref.document_id == document_id), None)
    if ref is None:
        raise NotFound
    found = (await call.documents([ref])).get(document_id)
    if found is None:
        raise DocumentErased(document_id)
    headers = {
        **_NO_STORE,
        "content-disposition": f'attachment; filename="{document_id}.txt"',
        "document-sha256": ref.sha256,
        "document-salt": found.salt.hex(),
    }
    return Response(found.text, headers=headers, media_type="text/plain; charset=utf-8")


async def _sitting(call: Call, number: int) -> tuple[Board, Sitting]:
    """A sitting of the board in the path, with the reading recorded for each review on it. Raises `NotFound`."""
    board = (await seen(call)).board
    found = next((one for one in board.sittings if one.number == number), None)
    if found is None:
        raise NotFound
    await remember(call, found.review_ids)
    return board, found


async def _convened(call: Call, board: Board, number: int) -> SittingConvened:
    history = await call.context.store.load(BOARD.stream(board.board_id))
    return next(
        recorded.event
        for recorded in history
        if isinstance(recorded.event, SittingConvened) and recorded.event.sitting == number
    )


async def _papers(call: Call, board: Board, sitting: Sitting) -> list[tuple[UUID, Recorded, DocumentRef]]:
    """Every document of the reviews on the agenda, once, in the order of their events; of reviews that still go on."""
    found: dict[UUID, tuple[UUID, Recorded, DocumentRef]] = {}
    for review_id in sitting.review_ids:
        if review_id in board.reviews:
            for recorded in await call.context.store.load(REVIEW.stream(review_id)):
                for ref in refs_of(recorded.event):
                    found.setdefault(ref.document_id, (review_id, recorded, ref))
    return list(found.values())
