"""The whole suite on one machine: database, broker, processes, and the page that speaks for all of them."""

import json
import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import psutil
import psycopg
import structlog
from prometheus_client import CollectorRegistry

from services.adapters.embedded.child import Child
from services.adapters.embedded.failure import EmbeddedFailure
from services.adapters.embedded.fork import preload
from services.adapters.embedded.kafka import Kafka
from services.adapters.embedded.ports import LOOPBACK, free_port, refuse_taken
from services.adapters.embedded.postgres import Postgres
from services.entrypoints import secret_files
from services.entrypoints.probe import Probe
from services.entrypoints.processes import MIGRATE, PRELOAD, PROCESSES, SAMPLE, TOPICS, Process
from services.entrypoints.running_process import RunningProcess, start_once
from services.entrypoints.running_suite import describe, forget
from services.entrypoints.status import Merged
from services.entrypoints.supervisor import Supervisor

log = structlog.get_logger(__name__)

DATABASE = "kycuong"
TICK = 0.2
ROTATE_SECONDS = 60.0
PREPARE_SECONDS = 600.0
"""A newer version may have much to migrate."""


@dataclass(frozen=True)
class Plan:
    """What to start, and where."""

    data: Path
    port: int
    """Of the API; 0 chooses one."""
    demo_clock: bool = False
    ready_file: Path | None = None
    """Written when everything is ready: JSON with the address, the supervisor's pid and every process's settings."""
    settings: dict[str, str] = field(default_factory=dict)
    """More settings for every process, without the prefix."""
    processes: Sequence[Process] = PROCESSES
    preload: Sequence[str] = PRELOAD
    """Modules that the fork server imports while database and broker start."""
    with_database: Sequence[Process] = (MIGRATE,)
    """Run once, in order, when the database is there."""
    with_broker: Sequence[Process] = (TOPICS,)
    """Run once, in order, when the broker is there too."""
    errands: Sequence[Process] = ()
    """Run once, in order, each when the process is ready that it comes after; ready is said when they are done."""


OnReady = Callable[["Suite", float], None]
"""Told the suite, and the seconds since this process began."""


