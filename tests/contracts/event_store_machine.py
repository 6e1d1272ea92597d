"""Any sequence of commands, alone and at once: a store does what a few lines of dictionaries say."""

from __future__ import annotations

import asyncio
import uuid
from collections import defaultdict
from collections.abc import Coroutine
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar

import orjson
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from services.application.handler import Loaded, Request
from services.application.ports import Append, Conflict, Outcome, Outdated, Replayed, Seen, Stale, Won
from tests.contracts.event_store import Subject, in_streams
from tests.store.tally import NEW, START, append, request

T = TypeVar("T")
STREAMS = st.integers(0, 3)
NUMBERS = st.lists(st.integers(0, 9), min_size=1, max_size=3)
KEYS = st.one_of(st.none(), st.sampled_from(["k1", "k2", "k3"]))
BODIES = st.sampled_from([b"one body", b"another body"])
SEEN = st.sampled_from(["current", "current", "current", "first", "ahead"])


class Opened(Protocol):
    """A store in use by one example, and the loop it lives in."""

    subject: Subject

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run something on the loop."""
        ...

    def close(self) -> None:
        """Use it no more."""
        ...


@dataclass
class Model:
    """What a store should hold, and what it should answer."""

    hashes: dict[str, list[bytes]] = field(default_factory=lambda: defaultdict(list))
    commands: dict[uuid.UUID, Append] = field(default_factory=dict)
    answers: dict[str, Append] = field(default_factory=dict)
    watermark: datetime = START - timedelta(days=1)

    def expect(self, given: Append) -> object:
        """What becomes of a command: True for won, or what it is told."""
        same = self.commands.get(given.events[0].event_id) if given.events else None
        if same is not None and same.events[0].hash == given.events[0].hash:
            return True
        answered = self.answers.get(given.idempotency.key) if given.idempotency else None
        if answered is not None and answered.idempotency is not None:
            return answered.idempotency.body_sha256, orjson.loads(answered.answer)
        if same is not None:
            return None, orjson.loads(same.answer)
        if given.events and (lost := self._lost(given)) is not None:
            return lost
        self._store(given)
        return True

    def _lost(self, given: Append) -> Outcome | None:
        if given.events[0].recorded_at <= self.watermark:
            return Stale(self.watermark)
        if given.expected_version != len(self.hashes[given.stream]):
            return Conflict(len(self.hashes[given.stream]))
        for seen in given.rests_on:
            if seen.version != len(self.hashes[seen.stream]):
                return Outdated(seen.stream, len(self.hashes[seen.stream]))
        return None

    def _store(self, given: Append) -> None:
        self.hashes[given.stream] += [event.hash for event in given.events]
        if given.events:
            self.commands[given.events[0].event_id] = given
        if given.idempotency is not None:
            self.answers[given.idempotency.key] = given


class EventStoreMachine(RuleBasedStateMachine):
    """Commands as clients, retries, policies and relays send them."""

    def __init__(self, opened: Opened) -> None:
        super().__init__()
        self.opened = opened
        self.store = opened.subject.store
        self.model = Model()
        self.ids = [uuid.uuid4() for _ in range(4)]
        self.loaded: dict[uuid.UUID, list[Loaded]] = {id_: [NEW] for id_ in self.ids}
        self.sent: list[tuple[uuid.UUID, Append, Loaded, Request]] = []
        self.now = START

    @rule(stream=STREAMS, numbers=NUMBERS, seen=SEEN, key=KEYS, body=BODIES)
    def command(self, stream: int, numbers: list[int], seen: str, key: str | None, body: bytes) -> None:
        """A client's command, on what it last saw of the stream."""
        self.send([self.decided(self.ids[stream], numbers, seen, request(uuid.uuid4(), key=key, body=body))])

    @rule(commands=st.lists(st.tuples(STREAMS, NUMBERS, SEEN, KEYS, BODIES), min_size=2, max_size=8))
    def at_once(self, commands: list[tuple[int, list[int], str, str | None, bytes]]) -> None:
        """Several, none of which waits for another."""
        self.send(
            [
                self.decided(self.ids[stream], numbers, seen, request(uuid.uuid4(), key=key, body=body))
                for stream, numbers, seen, key, body in commands
            ]
        )

    @rule(commands=st.lists(st.tuples(STREAMS, STREAMS, st.integers(-1, 1)), min_size=1, max_size=6))
    def resting_on_others(self, commands: list[tuple[int, int, int]]) -> None:
        """Several at once that each looked at another stream, at its end or elsewhere."""
        sent = []
        for stream, looked_at, off in commands:
            id_, given, after, asked = self.decided(self.ids[stream], [1], "current", request(uuid.uuid4()))
            if looked_at != stream:
                other = f"tally-{self.ids[looked_at]}"
                seen = Seen(other, max(0, len(self.model.hashes[other]) + off))
                given = replace(given, rests_on=(seen,))
            sent.append((id_, given, after, asked))
        self.send(sent)

    @rule(key=KEYS, stream=STREAMS)
    def nothing(self, key: str | None, stream: int) -> None:
        """A command that changes nothing."""
        self.send([self.decided(self.ids[stream], [], "current", request(uuid.uuid4(), key=key))])

    @rule(which=st.integers(0, 1_000))
    def exactly_again(self, which: int) -> None:
        """The same bytes, as after a lost connection."""
        if self.sent:
            self.send([self.sent[which % len(self.sent)]])

    @rule(which=st.integers(0, 1_000), numbers=NUMBERS)
    def decided_again(self, which: int, numbers: list[int]) -> None:
        """The same command, decided on the state of today."""
        if self.sent:
            id_, _, _, asked = self.sent[which % len(self.sent)]
            self.send([self.decided(id_, numbers, "current", asked)])

    @rule(minutes=st.integers(0, 3))
    def promise(self, minutes: int) -> None:
        """A relay's watermark, at or before now."""
        self.model.watermark = max(self.model.watermark, self.now - timedelta(minutes=minutes))
        self.opened.run(self.opened.subject.promise(self.model.watermark))

    @rule()
    def time_passes(self) -> None:
        """A minute, so that a promise can be overtaken."""
        self.now += timedelta(minutes=1)

    @invariant()
    def holds_what_it_should(self) -> None:
        """Every stream has its events in order and without a gap, and reading all of it misses nothing."""
        for id_ in self.ids:
            stream = f"tally-{id_}"
            events = self.opened.run(self.store.load(stream))
            assert [recorded.hash for recorded in events] == self.model.hashes[stream]
        read = self.opened.run(self.store.read_all())
        held = {stream: list(range(1, len(hashes) + 1)) for stream, hashes in self.model.hashes.items() if hashes}
        assert in_streams(read) == held

    def decided(
        self, id_: uuid.UUID, numbers: list[int], seen: str, asked: Request
    ) -> tuple[uuid.UUID, Append, Loaded, Request]:
        """A command on what somebody has seen."""
        states = self.loaded[id_]
        loaded = {"current": states[-1], "first": states[0], "ahead": append(id_, states[-1], 1)[1]}[seen]
        given, after = append(id_, loaded, *numbers, asked=asked, at=self.now)
        return id_, given, after, asked

    def send(self, commands: list[tuple[uuid.UUID, Append, Loaded, Request]]) -> None:
        """Send them at once; each gets what it would have got alone, in their order."""

        async def all_at_once() -> list[Outcome]:
            return await asyncio.gather(*(self.store.append(given) for _, given, _, _ in commands))

        outcomes = self.opened.run(all_at_once())
        for (id_, given, after, asked), outcome in zip(commands, outcomes, strict=True):
            grown = len(self.model.hashes[given.stream])
            assert told(outcome) == self.model.expect(given)
            self.sent.append((id_, given, after, asked))
            if len(self.model.hashes[given.stream]) > grown:
                self.loaded[id_].append(after)

    def teardown(self) -> None:
        self.opened.close()


def told(outcome: Outcome) -> object:
    """The outcome as the model says it."""
    match outcome:
        case Won():
            return True
        case Replayed(body, answer):
            return body, orjson.loads(answer)
        case Conflict() | Outdated() | Stale():
            return outcome
