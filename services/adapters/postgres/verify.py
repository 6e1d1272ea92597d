"""Checking the history: each stream against its own hashes, and the store against what was published of it.

The chain alone finds what was changed inside a stream by somebody who did not make all later hashes anew. A cut end,
an older copy of the database, and a chain made anew from the change on look whole from inside; the topics and the
checkpoints know better.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, islice
from typing import TYPE_CHECKING, NamedTuple, Protocol, Self
from uuid import UUID

import orjson
import psycopg
from psycopg.rows import class_row

from schemas.base import canonical
from services.application.chain import GENESIS, link

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from schemas.suite import Checkpoint

CHECKPOINTS = "suite.checkpoints"
"""Stands for the stream where a checkpoint is at fault; its version is the checkpoint's number."""
_COMPARED_AT_ONCE = 2_000


class Fault(StrEnum):
    """What is wrong with a version of a stream."""

    ALTERED = "altered"
    """Its hash does not follow from it and from what stands before it."""
    MISSING = "missing"
    """The stream goes on without it."""
    REMOVED = "removed"
    """It was published and is not in the store."""
    REPLACED = "replaced"
    """It was published with another hash."""
    ADDED = "added"
    """It stands among what was published, and was not published."""
    FILE_MISSING = "file-missing"
    """The file that it says was issued is not kept."""
    FILE_DIFFERS = "file-differs"
    """What is kept of that file is not what was issued."""


class Defect(NamedTuple):
    """A place where the history is not what it was."""

    stream: str
    version: int
    fault: Fault


class Issued(NamedTuple):
    """A file that an event says was issued."""

    stream: str
    version: int
    file_id: UUID
    sha256: str


class Published(Protocol):
    """An event as somebody outside the store has it."""

    @property
    def stream(self) -> str:
        """Its stream."""
        ...

    @property
    def version(self) -> int:
        """Its place in the stream."""
        ...

    @property
    def hash(self) -> bytes:
        """Its hash."""
        ...


class PublishedCheckpoint(Protocol):
    """A checkpoint as somebody outside the store has it."""

    @property
    def checkpoint(self) -> Checkpoint:
        """What it says."""
        ...

    @property
    def sha256(self) -> bytes:
        """Of its bytes: what the next one is chained to."""
        ...


@dataclass(frozen=True, slots=True)
class Known(Published):
    """An event by name and hash."""

    stream: str
    version: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Row:
    """An event as the database holds it."""

    event_id: UUID
    stream: str
    version: int
    type: str
    data: str
    meta: str
    occurred_at: datetime
    recorded_at: datetime
    hash: bytes


