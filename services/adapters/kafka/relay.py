"""The relay of one context: follows the store by position and publishes, in order, what it finds.

Killed at any point it begins again after the last position that it knows to have arrived: what was
under way comes twice, nothing is left out, and a key's events stay in order.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psycopg
import structlog
from kafka.errors import KafkaError

from services.adapters.kafka import metrics
from services.adapters.kafka.outbox import Outbox
from services.adapters.kafka.sender import NotSent, Refused, Sender
from services.adapters.kafka.turn import POLL, Turn

if TYPE_CHECKING:
    from threading import Event

    from schemas.cloudevents import Stored
    from services.adapters.kafka.brokers import Brokers

log = structlog.get_logger(__name__)

STEP_BACK = 0.5
"""Seconds before beginning anew, doubled up to `LONGEST_STEP_BACK`."""
LONGEST_STEP_BACK = 10.0


@dataclass(frozen=True)
class RelaySettings:
    """What every relay of the process is told."""

    brokers: Brokers
    prefix: str = ""
    watermark_interval: float = 60.0
    checkpoint_interval: float = 60.0


class Relay:
    """Keeps one context published for as long as the process runs.

    Args:
        context: the context.
        dsn: address of the context's login.
        settings: as for every relay of the process.
        stop: set when the process shall end.
    """

    def __init__(self, context: str, dsn: str, settings: RelaySettings, stop: Event) -> None:
        self.context = context
        self.well = False
        """Whether it published all it found, or stands by for the one that does."""
        self._dsn = dsn
        self._settings = settings
        self._stop = stop
        self._behind_since: float | None = None
        metrics.RELAY_BEHIND.labels(context).set_function(self._behind)

    def run(self) -> None:
        """Publish until the process stops; a lost database or broker is waited for."""
        failures = 0
        while not self._stop.is_set():
            try:
                with Outbox(self._dsn, self.context) as outbox:
                    failures = 0
                    self._take_turns(outbox)
            except psycopg.Error as failure:
                failures += 1
                self._step_back("relay_database_lost", failure, failures)

    def _take_turns(self, outbox: Outbox) -> None:
        while not self._stop.is_set():
            if outbox.try_lock():
                metrics.RELAY_LEADS.labels(self.context).set(1)
                log.info("relay_leads", context=self.context)
                try:
                    self._lead(outbox)
                finally:
                    metrics.RELAY_LEADS.labels(self.context).set(0)
                outbox.unlock()
            else:
                self.well = True
                self._stop.wait(POLL)

    def _lead(self, outbox: Outbox) -> None:
        failures, carefully = 0, False
        while not self._stop.is_set():
            position = outbox.state().position
            try:
                with Sender(self._settings.brokers, self._settings.prefix, position=position) as sender:
                    turn = Turn(self, outbox, sender, self._settings, self._stop, carefully=carefully)
                    try:
                        turn.run()
                        return
                    except Refused as refusal:
                        self._name_refused(turn.alone, refusal)
                        raise
                    finally:
                        failures = 0 if turn.progressed else failures
                        outbox.acknowledge(sender.acknowledged)
            except (NotSent, KafkaError, TimeoutError) as failure:
                failures, carefully = failures + 1, True
                self._step_back("relay_not_sent", failure, failures)

    def _name_refused(self, event: Stored | None, refusal: Refused) -> None:
        if event is None:
            return  # one of several; the turns that follow find out which
        log.error(
            "relay_event_refused",
            context=self.context,
            position=event.position,
            event_id=str(event.event_id),
            type=event.type,
            stream=event.stream,
            version=event.version,
            reason=str(refusal),
        )

    def caught_up(self) -> None:
        """All that was found has arrived."""
        self.well = True
        self._behind_since = None
        metrics.RELAY_LAG.labels(self.context).set(0)

    def behind(self, events: int) -> None:
        """So many events have not arrived yet."""
        if self._behind_since is None:
            self._behind_since = time.monotonic()
        metrics.RELAY_LAG.labels(self.context).set(events)

    def _behind(self) -> float:
        since = self._behind_since
        return 0.0 if since is None else time.monotonic() - since

    def _step_back(self, event: str, failure: Exception, failures: int) -> None:
        self.well = False
        metrics.RELAY_FAILURES.labels(self.context).inc()
        pause = min(STEP_BACK * 2.0 ** min(failures - 1, 10), LONGEST_STEP_BACK)
        log.warning(event, context=self.context, reason=str(failure), again_in_seconds=pause)
        self._stop.wait(pause)
