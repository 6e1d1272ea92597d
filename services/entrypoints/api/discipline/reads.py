"""Who has read a review, or the question whether a head answers: recorded before it is shown, and can be asked for."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field
from starlette.responses import Response

from services.application.identity import Role
from services.entrypoints.api.access import Access
from services.entrypoints.api.call import Call
from services.entrypoints.api.discipline.board_scope import remember
from services.entrypoints.api.discipline.responsibilities import READS, in_sight
from services.entrypoints.api.discipline.review_scope import the_file
from services.entrypoints.api.pages import PAGE, Cursor, Limit, Page, after, page
from services.entrypoints.api.refusals import CursorUnreadable
from services.entrypoints.api.routing import Router

router = Router(prefix="/reviews", tags=["reviews"])
questions = Router(prefix="/responsibilities", tags=["responsibilities"])

_LIST = """
select id, reader, route, correlation_id, read_at from confidential_reads
where review_id = $1 and ($2::bigint is null or id < $2) order by id desc limit $3"""


class ReadingShown(BaseModel):
    """One reading."""

    id: Annotated[int, Field(description="Its place in the record, which only ever grows.")]
    reader: Annotated[str, Field(description="Who read: a person's id.")]
    route: Annotated[str, Field(description="What was asked for; a list that showed it as well.")]
    correlation_id: Annotated[UUID, Field(description="The request, as its answer and the logs name it.")]
    read_at: Annotated[datetime, Field(description="When, in real time.")]


@router.read(
    "/{review_id}/reads",
    access=Access({Role.AUTHORITY, Role.BOARD_SECRETARY, Role.AUDITOR}, the_file),
    answers=Page[ReadingShown],
)
async def listed(review_id: UUID, call: Call, limit: Limit = PAGE, cursor: Cursor = None) -> Response:
    """List who has read the review, its board or its ballots, the latest first; this reading is the first of them."""
    return await _readings(call, review_id, limit, cursor)


@questions.read("/{finding_id}/reads", access=Access(READS, in_sight), answers=Page[ReadingShown])
async def of_question(finding_id: UUID, call: Call, limit: Limit = PAGE, cursor: Cursor = None) -> Response:
    """List who has read the question whether heads answer, the latest first; this reading is the first of them."""
    return await _readings(call, finding_id, limit, cursor)


async def _readings(call: Call, id_: UUID, limit: int, cursor: str | None) -> Response:
    last = last_seen(after(call, cursor))
    await remember(call, [id_])
    rows = await call.context.pool.fetch(_LIST, id_, last, limit + 1)
    return call.answer(page(call, [ReadingShown(**row) for row in rows], limit, lambda row: [row.id]))


def last_seen(key: list[Any] | None) -> int | None:
    """After which reading a page begins. Raises `CursorUnreadable`."""
    if key is None:
        return None
    if len(key) != 1 or not isinstance(key[0], int):
        raise CursorUnreadable
    return key[0]
