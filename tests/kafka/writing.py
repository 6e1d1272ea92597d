"""Puts events into a context's store the way the suite does, and reads what came out on Kafka."""

from __future__ import annotations

import asyncio
import uuid
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import asyncpg
import orjson

from schemas.base import canonical
from schemas.cloudevents import HASH, SUBJECT, VERSION, decode
from services.adapters.kafka.published import records
from services.adapters.postgres.store import PostgresStore
from services.application.chain import GENESIS, link
from services.application.ports import Append, NewEvent, Won
from tests.kafka.samples import event

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas.envelope import Recorded
    from services.application.ports import Outcome
    from tests.parts import Broker, Database

WITHDRAWN = "inspection.finding_withdrawn.v1"


@dataclass
class Writing:
    """One stream being written: knows its head, so its next append is right."""

    type: str = WITHDRAWN
    id: uuid.UUID = field(default_factory=uuid.uuid4)
    category: str = "finding"
    field: str = "finding_id"
    version: int = 0
    head: bytes = GENESIS

    @property
    def stream(self) -> str:
        """Its name."""
        return f"{self.category}-{self.id}"

    def append(self, count: int = 1, *, recorded_at: datetime | None = None, type_: str | None = None) -> Append:
        """The next events as an append; the stream counts them as written."""
        # By default ahead of any watermark, so that a slow test's events are not refused as stamped too early.
        now = recorded_at or datetime.now(UTC) + timedelta(hours=1)
        expected = self.version
        kind = type_ or self.type
        data = canonical({**orjson.loads(event(kind).model_dump_json()), self.field: str(self.id)})
        ids = {name: str(uuid.uuid4()) for name in ("actor", "correlation_id", "causation_id")}
        meta = canonical({**ids, "traceparent": None})
        events = []
        for _ in range(count):
            self.version += 1
            event_id = uuid.uuid4()
            self.head = link(
                self.head, stream=self.stream, version=self.version, event_id=event_id, type_=kind,
                occurred_at=now, recorded_at=now, meta=meta, data=data,
            )  # fmt: skip
            events.append(NewEvent(event_id, self.version, kind, data, meta, now, now, self.head))
        return Append(self.stream, expected, tuple(events))


async def write(dsn: str, context: str, appends: Sequence[Append]) -> None:
    """Append them all."""
    outcomes = await attempt(dsn, context, appends)
    assert all(isinstance(outcome, Won) for outcome in outcomes), outcomes


async def attempt(dsn: str, context: str, appends: Sequence[Append]) -> list[Outcome]:
    """Try to append them; what became of each."""
    store = await PostgresStore.open(dsn, context)
    try:
        return list(await asyncio.gather(*(store.append(append) for append in appends)))
    finally:
        await store.close()


async def write_slowly(dsn: str, context: str, appends: Sequence[Append], *, pause: float, commit: bool = True) -> None:
    """Append in one transaction that stays open for a while, and is rolled back if asked."""
    connection = await asyncpg.connect(dsn, server_settings={"search_path": context})
    store = PostgresStore(pool=_NoPool(), context=context)  # type: ignore[arg-type]  # append_within needs none
    transaction = connection.transaction()
    await transaction.start()
    outcomes = await store.append_within(connection, appends)
    assert all(isinstance(outcome, Won) for outcome in outcomes), outcomes
    await asyncio.sleep(pause)
    await (transaction.commit() if commit else transaction.rollback())
    await connection.close()


class _NoPool:
    def get_size(self) -> int:
        return 0

    def get_idle_size(self) -> int:
        return 0


def with_data(append: Append, found: bytes, instead: bytes) -> Append:
    """The append of one event with part of its data replaced."""
    (new,) = append.events
    data = new.data.replace(found, instead)
    assert data != new.data
    return replace(append, events=(replace(new, data=data),))


def arrived(broker: Broker, topic: str) -> list[Recorded]:
    """Every event on a topic, in the order of each partition."""
    found = records(broker.brokers, broker.prefix + topic)
    return [decode(record.headers, record.value) for record in found if HASH in dict(record.headers)]


def versions(broker: Broker, topic: str) -> dict[str, list[int]]:
    """By stream, the versions on a topic in the order in which they stand there."""
    by_stream: dict[str, list[int]] = defaultdict(list)
    for record in records(broker.brokers, broker.prefix + topic):
        headers: dict[str, Any] = dict(record.headers)
        if VERSION in headers:
            by_stream[headers[SUBJECT].decode()].append(int(headers[VERSION]))
    return dict(by_stream)


def in_order(found: Sequence[int], last: int) -> bool:
    """Whether these versions are 1 to `last` in order, where some may come again later on.

    A relay that was killed goes back and repeats; it never leaves anything out or puts it too early.
    """
    seen = 0
    for version in found:
        if version > seen + 1:
            return False
        seen = max(seen, version)
    return seen == last


def stored_heads(database: Database, context: str) -> dict[str, int]:
    """By stream, the last version in the store."""
    rows = database.execute(f"select stream, max(version) from {context}.events group by stream")
    return {str(stream): int(str(version)) for stream, version in rows}
