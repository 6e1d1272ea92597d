"""What happens between a command's decision and its append: somebody else's command, stored first."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from services.application.ports import Append, EventStore, Outcome

_LONG = 120
"""Seconds after which a test fails in which somebody is refused before he appends, instead of waiting for ever."""


@contextmanager
def meanwhile(store: EventStore, happens: Callable[[], Awaitable[object]]) -> Iterator[None]:
    """Let something happen once, just before the next append reaches the store. Fails where nothing was appended."""
    append, happened = store.append, False

    async def after_the_others(one: Append) -> Outcome:
        nonlocal happened
        if not happened:
            happened = True
            await happens()
        return await append(one)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "append", after_the_others)
        yield
    assert happened


@contextmanager
def together(store: EventStore, number: int = 2) -> Iterator[None]:
    """Hold the next appends until so many have been decided: none of them knew of another, and all are in flight."""
    append, decided = store.append, asyncio.Barrier(number)
    waiting = number

    async def with_the_others(one: Append) -> Outcome:
        nonlocal waiting
        if waiting:
            waiting -= 1
            async with asyncio.timeout(_LONG):
                await decided.wait()
        return await append(one)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "append", with_the_others)
        yield
    assert not waiting
