"""What administrators activated in a deployment, for whoever looks at its store from outside the API."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, LiteralString

import psycopg

from discipline.law.activation.state import INITIAL, Activations
from schemas.registry import decode
from services.application.discipline.aggregates import CONTEXT, LAW, LAW_ROWS

if TYPE_CHECKING:
    from asyncpg import Connection, Record

_STREAM = "select type, data from events where stream = $1 order by version"
_EVENTS: LiteralString = "select type, data::text from events where stream = %s order by version"


def recorded(dsn: str) -> Activations:
    """Return every activation of the store. Raises `psycopg.OperationalError` where it cannot be reached."""
    with psycopg.connect(dsn, options=f"-c search_path={CONTEXT}") as connection:
        found = connection.execute(_EVENTS, [LAW.stream(LAW_ROWS)]).fetchall()
    return reduce(LAW.evolve, (decode(type_, data) for type_, data in found), INITIAL)  # type: ignore[arg-type]  # the stream holds nothing else


async def within(connection: Connection[Record]) -> Activations:
    """Return every activation, in a transaction that holds the append lock: nobody adds to them meanwhile."""
    rows = await connection.fetch(_STREAM, LAW.stream(LAW_ROWS))
    events = (decode(row["type"], row["data"]) for row in rows)
    return reduce(LAW.evolve, events, INITIAL)  # type: ignore[arg-type]  # the stream holds nothing else
