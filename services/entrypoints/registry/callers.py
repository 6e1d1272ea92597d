"""Who may ask the registry for what. Each caller has a secret file of its own, `registry-<caller>`."""

from __future__ import annotations

import hashlib
import hmac
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Right(StrEnum):
    """One thing that a caller may do."""

    PUT_DOCUMENTS = "put_documents"
    READ_DOCUMENTS = "read_documents"
    PUT_PERSONS = "put_persons"
    READ_NAMES = "read_names"
    READ_CONTACTS = "read_contacts"
    ERASE = "erase"
    REWRAP = "rewrap"
    CHECK_FILES = "check_files"
    READ_CHANGES = "read_changes"
    TELL_CHANGES = "tell_changes"


CALLERS: Mapping[str, frozenset[Right]] = {
    "api": frozenset({Right.PUT_DOCUMENTS, Right.READ_DOCUMENTS, Right.PUT_PERSONS, Right.READ_NAMES}),
    "courier": frozenset({Right.READ_NAMES, Right.READ_CONTACTS, Right.TELL_CHANGES}),
    "operator": frozenset(
        {Right.PUT_PERSONS, Right.PUT_DOCUMENTS, Right.ERASE, Right.REWRAP, Right.CHECK_FILES, Right.READ_CHANGES}
    ),
}


def secret_name(caller: str) -> str:
    """The name of a caller's secret file."""
    return f"registry-{caller}"


class Callers:
    """Knows callers by their secrets.

    Args:
        secrets: caller → what its secret file holds.
    """

    def __init__(self, secrets: Mapping[str, str]) -> None:
        self._digests = {caller: _digest(secret) for caller, secret in secrets.items()}

    def of(self, authorization: str | None) -> str | None:
        """The caller behind an Authorization header; every secret is compared, in constant time."""
        scheme, _, presented = (authorization or "").partition(" ")
        digest = _digest(presented) if scheme.lower() == "bearer" else b""
        found = None
        for caller, expected in self._digests.items():
            if hmac.compare_digest(digest, expected):
                found = caller
        return found


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
