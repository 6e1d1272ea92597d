"""What a decision rests on beside its own stream.

Another stream may move on between the moment at which a command's facts were read from it and the append: the
inspection is concluded, the original withdrawn. Such a command says what it saw; the store compares under the lock of
its append, and the handler gathers the facts anew. Registers that are asked by day (organisation, directives) are not
compared: what they say of a day holds for whoever asked before it was recorded otherwise.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from services.application.ports import Seen

if TYPE_CHECKING:
    from services.application.aggregate import Aggregate
    from services.application.handler import Handler

C = TypeVar("C")
S = TypeVar("S")
C_co = TypeVar("C_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Informed(Generic[C_co]):
    """A command, and the other streams of the same store that its facts were read from."""

    command: C_co
    rests_on: tuple[Seen, ...]


@dataclass(frozen=True, slots=True)
class Grounds:
    """Looks at other streams for the facts of one command, and remembers how far each had come."""

    handler: Handler
    seen: dict[str, int] = field(default_factory=dict)
    """Streams with the version at the first look: what came after it was not known to all that was read."""

    async def look(self, aggregate: Aggregate[S, Any, Any], id_: object) -> S:
        """A stream's state as it stands now."""
        stream = aggregate.stream(id_)
        loaded = await self.handler.load(aggregate, stream)
        self.seen.setdefault(stream, loaded.version)
        state: S = loaded.state
        return state

    def of(self, command: C, own: str) -> Informed[C]:
        """The command, resting on all that was looked at but its own stream, whose version guards it anyway."""
        return Informed(command, tuple(Seen(stream, version) for stream, version in self.seen.items() if stream != own))


Gather = Callable[[], Awaitable[object]]
"""Gathers the facts of a command, as they stand when it is called; returns the command, or `Informed` of it."""
