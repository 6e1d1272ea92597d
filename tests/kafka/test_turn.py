"""What a relay does with a producer that says nothing."""

from threading import Event

import pytest

from services.adapters.kafka import turn
from services.adapters.kafka.brokers import Brokers
from services.adapters.kafka.relay import RelaySettings
from services.adapters.kafka.sender import NotSent
from services.adapters.kafka.turn import Turn


class Outbox:
    """Nothing was ever published."""

    context = "inspection"


class Producer:
    """Takes what it is given, and of the last ones nothing is heard."""

    acknowledged = 0

    def __init__(self, under_way: list[int]) -> None:
        self._later = under_way

    @property
    def under_way(self) -> int:
        return self._later[0]

    def flush(self, *, seconds: float) -> bool:
        if len(self._later) > 1:
            self._later.pop(0)
        return self._later[0] == 0


class Heard:
    """What the relay was told."""

    def __init__(self) -> None:
        self.lag: list[int] = []

    def behind(self, events: int) -> None:
        self.lag.append(events)

    def caught_up(self) -> None:
        raise AssertionError("it is not")


def arrived(producer: Producer, heard: Heard) -> None:
    Turn(heard, Outbox(), producer, RelaySettings(Brokers("127.0.0.1:1")), Event(), carefully=False)._arrived(at_most=0)  # type: ignore[arg-type]  # stand-ins


def test_a_producer_that_neither_delivers_nor_fails_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turn, "UNHEARD", 0.0)
    with pytest.raises(NotSent, match="3 positions"):
        arrived(Producer([3]), Heard())


def test_one_that_delivers_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long the whole takes: what counts is how long nothing was heard."""
    monkeypatch.setattr(turn, "UNHEARD", 0.0)
    heard = Heard()
    arrived(Producer([3, 2, 1, 0]), heard)
    assert heard.lag == [2, 1]
