"""Consultations that the clock fails on: each is set aside for itself and tried again, with growing pauses, for ever.

Real time governs here, not the suite's. Each process keeps its own: after a restart it tries at once.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from services.adapters.discipline import metrics
from services.adapters.kafka.faults import describe
from services.adapters.kafka.retrying import PAUSES

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Failed:
    tries: int
    until: float


class SetAside:
    """Those that failed, and until when each is left alone.

    Args:
        pauses: seconds before each further try; the last one holds from then on.
    """

    def __init__(self, pauses: tuple[float, ...] = PAUSES) -> None:
        self._pauses = pauses
        self._failed: dict[UUID, _Failed] = {}

    @property
    def known(self) -> list[UUID]:
        """Those that failed at their last try."""
        return list(self._failed)

    def resting(self) -> list[UUID]:
        """Those that are left alone now."""
        now = time.monotonic()
        return [id_ for id_, failed in self._failed.items() if failed.until > now]

    def add(self, id_: UUID, fault: Exception) -> None:
        """Leave it alone for a while; longer than the last time."""
        before = self._failed.get(id_)
        tries = 1 if before is None else before.tries + 1
        pause = self._pauses[min(tries, len(self._pauses)) - 1]
        self._failed[id_] = _Failed(tries, time.monotonic() + pause)
        log.error("consultation_not_lapsed", consultation_id=str(id_), tries=tries, error=describe(fault))
        metrics.SET_ASIDE.set(len(self._failed))

    def keep(self, ids: Collection[UUID]) -> None:
        """Forget all but these: the others have succeeded, or need no clock any more."""
        self._failed = {id_: failed for id_, failed in self._failed.items() if id_ in ids}
        metrics.SET_ASIDE.set(len(self._failed))
