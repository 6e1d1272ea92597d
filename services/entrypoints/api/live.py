"""The live case stream: Server-Sent Events that resume without gap or repeat.

The event id is the store's position. Positions commit in order, so following `position > last` skips nothing.
"""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import TYPE_CHECKING, Protocol

import anyio
import orjson
from prometheus_client import Gauge
from sse_starlette import EventSourceResponse, ServerSentEvent

from services.application.chain import moment
from services.entrypoints.api.refusals import LastEventIdUnreadable

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Coroutine, Mapping, Sequence
    from uuid import UUID

    from schemas.envelope import Recorded
    from services.application.identity import Principal
    from services.entrypoints.api.call import Call

OPEN = Gauge("kycuong_live_streams", "Live case streams that are open.", ["context"])

PING_SECONDS = 15
SEND_SECONDS = 30
"""A reader who takes nothing for so long is let go; it resumes where it was."""
STOP_SECONDS = 5
"""For an event that is just being told when the process is asked to stop."""
PAGE = 200


class Feed(Protocol):
    """A context's events by position, and word of new ones."""

    async def after(
        self, position: int, streams: Sequence[str], limit: int, documents_of: UUID | None = None
    ) -> Sequence[Recorded]:
        """The streams' events above a position, in order; with those that issued documents of a review.

        A document takes its number in the stream of its register, where it stands between those of other reviews.
        """
        ...

    def news(self, seen: int) -> Coroutine[object, object, object]:
        """Wait until the store may hold more than when the number `seen` was told."""
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
    show: Callable[[Recorded], Mapping[str, object] | None],
    documents_of: UUID | None = None,
) -> EventSourceResponse:
    """Tell the events of the streams from Last-Event-ID on (or from the beginning), then as they happen.

    `may_see` is asked again for each event: a caller who lost the case in between sees nothing further and the
    stream closes. It closes too when the token expires. An event that `show` answers with None is passed over.
    """
    stop = anyio.Event()
    events = _follow(call, streams, documents_of, stop)
    told = _told(call, events, may_see, show)
    return EventSourceResponse(
        told,
        ping=PING_SECONDS,
        send_timeout=SEND_SECONDS,
        sep="\n",
        shutdown_event=stop,
        shutdown_grace_period=STOP_SECONDS,
    )


def last_event_id(call: Call) -> int:
    """The position to go on after. Raises `LastEventIdUnreadable`."""
    value = call.headers.get("last-event-id") or call.query_params.get("after") or "0"
    if not (value.isascii() and value.isdigit() and len(value) < 19):  # noqa: PLR2004 -- a bigint has 19 digits
        raise LastEventIdUnreadable
    return int(value)


async def _told(
    call: Call,
    events: AsyncGenerator[Recorded],
    may_see: Callable[[Recorded], Awaitable[bool]],
    show: Callable[[Recorded], Mapping[str, object] | None],
) -> AsyncIterator[ServerSentEvent]:
    with OPEN.labels(call.context.name).track_inprogress():
        async with aclosing(events):
            async for recorded in events:
                if not await may_see(recorded):
                    return
                if (shown := show(recorded)) is not None:
                    yield _message(recorded, shown)


def _follow(
    call: Call, streams: Sequence[str], documents_of: UUID | None, stop: anyio.Event
) -> AsyncGenerator[Recorded]:
    """What follows the caller's position. Raises `LastEventIdUnreadable` before anything is answered."""
    feed = call.context.feed

    async def pages(after: int) -> Sequence[Recorded]:
        return await feed.after(after, streams, PAGE, documents_of)

    return _followed(feed, pages, last_event_id(call), call.principal, stop)


async def _followed(
    feed: Feed,
    pages: Callable[[int], Awaitable[Sequence[Recorded]]],
    after: int,
    principal: Principal,
    stop: anyio.Event,
) -> AsyncGenerator[Recorded]:
    """The events until the token expires or the process stops."""
    while principal.seconds_left() > 0 and not stop.is_set():
        told = feed.told
        page = await pages(after)
        for recorded in page:
            if principal.seconds_left() <= 0:
                return
            after = recorded.position
            yield recorded
        if len(page) < PAGE:
            await _first_of(feed.news(told), stop.wait(), seconds=principal.seconds_left())


async def _first_of(*waits: Coroutine[object, object, object], seconds: float) -> None:
    tasks = [asyncio.create_task(wait) for wait in waits]
    try:
        await asyncio.wait(tasks, timeout=max(0.0, seconds), return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()


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
