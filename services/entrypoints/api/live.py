"""The live case stream: Server-Sent Events that resume without gap or repeat.

The event id is the store's position. Positions commit in order, so following `position > last` skips nothing.
"""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

import orjson
from sse_starlette import EventSourceResponse, ServerSentEvent

from services.application.chain import moment
from services.entrypoints.api.refusals import LastEventIdUnreadable

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping, Sequence

    from schemas.envelope import Recorded
    from services.entrypoints.api.call import Call

PING_SECONDS = 15
PAGE = 200


class Feed(Protocol):
    """A context's events by position, and word of new ones."""

    async def after(self, position: int, streams: Sequence[str], limit: int) -> Sequence[Recorded]:
        """The streams' events above a position, in order."""
        ...

    async def news(self, seen: int) -> int:
        """Wait until the store may hold more than when the number `seen` was told; the number now."""
        ...

    @property
    def told(self) -> int:
        """How often news came so far; read before looking, handed to `news` after."""
        ...


def live(
    call: Call,
    streams: Sequence[str],
    *,
    may_see: Callable[[Recorded], Awaitable[bool]],
    show: Callable[[Recorded], Mapping[str, object]],
) -> EventSourceResponse:
    """Tell the events of the streams from Last-Event-ID on (or from the beginning), then as they happen.

    `may_see` is asked again for each event: a caller who lost the case in between sees nothing further and the
    stream closes. It closes too when the token expires.
    """
    after = last_event_id(call)
    return EventSourceResponse(_told(call, streams, after, may_see, show), ping=PING_SECONDS, sep="\n")


def last_event_id(call: Call) -> int:
    """The position to go on after. Raises `LastEventIdUnreadable`."""
    value = call.headers.get("last-event-id") or call.query_params.get("after") or "0"
    if not (value.isascii() and value.isdigit() and len(value) < 19):  # noqa: PLR2004 -- a bigint has 19 digits
        raise LastEventIdUnreadable
    return int(value)


async def _told(
    call: Call,
    streams: Sequence[str],
    after: int,
    may_see: Callable[[Recorded], Awaitable[bool]],
    show: Callable[[Recorded], Mapping[str, object]],
) -> AsyncIterator[ServerSentEvent]:
    left = (call.principal.expires_at - datetime.now(UTC)).total_seconds()
    try:
        async with asyncio.timeout(left), aclosing(_follow(call.context.feed, streams, after)) as events:
            async for recorded in events:
                if not await may_see(recorded):
                    return
                yield _message(recorded, show(recorded))
    except TimeoutError:
        return


async def _follow(feed: Feed, streams: Sequence[str], after: int) -> AsyncGenerator[Recorded]:
    while True:
        told = feed.told
        page = await feed.after(after, streams, PAGE)
        for recorded in page:
            after = recorded.position
            yield recorded
        if len(page) < PAGE:
            await feed.news(told)


def _message(recorded: Recorded, shown: Mapping[str, object]) -> ServerSentEvent:
    body = {
        "type": recorded.event.type,
        "stream": recorded.stream,
        "version": recorded.version,
        "occurred_at": moment(recorded.occurred_at),
        "recorded_at": moment(recorded.recorded_at),
        **shown,
    }
    data = orjson.dumps(body, default=str).decode()
    return ServerSentEvent(data, event=recorded.event.type, id=str(recorded.position))
