"""`kycuong up`: holds the data folder, runs the suite until it is interrupted, and takes it down in order."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

import structlog

from services.adapters.embedded.folder import locked, prepare
from services.entrypoints.suite import OnReady, Plan, Suite
from services.entrypoints.supervisor import end_leftovers

log = structlog.get_logger(__name__)

ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def run(plan: Plan, on_ready: OnReady) -> None:
    """Run a plan until it is interrupted; `on_ready` is called once, when every part is ready.

    Raises:
        EmbeddedFailure: it could not be started; everything that was started has been stopped.
    """
    prepare(plan.data)
    with locked(plan.data):
        for name in end_leftovers(plan.data / "run"):
            log.warning("leftover_ended", part=name)
        suite = Suite(plan)
        with interruptible(hurry=suite.kill):
            try:
                with suppress(KeyboardInterrupt):
                    suite.start()
                    suite.watch(on_ready)
            finally:
                log.info("suite_stopping")
                suite.stop()
        log.info("suite_stopped")


@contextmanager
def interruptible(hurry: Callable[[], None]) -> Iterator[None]:
    """Turn the first of ENDINGS into KeyboardInterrupt; each later one calls `hurry`."""
    asked = False

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        nonlocal asked
        if asked:
            hurry()
        else:
            asked = True
            raise KeyboardInterrupt

    before = {number: signal.signal(number, on_signal) for number in ENDINGS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
