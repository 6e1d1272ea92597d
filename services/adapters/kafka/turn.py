"""One turn of a relay: from one producer's start to its end."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Protocol

import structlog

from schemas.suite import Watermark
from schemas.topics import RESTRICTED
from services.adapters.kafka import metrics, publication, traces
from services.adapters.kafka.checkpoints import Checkpoints
from services.adapters.kafka.openness import Openness
from services.adapters.kafka.outbox import END, Ceiling
from services.adapters.kafka.sender import DELIVERY_SECONDS, NotSent
from services.application import tracing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from threading import Event

    from schemas.cloudevents import Stored
    from services.adapters.kafka.outbox import Outbox
    from services.adapters.kafka.relay import RelaySettings
    from services.adapters.kafka.sender import Sender

log = structlog.get_logger(__name__)

PAGE = 1_000
MOST_UNDER_WAY = 4 * PAGE
POLL = 1.0
"""Seconds between looks at the store when nobody told that something is there."""
IDLE = 0.2
"""Seconds without events after which traffic counts as idle, and a watermark closes it."""
LAST_SECONDS = 5.0
"""For what is under way when the process is asked to stop."""
UNHEARD = DELIVERY_SECONDS + 10.0
"""Seconds after which a producer that neither delivers nor fails is given up: kafka-python counts its own limit only
while it has a producer id, which it may wait for without end."""

CEILINGS = {"discipline": Ceiling("discipline-worker", "inspection.restricted")}
"""A promise of discipline covers what follows from inspection's events too (docs/decisions/0001-spine.md)."""


class Progress(Protocol):
    """Hears how far a relay is."""

    def caught_up(self) -> None:
        """All that was found has arrived."""
        ...

    def behind(self, events: int) -> None:
        """So many events have not arrived yet."""
        ...


class Turn:
    """From one producer's start to its end.

    Args:
        relay: hears how far behind it is.
        outbox: what is to be published, and what has been.
        sender: the producer.
        settings: as for every relay of the process.
        stop: set when the process shall end.
        carefully: whether a turn before this one failed: begin with one event and go on with twice as many each time
            that all have arrived. A message that the broker refuses fails its whole batch of the producer, so in a
            few turns of growing batches the events before it are published, and it stands alone at last.
    """

    def __init__(
        self,
        relay: Progress,
        outbox: Outbox,
        sender: Sender,
        settings: RelaySettings,
        stop: Event,
        *,
        carefully: bool,
    ) -> None:
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
        self._window = 1 if carefully else PAGE
        self._alone: Stored | None = None
        self.progressed = False

    @property
    def alone(self) -> Stored | None:
        """The one event that is under way, while none is sent beside it: a failure is its own."""
        return self._alone

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

    def _publish_page(self, *, up_to: int = END) -> bool:
        """Publish the next events; return whether there may be more at once."""
        page = self._outbox.page(self._read, self._window, up_to=up_to)
        full = len(page) == self._window
        if page:
            self._alone = page[0] if self._window == 1 else None
            self._queue(page)
            self._mark.soon(time.monotonic() + IDLE)
        if full:
            self._relay.behind(self._outbox.last_position() - self._sender.acknowledged)
        self._arrived(at_most=MOST_UNDER_WAY - PAGE if full and self._window == PAGE else 0)
        self._alone = None
        self._window = min(2 * self._window, PAGE)
        return full

    def _queue(self, page: Sequence[Stored]) -> None:
        self._openness.learn(page)
        traced = tracing.on()
        for stored in page:
            is_open = self._openness.of(stored.stream)
            messages = publication.messages(stored, is_open=is_open)
            self._sender.send(stored.position, traces.sending(stored, messages) if traced else messages)
        self._read = page[-1].position

    def _arrived(self, *, at_most: int) -> None:
        """Wait until no more than so many are under way, and write down what has arrived.

        Raises:
            NotSent: one failed, or nothing was heard of any for `UNHEARD` seconds.
        """
        waited = heard = time.monotonic()
        left = self._sender.under_way
        while not self._wait(at_most):
            now = time.monotonic()
            if self._sender.under_way < left:
                left, heard = self._sender.under_way, now
            self._relay.behind(left)
            if self._stop.is_set() and now - waited > LAST_SECONDS:
                return
            if now - heard > UNHEARD:
                raise NotSent(f"{left} positions were neither delivered nor refused for {UNHEARD:.0f} s")
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
        while self._read < last and not self._stop.is_set():
            self._publish_page(up_to=last)
        self._arrived(at_most=0)
        if self._read < last or self._sender.under_way:
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
