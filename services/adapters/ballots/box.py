"""The ballot box: one row a ballot, rewritten as a whole, sealed, and always of the same size.

It holds two lists that know nothing of each other, each sorted: which tokens were used, and which words were put in. No
row, no order, no time and no length says which word came with which token, and no token says whose it is.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

import orjson

from discipline.ballots.commands import Box
from services.adapters.postgres.pool import PATIENCE, patiently

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from uuid import UUID

    import asyncpg

    from services.adapters.ballots.sealing import Sealing

_PLACE = "insert into ballot_boxes (ballot_id, sealed) values ($1, $2) on conflict (ballot_id) do nothing"
_LOCK = "select sealed, closed from ballot_boxes where ballot_id = $1 for update"
_READ = "select sealed, closed from ballot_boxes where ballot_id = $1"
_REWRITE = "update ballot_boxes set sealed = $2 where ballot_id = $1"
_CLOSE = "update ballot_boxes set sealed = $2, closed = true where ballot_id = $1"

_ROOM = 256
"""Bytes for each voter: a token's hash takes 67, the longest choice 83."""


class PutIn(Enum):
    """What became of a ballot."""

    NOW = auto()
    BEFORE = auto()
    """Its token had been used; nothing changed."""
    CLOSED = auto()
    """The box was closed; nothing changed."""


@dataclass(frozen=True, slots=True)
class _Content:
    tokens: frozenset[str]
    words: Counter[str]

    def written(self, voters: int) -> bytes:
        """Sorted, and filled up to a size that only the number of voters decides."""
        lists = {"tokens": sorted(self.tokens), "words": sorted(self.words.elements())}
        return orjson.dumps(lists).ljust(_ROOM * (voters + 1))


class BallotBoxes:
    """Boxes in the context's own schema. Whoever calls has seen that the ballot's box is open."""

    def __init__(self, pool: asyncpg.Pool, sealing: Sealing) -> None:
        self._pool = pool
        self._sealing = sealing

    async def place(self, ballot_id: UUID, voters: int) -> None:
        """Put an empty box there; where there is one, nothing happens."""
        empty = self._sealed(ballot_id, _Content(frozenset(), Counter()), voters)
        await self._pool.execute(_PLACE, ballot_id, empty)

    async def put(self, ballot_id: UUID, token: bytes, word: str, voters: int) -> PutIn:
        """Put a ballot in, once for each token. The transaction ends with all of it or nothing."""

        async def once() -> PutIn:
            await self.place(ballot_id, voters)  # the roll's closing did, unless it was cut off
            async with self._locked(ballot_id) as (connection, content, closed):
                if used in content.tokens:
                    return PutIn.BEFORE
                if closed:
                    return PutIn.CLOSED
                after = _Content(content.tokens | {used}, content.words + Counter([word]))
                await connection.execute(_REWRITE, ballot_id, self._sealed(ballot_id, after, voters))
                return PutIn.NOW

        used = _hashed(token)
        return await patiently(once, patience=PATIENCE)

    async def holds(self, ballot_id: UUID, token: bytes) -> bool:
        """Whether a ballot was put in under this token; what it says, the box itself does not know."""
        row = await self._pool.fetchrow(_READ, ballot_id)
        return row is not None and _hashed(token) in self._content(ballot_id, row).tokens

    async def close(self, ballot_id: UUID, *, papers: int, voters: int, though_missing: bool) -> Box | None:
        """Close the box for good and look into it; None where ballots are missing and it was not to be closed so.

        Closed again, it gives the same: a crash between here and the count loses nothing and counts nothing twice.
        """
        await self.place(ballot_id, voters)
        async with self._locked(ballot_id) as (connection, content, closed):
            if not closed:
                if len(content.tokens) < papers and not though_missing:
                    return None
                await connection.execute(_CLOSE, ballot_id, self._sealed(ballot_id, content, voters))
            return Box(ballots=len(content.tokens), totals=dict(content.words))

    @asynccontextmanager
    async def _locked(self, ballot_id: UUID) -> AsyncIterator[tuple[asyncpg.pool.PoolConnectionProxy, _Content, bool]]:
        """The box within a transaction that nobody else is in."""
        async with self._pool.acquire() as connection, connection.transaction():
            row = await connection.fetchrow(_LOCK, ballot_id)
            if row is None:
                raise LookupError(f"ballot {ballot_id} has no box")
            yield connection, self._content(ballot_id, row), row["closed"]

    def _content(self, ballot_id: UUID, row: asyncpg.Record) -> _Content:
        lists = orjson.loads(self._sealing.opened("box", ballot_id, row["sealed"]))
        return _Content(frozenset(lists["tokens"]), Counter(lists["words"]))

    def _sealed(self, ballot_id: UUID, content: _Content, voters: int) -> bytes:
        return self._sealing.seal("box", ballot_id, content.written(voters))


def _hashed(token: bytes) -> str:
    return hashlib.sha256(token).hexdigest()
