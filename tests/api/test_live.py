"""The live stream over a real connection: nothing missing, nothing twice, and only for as long as one may look."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

import httpx
import pytest

from services.adapters import feed
from services.application.handler import Request
from services.application.identity import Role
from services.entrypoints.api import live
from services.entrypoints.api.context import Context
from tests.api.conftest import OpenContext, TokenFor
from tests.api.sample import API, HIDDEN_FROM, NOTE, Grow
from tests.listening import served

ACCEPT = {"accept": "text/event-stream"}


@dataclass
class Watched:
    """A note that grows, and where to watch it."""

    context: Context
    url: str
    token: TokenFor
    note_id: UUID = field(default_factory=uuid4)
    person_id: UUID = field(default_factory=uuid4)

    async def grow(self, lines: int) -> None:
        for _ in range(lines):
            command_id = uuid4()
            request = Request(command_id, "somebody", command_id, command_id)
            await self.context.handler.handle(NOTE, self.note_id, Grow(date(2026, 1, 1)), request)

    @asynccontextmanager
    async def watch(self, *, after: str | None = None, seconds: int = 60) -> AsyncIterator[httpx.Response]:
        bearer = self.token(Role.INSPECTOR, person_id=self.person_id, seconds=seconds)
        headers = httpx.Headers({**ACCEPT, "authorization": f"Bearer {bearer}"}, encoding="latin-1")
        if after is not None:
            headers["last-event-id"] = after
        path = f"{self.url}/inspection/notes/{self.note_id}/events"
        async with httpx.AsyncClient(timeout=30) as client, client.stream("GET", path, headers=headers) as answer:
            yield answer

    async def positions(self) -> list[int]:
        return [recorded.position for recorded in await self.context.store.load(NOTE.stream(self.note_id))]


@pytest.fixture
async def watched(open_context: OpenContext, token: TokenFor) -> AsyncIterator[Watched]:
    async with open_context(API) as (client, context):
        transport = client._transport
        assert isinstance(transport, httpx.ASGITransport)
        # uuids that begin with 1 lie elsewhere
        async with served(transport.app) as url:
            yield Watched(context, url, token, note_id=UUID("2" + str(uuid4())[1:]))


async def ids(source: httpx.Response | AsyncIterator[str], most: int | None = None) -> list[str]:
    """Read event ids until the stream ends or there are enough."""
    found: list[str] = []
    async for line in source.aiter_lines() if isinstance(source, httpx.Response) else source:
        if line.startswith("id: "):
            found.append(line.removeprefix("id: "))
            if most is not None and len(found) == most:
                break
    return found


async def test_what_was_and_what_comes_is_told_in_order_with_positions(watched: Watched) -> None:
    await watched.grow(2)
    async with watched.watch() as answer:
        reading = asyncio.create_task(ids(answer, 4))
        await watched.grow(2)
        assert [int(id_) for id_ in await reading] == await watched.positions()


async def test_an_event_says_what_happened(watched: Watched) -> None:
    await watched.grow(1)
    async with watched.watch() as answer:
        lines = []
        async for line in answer.aiter_lines():
            lines.append(line)
            if not line:
                break
    assert lines[1] == "event: inspection.directive_repealed.v1"
    assert '"version":1' in lines[2]


async def test_a_stream_cut_again_and_again_misses_and_repeats_nothing(watched: Watched) -> None:
    """The connection is cut after every few events, at random places of the growth; each time the last id is sent."""
    growing = asyncio.create_task(watched.grow(40))
    seen: list[str] = []
    last: str | None = None
    while len(seen) < 40:
        async with watched.watch(after=last) as answer:
            seen += await ids(answer, min(7, 40 - len(seen)))
        last = seen[-1]
    await growing
    assert [int(id_) for id_ in seen] == await watched.positions()


async def test_several_watchers_see_the_same(watched: Watched) -> None:
    async def read() -> list[str]:
        async with watched.watch() as answer:
            return await ids(answer, 10)

    readers = [asyncio.create_task(read()) for _ in range(5)]
    await watched.grow(10)
    seen = await asyncio.gather(*readers)
    assert seen == [[str(position) for position in await watched.positions()]] * 5


async def test_the_stream_closes_when_the_token_expires(watched: Watched) -> None:
    await watched.grow(1)
    async with watched.watch(seconds=2) as answer:
        assert len(await ids(answer)) <= 1  # none where the machine took its time before the first look
    async with watched.watch(seconds=-60) as answer:
        assert answer.status_code == 401


async def test_who_lost_the_case_sees_nothing_further(watched: Watched) -> None:
    async with watched.watch() as answer:
        await watched.grow(1)
        lines = answer.aiter_lines()
        assert len(await ids(lines, 1)) == 1
        HIDDEN_FROM.add(watched.person_id)
        await watched.grow(3)
        assert await ids(lines) == []


async def test_a_lost_notification_delays_and_loses_nothing(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "POLL_SECONDS", 0.1)
    monkeypatch.setattr(feed.PostgresFeed, "_tell", lambda _self: None)
    async with watched.watch() as answer:
        reading = asyncio.create_task(ids(answer, 3))
        await watched.grow(3)
        assert [int(id_) for id_ in await reading] == await watched.positions()


async def test_a_quiet_stream_shows_that_it_lives(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "PING_SECONDS", 0.1)
    async with watched.watch() as answer:
        async for line in answer.aiter_lines():
            assert line.startswith(": ping")
            break


@pytest.mark.parametrize("written", ["x", "-1", "1.5", "9" * 19, "\xb2"])
async def test_a_position_that_is_none_is_refused(watched: Watched, written: str) -> None:
    async with watched.watch(after=written) as answer:
        await answer.aread()
        assert (answer.status_code, answer.json()["code"]) == (400, "last-event-id-unreadable")
