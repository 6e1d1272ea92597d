"""Days that are worked or off by decision, otherwise than the law says: an administrator keeps them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, Field
from starlette.responses import Response

from schemas.values import Name
from services.adapters.calendar import FIRST, LAST
from services.adapters.notifier.recount import want
from services.adapters.notifier.transactions import transaction
from services.application.handler import Done
from services.application.identity import Role
from services.entrypoints.api.access import Access, anywhere
from services.entrypoints.api.bodies import Input
from services.entrypoints.api.call import Call
from services.entrypoints.api.notifier.refusals import DayAlreadyPast, DayOutsideCalendar
from services.entrypoints.api.routing import Router

if TYPE_CHECKING:
    from asyncpg import Record

router = Router(prefix="/compensated-days", tags=["calendar"])

OPERATES = Access({Role.ADMINISTRATOR}, anywhere, case_content=False)
EVERYBODY = Access(frozenset(Role), anywhere, case_content=False)


class DayIn(Input):
    """What a day is by decision."""

    worked: Annotated[bool, Field(description="Worked (a Saturday in exchange, say), or off.")]
    name: Annotated[
        Name, Field(description="Why, in both languages.", examples=[{"vi": "Nghỉ tránh bão", "en": "Storm"}])
    ]


class DayShown(DayIn):
    """A day that is worked or off by decision."""

    day: Annotated[date, Field(description="The day.")]
    changed_at: Annotated[datetime, Field(description="When it was decided here.")]


class DayList(BaseModel):
    """Every day that is worked or off by decision."""

    items: list[DayShown]


_LIST = "select day, worked, name_vi, name_en, changed_at from suite.compensated_days order by day"
_SET = """
insert into suite.compensated_days (day, worked, name_vi, name_en, changed_by, changed_at)
values ($1, $2, $3, $4, $5, $6)
on conflict (day) do update set worked = excluded.worked, name_vi = excluded.name_vi, name_en = excluded.name_en,
    changed_by = excluded.changed_by, changed_at = excluded.changed_at
"""
_REMOVE = "delete from suite.compensated_days where day = $1 returning day"


@router.read("", access=EVERYBODY, answers=DayList)
async def listed(call: Call) -> Response:
    """List the days that are worked or off by decision; public holidays are known without it."""
    return call.answer(DayList(items=[_shown(row) for row in await call.context.pool.fetch(_LIST)]))


@router.command("/{day}", method="PUT", access=OPERATES)
async def put(day: date, body: DayIn, call: Call) -> Response:
    """Say that a day is worked or off; deadlines that count it are counted anew before any other fires."""
    await _changeable(day, call)
    async with transaction(call.context.pool) as connection:
        decided = (call.principal.person_id, await call.now())
        await connection.execute(_SET, day, body.worked, body.name.vi, body.name.en, *decided)
        await want(connection)
    return call.changed(day, Done(f"day-{day}", 1))


@router.command("/{day}", method="DELETE", access=OPERATES)
async def remove(day: date, call: Call) -> Response:
    """Let a day be again what the law says."""
    await _changeable(day, call)
    async with transaction(call.context.pool) as connection:
        if await connection.fetchval(_REMOVE, day) is not None:
            await want(connection)
    return call.changed(day, Done(f"day-{day}", 0))


async def _changeable(day: date, call: Call) -> None:
    if not FIRST <= day <= LAST:
        raise DayOutsideCalendar(day, FIRST, LAST)
    if day < await call.today():
        raise DayAlreadyPast(day)


def _shown(row: Record) -> DayShown:
    name = Name(vi=row["name_vi"], en=row["name_en"])
    return DayShown(day=row["day"], worked=row["worked"], name=name, changed_at=row["changed_at"])
