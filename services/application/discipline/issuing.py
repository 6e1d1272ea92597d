"""Issuing a document: made with the register's next number, kept, and stored under that number or made anew."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final
from weakref import WeakValueDictionary

from discipline.documents.register.commands import IssueDocument
from discipline.documents.register.refusals import NumberNotNext
from services.application.discipline.aggregates import REGISTER
from services.application.handler import ConcurrentChange

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from uuid import UUID

    from discipline.documents.register.state import Register, RegisterId
    from schemas.discipline.documents import DocumentIssued
    from services.application.handler import Done, Handler, Request

    Make = Callable[[int], Awaitable[DocumentIssued]]
    """Makes the document with a number and keeps its bytes, before anything refers to them."""

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
        self, handler: Handler, register: RegisterId, make: Make, request: Request, elsewhere: UUID | None = None
    ) -> Done:
        """Issue a document.

        Args:
            handler: of the context.
            register: which register numbers it.
            make: asked with the number; again with another one where that has gone meanwhile.
            request: the same one again gets its first answer, and nothing is made.
            elsewhere: the document of the same step that stands; of its own the register knows better.

        Raises:
            Refusal: the register forbids it, or `make` does.
            ConcurrentChange: others came first at every try.
        """
        turn, stream = self._turns.setdefault(register, asyncio.Lock()), REGISTER.stream(register)
        async with turn:
            for _ in range(TRIES):
                if (done := await handler.replay(request)) is not None:
                    return done
                known: Register = (await handler.load(REGISTER, stream)).state
                command = IssueDocument(await make(known.next), elsewhere)
                try:
                    return await handler.handle(REGISTER, register, command, request)
                except (ConcurrentChange, NumberNotNext):
                    continue
        raise ConcurrentChange(stream, (await handler.load(REGISTER, stream)).version)
