"""The relays of all contexts in one process: what the stores hold, published on Kafka."""

import signal
import sys
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from threading import Event

import structlog

from schemas.topics import RESTRICTED
from services.adapters.kafka.relay import Relay, RelaySettings
from services.entrypoints import logging, tracing
from services.entrypoints.garbage import freeze
from services.entrypoints.probe import Probe
from services.entrypoints.settings import Context, Settings

log = structlog.get_logger(__name__)

SWITCH_SECONDS = 0.0005
"""For which a thread may keep the interpreter while another waits for it. The producer's thread gives it up with every
call to the socket, the compressor and the checksum; at Python's 5 ms the relay's thread made it wait each time."""


def main() -> int:
    """Publish until asked to stop; 1 when a relay met something that it cannot go on from."""
    settings = Settings()
    logging.configure(settings)
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    shared = RelaySettings(
        brokers=settings.brokers,
        prefix=settings.topic_prefix,
        watermark_interval=settings.watermark_interval,
        checkpoint_interval=settings.checkpoint_interval,
    )
    contexts: tuple[Context, ...] = ("inspection", "discipline", "notifier")
    assert set(contexts) == set(RESTRICTED)  # noqa: S101 - a context without relay would be silent for ever
    relays = [Relay(context, settings.dsn(context), shared, stop) for context in contexts]

    def ready() -> dict[str, bool]:
        return {relay.context: relay.well for relay in relays}

    with (
        tracing.sent(settings),
        Probe(ready, host=settings.probe_host, port=settings.probe_port),
        ThreadPoolExecutor(len(relays), thread_name_prefix="relay") as threads,
    ):
        freeze()
        sys.setswitchinterval(SWITCH_SECONDS)
        running = [threads.submit(relay.run) for relay in relays]
        wait(running, return_when=FIRST_COMPLETED)
        stop.set()
        failures = [failure for thread in running if (failure := thread.exception()) is not None]
    for failure in failures:
        log.error("relay_failed", exc_info=failure)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
