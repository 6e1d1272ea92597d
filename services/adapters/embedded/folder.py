"""The data folder: who may enter it, and one `up` at a time."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from services.adapters.embedded.failure import EmbeddedFailure
from services.adapters.embedded.service_user import ServiceUser, obstacle, service_user


def prepare(data: Path) -> None:
    """Make the data folder; root lets the service user's group pass through it, nobody else.

    Raises:
        EmbeddedFailure: `folder-unreachable` when a parent folder shuts the service user out (permissions of parents
            are the administrator's, never widened here).
    """
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    user = service_user()
    if user is None:
        return
    refuse_unreachable(data.resolve().parent, user)
    os.chown(data, -1, user.gid)
    data.chmod(0o710)


def refuse_unreachable(path: Path, user: ServiceUser) -> None:
    """Raise when `user` cannot reach `path`.

    Raises:
        EmbeddedFailure: `folder-unreachable`, naming the folder that stands in the way.
    """
    blocking = obstacle(path, user)
    if blocking is not None:
        raise EmbeddedFailure("folder-unreachable", path=str(path), folder=str(blocking), user=user.name)


@contextmanager
def locked(data: Path) -> Iterator[None]:
    """Hold the data folder; the kernel releases it when this process is gone, however it ends.

    Raises:
        EmbeddedFailure: `folder-in-use` when another process holds it.
    """
    path = data / "lock"
    with path.open("a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise EmbeddedFailure("folder-in-use", folder=str(data), pid=file.read().strip() or "?") from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
