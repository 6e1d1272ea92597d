"""Given events, when a command, then events or a refusal: deciders are specified in these words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, Generic, TypeVar

import pytest

from schemas.base import Event
from schemas.refusal import Refusal

S = TypeVar("S")


@dataclass(frozen=True)
class Decider(Generic[S]):
    """The three parts of every aggregate."""

    initial: S
    decide: Callable[[Any, S], Sequence[Event]]
    evolve: Callable[[S, Any], S]

    def after(self, events: Iterable[Event]) -> S:
        """The state that the events lead to."""
        return reduce(self.evolve, events, self.initial)


@dataclass(frozen=True)
class Given(Generic[S]):
    """A history."""

    decider: Decider[S]
    events: tuple[Event, ...]

    def when(self, command: object) -> When[S]:
        """Send a command."""
        return When(self.decider, self.events, command)

    @property
    def state(self) -> S:
        """What the history leads to."""
        return self.decider.after(self.events)


@dataclass(frozen=True)
class When(Generic[S]):
    """A history and a command on it."""

    decider: Decider[S]
    events: tuple[Event, ...]
    command: object

    def decided(self) -> tuple[Event, ...]:
        """What happens; every event is one that the aggregate can fold."""
        decided = tuple(self.decider.decide(self.command, self.decider.after(self.events)))
        self.decider.after((*self.events, *decided))
        return decided

    def then(self, *events: Event) -> Given[S]:
        """Exactly these events happen; with none, nothing happens."""
        assert self.decided() == events
        return Given(self.decider, (*self.events, *events))

    def refused(self, refusal: Refusal | type[Refusal]) -> None:
        """The command is refused, for this reason and with these facts."""
        kind = refusal if isinstance(refusal, type) else type(refusal)
        with pytest.raises(kind) as caught:
            self.decided()
        if isinstance(refusal, Refusal):
            assert caught.value == refusal


def given(decider: Decider[S], *events: Event) -> Given[S]:
    """Begin with a history."""
    return Given(decider, events)
