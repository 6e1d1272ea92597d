"""More partitions for topics that exist: every key stays in order for whoever follows, and nothing fires too early."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor

import pytest
from kafka import KafkaConsumer

from schemas.cloudevents import SUBJECT, VERSION
from schemas.topics import CHECKPOINTS
from services.adapters.kafka import raising
from services.adapters.kafka.raising import (
    RAISED,
    FewerPartitions,
    NotShown,
    PlaceLost,
    StillUnread,
    raise_partitions,
)
from services.adapters.kafka.topics import partitions_of
from services.application.notifier import CONSUMER, SOURCES
from tests.kafka.conftest import Relays, eventually
from tests.kafka.writing import Writing, write

TOPIC = "inspection.restricted"
READER = "another-system"


class Follower:
    """A reader that acknowledges what it has read, and remembers each stream's versions as they came."""

    def __init__(self, relays: Relays) -> None:
        self.versions: dict[str, list[int]] = {}
        self.group = relays.broker.prefix + READER
        self._consumer = KafkaConsumer(
            relays.broker.prefix + TOPIC,
            bootstrap_servers=relays.broker.bootstrap,
            group_id=self.group,
            auto_offset_reset="earliest",
            auto_commit_interval_ms=100,
            metadata_max_age_ms=500,
        )

    def read(self) -> None:
        """What comes next.

        kafka-python 3.0.12 forgets a rebalance for good when a poll ends between its assignment and the group's
        answer: its heartbeats are off by then, and nothing asks for the answer again. So no poll here is short.
        """
        for batch in self._consumer.poll(timeout_ms=10_000).values():
            for record in batch:
                headers = dict(record.headers)
                if VERSION in headers:
                    self.versions.setdefault(headers[SUBJECT].decode(), []).append(int(headers[VERSION]))

    def read_everything(self, last: Mapping[str, int]) -> None:
        """Until every stream has come up to its last version, and that is acknowledged."""

        def came() -> bool:
            self.read()
            return {stream: versions[-1] for stream, versions in self.versions.items()} == last

        eventually(came)
        self._consumer.commit()

    def close(self) -> None:
        self._consumer.close()


@pytest.fixture
def follower(relays: Relays) -> Iterator[Follower]:
    follower = Follower(relays)
    yield follower
    follower.close()


def raised(
    relays: Relays,
    partitions: int,
    *,
    patience: float = 120.0,
    but: tuple[str, ...] = (),
    sources: tuple[str, ...] = (),
    waiting: Callable[[Mapping[str, int]], None] = lambda _: None,
) -> None:
    """As the command does it, but for the workers: none runs, so they have nothing to read unless it is said."""
    raise_partitions(
        {"inspection": relays.database.dsn("inspection"), "notifier": relays.database.dsn("notifier")},
        {"inspection": ("inspection-worker", ()), "notifier": (CONSUMER, sources)},
        brokers=relays.broker.brokers,
        prefix=relays.broker.prefix,
        partitions=partitions,
        patience=patience,
        but=but,
        waiting=waiting,
    )


def counts(relays: Relays, *topics: str) -> set[int]:
    return set(partitions_of(relays.broker.brokers, [relays.broker.prefix + topic for topic in topics]).values())


async def test_every_stream_stays_in_order_for_who_follows(relays: Relays, follower: Follower) -> None:
    findings = [Writing() for _ in range(40)]
    dsn = relays.database.dsn("inspection")
    with relays.running("inspection"), ThreadPoolExecutor(max_workers=1) as aside:
        following = aside.submit(follower.read_everything, {finding.stream: 6 for finding in findings})
        await write(dsn, "inspection", [finding.append(3) for finding in findings])
        raised(relays, 11)
        await write(dsn, "inspection", [finding.append(3) for finding in findings])
        following.result()
    for versions in follower.versions.values():
        assert set(versions) == {1, 2, 3, 4, 5, 6}
        came = [0, *versions]  # a reader whom its group has lost reads some of it again
        assert all(version - 1 in came[: place + 1] for place, version in enumerate(versions))


