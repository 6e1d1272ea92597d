"""`python -m services.entrypoints.registry`: the registry's process."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import asyncpg

from services.adapters.registry.crypto import WrappingKeys
from services.adapters.registry.store import RegistryStore
from services.entrypoints import logging, serving
from services.entrypoints.database import pool, reachable
from services.entrypoints.registry.app import Desk
from services.entrypoints.registry.callers import CALLERS, Callers, secret_name
from services.entrypoints.settings import SecretMissing, Settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.applications import Starlette
    from starlette.types import Lifespan


def wrapping_keys(settings: Settings) -> WrappingKeys:
    """The current wrapping key, and the one before it while a rotation is under way."""
    previous = []
    with contextlib.suppress(SecretMissing):
        previous.append(settings.secret("wrapping-key-previous"))
    return WrappingKeys(settings.secret("wrapping-key"), previous)


def main() -> None:
    """Serve the registry."""
    settings = Settings()
    logging.configure(settings)
    connections = pool(settings.dsn("registry"))
    callers = Callers({caller: settings.secret(secret_name(caller)) for caller in CALLERS})
    desk = Desk(RegistryStore(connections, wrapping_keys(settings)), callers)
    readiness = serving.Readiness({"database": lambda: reachable(connections)})
    app = desk.app(_lifespan(connections))
    serving.serve(app, settings, readiness, host=settings.registry_host, port=settings.registry_port)


def _lifespan(connections: asyncpg.Pool) -> Lifespan[Starlette]:
    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with connections:
            serving.freeze()
            yield

    return lifespan


if __name__ == "__main__":
    main()
