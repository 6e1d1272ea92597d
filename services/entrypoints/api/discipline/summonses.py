"""The summonses of a review, each with its proof of receipt and what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from pydantic import BaseModel, Field
from starlette.responses import Response

from schemas.discipline.review_procedure import ReviewSubjectSummoned, ReviewSummonsMissed, ReviewSummonsReceived
from services.application.discipline.aggregates import REVIEW
from services.entrypoints.api.access import Access
from services.entrypoints.api.call import Call
from services.entrypoints.api.discipline.board_scope import remember
from services.entrypoints.api.discipline.review_scope import any_sight
from services.entrypoints.api.discipline.review_views import READERS
from services.entrypoints.api.discipline.timeline import texts
from services.entrypoints.api.routing import Router

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas.envelope import Recorded

router = Router(prefix="/reviews", tags=["reviews"])

TOLD = (ReviewSubjectSummoned, ReviewSummonsReceived, ReviewSummonsMissed)
Text = Annotated[str | None, Field(description="Absent once it was erased.")]


class SummonsShown(BaseModel):
    """One summons."""

    summons: Annotated[int, Field(description="The first, second …")]
    hearing_at: Annotated[datetime, Field(description="When he was to appear.")]
    summoned_by: Annotated[UUID, Field(description="Who summoned him.")]
    text: Text
    text_sha256: Annotated[str, Field(description="Of the summons as it was kept.")]
    received_at: Annotated[datetime | None, Field(description="None while nothing proves that it reached him.")] = None
    proof: Text = None
    proof_sha256: Annotated[str | None, Field(description="Of the proof as it was kept.")] = None
    missed: Annotated[bool, Field(description="He did not appear.")] = False
    excused: Annotated[bool | None, Field(description="With a good reason; none where he appeared.")] = None
    circumstances: Text = None


class Summonses(BaseModel):
    """All summonses of a review."""

    items: list[SummonsShown]


@router.read("/{review_id}/summonses", access=Access(READERS, any_sight), answers=Summonses)
async def listed(review_id: UUID, call: Call) -> Response:
    """List the summonses with the proof of receipt; the subject sees his own."""
    await remember(call, [review_id])
    history = await call.context.store.load(REVIEW.stream(review_id))
    return call.answer(Summonses(items=await summonses(call, history)), version=len(history), beside=True)


async def summonses(call: Call, history: Sequence[Recorded]) -> list[SummonsShown]:
    """The summonses that a review's events tell of, with their texts; the reading of these is recorded."""
    told = [recorded for recorded in history if isinstance(recorded.event, TOLD)]
    words = await texts(call, told)
    shown: dict[int, SummonsShown] = {}
    for recorded in told:
        event = recorded.event
        match event:
            case ReviewSubjectSummoned():
                shown[event.summons] = SummonsShown(
                    summons=event.summons,
                    hearing_at=event.hearing_at,
                    summoned_by=event.summoned_by,
                    text=words.get(event.document.document_id),
                    text_sha256=event.document.sha256,
                )
            case ReviewSummonsReceived():
                receipt = {
                    "received_at": event.received_at,
                    "proof": words.get(event.proof.document_id),
                    "proof_sha256": event.proof.sha256,
                }
                shown[event.summons] = shown[event.summons].model_copy(update=receipt)
            case ReviewSummonsMissed():
                why = words.get(event.circumstances.document_id)
                absence = {"missed": True, "excused": event.excused, "circumstances": why}
                shown[event.summons] = shown[event.summons].model_copy(update=absence)
            case _:
                raise TypeError(event.type)
    return list(shown.values())
