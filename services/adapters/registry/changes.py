"""Who changed whose entry, recorded with the change itself; and who is told of it at the address that he had before.

The record names fields and never what stands in them: the contents before and after are sealed under the person's own
data key, and go with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import orjson

from services.adapters.postgres.pool import patiently
from services.adapters.registry.crypto import WrappedKey, WrappingKeys, unseal

if TYPE_CHECKING:
    from collections.abc import Sequence

    import asyncpg

    from services.adapters.registry.slots import Connection

_NOTE = """
insert into person_changes (caller, actor, person_id, version, fields)
select $1, $2, id, version, string_to_array(fields, ' ')
from unnest($3::uuid[], $4::integer[], $5::text[]) as new (id, version, fields)
returning number, person_id
"""
_TELL = "insert into address_notices (number) select unnest($1::bigint[])"
# A lease that ran out is taken again: whoever held it died between sending and recording, so a letter may come twice,
# under the same id.
_LEASE = """
with taken as (
    select number from address_notices where next_try_at <= clock_timestamp()
    order by number limit $1 for update skip locked)
update address_notices as notice set attempts = attempts + 1, next_try_at = clock_timestamp() + $2
from taken join person_changes as change using (number) where notice.number = change.number
returning notice.id, attempts, change.number, at, person_id, version
"""
_BEFORE = """
select contents.id, version, sealed, wrapping_key, wrapped
from unnest($1::uuid[], $2::integer[]) as asked (id, version)
join contents using (id, version) join keys using (id) where wrapped is not null and kind = 'person'
"""
_ERASED = "update address_notices set next_try_at = null, what = 'no_address' where id = any($1::uuid[])"
# Only by who holds the lease.
_RECORD = """
update address_notices set what = $3, next_try_at = clock_timestamp() + $4
where id = $1 and attempts = $2 and next_try_at is not null
"""
_CHANGES = """
select number, at, caller, actor, person_id, version, fields,
    coalesce(what, case when notice.number is not null then 'waiting' end) as told
from person_changes left join address_notices as notice using (number)
where ($1::uuid is null or person_id = $1) and ($2::bigint is null or number < $2)
order by number desc limit $3
"""


@dataclass(frozen=True, slots=True)
class By:
    """Who asks for a change."""

    caller: str
    """The process."""
    actor: str
    """The person behind it, by id."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A person's entry before and after, as it is sealed; nothing before where the person is new."""

    person_id: UUID
    version: int
    before: bytes
    after: bytes

    @property
    def fields(self) -> Sequence[str]:
        """Names of those that differ."""
        before, after = self._both()
        return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))

    @property
    def mail_goes_elsewhere(self) -> bool:
        """Whether there was a mail address, and it is no longer written to."""
        before, after = self._both()
        return before.get("email") not in {None, after.get("email")}

    def _both(self) -> tuple[dict[str, str | None], dict[str, str | None]]:
        return orjson.loads(self.before) if self.before else {}, orjson.loads(self.after)


@dataclass(frozen=True, slots=True)
class Notice:
    """A letter about a change that one courier may try now."""

    id: UUID
    """Stable over all attempts."""
    attempt: int
    number: int
    """Of the change's record."""
    at: datetime
    person_id: UUID
    person: dict[str, str | None]
    """As the entry was before."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A change, as it is shown."""

    number: int
    at: datetime
    caller: str
    actor: str
    person_id: UUID
    version: int
    fields: Sequence[str]
    told: str | None
    """What became of the letter to the address before; None where none was due."""


async def note(connection: Connection, by: By, changes: Sequence[Changed]) -> None:
    """Record changes within the transaction that makes them, and have those told whose mail goes elsewhere."""
    columns = [change.person_id for change in changes], [change.version for change in changes]
    fields = [" ".join(change.fields) for change in changes]
    rows = await connection.fetch(_NOTE, by.caller, by.actor, *columns, fields)
    elsewhere = {change.person_id for change in changes if change.mail_goes_elsewhere}
    if numbers := [row["number"] for row in rows if row["person_id"] in elsewhere]:
        await connection.execute(_TELL, numbers)


class PersonChanges:
    """The record, and the letters that are due.

    Args:
        pool: connections as the registry's login.
        keys: open what an entry was before.
        patience: seconds for which a lost database is asked again.
    """

    def __init__(self, pool: asyncpg.Pool, keys: WrappingKeys, patience: float) -> None:
        self._pool = pool
        self._keys = keys
        self._patience = patience

    async def read(self, person_id: UUID | None, before: int | None, limit: int) -> list[Recorded]:
        """Changes of a person or of all, the newest first, from before a number on."""
        rows = await patiently(lambda: self._pool.fetch(_CHANGES, person_id, before, limit), patience=self._patience)
        return [Recorded(**dict(row)) for row in rows]

    async def lease(self, limit: int, seconds: float) -> list[Notice]:
        """Letters whose time has come, held for so long; who was erased since is told nothing."""
        return await patiently(lambda: self._lease(limit, seconds), patience=self._patience)

    async def _lease(self, limit: int, seconds: float) -> list[Notice]:
        async with self._pool.acquire() as connection, connection.transaction():
            taken = await connection.fetch(_LEASE, limit, timedelta(seconds=seconds))
            before = [row["version"] - 1 for row in taken]
            rows = await connection.fetch(_BEFORE, [row["person_id"] for row in taken], before)
            persons = {(row["id"], row["version"]): orjson.loads(self._opened(row)) for row in rows}
            notices = [
                Notice(row["id"], row["attempts"], row["number"], row["at"], row["person_id"], person)
                for row in taken
                if (person := persons.get((row["person_id"], row["version"] - 1))) is not None
            ]
            if erased := {row["id"] for row in taken} - {notice.id for notice in notices}:
                await connection.execute(_ERASED, sorted(erased))
            return notices

    async def record(self, id_: UUID, attempt: int, what: str, again_in: float | None) -> None:
        """What became of an attempt, and after how many seconds there is another; None: never."""
        again = None if again_in is None else timedelta(seconds=again_in)
        await patiently(lambda: self._pool.execute(_RECORD, id_, attempt, what, again), patience=self._patience)

    def _opened(self, row: asyncpg.Record) -> bytes:
        key = self._keys.unwrap(WrappedKey(row["wrapping_key"], row["wrapped"]))
        return unseal(key, "person", row["id"], row["version"], row["sealed"])
