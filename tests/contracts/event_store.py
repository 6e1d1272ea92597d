"""What every event store keeps: run on the one in memory and on the one on PostgreSQL alike."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Protocol

import orjson
import pytest

from schemas.envelope import Recorded
from services.application.ports import (
    Conflict,
    EventStore,
    History,
    Outcome,
    Outdated,
    Replayed,
    Seen,
    Snapshot,
    Stale,
    Won,
)
from tests.store.tally import NEW, START, VIEWED, append, request


class Subject(Protocol):
    """A store, and the two things that only its implementation can do or show."""

    @property
    def store(self) -> EventStore:
        """The store."""
        ...

    async def promise(self, through: datetime) -> None:
        """Let nothing more be recorded at or before a moment."""
        ...

    async def view_row(self, id_: uuid.UUID) -> dict[str, Any] | None:
        """The row of the tally's inline view."""
        ...


def won(outcomes: Sequence[Outcome]) -> list[bool]:
    """Which were stored."""
    return [isinstance(outcome, Won) for outcome in outcomes]


class EventStoreContract:
    """Inherit, and give a fixture `subject`."""

    async def test_what_was_stored_is_loaded_as_it_was(self, subject: Subject) -> None:
        id_, asked = uuid.uuid4(), request(traceparent="00-" + "a" * 32 + "-" + "b" * 16 + "-01")
        given, after = append(id_, NEW, 1, 2, asked=asked)
        outcome = await subject.store.append(given)
        assert isinstance(outcome, Won)
        first, second = await subject.store.load(given.stream)
        assert [recorded.event_id for recorded in (first, second)] == [event.event_id for event in given.events]
        assert (first.stream, first.version, second.version) == (given.stream, 1, 2)
        assert first.event.model_dump_json() != second.event.model_dump_json()
        assert (first.meta.correlation_id, first.meta.traceparent) == (asked.correlation_id, asked.traceparent)
        assert (first.occurred_at, first.recorded_at) == (START, START)
        assert (second.hash, second.position) == (after.hash, outcome.position)

    async def test_a_history_has_the_events_and_where_they_end(self, subject: Subject) -> None:
        given, after = append(uuid.uuid4(), NEW, 1, 2, 3)
        await subject.store.append(given)
        whole = await subject.store.history(given.stream)
        tail = await subject.store.history(given.stream, after=2)
        assert (len(whole.events), whole.version, whole.hash) == (3, 3, after.hash)
        assert tail == History(whole.events[2:], 3, after.hash)

    async def test_the_history_of_a_stream_without_events_ends_where_it_was_asked_after(self, subject: Subject) -> None:
        assert await subject.store.history("tally-unknown") == History((), 0, None)
        assert await subject.store.history("tally-unknown", after=7) == History((), 7, None)
        assert await subject.store.load("tally-unknown") == []

    async def test_all_events_are_read_in_the_order_in_which_they_were_stored(self, subject: Subject) -> None:
        stored = []
        for number in range(5):
            given, _ = append(uuid.uuid4(), NEW, number, number)
            await subject.store.append(given)
            stored += [event.event_id for event in given.events]
        read = await subject.store.read_all()
        assert [recorded.event_id for recorded in read] == stored
        assert [recorded.position for recorded in read] == sorted({recorded.position for recorded in read})
        page = await subject.store.read_all(after=read[2].position, limit=4)
        assert page == read[3:7]

    async def test_of_two_that_saw_the_same_version_the_second_is_a_conflict(self, subject: Subject) -> None:
        id_ = uuid.uuid4()
        first, _ = append(id_, NEW, 1, 2)
        second, _ = append(id_, NEW, 3)
        await subject.store.append(first)
        assert await subject.store.append(second) == Conflict(current_version=2)
        assert len(await subject.store.load(first.stream)) == 2

    async def test_what_was_decided_on_a_version_that_is_not_there_is_a_conflict(self, subject: Subject) -> None:
        """A store restored from an older copy meets states that are ahead of it: no stream gets a hole."""
        id_ = uuid.uuid4()
        _, ahead = append(id_, NEW, 1, 2, 3)
        given, _ = append(id_, ahead, 4)
        assert await subject.store.append(given) == Conflict(current_version=0)

    async def test_the_events_of_a_command_are_stored_as_a_whole_or_not_at_all(self, subject: Subject) -> None:
        id_ = uuid.uuid4()
        first, _ = append(id_, NEW, 1)
        several, _ = append(id_, NEW, 2, 3, 4)
        await subject.store.append(first)
        assert await subject.store.append(several) == Conflict(current_version=1)
        assert [recorded.event_id for recorded in await subject.store.load(first.stream)] == [first.events[0].event_id]

    async def test_one_that_loses_does_not_disturb_those_beside_it(self, subject: Subject) -> None:
        taken = uuid.uuid4()
        await subject.store.append(append(taken, NEW, 1)[0])
        beside = [append(uuid.uuid4(), NEW, number)[0] for number in range(10)]
        late = append(taken, NEW, 2)[0]
        outcomes = await asyncio.gather(*(subject.store.append(given) for given in [*beside[:5], late, *beside[5:]]))
        assert won(outcomes) == [True] * 5 + [False] + [True] * 5

    async def test_of_many_at_once_on_one_stream_exactly_one_is_stored(self, subject: Subject) -> None:
        id_ = uuid.uuid4()
        given = [append(id_, NEW, number)[0] for number in range(20)]
        outcomes = await asyncio.gather(*(subject.store.append(one) for one in given))
        assert sorted(won(outcomes)) == [False] * 19 + [True]
        assert {outcome for outcome in outcomes if not isinstance(outcome, Won)} == {Conflict(1)}

    async def test_each_of_many_at_once_learns_its_own_position(self, subject: Subject) -> None:
        given = [append(uuid.uuid4(), NEW, *range(1 + number % 3))[0] for number in range(30)]
        outcomes = await asyncio.gather(*(subject.store.append(one) for one in given))
        for one, outcome in zip(given, outcomes, strict=True):
            last = (await subject.store.load(one.stream))[-1]
            assert outcome == Won(last.position)

    async def test_what_rests_on_another_stream_is_stored_while_that_stands_where_it_was_seen(
        self, subject: Subject
    ) -> None:
        other, after = append(uuid.uuid4(), NEW, 1, 2)
        await subject.store.append(other)
        unknown = Seen(f"tally-{uuid.uuid4()}", 0)
        given = replace(append(uuid.uuid4(), NEW, 3)[0], rests_on=(Seen(other.stream, after.version), unknown))
        assert isinstance(await subject.store.append(given), Won)

    async def test_what_rests_on_a_stream_that_has_moved_on_is_outdated(self, subject: Subject) -> None:
        id_, still = uuid.uuid4(), Seen(f"tally-{uuid.uuid4()}", 0)
        other, after = append(id_, NEW, 1)
        await subject.store.append(other)
        await subject.store.append(append(id_, after, 2)[0])
        given = replace(append(uuid.uuid4(), NEW, 3)[0], rests_on=(still, Seen(other.stream, 1)))
        assert await subject.store.append(given) == Outdated(other.stream, 2)
        assert await subject.store.load(given.stream) == []

    async def test_of_two_that_rest_on_each_other_the_second_is_outdated(self, subject: Subject) -> None:
        """Neither saw what the other does, so together they might break what both looked after."""
        first, _ = append(uuid.uuid4(), NEW, 1)
        second, _ = append(uuid.uuid4(), NEW, 2)
        first = replace(first, rests_on=(Seen(second.stream, 0),))
        second = replace(second, rests_on=(Seen(first.stream, 0),))
        outcomes = await asyncio.gather(subject.store.append(first), subject.store.append(second))
        assert won(outcomes) == [True, False]
        assert outcomes[1] == Outdated(first.stream, 1)

    async def test_an_outdated_command_does_not_disturb_those_beside_it(self, subject: Subject) -> None:
        other, _ = append(uuid.uuid4(), NEW, 1)
        await subject.store.append(other)
        beside = [append(uuid.uuid4(), NEW, number)[0] for number in range(6)]
        beside[3] = replace(beside[3], rests_on=(Seen(other.stream, 0),))
        outcomes = await asyncio.gather(*(subject.store.append(given) for given in beside))
        assert won(outcomes) == [True, True, True, False, True, True]

    async def test_a_replay_is_a_replay_though_what_it_rested_on_has_moved_on(self, subject: Subject) -> None:
        other, _ = append(uuid.uuid4(), NEW, 1)
        given = replace(append(uuid.uuid4(), NEW, 2, asked=request(key="k"))[0], rests_on=(Seen(other.stream, 0),))
        first = await subject.store.append(given)
        await subject.store.append(other)
        assert await subject.store.append(given) == first

    async def test_the_same_key_gets_the_first_answer(self, subject: Subject) -> None:
        id_ = uuid.uuid4()
        first, after = append(id_, NEW, 1, asked=request(key="k"))
        await subject.store.append(first)
        again, _ = append(id_, after, 2, asked=request(key="k"))
        told = await subject.store.append(again)
        assert isinstance(told, Replayed)
        assert told.body_sha256 == request(key="k").idempotency.body_sha256  # type: ignore[union-attr]  # given a key
        assert orjson.loads(told.answer) == {"stream": first.stream, "version": 1}
        found = await subject.store.answered(again.idempotency)  # type: ignore[arg-type]  # given a key
        assert found is not None
        assert (found.body_sha256, orjson.loads(found.answer)) == (told.body_sha256, orjson.loads(told.answer))
        assert len(await subject.store.load(first.stream)) == 1

    async def test_the_same_key_with_another_body_is_told_the_first_body(self, subject: Subject) -> None:
        first, _ = append(uuid.uuid4(), NEW, 1, asked=request(key="k", body=b"one"))
        other, _ = append(uuid.uuid4(), NEW, 1, asked=request(uuid.uuid4(), key="k", body=b"other"))
        await subject.store.append(first)
        told = await subject.store.append(other)
        assert isinstance(told, Replayed)
        assert first.idempotency is not None
        assert told.body_sha256 == first.idempotency.body_sha256
        assert await subject.store.load(other.stream) == []

    async def test_of_two_in_flight_at_once_under_one_key_one_is_carried_out(self, subject: Subject) -> None:
        given = [append(uuid.uuid4(), NEW, 1, asked=request(uuid.uuid4(), key="k"))[0] for _ in range(2)]
        first, second = await asyncio.gather(*(subject.store.append(one) for one in given))
        assert isinstance(first, Won)
        assert isinstance(second, Replayed)
        assert orjson.loads(second.answer)["stream"] == given[0].stream

    async def test_a_key_belongs_to_its_principal_and_route(self, subject: Subject) -> None:
        asked = request(uuid.uuid4(), key="k")
        assert asked.idempotency is not None
        keys = [asked.idempotency, replace(asked.idempotency, principal="other"), replace(asked.idempotency, route="x")]
        for key in keys:
            given, _ = append(uuid.uuid4(), NEW, 1, asked=request(uuid.uuid4()))
            assert isinstance(await subject.store.append(replace(given, idempotency=key)), Won)

    async def test_a_key_that_was_never_used_has_no_answer(self, subject: Subject) -> None:
        key = request(key="unused").idempotency
        assert key is not None
        assert await subject.store.answered(key) is None

    async def test_a_command_that_changes_nothing_is_remembered_under_its_key(self, subject: Subject) -> None:
        nothing, _ = append(uuid.uuid4(), NEW, asked=request(key="k"))
        assert await subject.store.append(nothing) == Won(0)
        assert isinstance(await subject.store.append(nothing), Replayed)
        assert await subject.store.load(nothing.stream) == []

    async def test_a_command_that_changes_nothing_and_has_no_key_leaves_nothing(self, subject: Subject) -> None:
        nothing, _ = append(uuid.uuid4(), NEW)
        assert await subject.store.append(nothing) == Won(0)
        assert await subject.store.read_all() == []

    async def test_a_command_without_a_key_is_known_again_by_its_events(self, subject: Subject) -> None:
        """A policy hears an event twice: it was decided on another state, and yet it is the same command."""
        id_, command = uuid.uuid4(), uuid.uuid4()
        first, after = append(id_, NEW, 1, 2, asked=request(command))
        _, later = append(id_, after, 3)
        await subject.store.append(first)
        await subject.store.append(append(id_, after, 3)[0])
        again, _ = append(id_, later, 1, 2, asked=request(command), at=START + timedelta(hours=1))
        told = await subject.store.append(again)
        assert isinstance(told, Replayed)
        assert told.body_sha256 is None
        assert orjson.loads(told.answer) == {"stream": first.stream, "version": 2}
        assert len(await subject.store.load(first.stream)) == 3

    @pytest.mark.parametrize("key", [None, "k"])
    async def test_what_is_already_stored_exactly_so_has_won(self, subject: Subject, key: str | None) -> None:
        """An answer that got lost on the way: who asks again hears that it was his."""
        given, _ = append(uuid.uuid4(), NEW, 1, 2, asked=request(key=key))
        first = await subject.store.append(given)
        await subject.promise(START + timedelta(hours=1))
        assert await subject.store.append(given) == first
        assert len(await subject.store.load(given.stream)) == 2

    async def test_nothing_is_stored_at_or_behind_the_watermark(self, subject: Subject) -> None:
        await subject.promise(START)
        id_ = uuid.uuid4()
        assert await subject.store.append(append(id_, NEW, 1, at=START)[0]) == Stale(START)
        assert isinstance(await subject.store.append(append(id_, NEW, 1, at=START - timedelta(days=1))[0]), Stale)
        assert await subject.store.read_all() == []
        later, _ = append(id_, NEW, 1, at=START + timedelta(microseconds=1))
        assert isinstance(await subject.store.append(later), Won)

    async def test_a_replay_is_a_replay_behind_the_watermark_too(self, subject: Subject) -> None:
        id_ = uuid.uuid4()
        first, after = append(id_, NEW, 1, asked=request(key="k"))
        await subject.store.append(first)
        await subject.promise(START + timedelta(hours=1))
        again, _ = append(id_, after, 1, asked=request(key="k"))
        assert isinstance(await subject.store.append(again), Replayed)

    async def test_inline_views_are_written_with_the_events(self, subject: Subject) -> None:
        id_ = uuid.uuid4()
        first, after = append(id_, NEW, 5, aggregate=VIEWED)
        await subject.store.append(first)
        row = await subject.view_row(id_)
        assert row is not None
        assert (row["count"], row["total"], row["version"]) == (1, 5, 1)
        second, _ = append(id_, after, 2, 3, aggregate=VIEWED)
        await subject.store.append(second)
        row = await subject.view_row(id_)
        assert row is not None
        assert (row["count"], row["total"], row["version"]) == (3, 10, 3)

    async def test_what_loses_leaves_no_trace_in_the_views(self, subject: Subject) -> None:
        id_ = uuid.uuid4()
        await subject.store.append(append(id_, NEW, 5, aggregate=VIEWED)[0])
        beside = uuid.uuid4()
        await asyncio.gather(
            subject.store.append(append(id_, NEW, 7, aggregate=VIEWED)[0]),
            subject.store.append(append(beside, NEW, 8, aggregate=VIEWED)[0]),
        )
        kept, written = await subject.view_row(id_), await subject.view_row(beside)
        assert kept is not None
        assert written is not None
        assert (kept["total"], written["total"]) == (5, 8)

    async def test_a_snapshot_is_kept_for_its_shape_only(self, subject: Subject) -> None:
        kept = Snapshot(3, b"h" * 32, b'{"count": 3}')
        await subject.store.keep_snapshot("tally-1", b"shape", kept)
        found = await subject.store.snapshot("tally-1", b"shape")
        assert found is not None
        assert (found.version, found.hash, orjson.loads(found.state)) == (3, b"h" * 32, {"count": 3})
        assert await subject.store.snapshot("tally-1", b"other shape") is None
        assert await subject.store.snapshot("tally-2", b"shape") is None

    async def test_a_newer_snapshot_takes_the_place_of_an_older_one_and_not_the_other_way(
        self, subject: Subject
    ) -> None:
        for version in (3, 9, 5):
            await subject.store.keep_snapshot("tally-1", b"shape", Snapshot(version, b"h" * 32, b"{}"))
        found = await subject.store.snapshot("tally-1", b"shape")
        assert found is not None
        assert found.version == 9

    async def test_a_snapshot_of_another_shape_takes_the_place_of_any(self, subject: Subject) -> None:
        await subject.store.keep_snapshot("tally-1", b"old shape", Snapshot(9, b"h" * 32, b"{}"))
        await subject.store.keep_snapshot("tally-1", b"new shape", Snapshot(5, b"h" * 32, b"{}"))
        assert await subject.store.snapshot("tally-1", b"old shape") is None
        assert await subject.store.snapshot("tally-1", b"new shape") is not None


def in_streams(events: Sequence[Recorded]) -> dict[str, list[int]]:
    """The versions of each stream, in the order in which they were read."""
    found: dict[str, list[int]] = {}
    for recorded in events:
        found.setdefault(recorded.stream, []).append(recorded.version)
    return found
