"""Boards in the notifier's database: who runs them, and who hears nothing of their reviews."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from notifier.rules.board import BoardSeats, changed
from notifier.rules.review_case import ReviewCase
from schemas.discipline.boards import Admission, AnyBoardEvent
from schemas.discipline.reviews import Subject
from services.application.notifier import Offices

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date
    from uuid import UUID

    from asyncpg import Connection, Pool, Record

    from inspection.organisation.state import Organisation
    from notifier.rules.case import Case
    from schemas.envelope import Recorded
    from services.application.reactions import BatchTransaction

# In the order of ids, so that two workers in a rebalance wait for each other instead of deadlocking.
_BOARDS = """
select id, chair, secretary, recused, related, dissolved, members, posts, admissions, version
from board where id = any($1::uuid[]) order by id"""
_KEEP = """
insert into board (id, chair, secretary, recused, related, dissolved, members, posts, admissions, version)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9::text::jsonb, $10)
on conflict (id) do update set chair = excluded.chair, secretary = excluded.secretary, recused = excluded.recused,
    related = excluded.related, dissolved = excluded.dissolved, members = excluded.members, posts = excluded.posts,
    admissions = excluded.admissions, version = excluded.version"""
_ADMISSIONS = TypeAdapter(tuple[Admission, ...])


async def keep_boards(transaction: BatchTransaction, batch: Sequence[Recorded]) -> None:
    """Fold the batch's events of boards: an effect of the notifier's worker."""
    await fold_boards(transaction.connection, batch)


async def fold_boards(connection: Connection[Record], batch: Sequence[Recorded]) -> None:
    """Fold what was not folded before: whoever reads a topic again from its beginning changes nothing."""
    told = [(event, recorded.version) for recorded in batch if isinstance(event := recorded.event, AnyBoardEvent)]
    if not told:
        return
    ids = {event.board_id for event, _ in told}
    known: dict[UUID, BoardSeats | None] = {**await _read(connection, ids, lock=True)}
    for event, version in told:
        before = known.get(event.board_id)
        if before is None or before.version < version:
            after = changed(before, event)
            known[event.board_id] = None if after is None else replace(after, version=version)
    await connection.executemany(_KEEP, [_row(one) for _, one in sorted(known.items()) if one is not None])


def _row(one: BoardSeats) -> tuple[object, ...]:
    away = sorted(one.recused), sorted(one.related)
    admissions = _ADMISSIONS.dump_json(one.admissions).decode()
    members = sorted(one.members)
    posts = [one.members[who] for who in members]
    return one.board_id, one.chair, one.secretary, *away, one.dissolved, members, posts, admissions, one.version


async def of(connection: Connection[Record], cases: Iterable[Case]) -> dict[UUID, BoardSeats]:
    """The boards that the reviews among the cases stand before."""
    wanted = {case.board_id for case in cases if isinstance(case, ReviewCase) and case.board_id is not None}
    return await _read(connection, wanted) if wanted else {}


_SITS = """
select case_id, stall_case.state->'subject' as subject, (stall_case.state->>'secretary')::uuid as keeper, board.*
from board join stall_case on (stall_case.state->>'board_id')::uuid = board.id
where stall_case.case_kind = 'review' and $1 = any(board.members)"""


_REPLACED = """
select distinct stall_case.case_id from alert_view
join stall_case on stall_case.case_kind = 'review' and stall_case.case_id = alert_view.case_id
left join board on board.id = (stall_case.state->>'board_id')::uuid
where alert_view.told @> array[$1::uuid::text]
    and (stall_case.state->>'secretary' is not null or cardinality(board.members) > 0)
    and $1 <> all(coalesce(board.members, '{}')
        || array_remove(array[board.chair, board.secretary, (stall_case.state->>'secretary')::uuid], null))"""
"""Reviews of which somebody was told as the person he is, for an office that another holds now: he kept the file, or
had a seat on the board. Of a board whose members were not read yet nobody is held to have left it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the boards on which somebody sits or sat keep from him, each by the review."""

    conflicted: tuple[UUID, ...]
    """The organisation speaks against him: he learns nothing, in whatever post."""
    vacated: tuple[UUID, ...]
    """His seat is vacant or another's: what told him as the person he is, is no longer his; what told a post that he
    holds, is."""


async def limits(pool: Pool[Record], person_id: UUID, organisation: Organisation, day: date) -> Limits:
    """What is kept from somebody on the day."""
    offices = Offices(organisation, day)
    conflicted: list[UUID] = []
    vacated = [row["case_id"] for row in await pool.fetch(_REPLACED, person_id)]
    for row in await pool.fetch(_SITS, person_id):
        seats = _seats(row)
        subject = Subject.model_validate_json(row["subject"])
        if person_id in offices.against(row["case_id"], subject, seats):
            conflicted.append(row["case_id"])
        if person_id in offices.gone(seats, row["keeper"]):
            vacated.append(row["case_id"])
    return Limits(tuple(conflicted), tuple(vacated))


async def _read(connection: Connection[Record], ids: Collection[UUID], *, lock: bool = False) -> dict[UUID, BoardSeats]:
    rows = await connection.fetch(f"{_BOARDS} for update" if lock else _BOARDS, list(ids))
    return {row["id"]: _seats(row) for row in rows}


def _seats(row: Record) -> BoardSeats:
    return BoardSeats(
        board_id=row["id"],
        chair=row["chair"],
        secretary=row["secretary"],
        recused=frozenset(row["recused"]),
        related=frozenset(row["related"]),
        dissolved=row["dissolved"],
        members=dict(zip_longest(row["members"], row["posts"])),
        admissions=_ADMISSIONS.validate_json(row["admissions"]),
        version=row["version"],
    )
