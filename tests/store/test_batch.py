"""Group commit without a database: who shares a batch, and who hears what when one fails."""

import asyncio
import uuid
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.adapters.postgres.batch import LARGEST, Batcher, independent, waves
from services.application.ports import Append, IdempotencyKey, Outcome, Seen, StoreUnavailable, Won
from tests.store.tally import NEW, append, request

HERE = uuid.uuid4()


class Cannot(Exception):
    """What the database says of a value that it cannot hold."""


class Recorder:
    """Takes batches as the database would, when it is let."""

    def __init__(self, *, poison: str = "") -> None:
        self.batches: list[list[str]] = []
        self.open = asyncio.Event()
        self.open.set()
        self._poison = poison

    async def store(self, appends: Sequence[Append]) -> list[Outcome]:
        await self.open.wait()
        self.batches.append([append.stream for append in appends])
        if any(append.stream == self._poison for append in appends):
            raise Cannot
        return [Won(len(self.batches)) for _ in appends]


def command(stream: object, key: str | None = None) -> Append:
    """A command on a stream."""
    made, _ = append(uuid.uuid4(), NEW, 1, asked=request(uuid.uuid4(), key=key))
    return replace(made, stream=str(stream))


async def test_who_comes_while_a_batch_is_under_way_shares_the_next() -> None:
    recorder = Recorder()
    recorder.open.clear()
    batcher = Batcher(recorder.store, in_flight=1, fits=independent)
    first = batcher(command("a"))
    await asyncio.sleep(0)
    later = [batcher(command(name)) for name in "bcd"]
    recorder.open.set()
    await asyncio.gather(first, *later)
    assert recorder.batches == [["a"], ["b", "c", "d"]]


async def test_a_stream_has_one_command_in_a_batch() -> None:
    recorder = Recorder()
    batcher = Batcher(recorder.store, in_flight=1, fits=independent)
    await asyncio.gather(*(batcher(command(name)) for name in "abaca"))
    assert recorder.batches == [["a", "b", "c"], ["a"], ["a"]]


async def test_a_key_has_one_command_in_a_batch() -> None:
    recorder = Recorder()
    batcher = Batcher(recorder.store, in_flight=1, fits=independent)
    await asyncio.gather(*(batcher(command(name, key)) for name, key in [("a", "k"), ("b", "k"), ("c", "l")]))
    assert recorder.batches == [["a", "c"], ["b"]]


@pytest.mark.parametrize(
    ("commands", "batches"),
    [
        ([("a", "x"), ("x", None), ("b", None)], [["a", "b"], ["x"]]),
        ([("x", None), ("a", "x"), ("b", None)], [["x", "b"], ["a"]]),
        ([("a", "x"), ("b", "x"), ("c", "x")], [["a", "b", "c"]]),
    ],
    ids=["looked at, then written", "written, then looked at", "looked at by all"],
)
async def test_none_in_a_batch_writes_what_another_rests_on(
    commands: list[tuple[str, str | None]], batches: list[list[str]]
) -> None:
    recorder = Recorder()
    batcher = Batcher(recorder.store, in_flight=1, fits=independent)
    given = [
        replace(command(name), rests_on=() if looked_at is None else (Seen(looked_at, 1),))
        for name, looked_at in commands
    ]
    await asyncio.gather(*(batcher(one) for one in given))
    assert recorder.batches == batches


async def test_a_batch_has_an_end() -> None:
    recorder = Recorder()
    batcher = Batcher(recorder.store, in_flight=1, fits=independent)
    await asyncio.gather(*(batcher(command(number)) for number in range(LARGEST + 1)))
    assert [len(batch) for batch in recorder.batches] == [LARGEST, 1]


async def test_when_a_batch_fails_as_a_whole_only_the_one_at_fault_hears_of_it() -> None:
    recorder = Recorder(poison="b")
    batcher = Batcher(recorder.store, in_flight=1, fits=independent)
    told = await asyncio.gather(*(batcher(command(name)) for name in "abc"), return_exceptions=True)
    assert [type(one) for one in told] == [Won, Cannot, Won]
    assert recorder.batches == [["a", "b", "c"], ["a"], ["b"], ["c"]]


async def test_a_database_that_stays_away_is_not_tried_anew_for_each() -> None:
    tries = 0

    async def away(_: Sequence[Append]) -> list[Outcome]:
        nonlocal tries
        tries += 1
        raise StoreUnavailable

    batcher = Batcher(away, in_flight=1)
    told = await asyncio.gather(*(batcher(command(name)) for name in "abc"), return_exceptions=True)
    assert [type(one) for one in told] == [StoreUnavailable] * 3
    assert tries == 1


async def test_after_a_failure_the_next_are_carried_as_ever() -> None:
    recorder = Recorder(poison="b")
    batcher = Batcher(recorder.store, in_flight=1, fits=independent)
    with pytest.raises(Cannot):
        await batcher(command("b"))
    assert isinstance(await batcher(command("a")), Won)


