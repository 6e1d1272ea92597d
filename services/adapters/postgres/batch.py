"""Group commit: whoever appends while a batch is under way shares the next one.

The exclusive lock that keeps positions in order would cost one commit after the other; in a batch the lock and the
commit are paid once for everybody who waits (docs/decisions/0002-event-store.md has the figures).
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from services.application.ports import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from services.application.ports import Append, Outcome

LARGEST = 256
"""Commands in a batch: beyond that a batch only makes its first command wait longer."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A command in the queue, and who waits for its outcome."""

    append: Append
    outcome: asyncio.Future[Outcome]


class Batcher:
    """Coalesces concurrent appends of one process.

    Args:
        store: stores several appends, each alone as a whole; of one stream or idempotency key at most one.
        in_flight: batches that may be under way at once.
    """

    def __init__(self, store: Callable[[Sequence[Append]], Awaitable[Sequence[Outcome]]], *, in_flight: int) -> None:
        self._store = store
        self._in_flight = in_flight
        self._waiting: list[Waiting] = []
        self._under_way = 0
        self._carriers: set[asyncio.Task[None]] = set()

    def append(self, append: Append) -> asyncio.Future[Outcome]:
        """Queue a command; the future has its outcome, or the failure that it alone caused."""
        loop = asyncio.get_running_loop()
        outcome: asyncio.Future[Outcome] = loop.create_future()
        self._waiting.append(Waiting(append, outcome))
        if len(self._carriers) < self._in_flight:
            self._carriers.add(loop.create_task(self._carry_all()))
        return outcome

    async def finish(self) -> None:
        """Return when everything queued so far has its outcome."""
        while self._carriers:
            await asyncio.wait(self._carriers)

    async def _carry_all(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = split(self._waiting, self._share())
                self._under_way += len(batch)
                try:
                    await self._carry(batch)
                finally:
                    self._under_way -= len(batch)
        finally:
            # Here and not in a callback: whoever appends next must see that nobody carries any more.
            self._carriers.remove(cast("asyncio.Task[None]", asyncio.current_task()))

    def _share(self) -> int:
        """Return how many commands the next batch takes.

        Of all that wait and are under way, each batch takes its part: so one is being stored while those of the other
        hear their outcomes and prepare what they append next. One that took everything would have all of them wait.
        """
        outstanding = len(self._waiting) + self._under_way
        return min(-(-outstanding // self._in_flight), LARGEST)

    async def _carry(self, batch: list[Waiting]) -> None:
        if not batch:
            return
        try:
            outcomes = await self._store([waiting.append for waiting in batch])
        except StoreUnavailable as failure:
            _fail(batch, failure)
        except Exception as failure:  # noqa: BLE001 - handed to whoever caused it
            if len(batch) == 1:
                _fail(batch, failure)
                return
            # One of them cannot be stored, and nobody knows which: each alone, so that the others can.
            for waiting in batch:
                await self._carry([waiting])
        except asyncio.CancelledError as failure:
            _fail([*batch, *self._waiting], failure)
            raise
        else:
            for waiting, outcome in zip(batch, outcomes, strict=True):
                if not waiting.outcome.done():
                    waiting.outcome.set_result(outcome)


def split(waiting: Sequence[Waiting], share: int) -> tuple[list[Waiting], list[Waiting]]:
    """Return a batch of so many at most, and who waits on, both in order; who no longer waits is left out."""
    wanted = [candidate for candidate in waiting if not candidate.outcome.cancelled()]
    batch: list[Waiting] = []
    rest: list[Waiting] = []
    for candidate, fits in zip(wanted, independent([candidate.append for candidate in wanted]), strict=True):
        (batch if fits and len(batch) < share else rest).append(candidate)
    return batch, rest


def waves(appends: Sequence[Append]) -> list[list[Append]]:
    """Return the appends in batches that each have a stream and an idempotency key once, each stream in its order."""
    found = []
    while appends:
        fits = independent(appends)
        found.append([append for append, fit in zip(appends, fits, strict=True) if fit])
        appends = [append for append, fit in zip(appends, fits, strict=True) if not fit]
    return found


def independent(appends: Sequence[Append]) -> list[bool]:
    """Tell of each whether no earlier one has its stream or its idempotency key."""
    taken: set[object] = set()
    found = []
    for append in appends:
        key = append.idempotency
        names = [append.stream] if key is None else [append.stream, (key.principal, key.route, key.key)]
        found.append(taken.isdisjoint(names))
        # Also of one that has to wait: a later command on its stream must not overtake it.
        taken.update(names)
    return found


def _fail(batch: list[Waiting], failure: BaseException) -> None:
    for waiting in batch:
        if not waiting.outcome.done():
            waiting.outcome.set_exception(failure)
