"""The one handler: load, decide, append; each command once, on what is true."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.base import encode
from services.application.chain import GENESIS, link
from services.application.grounds import Informed
from services.application.handler import (
    ConcurrentChange,
    Done,
    Handler,
    IdempotencyKeyReused,
    VersionNotCurrent,
)
from services.application.ports import Append, EventStore, History, Outcome, Seen
from tests.fakes.memory_store import MemoryStore
from tests.store.tally import (
    START,
    TALLY,
    VIEW,
    VIEWED,
    Add,
    AlreadyBegun,
    SettableClock,
    Tally,
    request,
)

SNAPSHOTS = replace(TALLY, snapshot_every=3)


class Disturbed(MemoryStore):
    """Lets somebody else come first, as often as it is told, and remembers what it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.before_append: list[Callable[[], Awaitable[object]]] = []
        self.histories: list[tuple[str, int]] = []

    async def append(self, append: Append) -> Outcome:
        if self.before_append:
            await self.before_append.pop(0)()
        return await super().append(append)

    async def history(self, stream: str, *, after: int = 0) -> History:
        self.histories.append((stream, after))
        return await super().history(stream, after=after)


@pytest.fixture
def memory() -> Disturbed:
    return Disturbed()


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


@pytest.fixture
def handler(memory: Disturbed, clock: SettableClock) -> Handler:
    return Handler(memory, clock)


def other(store: EventStore, *, later: float = 0) -> Handler:
    """Another process's handler; its clock some seconds later."""
    return Handler(store, SettableClock(START + timedelta(seconds=later)))


async def state_of(store: EventStore, id_: uuid.UUID) -> Tally:
    """What the stream's events lead to."""
    loaded = await other(store).load(TALLY, TALLY.stream(id_))
    assert isinstance(loaded.state, Tally)
    return loaded.state


async def test_what_is_decided_is_stored(handler: Handler, memory: Disturbed) -> None:
    id_ = uuid.uuid4()
    assert await handler.handle(TALLY, id_, Add((2, 3), id_), request()) == Done(f"tally-{id_}", 2)
    assert await handler.handle(TALLY, id_, Add((4,), id_), request()) == Done(f"tally-{id_}", 3)
    assert await state_of(memory, id_) == Tally(3, 9, id_)


async def test_a_refusal_stores_nothing(handler: Handler, memory: Disturbed) -> None:
    id_ = uuid.uuid4()
    await handler.handle(TALLY, id_, Add((1,), id_), request())
    with pytest.raises(AlreadyBegun):
        await handler.handle(TALLY, id_, Add((1,), id_, once=True), request())
    assert len(memory.events) == 1


async def test_a_refusal_never_rests_on_a_state_that_others_have_left_behind(
    handler: Handler, memory: Disturbed
) -> None:
    id_ = uuid.uuid4()
    await handler.handle(TALLY, id_, Add((), id_), request())
    await other(memory).handle(TALLY, id_, Add((1,), id_), request())
    with pytest.raises(AlreadyBegun):
        await handler.handle(TALLY, id_, Add((1,), id_, once=True), request())


async def test_events_say_who_why_and_in_which_chain_of_causes(handler: Handler, memory: Disturbed) -> None:
    id_, cause = uuid.uuid4(), uuid.uuid4()
    traceparent = "00-" + "a" * 32 + "-" + "b" * 16 + "-01"
    asked = replace(request(), actor="policy:x", causation_id=cause, traceparent=traceparent)
    await handler.handle(TALLY, id_, Add((1,), id_), asked)
    meta = memory.events[0].meta
    assert (meta.actor, meta.correlation_id, meta.causation_id) == ("policy:x", asked.correlation_id, cause)
    assert meta.traceparent == traceparent


async def test_events_carry_the_moment_of_their_cause_and_the_moment_of_their_recording(
    handler: Handler, memory: Disturbed
) -> None:
    id_ = uuid.uuid4()
    caused = START - timedelta(days=3)
    await handler.handle(TALLY, id_, Add((1,), id_), request(occurred_at=caused))
    assert (memory.events[0].occurred_at, memory.events[0].recorded_at) == (caused, START)


async def test_events_are_named_after_their_command_and_chained(handler: Handler, memory: Disturbed) -> None:
    id_, asked = uuid.uuid4(), request()
    await handler.handle(TALLY, id_, Add((1, 2), id_), asked)
    previous = GENESIS
    for index, recorded in enumerate(memory.events):
        assert recorded.event_id == uuid.uuid5(asked.command_id, str(index))
        previous = link(
            previous,
            stream=recorded.stream,
            version=index + 1,
            event_id=recorded.event_id,
            type_=recorded.event.type,
            occurred_at=recorded.occurred_at,
            recorded_at=recorded.recorded_at,
            meta=encode(recorded.meta),
            data=encode(recorded.event),
        )
        assert recorded.hash == previous