class Verification:
    """Checks one context's history while the suite goes on with its work.

    Args:
        dsn: libpq address of the context's login. Open this before the topics are read: what was relayed by then has
            to be on them.
        context: the context, whose name is its schema.
    """

    def __init__(self, dsn: str, context: str) -> None:
        self.events = 0
        self.streams = 0
        self._connection = psycopg.connect(dsn, autocommit=True, options=f"-c search_path={context}")
        place = self._connection.execute(
            "select position, checkpoint_number - (checkpoint_unsent is not null)::int from relay_state"
        ).fetchone()
        assert place is not None  # noqa: S101 - the migration made the one row
        self._relayed, self._checkpoints = place

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def chains(self) -> Iterator[Defect]:
        """Check every stream against its own hashes, and count what was checked."""
        with self._connection.transaction(), self._connection.cursor("chains", row_factory=class_row(Row)) as rows:
            rows.itersize = _COMPARED_AT_ONCE
            rows.execute(
                "select event_id, stream, version, type, data::text as data, meta::text as meta, occurred_at,"
                " recorded_at, hash from events order by stream, version"
            )
            for _, stream in groupby(rows, lambda row: row.stream):
                self.streams += 1
                yield from self._chain(stream)

    def _chain(self, rows: Iterable[Row]) -> Iterator[Defect]:
        version, previous = 0, GENESIS
        for row in rows:
            self.events += 1
            version += 1
            if row.version != version:
                yield from (Defect(row.stream, gone, Fault.MISSING) for gone in range(version, row.version))
            elif proof(row, previous) != row.hash:
                yield Defect(row.stream, version, Fault.ALTERED)
            # On from what stands there, so that a single change is not reported of all that follows it.
            version, previous = row.version, row.hash

    def issued(self) -> list[Issued]:
        """Every file that was issued; the registry alone can open and hash what is kept of it."""
        rows = self._connection.execute(
            "select stream, version, (file->>'file_id')::uuid, file->>'sha256'"
            " from events, jsonb_array_elements(data->'files') as file"
            " where type = 'discipline.document_issued.v1' order by position"
        )
        return [Issued(*row) for row in rows]

    def published(self, published: Iterable[Published]) -> Iterator[Defect]:
        """Compare the store with all events on the context's topics, in any order, repeated or not."""
        heads: dict[str, int] = {}
        for chunk in _chunks(published):
            for one in chunk:
                heads[one.stream] = max(one.version, heads.get(one.stream, 0))
            yield from self._compared(chunk)
        yield from self._added(heads)

    def checkpoints(self, published: Iterable[PublishedCheckpoint]) -> Iterator[Defect]:
        """Check the checkpoints against each other, and the store against the heads that they hold."""
        number, previous = 0, GENESIS
        for one in published:
            checkpoint = one.checkpoint
            if (checkpoint.number, one.sha256) == (number, previous):
                continue  # sent again after a crash
            if (checkpoint.number, checkpoint.previous) != (number + 1, previous.hex()):
                yield Defect(CHECKPOINTS, checkpoint.number, Fault.ALTERED)
            number, previous = checkpoint.number, one.sha256
            heads = (Known(head.stream, head.version, bytes.fromhex(head.hash)) for head in checkpoint.heads)
            for chunk in _chunks(heads):
                yield from self._compared(chunk)
        yield from (Defect(CHECKPOINTS, gone, Fault.REMOVED) for gone in range(number + 1, self._checkpoints + 1))

    def _compared(self, published: list[Published]) -> Iterator[Defect]:
        rows = self._connection.execute(
            "select p.stream, p.version, p.hash, e.hash"
            " from unnest(%b::text[], %b::integer[], %b::bytea[]) as p(stream, version, hash)"
            " left join events e on e.stream = p.stream and e.version = p.version"
            " where e.hash is distinct from p.hash",
            ([one.stream for one in published], [one.version for one in published], [one.hash for one in published]),
        )
        for stream, version, _, held in rows:
            yield Defect(stream, version, Fault.REMOVED if held is None else Fault.REPLACED)

    def _added(self, heads: dict[str, int]) -> Iterator[Defect]:
        """Find events that stand where all was published long ago, and that nobody was told of."""
        with self._connection.transaction(), self._connection.cursor("added") as rows:
            rows.itersize = _COMPARED_AT_ONCE
            rows.execute("select stream, version from events where position <= %s", [self._relayed])
            for stream, version in rows:
                if version > heads.get(stream, 0):
                    yield Defect(stream, version, Fault.ADDED)


def proof(row: Row, previous: bytes) -> bytes:
    """Return the hash that an event must have after the one before it."""
    return link(
        previous,
        stream=row.stream,
        version=row.version,
        event_id=row.event_id,
        type_=row.type,
        occurred_at=row.occurred_at,
        recorded_at=row.recorded_at,
        # What comes back is jsonb's own writing; the values are the same, and these are the bytes that they had.
        meta=canonical(orjson.loads(row.meta)),
        data=canonical(orjson.loads(row.data)),
    )


def _chunks(published: Iterable[Published]) -> Iterator[list[Published]]:
    rest = iter(published)
    while chunk := list(islice(rest, _COMPARED_AT_ONCE)):
        yield chunk
