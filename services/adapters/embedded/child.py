"""A child process: in a group of its own, gone with its parent, its output in a file."""

import os
import shutil
import signal
import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from services.adapters.embedded.failure import EmbeddedFailure

LAUNCHER = Path(__file__).with_name("launch.py")
LOG_BYTES = 16 * 1024 * 1024
"""A log longer than this is set aside as `.1`."""

# Linux ties a child to the *thread* that started it, so all children are started by one thread that lives as long as
# the process; a thread of a pool that is shut down with its event loop would take the database with it.
_spawner = ThreadPoolExecutor(max_workers=1, thread_name_prefix="spawner")


class Child(ABC):
    """A started process. `stop` asks first and kills after the deadline; `kill` is what a crash does."""

    def __init__(self, name: str, pid: int, log: Path | None) -> None:
        self.name = name
        self.pid = pid
        """The process id, which is its group's id as well."""
        self.log = log

    @property
    @abstractmethod
    def exit_code(self) -> int | None:
        """None while it runs; the exit code, or the negative number of the signal that ended it."""

    @abstractmethod
    def wait(self, seconds: float | None = None) -> bool:
        """Wait until it has ended; False when it still runs after `seconds`."""

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self.exit_code is None

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the process alone, for programs that stop their own children."""
        if self.alive:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        """SIGKILL the whole group and wait until the process is gone."""
        if self.alive:
            for kill in (os.killpg, os.kill):  # the group may not be made yet, or already be gone
                with suppress(ProcessLookupError):
                    kill(self.pid, signal.SIGKILL)
        self.wait()

    def stop(self, *, number: signal.Signals = signal.SIGTERM, deadline: float) -> bool:
        """Ask the process to end; False when it had to be killed after `deadline` seconds."""
        self.send(number)
        if self.wait(deadline):
            return True
        self.kill()
        return False

    def rotate(self) -> None:
        """Set a log that grew too long aside; the process goes on writing to the emptied file."""
        if self.log is not None and self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            shutil.copyfile(self.log, self.log.with_name(self.log.name + ".1"))
            os.truncate(self.log, 0)  # it was opened to append, so the next line lands at the start

    def tail(self, lines: int = 20) -> str:
        """The last lines of the output, for a message about why it ended."""
        if self.log is None or not self.log.exists():
            return ""
        with self.log.open("rb") as file:
            file.seek(max(0, self.log.stat().st_size - 16_384))
            return "\n".join(file.read().decode(errors="replace").splitlines()[-lines:])


class Spawned(Child):
    """A child that runs a program of its own."""

    def __init__(self, name: str, process: subprocess.Popen[bytes], log: Path | None) -> None:
        super().__init__(name, process.pid, log)
        self._process = process

    @property
    def exit_code(self) -> int | None:
        """None while it runs; the exit code, or the negative number of the signal that ended it."""
        return self._process.poll()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until it has ended; False when it still runs after `seconds`."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)
        return not self.alive


def spawn(
    name: str,
    command: Sequence[str | Path],
    *,
    log: Path | None = None,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    owner: tuple[int, int] = (0, 0),
    death_signal: signal.Signals = signal.SIGKILL,
) -> Child:
    """Start `command` (an absolute path first) in its own process group.

    Args:
        name: what messages call it.
        command: program and arguments.
        log: where its output goes, appended; None leaves it on this process's own.
        env: its whole environment; None inherits.
        cwd: its working folder.
        owner: user and group id that it becomes when this process is root; (0, 0) stays as it is.
        death_signal: what the kernel (Linux) sends it when this process is gone.

    Raises:
        EmbeddedFailure: `program-missing` when the program is not there.
    """
    program = Path(command[0])
    if not program.is_absolute() or not program.exists():
        raise EmbeddedFailure("program-missing", child=name, program=str(program))
    identity = [str(number) for number in (os.getpid(), int(death_signal), *owner)]
    launcher = [sys.executable, "-I", "-S", str(LAUNCHER), *identity, *map(str, command)]
    out = open_log(log) if log else None
    try:
        process = _spawner.submit(_popen, launcher, out, env, cwd).result()
    finally:
        if out:
            out.close()
    return Spawned(name, process, log)


def open_log(path: Path) -> BinaryIO:
    """A log to append to."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path.open("ab")


def _popen(
    command: Sequence[str], out: BinaryIO | None, env: Mapping[str, str] | None, cwd: Path | None
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=subprocess.STDOUT if out else None,
        env=env,
        cwd=cwd,
        process_group=0,
    )
