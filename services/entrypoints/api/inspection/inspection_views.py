"""What is shown of inspections, and to whom: an agency learns of one when it is opened, never of the plan."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from inspection.inspections.state import Inspection, InspectionStatus
from inspection.inspections.state import State as InspectionState
from schemas.inspection.inspections import InspectionForm, LegalKind
from services.application.identity import Role
from services.application.inspections import INSPECTION
from services.application.reach import OVERSIGHT
from services.entrypoints.api.access import Access, anywhere
from services.entrypoints.api.call import Call
from services.entrypoints.api.inspection.timeline import Moved, timeline
from services.entrypoints.api.pages import PAGE, Cursor, Limit, Page, after, day_and_id, page
from services.entrypoints.api.refusals import NotFound
from services.entrypoints.api.routing import Router

if TYPE_CHECKING:
    from schemas.values import DocumentRef

router = Router(prefix="/inspections", tags=["inspections"])

PLANNERS = OVERSIGHT | {Role.AUTHORITY, Role.AUDITOR}
"""They see plans within their reach; everybody else sees what was opened, and what he planned or inspects himself."""
READERS = PLANNERS | {Role.AGENCY_USER, Role.HEAD}


class InspectionRow(BaseModel):
    """An inspection in a list."""

    id: UUID
    status: InspectionStatus
    legal_kind: LegalKind
    form: InspectionForm
    directive_id: str
    agency_ids: list[str]
    from_day: date
    to_day: date
    planned_by: UUID
    leader_id: UUID | None
    member_ids: list[UUID]
    opened_on: date | None
    concluded_at: datetime | None
    version: int


class InspectionShown(InspectionRow):
    """One inspection, with its texts. Erased texts are absent."""

    conclusion: str | None
    cancelled_for: Annotated[str | None, Field(description="Why it was cancelled.")]
    timeline: list[Moved]


async def inspection_of(call: Call) -> tuple[Inspection, int]:
    """The inspection in the path and its version, where the caller may see it.

    Raises:
        NotFound: it does not exist, or not for this caller.
    """
    loaded = await call.context.handler.load(INSPECTION, INSPECTION.stream(call.path_id("inspection_id")))
    state: InspectionState = loaded.state
    if state is None or not (_takes_part(call, state) or await _sees(call, state)):
        raise NotFound
    return state, loaded.version


def _takes_part(call: Call, state: Inspection) -> bool:
    team = () if state.team is None else state.team.everybody
    return call.principal.person_id in (state.planned_by, *team)


async def _sees(call: Call, state: Inspection) -> bool:
    if state.opened_on is None and not call.principal.roles & PLANNERS:
        return False
    agencies = await call.agencies()
    return agencies is None or not agencies.isdisjoint(state.agency_ids)


async def in_sight(call: Call) -> None:
    """Scope of the routes of one inspection. Raises `NotFound`."""
    await inspection_of(call)


_LIST = """
select id, status, legal_kind, form, directive_id, agency_ids, from_day, to_day, planned_by, leader_id, member_ids,
    opened_on, concluded_at, version
from inspection_view
where (($1::text[] is null or agency_ids && $1) and ($2 or opened_on is not null)
        or $3 in (planned_by, leader_id) or $3 = any(member_ids))
    and ($4::text is null or status = $4)
    and ($5::date is null or (from_day, id) < ($5, $6::uuid))
order by from_day desc, id desc limit $7"""


@router.read("", access=Access(READERS, anywhere), answers=Page[InspectionRow])
async def listed(
    call: Call,
    limit: Limit = PAGE,
    cursor: Cursor = None,
    status: Annotated[InspectionStatus | None, Query(description="Only those that stand so.")] = None,
) -> Response:
    """List inspections, the latest period first."""
    day, last = day_and_id(after(call, cursor, status))
    agencies = await call.agencies()
    rows = await call.context.pool.fetch(
        _LIST,
        None if agencies is None else list(agencies),
        bool(call.principal.roles & PLANNERS),
        call.principal.person_id,
        status,
        day,
        last,
        limit + 1,
    )
    found = [InspectionRow(**row) for row in rows]
    return call.answer(page(call, found, limit, lambda row: [row.from_day, row.id], status))


@router.read("/{inspection_id}", access=Access(READERS, in_sight), answers=InspectionShown)
async def one(inspection_id: UUID, call: Call) -> Response:
    """Show an inspection with its conclusion; the reading is recorded."""
    state, version = await inspection_of(call)
    refs = [ref for ref in (state.conclusion, state.cancelled_for) if ref is not None]
    texts = await call.documents(refs) if refs else {}

    def text(ref: DocumentRef | None) -> str | None:
        document = None if ref is None else texts.get(ref.document_id)
        return None if document is None else document.text

    shown = InspectionShown(
        id=state.inspection_id,
        status=state.status,
        legal_kind=state.legal_kind,
        form=state.form,
        directive_id=state.directive_id,
        agency_ids=list(state.agency_ids),
        from_day=state.from_day,
        to_day=state.to_day,
        planned_by=state.planned_by,
        leader_id=None if state.team is None else state.team.leader_id,
        member_ids=[] if state.team is None else list(state.team.member_ids),
        opened_on=state.opened_on,
        concluded_at=state.concluded_at,
        version=version,
        conclusion=text(state.conclusion),
        cancelled_for=text(state.cancelled_for),
        timeline=timeline(call, await call.context.store.load(INSPECTION.stream(inspection_id))),
    )
    return call.answer(shown, version=version)
