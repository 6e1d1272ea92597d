"""Rebuilds a lost topic from the store: the same events under the same keys in the same order."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from schemas.topics import OPEN, RESTRICTED
from services.adapters.kafka import publication
from services.adapters.kafka.openness import Openness
from services.adapters.kafka.outbox import Outbox
from services.adapters.kafka.sender import NotSent, Sender

if TYPE_CHECKING:
    from collections.abc import Callable

    from services.adapters.kafka.brokers import Brokers

PAGE = 1_000
PATIENCE = 60.0
"""Seconds that the relay may take to leave its place, and the broker to acknowledge the rest."""

REPLAYABLE = {
    **{topic: context for context, topics in RESTRICTED.items() for topic in topics},
    **{topic: context for context, topic in OPEN.items()},
}
"""Topics that can be rebuilt, with the context whose store they come from. Checkpoints cannot: they are proof against
the store, and a store that could write them anew would prove nothing."""


class RelayInPlace(Exception):
    """The context's relay did not leave its place; nothing was sent."""


def replay(dsn: str, *, brokers: Brokers, prefix: str, topic: str, progress: Callable[[int, int], None]) -> int:
    """Publish every event of a topic that its relay had already published; return how many.

    The relay stands aside meanwhile, so that nothing new comes between. What the suite's workers
    have taken already they recognise as duplicates.

    Args:
        dsn: address of the login of the topic's context.
        brokers: where they are.
        prefix: stands before the topic.
        topic: one of `REPLAYABLE`.
        progress: told the position reached and the last position.

    Raises:
        RelayInPlace: the relay did not stand aside.
        NotSent: the broker did not take everything; start again.
    """
    with Outbox(dsn, REPLAYABLE[topic]) as outbox:
        outbox.ask_aside()
        take_place(outbox)
        last = outbox.state().position
        openness = Openness(outbox)
        read = sent = 0
        with Sender(brokers, prefix, position=0) as sender:
            while page := outbox.page(read, PAGE, up_to=last):
                openness.learn(page)
                for stored in page:
                    of_event = publication.messages(stored, is_open=openness.of(stored.stream))
                    asked_for = [message for message in of_event if message.topic == topic]
                    if asked_for:
                        sender.send(stored.position, asked_for)
                        sent += 1
                read = page[-1].position
                if not sender.wait(at_most=4 * PAGE, seconds=PATIENCE):
                    raise NotSent(topic)
                progress(read, last)
            if not sender.flush(seconds=PATIENCE):
                raise NotSent(topic)
        return sent


def take_place(outbox: Outbox) -> None:
    """Become the context's only relay once the one in place has stood aside.

    Raises:
        RelayInPlace: it did not.
    """
    deadline = time.monotonic() + PATIENCE
    while not outbox.try_lock():
        if time.monotonic() > deadline:
            raise RelayInPlace(outbox.context)
        time.sleep(0.1)
