"""The run's PostgreSQL and Kafka: one of each, started by whoever runs the tests or by whoever hands them out.

Where pytest-xdist hands the tests out to several processes, the one that hands out starts both servers, tells the
others their addresses at once and whether they are ready through a file, and stops them at the end. The kernel stops
them where it is killed.
"""

import secrets
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Self

import psycopg

from services.adapters.embedded import jars, maven
from services.adapters.embedded.folder import prepare
from services.adapters.embedded.kafka import Kafka
from services.adapters.embedded.postgres import ADMIN, Postgres
from tests.parts import CONTEXTS, Databases

TEMPLATE = "kycuong_template"
PATIENCE = 300.0
"""The first run of a machine fetches the jars."""
# Without waiting for the disk, for speed: a killed process loses nothing that the kernel has, and no test cuts the
# power. Servers that tests start for themselves wait for it, as those of the suite do.
QUICK = {"fsync": "off", "full_page_writes": "off"}


@contextmanager
def runtime_folder() -> Iterator[Path]:
    """A folder for servers' data, which the database's system user can reach (pytest's own are closed to it)."""
    folder = Path(tempfile.mkdtemp(prefix="kycuong-tests-"))
    prepare(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def templated(server: Postgres, passwords: Mapping[str, str]) -> Databases:
    """Make the migrated database that others are copied from."""
    from services.entrypoints.migrate import migrate  # noqa: PLC0415 - tests without a database need no migrations

    with psycopg.connect(server.admin_dsn, autocommit=True) as connection:
        connection.execute(f"create database {TEMPLATE}".encode())
    migrate(server.dsn(ADMIN, server.password, TEMPLATE), passwords)
    return Databases(server, TEMPLATE, dict(passwords))


def new_passwords() -> dict[str, str]:
    """One for each context's login."""
    return {context: secrets.token_urlsafe(24) for context in CONTEXTS}


def fetch_jars() -> None:
    """Fetch what of the broker is not on this machine yet."""
    cache = jars.cache_folder()
    maven.fetch(jars.missing(jars.manifest(), cache), cache, advance=lambda _: None)


class SharedServers:
    """Both servers, for several processes: one `start`s and `stop`s them, the others are `told` of them and wait."""

    def __init__(self, folder: Path, postgres: Postgres, kafka: Kafka, passwords: Mapping[str, str]) -> None:
        self._folder = folder
        self.postgres = postgres
        self.kafka = kafka
        self.passwords = dict(passwords)
        self._stack = ExitStack()

    @classmethod
    def new(cls) -> Self:
        """Both, not started yet, in a folder of their own."""
        stack = ExitStack()
        folder = stack.enter_context(runtime_folder())
        postgres = Postgres(folder / "database", password=secrets.token_urlsafe(24), settings=QUICK)
        shared = cls(folder, postgres, Kafka(folder / "broker"), new_passwords())
        shared._stack = stack
        return shared

    @classmethod
    def told(cls, words: Mapping[str, str]) -> Self:
        """Both, as another process starts them."""
        folder = Path(words["folder"])
        postgres = Postgres(folder / "database", password=words["password"], port=int(words["database-port"]))
        kafka = Kafka(folder / "broker", port=int(words["broker-port"]))
        return cls(folder, postgres, kafka, {context: words[f"password-{context}"] for context in CONTEXTS})

    @property
    def words(self) -> dict[str, str]:
        """What the other processes are told."""
        return {
            "folder": str(self._folder),
            "password": self.postgres.password,
            "database-port": str(self.postgres.port),
            "broker-port": str(self.kafka.port),
            **{f"password-{context}": password for context, password in self.passwords.items()},
        }

    def start(self) -> None:
        """Begin to start both beside each other, and return."""
        threads = self._stack.enter_context(ThreadPoolExecutor(2))
        for server, begin in (("database", self._start_database), ("broker", self._start_broker)):
            threads.submit(begin).add_done_callback(self._note(server))

    def stop(self) -> None:
        """Stop both and remove their data, also after a start that failed."""
        self._stack.callback(self.kafka.stop)
        self._stack.callback(self.postgres.stop)
        self._stack.close()

    def databases(self) -> Databases:
        """Wait for the database's template."""
        self._wait("database")
        return Databases(self.postgres, TEMPLATE, self.passwords)

    def broker(self) -> Kafka:
        """Wait for the broker."""
        self._wait("broker")
        return self.kafka

    def _start_database(self) -> None:
        self.postgres.start()
        templated(self.postgres, self.passwords)

    def _start_broker(self) -> None:
        fetch_jars()
        self.kafka.start()

    def _note(self, server: str) -> Callable[[Future[None]], None]:
        """Write down how a start ended: an empty file when it is ready, else why not."""

        def note(started: Future[None]) -> None:
            failure = started.exception()
            unfinished = self._folder / f"{server}.new"
            unfinished.write_text("" if failure is None else repr(failure))
            unfinished.rename(self._folder / f"{server}.started")

        return note

    def _wait(self, server: str) -> None:
        started = self._folder / f"{server}.started"
        deadline = time.monotonic() + PATIENCE
        while not started.exists():
            if time.monotonic() > deadline:
                raise TimeoutError(f"the run's {server} did not start in {PATIENCE:.0f} s")
            time.sleep(0.05)
        if reason := started.read_text():
            raise RuntimeError(f"the run's {server} did not start: {reason}")
