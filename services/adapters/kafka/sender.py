"""Sends in order and knows what has arrived: everything up to a position, or nothing beyond it."""

from __future__ import annotations

import time
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Self

from kafka import KafkaProducer
from kafka.errors import BrokerResponseError, KafkaError, KafkaTimeoutError

from services.adapters.kafka import traces
from services.application import tracing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kafka.producer.future import FutureRecordMetadata, RecordMetadata
    from opentelemetry.trace import Span

    from services.adapters.kafka.brokers import Brokers
    from services.adapters.kafka.publication import Message

DELIVERY_SECONDS = 30.0
"""After which a message that was not delivered has failed."""
PRODUCER = {
    "acks": "all",
    "enable_idempotence": True,
    "compression_type": "gzip",
    "batch_size": 131_072,
    "linger_ms": 5,
    "request_timeout_ms": 10_000,
    "delivery_timeout_ms": int(DELIVERY_SECONDS * 1_000),
    "max_block_ms": 10_000,
    "bootstrap_timeout_ms": 5_000,
    "allow_auto_create_topics": False,
    "metrics_enabled": False,
}
"""How the suite sends; the bare producer of the benchmark has the same.

Topics are kept for ever, and gzip makes a message of an event a fourteenth as large. The checksum is computed by the
package crc32c, which kafka-python takes where it is there: in Python it took as long as the compression."""

_LAST_WORD = 5.0
"""Seconds that a producer's thread may take to end; it is left behind after that, and sends nothing more."""


class NotSent(Exception):
    """A message did not arrive; what came after it is discarded, and sent again from there."""


class Refused(NotSent):
    """The broker will not have a message, however often it is sent."""


class Sender:
    """One idempotent producer for as long as all goes well; after a failure it is replaced by a new one.

    The first failure stops the producer from within its own thread, before it could send what is queued behind the
    failed message: a key's later event must not overtake an earlier one.

    Args:
        brokers: where they are.
        prefix: stands before each topic.
        position: what is known to have arrived before.
    """

    def __init__(self, brokers: Brokers, prefix: str, *, position: int) -> None:
        self._producer = KafkaProducer(**brokers.options(), **PRODUCER)
        self._prefix = prefix
        self._in_flight: deque[tuple[int, Sequence[FutureRecordMetadata]]] = deque()
        self._failure: Exception | None = None
        self.acknowledged = position

    def send(self, position: int, messages: Sequence[Message]) -> None:
        """Queue the messages of one position.

        Raises:
            NotSent: an earlier one failed, or the topics cannot be reached.
        """
        try:
            self._in_flight.append((position, [self._send(message) for message in messages]))
        except NotSent:
            self.flush(seconds=_LAST_WORD)  # this one is refused; those before it are well
            raise

    def settle(self) -> None:
        """Look at what has arrived since; `acknowledged` moves up to the first message that has not.

        Raises:
            NotSent: one failed.
        """
        in_flight = self._in_flight
        while in_flight and all(future.is_done for future in in_flight[0][1]):
            if any(future.failed() for future in in_flight[0][1]):
                break
            self.acknowledged = in_flight.popleft()[0]
        if self._failure is not None:
            raise _told(self._failure)

    def wait(self, *, at_most: int, seconds: float) -> bool:
        """Wait until no more than so many positions are under way; False when it takes longer.

        Raises:
            NotSent: one failed.
        """
        deadline = time.monotonic() + seconds
        self.settle()
        while len(self._in_flight) > at_most:
            remaining = deadline - time.monotonic()
            if remaining <= 0:
                return False
            self._await_one(len(self._in_flight) - at_most - 1, remaining)
            self.settle()
        return True

    def flush(self, *, seconds: float) -> bool:
        """Send what lingers and wait for all of it; False when it takes longer.

        Raises:
            NotSent: one failed.
        """
        if self._in_flight:
            try:
                self._producer.flush(timeout=seconds)
            except KafkaTimeoutError:
                self.settle()
                return not self._in_flight
        return self.wait(at_most=0, seconds=seconds)

    def partitions(self, topic: str) -> list[int]:
        """Return the partitions of a topic, in order.

        Raises:
            NotSent: the topic cannot be reached.
        """
        try:
            found = self._producer.partitions_for(self._prefix + topic)
        except KafkaError as failure:
            raise NotSent(str(failure)) from failure
        return sorted(found or ())

    @property
    def under_way(self) -> int:
        """How many positions are sent and not yet acknowledged."""
        return len(self._in_flight)

    def discard(self) -> None:
        """Drop what is under way and stop; `acknowledged` stays what it is."""
        sender = self._producer._sender  # noqa: SLF001 - close() would first wait for what is to be discarded
        sender.force_close()
        sender.join(_LAST_WORD)
        with suppress(KafkaError):
            self._producer.close(timeout=0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.discard()

    def _send(self, message: Message) -> FutureRecordMetadata:
        try:
            future = self._producer.send(
                self._prefix + message.topic,
                value=message.value,
                key=message.key,
                headers=message.headers,
                partition=message.partition,
            )
        except KafkaError as failure:
            tracing.end(message.span, failure)
            raise _told(failure) from failure
        future.add_errback(self._fail)
        if message.span.is_recording():
            future.add_both(_end_span, message.span)
        return future

    def _fail(self, failure: Exception) -> None:
        """Called in the producer's thread."""
        if self._failure is None:
            self._failure = failure
            self._producer._sender.force_close()  # noqa: SLF001 - see the class: nothing may follow

    def _await_one(self, index: int, seconds: float) -> None:
        try:
            self._in_flight[index][1][-1].get(timeout=seconds)
        except KafkaError:
            return  # a failure is told by settle, a delay by the caller's deadline


def _end_span(span: Span, arrived: RecordMetadata | Exception) -> None:
    """Called in the producer's thread."""
    if isinstance(arrived, Exception):
        tracing.end(span, arrived)
    else:
        traces.arrived(span, arrived.partition, arrived.offset)


def _told(failure: Exception) -> NotSent:
    refused = isinstance(failure, BrokerResponseError) and not failure.retriable
    told = (Refused if refused else NotSent)(str(failure))
    told.__cause__ = failure
    return told
