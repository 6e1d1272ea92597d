"""A deployment as operators run it, by `deploy/kycuong`, and how the tests look into it from outside."""

import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import psycopg
import pytest

from schemas.topics import RESTRICTED
from services.adapters.identity.accounts import Account
from services.adapters.identity.issuer import LocalIssuer
from services.application.identity import Role
from services.entrypoints.deployment import BROKERS, CLUSTER
from services.entrypoints.settings import Settings
from tests.compose import engine
from tests.whole.running import RunningSuite, SuiteFailed

SCRIPT = engine.ROOT / "deploy" / "kycuong"
HEALTHY_SECONDS = 240.0
SERVICES = (
    "proxy",
    "api",
    "registry",
    "relay",
    "worker-inspection",
    "worker-discipline",
    "worker-notifier",
    "clock",
    "courier",
    "database",
    "broker",
)


OPERATOR = 4_711
"""Invented: nobody on this machine."""


def copied(folder: Path) -> Path:
    """What git knows of deploy/, there."""
    own = folder / "deploy"
    shutil.copytree(SCRIPT.parent, own, ignore=shutil.ignore_patterns(".env", "secrets", "backups", "__pycache__"))
    return own


@dataclass(frozen=True)
class Operator:
    """Who calls `deploy/kycuong`, and on which deployment."""

    home: Path
    script: Path = SCRIPT
    user: int | None = None
    """None: whoever runs the tests."""

    @classmethod
    def apart(cls, folder: Path) -> "Operator":
        """Somebody who is not root and may use the engine, with a copy of deploy/ of his own."""
        own = copied(folder)
        for path in (folder, own, *own.rglob("*")):
            os.chown(path, OPERATOR, OPERATOR)
        return cls(own, own / "kycuong", OPERATOR)

    def with_copy(self, folder: Path) -> "Operator":
        """The same one and the same deployment, by a script in another folder."""
        return replace(self, script=copied(folder) / "kycuong")

    @property
    def deploy(self) -> Path:
        """The folder of the script and of what compose reads."""
        return self.script.parent

    @property
    def files(self) -> list[Path]:
        """What the script has compose read, in order."""
        more = [self.deploy / "compose.cluster.yaml"] if CLUSTER in (self.home / ".env").read_text() else []
        return [self.deploy / "compose.yaml", *more]

    def tried(self, *arguments: str, seconds: float = 600.0) -> subprocess.CompletedProcess[str]:
        """`deploy/kycuong`, however it ends."""
        own = {"HOME": str(self.home)} if self.home == self.deploy else {"KYCUONG_HOME": str(self.home)}
        environment = {**os.environ, **own, "LANG": "en_US.UTF-8"}
        return subprocess.run(
            [self.script, *arguments],
            capture_output=True,
            text=True,
            cwd=self.home,
            env=environment,
            timeout=seconds,
            check=False,
            user=self.user,
            group=self.user,
            extra_groups=None if self.user is None else [engine.group()],
        )

    def did(self, *arguments: str, seconds: float = 600.0) -> str:
        """What `deploy/kycuong` prints. Raises `SuiteFailed` unless it exits with 0."""
        done = self.tried(*arguments, seconds=seconds)
        if done.returncode != 0:
            raise SuiteFailed(f"kycuong {' '.join(arguments)}: {done.stdout[-4000:]}\n{done.stderr[-4000:]}")
        return done.stdout + done.stderr


@dataclass
class Deployment(RunningSuite):
    """A deployment of somebody; asked like any running suite, over the proxy's port."""

    operator: Operator = field(kw_only=True)
    project: str = field(kw_only=True)

    @property
    def home(self) -> Path:
        """Where its settings, secrets and backups are."""
        return self.operator.home

    def __post_init__(self) -> None:
        trusted = ssl.create_default_context(cafile=str(self.home / "certificate.pem"))
        self.client = httpx.Client(base_url=self.url, timeout=20.0, verify=trusted, trust_env=False)

    def kycuong(self, *arguments: str, seconds: float = 600.0) -> str:
        """What `deploy/kycuong` prints. Raises `SuiteFailed` unless it exits with 0."""
        return self.operator.did(*arguments, seconds=seconds)

    def cli(self, *arguments: str, seconds: float = 600.0) -> str:
        """A `kycuong` command inside the deployment."""
        return self.kycuong(*arguments, seconds=seconds)

    def backup(self) -> Path:
        """A new backup's folder."""
        return Path(self.kycuong("backup").splitlines()[-1])

    def token(self, person_id: UUID, *roles: Role, agency_id: str | None, seconds: int = 3_600) -> str:
        """A token as the trial's own issuer signs it."""
        issuer = LocalIssuer(self.settings.issuer, self.settings.audience, self.settings.secret("signing-key"))
        account = Account(username=str(person_id), person_id=person_id, roles=frozenset(roles), agency_id=agency_id)
        return issuer.token(account, seconds=seconds)

    def rows(self, statement: str, *arguments: object) -> list[tuple[Any, ...]]:
        """What the database holds, asked as its administrator by the host, which reaches its containers."""
        host = engine.address(self.one("database"), f"{self.project}_data")
        address = f"postgresql://{host}:5432/kycuong"
        settings = Settings(secrets=self.home / "secrets", database=address)
        with psycopg.connect(settings.admin_dsn) as connection:
            return connection.execute(statement.encode(), arguments).fetchall()

    def history(self) -> set[tuple[Any, ...]]:
        """Every event that is stored, with its hash."""
        return set(
            self.rows(" union all ".join(f"select stream, version, hash from {one}.events" for one in RESTRICTED))
        )

    def all(self, service: str | None = None) -> Sequence[str]:
        """The containers of a service, or all."""
        return engine.containers(self.project, service)

    def one(self, service: str) -> str:
        """The one container of a service."""
        (only,) = self.all(service)
        return only

    def wait_healthy(self, *services: str) -> None:
        """Wait until every container of these services is healthy."""
        deadline = time.monotonic() + HEALTHY_SECONDS
        for service in services or SERVICES:
            while not (there := self.all(service)) or any(
                engine.inspect(one, "{{.State.Health.Status}}") != "healthy" for one in there
            ):
                if time.monotonic() > deadline:
                    logs = "\n".join(engine.docker("logs", "--tail=40", one).stdout for one in there)
                    raise SuiteFailed(f"{service} is not healthy: {logs}")
                time.sleep(0.5)

    @contextmanager
    def broker_reached(self) -> Iterator[None]:
        """Let this process reach the brokers under the names by which they make themselves known."""
        names = [name for name in BROKERS.values() if self.all(name)]
        hosts = {name: engine.address(self.one(name), f"{self.project}_data") for name in names}
        plain = socket.getaddrinfo

        def resolved(name: Any, *arguments: Any, **more: Any) -> Any:
            return plain(hosts.get(name, name), *arguments, **more)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(socket, "getaddrinfo", resolved)
            yield
