"""A batch on real PostgreSQL: everything of it once, in order, in one transaction."""

import asyncio
import contextlib
import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from schemas.envelope import Recorded
from services.adapters.kafka.faults import is_world
from services.adapters.kafka.handling import Handling
from services.adapters.kafka.parking import Tables
from services.adapters.kafka.retrying import Retrying
from services.adapters.kafka.taking import Mark, Taken, take
from services.adapters.postgres.store import PostgresStore
from services.application.handler import ConcurrentChange, Handler, Request
from services.application.reactions import BatchTransaction, command_id
from tests.parts import Database
from tests.store.test_gaps import until_somebody_waits_for_the_lock
from tests.worker import counting
from tests.worker.counting import BOTH, NOTHING, OWN, SHARED, Count, Finding, again, counted, parked, seen

SECONDS = 120.0
"""For what must not wait at all."""


async def test_events_of_a_policy_say_what_caused_them(handling: Handling, store: PostgresStore) -> None:
    finding = Finding()
    message = finding.next()
    await handling.carry_out([message])
    (event,) = await store.load(finding.tally)
    cause = message.recorded
    assert cause is not None
    assert event.event_id == uuid.uuid5(command_id(cause.event_id, "own", 0), "0")
    assert event.occurred_at == cause.occurred_at
    assert event.recorded_at > cause.recorded_at - timedelta(days=1)
    assert event.meta.actor == "policy:own"
    assert event.meta.causation_id == cause.event_id
    assert event.meta.correlation_id == cause.meta.correlation_id
    assert event.meta.traceparent == cause.meta.traceparent is not None


async def test_events_of_one_batch_fold_on_one_stream_in_order(
    handling: Handling, store: PostgresStore, database: Database
) -> None:
    messages = [Finding().next(SHARED) for _ in range(20)]
    await handling.carry_out(messages)
    causes = [f"c-{message.recorded.event_id}" for message in messages if message.recorded]
    found = await store.load("tally-shared")
    assert [event.event.directive_id for event in found] == causes  # type: ignore[union-attr]  # a count's
    assert counted(database, "tally-shared") == list(range(1, 21))


async def test_what_comes_again_waits_for_nobody_who_appends(handling: Handling, store: PostgresStore) -> None:
    message = Finding().next()
    await handling.carry_out([message])
    async with store.pool.acquire() as another, another.transaction():
        await another.execute("select lock_appends()")
        judged = await asyncio.wait_for(handling.carry_out([again(message)]), SECONDS)
    assert judged.duplicates == 1


async def test_the_next_batch_goes_on_where_the_last_one_ended(handling: Handling, database: Database) -> None:
    for _ in range(3):
        await handling.carry_out([Finding().next(SHARED) for _ in range(3)])
    assert counted(database, "tally-shared") == list(range(1, 10))


async def test_effects_see_each_event_once_in_order(handling: Handling, database: Database) -> None:
    finding, other = Finding(), Finding()
    await handling.carry_out([finding.next(), other.next(NOTHING), finding.next(NOTHING), finding.next(SHARED)])
    assert seen(database) == [(finding.stream, 1), (other.stream, 1), (finding.stream, 2), (finding.stream, 3)]


async def test_an_effect_gives_commands_in_the_same_transaction(handling: Handling, database: Database) -> None:
    await handling.carry_out([Finding().next(BOTH), Finding().next(BOTH)])
    assert counted(database, "tally-shared") == [1, 2, 3, 4]


async def test_a_message_that_comes_again_has_no_second_effect(handling: Handling, database: Database) -> None:
    finding = Finding()
    first, second = finding.next(), finding.next(SHARED)
    await handling.carry_out([first, again(first), second])
    judged = await handling.carry_out([again(second), again(first)])
    assert (judged.duplicates, judged.handled) == (2, [])
    assert seen(database) == [(finding.stream, 1), (finding.stream, 2)]
    assert counted(database, "tally-shared") == [1]


