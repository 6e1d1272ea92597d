"""A small worker for tests: counts findings in streams of its own, and notes in a table what it has seen."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import orjson

from schemas.cloudevents import Stored, encode
from schemas.discipline.records import CountUndone
from schemas.inspection.findings import FindingEvent
from schemas.refusal import Refusal
from services.adapters.kafka.taking import Taken, take
from services.application.aggregate import Aggregate
from services.application.reactions import BatchTransaction, Reaction, WorkerSpec
from tests.kafka.samples import event, stored

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas.envelope import Recorded
    from tests.parts import Database

TOPIC = "inspection.restricted"
OWN = "inspection.finding_withdrawn.v1"
"""Counted in a stream of the finding's own."""
SHARED = "inspection.finding_contested.v1"
"""Counted in one stream for all."""
BOTH = "inspection.finding_drafted.v1"
"""Counted in both, and once more in the shared one by an effect."""
NOTHING = "inspection.finding_draft_revised.v1"
"""Nothing follows but the note."""

BROKEN: dict[str, str] = {}
"""Types of events that cannot be handled for now, and where it goes wrong: react, decide, effect or database."""

SEEN = "create table discipline.seen (id bigint generated always as identity, stream text, version int, event_id uuid)"


@dataclass(unsafe_hash=True)
class NotCountable(Refusal):
    """A refusal that no policy should run into."""

    secret: str


@dataclass(frozen=True, slots=True)
class Count:
    """Count a finding, unless it was counted."""

    finding_id: uuid.UUID
    cause: str


@dataclass(frozen=True)
class Counted:
    """What was counted."""

    causes: tuple[str, ...] = ()


def decide(command: Count, state: Counted) -> Sequence[CountUndone]:
    """Count each cause once."""
    if command.cause in state.causes:
        return ()
    return (CountUndone(agency_id="so-noi-vu", directive_id=command.cause, finding_id=command.finding_id),)


def evolve(state: Counted, event: CountUndone) -> Counted:
    """Remember the cause."""
    return Counted((*state.causes, event.directive_id))


def decide_or_refuse(command: Count, state: Counted) -> Sequence[CountUndone]:
    """As `decide`, or refuse while that is staged."""
    if "decide" in BROKEN.values():
        raise NotCountable("a name that must not be told")
    return decide(command, state)


TALLY = Aggregate("discipline", "tally", Counted(), decide, evolve)
STRICT = Aggregate("discipline", "strict", Counted(), decide_or_refuse, evolve)


def react(recorded: Recorded) -> Sequence[Reaction]:
    """Count in the streams that the event's type names."""
    if BROKEN.get(recorded.event.type) == "react":
        raise KeyError("a name that must not be told")
    assert isinstance(recorded.event, FindingEvent)
    finding_id = recorded.event.finding_id
    count = Count(finding_id, f"c-{recorded.event_id}")
    own = Reaction("own", STRICT if BROKEN.get(recorded.event.type) == "decide" else TALLY, finding_id, count)
    shared = Reaction("shared", TALLY, "shared", count)
    return {OWN: (own,), SHARED: (shared,), BOTH: (own, shared)}.get(recorded.event.type, ())


async def note(transaction: BatchTransaction, recorded: Sequence[Recorded]) -> None:
    """Write down what was seen; anything seen twice stands there twice."""
    for one in recorded:
        if BROKEN.get(one.event.type) == "database":
            await transaction.connection.execute("select pg_terminate_backend(pg_backend_pid())")
        divisor = 0 if BROKEN.get(one.event.type) == "effect" else 1  # 22012: an error of data
        await transaction.connection.execute(
            "insert into seen (stream, version, event_id) values ($1, $2 / $3::int, $4)",
            one.stream,
            one.version,
            divisor,
            one.event_id,
        )


async def count_again(transaction: BatchTransaction, recorded: Sequence[Recorded]) -> None:
    """Give a command from within an effect."""
    for one in recorded:
        if one.event.type == BOTH:
            assert isinstance(one.event, FindingEvent)
            again = Count(one.event.finding_id, f"again-{one.event_id}")
            await transaction.carry_out(one, [Reaction("shared", TALLY, "shared", again)])


SPEC = WorkerSpec("discipline", (TOPIC,), react, (note, count_again))


@dataclass
class Finding:
    """A finding's stream as it comes from Kafka."""

    id: uuid.UUID = field(default_factory=uuid.uuid4)
    version: int = 0
    key: bytes | None = None

    @property
    def stream(self) -> str:
        """Its stream in the inspection context."""
        return f"finding-{self.id}"

    @property
    def tally(self) -> str:
        """Its own stream in the counting context."""
        return f"tally-{self.id}"

    def next(self, type_: str = OWN, *, skip: int = 0) -> Taken:
        """Its next event as a message."""
        self.version += 1 + skip
        return self.message(self.stored(type_))

    def stored(self, type_: str = OWN) -> Stored:
        """Its current version as an event."""
        data = {**orjson.loads(event(type_).model_dump_json()), "finding_id": str(self.id)}
        return stored(type_, stream=self.stream, version=self.version, data=data)

    def message(self, of: Stored) -> Taken:
        """An event as a message."""
        headers, value = encode(of)
        key = self.key or str(self.id).encode()
        taken = take(TOPIC, 0, uuid.uuid4().int % 2**40, key, headers, value)
        assert isinstance(taken, Taken)
        return taken


def again(message: Taken) -> Taken:
    """The same message, delivered once more."""
    taken = take(message.topic, message.partition, message.offset, message.key, message.headers, message.value)
    assert isinstance(taken, Taken)
    return taken


def seen(database: Database) -> list[tuple[str, int]]:
    """What the effect noted, in order."""
    return [
        (str(s), int(str(v))) for s, v in database.execute("select stream, version from discipline.seen order by id")
    ]


def counted(database: Database, stream: str) -> list[int]:
    """Versions of a stream of the counting context."""
    rows = database.execute("select version from discipline.events where stream = %s order by version", stream)
    return [int(str(version)) for (version,) in rows]


def parked(database: Database) -> list[tuple[str | None, int | None, str]]:
    """What is parked, by stream and version, and its state, in the order of arrival."""
    rows = database.execute("select stream, version, state from discipline.parked order by id")
    return [(None if s is None else str(s), None if v is None else int(str(v)), str(state)) for s, v, state in rows]
