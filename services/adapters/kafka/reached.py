"""How far a worker has come in each partition that it holds, and how far that is from the end."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from faust.types import TP

from services.adapters.kafka import metrics

if TYPE_CHECKING:
    from faust import App
    from faust.types import Message


class Reached:
    """What one worker has acknowledged.

    Args:
        app: knows where partitions end.
        context: the worker's.
        prefix: stands before each topic.
    """

    def __init__(self, app: App, context: str, prefix: str) -> None:
        self._app = app
        self._context = context
        self._prefix = prefix
        self._next: dict[TP, int] = {}

    def note(self, message: Message) -> None:
        """All up to this message is acknowledged."""
        self._next[TP(message.topic, message.partition)] = message.offset + 1

    def tell(self) -> None:
        """Say as a metric how many messages are left; of a partition that has gone to another member, nothing more."""
        for place, following in list(self._next.items()):
            labels = self._context, place.topic.removeprefix(self._prefix), str(place.partition)
            end = self._end_of(place)
            if end is None:
                del self._next[place]
                metrics.CONSUMER_LAG.remove(*labels)
            else:
                metrics.CONSUMER_LAG.labels(*labels).set(max(0, end - following))

    def _end_of(self, place: TP) -> int | None:
        """Where a partition ends; None where it has gone to another member of the group."""
        with contextlib.suppress(AssertionError):  # aiokafka's, for a partition that was just revoked
            return self._app.consumer.highwater(place) or 0
        return None