async def test_inline_views_show_the_state_after_the_command(handler: Handler, memory: Disturbed) -> None:
    id_ = uuid.uuid4()
    await handler.handle(VIEWED, id_, Add((2, 3), id_), request())
    row = memory.views[VIEW][str(id_)]
    assert (row["count"], row["total"], row["version"]) == (2, 5, 2)


async def test_another_body_under_the_same_key_is_refused(handler: Handler, memory: Disturbed) -> None:
    id_ = uuid.uuid4()
    await handler.handle(TALLY, id_, Add((1,), id_), request(key="k", body=b"one"))
    with pytest.raises(IdempotencyKeyReused):
        await handler.handle(TALLY, id_, Add((2,), id_), request(key="k", body=b"two"))
    assert len(memory.events) == 1


async def test_the_same_key_gets_the_first_answer_after_the_state_moved_on(handler: Handler, memory: Disturbed) -> None:
    id_ = uuid.uuid4()
    first = await handler.handle(TALLY, id_, Add((1,), id_, once=True), request(key="k"))
    await handler.handle(TALLY, id_, Add((2,), id_), request())
    again = await handler.handle(TALLY, id_, Add((1,), id_, once=True), request(key="k"))
    assert again == replace(first, replayed=True)
    assert len(memory.events) == 2


async def test_the_same_key_gets_the_first_answer_though_the_version_seen_is_past(handler: Handler) -> None:
    id_ = uuid.uuid4()
    await handler.handle(TALLY, id_, Add((1,), id_), request(key="k", expected_version=0))
    again = await handler.handle(TALLY, id_, Add((1,), id_), request(key="k", expected_version=0))
    assert again == Done(f"tally-{id_}", 1, replayed=True)


async def test_another_body_is_refused_as_such_though_the_rules_would_refuse_it_too(handler: Handler) -> None:
    id_ = uuid.uuid4()
    await handler.handle(TALLY, id_, Add((1,), id_, once=True), request(key="k", body=b"one"))
    with pytest.raises(IdempotencyKeyReused):
        await handler.handle(TALLY, id_, Add((2,), id_, once=True), request(key="k", body=b"two"))


async def test_what_was_refused_may_be_tried_again_under_its_key(handler: Handler) -> None:
    id_ = uuid.uuid4()
    with pytest.raises(VersionNotCurrent):
        await handler.handle(TALLY, id_, Add((1,), id_), request(key="k", expected_version=7))
    assert await handler.handle(TALLY, id_, Add((1,), id_), request(key="k")) == Done(f"tally-{id_}", 1)


async def test_a_policy_s_command_that_comes_twice_is_carried_out_once(handler: Handler, memory: Disturbed) -> None:
    id_, asked = uuid.uuid4(), request()
    first = await handler.handle(TALLY, id_, Add((1, 2), id_), asked)
    await handler.handle(TALLY, id_, Add((3,), id_), request())
    again = await handler.handle(TALLY, id_, Add((1, 2), id_), asked)
    assert again == replace(first, replayed=True)
    assert len(memory.events) == 3


async def test_a_lost_race_is_told_with_the_version_that_came_first(handler: Handler, memory: Disturbed) -> None:
    id_ = uuid.uuid4()
    memory.before_append = [lambda: other(memory).handle(TALLY, id_, Add((1, 2), id_), request())]
    with pytest.raises(ConcurrentChange) as lost:
        await handler.handle(TALLY, id_, Add((3,), id_), request())
    assert lost.value == ConcurrentChange(f"tally-{id_}", 2)
    assert await state_of(memory, id_) == Tally(2, 3, id_)


async def test_a_lost_race_is_decided_anew_where_the_command_says_so(handler: Handler, memory: Disturbed) -> None:
    id_ = uuid.uuid4()
    memory.before_append = [lambda: other(memory).handle(TALLY, id_, Add((1, 2), id_), request())]
    done = await handler.handle(TALLY, id_, Add((3,), id_), request(retry_on_conflict=True))
    assert done.version == 3
    assert await state_of(memory, id_) == Tally(3, 6, id_)


