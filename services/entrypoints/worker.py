"""The worker of one context: `python -m services.entrypoints.worker CONTEXT`."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Awaitable, Sequence
from importlib import import_module
from typing import cast

import structlog
import uvloop

from services.adapters.kafka.group import WorkerSettings
from services.adapters.kafka.worker import Worker
from services.adapters.postgres.store import PostgresStore
from services.application.reactions import WorkerSpec
from services.entrypoints import logging, tracing
from services.entrypoints.garbage import freeze
from services.entrypoints.probe import Probe
from services.entrypoints.settings import Context, Settings

log = structlog.get_logger(__name__)


def main(arguments: Sequence[str]) -> int:
    """Work for the context that is named until asked to stop."""
    return run(import_module(f"services.entrypoints.workers.{arguments[0]}").SPEC)


def run(spec: WorkerSpec) -> int:
    """Work until asked to stop; 1 when the database, the broker or a defect ended it. The caller ends the process."""
    settings = Settings()
    logging.configure(settings)
    told = WorkerSettings(
        brokers=settings.brokers,
        prefix=settings.topic_prefix,
        instance=f"{settings.process}.{socket.gethostname()}",
    )
    dsn = settings.dsn(cast("Context", spec.context))
    # Not closed: that waits for every task, and with the broker lost Faust waits a minute for a thread that is gone.
    runner = asyncio.Runner(loop_factory=uvloop.new_event_loop)
    with tracing.sent(settings):
        return runner.run(_work(settings, told, spec, dsn))


async def _work(settings: Settings, told: WorkerSettings, spec: WorkerSpec, dsn: str) -> int:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    log.info("worker_starts", context=spec.context, topics=spec.topics)
    try:
        store = await PostgresStore.open(dsn, spec.context, size=3)
        worker = Worker(told, spec, store)

        def ready() -> dict[str, bool]:
            return {"broker": worker.joined, "database": worker.well}

        def under_way() -> dict[str, int]:
            return {"messages_learned": worker.lessons.read} if worker.lessons.under_way else {}

        with Probe(ready, host=settings.probe_host, port=settings.probe_port, under_way=under_way):
            freeze()
            await _together(stop, [worker.run(stop), *(work(store, settings.partitions)(stop) for work in spec.beside)])
    except Exception:
        log.exception("worker_ended", context=spec.context)
        return 1
    log.info("worker_stopped", context=spec.context)
    return 0


async def _together(stop: asyncio.Event, works: Sequence[Awaitable[None]]) -> None:
    """Until asked to stop; what ends one of them ends all. Raises what ended it."""
    tasks = [asyncio.ensure_future(work) for work in works]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    stop.set()
    await asyncio.gather(*tasks)


if __name__ == "__main__":
    code = main(sys.argv[1:])
    sys.stdout.flush()
    os._exit(code)  # Faust's threads may still wait for a broker that is gone; all that matters is committed
