"""The bundle of a sitting: its agenda, the papers of each review on it as a manifest, each as a file, all as a ZIP."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from pydantic import BaseModel, Field
from starlette.responses import Response, StreamingResponse

from discipline.boards.state import Board, Sitting
from schemas.discipline.boards import SittingConvened
from services.application.discipline.aggregates import BOARD
from services.application.registry import DocumentErased
from services.entrypoints.api.call import Call
from services.entrypoints.api.discipline.board_archive import archive
from services.entrypoints.api.discipline.board_papers import PaperKind, content_of, name_of, papers_of
from services.entrypoints.api.discipline.board_scope import remember, seen
from services.entrypoints.api.discipline.board_work import READS
from services.entrypoints.api.discipline.documents import DocumentFileGone
from services.entrypoints.api.refusals import NotFound
from services.entrypoints.api.routing import Router

if TYPE_CHECKING:
    from services.entrypoints.api.discipline.board_papers import Paper

router = Router(prefix="/boards", tags=["boards"])

_NO_STORE = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
"""A confidential file is not kept by what carries it."""


class PaperOfBundle(BaseModel):
    """One paper."""

    number: Annotated[int, Field(description="Its place in the bundle.")]
    kind: Annotated[PaperKind, Field(description="A text, what a finding said or rests on, or an issued document.")]
    document_id: Annotated[UUID, Field(description="The text, or the file of an issued document.")]
    sha256: Annotated[str, Field(description="Of its salt and text, or of the file, as the event states it.")]
    media_type: Annotated[str, Field(description="As it is handed out.")]
    review_id: UUID
    finding_id: Annotated[UUID | None, Field(description="The finding of the basis whose paper it is.")]
    version: Annotated[int, Field(description="The event that refers to it, by its place in its stream.")]
    type: Annotated[str, Field(description="That event's contract.")]
    name: Annotated[str, Field(description="What it is, in the language asked for.")]
    recorded_at: datetime
    file: Annotated[str, Field(description="Where it is.")]


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
    whole: Annotated[str, Field(description="Where all of it is, as a ZIP.")]


@router.read("/{board_id}/sittings/{sitting}/bundle", access=READS, answers=Bundle)
async def bundle(board_id: UUID, sitting: int, call: Call) -> Response:
    """Show a sitting's agenda and the manifest of all papers of its reviews."""
    board, one = await _sitting(call, sitting)
    convened = await _convened(call, board, sitting)
    at = f"{call.scope.get('root_path', '')}/boards/{board_id}/sittings/{sitting}/bundle"
    shown = Bundle(
        board_id=board_id,
        sitting=sitting,
        held_at=convened.held_at,
        review_ids=list(convened.review_ids),
        invited=list(convened.invited),
        attended=None if one.attended is None else list(one.attended),
        agenda=await _agenda(call, convened),
        papers=[_shown(call, paper, at) for paper in await papers_of(call, board, one)],
        whole=f"{at}.zip",
    )
    return call.answer(shown)


@router.file("/{board_id}/sittings/{sitting}/bundle.zip", access=READS)
async def whole(board_id: UUID, sitting: int, call: Call) -> Response:
    """Have the bundle whole: every paper as a file, a manifest with the hash of each, and sums to check them by."""
    board, one = await _sitting(call, sitting)
    convened = await _convened(call, board, sitting)
    papers = await papers_of(call, board, one)
    agenda = await _agenda(call, convened)
    # What can fail is asked for before the first byte: an answer that has begun cannot be taken back.
    texts = dict(await call.documents([paper.ref for paper in papers if paper.form is None]))
    told = {"board_id": board_id, "sitting": sitting, "held_at": convened.held_at, "read_by": call.principal.actor}
    parts = archive(call, told, agenda, papers, texts, await call.now())
    headers = {**_NO_STORE, "content-disposition": f'attachment; filename="sitting-{sitting}.zip"'}
    return StreamingResponse(parts, headers=headers, media_type="application/zip")


@router.file("/{board_id}/sittings/{sitting}/bundle/{document_id}", access=READS)
async def paper(board_id: UUID, sitting: int, document_id: UUID, call: Call) -> Response:  # noqa: ARG001 -- the scope has it
    """Hand out one paper of a sitting's bundle; a text with the salt under which its proof can be checked."""
    board, one = await _sitting(call, sitting)
    papers = await papers_of(call, board, one)
    asked = next((paper for paper in papers if paper.ref.document_id == document_id), None)
    if asked is None:
        raise NotFound
    content = await content_of(call, asked)
    if content is None:
        raise DocumentErased(document_id) if asked.form is None else DocumentFileGone(document_id)
    headers = {
        **_NO_STORE,
        "content-disposition": f'attachment; filename="{asked.file_name}"',
        "document-sha256": asked.ref.sha256,
    }
    if content.salt is not None:
        headers["document-salt"] = content.salt.hex()
    return Response(content.data, headers=headers, media_type=asked.media_type)


def _shown(call: Call, paper: Paper, at: str) -> PaperOfBundle:
    return PaperOfBundle(
        number=paper.number,
        kind=paper.kind,
        document_id=paper.ref.document_id,
        sha256=paper.ref.sha256,
        media_type=paper.media_type,
        review_id=paper.review_id,
        finding_id=paper.finding_id,
        version=paper.version,
        type=paper.type,
        name=name_of(call, paper),
        recorded_at=paper.recorded_at,
        file=f"{at}/{paper.ref.document_id}",
    )


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


async def _agenda(call: Call, convened: SittingConvened) -> str | None:
    """Its text; None once it was erased."""
    found = (await call.documents([convened.agenda])).get(convened.agenda.document_id)
    return None if found is None else found.text
