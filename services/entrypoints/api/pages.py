"""Lists by cursor: stable under insertion, opaque to callers, and refused where they were made for another list."""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeVar

import orjson
from fastapi import Query
from pydantic import BaseModel, Field

from services.entrypoints.api.refusals import CursorUnreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from services.entrypoints.api.call import Call

Item = TypeVar("Item")

Limit = Annotated[int, Query(ge=1, le=200, description="At most so many items.")]
Cursor = Annotated[str | None, Query(max_length=500, description="`next` of the page before.")]
PAGE = 50


class Page(BaseModel, Generic[Item]):
    """Some items of a list, and where the next ones begin."""

    items: Annotated[list[Item], Field(description="In the list's order.")]
    next: Annotated[str | None, Field(description="Cursor of the next page; none on the last.")]


def after(call: Call, cursor: str | None, *filters: object) -> list[Any] | None:
    """The sort key after which a page begins; None for the first page. Raises `CursorUnreadable`.

    `filters` are the list's filters: a cursor goes on with the ones that it was made with. A cursor grants nothing
    (permissions filter every page anew), so it is bound to its list but not secret.
    """
    if cursor is None:
        return None
    try:
        seal, key = orjson.loads(base64.urlsafe_b64decode(cursor.encode("ascii")))
    except (ValueError, TypeError, binascii.Error, UnicodeEncodeError):
        raise CursorUnreadable from None
    if seal != _seal(call, filters) or not isinstance(key, list):
        raise CursorUnreadable
    return key


def page(
    call: Call, found: Sequence[Item], limit: int, key: Callable[[Item], Sequence[object]], *filters: object
) -> Page[Item]:
    """Make a page of at most `limit` items from the up to `limit + 1` that were read; `key` is an item's sort key."""
    kept = list(found[:limit])
    following = None
    if len(found) > limit:
        made = orjson.dumps([_seal(call, filters), list(key(kept[-1]))], default=str)
        following = base64.urlsafe_b64encode(made).decode()
    return Page[Any].model_construct(items=kept, next=following)


def _seal(call: Call, filters: tuple[object, ...]) -> str:
    named = orjson.dumps([call.exchange.template, *filters], default=str)
    return hashlib.sha256(named).hexdigest()[:16]
