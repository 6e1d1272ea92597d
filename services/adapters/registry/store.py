"""The registry's tables: what is put is sealed, what is read is recorded, what is erased can never be read again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

import orjson

from services.adapters.postgres.pool import PATIENCE, patiently
from services.adapters.registry.changes import By, Changed, PersonChanges, note
from services.adapters.registry.crypto import (
    SALT_BYTES,
    Kind,
    Unreadable,
    WrappedKey,
    WrappingKeys,
    new_salt,
    proof,
    seal,
    unseal,
)
from services.adapters.registry.slots import Kept, occupy

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import asyncpg

    from services.adapters.registry.slots import Connection
    from services.application.registry import Person, Reading

_PUT = """
insert into contents (id, version, sealed, sha256)
select * from unnest($1::uuid[], $2::integer[], $3::bytea[], $4::bytea[])
"""
_READ_DOCUMENTS = """
select contents.id, version, sealed, wrapping_key, wrapped
from unnest($1::uuid[], $2::bytea[]) as asked (id, sha256)
join contents using (id, sha256) join keys using (id) where wrapped is not null and kind = 'document'
"""
_READ_PERSONS = """
select distinct on (contents.id) contents.id, version, sealed, wrapping_key, wrapped
from contents join keys using (id) where contents.id = any($1::uuid[]) and wrapped is not null and kind = 'person'
order by contents.id, version desc
"""
_READ_FILES = _READ_DOCUMENTS.replace("'document'", "'file'")
_KEEP = """
update keys set kept_by = new.rule from unnest($1::uuid[], $2::text[]) as new (id, rule)
where keys.id = new.id and kept_by is null and wrapped is not null
"""
_FILES = """
select contents.id, version, sealed, contents.sha256, wrapping_key, wrapped
from unnest($1::uuid[]) as asked (id) join contents using (id) join keys using (id)
where wrapped is not null and kind = 'file'
"""
_RECORD = """
insert into reads (caller, reader, purpose, correlation_id, document_id, version)
select $1, $2, $3, $4, id, version from unnest($5::uuid[], $6::integer[]) as read (id, version)
"""
_ERASE = """
update keys set wrapped = null, wrapping_key = null, erased_at = now(), erased_by = $3, erased_because = $4
where id = $1 and kind = $2 and wrapped is not null and kept_by is null
"""
_STALE_KEYS = """
select id, wrapping_key, wrapped from keys where wrapped is not null and wrapping_key <> $1
order by id limit $2 for update
"""
_REWRAP = """
update keys set wrapping_key = $1, wrapped = new.wrapped
from unnest($2::uuid[], $3::bytea[]) as new (id, wrapped) where keys.id = new.id
"""
REWRAP_BATCH = 500


class Erasure(StrEnum):
    """What came of an erasure."""

    ERASED = "erased"
    ERASED_BEFORE = "erased-before"
    KEPT = "kept"
    """A rule exempts it; nothing was done."""
    UNKNOWN = "unknown"


class FileState(StrEnum):
    """What is kept of a file, compared with what it was."""

    WHOLE = "whole"
    DIFFERS = "differs"
    """The bytes, or what they are sealed with, are others."""
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Put:
    """A content to keep, and the rule by which it is exempt from erasure, if one does."""

    content: bytes
    kept_by: str | None = None


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file's bytes."""

    file_id: UUID
    version: int
    content: bytes


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document's text, with the salt that makes its proof verifiable."""

    document_id: UUID
    version: int
    text: str
    salt: bytes


