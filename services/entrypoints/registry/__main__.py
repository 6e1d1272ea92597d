"""`python -m services.entrypoints.registry`: the registry's process."""

from __future__ import annotations

import contextlib

import uvloop

from services.adapters.postgres.pool import connect, patiently
from services.adapters.registry.crypto import WrappingKeys
from services.adapters.registry.store import RegistryStore
from services.entrypoints import logging, serving
from services.entrypoints.registry.app import Desk
from services.entrypoints.registry.callers import CALLERS, Callers, secret_name
from services.entrypoints.settings import SecretMissing, Settings


def wrapping_keys(settings: Settings) -> WrappingKeys:
    """The current wrapping key, and the one before it while a rotation is under way."""
    previous = []
    with contextlib.suppress(SecretMissing):
        previous.append(settings.secret("wrapping-key-previous"))
    return WrappingKeys(settings.secret("wrapping-key"), previous)


async def run(settings: Settings) -> None:
    """Serve the registry until the process is asked to stop."""
    keys = wrapping_keys(settings)
    callers = Callers({caller: settings.secret(secret_name(caller)) for caller in CALLERS})
    dsn = settings.dsn("registry")
    async with await patiently(lambda: connect(dsn, "registry"), patience=serving.START_SECONDS) as connections:
        readiness = serving.Readiness({"database": serving.reachable(connections)})
        app = Desk(RegistryStore(connections, keys), callers).app()
        await serving.serve(app, settings, readiness, host=settings.registry_host, port=settings.registry_port)


def main() -> None:
    """Run the process."""
    settings = Settings()
    logging.configure(settings)
    uvloop.run(run(settings))


if __name__ == "__main__":
    main()
