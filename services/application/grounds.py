"""What a decision rests on beside its own stream.

Another stream may move on between the moment at which a command's facts were read from it and the append: the
inspection is concluded, the original withdrawn. Such a command says what it saw; the store compares under the lock of
its append, and the handler gathers the facts anew. Registers that are asked by day (organisation, directives) are not
compared: what they say of a day holds for whoever asked before it was recorded otherwise.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from services.application.ports import Seen

C_co = TypeVar("C_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Informed(Generic[C_co]):
    """A command, and the other streams of the same store that its facts were read from."""

    command: C_co
    rests_on: tuple[Seen, ...]


Gather = Callable[[], Awaitable[object]]
"""Gathers the facts of a command, as they stand when it is called; returns the command, or `Informed` of it."""
