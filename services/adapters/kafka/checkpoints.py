"""Checkpoints: the heads that changed, chained to the checkpoint before, told to the world outside the store."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from schemas.base import encode
from schemas.suite import Checkpoint
from services.adapters.kafka import metrics, publication

if TYPE_CHECKING:
    from services.adapters.kafka.outbox import Outbox
    from services.adapters.kafka.sender import Sender

EVENTS = 2_000
"""Events that one checkpoint covers at most, so that it fits a message; more events make more checkpoints."""
PATIENCE = 60.0
"""Seconds; beyond the time after which the sender itself gives up."""


class Checkpoints:
    """Writes a context's checkpoints. Each is stored before it is sent, so a crash sends the same again."""

    def __init__(self, outbox: Outbox, sender: Sender) -> None:
        self._outbox = outbox
        self._sender = sender

    def resend(self) -> None:
        """Send again what was stored and perhaps never arrived.

        Raises:
            NotSent: it did not arrive now either.
        """
        state = self._outbox.state()
        if state.checkpoint_unsent is not None:
            self._send(state.position, state.checkpoint_number, state.checkpoint_unsent)

    def write(self) -> None:
        """Write checkpoints for all that has arrived since the last one.

        Raises:
            NotSent: one did not arrive.
        """
        state = self._outbox.state()
        number, position, previous = state.checkpoint_number, state.checkpoint_position, state.checkpoint_sha256
        while (end := self._outbox.checkpoint_end(position, state.position, EVENTS)) > position:
            number += 1
            checkpoint = Checkpoint(
                context=self._outbox.context,
                number=number,
                previous=previous.hex(),
                position=end,
                heads=tuple(self._outbox.heads(position, end)),
            )
            value = encode(checkpoint)
            position, previous = end, hashlib.sha256(value).digest()
            self._outbox.keep_checkpoint(number, position, previous, value)
            self._send(state.position, number, value)

    def _send(self, position: int, number: int, value: bytes) -> None:
        self._sender.send(position, [publication.checkpoint(self._outbox.context, number, value)])
        if not self._sender.flush(seconds=PATIENCE):
            raise TimeoutError("checkpoint")
        self._outbox.checkpoint_sent()
        metrics.CHECKPOINTS.labels(self._outbox.context).inc()
