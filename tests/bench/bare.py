"""What the database does at the best, with nothing of ours in the way: the ceilings of the store's figures."""

from __future__ import annotations

import itertools
import time
import uuid

import asyncpg
import orjson

from schemas.base import encode
from tests.bench.contents import TYPE, drafted

_COLUMNS = "event_id, stream, version, type, data, meta, occurred_at, recorded_at, hash"
_INSERT = f"""
    insert into inspection.events ({_COLUMNS})
    select {_COLUMNS} from jsonb_to_recordset($1) as e(event_id uuid, stream text, version integer, type text,
        data jsonb, meta jsonb, occurred_at timestamptz, recorded_at timestamptz, hash bytea)"""
_PAGE = f"select position, {_COLUMNS} from inspection.events where position > $1 order by position limit $2"
_STREAM = f"select position, {_COLUMNS} from inspection.events where stream = $1 and version > $2 order by version"


class Bare:
    """Statements as they are, over one connection."""

    def __init__(self, connection: asyncpg.Connection[asyncpg.Record]) -> None:
        self._connection = connection

    async def insert(self, batch: int, seconds: float) -> float:
        """Events a second, so many a commit, one commit after the other; the documents were made before."""
        documents = [_document(batch) for _ in range(max(20, 6_000 // batch))]
        count, spent = 0, 0.0
        for document in itertools.cycle(documents):
            started = time.perf_counter()
            await self._connection.execute(_INSERT, document)
            spent += time.perf_counter() - started
            count += batch
            if spent > seconds or count >= batch * len(documents):
                return count / spent
        raise AssertionError

    async def load(self, streams: list[str], count: int) -> float:
        """Streams a second, as rows."""
        started = time.perf_counter()
        for stream in itertools.islice(itertools.cycle(streams), count):
            await self._connection.fetch(_STREAM, stream, 0)
        return count / (time.perf_counter() - started)

    async def read(self, limit: int) -> float:
        """Events a second in order, as rows."""
        started, count, last = time.perf_counter(), 0, 0
        while count < limit:
            page = await self._connection.fetch(_PAGE, last, 1_000)
            count, last = count + len(page), page[-1]["position"]
        return count / (time.perf_counter() - started)


def _document(batch: int) -> str:
    now = "2025-03-01T00:00:00Z"
    ids = {name: str(uuid.uuid4()) for name in ("actor", "causation_id", "correlation_id")}
    return orjson.dumps(
        [
            {
                "event_id": uuid.uuid4(),
                "stream": f"finding-{uuid.uuid4()}",
                "version": 1,
                "type": TYPE,
                "data": orjson.Fragment(encode(drafted())),  # each of its own id: a rebuilt view has a row for each
                "meta": {**ids, "traceparent": None},
                "occurred_at": now,
                "recorded_at": now,
                "hash": "\\x" + "00" * 32,
            }
            for _ in range(batch)
        ]
    ).decode()
