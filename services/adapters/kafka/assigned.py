"""The partitions that a worker holds, and what others took of them before they came to it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog

from services.adapters.kafka.group import consumer_of
from services.adapters.kafka.lag import acknowledged

if TYPE_CHECKING:
    from collections.abc import Collection

    from faust.types import TP

    from services.adapters.kafka.group import WorkerSettings
    from services.adapters.kafka.learning import Lessons, Place
    from services.application.reactions import WorkerSpec

log = structlog.get_logger(__name__)


class Assigned:
    """What the group has given to this worker.

    Args:
        settings: where and as whom.
        spec: what it reads.
        lessons: what it may have missed of a partition that comes.
    """

    def __init__(self, settings: WorkerSettings, spec: WorkerSpec, lessons: Lessons) -> None:
        self._settings = settings
        self._spec = spec
        self._lessons = lessons
        self._unseen = asyncio.Event()
        """Set while nobody has looked yet at what others took of the partitions that have just come."""
        self.places: frozenset[Place] = frozenset()
        self.joined = False
        """Whether it is a member of its group."""

    async def on_assigned(self, _app: object, assigned: Collection[TP], **_: object) -> None:
        """Hold these and no others."""
        prefix = self._settings.prefix
        self.places = frozenset((place.topic.removeprefix(prefix), place.partition) for place in assigned)
        self._unseen.set()
        self.joined = True
        log.info("worker_assigned", context=self._spec.context, partitions=len(assigned))

    async def on_revoked(self, _app: object, _revoked: Collection[TP], **_: object) -> None:
        """Hold none: what is left is assigned anew."""
        self.places = frozenset()

    async def learn_on(self) -> None:
        """Fold what others have taken of partitions that have just come, without waiting for a message in each."""
        if self._spec.lessons and self._unseen.is_set():
            self._unseen.clear()
            prefix = self._settings.prefix
            group = prefix + consumer_of(self._spec.context)
            taken = await asyncio.to_thread(acknowledged, self._settings.brokers, [group])
            places = {(at.topic.removeprefix(prefix), at.partition): found.offset for at, found in taken[group].items()}
            await self._lessons.before({place: offset for place, offset in places.items() if place in self.places})
        await self._lessons.keep()
