"""A process that is asked to stop, and finishes what it took."""

import asyncio
import signal
from collections.abc import Callable


def asked_to_stop(wake: Callable[[], None]) -> asyncio.Event:
    """An event that SIGTERM and SIGINT set; `wake` ends the pause in which the process may be just then."""
    stop = asyncio.Event()

    def told() -> None:
        stop.set()
        wake()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told)
    return stop
