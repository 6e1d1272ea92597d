"""The relay: nothing skipped, a key's events in order, watermarks that hold, checkpoints that chain."""

import asyncio
import hashlib
import itertools
import random
from collections import defaultdict
from datetime import UTC, datetime, timedelta

import pytest
from kafka import KafkaAdminClient
from kafka.admin import ConfigResource
from structlog.testing import capture_logs

from schemas.base import encode
from schemas.cloudevents import TYPE, VERSION
from schemas.suite import FIRST, WATERMARK, DeadLetter, Watermark
from schemas.topics import key
from services.adapters.kafka.published import checkpoints, events, records
from services.adapters.kafka.turn import PAGE
from services.adapters.postgres.store import PostgresStore
from services.application.ports import Append, Stale, Won
from tests.kafka.conftest import Relays, eventually
from tests.kafka.writing import (
    Writing,
    arrived,
    attempt,
    in_order,
    stored_heads,
    versions,
    with_data,
    write,
    write_slowly,
)
from tests.parts import Broker, Database

TOPIC = "inspection.restricted"


async def test_what_is_stored_is_published_as_it_was_stored(relays: Relays, database: Database) -> None:
    finding = Writing()
    append = finding.append(3)
    await write(database.dsn("inspection"), "inspection", [append])
    with relays.running("inspection"):
        relays.drained("inspection")
    found = arrived(relays.broker, TOPIC)
    assert [(recorded.stream, recorded.version, recorded.hash) for recorded in found] == [
        (finding.stream, new.version, new.hash) for new in append.events
    ]
    assert [encode(recorded.event) for recorded in found] == [new.data for new in append.events]


async def test_a_relay_that_runs_hears_of_a_new_event(relays: Relays, database: Database) -> None:
    with relays.running("inspection"):
        eventually(lambda: database.execute("select through > '2000-01-01' from inspection.watermark") == [(True,)])
        await write(database.dsn("inspection"), "inspection", [Writing().append()])
        relays.drained("inspection")
    assert len(arrived(relays.broker, TOPIC)) == 1


async def test_nothing_is_skipped_among_concurrent_slow_and_rolled_back_transactions(
    relays: Relays, database: Database
) -> None:
    """Position numbers are drawn before the commit: a reader that is not careful passes what commits late."""
    dsn = database.dsn("inspection")
    chance = random.Random(7)

    async def fast() -> None:
        for _ in range(20):
            await write(dsn, "inspection", [Writing().append(chance.randint(1, 4)) for _ in range(8)])

    async def slow(*, commit: bool) -> None:
        for _ in range(15):
            appends = [Writing().append(2) for _ in range(3)]
            await write_slowly(dsn, "inspection", appends, pause=chance.uniform(0, 0.05), commit=commit)

    with relays.running("inspection"):
        await asyncio.gather(fast(), slow(commit=True), slow(commit=False), fast())
        relays.drained("inspection")
    expected = stored_heads(database, "inspection")
    assert len(expected) == 20 * 8 * 2 + 15 * 3
    found = versions(relays.broker, TOPIC)
    assert {stream: len(those) for stream, those in found.items()} == expected
    assert all(in_order(found[stream], last) for stream, last in expected.items())


async def test_all_events_of_a_case_stand_in_one_partition_in_their_order(relays: Relays, database: Database) -> None:
    findings = [Writing() for _ in range(20)]
    for _ in range(5):
        await write(database.dsn("inspection"), "inspection", [finding.append(2) for finding in findings])
    with relays.running("inspection"):
        relays.drained("inspection")
    places: dict[str, set[int]] = defaultdict(set)
    for record in records(relays.broker.brokers, relays.broker.prefix + TOPIC):
        if record.key is not None:
            places[record.key.decode()].add(record.partition)
    assert {name: len(partitions) for name, partitions in places.items()} == {str(f.id): 1 for f in findings}
    assert all(those == list(range(1, 11)) for those in versions(relays.broker, TOPIC).values())


