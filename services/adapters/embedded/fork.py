"""Python children forked from one process that has imported their libraries already.

Eight processes that each import a web framework, an ORM and a Kafka client take 25 s of processor time to start and
most of a GiB; forked from a fork server (`multiprocessing`'s, of the standard library) they take 3 s once and share
their memory. Each is `python -m MODULE` all the same, in its own group, with its own environment and log.
"""

import ctypes
import os
import runpy
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import forkserver, get_context
from multiprocessing.connection import wait
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from threading import Lock
from types import ModuleType

from services.adapters.embedded.child import Child, open_log
from services.adapters.embedded.failure import EmbeddedFailure
from services.adapters.embedded.launch import PR_SET_PDEATHSIG

STANDARD_ERROR = 2
PR_SET_NAME = 15  # <linux/prctl.h>: what `ps` and `top` show

_context = get_context("forkserver")
_one_at_a_time = Lock()


class Forked(Child):
    """A child that was forked with its libraries."""

    def __init__(self, name: str, process: ForkServerProcess, log: Path) -> None:
        super().__init__(name, process.pid or 0, log)
        self._process = process
        self._lock = Lock()  # multiprocessing reads the exit code once; the status page asks from other threads

    @property
    def exit_code(self) -> int | None:
        """None while it runs; the exit code, or the negative number of the signal that ended it."""
        with self._lock:
            return self._process.exitcode

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until it has ended; False when it still runs after `seconds`."""
        return bool(wait([self._process.sentinel], seconds)) and not self.alive


def preload(modules: Sequence[str]) -> None:
    """Start the fork server now, with these modules; it goes on importing while we do something else."""
    _context.set_forkserver_preload(list(modules))
    with _without_main():
        forkserver.ensure_running()


def fork(name: str, module: str, arguments: Sequence[str], *, env: Mapping[str, str], log: Path) -> Child:
    """Start `python -m module argument…` as a fork of the fork server.

    Args:
        name: what messages and `ps` call it.
        module: what is run, as `__main__`.
        arguments: `sys.argv` behind the module.
        env: its whole environment.
        log: where its output goes, appended.

    Raises:
        EmbeddedFailure: `process-not-forked`.
    """
    what = (os.getpid(), name, module, tuple(arguments), dict(env), log)
    process = _context.Process(target=_become, args=what, daemon=True)
    try:
        with _without_main():
            process.start()
    except (OSError, EOFError) as error:  # the fork server was killed just now; the next start makes another
        raise EmbeddedFailure("process-not-forked", process=name, reason=repr(error)) from error
    return Forked(name, process, log)


@contextmanager
def _without_main() -> Iterator[None]:
    """Hide our own program, which every child would import first."""
    with _one_at_a_time:
        main = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main


def _become(
    supervisor: int, name: str, module: str, arguments: tuple[str, ...], env: dict[str, str], log: Path
) -> None:
    os.setpgid(0, 0)
    _close_inherited()
    _die_with_parent(supervisor, name)
    with open_log(log) as out:
        os.dup2(out.fileno(), 1)
        os.dup2(out.fileno(), 2)
    os.environ.clear()
    os.environ.update(env)
    sys.argv[:] = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def _close_inherited() -> None:
    """Close all but the standard streams.

    Among them is the pipe by which the fork server knows that the supervisor lives: a copy of it here would keep the
    fork server, and with it every child, alive after the supervisor's death.
    """
    for descriptor in [int(path.name) for path in Path("/dev/fd").iterdir()]:
        if descriptor > STANDARD_ERROR:
            with suppress(OSError):  # the listing's own
                os.close(descriptor)


def _die_with_parent(supervisor: int, name: str) -> None:
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
        libc.prctl(PR_SET_NAME, f"kc-{name}".encode()[:15], 0, 0, 0)
    try:
        os.kill(supervisor, 0)  # it may have died before the line above
    except ProcessLookupError:
        os._exit(1)
