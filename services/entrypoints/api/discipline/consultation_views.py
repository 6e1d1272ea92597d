"""Consultations to read: for who asks and who is asked, for those who watch them, and for auditors."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import orjson
from fastapi import Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from discipline.consultations.view import ConsultationStatus
from discipline.days import local_day
from schemas.base import Slug
from schemas.discipline.consultations import ConsultationTerms
from schemas.values import DocumentRef
from services.adapters import catalogues
from services.adapters.calculations import in_words
from services.adapters.tables.consultations import ConsultationColumns
from services.application.discipline.aggregates import CONSULTATION
from services.application.identity import Role
from services.application.reach import reach
from services.entrypoints.api.access import Access, anywhere
from services.entrypoints.api.call import Call
from services.entrypoints.api.discipline.consultation_scope import consultation_of, in_sight
from services.entrypoints.api.discipline.review_case import CalculationInWords
from services.entrypoints.api.discipline.timeline import Moved, texts, timeline, told
from services.entrypoints.api.language import of_scope
from services.entrypoints.api.live import live
from services.entrypoints.api.pages import PAGE, Cursor, Limit, Page, after, moment_and_id, page, through
from services.entrypoints.api.routing import Router

if TYPE_CHECKING:
    from collections.abc import Sequence

    import asyncpg

    from schemas.envelope import Recorded

router = Router(prefix="/consultations", tags=["consultations"])

READERS = {
    Role.INSPECTOR,
    Role.TEAM_LEADER,
    Role.INSPECTORATE_OFFICER,
    Role.AGENCY_USER,
    Role.HEAD,
    Role.AUTHORITY,
    Role.AUDITOR,
}


class ConsultationListed(ConsultationColumns):
    """A consultation in a list."""

    subject: Annotated[str | None, Field(description="What it is about; none where the text was erased.")]
    status_name: Annotated[str, Field(description="Where it stands, in the language asked for.")]
    position_name: Annotated[str | None, Field(description="What was answered, in the language asked for.")]
    overdue: Annotated[bool, Field(description="Now, derived: past its due moment without an answer in time.")]


class ConsultationCase(BaseModel):
    """A consultation with all that happened to it."""

    consultation: ConsultationListed
    terms: Annotated[ConsultationTerms, Field(description="The directive's, as it was asked.")]
    in_words: Annotated[CalculationInWords, Field(description="The due moment, so that it can be recomputed by hand.")]
    timeline: list[Moved]
    texts: Annotated[dict[UUID, str], Field(description="Texts by document id; erased ones are absent.")]


_COLUMNS = ", ".join(ConsultationColumns.model_fields)
_OVERDUE = "due_at < $1 and (going_on or status = 'lapsed')"
_LIST = f"""
select {_COLUMNS}, subject, {_OVERDUE} as overdue from consultation_view
where ($2::text[] is null or asking_agency = any($2) or consulted_agency = any($2))
  and ($3::text is null or asking_agency = $3)
  and ($4::text is null or consulted_agency = $4)
  and ($5::uuid is null or request_id = $5)
  and ($6::text is null or status = $6)
  and ($7::timestamptz is null or going_on and due_at <= $7)
  and ($8::boolean is null or ({_OVERDUE}) = $8)
  and ($9::boolean is null or to_reconcile = $9)
  and ($10::timestamptz is null or (due_at, id) > ($10, $11::uuid))
order by due_at, id limit $12"""  # noqa: S608 -- column names of our own
_ONE = f"select {_COLUMNS}, subject, {_OVERDUE} as overdue from consultation_view where id = $2"  # noqa: S608 -- likewise


@router.read("", access=Access(READERS, anywhere), answers=Page[ConsultationListed])
async def listed(  # noqa: PLR0913 -- a parameter a filter
    call: Call,
    *,
    limit: Limit = PAGE,
    cursor: Cursor = None,
    asking: Annotated[Slug | None, Query(description="Only what one agency asked.")] = None,
    consulted: Annotated[Slug | None, Query(description="Only what one agency was asked.")] = None,
    request: Annotated[UUID | None, Query(description="Only those of one request.")] = None,
    status: Annotated[ConsultationStatus | None, Query(description="Only those that stand so.")] = None,
    due: Annotated[date | None, Query(description="Only those that go on and are due by this day.")] = None,
    overdue: Annotated[bool | None, Query(description="Only those that are, or are not, overdue now.")] = None,
    to_reconcile: Annotated[
        bool | None, Query(description="Only those whose answer the lead has, or has not, to work on still.")
    ] = None,
) -> Response:
    """List consultations whose asking or consulted agency lies within the caller's reach, the next due first."""
    filters = (asking, consulted, request, status, due, overdue, to_reconcile)
    due_at, last = moment_and_id(after(call, cursor, *filters))
    agencies = await call.agencies()
    rows = await call.context.pool.fetch(
        _LIST,
        await call.now(),
        None if agencies is None else list(agencies),
        asking,
        consulted,
        request,
        status,
        through(due),
        overdue,
        to_reconcile,
        due_at,
        last,
        limit + 1,
    )
    found = await _shown(call, rows)
    return call.answer(page(call, found, limit, lambda row: [row.due_at, row.id], *filters))


@router.read("/{consultation_id}", access=Access(READERS, in_sight), answers=ConsultationCase)
async def one(consultation_id: UUID, call: Call) -> Response:
    """Show a consultation with its terms, its date as it was computed, its timeline and its texts."""
    state = await consultation_of(call)
    [row] = await _shown(call, await call.context.pool.fetch(_ONE, await call.now(), consultation_id))
    history = await call.context.store.load(CONSULTATION.stream(consultation_id))
    words = in_words(of_scope(call.scope), state.calculation)
    shown = ConsultationCase(
        consultation=row,
        terms=state.terms,
        in_words=CalculationInWords(name=words.name, lines=list(words.lines)),
        timeline=timeline(call, history),
        texts=await texts(call, history),
    )
    return call.answer(shown, version=row.version, beside=True)


@router.stream("/{consultation_id}/events", access=Access(READERS, in_sight))
async def events(consultation_id: UUID, call: Call) -> Response:
    """Tell what happens to a consultation as it happens; resume with Last-Event-ID."""
    state = await consultation_of(call)

    async def may_see(_recorded: Recorded) -> bool:
        context = call.context
        day = local_day(await context.clock.now())
        reached = reach(call.principal, await context.directory.current(), day)
        return reached.covers(state.asking_agency) or reached.covers(state.consulted_agency)

    stream = CONSULTATION.stream(consultation_id)
    return live(call, [stream], may_see=may_see, show=lambda recorded: told(call, recorded))


async def _shown(call: Call, rows: Sequence[asyncpg.Record]) -> list[ConsultationListed]:
    """Rows with what they are about, which the registry keeps; the reading is recorded."""
    language = of_scope(call.scope)
    refs = [DocumentRef(**orjson.loads(row["subject"])) for row in rows]
    found = await call.documents(refs) if refs else {}
    return [
        ConsultationListed(
            **{
                **row,
                "calculation": orjson.loads(row["calculation"]),
                "subject": found[ref.document_id].text if ref.document_id in found else None,
            },
            status_name=catalogues.text(language, f"consultation-status-{row['status']}"),
            position_name=row["position"] and catalogues.text(language, f"position-{row['position']}"),
        )
        for row, ref in zip(rows, refs, strict=True)
    ]
