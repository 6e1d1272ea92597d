"""Issuing a document: made with the register's next number, kept, and stored under that number or made anew."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final
from weakref import WeakValueDictionary

from discipline.documents.register.commands import IssueDocument
from discipline.documents.register.refusals import NumberNotNext
from services.application.discipline.aggregates import REGISTER
from services.application.grounds import Informed
from services.application.handler import ConcurrentChange
from services.application.ports import Seen

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from uuid import UUID

    from discipline.documents.register.state import Register, RegisterId
    from schemas.discipline.documents import DocumentIssued
    from services.application.handler import Done, Handler, Request

    Make = Callable[[int], Awaitable[DocumentIssued]]
    """Makes the document with a number and keeps its bytes, before anything refers to them."""
    Standing = Callable[[], Awaitable[UUID | None]]
    """Looks for the document of the same step that stands, in whatever register."""
    Before = Callable[[], Awaitable[int]]
    """Looks for the last number that was given before the register began."""

TRIES: Final = 100
"""Each is lost to a document that another process has issued. Where four issue without a pause, each loses three tries
in four: twenty in a row once in three hundred documents, a hundred never in practice."""


class Issuing:
    """Issues documents.

    Within a process those of one register are made one after the other, for each of them has to know its number before
    it is printed. Between processes the stream's version decides: whoever comes second makes his document anew with the
    number after it, so no number is lost and none is given twice, whatever dies when.
    """

    def __init__(self) -> None:
        self._turns: WeakValueDictionary[RegisterId, asyncio.Lock] = WeakValueDictionary()

    async def issue(
        self,
        handler: Handler,
        register: RegisterId,
        make: Make,
        request: Request,
        standing: Standing | None = None,
        before: Before | None = None,
    ) -> Done:
        """Issue a document.

        Of two who issue that of one step on both sides of a new year the second sees that of the first: his rests on
        how far the registers of the years beside had come when he looked for it.

        Args:
            handler: of the context.
            register: which register numbers it.
            make: asked with the number; again with another one where that has gone meanwhile.
            request: the same one again gets its first answer, and nothing is made.
            standing: finds the document of the same step that stands; of its own the register knows better.
            before: finds the last number that was given before the register began; asked for its first document.

        Raises:
            Refusal: the register forbids it, or `make` does.
            ConcurrentChange: others came first at every try.
        """
        turn, stream = self._turns.setdefault(register, asyncio.Lock()), REGISTER.stream(register)
        async with turn:
            for _ in range(TRIES):
                if (done := await handler.replay(request)) is not None:
                    return done
                seen = [await _seen(handler, one) for one in register.beside]
                stands = None if standing is None else await standing()
                known: Register = (await handler.load(REGISTER, stream)).state
                after = 0 if before is None or known.last else await before()
                command = IssueDocument(await make(known.next(after)), stands, after)
                try:
                    return await handler.handle(REGISTER, register, Informed(command, tuple(seen)), request)
                except (ConcurrentChange, NumberNotNext):
                    continue
        raise ConcurrentChange(stream, (await handler.load(REGISTER, stream)).version)


async def _seen(handler: Handler, register: RegisterId) -> Seen:
    stream = REGISTER.stream(register)
    return Seen(stream, (await handler.load(REGISTER, stream)).version)
