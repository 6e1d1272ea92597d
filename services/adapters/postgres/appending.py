"""One call of `append_events` for several commands: their arguments as arrays, its answer as outcomes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import orjson

from services.application.ports import Conflict, Replayed, Stale, Won

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from asyncpg import Record

    from services.application.ports import Append, Outcome

STATEMENT = (
    "select outcomes, positions, losers from append_events("
    "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)"
)


def arguments(appends: Sequence[Append]) -> list[list[Any]]:
    """Return the columns of the commands, their keys, their events and their view rows."""
    return [*_commands(appends), *_keys(appends), *_events(appends), *_views(appends)]


def _commands(appends: Sequence[Append]) -> list[list[Any]]:
    firsts = [append.events[0] if append.events else None for append in appends]
    return [
        [append.stream for append in appends],
        [append.expected_version for append in appends],
        [first and first.event_id for first in firsts],
        [first and first.hash for first in firsts],
        [first and first.recorded_at for first in firsts],
    ]


def _keys(appends: Sequence[Append]) -> list[list[Any]]:
    keys = [append.idempotency for append in appends]
    return [
        [key and key.principal for key in keys],
        [key and key.route for key in keys],
        [key and key.key for key in keys],
        [key and key.body_sha256 for key in keys],
        [append.answer.decode() for append in appends],
    ]


def _events(appends: Sequence[Append]) -> list[list[Any]]:
    events = [(number, append.stream, event) for number, append in enumerate(appends, 1) for event in append.events]
    return [
        [number for number, _, _ in events],
        [event.event_id for _, _, event in events],
        [stream for _, stream, _ in events],
        [event.version for _, _, event in events],
        [event.type for _, _, event in events],
        [event.data.decode() for _, _, event in events],
        [event.meta.decode() for _, _, event in events],
        [event.occurred_at for _, _, event in events],
        [event.recorded_at for _, _, event in events],
        [event.hash for _, _, event in events],
    ]


def _views(appends: Sequence[Append]) -> list[list[Any]]:
    rows = [(number, view) for number, append in enumerate(appends, 1) for view in append.views]
    return [
        [number for number, _ in rows],
        [view.table for _, view in rows],
        [view.row.decode() for _, view in rows],
    ]


def outcomes(appends: Sequence[Append], answer: Record) -> list[Outcome]:
    """Return what became of each command, in order."""
    positions = iter(answer["positions"] or ())
    losers = orjson.loads(answer["losers"]) if answer["losers"] else {}
    found: list[Outcome] = []
    for number, (append, letter) in enumerate(zip(appends, answer["outcomes"], strict=True), 1):
        if letter == "W":
            position = 0
            for _ in append.events:
                position = next(positions)
            found.append(Won(position))
        else:
            found.append(_lost(letter, losers[str(number)]))
    return found


def _lost(letter: str, told: Mapping[str, Any]) -> Outcome:
    match letter:
        case "S":
            return Won(told["position"])
        case "R":
            body = told.get("body_sha256")
            return Replayed(None if body is None else bytes.fromhex(body), orjson.dumps(told["answer"]))
        case "T":
            return Stale(datetime.fromisoformat(told["watermark"]).astimezone(UTC))
        case "C":
            return Conflict(told["version"])
        case _:
            raise AssertionError(letter)
