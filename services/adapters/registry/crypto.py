"""Envelope encryption: a data key for each person, document and file, wrapped by a key from a secret file.

Contents are sealed with AES-256-GCM under their data key; data keys are wrapped with AES-256 Key Wrap (RFC 3394), which
needs no nonce and therefore has no limit on how many keys one wrapping key may hold.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

Kind = Literal["person", "document", "file"]
KEY_BYTES = 32
SALT_BYTES = 32
_NONCE_BYTES = 12


class Unreadable(Exception):
    """A content or data key is not what was stored under this id: tampered with, or the wrong wrapping key."""


class WrappingKeyInvalid(ValueError):
    """The secret file does not hold 32 bytes in base64."""


@dataclass(frozen=True, slots=True)
class WrappedKey:
    """A data key that only the holder of the wrapping key can use."""

    wrapping_key: str
    wrapped: bytes


class WrappingKeys:
    """The wrapping key in use, and earlier ones that still open what they wrapped.

    Args:
        current: base64 of 32 bytes, as the secret file has it.
        previous: the same of earlier keys, needed until everything has been rewrapped.
    """

    def __init__(self, current: str, previous: Sequence[str] = ()) -> None:
        keys = [_decoded(written) for written in (current, *previous)]
        self._keys = {_fingerprint(key): key for key in keys}
        self.current = _fingerprint(keys[0])

    def wrap(self, data_key: bytes) -> WrappedKey:
        """Wrap a data key under the current wrapping key."""
        return WrappedKey(self.current, aes_key_wrap(self._keys[self.current], data_key))

    def unwrap(self, key: WrappedKey) -> bytes:
        """The data key. Raises `Unreadable`."""
        wrapping = self._keys.get(key.wrapping_key)
        if wrapping is None:
            raise Unreadable(f"the wrapping key {key.wrapping_key} is not here")
        try:
            return aes_key_unwrap(wrapping, key.wrapped)
        except InvalidUnwrap:
            raise Unreadable("the data key was tampered with") from None

    def rewrap(self, key: WrappedKey) -> WrappedKey:
        """The same data key under the current wrapping key. Raises `Unreadable`."""
        return self.wrap(self.unwrap(key))


def new_data_key() -> bytes:
    """A key for one person or document."""
    return os.urandom(KEY_BYTES)


def seal(data_key: bytes, kind: Kind, id_: UUID, version: int, content: bytes) -> bytes:
    """Encrypt a content, bound to what it is and where it stands."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(data_key).encrypt(nonce, content, _bound(kind, id_, version))


def unseal(data_key: bytes, kind: Kind, id_: UUID, version: int, sealed: bytes) -> bytes:
    """Decrypt a content. Raises `Unreadable` where it was changed or belongs elsewhere."""
    try:
        return AESGCM(data_key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], _bound(kind, id_, version))
    except InvalidTag:
        raise Unreadable(f"{kind} {id_} version {version} was tampered with") from None


def new_salt() -> bytes:
    """A document's salt: secret like its text, so that nobody can guess a text from its proof."""
    return os.urandom(SALT_BYTES)


def proof(salt: bytes, text: bytes) -> str:
    """The proof that events carry: SHA-256 over salt and text (UTF-8), in hex."""
    return hashlib.sha256(salt + text).hexdigest()


def _bound(kind: Kind, id_: UUID, version: int) -> bytes:
    return f"{kind}/{id_}/{version}".encode()


def _decoded(written: str) -> bytes:
    try:
        key = base64.b64decode(written, validate=True)
    except binascii.Error:
        raise WrappingKeyInvalid from None
    if len(key) != KEY_BYTES:
        raise WrappingKeyInvalid
    return key


def _fingerprint(key: bytes) -> str:
    return hashlib.sha256(b"kycuong wrapping key" + key).hexdigest()[:16]
