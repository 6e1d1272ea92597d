"""Whose matter a collective's review is: of whoever belonged to it at one of the facts, or belongs to it now."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from notifier.rules.case import CaseId, case_of
from notifier.rules.review import facts
from notifier.rules.review_case import ReviewCase
from schemas.discipline.reviews import ReviewBasisAdded, ReviewProposed
from services.adapters.notifier import cases
from services.application.discipline import standing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from asyncpg import Connection, Pool, Record

    from inspection.organisation.state import Organisation
    from schemas.envelope import Recorded

_COLLECTIVES = """
select case_id, state->'subject'->>'agency_id' as agency_id,
    array(select value::date from json_array_elements_text(state->'facts')) as facts
from stall_case
where case_kind = 'review' and state->'subject'->>'kind' = 'collective'
    and state->'subject'->>'agency_id' = any($1::text[])
"""


async def reviews_of_collectives(
    pool: Pool[Record], person_id: UUID, organisation: Organisation, day: date
) -> tuple[UUID, ...]:
    """The collectives' reviews that are somebody's own matter on the day: he learns nothing, in whatever post."""
    him = standing.person(organisation, person_id, day)
    agencies = {agency_id for agency_id, _, _ in him.stays}
    if not agencies:
        return ()
    return tuple(
        case_id
        for case_id, agency_id, days in await pool.fetch(_COLLECTIVES, list(agencies))
        if any(him.belonged_to(agency_id, fact) for fact in (*days, day))
    )


async def fold_facts(connection: Connection[Record], batch: Sequence[Recorded]) -> None:
    """Note the days of the facts of reviews that an earlier release kept without them."""
    told: dict[CaseId, set[date]] = {}
    for recorded in batch:
        event = recorded.event
        if isinstance(event, ReviewProposed | ReviewBasisAdded) and (case_id := case_of(event)) is not None:
            told.setdefault(case_id, set()).update(facts(event))
    if not told:
        return
    before = await cases.load(connection, told)
    after = dict(before)
    for case_id, tracked in before.items():
        if isinstance(tracked.case, ReviewCase):
            after[case_id] = replace(tracked, case=replace(tracked.case, facts=tracked.case.facts | told[case_id]))
    await cases.keep(connection, before, after)
