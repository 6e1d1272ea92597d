"""Seals what a ballot keeps in the database: its signing key while papers are issued, and its box.

The database's administrator reads neither: the key is derived from a secret file. Who has both, the secret and the
database, can read a box before it is closed; who cast which ballot does not stand in it.
"""

from __future__ import annotations

import base64
import os
from typing import TYPE_CHECKING, Literal

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

if TYPE_CHECKING:
    from uuid import UUID

Purpose = Literal["signing", "box"]
_NONCE_BYTES = 12
_KEY_BYTES = 32


class Sealing:
    """Seals and opens with keys derived for each purpose and ballot.

    Args:
        secret: base64 of 32 bytes, as the secret file `ballot-key` has it.
    """

    def __init__(self, secret: str) -> None:
        self._secret = base64.b64decode(secret, validate=True)
        if len(self._secret) != _KEY_BYTES:
            raise ValueError("the secret ballot-key is not 32 bytes in base64")

    def seal(self, purpose: Purpose, ballot_id: UUID, content: bytes) -> bytes:
        """Encrypt; twice the same content gives two that look unrelated."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._cipher(purpose, ballot_id).encrypt(nonce, content, None)

    def opened(self, purpose: Purpose, ballot_id: UUID, sealed: bytes) -> bytes:
        """Decrypt. Raises `cryptography.exceptions.InvalidTag` where it was changed or belongs elsewhere."""
        return self._cipher(purpose, ballot_id).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], None)

    def _cipher(self, purpose: Purpose, ballot_id: UUID) -> AESGCM:
        derived = HKDF(hashes.SHA256(), _KEY_BYTES, salt=ballot_id.bytes, info=f"kycuong ballot {purpose}".encode())
        return AESGCM(derived.derive(self._secret))
