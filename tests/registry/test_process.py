"""The registry as a process, and what an operator does with it."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from schemas.values import DocumentRef
from services.adapters.embedded.ports import free_port
from services.adapters.registry.client import RegistryClient
from services.application.registry import Document, Reading
from services.entrypoints import secret_files
from services.entrypoints.registry.callers import secret_name
from tests.parts import Database

READING = Reading("somebody", "test", uuid4())


@dataclass
class Running:
    process: asyncio.subprocess.Process
    environment: dict[str, str]
    client: RegistryClient
    secrets: Path

    async def kycuong(self, *arguments: str) -> tuple[int, str]:
        command = [sys.executable, "-m", "services.entrypoints.cli", *arguments]
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(*command, env=self.environment, stdout=pipe, stderr=pipe)
        out, err = await process.communicate()
        return process.returncode or 0, (out + err).decode()

    async def read(self, ref: DocumentRef) -> Document | None:
        return (await self.client.documents([ref], READING)).get(ref.document_id)


async def ready(address: str) -> bool:
    try:
        async with httpx.AsyncClient() as client:
            return (await client.get(f"{address}/health/ready")).status_code == 200
    except httpx.TransportError:
        return False


async def start(environment: dict[str, str]) -> asyncio.subprocess.Process:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "services.entrypoints.registry", env=environment
    )
    while not await ready(f"http://127.0.0.1:{environment['KYCUONG_PROBE_PORT']}"):  # noqa: ASYNC110 -- another process
        await asyncio.sleep(0.1)
    return process


@pytest.fixture
async def running(database: Database, tmp_path: Path) -> AsyncIterator[Running]:
    secret_files.ensure(tmp_path)
    (tmp_path / "database-registry").write_text(database.passwords["registry"])
    port, probe_port = free_port(), free_port()
    address = f"postgresql:///{database.name}?host={database.server.socket_folder}&port={database.server.port}"
    environment = {
        **os.environ,
        "KYCUONG_LANGUAGE": "en",
        "KYCUONG_SECRETS": str(tmp_path),
        "KYCUONG_DATABASE": address,
        "KYCUONG_REGISTRY_PORT": str(port),
        "KYCUONG_REGISTRY": f"http://127.0.0.1:{port}",
        "KYCUONG_PROBE_PORT": str(probe_port),
    }
    process = await start(environment)
    secret = (tmp_path / secret_name("api")).read_text().strip()
    async with RegistryClient(environment["KYCUONG_REGISTRY"], secret) as client:
        made = Running(process, environment, client, tmp_path)
        yield made
    if made.process.returncode is None:
        made.process.kill()
        await made.process.wait()


async def test_an_operator_erases_a_document(running: Running) -> None:
    ref = await running.client.put_document(uuid4(), "Nội dung")
    code, said = await running.kycuong("erase", "--document", str(ref.document_id), "--reason", "request 12/2026")
    assert (code, said.startswith("Erased for good")) == (0, True)
    assert await running.read(ref) is None
    code, said = await running.kycuong("erase", "--document", str(ref.document_id), "--reason", "again")
    assert (code, "erased before" in said) == (0, True)


async def test_erasing_what_is_not_there_fails_and_says_so(running: Running) -> None:
    code, said = await running.kycuong("erase", "--person", str(uuid4()), "--reason", "request")
    assert (code, "knows no" in said) == (1, True)


async def test_the_wrapping_key_is_rotated_in_operation(running: Running) -> None:
    """New key file, old one beside it, restart, rewrap, old one gone: everything is readable."""
    ref = await running.client.put_document(uuid4(), "Nội dung")
    running.process.send_signal(signal.SIGTERM)
    assert await running.process.wait() == 0
    (running.secrets / "wrapping-key").rename(running.secrets / "wrapping-key-previous")
    (running.secrets / "wrapping-key").write_text(secret_files.key())
    running.process = await start(running.environment)
    code, said = await running.kycuong("rewrap")
    assert (code, said.startswith("1 data keys")) == (0, True)
    running.process.send_signal(signal.SIGTERM)
    await running.process.wait()
    (running.secrets / "wrapping-key-previous").unlink()
    running.process = await start(running.environment)
    read = await running.read(ref)
    assert read is not None
    assert read.text == "Nội dung"


async def test_a_killed_registry_has_kept_what_it_answered(running: Running) -> None:
    ref = await running.client.put_document(uuid4(), "Nội dung")
    running.process.kill()
    await running.process.wait()
    running.process = await start(running.environment)
    assert await running.client.put_document(ref.document_id, "Nội dung") == ref