class Suite:
    """A plan that runs. One thread starts, watches and stops; the status page is answered from others."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.data = plan.data.resolve()
        self.port = plan.port or free_port()
        secret_files.ensure(self.data / "secrets")
        admin = (self.data / "secrets" / "database-admin").read_text(encoding="utf-8").strip()
        self.database = Postgres(self.data / "database", password=admin)
        self.broker = Kafka(self.data / "broker")
        self._processes: list[RunningProcess] = []
        self._errands = list(plan.errands)
        self._errand: Child | None = None
        metrics = CollectorRegistry()
        self.supervisor = Supervisor(self.data / "run", registry=metrics)
        metrics.register(Merged(self._probes))
        self.status = Probe(self.ready, host=LOOPBACK, port=0, registry=metrics)

    @property
    def url(self) -> str:
        """Where the API is."""
        return f"http://{LOOPBACK}:{self.port}"

    @cached_property
    def settings(self) -> dict[str, str]:
        """What every process is told, without the prefix."""
        registry_port = free_port()
        return {
            "environment": "development",
            "local_accounts": str(SAMPLE in self.plan.errands).lower(),
            "secrets": str(self.data / "secrets"),
            "database": f"postgresql:///{DATABASE}?host={self.database.socket_folder}&port={self.database.port}",
            "kafka": self.broker.bootstrap,
            "port": str(self.port),
            "registry_port": str(registry_port),
            "registry": f"http://{LOOPBACK}:{registry_port}",
            "issuer": f"{self.url}/identity",
            "supervisor": f"http://{LOOPBACK}:{self.status.port}",
            "demo_clock": str(self.plan.demo_clock).lower(),
            **self.plan.settings,
        }

    def start(self) -> None:
        """Start every part as soon as what it needs is there.

        Raises:
            EmbeddedFailure: a part could not be started; what was started before still runs.
        """
        refuse_taken(self.port, "api")
        describe(self.data, self.settings)
        preload(self.plan.preload)
        self.status.start()
        self.supervisor.add(self.database, self.broker)
        self.database.wait_ready()
        self._create_database()
        self._run_once(self.plan.with_database)
        self._add(process for process in self.plan.processes if not process.needs_broker)
        self.broker.wait_ready()
        self._run_once(self.plan.with_broker)
        self._add(process for process in self.plan.processes if process.needs_broker)

    def watch(self, on_ready: OnReady) -> None:
        """Keep every part running, for ever; say once when all are ready."""
        announced = False
        rotated = time.monotonic()
        while True:
            self.supervisor.tick()
            if not announced:
                ready = self.ready()
                announced = self._errands_done(ready) and all(ready.values())
                if announced:
                    self._announce(on_ready)
            if time.monotonic() - rotated > ROTATE_SECONDS:
                self._rotate_logs()
                rotated = time.monotonic()
            time.sleep(TICK)

    def ready(self) -> dict[str, bool]:
        """Every part of the plan, and whether it is ready."""
        names = [self.database.name, self.broker.name, *(process.name for process in self.plan.processes)]
        parts = self.supervisor.parts
        with ThreadPoolExecutor(max(1, len(parts))) as pool:
            states = pool.map(lambda part: part.ready(), parts)
            return dict.fromkeys(names, False) | {part.name: state for part, state in zip(parts, states, strict=True)}

    def stop(self) -> None:
        """Stop in order: the processes finish what they took, then the broker, then the database."""
        if self._errand is not None:
            self._errand.kill()  # it goes on at the next start
        self.supervisor.stop(self._processes)
        self.supervisor.stop([self.broker])
        self.supervisor.stop([self.database])
        self.status.stop()
        forget(self.data)

    def kill(self) -> None:
        """End the processes at once, for somebody who does not want to wait; the servers still close their files."""
        log.warning("suite_hurried")
        for part in self._processes:
            if part.child is not None:
                part.child.kill()

    def _create_database(self) -> None:
        with psycopg.connect(self.database.admin_dsn, autocommit=True) as connection:
            there = connection.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone()
            if there is None:
                connection.execute(f"create database {DATABASE}".encode())

    def _run_once(self, processes: Sequence[Process]) -> None:
        for process in processes:
            child = start_once(process, settings=self.settings, log=self._log(process.name))
            deadline = time.monotonic() + PREPARE_SECONDS
            try:
                while not child.wait(TICK) and time.monotonic() < deadline:
                    self.supervisor.tick()  # it may need a part that dies just now
            finally:
                child.kill()
            _see_succeeded(process, child)

    def _errands_done(self, ready: Mapping[str, bool]) -> bool:
        """Go on with the errands, and tell whether none is left."""
        if self._errand is None and self._errands:
            errand = self._errands[0]
            if errand.after is None or ready[errand.after]:
                self._errand = start_once(errand, settings=self.settings, log=self._log(errand.name))
        elif self._errand is not None and not self._errand.alive:
            _see_succeeded(self._errands.pop(0), self._errand)
            self._errand = None
        return not self._errands

    def _add(self, processes: Iterable[Process]) -> None:
        parts = [
            RunningProcess(process, settings=self.settings, log=self._log(process.name), probe_port=free_port())
            for process in processes
        ]
        self._processes += parts
        self.supervisor.add(*parts)

    def _announce(self, on_ready: OnReady) -> None:
        seconds = time.time() - psutil.Process().create_time()
        log.info("suite_ready", url=self.url, seconds=round(seconds, 1))
        if self.plan.ready_file:
            facts = {"url": self.url, "pid": os.getpid(), "settings": self.settings}
            unfinished = self.plan.ready_file.with_name(self.plan.ready_file.name + ".new")
            unfinished.write_text(json.dumps(facts, indent=1))
            unfinished.replace(self.plan.ready_file)
        on_ready(self, seconds)

    def _rotate_logs(self) -> None:
        for part in self.supervisor.parts:
            if part.child is not None:
                part.child.rotate()

    def _log(self, name: str) -> Path:
        return self.data / "logs" / f"{name}.log"

    def _probes(self) -> dict[str, int]:
        return {part.name: part.probe_port for part in tuple(self._processes)}


def _see_succeeded(process: Process, child: Child) -> None:
    if child.exit_code != 0:
        raise EmbeddedFailure("process-failed", process=process.name, log=str(child.log), reason=child.tail())
