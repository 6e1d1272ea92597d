"""The minutes of a board: of its sittings, and of its reviews' meetings and hearings."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from pydantic import BaseModel, Field
from starlette.responses import Response

from schemas.discipline.boards import SittingClosed, SittingConvened, SittingOpened
from schemas.discipline.review_procedure import ReviewHearingHeld, ReviewMeetingHeld
from schemas.values import DocumentRef
from services.application.discipline.aggregates import BOARD
from services.entrypoints.api.call import Call
from services.entrypoints.api.discipline.board_work import READS, histories, read
from services.entrypoints.api.routing import Router

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from schemas.envelope import Recorded

router = Router(prefix="/boards", tags=["boards"])


class MinutesShown(BaseModel):
    """Minutes of a review meeting, a hearing or a sitting."""

    of: Annotated[str, Field(description="meeting, hearing or sitting.")]
    review_id: Annotated[UUID | None, Field(description="None of a sitting.")]
    sitting: Annotated[int | None, Field(description="Which sitting; none of the others.")]
    held_at: Annotated[datetime | None, Field(description="When it was to be held; none of a hearing: its sitting's.")]
    present: Annotated[list[UUID], Field(description="Who was there.")]
    recorded_at: Annotated[datetime | None, Field(description="None while they are missing.")]
    document_id: Annotated[UUID | None, Field(description="None while they are missing.")]
    text: Annotated[str | None, Field(description="None while they are missing, or once they were erased.")] = None


class MinutesOfBoard(BaseModel):
    """All minutes, those that are missing too."""

    items: list[MinutesShown]


@router.read("/{board_id}/minutes", access=READS, answers=MinutesOfBoard)
async def minutes(board_id: UUID, call: Call) -> Response:
    """List the minutes of its sittings, and of its reviews' meetings and hearings; those that are missing too."""
    found = await read(call)
    items = _of_sittings(await call.context.store.load(BOARD.stream(board_id)))
    refs = [ref for _, ref in items if ref is not None]
    for id_, history in await histories(call, found):
        held = list(_of_review(id_, history))
        items += held
        refs += [ref for _, ref in held]
    texts = await call.documents(refs) if refs else {}

    def with_text(one: MinutesShown, ref: DocumentRef | None) -> MinutesShown:
        document = None if ref is None else texts.get(ref.document_id)
        return one if document is None else one.model_copy(update={"text": document.text})

    return call.answer(MinutesOfBoard(items=[with_text(one, ref) for one, ref in items]))


def _of_sittings(history: Sequence[Recorded]) -> list[tuple[MinutesShown, DocumentRef | None]]:
    shown: dict[int, tuple[MinutesShown, DocumentRef | None]] = {}
    for recorded in history:
        match recorded.event:
            case SittingConvened(sitting=number, held_at=held_at):
                shown[number] = _convened(number, held_at), None
            case SittingOpened(sitting=number, attended=attended):
                shown[number] = shown[number][0].model_copy(update={"present": list(attended)}), None
            case SittingClosed(sitting=number, minutes=ref):
                done = {"recorded_at": recorded.recorded_at, "document_id": ref.document_id}
                shown[number] = shown[number][0].model_copy(update=done), ref
            case _:  # nothing else of a board's is written down in minutes
                continue
    return list(shown.values())


def _convened(number: int, held_at: datetime) -> MinutesShown:
    return MinutesShown(
        of="sitting",
        review_id=None,
        sitting=number,
        held_at=held_at,
        present=[],
        recorded_at=None,
        document_id=None,
    )


def _of_review(review_id: UUID, history: Sequence[Recorded]) -> Iterator[tuple[MinutesShown, DocumentRef]]:
    for recorded in history:
        match recorded.event:
            case ReviewMeetingHeld(attended=present, minutes=ref):
                yield _held("meeting", review_id, present, recorded, ref), ref
            case ReviewHearingHeld(sat=present, minutes=ref):
                yield _held("hearing", review_id, present, recorded, ref), ref
            case _:  # nothing else of a review is written down in minutes
                continue


def _held(of: str, review_id: UUID, present: Sequence[UUID], recorded: Recorded, ref: DocumentRef) -> MinutesShown:
    return MinutesShown(
        of=of,
        review_id=review_id,
        sitting=None,
        held_at=None,
        present=list(present),
        recorded_at=recorded.recorded_at,
        document_id=ref.document_id,
    )
