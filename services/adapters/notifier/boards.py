"""Boards in the notifier's database: who runs them, and who hears nothing of their reviews."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notifier.rules.board import BoardSeats, changed
from notifier.rules.review_case import ReviewCase
from schemas.discipline.boards import AnyBoardEvent

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from uuid import UUID

    from asyncpg import Connection, Record

    from notifier.rules.case import Case
    from schemas.envelope import Recorded
    from services.application.reactions import BatchTransaction

# In the order of ids, so that two workers in a rebalance wait for each other instead of deadlocking.
_BOARDS = """
select id, chair, secretary, recused, related, dissolved from board where id = any($1::uuid[]) order by id"""
_KEEP = """
insert into board (id, chair, secretary, recused, related, dissolved) values ($1, $2, $3, $4, $5, $6)
on conflict (id) do update set chair = excluded.chair, secretary = excluded.secretary, recused = excluded.recused,
    related = excluded.related, dissolved = excluded.dissolved"""


async def keep_boards(transaction: BatchTransaction, batch: Sequence[Recorded]) -> None:
    """Fold the batch's events of boards: an effect of the notifier's worker."""
    told = [recorded.event for recorded in batch if isinstance(recorded.event, AnyBoardEvent)]
    if not told:
        return
    connection = transaction.connection
    known: dict[UUID, BoardSeats | None] = {**await _read(connection, [event.board_id for event in told], lock=True)}
    for event in told:
        known[event.board_id] = changed(known.get(event.board_id), event)
    rows = [
        (one.board_id, one.chair, one.secretary, sorted(one.recused), sorted(one.related), one.dissolved)
        for _, one in sorted(known.items())
        if one is not None
    ]
    await connection.executemany(_KEEP, rows)


async def of(connection: Connection[Record], cases: Iterable[Case]) -> dict[UUID, BoardSeats]:
    """The boards that the reviews among the cases stand before."""
    wanted = {case.board_id for case in cases if isinstance(case, ReviewCase) and case.board_id is not None}
    return await _read(connection, wanted) if wanted else {}


async def _read(connection: Connection[Record], ids: Collection[UUID], *, lock: bool = False) -> dict[UUID, BoardSeats]:
    rows = await connection.fetch(f"{_BOARDS} for update" if lock else _BOARDS, list(ids))
    return {
        row["id"]: BoardSeats(
            board_id=row["id"],
            chair=row["chair"],
            secretary=row["secretary"],
            recused=frozenset(row["recused"]),
            related=frozenset(row["related"]),
            dissolved=row["dissolved"],
        )
        for row in rows
    }