async def test_two_members_with_the_same_messages_have_one_effect_together(
    store: PostgresStore, database: Database
) -> None:
    """During a rebalance the old owner of a partition may still be at what the new one reads again."""
    members = [Handling(store, counting.SPEC, Tables("discipline-worker"), first_pause=0.0) for _ in range(4)]
    findings = [Finding() for _ in range(10)]
    messages = [finding.next(type_) for type_ in (OWN, SHARED, NOTHING) for finding in findings]
    await asyncio.gather(*(member.carry_out([again(message) for message in messages]) for member in members))
    assert sorted(seen(database)) == sorted((finding.stream, v) for finding in findings for v in (1, 2, 3))
    assert counted(database, "tally-shared") == list(range(1, 11))
    assert all(counted(database, finding.tally) == [1] for finding in findings)


async def test_a_command_of_somebody_else_in_between_is_decided_anew(
    handling: Handling, store: PostgresStore, database: Database
) -> None:
    """The worker decides without the append lock; the API may append to the same stream meanwhile."""
    handler = Handler(store, _Clock(store))
    done = False

    async def others() -> None:
        while not done:
            count = Count(uuid.uuid4(), f"c-{uuid.uuid4()}")
            command = uuid.uuid4()
            request = Request(command, "somebody", command, command, retry_on_conflict=True)
            with contextlib.suppress(ConcurrentChange):
                await handler.handle(counting.TALLY, "shared", count, request)

    api = asyncio.create_task(others())
    for _ in range(10):
        await handling.carry_out([Finding().next(SHARED) for _ in range(10)])
    done = True
    await api
    versions = counted(database, "tally-shared")
    assert versions == list(range(1, len(versions) + 1))
    assert len(versions) > 100
    assert database.execute("select count(*) from discipline.events where meta->>'actor' = 'policy:shared'") == [(100,)]


async def test_a_promise_made_while_it_waits_for_the_lock_does_not_make_an_effect_decide_twice(
    store: PostgresStore, database: Database
) -> None:
    """A relay promises each second that nothing older than now will come: what effects decide is stamped after it."""
    told: list[Recorded] = []

    async def tell(transaction: BatchTransaction, recorded: Sequence[Recorded]) -> None:
        told.extend(recorded)
        await counting.count_again(transaction, recorded)

    spec = replace(counting.SPEC, react=lambda _: (), effects=(tell,))
    handling = Handling(store, spec, Tables("discipline-worker"), first_pause=0.0)
    message = Finding().next(BOTH)
    async with store.pool.acquire() as relay, relay.transaction():
        await relay.execute("select lock_appends()")
        batch = asyncio.create_task(handling.carry_out([message]))
        await until_somebody_waits_for_the_lock(relay)
        await relay.execute("update watermark set through = suite.now()")
    await batch

    assert told == [message.recorded]
    assert counted(database, "tally-shared") == [1]


class _Clock:
    def __init__(self, store: PostgresStore) -> None:
        self._store = store

    async def now(self) -> datetime:
        return await self._store.pool.fetchval("select suite.now()")  # type: ignore[no-any-return]


@pytest.mark.parametrize("place", ["react", "decide", "effect"])
async def test_a_bad_message_is_parked_and_it_alone(handling: Handling, database: Database, place: str) -> None:
    good, bad, also_good = Finding(), Finding(), Finding()
    counting.BROKEN[OWN] = place
    messages = [good.next(NOTHING), bad.next(OWN), also_good.next(SHARED)]
    judged = await handling.carry_out(messages)
    assert seen(database) == [(good.stream, 1), (also_good.stream, 1)]
    assert [message.stream for message in judged.parked] == [bad.stream]
    assert parked(database) == [(bad.stream, 1, "failed")]
    assert counted(database, bad.tally) == []
    assert counted(database, "tally-shared") == [1]


@pytest.mark.parametrize(
    ("place", "error"),
    [
        ("react", "defect: KeyError in react, counting.py:"),
        ("decide", "refused: not-countable"),
        ("effect", "database: DivisionByZeroError 22012"),
    ],
)
async def test_the_error_is_told_without_the_content(
    handling: Handling, database: Database, place: str, error: str
) -> None:
    counting.BROKEN[OWN] = place
    await handling.carry_out([Finding().next()])
    ((told,),) = database.execute("select error from discipline.parked")
    assert str(told).startswith(error)
    assert "must not be told" not in str(told)