class RegistryStore:
    """Persons and documents in the schema `registry`. The only place where a data key is ever in the clear."""

    def __init__(self, pool: asyncpg.Pool, keys: WrappingKeys, *, patience: float = PATIENCE) -> None:
        self._pool = pool
        self._keys = keys
        self._patience = patience
        self.changes = PersonChanges(pool, keys, patience)

    async def put_documents(self, texts: Mapping[UUID, Put]) -> dict[UUID, Kept]:
        """Keep texts, all in one transaction; the same text again is the version that it was, another a new one."""
        return await patiently(lambda: self._put("document", texts), patience=self._patience)

    async def put_files(self, files: Mapping[UUID, Put]) -> dict[UUID, Kept]:
        """Keep files, likewise."""
        return await patiently(lambda: self._put("file", files), patience=self._patience)

    async def put_persons(self, persons: Mapping[UUID, Person], by: By) -> dict[UUID, Kept]:
        """Keep or correct persons, all in one transaction with the record of who did it."""
        contents = {id_: Put(orjson.dumps(person, option=orjson.OPT_SORT_KEYS)) for id_, person in persons.items()}
        return await patiently(lambda: self._put("person", contents, by), patience=self._patience)

    async def _put(self, kind: Kind, contents: Mapping[UUID, Put], by: By | None = None) -> dict[UUID, Kept]:
        kept: dict[UUID, Kept] = {}
        changes: list[Changed] = []
        new: list[tuple[UUID, int, bytes, bytes | None]] = []
        async with self._pool.acquire() as connection, connection.transaction():
            slots = await occupy(connection, self._keys, kind, sorted(contents))
            for id_, put in contents.items():
                slot, content = slots[id_], put.content
                if slot is None:
                    kept[id_] = Kept(0, erased=True)
                elif (known := slot.known(content)) is not None:
                    kept[id_] = known
                else:
                    salt = new_salt() if kind == "document" else b""
                    sha256 = None if kind == "person" else proof(salt, content)
                    kept[id_] = Kept(slot.following, sha256)
                    sealed = seal(slot.key, kind, id_, slot.following, salt + content)
                    new.append((id_, slot.following, sealed, bytes.fromhex(sha256) if sha256 else None))
                    changes.append(Changed(id_, slot.following, slot.latest, content))
            if new:
                await connection.execute(_PUT, *_columns(new, 4))
            if new and by is not None:
                await note(connection, by, changes)
            if exempt := [(id_, put.kept_by) for id_, put in contents.items() if put.kept_by is not None]:
                await connection.execute(_KEEP, *_columns(exempt, 2))
        return kept

    async def read_documents(
        self, refs: Sequence[tuple[UUID, str]], reading: Reading, caller: str
    ) -> list[ReadDocument]:
        """The versions that the proofs name; recorded before they are answered. What was erased is absent."""
        return await patiently(lambda: self._read_documents(refs, reading, caller), patience=self._patience)

    async def _read_documents(
        self, refs: Sequence[tuple[UUID, str]], reading: Reading, caller: str
    ) -> list[ReadDocument]:
        async with self._pool.acquire() as connection, connection.transaction():
            return [self._document(row) for row in await _recorded(connection, _READ_DOCUMENTS, refs, reading, caller)]

    async def read_files(self, refs: Sequence[tuple[UUID, str]], reading: Reading, caller: str) -> list[ReadFile]:
        """The files that the hashes name; recorded before they are answered."""
        return await patiently(lambda: self._read_files(refs, reading, caller), patience=self._patience)

    async def _read_files(self, refs: Sequence[tuple[UUID, str]], reading: Reading, caller: str) -> list[ReadFile]:
        async with self._pool.acquire() as connection, connection.transaction():
            rows = await _recorded(connection, _READ_FILES, refs, reading, caller)
            return [ReadFile(row["id"], row["version"], self._opened("file", row)) for row in rows]

    async def check_files(self, refs: Sequence[tuple[UUID, str]]) -> list[FileState]:
        """Hash what is kept of each file, and compare; the bytes do not leave the registry."""
        rows = await patiently(lambda: self._pool.fetch(_FILES, [id_ for id_, _ in refs]), patience=self._patience)
        kept: dict[UUID, list[asyncpg.Record]] = {}
        for row in rows:
            kept.setdefault(row["id"], []).append(row)
        return [self._compared(kept.get(id_, []), sha256) for id_, sha256 in refs]

    def _compared(self, versions: Sequence[asyncpg.Record], sha256: str) -> FileState:
        if not versions:
            return FileState.MISSING
        for row in versions:
            try:
                content = self._opened("file", row)
            except Unreadable:
                continue
            if proof(b"", content) == sha256:
                return FileState.WHOLE
        return FileState.DIFFERS

    async def read_persons(self, ids: Sequence[UUID]) -> dict[UUID, dict[str, str | None]]:
        """The persons as they are now; who was erased is absent."""
        rows = await patiently(lambda: self._pool.fetch(_READ_PERSONS, ids), patience=self._patience)
        return {row["id"]: orjson.loads(self._opened("person", row)) for row in rows}

    async def erase(self, kind: Kind, id_: UUID, *, actor: str, reason: str) -> tuple[Erasure, str | None]:
        """Destroy a data key and what it sealed, for good; where a rule exempts it, only say which.

        A backup from before still holds both: it loses them when the wrapping key is rotated and the old key file
        destroyed (`rewrap`).
        """
        async with self._pool.acquire() as connection, connection.transaction():
            done = await connection.execute(_ERASE, id_, kind, actor, reason)
            if done == "UPDATE 1":
                await connection.execute("delete from contents where id = $1", id_)
                return Erasure.ERASED, None
            known = await connection.fetchrow("select kept_by from keys where id = $1 and kind = $2", id_, kind)
            if known is None:
                return Erasure.UNKNOWN, None
            return (Erasure.ERASED_BEFORE, None) if known["kept_by"] is None else (Erasure.KEPT, known["kept_by"])

    async def rewrap(self) -> int:
        """Wrap every data key that an earlier wrapping key holds under the current one; how many were."""
        rewrapped = 0
        while True:
            async with self._pool.acquire() as connection, connection.transaction():
                rows = await connection.fetch(_STALE_KEYS, self._keys.current, REWRAP_BATCH)
                new = [self._keys.rewrap(WrappedKey(row["wrapping_key"], row["wrapped"])).wrapped for row in rows]
                await connection.execute(_REWRAP, self._keys.current, [row["id"] for row in rows], new)
            rewrapped += len(rows)
            if len(rows) < REWRAP_BATCH:
                return rewrapped

    def _document(self, row: asyncpg.Record) -> ReadDocument:
        plain = self._opened("document", row)
        return ReadDocument(row["id"], row["version"], plain[SALT_BYTES:].decode(), plain[:SALT_BYTES])

    def _opened(self, kind: Kind, row: asyncpg.Record) -> bytes:
        key = self._keys.unwrap(WrappedKey(row["wrapping_key"], row["wrapped"]))
        return unseal(key, kind, row["id"], row["version"], row["sealed"])


async def _recorded(
    connection: Connection, statement: str, refs: Sequence[tuple[UUID, str]], reading: Reading, caller: str
) -> Sequence[asyncpg.Record]:
    """The contents that the proofs name, with their reading recorded."""
    ids, proofs = [id_ for id_, _ in refs], [bytes.fromhex(sha256) for _, sha256 in refs]
    rows = await connection.fetch(statement, ids, proofs)
    found = [(row["id"], row["version"]) for row in rows]
    who = (caller, reading.reader, reading.purpose, reading.correlation_id)
    await connection.execute(_RECORD, *who, *_columns(found, 2))
    return rows


def _columns(rows: Sequence[tuple[object, ...]], width: int) -> list[list[object]]:
    return [[row[index] for row in rows] for index in range(width)]
