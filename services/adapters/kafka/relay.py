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

from schemas.suite import Watermark
from schemas.topics import RESTRICTED
from services.adapters.kafka import metrics, publication
from services.adapters.kafka.checkpoints import Checkpoints
from services.adapters.kafka.openness import Openness
from services.adapters.kafka.outbox import Ceiling, Outbox
from services.adapters.kafka.sender import NotSent, Sender

if TYPE_CHECKING:
    from collections.abc import Sequence
    from threading import Event

    from schemas.cloudevents import Stored

log = structlog.get_logger(__name__)

PAGE = 1_000
MOST_UNDER_WAY = 4 * PAGE
POLL = 1.0
"""Seconds between looks at the store when nobody told that something is there."""
IDLE = 0.2
"""Seconds without events after which traffic counts as idle, and a watermark closes it."""
STEP_BACK = 0.5
"""Seconds before beginning anew, doubled up to `LONGEST_STEP_BACK`."""
LONGEST_STEP_BACK = 10.0
LAST_SECONDS = 5.0
"""For what is under way when the process is asked to stop."""

CEILINGS = {"discipline": Ceiling("discipline-worker", "inspection.restricted")}
"""A promise of discipline covers what follows from inspection's events too (docs/decisions/0001-spine.md)."""


@dataclass(frozen=True)
class RelaySettings:
    """What every relay of the process is told."""

    bootstrap: str
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
        failures = 0
        while not self._stop.is_set():
            position = outbox.state().position
            try:
                with Sender(self._settings.bootstrap, self._settings.prefix, position=position) as sender:
                    turn = _Turn(self, outbox, sender, self._settings, self._stop)
                    try:
                        turn.run()
                        return
                    finally:
                        failures = 0 if turn.progressed else failures
                        outbox.acknowledge(sender.acknowledged)
            except (NotSent, KafkaError, TimeoutError) as failure:
                failures += 1
                self._step_back("relay_not_sent", failure, failures)

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


class _Turn:
    """From one producer's start to its end."""

    def __init__(self, relay: Relay, outbox: Outbox, sender: Sender, settings: RelaySettings, stop: Event) -> None:
        self._relay = relay
        self._outbox = outbox
        self._sender = sender
        self._stop = stop
        self._checkpoints = Checkpoints(outbox, sender)
        self._read = self._kept = sender.acknowledged
        self._openness = Openness(outbox)
        now = time.monotonic()
        self._mark = _Due(settings.watermark_interval, now)
        self._checkpoint = _Due(settings.checkpoint_interval, now)
        self._look = _Due(POLL, now)
        self._mark.soon(now + IDLE)
        self._seek_dead = True
        self.progressed = False

    def run(self) -> None:
        """Publish until the process stops or somebody asks for the place."""
        self._checkpoints.resend()
        while True:
            full = self._publish_page()
            if not full:
                self._relay.caught_up()
            if not self._goes_on():
                return
            self._tell_the_time()
            if not full:
                self._tell_the_rest()
                self._listen()

    def _publish_page(self) -> bool:
        """Publish the next events; return whether there may be more at once."""
        page = self._outbox.page(self._read, PAGE)
        if page:
            self._queue(page)
            self._mark.soon(time.monotonic() + IDLE)
        full = len(page) == PAGE
        if full:
            self._relay.behind(self._outbox.last_position() - self._sender.acknowledged)
            self._arrived(at_most=MOST_UNDER_WAY - PAGE)
        else:
            self._arrived(at_most=0)
        return full

    def _queue(self, page: Sequence[Stored]) -> None:
        self._openness.learn(page)
        for stored in page:
            is_open = self._openness.of(stored.stream)
            self._sender.send(stored.position, publication.messages(stored, is_open=is_open))
        self._read = page[-1].position

    def _arrived(self, *, at_most: int) -> None:
        """Wait until no more than so many are under way, and write down what has arrived."""
        waited = time.monotonic()
        while not self._wait(at_most):
            self._relay.behind(self._sender.under_way)
            if self._stop.is_set() and time.monotonic() - waited > LAST_SECONDS:
                return
        arrived = self._sender.acknowledged
        if arrived > self._kept:
            self._outbox.acknowledge(arrived)
            metrics.RELAY_PUBLISHED.labels(self._outbox.context).inc(arrived - self._kept)
            self._kept = arrived
            self.progressed = True

    def _wait(self, at_most: int) -> bool:
        if at_most == 0:
            return self._sender.flush(seconds=POLL)
        return self._sender.wait(at_most=at_most, seconds=POLL)

    def _goes_on(self) -> bool:
        aside = False
        if self._look.is_due():
            self._seek_dead = True
            aside = self._outbox.asked_aside()
        if aside or self._stop.is_set():
            self._arrived(at_most=0)
            log.info("relay_leaves", context=self._outbox.context, asked_aside=aside)
            return False
        return True

    def _tell_the_time(self) -> None:
        """Promise, publish what was recorded before the promise, and only then say so, in every partition."""
        if not self._mark.is_due():
            return
        context = self._outbox.context
        promised = self._outbox.promise(CEILINGS.get(context))
        if promised is None:
            return
        through, last = promised
        while self._read < last:
            self._queue(self._outbox.page(self._read, PAGE, up_to=last))
        self._arrived(at_most=0)
        if self._sender.under_way:
            return  # asked to stop: an unpublished promise harms nobody
        message = Watermark(context=context, through=through)
        marks = [
            publication.watermark(message, topic, partition)
            for topic in RESTRICTED[context]
            for partition in self._sender.partitions(topic)
        ]
        self._sender.send(self._sender.acknowledged, marks)
        self._arrived(at_most=0)
        metrics.WATERMARK.labels(context).set(through.timestamp())

    def _tell_the_rest(self) -> None:
        if self._checkpoint.is_due():
            self._checkpoints.write()
        if self._seek_dead:
            self._seek_dead = False
            self._tell_the_dead()

    def _tell_the_dead(self) -> None:
        dead = self._outbox.dead()
        if not dead:
            return
        context = self._outbox.context
        letters = [publication.dead_letter(letter, context, key) for _, key, letter in dead]
        self._sender.send(self._sender.acknowledged, letters)
        self._arrived(at_most=0)
        if not self._sender.under_way:
            self._outbox.told([id_ for id_, _, _ in dead])

    def _listen(self) -> None:
        until = min(due.at for due in (self._mark, self._checkpoint, self._look)) - time.monotonic()
        told = self._outbox.wait(max(until, 0.0))
        moved = "suite_clock" in told or ("watermark" in told and self._outbox.context in CEILINGS)
        if moved:
            self._mark.soon(time.monotonic())
        self._seek_dead |= "dead" in told


class _Due:
    """Something that comes round, and may be wanted sooner."""

    def __init__(self, interval: float, now: float) -> None:
        self._interval = interval
        self._sooner: float | None = None
        self._next = now + interval

    @property
    def at(self) -> float:
        """When it is due."""
        return self._next if self._sooner is None else min(self._next, self._sooner)

    def soon(self, at: float) -> None:
        """Want it at that moment, if it does not come round before; the last wish counts."""
        self._sooner = at

    def is_due(self) -> bool:
        """Return whether it is due now; then it counts as done."""
        now = time.monotonic()
        if now < self.at:
            return False
        self._next = now + self._interval
        self._sooner = None
        return True