async def test_later_messages_of_a_parked_key_wait_behind_it_and_others_go_on(
    handling: Handling, database: Database
) -> None:
    bad, good = Finding(), Finding()
    counting.BROKEN[OWN] = "decide"
    await handling.carry_out([bad.next(OWN), good.next(NOTHING), bad.next(NOTHING)])
    await handling.carry_out([bad.next(NOTHING), good.next(NOTHING)])
    assert parked(database) == [(bad.stream, 1, "failed"), (bad.stream, 2, "waiting"), (bad.stream, 3, "waiting")]
    assert seen(database) == [(good.stream, 1), (good.stream, 2)]


async def test_messages_of_another_stream_under_the_same_key_wait_too(handling: Handling, database: Database) -> None:
    first, second = Finding(key=b"case"), Finding(key=b"case")
    counting.BROKEN[OWN] = "react"
    await handling.carry_out([first.next(OWN), second.next(NOTHING)])
    assert parked(database) == [(first.stream, 1, "failed"), (second.stream, 1, "waiting")]


async def test_once_mended_everything_parked_is_released_in_order(
    handling: Handling, retrying: Retrying, database: Database
) -> None:
    bad = Finding()
    counting.BROKEN[OWN] = "effect"
    await handling.carry_out([bad.next(OWN), bad.next(SHARED), bad.next(NOTHING)])
    counting.BROKEN.clear()
    assert await retrying.run_due() == 3
    assert seen(database) == [(bad.stream, 1), (bad.stream, 2), (bad.stream, 3)]
    assert counted(database, bad.tally) == [1]
    assert counted(database, "tally-shared") == [1]
    assert parked(database) == []
    await handling.carry_out([bad.next(NOTHING)])
    assert seen(database)[-1] == (bad.stream, 4)


async def test_a_message_is_given_up_after_its_tries_and_keeps_its_place(
    handling: Handling, retrying: Retrying, database: Database
) -> None:
    bad = Finding()
    counting.BROKEN[OWN] = "react"
    await handling.carry_out([bad.next(OWN), bad.next(NOTHING)])
    states = []
    for _ in range(4):
        await retrying.run_due()
        states.append([state for _, _, state in parked(database)])
    assert states == [["failed", "waiting"], ["dead", "waiting"], ["dead", "waiting"], ["dead", "waiting"]]
    assert database.execute("select max(tries) from discipline.parked") == [(3,)]
    counting.BROKEN.clear()
    assert await retrying.run_due() == 0
    assert seen(database) == []


async def test_a_failure_waits_for_its_back_off(store: PostgresStore, handling: Handling, database: Database) -> None:
    counting.BROKEN[OWN] = "react"
    patient = Retrying(handling, pauses=(3_600.0,))
    await Handling(store, counting.SPEC, handling.tables, first_pause=3_600.0).carry_out([Finding().next(OWN)])
    counting.BROKEN.clear()
    assert await patient.run_due() == 0
    database.execute("update discipline.parked set next_try_at = clock_timestamp()")
    assert await patient.run_due() == 1


async def test_several_members_release_a_key_once(store: PostgresStore, handling: Handling, database: Database) -> None:
    findings = [Finding() for _ in range(8)]
    counting.BROKEN[OWN] = "react"
    await handling.carry_out([finding.next(type_) for type_ in (OWN, SHARED, NOTHING) for finding in findings])
    counting.BROKEN.clear()
    members = [
        Retrying(Handling(store, counting.SPEC, handling.tables, first_pause=0.0), pauses=(0.0,)) for _ in range(4)
    ]
    while parked(database):
        await asyncio.gather(*(member.run_due() for member in members))
    assert sorted(seen(database)) == sorted((finding.stream, v) for finding in findings for v in (1, 2, 3))
    assert counted(database, "tally-shared") == list(range(1, 9))


async def test_a_gap_waits_until_the_missing_one_comes(
    handling: Handling, retrying: Retrying, database: Database
) -> None:
    finding = Finding()
    first, missing, third, fourth = (finding.next(NOTHING) for _ in range(4))
    await handling.carry_out([first, third])
    await handling.carry_out([fourth, again(third)])
    assert parked(database) == [(finding.stream, 3, "waiting"), (finding.stream, 4, "waiting")]
    assert await retrying.run_due() == 0
    await handling.carry_out([missing])
    assert await retrying.run_due() == 2
    assert seen(database) == [(finding.stream, version) for version in (1, 2, 3, 4)]
    assert parked(database) == []


