"""What a worker does about the events of other contexts, said as data: the framework does it once, in order."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from services.application.aggregate import Aggregate

if TYPE_CHECKING:
    import asyncio

    from asyncpg import Connection, Record

    from schemas.envelope import Recorded
    from schemas.registry import AnyEvent


@dataclass(frozen=True, slots=True)
class Reaction:
    """A command that a policy gives because of an event.

    The command must be total: where it no longer applies, the decider answers `()`. A refusal is a
    defect of the policy and parks the event that caused it.
    """

    policy: str
    """Its name: part of the ids of what follows, so it never changes once it has been released."""
    aggregate: Aggregate[Any, Any, Any]
    id: object
    """Of the aggregate, as `aggregate.stream` takes it."""
    command: object


React = Callable[["Recorded"], Sequence[Reaction]]
"""A context's policies: event → commands. Pure."""


class BatchTransaction(Protocol):
    """The one transaction in which a batch of events has its effects."""

    @property
    def connection(self) -> Connection[Record]:
        """The database connection, inside the transaction; the context's advisory lock is held."""
        ...

    def caused(self, cause: Recorded) -> Sequence[AnyEvent]:
        """What commands of this cause have left behind so far, in order."""
        ...

    async def expect(self, reactions: Sequence[Reaction]) -> None:
        """Read what commands will be about, many at once; `carry_out` reads what was not expected."""
        ...

    async def carry_out(self, cause: Recorded, reactions: Sequence[Reaction]) -> Sequence[AnyEvent]:
        """Carry out commands that only an effect could find out, in this transaction; return what happens.

        Numbered after those that `react` gave for the same cause and policy; the order in which
        effects give them must not depend on anything but the events.
        """
        ...

    async def settle(self) -> object:
        """Write down what was carried out: from then on the tables show it. At the end it is done anyway."""
        ...


Effect = Callable[[BatchTransaction, Sequence["Recorded"]], Awaitable[None]]
"""Writes of a batch beside the events (views of other contexts, deadlines), after the reactions.

Called with the batch in order of arrival, each stream in its order, nothing twice. After a failure
it is called anew with fewer events, so it keeps nothing outside the transaction.
"""


Fold = Callable[["Connection[Record]", Sequence["Recorded"]], Awaitable[None]]
"""Keeps what a batch tells of another context; passes over what it has folded before.

It knows that by a version which no older release writes: what a process of the release before took while both ran is
folded again, and must not look as if it had been.
"""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a fold that came with a newer release has missed, to be read once from the beginning of its topic."""

    name: str
    """Never changes once released; a fold that keeps more than it did gets a lesson of another name."""
    topic: str
    """Without prefix."""
    fold: Fold


Beside = Callable[[Any, int], Callable[["asyncio.Event"], Awaitable[None]]]
"""What a worker's process does beside its messages until it is asked to stop; it is handed the context's store, and how
many partitions each topic has."""


@dataclass(frozen=True)
class WorkerSpec:
    """A context's worker: what it reads and what it does about it."""

    context: str
    topics: tuple[str, ...]
    """Without prefix: `inspection.restricted`, …"""
    react: React
    effects: tuple[Effect, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    beside: tuple[Beside, ...] = ()


def command_id(cause: uuid.UUID, policy: str, index: int) -> uuid.UUID:
    """Return the id of a policy's command: the same event always gives the same command."""
    return uuid.uuid5(cause, f"{policy}/{index}")
