"""Who has read a confidential alert: recorded before it is shown, and an auditor asks for it."""

from __future__ import annotations

from uuid import UUID

from starlette.responses import Response

from services.application.identity import Role
from services.entrypoints.api.access import Access
from services.entrypoints.api.call import Call
from services.entrypoints.api.discipline.reads import ReadingShown, last_seen
from services.entrypoints.api.notifier.sight import in_sight
from services.entrypoints.api.pages import PAGE, Cursor, Limit, Page, after, page
from services.entrypoints.api.routing import Router

router = Router(prefix="/alerts", tags=["alerts"])

_LIST = """
select id, reader, route, correlation_id, read_at from confidential_reads
where alert_id = $1 and ($2::bigint is null or id < $2) order by id desc limit $3"""


@router.read("/{alert_id}/reads", access=Access({Role.AUDITOR}, in_sight), answers=Page[ReadingShown])
async def listed(alert_id: UUID, call: Call, limit: Limit = PAGE, cursor: Cursor = None) -> Response:
    """List who has read an alert about a review, the latest first; of other alerts readings are not recorded."""
    last = last_seen(after(call, cursor))
    rows = await call.context.pool.fetch(_LIST, alert_id, last, limit + 1)
    return call.answer(page(call, [ReadingShown(**row) for row in rows], limit, lambda row: [row.id]))