async def test_a_message_that_cannot_be_read_is_parked_under_its_key(handling: Handling, database: Database) -> None:
    unreadable = Taken("inspection.restricted", 2, 77, b"case", [("ce_id", b"\xff\x00")], b"\x00 no json")
    good = Finding()
    for _ in range(2):  # and comes again
        await handling.carry_out([again(unreadable), good.next(NOTHING)])
    assert parked(database) == [(None, None, "failed")]
    row = database.execute("select key, value, error, partition, message_offset from discipline.parked")
    assert row == [(b"case", b"\x00 no json", "no event: neither stream nor version", 2, 77)]
    assert seen(database) == [(good.stream, 1), (good.stream, 2)]


@pytest.mark.parametrize(
    "headers",
    [
        [("ce_subject", b"finding-\x00"), ("ce_streamversion", b"1")],
        [("ce_subject", b"finding-1"), ("ce_streamversion", b"99999999999")],
        [("ce_subject", b"finding-1"), ("ce_streamversion", b"0")],
        [("ce_subject", b"x" * 9_000), ("ce_streamversion", b"1")],
        [("ce_subject", b"finding-1"), ("ce_streamversion", None)],
        [("na\x00me", b"\xff"), ("ce_id", b"\x00"), ("ce_type", b"\xff\x00")],
    ],
)
async def test_no_message_can_stop_the_worker(
    handling: Handling, database: Database, headers: list[tuple[str, bytes]]
) -> None:
    hostile = take("inspection.restricted", 0, 5, None, headers, b'{"\\u0000": "\\ud800"}')
    assert isinstance(hostile, Taken)
    good = Finding()
    await handling.carry_out([hostile, good.next(NOTHING)])
    assert [state for _, _, state in parked(database)] == ["failed"]
    assert seen(database) == [(good.stream, 1)]


async def test_data_that_breaks_its_contract_is_named_by_field_alone(handling: Handling, database: Database) -> None:
    finding = Finding()
    message = finding.next()
    assert message.value is not None
    broken = take(TOPIC, 0, 1, message.key, message.headers, message.value.replace(b'"document_id"', b'"doc\\u0000"'))
    assert isinstance(broken, Taken)
    await handling.carry_out([broken])
    ((error,),) = database.execute("select error from discipline.parked")
    assert str(error).startswith("not its contract: reason.document_id missing")


TOPIC = "inspection.restricted"


async def test_a_lost_database_parks_nothing_and_is_told(handling: Handling, database: Database) -> None:
    counting.BROKEN[OWN] = "database"
    finding = Finding()
    message = finding.next(OWN)
    with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError)) as told:
        await handling.carry_out([Finding().next(NOTHING), message])
    assert is_world(told.value)
    assert (parked(database), seen(database)) == ([], [])
    counting.BROKEN.clear()
    await handling.carry_out([again(message)])
    assert seen(database) == [(finding.stream, 1)]


async def test_watermarks_are_written_with_the_batch_and_never_go_back(handling: Handling, database: Database) -> None:
    noon = datetime(2026, 11, 23, 5, tzinfo=UTC)
    marks = [Mark(TOPIC, 0, noon), Mark(TOPIC, 1, noon), Mark(TOPIC, 0, noon + timedelta(hours=1))]
    await handling.carry_out([Finding().next()], marks)
    await handling.carry_out([], [Mark(TOPIC, 0, noon - timedelta(days=1))])
    rows = database.execute("select partition, through from discipline.applied_watermarks order by partition")
    assert rows == [(0, noon + timedelta(hours=1)), (1, noon)]


async def test_events_already_stored_by_an_earlier_life_are_taken_as_done(
    handling: Handling, database: Database
) -> None:
    """The inbox was emptied to rebuild a view: the policies' events are there, and must not come twice."""
    finding = Finding()
    messages = [finding.next(OWN), finding.next(SHARED), finding.next(BOTH)]
    await handling.carry_out(messages)
    database.execute("delete from discipline.inbox")
    handling.states.forget([finding.tally, "tally-shared"])
    await handling.carry_out([again(message) for message in messages])
    assert counted(database, finding.tally) == [1, 2]
    assert counted(database, "tally-shared") == [1, 2, 3]
    assert len(seen(database)) == 6
