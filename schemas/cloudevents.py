"""Events on the wire: CloudEvents 1.0 in Kafka's binary mode (Kafka protocol binding 1.0.2, section 3.2).

The value is the event's data as canonical JSON, as it was stored: an older version stays as it was
written and is upcast by whoever decodes it. Everything else stands in headers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from schemas.base import canonical
from schemas.envelope import EventMeta, Recorded
from schemas.registry import CONTRACTS
from schemas.registry import decode as decode_event
from schemas.upcasting import UPCASTERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Header = tuple[str, bytes]

TYPE = "ce_type"
SUBJECT = "ce_subject"
VERSION = "ce_streamversion"
ID = "ce_id"
HASH = "ce_hash"


class NotAnEvent(ValueError):
    """The headers are not those of an event of the suite; the message names what is missing or wrong."""


@dataclass(frozen=True, slots=True)
class Stored:
    """An event as its row in the store says it: nothing decoded, nothing upcast."""

    position: int
    event_id: UUID
    stream: str
    version: int
    type: str
    data: Mapping[str, Any]
    meta: Mapping[str, Any]
    occurred_at: datetime
    recorded_at: datetime
    hash: bytes


def encode(stored: Stored) -> tuple[list[Header], bytes]:
    """Return the headers and the value of an event."""
    meta = stored.meta
    headers = [
        *fixed_headers(stored.type),
        (ID, str(stored.event_id).encode()),
        (SUBJECT, stored.stream.encode()),
        ("ce_time", moment(stored.occurred_at)),
        (VERSION, str(stored.version).encode()),
        ("ce_position", str(stored.position).encode()),
        ("ce_recordedtime", moment(stored.recorded_at)),
        ("ce_correlationid", meta["correlation_id"].encode()),
        ("ce_causationid", meta["causation_id"].encode()),
        ("ce_actor", meta["actor"].encode()),
        (HASH, stored.hash.hex().encode()),
    ]
    if meta.get("traceparent"):
        headers.append(("ce_traceparent", meta["traceparent"].encode()))
    return headers, canonical(stored.data)


def decode(headers: Iterable[Header], value: bytes) -> Recorded:
    """Return the event of a message, upcast to the current version of its contract.

    Raises `NotAnEvent` where a header is missing or malformed, `pydantic.ValidationError` where the
    value does not keep its contract, and `orjson.JSONDecodeError` where an old version is no JSON.
    """
    by_name = dict(headers)
    try:
        read = {name: by_name[name].decode() for name in _REQUIRED}
        traceparent = by_name.get("ce_traceparent")
        if read["ce_specversion"] != "1.0":
            raise NotAnEvent("ce_specversion")
        if read[TYPE] not in CONTRACTS and read[TYPE] not in UPCASTERS:
            raise NotAnEvent("a type that is not known here")
        return Recorded(
            position=int(read["ce_position"]),
            event_id=UUID(read[ID]),
            stream=read[SUBJECT],
            version=int(read[VERSION]),
            event=decode_event(read[TYPE], value),
            meta=EventMeta(
                actor=read["ce_actor"],
                correlation_id=UUID(read["ce_correlationid"]),
                causation_id=UUID(read["ce_causationid"]),
                traceparent=None if traceparent is None else traceparent.decode(),
            ),
            occurred_at=_read_moment(read["ce_time"]),
            recorded_at=_read_moment(read["ce_recordedtime"]),
            hash=bytes.fromhex(read[HASH]),
        )
    except KeyError as missing:
        raise NotAnEvent(str(missing.args[0])) from None


def moment(value: datetime) -> bytes:
    """Return a moment as RFC 3339 in UTC with microseconds."""
    return value.astimezone(UTC).isoformat(timespec="microseconds").encode()


def data_schema(type_: str) -> str:
    """Return the name of a contract's JSON Schema, its `$id`."""
    return f"urn:kycuong:schema:{type_}"


def source(type_: str) -> str:
    """Return where an event of this type comes from."""
    return f"/kycuong/{type_.partition('.')[0]}"


@lru_cache(maxsize=1_024)
def fixed_headers(type_: str, origin: str | None = None) -> tuple[Header, ...]:
    """Return the headers that all messages of a type share."""
    return (
        ("ce_specversion", b"1.0"),
        (TYPE, type_.encode()),
        ("ce_source", (origin or source(type_)).encode()),
        ("ce_dataschema", data_schema(type_).encode()),
        ("content-type", b"application/json"),
    )


def _read_moment(text: str) -> datetime:
    read = datetime.fromisoformat(text)
    if read.tzinfo is None:
        raise NotAnEvent("a moment without a time zone")
    return read


_REQUIRED = (
    "ce_specversion", TYPE, ID, SUBJECT, "ce_time", VERSION, "ce_position", "ce_recordedtime",
    "ce_correlationid", "ce_causationid", "ce_actor", HASH,
)  # fmt: skip
