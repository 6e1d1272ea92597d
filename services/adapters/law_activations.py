"""What administrators activated in a deployment, for whoever looks at its store from outside the API."""

from __future__ import annotations

from functools import reduce
from typing import LiteralString

import psycopg

from discipline.law.activation.state import INITIAL, Activations
from schemas.registry import decode
from services.application.discipline.aggregates import CONTEXT, LAW, LAW_ROWS

_EVENTS: LiteralString = "select type, data::text from events where stream = %s order by version"


def recorded(dsn: str) -> Activations:
    """Return every activation of the store. Raises `psycopg.OperationalError` where it cannot be reached."""
    with psycopg.connect(dsn, options=f"-c search_path={CONTEXT}") as connection:
        found = connection.execute(_EVENTS, [LAW.stream(LAW_ROWS)]).fetchall()
    return reduce(LAW.evolve, (decode(type_, data) for type_, data in found), INITIAL)  # type: ignore[arg-type]  # the stream holds nothing else
