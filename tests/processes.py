"""Processes of the suite on a test's own database, each with its settings and its probe."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from services.adapters.embedded.ports import free_port
from services.entrypoints import secret_files
from services.entrypoints.settings import CONTEXTS
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

    command: list[str]
    environment: dict[str, str]
    process: asyncio.subprocess.Process

    @property
    def setting(self) -> dict[str, str]:
        """Its settings, by name."""
        return {name.removeprefix("KYCUONG_").lower(): value for name, value in self.environment.items()}

    async def again(self) -> None:
        """Start it anew, with the same settings."""
        self.process = await _start(self.command, self.environment)


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
        command = [sys.executable, "-m", module, *arguments]
        environment = self.environment(probe_port=str(free_port()), **more)
        running = Running(command, environment, await _start(command, environment))
        try:
            yield running
        finally:
            if running.process.returncode is None:
                running.process.kill()
                await running.process.wait()

    async def kycuong(self, *arguments: str) -> tuple[int, str]:
        """Run a command of the command line; its exit code and what it said."""
        command = [sys.executable, "-m", "services.entrypoints.cli", *arguments]
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(*command, env=self.environment(), stdout=pipe, stderr=pipe)
        out, err = await process.communicate()
        return process.returncode or 0, (out + err).decode()


async def _start(command: list[str], environment: dict[str, str]) -> asyncio.subprocess.Process:
    process = await asyncio.create_subprocess_exec(*command, env=environment)
    while not await answers(f"http://127.0.0.1:{environment['KYCUONG_PROBE_PORT']}"):
        assert process.returncode is None, "the process ended before it was ready"
        await asyncio.sleep(0.1)
    return process
