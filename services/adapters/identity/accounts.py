"""Accounts of the local issuer: argon2 passwords, and failures counted in the database, for all processes together."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NewType

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from services.application.identity import Role

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    import asyncpg

PasswordHash = NewType("PasswordHash", str)

_HASHER = PasswordHasher()
"""The library's defaults: argon2id with 64 MiB (RFC 9106, section 4, second choice)."""
_ATTEMPT = """
insert into attempts as known (name, failures, last_at, blocked_until)
values ($1, 1, clock_timestamp(), clock_timestamp())
on conflict (name) do update set
    failures = case when known.last_at < clock_timestamp() - interval '15 minutes' then 1 else known.failures + 1 end,
    last_at = clock_timestamp(),
    blocked_until = clock_timestamp() + make_interval(secs =>
        case when known.last_at < clock_timestamp() - interval '15 minutes' or known.failures < 5 then 0
             else least(300, power(2, known.failures - 5)) end)
where known.blocked_until <= clock_timestamp()
returning true
"""
"""Counts an attempt before its password is looked at, so that guesses sent at once are counted one by one.

The time is that of the statement's work, not of its beginning: whoever waited for the row begins before it was written.
Five are free; then each doubles the wait, up to five minutes. Nothing is counted while the name is blocked.
"""


@dataclass(frozen=True, slots=True)
class Account:
    """Who signs in, and what the token will say."""

    username: str
    person_id: UUID
    roles: frozenset[Role]
    agency_id: str | None


@dataclass(frozen=True, slots=True)
class Blocked:
    """Too many failures: the name may try again after so many seconds."""

    seconds: int


def hash_password(password: str) -> PasswordHash:
    """Hash a password; some 50 ms of one core."""
    return PasswordHash(_HASHER.hash(password))


async def create_account(
    connection: asyncpg.Connection | asyncpg.Pool,
    *,
    username: str,
    password: str | PasswordHash,
    person_id: UUID,
    roles: Iterable[Role],
    agency_id: str | None,
    hashed: bool = False,
) -> None:
    """Make an account, or set it to this; `hashed` says that the password is the result of `hash_password`."""
    written = password if hashed else await asyncio.to_thread(hash_password, password)
    await connection.execute(
        """insert into identity.accounts (username, password_hash, person_id, roles, agency_id)
           values ($1, $2, $3, $4, $5)
           on conflict (username) do update set password_hash = excluded.password_hash,
               person_id = excluded.person_id, roles = excluded.roles, agency_id = excluded.agency_id""",
        username,
        written,
        person_id,
        sorted(roles),
        agency_id,
    )


class Accounts:
    """The accounts in the schema `identity`."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool
        self._one = asyncio.Semaphore(1)  # each check takes 64 MiB and a core

    async def sign_in(self, username: str, password: str) -> Account | Blocked | None:
        """The account behind name and password; None where they do not fit, `Blocked` after too many failures."""
        name = hashlib.sha256(username.encode()).digest()
        if await self._pool.fetchval(_ATTEMPT, name) is None:
            return await self._blocked(name)
        row = await self._pool.fetchrow(
            "select username, password_hash, person_id, roles, agency_id from accounts where username = $1", username
        )
        async with self._one:
            fits = await asyncio.to_thread(_fits, row["password_hash"] if row else _nobodys(), password)
        if row is None or not fits:
            return None
        await self._pool.execute("delete from attempts where name = $1 or last_at < now() - interval '1 day'", name)
        return _account(row)

    async def of_role(self, role: Role, *, username: str | None = None) -> Account | None:
        """An account that has the role, and as few others as possible; the same one each time."""
        row = await self._pool.fetchrow(
            """select username, person_id, roles, agency_id from accounts
               where $1 = any(roles) and username = coalesce($2, username)
               order by cardinality(roles), username limit 1""",
            role,
            username,
        )
        return None if row is None else _account(row)

    async def _blocked(self, name: bytes) -> Blocked:
        left = await self._pool.fetchval(
            "select ceil(extract(epoch from blocked_until - now()))::int from attempts where name = $1", name
        )
        return Blocked(max(1, left or 1))


def _account(row: asyncpg.Record) -> Account:
    return Account(row["username"], row["person_id"], frozenset(map(Role, row["roles"])), row["agency_id"])


@cache
def _nobodys() -> PasswordHash:
    """What is checked for a name without an account, so that the answer takes as long."""
    return hash_password(secrets.token_urlsafe())


def _fits(written: str, password: str) -> bool:
    try:
        return _HASHER.verify(written, password)
    except (VerifyMismatchError, InvalidHashError):
        return False
