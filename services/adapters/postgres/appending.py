"""One call of `append_events` for several commands: what it is given, and what its answer means."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import orjson

from services.application.ports import Conflict, Outdated, Replayed, Stale, Won

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from asyncpg import Record

    from services.application.ports import Append, NewEvent, Outcome

STATEMENT = "select outcomes, positions, losers from append_events($1, $2, $3)"


def arguments(appends: Sequence[Append]) -> tuple[str, str, str]:
    """Return commands, events and view rows as JSON.

    Documents and not arrays: asyncpg looks at every element of an array in Python, which took
    longer than all the rest of an append.
    """
    events = []
    views = defaultdict(list)
    for number, append in enumerate(appends, 1):
        events += [_event(number, append.stream, event) for event in append.events]
        for view in append.views:
            views[view.table].append({"command": number, "row": orjson.Fragment(view.row)})
    return _document([_command(append) for append in appends]), _document(events), _document(views)


def _document(value: object) -> str:
    return orjson.dumps(value).decode()


def _command(append: Append) -> dict[str, Any]:
    command: dict[str, Any] = {"stream": append.stream, "expected": append.expected_version}
    if append.events:
        first = append.events[0]
        command |= {"event_id": first.event_id, "hash": _bytea(first.hash), "recorded_at": first.recorded_at}
    if append.rests_on:
        command["rests_on"] = [{"stream": seen.stream, "version": seen.version} for seen in append.rests_on]
    if append.idempotency is not None:
        key = append.idempotency
        command |= {"principal": key.principal, "route": key.route, "key": key.key}
        command |= {"body_sha256": _bytea(key.body_sha256), "answer": orjson.Fragment(append.answer)}
    return command


def _event(number: int, stream: str, event: NewEvent) -> dict[str, Any]:
    return {
        "command": number,
        "event_id": event.event_id,
        "stream": stream,
        "version": event.version,
        "type": event.type,
        "data": orjson.Fragment(event.data),
        "meta": orjson.Fragment(event.meta),
        "occurred_at": event.occurred_at,
        "recorded_at": event.recorded_at,
        "hash": _bytea(event.hash),
    }


def _bytea(value: bytes) -> str:
    return "\\x" + value.hex()


def outcomes(appends: Sequence[Append], answer: Record) -> list[Outcome]:
    """Return what became of each command, in order."""
    letters, stored, told = answer
    positions = iter(stored or ())
    losers = orjson.loads(told) if told is not None else {}
    found: list[Outcome] = []
    for number, (append, letter) in enumerate(zip(appends, letters, strict=True), 1):
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
        case "O":
            return Outdated(told["stream"], told["version"])
        case _:
            raise AssertionError(letter)
