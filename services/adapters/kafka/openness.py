"""Whether a stream has open copies, where only its first event says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.open_copies import OPENING_EVENTS, stream_is_open

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas.cloudevents import Stored
    from services.adapters.kafka.outbox import Outbox

KNOWN_STREAMS = 100_000


class Openness:
    """Looks up the first events of streams, each once."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox
        self._known: dict[str, bool] = {}

    def learn(self, page: Sequence[Stored]) -> None:
        """Look up what is not known yet of the streams of these events."""
        if len(self._known) > KNOWN_STREAMS:
            self._known.clear()
        asked = {stored.stream for stored in page if stored.type in OPENING_EVENTS} - self._known.keys()
        if asked:
            for stream, opening in self._outbox.openings(sorted(asked)).items():
                self._known[stream] = stream_is_open(opening)

    def of(self, stream: str) -> bool:
        """Return whether a stream of learned events has open copies."""
        return self._known.get(stream, True)
