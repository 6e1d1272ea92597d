"""Notices: what the watchdog says of the notifier itself, for whoever operates the suite."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field
from starlette.responses import Response

from services.adapters.catalogues import text
from services.application.identity import Role
from services.entrypoints.api.access import Access, anywhere
from services.entrypoints.api.call import Call
from services.entrypoints.api.language import of_scope
from services.entrypoints.api.pages import PAGE, Cursor, Limit, Page, after, moment_and_id, page
from services.entrypoints.api.routing import Router

router = Router(prefix="/notices", tags=["operation"])


class Notice(BaseModel):
    """Something of the notifier stands or stood still. Moments are real time."""

    id: UUID
    subject: Annotated[str, Field(description="clock, deadlines or sources.")]
    name: Annotated[str, Field(description="What stands still, in the language asked for.")]
    began_at: Annotated[datetime, Field(description="When it was last seen to move.")]
    ended_at: Annotated[datetime | None, Field(description="When it went on; none while it stands still.")]


_LIST = """
select id, subject, began_at, ended_at from notice
where $1::timestamptz is null or (began_at, id) < ($1, $2::uuid)
order by began_at desc, id desc limit $3
"""


@router.read("", access=Access({Role.ADMINISTRATOR}, anywhere, case_content=False), answers=Page[Notice])
async def listed(call: Call, limit: Limit = PAGE, cursor: Cursor = None) -> Response:
    """List when the notifier stood still, the latest first."""
    began_at, last = moment_and_id(after(call, cursor))
    rows = await call.context.pool.fetch(_LIST, began_at, last, limit + 1)
    language = of_scope(call.scope)
    found = [Notice(**row, name=text(language, f"watched-{row['subject']}")) for row in rows]
    return call.answer(page(call, found, limit, lambda row: [row.began_at, row.id]))
