"""What is shown of reviews, to whom, and every reading is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import orjson
from fastapi import Query
from starlette.responses import Response

from discipline.reviews.state import ReviewStatus
from schemas.values import SubjectKind
from services.application.discipline.aggregates import REVIEW
from services.application.discipline.facts import Sight
from services.application.identity import Role
from services.entrypoints.api.access import Access, anywhere
from services.entrypoints.api.call import Call
from services.entrypoints.api.discipline.apart import propose_apart
from services.entrypoints.api.discipline.board_scope import known_facts, remember
from services.entrypoints.api.discipline.follow_up_scope import facts
from services.entrypoints.api.discipline.review_case import ReviewCase, ReviewListed, own, shown, told_to_him
from services.entrypoints.api.discipline.review_scope import SUBJECTS, any_sight, seen, sees
from services.entrypoints.api.discipline.timeline import told
from services.entrypoints.api.live import live
from services.entrypoints.api.pages import PAGE, Cursor, Limit, Page, after, moment_and_id, page
from services.entrypoints.api.routing import Router

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import asyncpg

    from schemas.envelope import Recorded

router = Router(prefix="/reviews", tags=["reviews"])

READERS = SUBJECTS | {Role.AUDITOR}
"""A member of a board reads its cases; their list stands with the board."""

_COLUMNS = ", ".join(ReviewListed.model_fields)
_CONCERNED = """
(person_id is not distinct from $3 or case
    when subject_kind = 'collective' then agency_id = any($4) or exists (
        select from unnest($10::text[], $11::date[], $12::date[]) stay (agency, since, ended),
            unnest(facts || fact_date || array(
                select (item ->> 'fact_date')::date from jsonb_array_elements(basis) item)) fact
        where stay.agency = agency_id and fact >= stay.since and fact < stay.ended)
    when person_id is null then post_id = any($2) else false end)"""
"""Whom `own_matter` of the room keeps from a review, in the words of the database.

A process of an earlier release leaves `facts` as it is: what the review rests on is asked beside it."""
_RECUSED = """
exists (select from board_view where board_view.matter_id = review_view.matter_id and $3 = any(board_view.recused))"""
"""Who takes no part in a matter of a board neither keeps the file of a review in it nor audits it."""
_HIS = "notified and (person_id = $3 or subject_kind = 'collective' and agency_id = any($5))"
_LIST = f"""
select {_COLUMNS} from review_view
where ((authority_post = any($2) or ($1 or secretary = $3) and not {_RECUSED}) and not {_CONCERNED} or {_HIS})
  and ($6::text is null or status = $6 or {_HIS})
  and ($7::timestamptz is null or (open_until, id) > ($7, $8::uuid))
order by open_until, id limit $9"""  # noqa: S608 -- column names of our own
_ONE = f"select {_COLUMNS} from review_view where id = $1"  # noqa: S608 -- likewise


@router.read("", access=Access(READERS, anywhere), answers=Page[ReviewListed])
async def listed(
    call: Call,
    limit: Limit = PAGE,
    cursor: Cursor = None,
    status: Annotated[ReviewStatus | None, Query(description="Only those that stand so.")] = None,
) -> Response:
    """List the reviews that the caller decides on, keeps the file of, or is the subject of; an auditor's are all."""
    open_until, last = moment_and_id(after(call, cursor, status))
    known = await facts(call)
    by = known.by()
    places, stays = by.places, by.stays
    agencies = {place.agency_id for place in places}
    found: list[ReviewListed] = []
    # Where his own stands for its subject, no column says: one that he is not to find is left out here.
    while len(found) <= limit:
        rows = await call.context.pool.fetch(
            _LIST,
            Role.AUDITOR in call.principal.roles,
            list(known.posts()),
            call.principal.person_id,
            [*(place.agency_id for place in places), *by.works_in[:1]],
            [place.agency_id for place in places if place.head],
            status,
            open_until,
            last,
            limit + 1,
            [agency_id for agency_id, _, _ in stays],
            [since for _, since, _ in stays],
            [ended for _, _, ended in stays],
        )
        shown = [await _as_told(call, _row(row), agencies) for row in rows]
        found += [row for row in shown if status in {None, row.status}]
        if len(rows) <= limit:
            break
        open_until, last = rows[-1]["open_until"], rows[-1]["id"]
    told = page(call, found, limit, lambda row: [row.open_until, row.id], status)
    await remember(call, (row.id for row in told.items))
    return call.answer(told)


async def _as_told(call: Call, row: ReviewListed, agencies: Collection[str]) -> ReviewListed:
    """The row; its subject's as he knows it."""
    of_his = row.subject_kind == SubjectKind.COLLECTIVE and row.agency_id in agencies
    if row.person_id != call.principal.person_id and not of_his:
        return row
    his, _ = own(await call.context.store.load(REVIEW.stream(row.id)))
    return his


@router.read("/{review_id}", access=Access(READERS, any_sight), answers=ReviewCase)
async def one(review_id: UUID, call: Call) -> Response:
    """Show a review: where it stands, the rows and calculations that it rests on, what is missing and who owes it.

    The subject sees what is addressed to him or comes from him.
    """
    state = await seen(call, Sight.FILE, Sight.SUBJECT, Sight.BOARD)
    whole = (await facts(call)).sight(state) is not Sight.SUBJECT
    await propose_apart(call, review_id)
    await remember(call, [review_id])
    history = await call.context.store.load(REVIEW.stream(review_id))
    row, state = (await review_row(call, review_id), state) if whole else own(history)
    return call.answer(await shown(call, row, state, history, whole=whole), version=row.version, beside=True)


@router.stream("/{review_id}/events", access=Access(READERS, any_sight))
async def events(review_id: UUID, call: Call) -> Response:
    """Tell what happens to a review, and which documents of it are issued, as it happens; resume with Last-Event-ID."""
    await remember(call, [review_id])
    subject = his = False

    async def may_see(recorded: Recorded) -> bool:
        nonlocal subject, his
        state = (await call.context.handler.load(REVIEW, REVIEW.stream(review_id))).state
        known = await known_facts(call)
        subject = known.sight(state) is Sight.SUBJECT
        his = subject and await told_to_him(call, review_id, recorded)
        return subject or await sees(call, known, state, Sight.FILE, Sight.BOARD)

    def show(recorded: Recorded) -> Mapping[str, object] | None:
        # What is not the subject's is passed over, and the stream goes on.
        return None if subject and not his else told(call, recorded)

    return live(call, [REVIEW.stream(review_id)], may_see=may_see, show=show, documents_of=review_id)


async def review_row(call: Call, review_id: UUID) -> ReviewListed:
    """A review's row of the view."""
    [record] = await call.context.pool.fetch(_ONE, review_id)
    return _row(record)


def _row(record: asyncpg.Record) -> ReviewListed:
    values = dict(record)
    for name in ("basis", "limitation", "processing"):
        values[name] = None if values[name] is None else orjson.loads(values[name])
    return ReviewListed(**values)
