"""The signing key of each ballot: made before its call, kept sealed, destroyed when the ballot is over."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from services.adapters.ballots import blind_signature

if TYPE_CHECKING:
    from uuid import UUID

    import asyncpg

    from services.adapters.ballots.sealing import Sealing

_READ = "select sealed from ballot_keys where ballot_id = $1"
_KEEP = "insert into ballot_keys (ballot_id, sealed) values ($1, $2) on conflict (ballot_id) do nothing"
_DESTROY = "delete from ballot_keys where ballot_id = $1"


class BallotKeys:
    """Keys in the context's own schema."""

    def __init__(self, pool: asyncpg.Pool, sealing: Sealing) -> None:
        self._pool = pool
        self._sealing = sealing

    async def make(self, ballot_id: UUID) -> str:
        """The ballot's public key; of two who make it at once, both get the one that was kept."""
        key = await self.signer(ballot_id)
        if key is None:
            made = _private(await asyncio.to_thread(blind_signature.new_key))
            await self._pool.execute(_KEEP, ballot_id, self._sealing.seal("signing", ballot_id, made))
            key = await self.signer(ballot_id)
        if key is None:
            raise LookupError(f"the key of ballot {ballot_id} was destroyed while it was made")
        return blind_signature.written(key.public_key())

    async def signer(self, ballot_id: UUID) -> rsa.RSAPrivateKey | None:
        """The signing key, as long as the ballot goes on."""
        sealed = await self._pool.fetchval(_READ, ballot_id)
        if sealed is None:
            return None
        key = serialization.load_der_private_key(self._sealing.opened("signing", ballot_id, sealed), None)
        if not isinstance(key, rsa.RSAPrivateKey):
            raise TypeError(f"the key of ballot {ballot_id} is no RSA key")
        return key

    async def destroy(self, ballot_id: UUID) -> None:
        """After the count nobody makes a paper of this ballot."""
        await self._pool.execute(_DESTROY, ballot_id)


def _private(key: rsa.RSAPrivateKey) -> bytes:
    form, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.DER, form, plain)
