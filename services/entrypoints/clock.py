"""The clock: fires what is due. `python -m services.entrypoints.clock`; any number may run."""

import asyncio
import contextlib

import structlog
import uvloop

from services.adapters.notifier.clockwork import CHANNELS, Clockwork
from services.adapters.notifier.firing import Firing
from services.adapters.notifier.wake import Wake
from services.adapters.postgres.pool import connect, patiently
from services.adapters.postgres.store import PostgresStore
from services.entrypoints import logging, tracing
from services.entrypoints.garbage import freeze
from services.entrypoints.probe import Probe
from services.entrypoints.serving import START_SECONDS
from services.entrypoints.settings import Context, Settings
from services.entrypoints.stopping import asked_to_stop

log = structlog.get_logger(__name__)

CONTEXT: Context = "notifier"


def main() -> None:
    """Fire what is due until asked to stop."""
    settings = Settings()
    logging.configure(settings)
    with tracing.sent(settings), asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(run(settings))


async def run(settings: Settings) -> None:
    """Open what the clock stands on, and run it until SIGTERM or SIGINT."""
    dsn = settings.dsn(CONTEXT)
    wake = Wake(dsn, CHANNELS)
    stop = asked_to_stop(wake.tell)
    async with contextlib.AsyncExitStack() as stack:
        pool = await patiently(lambda: connect(dsn, CONTEXT, size=2), patience=START_SECONDS)
        store = PostgresStore(pool, CONTEXT)
        stack.push_async_callback(store.close)
        firing = Firing(pool, store, partitions=settings.partitions)
        clock = Clockwork(pool, firing, wake, partitions=settings.partitions)
        probe = Probe(lambda: {"database": clock.well}, host=settings.probe_host, port=settings.probe_port)
        stack.enter_context(probe)
        freeze()
        log.info("clock_starts")
        await clock.run(stop)
    log.info("clock_stopped")


if __name__ == "__main__":
    main()
