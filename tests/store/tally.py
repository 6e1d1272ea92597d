"""The smallest aggregate that shows what a store does: it counts and adds up. Its event is a real contract."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from schemas.inspection.findings import FindingContested
from schemas.refusal import Refusal
from schemas.values import DocumentRef
from services.application.aggregate import Aggregate
from services.application.handler import Handler, Loaded, Request, prepare
from services.application.ports import Append, IdempotencyKey

VIEW = "tally_view"
VIEW_DDL = (
    f"create table inspection.{VIEW}(id text primary key, name text not null unique, count integer not null,"
    " total integer not null, version integer not null, updated_at timestamptz not null)"
)
START = datetime(2025, 3, 1, 2, tzinfo=UTC)


@dataclass(frozen=True)
class Tally:
    """What was added so far."""

    count: int = 0
    total: int = 0
    last: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Add:
    """Add each of the numbers; none is a command that changes nothing."""

    numbers: tuple[int, ...]
    id: uuid.UUID
    once: bool = False
    """Only as the first."""


@dataclass(unsafe_hash=True)
class AlreadyBegun(Refusal):
    """It was to be the first, and was not."""

    count: int


def event(id_: uuid.UUID, number: int) -> FindingContested:
    """An event that carries a number."""
    proof = DocumentRef(document_id=id_, sha256=sha256(str(number).encode()).hexdigest())
    return FindingContested(finding_id=id_, post_id=f"post-{number}", reasons=proof)


def decide(command: Add, state: Tally) -> tuple[FindingContested, ...]:
    if command.once and state.count:
        raise AlreadyBegun(state.count)
    return tuple(event(command.id, number) for number in command.numbers)


def evolve(state: Tally, happened: FindingContested) -> Tally:
    number = int(happened.post_id.removeprefix("post-"))
    return Tally(state.count + 1, state.total + number, happened.finding_id)


def view(state: Tally) -> dict[str, object]:
    return {"id": str(state.last), "name": f"tally {state.last}", "count": state.count, "total": state.total}


TALLY: Aggregate[Tally, Add, FindingContested] = Aggregate(
    context="inspection", category="tally", initial=Tally(), decide=decide, evolve=evolve
)
VIEWED = replace(TALLY, views={VIEW: view})


def request(
    command_id: uuid.UUID | None = None, *, key: str | None = None, body: bytes = b"{}", **more: Any
) -> Request:
    """A request by somebody; the same key and principal make the same command, as at the edge."""
    if command_id is None:
        command_id = uuid.uuid4() if key is None else uuid.uuid5(uuid.NAMESPACE_OID, key)
    idempotency = None if key is None else IdempotencyKey("somebody", "add", key, sha256(body).digest())
    return Request(command_id, "somebody", command_id, command_id, idempotency=idempotency, **more)


def append(
    id_: uuid.UUID, loaded: Loaded, *numbers: int, asked: Request | None = None, at: datetime = START, **more: Any
) -> tuple[Append, Loaded]:
    """What the handler would append for `Add`, with the state after it."""
    aggregate: Aggregate[Tally, Add, FindingContested] = more.pop("aggregate", TALLY)
    return prepare(aggregate, TALLY.stream(id_), loaded, Add(numbers, id_), asked or request(), at)


NEW = Loaded(Tally(), 0, Handler.NEW.hash)


class SettableClock:
    """A clock that stands still until it is moved."""

    def __init__(self, moment: datetime = START) -> None:
        self.moment = moment

    async def now(self) -> datetime:
        return self.moment

    def advance(self, **by: float) -> None:
        """Move it, by what `timedelta` takes."""
        self.moment += timedelta(**by)