async def test_decided_anew_it_may_be_refused(handler: Handler, memory: Disturbed) -> None:
    id_ = uuid.uuid4()
    memory.before_append = [lambda: other(memory).handle(TALLY, id_, Add((1,), id_), request())]
    with pytest.raises(AlreadyBegun):
        await handler.handle(TALLY, id_, Add((3,), id_, once=True), request(retry_on_conflict=True))


async def test_a_race_that_is_lost_again_and_again_comes_to_an_end(handler: Handler, memory: Disturbed) -> None:
    id_ = uuid.uuid4()

    async def come_first() -> None:
        kept, memory.before_append = memory.before_append, []
        await other(memory).handle(TALLY, id_, Add((1,), id_), request())
        memory.before_append = kept

    memory.before_append = [come_first] * 100
    with pytest.raises(ConcurrentChange):
        await handler.handle(TALLY, id_, Add((3,), id_), request(retry_on_conflict=True))


def looking_at(store: EventStore, id_: uuid.UUID, looked_at: uuid.UUID) -> Callable[[], Awaitable[Informed[Add]]]:
    """Gathers a command that adds up what another tally has."""

    async def gather() -> Informed[Add]:
        stream = TALLY.stream(looked_at)
        loaded = await other(store).load(TALLY, stream)
        return Informed(Add((loaded.state.total,), id_), (Seen(stream, loaded.version),))

    return gather


async def test_facts_that_have_moved_on_are_gathered_anew(handler: Handler, memory: Disturbed) -> None:
    id_, looked_at = uuid.uuid4(), uuid.uuid4()
    await handler.handle(TALLY, looked_at, Add((1,), looked_at), request())
    memory.before_append = [lambda: other(memory).handle(TALLY, looked_at, Add((2,), looked_at), request())]
    done = await handler.handle(TALLY, id_, looking_at(memory, id_, looked_at), request())
    assert (done.version, await state_of(memory, id_)) == (1, Tally(1, 3, id_))


async def test_facts_that_move_on_again_and_again_come_to_an_end(handler: Handler, memory: Disturbed) -> None:
    id_, looked_at = uuid.uuid4(), uuid.uuid4()

    async def come_first() -> None:
        kept, memory.before_append = memory.before_append, []
        await other(memory).handle(TALLY, looked_at, Add((1,), looked_at), request())
        memory.before_append = kept

    memory.before_append = [come_first] * 100
    with pytest.raises(ConcurrentChange) as lost:
        await handler.handle(TALLY, id_, looking_at(memory, id_, looked_at), request())
    assert lost.value.stream == f"tally-{looked_at}"
    assert await state_of(memory, id_) == Tally()


async def test_who_decided_on_a_version_that_is_past_is_told(handler: Handler) -> None:
    id_ = uuid.uuid4()
    await handler.handle(TALLY, id_, Add((1, 2), id_), request())
    with pytest.raises(VersionNotCurrent) as past:
        await handler.handle(TALLY, id_, Add((3,), id_), request(expected_version=1))
    assert past.value == VersionNotCurrent(1, 2)
    assert (await handler.handle(TALLY, id_, Add((3,), id_), request(expected_version=2))).version == 3


async def test_what_was_stamped_behind_the_watermark_is_stamped_anew(
    handler: Handler, memory: Disturbed, clock: SettableClock
) -> None:
    id_ = uuid.uuid4()

    async def promise() -> None:
        memory.promise(START)
        clock.advance(seconds=1)

    memory.before_append = [promise]
    await handler.handle(TALLY, id_, Add((1,), id_), request())
    assert memory.events[0].recorded_at == START + timedelta(seconds=1)


async def test_a_clock_that_was_set_back_does_not_stop_the_suite(handler: Handler, memory: Disturbed) -> None:
    """The watermark says how late it was already: time goes on from there."""
    id_ = uuid.uuid4()
    memory.promise(START + timedelta(hours=1))
    await handler.handle(TALLY, id_, Add((1,), id_), request())
    assert memory.events[0].recorded_at == START + timedelta(hours=1, microseconds=1)


async def test_a_stream_that_was_loaded_is_read_from_there_on(handler: Handler, memory: Disturbed) -> None:
    id_ = uuid.uuid4()
    for number in range(3):
        await handler.handle(TALLY, id_, Add((number,), id_), request())
    assert memory.histories == [(f"tally-{id_}", 0), (f"tally-{id_}", 1), (f"tally-{id_}", 2)]


async def test_a_new_process_starts_from_the_snapshot(handler: Handler, memory: Disturbed) -> None:
    id_ = uuid.uuid4()
    for number in range(4):
        await handler.handle(SNAPSHOTS, id_, Add((number,), id_), request())
    memory.histories.clear()
    loaded = await other(memory).load(SNAPSHOTS, f"tally-{id_}")
    assert memory.histories == [(f"tally-{id_}", 3)]
    assert (loaded.state, loaded.version) == (await state_of(memory, id_), 4)


