"""A process that is asked to stop finishes what it took, lets its watchers go, and ends well."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from services.adapters.embedded.ports import free_port
from services.application.identity import Role
from tests.api.conftest import TokenFor, key
from tests.parts import Database


@dataclass
class Running:
    process: asyncio.subprocess.Process
    client: httpx.AsyncClient
    probe: str


@pytest.fixture
async def running(
    module_database: Database, private_key: str, token: TokenFor, tmp_path: Path
) -> AsyncIterator[Running]:
    (tmp_path / "signing-key").write_text(private_key)
    port, probe_port = free_port(), free_port()
    environment = {
        **os.environ,
        "KYCUONG_SECRETS": str(tmp_path),
        "KYCUONG_PORT": str(port),
        "KYCUONG_PROBE_PORT": str(probe_port),
    }
    command = [sys.executable, "-m", "tests.api.served", module_database.dsn("inspection")]
    process = await asyncio.create_subprocess_exec(*command, env=environment)
    headers = {"authorization": f"Bearer {token(Role.INSPECTOR)}"}
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=30) as client:
        probe = f"http://127.0.0.1:{probe_port}"
        while not await ready(client, f"{probe}/health/ready"):  # noqa: ASYNC110 -- another process
            await asyncio.sleep(0.1)
        yield Running(process, client, probe)
    if process.returncode is None:
        process.kill()
        await process.wait()


async def ready(client: httpx.AsyncClient, address: str) -> bool:
    try:
        return (await client.get(address)).status_code == 200
    except httpx.TransportError:
        return False


async def until(true: Callable[[], bool]) -> None:
    while not true():  # noqa: ASYNC110 -- another process
        await asyncio.sleep(0.05)


async def test_what_was_taken_is_finished_and_the_process_ends_well(running: Running, tmp_path: Path) -> None:
    taken = asyncio.create_task(running.client.post("/inspection/slow", headers=key()))
    await until((tmp_path / "began").exists)
    running.process.send_signal(signal.SIGTERM)
    assert (await taken).status_code == 200
    assert await running.process.wait() == 0


async def test_watchers_are_let_go_and_the_process_ends_well(running: Running) -> None:
    """A stream that the server had to cut off would end in the middle, which the client does not take for an end."""
    path = f"/inspection/notes/2{str(uuid4())[1:]}/events"
    async with running.client.stream("GET", path) as answer:
        assert answer.status_code == 200
        running.process.send_signal(signal.SIGTERM)
        assert "".join([chunk async for chunk in answer.aiter_text()]) == ""
        assert await running.process.wait() == 0


async def test_sigint_is_obeyed_alike(running: Running) -> None:
    running.process.send_signal(signal.SIGINT)
    assert await running.process.wait() == 0
