"""One of the suite's own processes as a supervised part."""

import os
import signal
from collections.abc import Mapping
from pathlib import Path

import structlog

from services.adapters.embedded.child import Child
from services.adapters.embedded.fork import fork
from services.entrypoints.processes import Process
from services.entrypoints.status import is_ready

log = structlog.get_logger(__name__)

STOP_SECONDS = 15.0


class RunningProcess:
    """A process with its settings; ready when its probe says so.

    Args:
        process: what is run.
        settings: its `KYCUONG_…` variables without the prefix.
        log: where its output goes.
        probe_port: kept over restarts.
    """

    def __init__(self, process: Process, *, settings: Mapping[str, str], log: Path, probe_port: int) -> None:
        own = {**settings, "process": process.name, "probe_port": str(probe_port)}
        self.process = process
        self.name = process.name
        self.environment = environment(own)
        self.log = log
        self.probe_port = probe_port
        self.child: Child | None = None

    def launch(self) -> None:
        """Start it."""
        self.child = _start(self.process, self.environment, self.log)

    def ready(self) -> bool:
        """Whether its probe answers that every part of it is well."""
        return self.child is not None and self.child.alive and is_ready(self.probe_port)

    def stop(self) -> None:
        """SIGTERM: it finishes what it took; SIGKILL after the deadline."""
        if self.child is not None and not self.child.stop(number=signal.SIGTERM, deadline=STOP_SECONDS):
            log.warning("part_had_to_be_killed", part=self.name, after_seconds=STOP_SECONDS)


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """The environment of a process of the suite: what we inherited, less its settings, plus these."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("KYCUONG_")}
    return inherited | {f"KYCUONG_{name.upper()}": value for name, value in settings.items()}


def start_once(process: Process, *, settings: Mapping[str, str], log: Path) -> Child:
    """Start a process that ends by itself."""
    return _start(process, environment({**settings, "process": process.name}), log)


def _start(process: Process, env: Mapping[str, str], log: Path) -> Child:
    return fork(process.name, process.module, process.arguments, env=env, log=log)
