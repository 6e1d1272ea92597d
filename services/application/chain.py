"""The hash chain of a stream: each event proves itself and all before it (DESIGN.md, event store)."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import orjson

if TYPE_CHECKING:
    from uuid import UUID

GENESIS = bytes(32)
"""Stands for the hash before the first event of a stream."""


def moment(value: datetime) -> str:
    """Return the one written form of a moment: UTC with microseconds, as precise as the database."""
    return value.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def link(  # noqa: PLR0913 -- exactly the columns that the hash covers
    previous: bytes,
    *,
    stream: str,
    version: int,
    event_id: UUID,
    type_: str,
    occurred_at: datetime,
    recorded_at: datetime,
    meta: bytes,
    data: bytes,
) -> bytes:
    """Return the hash of an event: SHA-256 over canonical JSON of all that it is.

    `meta` and `data` are canonical JSON already (never text that came back from jsonb, which
    rewrites bytes), so embedding them keeps the whole canonical.
    """
    recorded = moment(recorded_at)
    whole = {
        "data": orjson.Fragment(data),
        "event_id": str(event_id),
        "meta": orjson.Fragment(meta),
        "occurred_at": recorded if occurred_at == recorded_at else moment(occurred_at),
        "previous": previous.hex(),
        "recorded_at": recorded,
        "stream": stream,
        "type": type_,
        "version": version,
    }
    return hashlib.sha256(orjson.dumps(whole, option=orjson.OPT_SORT_KEYS)).digest()