async def test_who_gave_up_before_the_batch_left_is_left_out() -> None:
    recorder = Recorder()
    recorder.open.clear()
    batcher = Batcher(recorder.store, in_flight=1, fits=independent)
    first = batcher(command("a"))
    await asyncio.sleep(0)
    gone, stays = batcher(command("b")), batcher(command("c"))
    gone.cancel()
    recorder.open.set()
    await asyncio.gather(first, stays)
    assert recorder.batches == [["a"], ["c"]]


async def test_where_all_gave_up_there_is_no_batch() -> None:
    recorder = Recorder()
    batcher = Batcher(recorder.store, in_flight=1, fits=independent)
    batcher(command("a")).cancel()
    await batcher.finish()
    assert recorder.batches == []


async def test_who_gives_up_while_the_batch_is_under_way_does_not_disturb_the_others() -> None:
    recorder = Recorder()
    recorder.open.clear()
    batcher = Batcher(recorder.store, in_flight=1, fits=independent)
    gone, stays = batcher(command("a")), batcher(command("b"))
    await asyncio.sleep(0)
    gone.cancel()
    recorder.open.set()
    assert await stays == Won(1)


async def test_two_batches_may_be_under_way() -> None:
    recorder = Recorder()
    recorder.open.clear()
    batcher = Batcher(recorder.store, in_flight=2, fits=independent)
    first = batcher(command("a"))
    await asyncio.sleep(0)
    second = batcher(command("b"))
    await asyncio.sleep(0)
    third = batcher(command("c"))
    fourth = batcher(command("d"))
    recorder.open.set()
    await asyncio.gather(first, second, third, fourth)
    assert sorted(recorder.batches) == [["a"], ["b"], ["c", "d"]]


async def test_a_stream_and_a_key_have_one_command_under_way() -> None:
    """Whoever came first on a stream is stored first, though the batches race each other."""
    recorder = Recorder()
    recorder.open.clear()
    batcher = Batcher(recorder.store, in_flight=2, fits=independent)
    first = batcher(command("a", "k"))
    await asyncio.sleep(0)
    later = [batcher(command(name, key)) for name, key in [("a", None), ("b", "k"), ("c", None)]]
    await asyncio.sleep(0)
    recorder.open.set()
    await asyncio.gather(first, *later)
    assert sorted(recorder.batches) == [["a"], ["a", "b"], ["c"]]


async def test_each_of_two_batches_takes_its_part() -> None:
    recorder = Recorder()
    recorder.open.clear()
    batcher = Batcher(recorder.store, in_flight=2, fits=independent)
    taken = [batcher(command(name)) for name in "abcdefg"]
    await asyncio.sleep(0)
    recorder.open.set()
    await asyncio.gather(*taken)
    assert recorder.batches == [["a", "b", "c", "d"], ["e", "f", "g"]]


async def test_finishing_waits_for_all_that_was_taken() -> None:
    recorder = Recorder()
    batcher = Batcher(recorder.store, in_flight=1, fits=independent)
    taken = [batcher(command(name)) for name in "aab"]
    await batcher.finish()
    assert all(outcome.done() for outcome in taken)


async def test_a_carrier_that_is_cancelled_leaves_nobody_waiting() -> None:
    recorder = Recorder()
    recorder.open.clear()
    batcher = Batcher(recorder.store, in_flight=1, fits=independent)
    taken = [batcher(command(name)) for name in "aab"]
    await asyncio.sleep(0)
    (carrier,) = asyncio.all_tasks() - {asyncio.current_task()}
    carrier.cancel()
    told = await asyncio.gather(*taken, return_exceptions=True)
    assert [type(one) for one in told] == [asyncio.CancelledError] * 3


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from([None, "k", "l"])), max_size=20))
def test_in_waves_each_stream_and_each_key_keeps_its_order(names: list[tuple[str, str | None]]) -> None:
    made, _ = append(HERE, NEW, 1)
    commands = [
        replace(
            made,
            stream=stream,
            answer=str(number).encode(),
            idempotency=None if key is None else IdempotencyKey("p", "r", key, b""),
        )
        for number, (stream, key) in enumerate(names)
    ]
    carried = list(waves(commands))
    assert sorted(int(one.answer) for wave in carried for one in wave) == list(range(len(names)))
    for name in names_of(commands):
        numbers = [[int(one.answer) for one in wave if name in names_of([one])] for wave in carried]
        assert all(len(wave) <= 1 for wave in numbers)
        in_order = [number for wave in numbers for number in wave]
        assert in_order == sorted(in_order)


def names_of(commands: Sequence[Append]) -> set[str]:
    """Their streams and keys."""
    return {one.stream for one in commands} | {one.idempotency.key for one in commands if one.idempotency}
