"""What stands under the ids of a put: each one's data key and earlier contents, locked until the transaction ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.adapters.registry.crypto import SALT_BYTES, WrappedKey, new_data_key, proof, unseal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    import asyncpg
    from asyncpg.pool import PoolConnectionProxy

    from services.adapters.registry.crypto import Kind, WrappingKeys

    Connection = PoolConnectionProxy[asyncpg.Record]

_NEW_KEYS = """
insert into keys (id, kind, wrapping_key, wrapped)
select id, $2, $3, wrapped from unnest($1::uuid[], $4::bytea[]) as new (id, wrapped)
on conflict (id) do nothing returning id
"""
_KNOWN_KEYS = "select id, kind, wrapping_key, wrapped from keys where id = any($1::uuid[]) order by id for update"
_CONTENTS = "select id, version, sealed from contents where id = any($1::uuid[]) order by id, version"


class KindDiffers(ValueError):
    """A person was put under a document's id, or the other way round."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a content stands now; `erased` means it was not kept, because its id was erased for good."""

    version: int
    sha256: str | None = None
    erased: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """An id's data key and what stands under it."""

    kind: Kind
    key: bytes
    contents: tuple[tuple[int, bytes], ...] = ()
    """Version and plaintext, ascending."""

    @property
    def following(self) -> int:
        """The version of the next content."""
        return self.contents[-1][0] + 1 if self.contents else 1

    @property
    def latest(self) -> bytes:
        """The plaintext of the latest version; empty where there is none."""
        return self.contents[-1][1] if self.contents else b""

    def known(self, content: bytes) -> Kept | None:
        """Where the content stands already: a text or file in any version, a person's data in the latest."""
        if self.kind == "person":
            if self.contents and self.latest == content:
                return Kept(self.contents[-1][0])
            return None
        salt_bytes = SALT_BYTES if self.kind == "document" else 0
        for version, plain in self.contents:
            if plain[salt_bytes:] == content:
                return Kept(version, proof(plain[:salt_bytes], content))
        return None


async def occupy(
    connection: Connection, keys: WrappingKeys, kind: Kind, ids: Sequence[UUID]
) -> dict[UUID, Slot | None]:
    """The ids' slots, with new data keys where they are new; None for what was erased.

    Ids come sorted, so two transactions that want the same ones wait for each other in one order.
    """
    fresh = {id_: new_data_key() for id_ in ids}
    wrapped = [keys.wrap(key).wrapped for key in fresh.values()]
    made = await connection.fetch(_NEW_KEYS, list(fresh), kind, keys.current, wrapped)
    slots: dict[UUID, Slot | None] = {row["id"]: Slot(kind, fresh[row["id"]]) for row in made}
    if len(slots) < len(fresh):
        slots |= await _occupied(connection, keys, kind, [id_ for id_ in ids if id_ not in slots])
    return slots


async def _occupied(
    connection: Connection, keys: WrappingKeys, kind: Kind, ids: Sequence[UUID]
) -> dict[UUID, Slot | None]:
    data_keys: dict[UUID, bytes] = {}
    for row in await connection.fetch(_KNOWN_KEYS, ids):
        if row["kind"] != kind:
            raise KindDiffers(f"{row['id']} is a {row['kind']}")
        if row["wrapped"] is not None:
            data_keys[row["id"]] = keys.unwrap(WrappedKey(row["wrapping_key"], row["wrapped"]))
    contents: dict[UUID, list[tuple[int, bytes]]] = {id_: [] for id_ in data_keys}
    for row in await connection.fetch(_CONTENTS, list(data_keys)):
        id_, version, sealed = row
        contents[id_].append((version, unseal(data_keys[id_], kind, id_, version, sealed)))
    return {id_: Slot(kind, data_keys[id_], tuple(contents[id_])) if id_ in data_keys else None for id_ in ids}
