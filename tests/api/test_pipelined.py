"""Requests that follow each other on one connection before the first is answered (RFC 9112, section 9.3.2)."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator

import pytest
import structlog
import uvicorn
from starlette.types import Receive, Scope, Send

from services.entrypoints.api.edge import Edge

NAMED, BOX = "/inspection/notes", "/discipline/box/"


async def application(scope: Scope, _receive: Receive, send: Send) -> None:
    """Answers by name; breaks where somebody votes."""
    if scope["path"].startswith(BOX):
        raise RuntimeError("warning")
    structlog.get_logger().info("named")
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})


@contextlib.asynccontextmanager
async def served(port: socket.socket) -> AsyncIterator[None]:
    """On the server that the suite runs on."""
    server = uvicorn.Server(uvicorn.Config(Edge(application, (BOX,)), http="httptools", lifespan="off"))
    serving = asyncio.create_task(server.serve(sockets=[port]))
    try:
        while not server.started:  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.01)
        yield
    finally:
        server.should_exit = True
        await serving


@pytest.fixture
def port() -> Iterator[socket.socket]:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield bound


async def test_who_votes_on_a_connection_is_not_told_with_his_request_before(port: socket.socket) -> None:
    with structlog.testing.capture_logs(processors=[structlog.contextvars.merge_contextvars]) as log:
        async with served(port):
            reader, writer = await asyncio.open_connection(*port.getsockname())
            writer.write("".join(f"GET {path} HTTP/1.1\r\nhost: x\r\n\r\n" for path in (NAMED, BOX)).encode())
            await reader.readuntil(b"\r\n\r\n")
            assert (await reader.readline()).split()[1] == b"500"
            writer.close()

    [named] = [line for line in log if line["event"] == "named"]
    [broken] = [line for line in log if line["event"] == "silent_request_failed"]
    assert named["correlation_id"]
    assert broken == {"event": "silent_request_failed", "error": "RuntimeError", "log_level": "error"}