async def test_more_than_a_page_is_published(relays: Relays, database: Database) -> None:
    findings = [Writing() for _ in range(5)]
    appends = [finding.append(PAGE // 2) for finding in findings]
    await write(database.dsn("inspection"), "inspection", appends)
    with relays.running("inspection"):
        relays.drained("inspection")
    assert versions(relays.broker, TOPIC) == {f.stream: list(range(1, PAGE // 2 + 1)) for f in findings}


async def test_only_one_relay_of_a_context_publishes_and_another_takes_over(relays: Relays, database: Database) -> None:
    dsn = database.dsn("inspection")
    with relays.running("inspection") as second:
        with relays.running("inspection") as first:
            await write(dsn, "inspection", [Writing().append() for _ in range(50)])
            relays.drained("inspection")
            eventually(lambda: first.well and second.well)
        await write(dsn, "inspection", [Writing().append() for _ in range(50)])
        relays.drained("inspection")
    assert {stream: len(those) for stream, those in versions(relays.broker, TOPIC).items()} == stored_heads(
        database, "inspection"
    )


@pytest.mark.parametrize(
    ("context", "writing", "topic"),
    [
        ("discipline", Writing("discipline.follow_up_closed.v1", category="followup"), "discipline.restricted"),
        (
            "discipline",
            Writing("discipline.review_opened.v1", category="review", field="review_id"),
            "discipline.reviews",
        ),
        (
            "discipline",
            Writing("discipline.consultation_withdrawn.v1", category="consultation", field="consultation_id"),
            "discipline.consultations",
        ),
        ("notifier", Writing("notifier.alert_ended.v1", category="alert", field="case_id"), "notifier.restricted"),
    ],
)
async def test_each_kind_goes_to_its_own_topic(
    relays: Relays, database: Database, context: str, writing: Writing, topic: str
) -> None:
    if context == "notifier":
        append = writing.append(type_="notifier.alert_opened.v1")
        await write(database.dsn(context), context, [append])
    await write(database.dsn(context), context, [writing.append()])
    with relays.running(context):
        relays.drained(context)
    found = arrived(relays.broker, topic)
    assert {recorded.stream for recorded in found} == {writing.stream}
    data = found[-1].event.model_dump(mode="json")
    assert key(found[-1].event.type, writing.stream, data) == str(writing.id)


async def test_open_copies_are_published_beside_and_reviews_have_none(relays: Relays, database: Database) -> None:
    follow_up = Writing("discipline.follow_up_closed.v1", category="followup")
    review = Writing("discipline.review_opened.v1", category="review", field="review_id")
    await write(database.dsn("discipline"), "discipline", [follow_up.append(), review.append()])
    with relays.running("discipline"):
        relays.drained("discipline")
    (record,) = records(relays.broker.brokers, relays.broker.prefix + "discipline.events")
    headers = dict(record.headers)
    assert headers[TYPE] == b"discipline.open_follow_up_closed.v1"
    assert record.key == str(follow_up.id).encode()
    assert not {"ce_actor", "ce_hash", "ce_traceparent"} & set(headers)


async def test_an_alert_about_a_review_has_no_open_copy_of_any_of_its_events(
    relays: Relays, database: Database
) -> None:
    """Only the first event of an alert says what it is about; the later ones are judged by it."""
    hidden = Writing("notifier.alert_opened.v1", category="alert", field="case_id")
    shown = Writing("notifier.alert_opened.v1", category="alert", field="case_id")
    secret = with_data(hidden.append(), b'"confidential":false', b'"confidential":true')
    await write(database.dsn("notifier"), "notifier", [secret, shown.append()])
    with relays.running("notifier"):
        relays.drained("notifier")
    with relays.running("notifier"):  # a relay that has not seen the first events
        later = [alert.append(type_="notifier.alert_ended.v1") for alert in (hidden, shown)]
        await write(database.dsn("notifier"), "notifier", later)
        relays.drained("notifier")
    found = list(records(relays.broker.brokers, relays.broker.prefix + "notifier.events"))
    assert [record.key for record in found] == [str(shown.id).encode()] * 2


@pytest.mark.parametrize(("size", "most"), [(2_000_000, 1_048_588), (200_000, 20_000)], ids=["producer", "broker"])
async def test_a_message_that_cannot_be_sent_stops_the_relay_exactly_there_and_is_named(
    relays: Relays, database: Database, size: int, most: int
) -> None:
    """Refused by the producer or by the broker, it is not overtaken, and holds back nothing that stands before it."""
    await _limited(relays, database, most)
    others = [Writing() for _ in range(4)]
    finding = Writing()
    before = [one.append() for _ in range(10) for one in (*others, finding)]
    refused = _huge(finding, size)
    after = [one.append() for _ in range(10) for one in (*others, finding)]
    await _write_in_order(database, [*before, refused, *after])
    with capture_logs() as logs, relays.running("inspection"):
        eventually(lambda: any(one["event"] == "relay_event_refused" for one in logs))
    named = next(one for one in logs if one["event"] == "relay_event_refused")
    assert (named["stream"], named["version"], named["position"]) == (finding.stream, 11, len(before) + 2)
    assert database.execute("select position from inspection.relay_state") == [(len(before) + 1,)]
    found = versions(relays.broker, TOPIC)
    assert in_order(found[finding.stream], 10)
    assert all(in_order(found[one.stream], max(found[one.stream])) for one in others)


async def test_a_relay_goes_on_with_a_refused_message_once_its_topic_takes_it(
    relays: Relays, database: Database
) -> None:
    await _limited(relays, database, 20_000)
    finding = Writing()
    await _write_in_order(database, [finding.append(5), _huge(finding, 200_000), finding.append(5)])
    with relays.running("inspection") as relay:
        eventually(lambda: database.execute("select position from inspection.relay_state") == [(6,)])
        eventually(lambda: not relay.well)
        _limit(relays.broker, 1_048_588)
        relays.drained("inspection")
    assert in_order(versions(relays.broker, TOPIC)[finding.stream], 11)


async def _limited(relays: Relays, database: Database, most: int) -> None:
    """Set what the topic takes once its partitions are there: one that is just being made may miss the setting."""
    await _write_in_order(database, [Writing().append()])
    with relays.running("inspection"):
        relays.drained("inspection")
    _limit(relays.broker, most)


def _limit(broker: Broker, most: int) -> None:
    admin = KafkaAdminClient(bootstrap_servers=broker.bootstrap)
    admin.alter_configs([ConfigResource("TOPIC", broker.prefix + TOPIC, {"max.message.bytes": str(most)})])
    admin.close()


def _huge(finding: Writing, size: int) -> Append:
    """An event with so many bytes that no compression makes smaller than half of them."""
    noise = random.Random(1).randbytes(size // 2).hex().encode()
    append = finding.append(type_="inspection.finding_marked_duplicate.v1")
    return with_data(append, b'"reason":"mot-cua"', b'"reason":"' + noise + b'"')


async def _write_in_order(database: Database, appends: list[Append]) -> None:
    store = await PostgresStore.open(database.dsn("inspection"), "inspection")
    for append in appends:
        assert isinstance(await store.append(append), Won)
    await store.close()


async def test_a_watermark_stands_behind_all_that_was_recorded_before_it_in_every_partition(
    relays: Relays, database: Database
) -> None:
    dsn = database.dsn("inspection")

    async def keep_writing() -> None:
        for _ in range(40):
            now = datetime.now(UTC)  # the machine's clock is the database's; some of these come too late, and must
            await attempt(dsn, "inspection", [Writing().append(recorded_at=now) for _ in range(3)])

    with relays.running("inspection", watermark_interval=0.05):
        await asyncio.gather(keep_writing(), keep_writing())
        relays.drained("inspection")
        eventually(lambda: _marks(relays.broker)[0] > 0)
    count, broken = _marks(relays.broker)
    assert count >= 4
    assert broken == []


def _marks(broker: Broker) -> tuple[int, list[str]]:
    """How many watermarks, and which events stand behind one that they belong before."""
    promised: dict[int, datetime] = {}
    count, broken = 0, []
    for record in records(broker.brokers, broker.prefix + TOPIC):
        headers = dict(record.headers)
        if headers[TYPE] == WATERMARK.encode():
            count += 1
            through = Watermark.model_validate_json(record.value).through
            assert record.key is None
            assert through > promised.get(record.partition, datetime.min.replace(tzinfo=UTC))
            promised[record.partition] = through
        elif record.partition in promised:
            recorded_at = datetime.fromisoformat(headers["ce_recordedtime"].decode())
            if recorded_at <= promised[record.partition]:
                broken.append(headers[VERSION].decode())
    return count, broken


async def test_idle_traffic_gets_a_watermark_in_every_partition_at_once(relays: Relays, database: Database) -> None:
    with relays.running("inspection", watermark_interval=3_600):
        await write(database.dsn("inspection"), "inspection", [Writing().append()])
        eventually(lambda: _marked_partitions(relays.broker, after_events=1) == {0, 1, 2, 3})


async def test_a_moved_clock_gets_a_watermark_at_once(relays: Relays, database: Database) -> None:
    with relays.running("inspection", watermark_interval=3_600):
        eventually(lambda: _marked_partitions(relays.broker, after_events=0) == {0, 1, 2, 3})
        database.execute("update suite.clock set \"offset\" = interval '400 days'")
        database.execute("notify suite_clock")
        year = datetime.now(UTC) + timedelta(days=365)
        eventually(lambda: database.execute("select through from inspection.watermark")[0][0] > year)  # type: ignore[operator]
        eventually(lambda: _last_mark(relays.broker) > year)


def _marked_partitions(broker: Broker, *, after_events: int) -> set[int]:
    seen, marked = 0, set()
    found = list(records(broker.brokers, broker.prefix + TOPIC))
    seen = sum(record.key is not None for record in found)
    for record in found:
        if record.key is None:
            marked.add(record.partition)
    return marked if seen >= after_events else set()


def _last_mark(broker: Broker) -> datetime:
    marks = [r for r in records(broker.brokers, broker.prefix + TOPIC) if r.key is None]
    return max(Watermark.model_validate_json(record.value).through for record in marks)


def test_discipline_promises_no_more_than_its_worker_has_followed_of_inspection(
    relays: Relays, database: Database
) -> None:
    with relays.running("discipline", watermark_interval=0.05) as relay:
        eventually(lambda: relay.well)
        reached = datetime(2024, 2, 9, 17, 0, tzinfo=UTC)
        assert database.execute("select through < %s from discipline.watermark", reached) == [(True,)]
        statement = (
            "insert into discipline.applied_watermarks values"
            " ('discipline-worker', 'inspection.restricted', 0, %s),"
            " ('discipline-worker', 'inspection.restricted', 1, %s)"
        )
        database.execute(statement, reached + timedelta(days=3), reached)
        database.execute("notify discipline_watermark")
        eventually(lambda: database.execute("select through from discipline.watermark") == [(reached,)])
        statement = "update discipline.applied_watermarks set through = %s where partition = 1"
        database.execute(statement, reached + timedelta(days=1))
        database.execute("notify discipline_watermark")
        later = [(reached + timedelta(days=1),)]
        eventually(lambda: database.execute("select through from discipline.watermark") == later)


async def test_what_is_stamped_behind_the_promise_is_refused(relays: Relays, database: Database) -> None:
    with relays.running("inspection", watermark_interval=0.05):
        eventually(lambda: _marked_partitions(relays.broker, after_events=0) == {0, 1, 2, 3})
    stale = Writing().append(recorded_at=datetime(2024, 1, 1, tzinfo=UTC))
    (outcome,) = await attempt(database.dsn("inspection"), "inspection", [stale])
    assert isinstance(outcome, Stale)
    assert stored_heads(database, "inspection") == {}


async def test_checkpoints_chain_and_hold_the_heads_that_changed(relays: Relays, database: Database) -> None:
    findings = [Writing() for _ in range(3)]
    dsn = database.dsn("inspection")
    with relays.running("inspection", checkpoint_interval=0.05):
        await write(dsn, "inspection", [finding.append(2) for finding in findings])
        eventually(lambda: len(list(_checkpoints(relays.broker))) >= 1)
        await write(dsn, "inspection", [findings[0].append()])
        eventually(lambda: _heads(relays.broker).get(findings[0].stream, (0, ""))[0] == 3)
    assert _heads(relays.broker) == {f.stream: (f.version, f.head.hex()) for f in findings}
    found = list(_checkpoints(relays.broker))
    assert found[0].checkpoint.previous == FIRST
    assert [one.checkpoint.number for one in found] == list(range(1, len(found) + 1))
    for before, after in itertools.pairwise(found):
        assert after.checkpoint.previous == before.sha256.hex()


async def test_a_checkpoint_that_was_stored_and_not_sent_is_sent_as_it_was(relays: Relays, database: Database) -> None:
    """Killed between the two: another checkpoint of the same number would break the chain."""
    await write(database.dsn("inspection"), "inspection", [Writing().append()])
    with relays.running("inspection", checkpoint_interval=0.05):
        eventually(lambda: len(list(_checkpoints(relays.broker))) == 1)
    (first,) = _checkpoints(relays.broker)
    database.execute("update inspection.relay_state set checkpoint_unsent = %s", encode(first.checkpoint))
    with relays.running("inspection"):
        eventually(lambda: len(list(_checkpoints(relays.broker))) == 2)
    again = list(_checkpoints(relays.broker))[1]
    assert again.sha256 == first.sha256 == hashlib.sha256(encode(first.checkpoint)).digest()


def _checkpoints(broker: Broker):  # type: ignore[no-untyped-def]  # noqa: ANN202 - as the reader says
    return checkpoints(broker.brokers, broker.prefix, "inspection")


def _heads(broker: Broker) -> dict[str, tuple[int, str]]:
    found = {}
    for one in _checkpoints(broker):
        for head in one.checkpoint.heads:
            found[head.stream] = (head.version, head.hash)
    return found


async def test_the_reader_gives_what_was_published(relays: Relays, database: Database) -> None:
    finding = Writing()
    append = finding.append(2)
    await write(database.dsn("inspection"), "inspection", [append])
    with relays.running("inspection", watermark_interval=0.05):
        relays.drained("inspection")
        eventually(lambda: _marks(relays.broker)[0] > 0)
    found = list(events(relays.broker.brokers, relays.broker.prefix, "inspection"))
    assert [(one.stream, one.version, one.hash) for one in found] == [
        (finding.stream, new.version, new.hash) for new in append.events
    ]


def test_a_message_that_a_worker_gave_up_is_told_once_without_its_content(relays: Relays, database: Database) -> None:
    parked = """
        insert into discipline.parked
            (consumer, topic, partition, message_offset, key, headers, value, state, error, tries)
        values ('discipline-worker', 'inspection.restricted', 1, 7, 'case', '[]', 'a secret', %s, 'defect', 6)"""
    database.execute(parked, "dead")
    database.execute(parked.replace("7", "8"), "failed")
    with relays.running("discipline"):
        eventually(lambda: database.execute("select count(dead_lettered_at) from discipline.parked") == [(1,)])
    with relays.running("discipline") as relay:
        eventually(lambda: relay.well)
    (record,) = records(relays.broker.brokers, relays.broker.prefix + "discipline.deadletters")
    letter = DeadLetter.model_validate_json(record.value)
    assert (letter.topic, letter.partition, letter.offset, letter.error) == ("inspection.restricted", 1, 7, "defect")
    assert record.key == b"case"
    assert b"secret" not in record.value
