"""Shared trips to the database: whoever asks while one is under way goes along with the next.

For appends this is group commit: the exclusive lock that keeps positions in order would cost one commit after the
other; in a batch the lock and the commit are paid once for everybody who waits (docs/decisions/0002-store.md has the
figures).
"""

from __future__ import annotations

import asyncio
from contextvars import Context
from dataclasses import dataclass, field
from time import perf_counter
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from services.application.ports import Append, StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Sequence

Q = TypeVar("Q")
A = TypeVar("A")

LARGEST = 256
"""Questions in a batch: beyond that it only makes the first one wait longer."""


@dataclass(frozen=True, slots=True)
class Waiting(Generic[Q, A]):
    """A question in the queue, and who waits for its answer."""

    question: Q
    answer: asyncio.Future[A]
    since: float = field(default_factory=perf_counter)


def any_together(questions: Sequence[Q], _under_way: Iterable[Q]) -> list[bool]:
    """Let all share a batch."""
    return [True] * len(questions)


class Batcher(Generic[Q, A]):
    """Coalesces concurrent questions of one process.

    Args:
        ask: answers several, in order; what it raises is told to the one question that caused it.
        in_flight: batches that may be under way at once.
        fits: tells of each of several questions whether it may leave with those before it, beside those under way.
        took: told how many seconds the longest wait in a batch was.
    """

    def __init__(
        self,
        ask: Callable[[Sequence[Q]], Awaitable[Sequence[A]]],
        *,
        in_flight: int,
        fits: Callable[[Sequence[Q], Iterable[Q]], list[bool]] = any_together,
        took: Callable[[float], object] = lambda _: None,
    ) -> None:
        self._ask = ask
        self._in_flight = in_flight
        self._fits = fits
        self._took = took
        self._waiting: list[Waiting[Q, A]] = []
        self._carriers: dict[asyncio.Task[None], list[Waiting[Q, A]]] = {}
        """Who carries, and what of it is under way now."""

    def __call__(self, question: Q) -> asyncio.Future[A]:
        """Queue a question; the future has its answer, or the failure that it alone caused."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[A] = loop.create_future()
        self._waiting.append(Waiting(question, answer))
        if len(self._carriers) < self._in_flight:
            # It carries for many: what it does belongs neither to the request nor to the span of whoever came first.
            self._carriers[loop.create_task(self._carry_all(), context=Context())] = []
        return answer

    async def finish(self) -> None:
        """Return when everything queued so far has its answer."""
        while self._carriers:
            await asyncio.wait(self._carriers)

    async def _carry_all(self) -> None:
        carrier = cast("asyncio.Task[None]", asyncio.current_task())
        try:
            while batch := self._next():
                self._carriers[carrier] = batch
                await self._carry(batch)
                self._carriers[carrier] = []
        finally:
            # Here and not in a callback: whoever asks next must see that nobody carries any more.
            del self._carriers[carrier]

    def _next(self) -> list[Waiting[Q, A]]:
        """Take the next batch from the queue; who no longer waits is left out.

        Of all that wait and are under way, each batch takes its part: so one is being stored while those of the other
        hear their answers and prepare what they ask next. One that took everything would have all of them wait. Where
        all have to wait for those under way, the batch is empty, and their carrier takes them when it is back.
        """
        under_way = [one.question for batch in self._carriers.values() for one in batch]
        wanted = [one for one in self._waiting if not one.answer.cancelled()]
        share = min(-(-(len(wanted) + len(under_way)) // self._in_flight), LARGEST)
        fit = self._fits([one.question for one in wanted], under_way)
        batch: list[Waiting[Q, A]] = []
        self._waiting = []
        for one, fits in zip(wanted, fit, strict=True):
            (batch if fits and len(batch) < share else self._waiting).append(one)
        return batch

    async def _carry(self, batch: list[Waiting[Q, A]]) -> None:
        try:
            answers = await self._ask([one.question for one in batch])
        except StoreUnavailable as failure:
            _fail(batch, failure)
        except Exception as failure:  # noqa: BLE001 - handed to whoever caused it
            if len(batch) == 1:
                _fail(batch, failure)
                return
            # One of them cannot be answered, and nobody knows which: each alone, so that the others can.
            for one in batch:
                await self._carry([one])
        except asyncio.CancelledError as failure:
            _fail([*batch, *self._waiting], failure)
            raise
        else:
            self._took(perf_counter() - batch[0].since)
            for one, answer in zip(batch, answers, strict=True):
                if not one.answer.done():
                    one.answer.set_result(answer)


def waves(appends: Sequence[Append]) -> list[list[Append]]:
    """Return the appends in batches of such as are independent of each other, each stream in its order."""
    found = []
    while appends:
        fits = independent(appends, ())
        found.append([append for append, fit in zip(appends, fits, strict=True) if fit])
        appends = [append for append, fit in zip(appends, fits, strict=True) if not fit]
    return found


def independent(appends: Sequence[Append], under_way: Iterable[Append]) -> list[bool]:
    """Tell of each whether no earlier one, and none that is under way, has its stream or its idempotency key.

    Nor may one write what another rests on: the store compares all of a batch before it stores any of it. Those that
    rest on the same stream go together.
    """
    taken = {name for append in under_way for name in _names(append)}
    looked_at = {seen.stream for append in under_way for seen in append.rests_on}
    found = []
    for append in appends:
        names, rests_on = _names(append), [seen.stream for seen in append.rests_on]
        found.append(taken.isdisjoint(names) and taken.isdisjoint(rests_on) and append.stream not in looked_at)
        # Also of one that has to wait: a later command on its stream must not overtake it.
        taken.update(names)
        looked_at.update(rests_on)
    return found


def _names(append: Append) -> list[object]:
    key = append.idempotency
    return [append.stream] if key is None else [append.stream, (key.principal, key.route, key.key)]


def _fail(batch: Sequence[Waiting[Q, A]], failure: BaseException) -> None:
    for one in batch:
        if not one.answer.done():
            one.answer.set_exception(failure)
