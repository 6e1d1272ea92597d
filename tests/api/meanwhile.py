"""What happens between a command's decision and its append: somebody else's command, stored first."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from services.application.ports import Append, EventStore, Outcome


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
