"""Keeps parts running: what dies is said and started again, later each time; what is stopped stays stopped."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import psutil
import structlog
from prometheus_client import REGISTRY, CollectorRegistry, Counter

from services.adapters.embedded.child import Child
from services.adapters.embedded.failure import EmbeddedFailure

log = structlog.get_logger(__name__)

FIRST_DELAY = 0.5
LONGEST_DELAY = 30.0
FORGIVEN_AFTER = 60.0
"""Seconds; a part that ran so long starts with the first delay again."""
CLOCK_STEP = 5.0
"""Seconds by which the written moment of a birth may differ: it is reckoned from the boot, and clocks are corrected."""


class Part(Protocol):
    """Something that runs in a process of its own."""

    @property
    def name(self) -> str:
        """What people and metrics call it."""

    child: Child | None

    def launch(self) -> None:
        """Start the process and do not wait until it is ready."""

    def ready(self) -> bool:
        """Whether it does its work now."""

    def stop(self) -> None:
        """End it in order; kill it when it takes too long."""


def delay(failures: int) -> float:
    """Seconds to wait before the next start, after so many failures in a row."""
    return min(FIRST_DELAY * 2.0 ** min(failures - 1, 10), LONGEST_DELAY)


@dataclass
class _Watched:
    part: Part
    failures: int = 0
    started: float = 0.0
    due: float | None = None
    """When it is started again; None while it runs."""


@dataclass
class Supervisor:
    """Watches parts. Everything is called from one thread; `parts` may be read from others.

    Args:
        run_folder: holds a file `<part>.pid` with the pid of each part that runs.
        registry: where the restarts are counted.
    """

    run_folder: Path
    registry: CollectorRegistry = REGISTRY
    _watched: list[_Watched] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._restarts = Counter(
            "kycuong_restarts", "Starts of a part after it died.", ["part"], registry=self.registry
        )
        self.run_folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    @property
    def parts(self) -> tuple[Part, ...]:
        """What is watched, in the order in which it was added."""
        return tuple(watched.part for watched in self._watched)

    def add(self, *parts: Part) -> None:
        """Launch parts, all at once, and watch them from now on.

        Raises:
            EmbeddedFailure: one could not be launched this first time.
        """
        added = [_Watched(part) for part in parts]
        self._watched += added
        with ThreadPoolExecutor(max(1, len(added))) as pool:
            list(pool.map(self._launch, added))

    def tick(self) -> None:
        """Look at every part once: say who died, start again who is due."""
        for watched in self._watched:
            child = watched.part.child
            if watched.due is None and (child is None or not child.alive):
                self._died(watched, child)
            elif watched.due is not None and time.monotonic() >= watched.due:
                self._restart(watched)

    def stop(self, parts: Sequence[Part]) -> None:
        """Stop these parts, all asked at once, and watch them no more."""
        self._watched = [watched for watched in self._watched if watched.part not in parts]
        with ThreadPoolExecutor(max(1, len(parts))) as pool:
            list(pool.map(lambda part: part.stop(), parts))
        for part in parts:
            if part.child is not None:
                pid_file(self.run_folder, part).unlink(missing_ok=True)
                log.info("part_stopped", part=part.name)

    def _died(self, watched: _Watched, child: Child | None) -> None:
        if time.monotonic() - watched.started > FORGIVEN_AFTER:
            watched.failures = 0
        watched.failures += 1
        wait = delay(watched.failures)
        watched.due = time.monotonic() + wait
        code = child.exit_code if child else None
        where = str(child.log) if child and child.log else None
        log.error("part_died", part=watched.part.name, exit_code=code, restart_in_seconds=wait, log=where)

    def _restart(self, watched: _Watched) -> None:
        self._restarts.labels(part=watched.part.name).inc()
        try:
            self._launch(watched)
        except (EmbeddedFailure, OSError) as failure:  # OSError: a full disk, no more processes
            log.warning("part_not_launched", part=watched.part.name, reason=str(failure))
            self._died(watched, None)
        else:
            log.info("part_restarted", part=watched.part.name, attempt=watched.failures)

    def _launch(self, watched: _Watched) -> None:
        watched.part.launch()
        watched.started = time.monotonic()
        watched.due = None
        child = watched.part.child
        if child is not None:
            with suppress(psutil.NoSuchProcess):
                _write_pid(pid_file(self.run_folder, watched.part), child.pid)


def pid_file(run_folder: Path, part: Part) -> Path:
    """Where a part's pid and the moment of its birth are written down."""
    return run_folder / f"{part.name}.pid"


def _write_pid(path: Path, pid: int) -> None:
    unfinished = path.with_suffix(".new")
    unfinished.write_text(f"{pid} {psutil.Process(pid).create_time()}\n")
    unfinished.replace(path)


def end_leftovers(run_folder: Path) -> list[str]:
    """Kill what an earlier run left behind, and return its names.

    On Linux nothing is left, the kernel sees to it; elsewhere a killed supervisor's parts go on. A pid alone proves
    nothing, it may have been given to somebody else: the moment of birth must be the same.
    """
    ended: list[str] = []
    for path in run_folder.glob("*.pid"):
        with suppress(psutil.NoSuchProcess, ValueError):  # ValueError: half written by a crash
            pid, born = path.read_text().split()
            process = psutil.Process(int(pid))
            if abs(process.create_time() - float(born)) < CLOCK_STEP:
                process.kill()
                process.wait(10)
                ended.append(path.stem)
        path.unlink()
    return ended
