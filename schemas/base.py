"""What every contract has in common: frozen, closed, exact, and one canonical form in bytes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, ClassVar

import orjson
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

MAX_EXACT_INTEGER = 2**53 - 1
"""RFC 8785 (section 3.2.2.3) writes numbers as IEEE doubles: a larger integer would not survive."""

# jsonb refuses NUL, and a hash over what the database cannot hold would never verify.
_NO_NUL = r"^[^\x00]*$"


def _in_utc(moment: datetime) -> datetime:
    """One moment has one written form, wherever its sender stands."""
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("the moment lies outside the calendar in UTC") from error


Text = Annotated[str, StringConstraints(min_length=1, max_length=2_000, pattern=_NO_NUL)]
"""A short text of the institution (a title, a name of an agency): never of or about a person."""

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
"""A readable id that an administrator chose: lower-case ASCII words joined by hyphens."""

EventType = Annotated[str, StringConstraints(pattern=r"^[a-z]+\.[a-z][a-z_]*\.v[1-9][0-9]*$", max_length=100)]
"""Name and version of an event's contract: `<context>.<what_happened>.v<n>`."""

Number = Annotated[int, Field(strict=True, ge=1, le=MAX_EXACT_INTEGER)]
"""Counts from 1."""
Days = Annotated[int, Field(strict=True, ge=0, le=36_600)]
"""A number of days; the field says which kind."""
Times = Annotated[int, Field(strict=True, ge=0, le=20)]
"""How often something may happen."""
Percent = Annotated[int, Field(strict=True, ge=0, le=100)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Moment = Annotated[AwareDatetime, AfterValidator(_in_utc)]
"""A moment, given with any time zone, kept in UTC."""
Day = date
"""A calendar day in Asia/Ho_Chi_Minh."""


class Contract(BaseModel):
    """A value that other programs read: immutable, without unknown fields, without floats."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Event(Contract):
    """Something that happened, in the past tense; `type` names its contract and version."""

    topic: ClassVar[str]
    """The topic that carries every event of this kind's streams, for life (domain.md, Keys and order)."""
    type: str


def canonical(value: object) -> bytes:
    """Return the canonical JSON of `value` (RFC 8785 for data without floats).

    Keys are ASCII by contract, so sorting by code point and by UTF-16 unit agree; that and
    the escapes are compared with an independent implementation in the tests.

    Raises:
        orjson.JSONEncodeError: an integer is beyond what a double holds exactly.
    """
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS | orjson.OPT_STRICT_INTEGER)


def encode(event: Contract) -> bytes:
    """Return the canonical bytes of a contract: what is hashed, stored and published."""
    return canonical(event.model_dump(mode="json"))
