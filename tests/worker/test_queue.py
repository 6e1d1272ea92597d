"""The order of the inbox and of what is parked: pure, so that any sequence can be tried."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from services.adapters.kafka.queue import Inbox, Key, Parked, Verdict, in_order

KEY: Key = ("inspection.restricted", b"case")


def test_the_next_version_is_handled() -> None:
    inbox = Inbox({"finding-1": 2})
    assert inbox.admit(KEY, "finding-1", 3) is Verdict.HANDLE


def test_a_new_stream_begins_with_its_first_version() -> None:
    assert Inbox({}).admit(KEY, "finding-1", 1) is Verdict.HANDLE


def test_what_was_handled_is_a_duplicate() -> None:
    inbox = Inbox({"finding-1": 2})
    assert inbox.admit(KEY, "finding-1", 2) is Verdict.DUPLICATE
    assert inbox.admit(KEY, "finding-1", 1) is Verdict.DUPLICATE


def test_what_is_parked_is_a_duplicate_when_it_comes_again() -> None:
    inbox = Inbox({"finding-1": 0}, {KEY: [Parked(1, "finding-1", 1)]})
    assert inbox.admit(KEY, "finding-1", 1) is Verdict.DUPLICATE


def test_a_gap_waits() -> None:
    assert Inbox({"finding-1": 1}).admit(KEY, "finding-1", 3) is Verdict.WAIT


def test_what_fills_the_gap_is_handled_although_its_key_is_parked() -> None:
    inbox = Inbox({"finding-1": 1}, {KEY: [Parked(7, "finding-1", 3)]})
    assert inbox.admit(KEY, "finding-1", 2) is Verdict.HANDLE


def test_later_messages_of_a_parked_key_wait_also_those_of_another_stream() -> None:
    inbox = Inbox({"alert-1": 0, "alert-2": 4}, {KEY: [Parked(1, "alert-1", 1)]})
    assert inbox.admit(KEY, "alert-1", 2) is Verdict.WAIT
    assert inbox.admit(KEY, "alert-2", 5) is Verdict.WAIT


def test_other_keys_go_on() -> None:
    inbox = Inbox({}, {KEY: [Parked(1, "alert-1", 1)]})
    assert inbox.admit(("inspection.restricted", b"other"), "alert-2", 1) is Verdict.HANDLE
    assert inbox.admit(("discipline.restricted", b"case"), "followup-1", 1) is Verdict.HANDLE


def test_what_fills_a_gap_behind_a_failure_waits_too() -> None:
    inbox = Inbox({"alert-1": 0, "alert-2": 0}, {KEY: [Parked(1, "alert-1", 1), Parked(2, "alert-2", 2)]})
    assert inbox.admit(KEY, "alert-2", 1) is Verdict.WAIT


def test_a_predecessor_that_came_late_goes_first() -> None:
    third, second, other = Parked(1, "alert-1", 3), Parked(5, "alert-1", 2), Parked(2, "alert-2", 1)
    assert in_order([third, other, second]) == [second, third, other]


def test_while_a_gap_is_first_nothing_is_next() -> None:
    inbox = Inbox({"alert-1": 0}, {KEY: [Parked(1, "alert-1", 2), Parked(2, "alert-2", 1)]})
    assert inbox.next(KEY) is None


def test_what_could_not_be_read_keeps_its_place() -> None:
    unread, later = Parked(1, None, None), Parked(2, "alert-1", 1)
    inbox = Inbox({}, {KEY: [unread, later]})
    assert inbox.next(KEY) is unread
    inbox.release(KEY, unread)
    assert inbox.next(KEY) is later


places = st.lists(
    st.builds(
        Parked,
        arrival=st.integers(0, 1_000),
        stream=st.sampled_from(["a", "b", "c"]),
        version=st.integers(1, 6),
    ),
    unique_by=(lambda one: one.arrival, lambda one: (one.stream, one.version)),
    max_size=12,
)


@given(places)
def test_each_stream_is_in_the_order_of_its_versions_whatever_came_when(parked: list[Parked]) -> None:
    ordered = in_order(parked)
    assert sorted(ordered, key=lambda one: one.arrival) == sorted(parked, key=lambda one: one.arrival)
    for stream in ("a", "b", "c"):
        versions = [one.version or 0 for one in ordered if one.stream == stream]
        assert versions == sorted(versions)


@given(places)
def test_what_came_in_order_stays_in_that_order(parked: list[Parked]) -> None:
    in_place: list[Parked] = []
    for stream in ("a", "b", "c"):
        of_stream = [one for one in parked if one.stream == stream]
        arrivals = sorted(one.arrival for one in of_stream)
        versions = sorted(one.version or 0 for one in of_stream)
        in_place += [Parked(*one) for one in zip(arrivals, [stream] * len(arrivals), versions, strict=True)]
    assert in_order(in_place) == sorted(in_place, key=lambda one: one.arrival)


@dataclass
class Partition:
    """A partition of a topic as the broker has it: some messages may be missing for a while."""

    messages: list[tuple[Key, str, int]] = field(default_factory=list)
    missing: set[int] = field(default_factory=set)


class Consumer(RuleBasedStateMachine):
    """A consumer that is restarted, fed twice, and whose messages fail for a while or are lost on the way."""

    streams = Bundle("streams")

    @initialize()
    def begin(self) -> None:
        self.partition = Partition()
        self.inbox = Inbox({})
        self.versions: dict[str, int] = defaultdict(int)
        self.committed = 0
        self.arrivals = 0
        self.lost_from: set[Key] = set()
        self.failing: set[tuple[str, int]] = set()
        self.handled: list[tuple[Key, str, int]] = []

    @rule(target=streams, key=st.integers(0, 1), number=st.integers(0, 2))
    def stream(self, key: int, number: int) -> tuple[Key, str]:
        return ("topic", f"{key}".encode()), f"stream-{key}-{number}"

    @rule(stream=streams, fails=st.booleans(), missing=st.booleans())
    def publish(self, stream: tuple[Key, str], *, fails: bool, missing: bool) -> None:
        key, name = stream
        self.versions[name] += 1
        if fails:
            self.failing.add((name, self.versions[name]))
        if missing:
            self.partition.missing.add(len(self.partition.messages))
            self.lost_from.add(key)
        self.partition.messages.append((key, name, self.versions[name]))

    @rule(count=st.integers(1, 6))
    def consume(self, count: int) -> None:
        for offset in range(self.committed, min(self.committed + count, len(self.partition.messages))):
            self._come(offset)
            self.committed = offset + 1

    @rule(back=st.integers(1, 6))
    def read_again(self, back: int) -> None:
        """A crash before the offsets were committed, or a rebalance."""
        self.committed = max(0, self.committed - back)

    @rule()
    def mend(self) -> None:
        """What failed can be handled now; each key is looked at."""
        self.failing.clear()
        self._retry()

    @rule()
    def retry_in_vain(self) -> None:
        self._retry()

    @rule()
    def find_what_was_missing(self) -> None:
        """The topic is rebuilt from the store: everything comes again."""
        self.partition.missing.clear()
        self.committed = 0

    def _come(self, offset: int) -> None:
        key, stream, version = self.partition.messages[offset]
        if offset in self.partition.missing:
            return
        match self.inbox.admit(key, stream, version):
            case Verdict.HANDLE if (stream, version) not in self.failing:
                self._handle(key, stream, version)
            case Verdict.HANDLE | Verdict.WAIT:
                self.arrivals += 1
                self.inbox.park(key, Parked(self.arrivals, stream, version))
            case Verdict.DUPLICATE:
                pass

    def _handle(self, key: Key, stream: str, version: int) -> None:
        self.inbox.take(stream, version)
        self.handled.append((key, stream, version))

    def _retry(self) -> None:
        for key in list(self.inbox.waiting):
            while (parked := self.inbox.next(key)) is not None:
                assert parked.stream is not None
                assert parked.version is not None
                if (parked.stream, parked.version) in self.failing:
                    break
                self._handle(key, parked.stream, parked.version)
                self.inbox.release(key, parked)

    @invariant()
    def every_stream_is_handled_version_by_version_and_nothing_twice(self) -> None:
        seen: dict[str, int] = defaultdict(int)
        for _, stream, version in self.handled if hasattr(self, "handled") else ():
            assert version == seen[stream] + 1
            seen[stream] = version

    @invariant()
    def a_key_of_which_nothing_was_lost_is_handled_in_the_order_of_its_topic(self) -> None:
        if not hasattr(self, "handled"):
            return
        for key in {key for key, _, _ in self.handled} - self.lost_from:
            expected = [message for message in self.partition.messages if message[0] == key]
            found = [message for message in self.handled if message[0] == key]
            assert found == expected[: len(found)]

    def teardown(self) -> None:
        """In the end everything is found and mended, and then everything has been handled."""
        if not hasattr(self, "handled"):
            return
        self.find_what_was_missing()
        self.consume(len(self.partition.messages))
        self.mend()
        self.consume(len(self.partition.messages))
        self.mend()
        assert sorted(self.handled) == sorted(self.partition.messages)
        assert not any(self.inbox.waiting.values())


TestConsumer = Consumer.TestCase
TestConsumer.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