async def test_a_snapshot_of_a_state_that_has_changed_its_shape_is_left_alone(
    handler: Handler, memory: Disturbed
) -> None:
    @dataclass(frozen=True)
    class Newer(Tally):
        """A version later, the state knows one thing more."""

        more: str = ""

    id_ = uuid.uuid4()
    for number in range(4):
        await handler.handle(SNAPSHOTS, id_, Add((number,), id_), request())
    memory.histories.clear()
    await other(memory).load(replace(SNAPSHOTS, initial=Newer()), f"tally-{id_}")
    assert memory.histories == [(f"tally-{id_}", 0)]


@given(st.lists(st.tuples(st.booleans(), st.lists(st.integers(0, 9), max_size=4).map(tuple)), max_size=12))
def test_cached_from_snapshots_or_whole_the_state_is_the_same(commands: list[tuple[bool, tuple[int, ...]]]) -> None:
    async def tried() -> None:
        memory, id_ = MemoryStore(), uuid.uuid4()
        two = [Handler(memory, SettableClock()) for _ in range(2)]
        for which, numbers in commands:
            await two[which].handle(SNAPSHOTS, id_, Add(numbers, id_), request())
        whole = await state_of(memory, id_)
        for each in [*two, other(memory)]:
            loaded = await each.load(SNAPSHOTS, f"tally-{id_}")
            assert loaded.state == whole
            assert loaded.hash == (memory.events[-1].hash if memory.events else GENESIS)

    asyncio.run(tried())


class OnEitherStore:
    """What takes two requests at once, on a store that really has both under way."""

    async def test_of_two_requests_under_one_key_at_once_both_get_the_first_answer(self, store: EventStore) -> None:
        id_ = uuid.uuid4()
        first, second = await asyncio.gather(
            other(store).handle(TALLY, id_, Add((1,), id_), request(key="k")),
            other(store, later=0.001).handle(TALLY, id_, Add((1,), id_), request(key="k")),
        )
        assert (first.version, second.version) == (1, 1)
        assert sorted([first.replayed, second.replayed]) == [False, True]
        assert await state_of(store, id_) == Tally(1, 1, id_)

    async def test_of_two_requests_under_one_key_at_once_another_body_is_refused(self, store: EventStore) -> None:
        id_ = uuid.uuid4()
        told = await asyncio.gather(
            other(store).handle(TALLY, id_, Add((1,), id_), request(key="k", body=b"one")),
            other(store).handle(TALLY, id_, Add((2,), id_), request(key="k", body=b"two")),
            return_exceptions=True,
        )
        assert {type(one) for one in told} == {Done, IdempotencyKeyReused}
        assert (await state_of(store, id_)).count == 1

    async def test_many_at_once_on_one_stream_all_get_in_where_they_may_be_decided_anew(
        self, store: EventStore
    ) -> None:
        id_, handler = uuid.uuid4(), other(store)
        await asyncio.gather(
            *(handler.handle(TALLY, id_, Add((1,), id_), request(retry_on_conflict=True)) for _ in range(5))
        )
        assert await state_of(store, id_) == Tally(5, 5, id_)


class TestOnMemory(OnEitherStore):
    """The fake."""

    @pytest.fixture
    def store(self) -> MemoryStore:
        """A fresh one."""
        return MemoryStore()


class TestOnPostgres(OnEitherStore):
    """The real one; `store` is conftest's."""


async def test_those_who_ask_for_a_shared_stream_at_once_read_it_together(handler: Handler, memory: Disturbed) -> None:
    id_ = uuid.uuid4()
    await handler.handle(TALLY, id_, Add((1, 2), id_), request())
    memory.histories.clear()
    told = await asyncio.gather(*(handler.shared(TALLY, TALLY.stream(id_)) for _ in range(20)))
    assert {loaded.state for loaded in told} == {Tally(2, 3, id_)}
    assert len(memory.histories) == 1


async def test_a_shared_stream_is_told_as_it_is_when_one_asks(handler: Handler, memory: Disturbed) -> None:
    id_ = uuid.uuid4()
    elsewhere = Handler(memory, handler.clock)
    for number in (1, 2, 3):
        await elsewhere.handle(TALLY, id_, Add((number,), id_), request())
        assert (await handler.shared(TALLY, TALLY.stream(id_))).version == number
