"""Lists by cursor: stable under insertion, opaque to callers, and refused where they were made for another list."""

from __future__ import annotations

import base64
import binascii
import hmac
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeVar
from uuid import UUID

import orjson
from fastapi import Query
from pydantic import BaseModel, Field

from discipline.days import end_of
from services.entrypoints.api.refusals import CursorUnreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from services.entrypoints.api.call import Call

Item = TypeVar("Item")
First = TypeVar("First")

Limit = Annotated[int, Query(ge=1, le=200, description="At most so many items.")]
Cursor = Annotated[str | None, Query(max_length=500, description="`next` of the page before.")]
PAGE = 50


class Page(BaseModel, Generic[Item]):
    """Some items of a list, and where the next ones begin."""

    items: Annotated[list[Item], Field(description="In the list's order.")]
    next: Annotated[str | None, Field(description="Cursor of the next page; none on the last.")]


def after(call: Call, cursor: str | None, *filters: object) -> list[Any] | None:
    """The sort key after which a page begins; None for the first page. Raises `CursorUnreadable`.

    `filters` are the list's filters: a cursor goes on with the ones that it was made with. It grants nothing, for
    permissions filter every page anew; it is sealed so that a list's query never meets a key that it did not make.
    """
    if cursor is None:
        return None
    try:
        seal, key = orjson.loads(base64.urlsafe_b64decode(cursor.encode("ascii")))
    except (ValueError, TypeError, binascii.Error, UnicodeEncodeError):
        raise CursorUnreadable from None
    if not isinstance(seal, str) or not hmac.compare_digest(seal.encode(), _seal(call, key, filters).encode()):
        raise CursorUnreadable
    return list(key)


def moment_and_id(key: list[Any] | None) -> tuple[datetime | None, UUID | None]:
    """The sort key of a list that is ordered by a moment and an id. Raises `CursorUnreadable`."""
    return _read(datetime.fromisoformat, key)


def day_and_id(key: list[Any] | None) -> tuple[date | None, UUID | None]:
    """The sort key of a list that is ordered by a day and an id. Raises `CursorUnreadable`."""
    return _read(date.fromisoformat, key)


def through(day: date | None) -> datetime | None:
    """The moment through which a list goes that is asked for up to a day: its 24:00, where time reaches so far."""
    if day is None:
        return None
    return datetime.max.replace(tzinfo=UTC) if day == date.max else end_of(day)


def _read(first: Callable[[str], First], key: list[Any] | None) -> tuple[First | None, UUID | None]:
    if key is None:
        return None, None
    try:
        return first(key[0]), UUID(key[1])
    except (ValueError, TypeError, IndexError, AttributeError):
        raise CursorUnreadable from None


def page(
    call: Call, found: Sequence[Item], limit: int, key: Callable[[Item], Sequence[object]], *filters: object
) -> Page[Item]:
    """Make a page of at most `limit` items from the up to `limit + 1` that were read; `key` is an item's sort key."""
    kept = list(found[:limit])
    following = None
    if len(found) > limit:
        last = orjson.loads(orjson.dumps(list(key(kept[-1])), default=str))
        made = orjson.dumps([_seal(call, last, filters), last])
        following = base64.urlsafe_b64encode(made).decode()
    return Page[Any].model_construct(items=kept, next=following)


def _seal(call: Call, key: object, filters: tuple[object, ...]) -> str:
    named = orjson.dumps([call.exchange.template, key, *filters], default=str)
    return hmac.digest(call.context.request_key, named, "sha256").hex()[:32]
