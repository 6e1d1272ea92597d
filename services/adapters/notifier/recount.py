"""A changed calendar moves the deadlines that are counted by it, before any other fires."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from notifier.rules.case import CaseId, deadlines
from schemas.notifier.alerts import CaseKind
from services.adapters import calendar as calendars
from services.adapters.notifier import cases
from services.adapters.notifier.transactions import transaction

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from asyncpg import Connection, Pool, Record

    from notifier.calendar import Calendar
    from notifier.tracking import Standing, Tracked
    from schemas.notifier.alerts import StallRule

_WANT = "update recount set wanted = true, after_case = null"
_WANTED = "select wanted from recount"
_TAKE = "select after_case from recount where wanted for update"
_SOME = """
select distinct case_kind, case_id from deadline where not fired and ($1::uuid is null or case_id > $1)
order by case_id fetch first $2 rows with ties
"""
_REACHED = "update recount set wanted = $1::uuid is not null, after_case = $1"
BATCH = 500


async def want(connection: Connection[Record]) -> None:
    """Ask for it, in the transaction that changes the calendar."""
    await connection.execute(_WANT)


async def recount(pool: Pool[Record], *, batch: int = BATCH) -> bool:
    """Count the deadlines of some cases anew, if that is asked for; whether it was.

    What has fired stays: it was right by the calendar of its day. A moment that a case itself fixes (the end of a
    remediation, say) was told to somebody, and stays as well.
    """
    if not await pool.fetchval(_WANTED):
        return False
    async with transaction(pool) as connection:
        await connection.execute("select lock_appends()")
        taken = await connection.fetchrow(_TAKE)
        if taken is None:
            return True
        rows = await connection.fetch(_SOME, taken["after_case"], batch)
        ids = [CaseId(CaseKind(row["case_kind"]), row["case_id"]) for row in rows]
        calendar = await calendars.within(connection)
        known = await cases.load(connection, ids)
        moved = {id_: (tracked.standing, _counted(tracked, calendar)) for id_, tracked in known.items()}
        await cases.move(connection, moved)
        reached: UUID | None = max((id_.id for id_ in ids), default=None)
        await connection.execute(_REACHED, reached)
    return True


def _counted(tracked: Tracked, calendar: Calendar) -> Mapping[StallRule, Standing]:
    now = deadlines(tracked.case, calendar)
    return {
        rule: one if one.fired or rule not in now else replace(one, due_at=now[rule].due_at)
        for rule, one in tracked.standing.items()
    }
