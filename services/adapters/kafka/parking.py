"""The tables of a worker: what it has taken, what is parked, how far it has followed."""

from __future__ import annotations

import base64
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

import orjson

from services.adapters.kafka.faults import describe
from services.adapters.kafka.queue import Inbox, Parked
from services.adapters.kafka.taking import Taken, take

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from asyncpg import Connection, Record

    from services.adapters.kafka.queue import Key
    from services.adapters.kafka.taking import Mark

_LOCK = "select stream, version from inbox where consumer = $1 and stream = any($2) order by stream for update"
_CLAIM = """
    insert into inbox (consumer, stream, version) select $1, stream, 0 from unnest($2::text[]) as new(stream)
    order by stream on conflict do nothing"""
_TRY_LOCK = f"{_LOCK} skip locked"
_ANYTHING_PARKED = "select exists (select from parked where consumer = $1 and state <> 'discarded')"
_WAITING = """
    select p.id, p.topic, p.key, p.stream, p.version
    from unnest($2::text[], $3::bytea[]) as asked(topic, key)
    join parked p on p.consumer = $1 and p.topic = asked.topic and p.key = asked.key
    where p.state <> 'discarded' order by p.id"""
_BEGIN = """
    insert into inbox (consumer, stream, version)
    select $1, stream, version from unnest($2::text[], $3::integer[]) as new(stream, version) order by stream
    on conflict do nothing"""
_MOVE = """
    update inbox set version = new.version from unnest($2::text[], $3::integer[]) as new(stream, version)
    where inbox.consumer = $1 and inbox.stream = new.stream"""
_PARK = """
    insert into parked (consumer, topic, partition, message_offset, key, headers, value, stream, version, event_id,
        type, state, error, tries, next_try_at)
    select $1, topic, partition, message_offset, key, headers::json, value, stream, version, event_id, type,
        case when error is null then 'waiting' else 'failed' end, error, case when error is null then 0 else 1 end,
        clock_timestamp() + case when error is null then interval '0' else make_interval(secs => $2) end
    from unnest($3::text[], $4::integer[], $5::bigint[], $6::bytea[], $7::text[], $8::bytea[], $9::text[],
        $10::integer[], $11::uuid[], $12::text[], $13::text[])
        as new(topic, partition, message_offset, key, headers, value, stream, version, event_id, type, error)
    on conflict do nothing"""
_FOLLOW = """
    insert into applied_watermarks as known (consumer, topic, partition, through)
    select $1, topic, partition, through from unnest($2::text[], $3::integer[], $4::timestamptz[])
        as new(topic, partition, through) order by topic, partition
    on conflict (consumer, topic, partition) do update set through = excluded.through
    where known.through < excluded.through"""
_KNOW = """
    insert into applied_watermarks (consumer, topic, partition)
    select $1, topic, partition from unnest($2::text[], $3::integer[]) as new(topic, partition)
    on conflict do nothing"""
_WAKE = """
    update parked set next_try_at = clock_timestamp() from unnest($2::text[], $3::bytea[]) as asked(topic, key)
    where parked.consumer = $1 and parked.topic = asked.topic and parked.key = asked.key and parked.state = 'waiting'"""
_COLUMNS = "topic, partition, message_offset, key, headers, value"


class Overtaken(Exception):
    """Another member of the group has just taken one of the streams; the batch is judged anew."""


