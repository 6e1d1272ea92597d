"""Whom the database runs as: PostgreSQL refuses root, so root gives it a system user of its own."""

import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from services.adapters.embedded.failure import EmbeddedFailure

NAME = "kycuong"


@dataclass(frozen=True, slots=True)
class ServiceUser:
    """A system user, by name and numbers."""

    name: str
    uid: int
    gid: int

    @property
    def owner(self) -> tuple[int, int]:
        """User and group id."""
        return self.uid, self.gid


def service_user() -> ServiceUser | None:
    """The user that the database runs as, made when it is missing; None where this process is not root.

    Raises:
        EmbeddedFailure: `user-not-made` when the system has no `useradd` or refuses.
    """
    if os.geteuid() != 0:
        return None
    try:
        found = pwd.getpwnam(NAME)
    except KeyError:
        _make()
        found = pwd.getpwnam(NAME)
    return ServiceUser(NAME, found.pw_uid, found.pw_gid)


def _make() -> None:
    useradd = shutil.which("useradd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if useradd is None:
        raise EmbeddedFailure("user-not-made", user=NAME, reason="useradd")
    arguments = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/bin/false"]
    done = subprocess.run([useradd, *arguments, NAME], capture_output=True, text=True, timeout=30, check=False)
    already_there = 9  # useradd(8): another process was quicker
    if done.returncode not in (0, already_there):
        raise EmbeddedFailure("user-not-made", user=NAME, reason=done.stderr.strip())


def obstacle(path: Path, user: ServiceUser) -> Path | None:
    """The first folder on the way to `path` (itself included when a folder) that `user` cannot enter."""
    resolved = path.resolve()
    for folder in [*reversed(resolved.parents), resolved]:
        if folder.is_dir() and not _may_enter(folder, user):
            return folder
    return None


def _may_enter(folder: Path, user: ServiceUser) -> bool:
    status = folder.stat()
    if status.st_uid == user.uid:
        return bool(status.st_mode & stat.S_IXUSR)
    if status.st_gid == user.gid:
        return bool(status.st_mode & stat.S_IXGRP)
    return bool(status.st_mode & stat.S_IXOTH)
