"""Callers that append one event after the other, each on a stream of its own."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Awaitable, Callable
from datetime import datetime

from services.application.handler import Handler, Loaded, Request, prepare
from services.application.ports import Append, Outcome, Won
from tests.bench.contents import DRAFT, Draft, drafted

NEW = Loaded(Draft(), 0, Handler.NEW.hash)
CONTENTS = [drafted() for _ in range(500)]


def asked() -> Request:
    """A request of its own."""
    command = uuid.uuid4()
    return Request(command, str(command), command, command, retry_on_conflict=True)


async def appended(
    append: Callable[[Append], Awaitable[Outcome]], callers: int, now: datetime, seconds: float
) -> float:
    """Events a second: contract in, committed row out."""
    until = time.perf_counter() + seconds
    count = 0

    async def caller() -> None:
        nonlocal count
        stream, loaded = f"finding-{uuid.uuid4()}", NEW
        while time.perf_counter() < until:
            content = CONTENTS[count % len(CONTENTS)] if loaded.version else drafted()
            given, loaded = prepare(DRAFT, stream, loaded, content, asked(), now)
            outcome = await append(given)
            assert isinstance(outcome, Won)
            count += 1

    started = time.perf_counter()
    await asyncio.gather(*(caller() for _ in range(callers)))
    return count / (time.perf_counter() - started)