async def test_nothing_changes_while_somebody_has_not_read_everything(relays: Relays, follower: Follower) -> None:
    finding = Writing()
    dsn = relays.database.dsn("inspection")
    with relays.running("inspection"):
        await write(dsn, "inspection", [finding.append()])
        relays.drained("inspection")
        follower.read_everything({finding.stream: 1})
        await write(dsn, "inspection", [finding.append()])
        relays.drained("inspection")
        with pytest.raises(StillUnread) as refused:
            raised(relays, 11, patience=0)
    assert follower.group in refused.value.readers
    assert counts(relays, *RAISED) == {4}


async def test_nothing_changes_when_a_relay_may_have_come_back(relays: Relays, follower: Follower) -> None:
    """While it is waited for readers, the connection that keeps a relay aside is lost."""
    finding = Writing()
    with relays.running("inspection"):
        await write(relays.database.dsn("inspection"), "inspection", [finding.append()])
        relays.drained("inspection")
        follower.read_everything({finding.stream: 1})
        await write(relays.database.dsn("inspection"), "inspection", [finding.append()])
        relays.drained("inspection")

        def lose(_: Mapping[str, int]) -> None:
            ours = "datname = current_database() and application_name = 'relay notifier'"
            relays.database.execute(f"select pg_terminate_backend(pid) from pg_stat_activity where {ours}")
            follower.read_everything({finding.stream: 2})

        with pytest.raises(PlaceLost, match="notifier"):
            raised(relays, 11, waiting=lose)
    assert counts(relays, *RAISED) == {4}


async def test_a_reader_that_is_gone_is_not_waited_for_when_it_is_named(relays: Relays, follower: Follower) -> None:
    finding = Writing()
    dsn = relays.database.dsn("inspection")
    with relays.running("inspection"):
        await write(dsn, "inspection", [finding.append()])
        relays.drained("inspection")
        follower.read_everything({finding.stream: 1})
        await write(dsn, "inspection", [finding.append()])
        relays.drained("inspection")
        raised(relays, 11, patience=0, but=(follower.group,))
    assert counts(relays, *RAISED) == {11}


def test_brokers_that_never_show_what_they_took_are_not_waited_for_without_end(
    relays: Relays, monkeypatch: pytest.MonkeyPatch
) -> None:
    stale = partitions_of(relays.broker.brokers, [relays.broker.prefix + topic for topic in RAISED])
    monkeypatch.setattr(raising, "partitions_of", lambda brokers, topics: stale)
    with pytest.raises(NotShown):
        raised(relays, 5, patience=0)
    monkeypatch.undo()
    raised(relays, 5)
    assert counts(relays, *RAISED) == {5}


def test_checkpoints_keep_their_partitions(relays: Relays) -> None:
    raised(relays, 5)
    assert counts(relays, *RAISED) == {5}
    assert counts(relays, CHECKPOINTS) == {4}


def test_nothing_is_followed_until_the_new_partitions_are_too(relays: Relays) -> None:
    """A deadline waits for the least of all partitions: it must not fire on what stands unread in a new one."""
    fill = "insert into notifier.applied_watermarks select %s, topic, partition, now() from unnest(%s::text[]) as topic"
    relays.database.execute(f"{fill}, generate_series(0, 3) as partition", CONSUMER, list(SOURCES))
    followed = "select min(through) > '2000-01-01' from notifier.applied_watermarks"
    assert relays.database.execute(followed) == [(True,)]
    raised(relays, 5, sources=SOURCES)
    assert relays.database.execute(followed) == [(False,)]


def test_the_same_number_again_changes_nothing_and_fewer_are_refused(relays: Relays) -> None:
    raised(relays, 5)
    raised(relays, 5)
    with pytest.raises(FewerPartitions):
        raised(relays, 4)
    assert counts(relays, *RAISED) == {5}
