"""Cases and deadlines in the database."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, TypeAdapter

from notifier.rules.case import Case, CaseId
from notifier.tracking import Standing, Tracked
from schemas.notifier.alerts import CaseKind, StallRule

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from asyncpg import Connection, Record

_WANTED = "unnest($1::text[], $2::uuid[]) as wanted(case_kind, case_id)"
# In the order of ids, so that two workers in a rebalance wait for each other instead of deadlocking.
_CASES = f"""
select case_kind, case_id, state from stall_case join {_WANTED} using (case_kind, case_id)
order by case_id, case_kind for update of stall_case
"""  # noqa: S608 - our own words
_DEADLINES = f"""
select case_kind, case_id, rule, basis, due_at, fired from deadline join {_WANTED} using (case_kind, case_id)
"""  # noqa: S608 - our own words
_KEEP = """
insert into stall_case (case_kind, case_id, state)
select * from unnest($1::text[], $2::uuid[], $3::json[])
on conflict (case_id, case_kind) do update set state = excluded.state
"""
_FORGET = """
delete from deadline using unnest($1::text[], $2::uuid[], $3::text[]) as gone(case_kind, case_id, rule)
where deadline.case_id = gone.case_id and deadline.case_kind = gone.case_kind and deadline.rule = gone.rule
"""
_SET = """
insert into deadline (case_kind, case_id, rule, basis, due_at)
select * from unnest($1::text[], $2::uuid[], $3::text[], $4::uuid[], $5::timestamptz[])
on conflict (case_id, case_kind, rule) do update
set basis = excluded.basis, due_at = excluded.due_at, fired = false
"""


@cache
def adapter() -> TypeAdapter[Case]:
    """Reads and writes cases of every kind."""
    return TypeAdapter(Annotated[Case, Field(discriminator="kind")])


async def load(connection: Connection[Record], ids: Collection[CaseId]) -> dict[CaseId, Tracked]:
    """The cases with their deadlines, locked; an unknown one is a case that nothing is known of."""
    wanted = [case_id.kind for case_id in ids], [case_id.id for case_id in ids]
    standing: dict[tuple[str, object], dict[StallRule, Standing]] = defaultdict(dict)
    states = {(kind, id_): state for kind, id_, state in await connection.fetch(_CASES, *wanted)}
    for kind, id_, rule, basis, due_at, fired in await connection.fetch(_DEADLINES, *wanted):
        standing[kind, id_][StallRule(rule)] = Standing(basis, due_at, fired)
    read = adapter().validate_json
    return {
        case_id: Tracked(read(states[case_id.kind, case_id.id]), standing[case_id.kind, case_id.id])
        if (case_id.kind, case_id.id) in states
        else Tracked()
        for case_id in ids
    }


async def keep(
    connection: Connection[Record], before: Mapping[CaseId, Tracked], after: Mapping[CaseId, Tracked]
) -> None:
    """Write down what changed."""
    write = adapter().dump_json
    changed = [(id_, now.case) for id_, now in after.items() if now.case is not None and now.case != before[id_].case]
    if changed:
        rows = [(id_.kind, id_.id, write(case).decode()) for id_, case in changed]
        await connection.execute(_KEEP, *map(list, zip(*rows, strict=True)))
    await move(connection, {id_: (before[id_].standing, now.standing) for id_, now in after.items()})


async def move(
    connection: Connection[Record],
    standing: Mapping[CaseId, tuple[Mapping[StallRule, Standing], Mapping[StallRule, Standing]]],
) -> None:
    """Write down the deadlines of cases as they stood before and stand after."""
    gone, here = _difference(standing)
    if gone:
        await connection.execute(_FORGET, *map(list, zip(*gone, strict=True)))
    if here:
        await connection.execute(_SET, *map(list, zip(*here, strict=True)))


_Gone = tuple[CaseKind, object, StallRule]
_Here = tuple[CaseKind, object, StallRule, object, object]


def _difference(
    standing: Mapping[CaseId, tuple[Mapping[StallRule, Standing], Mapping[StallRule, Standing]]],
) -> tuple[list[_Gone], list[_Here]]:
    gone: list[_Gone] = []
    here: list[_Here] = []
    for id_, (before, after) in standing.items():
        gone += [(id_.kind, id_.id, rule) for rule in before if rule not in after]
        here += [
            (id_.kind, id_.id, rule, one.basis, one.due_at) for rule, one in after.items() if one != before.get(rule)
        ]
    return gone, here
