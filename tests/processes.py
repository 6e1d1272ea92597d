"""Processes of the suite on a test's own database, each with its settings and its probe."""

import asyncio
import os
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from signal import SIGTERM

import httpx

from services.adapters.embedded.child import Child
from services.adapters.embedded.ports import free_port
from services.entrypoints import secret_files
from services.entrypoints.settings import CONTEXTS
from tests import forked
from tests.parts import Database


async def answers(address: str) -> bool:
    """Whether a process says that it is ready."""
    try:
        async with httpx.AsyncClient() as client:
            return (await client.get(f"{address}/health/ready")).status_code == 200
    except httpx.TransportError:
        return False


@dataclass
class Running:
    """A process, and how to start it again."""

    module: str
    arguments: tuple[str, ...]
    environment: dict[str, str]
    log: Path
    process: Child = field(init=False)

    @property
    def setting(self) -> dict[str, str]:
        """Its settings, by name."""
        return {name.removeprefix("KYCUONG_").lower(): value for name, value in self.environment.items()}

    async def again(self) -> None:
        """Start it anew, with the same settings, and wait until it is ready."""
        self.start()
        await self.ready()

    def start(self) -> None:
        """Start it."""
        self.process = forked.start(self.module, *self.arguments, env=self.environment, log=self.log)

    async def ready(self) -> None:
        """Wait until it is ready."""
        while not await answers(f"http://127.0.0.1:{self.environment['KYCUONG_PROBE_PORT']}"):
            assert self.process.alive, f"the process ended before it was ready: {self.process.tail()}"
            await asyncio.sleep(0.1)

    async def stopped(self) -> int | None:
        """SIGTERM; its exit code."""
        self.process.send(SIGTERM)
        await asyncio.to_thread(self.process.wait)
        return self.process.exit_code


@dataclass
class Household:
    """What the processes of one test share: a database, secrets, ports."""

    database: Database
    secrets: Path
    settings: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        secret_files.ensure(self.secrets)
        for context in CONTEXTS:
            (self.secrets / f"database-{context}").write_text(self.database.passwords[context])
        registry, server = free_port(), self.database.server
        self.settings = {
            "environment": "development",
            "secrets": str(self.secrets),
            "database": f"postgresql:///{self.database.name}?host={server.socket_folder}&port={server.port}",
            "registry_port": str(registry),
            "registry": f"http://127.0.0.1:{registry}",
            **self.settings,
        }

    def secret(self, name: str) -> str:
        """A secret by its file's name."""
        return (self.secrets / name).read_text().strip()

    def environment(self, **more: str) -> dict[str, str]:
        """The environment of a process."""
        own = {f"KYCUONG_{name.upper()}": value for name, value in {**self.settings, **more}.items()}
        return {**os.environ, "KYCUONG_LANGUAGE": "en", **own}

    @asynccontextmanager
    async def running(self, module: str, *arguments: str, **more: str) -> AsyncIterator[Running]:
        """A process that is ready; killed at the end, whatever became of it."""
        environment = self.environment(probe_port=str(free_port()), **more)
        running = Running(module, arguments, environment, self._log(module))
        running.start()
        try:
            await running.ready()
            yield running
        finally:
            running.process.kill()

    async def kycuong(self, *arguments: str) -> tuple[int, str]:
        """Run a command of the command line; its exit code and what it said."""
        log = self._log("said")
        process = forked.start("services.entrypoints.cli", *arguments, env=self.environment(), log=log)
        await asyncio.to_thread(process.wait)
        return process.exit_code or 0, log.read_text()

    def _log(self, name: str) -> Path:
        """A new file for what a process says."""
        return self.secrets / f"{name}-{secrets.token_hex(4)}.log"
