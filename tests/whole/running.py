"""A whole suite in processes of its own, as `kycuong up` starts it, for stories and for chaos."""

import json
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import psutil
import psycopg

from services.adapters.identity.accounts import Account
from services.adapters.identity.issuer import LocalIssuer
from services.application.identity import Role
from services.entrypoints.settings import Settings

READY_SECONDS = 300.0
STOP_SECONDS = 60.0
AWAY = (httpx.ConnectError, httpx.ReadError, httpx.RemoteProtocolError, httpx.WriteError, httpx.ReadTimeout)
"""What a caller sees while the API is killed or starts again: he sends the same request with the same key again."""


class SuiteFailed(Exception):
    """The suite did not do what it had to; the message says what."""


class SeenIsOld(SuiteFailed):
    """The version that the caller had seen is no longer the current one: read again and decide anew."""


@dataclass
class RunningSuite:
    """A suite that runs, and how to talk to it."""

    data: Path
    supervisor: subprocess.Popen[bytes]
    settings: Settings
    url: str
    client: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self.client = httpx.Client(base_url=self.url, timeout=20.0)

    def token(self, person_id: UUID, *roles: Role, agency_id: str | None, seconds: int = 3_600) -> str:
        """A token as the local issuer signs it."""
        issuer = LocalIssuer(self.settings.issuer, self.settings.audience, self.settings.secret("signing-key"))
        account = Account(username=str(person_id), person_id=person_id, roles=frozenset(roles), agency_id=agency_id)
        return issuer.token(account, seconds=seconds)

    def get(self, path: str, token: str, **query: str | int) -> Any:
        """The answer to a GET. Raises `SuiteFailed` for any status but 200."""
        answer = self._until_there("GET", path, token, {}, params=query)
        return _expected(answer, path)

    def command(
        self,
        path: str,
        token: str,
        body: Mapping[str, Any] | None = None,
        *,
        key: str | None = None,
        if_match: int | None = None,
    ) -> Any:
        """The answer to a command, sent again with the same key until somebody answers."""
        headers = {"Idempotency-Key": key or secrets.token_hex(16)}
        if if_match is not None:
            headers["If-Match"] = f'"{if_match}"'
        answer = self._until_there("POST", path, token, headers, json=body or {})
        return _expected(answer, path)

    def cli(self, *arguments: str, seconds: float = 300.0) -> str:
        """What a `kycuong` command on this suite's data prints. Raises `SuiteFailed` unless it exits with 0."""
        command = [sys.executable, "-m", "services.entrypoints.cli", *arguments, "--data", str(self.data)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
        if done.returncode != 0:
            raise SuiteFailed(f"kycuong {' '.join(arguments)}: {done.stdout}\n{done.stderr}")
        return done.stdout

    def rows(self, statement: str, *arguments: object) -> list[tuple[Any, ...]]:
        """What the database holds, asked as its administrator."""
        with psycopg.connect(self.settings.admin_dsn) as connection:
            return connection.execute(statement.encode(), arguments).fetchall()

    def process(self, name: str) -> psutil.Process | None:
        """A process of this suite by its part's name; None while it is down."""
        try:
            pid = (self.data / "run" / f"{name}.pid").read_text().split()[0]
            return psutil.Process(int(pid))
        except (FileNotFoundError, IndexError, psutil.NoSuchProcess):
            return None

    def memory(self) -> int:
        """Bytes that all processes of the suite use together, shared pages counted once (PSS)."""
        root = psutil.Process(self.supervisor.pid)
        total = 0
        for process in (root, *root.children(recursive=True)):
            try:
                total += process.memory_full_info().pss
            except psutil.NoSuchProcess:
                continue
        return total

    def _until_there(
        self, method: str, path: str, token: str, headers: Mapping[str, str], **more: Any
    ) -> httpx.Response:
        sent = {"Authorization": f"Bearer {token}", "Accept-Language": "vi", **headers}
        deadline = time.monotonic() + READY_SECONDS
        while True:
            try:
                answer = self.client.request(method, path, headers=sent, **more)
            except AWAY:
                answer = None
            if answer is not None and answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                return answer
            if time.monotonic() > deadline:
                raise SuiteFailed(f"{method} {path}: nobody answered for {READY_SECONDS:.0f} s")
            time.sleep(0.1)


@contextmanager
def running(
    *options: str,
    data: Path | None = None,
    settings: Mapping[str, str] | None = None,
    environment: Mapping[str, str] | None = None,
) -> Iterator[RunningSuite]:
    """Start a suite with `kycuong up` on free ports, wait until it is ready, stop it at the end.

    Args:
        options: of the command.
        data: its folder; otherwise one that is gone at the end.
        settings: more of them, for which the command has no option; then with the sample and the demo clock.
        environment: variables beside ours.

    Raises:
        SuiteFailed: it did not get ready, or did not stop cleanly.
    """
    with tempfile.TemporaryDirectory(prefix="kycuong-whole-") as folder:
        own = data or Path(folder) / "data"
        Path(folder).chmod(0o755)  # the database's system user passes through
        ready = Path(folder) / "ready.json"
        up = ["services.entrypoints.cli", "up", "--data", str(own), "--port", "0", "--ready-file", str(ready), *options]
        told = up if settings is None else ["tests.whole.started", str(own), str(ready), json.dumps(dict(settings))]
        with (Path(folder) / "supervisor.log").open("wb") as log:
            variables = {**os.environ, **(environment or {})}
            command = [sys.executable, "-m", *told]
            supervisor = subprocess.Popen(command, stdout=log, stderr=log, env=variables)
        try:
            facts = _wait_ready(supervisor, ready, Path(log.name))
            yield RunningSuite(own, supervisor, Settings(**facts["settings"]), facts["url"])
        finally:
            supervisor.send_signal(signal.SIGTERM)
            supervisor.wait(STOP_SECONDS)
        if supervisor.returncode != 0:
            raise SuiteFailed(f"kycuong up ended with {supervisor.returncode}: {Path(log.name).read_text()[-4000:]}")


def _wait_ready(supervisor: subprocess.Popen[bytes], ready: Path, log: Path) -> dict[str, Any]:
    deadline = time.monotonic() + READY_SECONDS
    while not ready.exists():
        if supervisor.poll() is not None or time.monotonic() > deadline:
            raise SuiteFailed(f"kycuong up did not get ready: {log.read_text()[-4000:]}")
        time.sleep(0.05)
    facts: dict[str, Any] = json.loads(ready.read_text())
    return facts


def _expected(answer: httpx.Response, path: str) -> Any:
    if answer.is_success:
        return answer.json()
    if answer.status_code == httpx.codes.PRECONDITION_FAILED:
        raise SeenIsOld(f"{path}: {answer.text}")
    raise SuiteFailed(f"{path}: {answer.status_code} {answer.text}")
