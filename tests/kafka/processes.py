"""The suite's real processes, for tests that kill them."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from signal import SIGTERM
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from tests import forked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from services.adapters.embedded.child import Child
    from tests.parts import Broker, Database


@dataclass
class Processes:
    """Starts processes of the suite on a database and a broker, and ends what is left."""

    database: Database
    broker: Broker
    folder: Path
    settings: dict[str, str] = field(default_factory=dict)
    _started: list[Child] = field(default_factory=list)

    def start(self, module: str, *arguments: str, **settings: str) -> Child:
        """Start `python -m module`; its output goes to a file in the folder.

        Settings in capitals are environment variables as they stand, others are the suite's own.
        """
        log = self.folder / f"{module.rpartition('.')[2]}.log"
        process = forked.start(module, *arguments, env=self.environment(settings), log=log)
        self._started.append(process)
        return process

    def kill(self, process: Child) -> None:
        """SIGKILL: no time for anything."""
        process.kill()

    def stop(self, process: Child, *, seconds: float = 60) -> int | None:
        """SIGTERM; its exit code, None when it goes on all the same."""
        process.send(SIGTERM)
        return self.ended(process, seconds=seconds)

    def ended(self, process: Child, *, seconds: float = 120) -> int | None:
        """The exit code of a process that ends by itself, None when it goes on."""
        process.wait(seconds)
        return process.exit_code

    def end(self) -> None:
        """Leave nothing running."""
        for process in self._started:
            process.kill()

    def log(self, name: str) -> str:
        """What processes of that name wrote."""
        return (self.folder / f"{name}.log").read_text()

    def environment(self, settings: Mapping[str, str] = MappingProxyType({})) -> dict[str, str]:
        """What a process is told: where the database and the broker are, and settings of its own."""
        secrets = self.folder / "secrets"
        secrets.mkdir(exist_ok=True)
        for context, password in self.database.passwords.items():
            (secrets / f"database-{context}").write_text(password)
        address = urlsplit(self.database.dsn("inspection"))
        own = {
            "secrets": str(secrets),
            "database": urlunsplit(address._replace(netloc=address.netloc.rpartition("@")[2])),
            "kafka": self.broker.bootstrap,
            "topic_prefix": self.broker.prefix,
        }
        told = {**own, **self.settings, **settings}
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("KYCUONG_")}
        return inherited | {
            name if name.isupper() else f"KYCUONG_{name.upper()}": value for name, value in told.items()
        }


@contextmanager
def processes(database: Database, broker: Broker, folder: Path) -> Iterator[Processes]:
    """Processes that are gone when the block ends."""
    started = Processes(database, broker, folder)
    try:
        yield started
    finally:
        started.end()
