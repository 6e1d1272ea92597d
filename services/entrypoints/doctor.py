"""What is missing or broken on this machine or in this data folder, each with its mend."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from services.adapters.embedded import jars
from services.adapters.embedded.binaries import MAJOR, wheel_binaries
from services.adapters.embedded.failure import EmbeddedFailure
from services.adapters.embedded.kafka import java
from services.adapters.embedded.ports import is_free
from services.adapters.embedded.service_user import obstacle, service_user
from services.entrypoints.running_suite import SuiteNotRunning, settings_of
from services.entrypoints.secret_files import SECRETS
from services.entrypoints.settings import Settings
from services.entrypoints.status import fetch

OLDEST_PYTHON = (3, 11)
MEMORY_MIB = 1_536
DISK_MIB = 2_048
MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: `doctor-<name>` of the catalogues where it is well, its `.mend` where it is not."""

    name: str
    well: bool
    facts: dict[str, str] = field(default_factory=dict)


def examine(data: Path, port: int) -> Iterator[Finding]:
    """Look at everything that a suite on this folder and port needs; each finding as soon as it is made."""
    running = _running(data)
    yield _python()
    yield _program("database-program", lambda: wheel_binaries() / "postgres", "--version")
    yield _program("java", java, "-version")
    yield _jars()
    yield _folder(data)
    if running is None:
        yield _memory()
        yield Finding("port", is_free(port), {"port": str(port)})
    if (data / "secrets").exists():
        yield _cluster(data)
        yield from _secrets(data / "secrets")
    if running is not None:
        yield from _parts(data, running)


def _running(data: Path) -> Settings | None:
    try:
        return settings_of(data)
    except SuiteNotRunning:
        return None


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    return Finding("python", sys.version_info >= OLDEST_PYTHON, {"version": version})


def _program(name: str, find: Callable[[], Path], option: str) -> Finding:
    try:
        path = find()
        done = subprocess.run([path, option], capture_output=True, text=True, timeout=30, check=False)  # noqa: S603 - our own packages' programs
    except EmbeddedFailure as failure:
        return Finding(name, well=False, facts={"what": str(failure)})
    except OSError as error:
        return Finding(name, well=False, facts={"what": str(error)})
    said = (done.stdout + done.stderr).strip().splitlines()
    return Finding(name, done.returncode == 0, {"what": said[0] if said else str(path)})


def _jars() -> Finding:
    wanted, cache = jars.manifest(), jars.cache_folder()
    try:
        jars.class_path(wanted, cache)
    except EmbeddedFailure as failure:
        return Finding(
            "jars", well=False, facts={"folder": str(cache), "count": str(len(wanted)), "what": str(failure)}
        )
    return Finding("jars", well=True, facts={"folder": str(cache), "count": str(len(wanted)), "what": ""})


def _folder(data: Path) -> Finding:
    """Whether the folder can be written, reached by the database's user, and filled."""
    nearest = next(folder for folder in (data, *data.resolve().parents) if folder.exists())
    free = shutil.disk_usage(nearest).free // MIB
    facts = {"folder": str(data), "free": str(free), "needed": str(DISK_MIB), "blocked": str(nearest), "user": ""}
    if not os.access(nearest, os.W_OK | os.X_OK):
        return Finding("folder-closed", well=False, facts=facts)
    user = service_user()
    blocked = obstacle(nearest if nearest != data else data.resolve().parent, user) if user else None
    if user and blocked:
        return Finding("folder-unreachable", well=False, facts={**facts, "blocked": str(blocked), "user": user.name})
    return Finding("folder", free >= DISK_MIB, facts)


def _memory() -> Finding:
    available = psutil.virtual_memory().available // MIB
    return Finding("memory", available >= MEMORY_MIB, {"available": str(available), "needed": str(MEMORY_MIB)})


def _cluster(data: Path) -> Finding:
    version = data / "database" / "cluster" / "PG_VERSION"
    found = version.read_text().strip() if version.exists() else MAJOR
    return Finding("database-version", found == MAJOR, {"found": found, "expected": MAJOR})


def _secrets(folder: Path) -> Iterator[Finding]:
    missing = [name for name in SECRETS if not (folder / name).exists()]
    yield Finding("secrets", not missing, {"names": ", ".join(missing), "folder": str(folder)})
    loose = [path.name for path in folder.iterdir() if path.stat().st_mode & 0o077]
    yield Finding("secrets-private", not loose, {"names": ", ".join(loose), "folder": str(folder)})


def _parts(data: Path, settings: Settings) -> Iterator[Finding]:
    supervisor_port = int(str(settings.supervisor).rpartition(":")[2])
    answer = fetch(supervisor_port, "/health/ready")
    yield Finding("supervisor", answer is not None, {"folder": str(data)})
    if answer is not None:
        for part, well in json.loads(answer[1])["parts"].items():
            yield Finding("part", well, {"part": part, "log": str(_log(data, part))})


def _log(data: Path, part: str) -> Path:
    servers = {"database": data / "database" / "server.log", "broker": data / "broker" / "broker.log"}
    return servers.get(part, data / "logs" / f"{part}.log")
