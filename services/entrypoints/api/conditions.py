"""The headers that make a command safe to send twice and impossible to send blindly."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from services.entrypoints.api.refusals import (
    IdempotencyKeyMissing,
    IdempotencyKeyUnreadable,
    IfMatchMissing,
    IfMatchUnreadable,
)

if TYPE_CHECKING:
    from starlette.datastructures import Headers

_KEY = re.compile(r"^[\x21-\x7e]{8,200}$")
_ETAG = re.compile(r'^"([0-9]{1,15})(?:\.[0-9a-f]{16})?"$')


def idempotency_key(headers: Headers) -> str:
    """The command's key. Raises `IdempotencyKeyMissing`, `IdempotencyKeyUnreadable`."""
    key = headers.get("idempotency-key")
    if key is None:
        raise IdempotencyKeyMissing
    if not _KEY.match(key):
        raise IdempotencyKeyUnreadable
    return key


def etag(version: int, shown: bytes | None = None) -> str:
    """A stream's version as a strong ETag; with what is shown, where that is more than the stream tells."""
    also = "" if shown is None else f".{hashlib.sha256(shown).hexdigest()[:16]}"
    return f'"{version}{also}"'


def expected_version(headers: Headers) -> int | None:
    """The version in If-Match, None without the header. Raises `IfMatchUnreadable`.

    A list, `*` or a weak tag would say "any of these": a command rests on the one version that was seen.
    """
    value = headers.get("if-match")
    if value is None:
        return None
    found = _ETAG.match(value)
    if found is None:
        raise IfMatchUnreadable
    return int(found[1])


def require_if_match(headers: Headers) -> None:
    """Raises `IfMatchMissing` where a command must name the version that it rests on."""
    if "if-match" not in headers:
        raise IfMatchMissing
