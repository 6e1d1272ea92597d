"""Runs an ASGI application as a process: uvloop and httptools, a probe, and a stop that finishes what was taken."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from typing import TYPE_CHECKING

import structlog
import uvicorn

from services.adapters.postgres.pool import LOST
from services.entrypoints.garbage import freeze
from services.entrypoints.probe import Probe

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

    import asyncpg
    from starlette.types import ASGIApp

    from services.entrypoints.settings import Settings

    Check = Callable[[], Awaitable[bool]]

log = structlog.get_logger(__name__)

CHECK_SECONDS = 1.0
CHECK_LONGEST = 3.0
START_SECONDS = 60.0
"""For which a process waits for its database before it gives up and is started anew."""
STOP_SECONDS = 10
"""Requests that take longer than this to finish are cut off when the process is asked to stop."""
KEEP_ALIVE_SECONDS = 75
"""Longer than a reverse proxy keeps idle connections, so that it is never the server who closes first."""
BACKLOG = 2048


class Readiness:
    """What the process needs, checked again and again; read by the probe's thread.

    Args:
        checks: name → whether it is well now; one that raises an OSError or takes too long is not.
    """

    def __init__(self, checks: Mapping[str, Check]) -> None:
        self._checks = checks
        self.parts = dict.fromkeys(checks, False)

    async def check(self) -> None:
        """Ask every part once, all at the same time."""
        answers = await asyncio.gather(*(self._answer(check) for check in self._checks.values()))
        self.parts = dict(zip(self._checks, answers, strict=True))

    @contextlib.asynccontextmanager
    async def kept(self) -> AsyncIterator[None]:
        """Keep it current within."""
        task = asyncio.create_task(self._keep())
        try:
            yield
        finally:
            task.cancel()
            self.parts = dict.fromkeys(self.parts, False)
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def _keep(self) -> None:
        while True:
            await self.check()
            await asyncio.sleep(CHECK_SECONDS)

    async def _answer(self, check: Check) -> bool:
        try:
            async with asyncio.timeout(CHECK_LONGEST):
                return await check()
        except OSError:  # TimeoutError is one
            return False


async def serve(app: ASGIApp, settings: Settings, readiness: Readiness, *, host: str, port: int) -> None:
    """Serve until SIGTERM or SIGINT; what the application stands on is open before and closed after."""
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        http="httptools",
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        backlog=BACKLOG,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=STOP_SECONDS,
    )
    # uvicorn raises the signal once more when it is done; by then it has been obeyed.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: None)
    with Probe(lambda: readiness.parts, host=settings.probe_host, port=settings.probe_port):
        async with readiness.kept():
            freeze()
            await uvicorn.Server(config).serve()


def reachable(connections: asyncpg.Pool) -> Check:
    """A check that the database answers."""

    async def check() -> bool:
        try:
            return bool(await connections.fetchval("select true"))
        except LOST:
            return False

    return check