@dataclass(frozen=True, slots=True)
class Tables:
    """A consumer's rows; every call is part of the caller's transaction."""

    consumer: str

    async def open(
        self, connection: Connection[Record], places: Sequence[Key], streams: Sequence[str], *, claim: bool
    ) -> Inbox:
        """Lock what is known of streams and return it with what waits under the keys.

        Args:
            connection: in a transaction.
            places: keys that are asked about.
            streams: streams that are asked about.
            claim: lock streams that are new as well. Without, somebody else's claim is found by `move`.
        """
        names = sorted(set(streams))
        if claim:
            await connection.execute(_CLAIM, self.consumer, names)
        taken = _versions(await connection.fetch(_LOCK, self.consumer, names))
        return Inbox(taken, await self._waiting(connection, places))

    async def try_open(self, connection: Connection[Record], streams: Iterable[str]) -> Inbox | None:
        """Lock what is known of streams, new ones as well; None while another member works on one of them."""
        names = sorted(set(streams))
        await connection.execute(_CLAIM, self.consumer, names)
        taken = _versions(await connection.fetch(_TRY_LOCK, self.consumer, names))
        return Inbox(taken) if len(taken) == len(names) else None

    async def _waiting(self, connection: Connection[Record], places: Sequence[Key]) -> dict[Key, list[Parked]]:
        found: dict[Key, list[Parked]] = {}
        if await connection.fetchval(_ANYTHING_PARKED, self.consumer):
            asked = list(dict.fromkeys(places))
            topics, keys = [topic for topic, _ in asked], [key for _, key in asked]
            for id_, topic, key, stream, version in await connection.fetch(_WAITING, self.consumer, topics, keys):
                found.setdefault((topic, key), []).append(Parked(id_, stream, version))
        return found

    async def move(self, connection: Connection[Record], known: Mapping[str, int], reached: Mapping[str, int]) -> None:
        """Write down the versions reached.

        Raises:
            Overtaken: a stream that was new has been claimed meanwhile.
        """
        moved = {stream: version for stream, version in reached.items() if known.get(stream) != version}
        new = {stream: version for stream, version in moved.items() if stream not in known}
        if new:
            done = await connection.execute(_BEGIN, self.consumer, list(new), list(new.values()))
            if int(done.rpartition(" ")[2]) < len(new):
                raise Overtaken
        old = {stream: version for stream, version in moved.items() if stream in known}
        if old:
            await connection.execute(_MOVE, self.consumer, list(old), list(old.values()))

    async def park(self, connection: Connection[Record], messages: Sequence[Taken], pause: float) -> None:
        """Park messages: those with a fault are tried again after `pause` seconds, the others wait for their turn."""
        await connection.execute(
            _PARK,
            self.consumer,
            pause,
            [message.topic for message in messages],
            [message.partition for message in messages],
            [message.offset for message in messages],
            [message.key for message in messages],
            [_headers_out(message) for message in messages],
            [message.value for message in messages],
            [message.stream for message in messages],
            [message.version for message in messages],
            [_uuid(message.event_id) for message in messages],
            [message.type for message in messages],
            [None if message.fault is None else describe(message.fault) for message in messages],
        )

    async def wake(self, connection: Connection[Record], places: Sequence[Key]) -> None:
        """Let what waits under these keys be looked at now: what it waited for has come."""
        await connection.execute(_WAKE, self.consumer, [topic for topic, _ in places], [key for _, key in places])

    async def follow(self, connection: Connection[Record], marks: Sequence[Mark]) -> None:
        """Write down how far the partitions have been followed."""
        last = {(mark.topic, mark.partition): mark.through for mark in marks}
        topics, partitions = [topic for topic, _ in last], [partition for _, partition in last]
        await connection.execute(_FOLLOW, self.consumer, topics, partitions, list(last.values()))

    async def know(self, connection: Connection[Record], partitions: Sequence[tuple[str, int]]) -> None:
        """Make the rows of all partitions, so that a topic is not taken for followed while one is missing."""
        topics, numbers = [topic for topic, _ in partitions], [number for _, number in partitions]
        await connection.execute(_KNOW, self.consumer, topics, numbers)

    async def message(self, connection: Connection[Record], id_: int) -> Taken:
        """Return a parked message."""
        row = await connection.fetchrow(f"select {_COLUMNS} from parked where id = $1", id_)  # noqa: S608 - ours
        assert row is not None  # noqa: S101 - the caller holds its lock
        topic, partition, offset, key, headers, value = row
        taken = take(topic, partition, offset, key, _headers_in(headers), value)
        if not isinstance(taken, Taken):
            raise TypeError("a watermark is never parked")
        return taken

    async def count(self, connection: Connection[Record]) -> Counter[str]:
        """Return how many messages are parked in each state."""
        rows = await connection.fetch(
            "select state, count(*) from parked where consumer = $1 group by state", self.consumer
        )
        return Counter({row["state"]: row["count"] for row in rows})


def _versions(rows: Sequence[Record]) -> dict[str, int]:
    return {row["stream"]: row["version"] for row in rows}


def _headers_out(message: Taken) -> str:
    return orjson.dumps([[name, base64.b64encode(value).decode()] for name, value in message.headers]).decode()


def _headers_in(written: str) -> list[tuple[str, bytes]]:
    return [(name, base64.b64decode(value)) for name, value in orjson.loads(written)]


def _uuid(text: str | None) -> UUID | None:
    try:
        return None if text is None else UUID(text)
    except ValueError:
        return None
