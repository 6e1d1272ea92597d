"""Free loopback ports for servers that are stopped, killed and started again."""

import fcntl
import os
import secrets
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from services.adapters.embedded.failure import EmbeddedFailure

LOOPBACK = "127.0.0.1"
# Below what systems hand to outgoing connections: a client that retries a dead server's port within that range can
# connect to itself and hold the port against the server.
FIRST, LAST = 20_000, 32_000
GIVEN_SECONDS = 1_800
"""For which a port is given to nobody else: whoever asked for it may listen only when a process has started, which is
slow on a busy machine, and one that was killed wants its port back."""
_WIDTH = 8


def free_port() -> int:
    """A loopback port that nothing listens on now, and that no process of this user was given lately.

    Raises:
        OSError: none was found in a thousand tries.
    """
    now = int(time.time())
    with _given() as given:
        for _ in range(1_000):
            port = FIRST + secrets.randbelow(LAST - FIRST)
            at = int.from_bytes(os.pread(given, _WIDTH, port * _WIDTH), "big")
            if now - at >= GIVEN_SECONDS and is_free(port):
                os.pwrite(given, now.to_bytes(_WIDTH, "big"), port * _WIDTH)
                return port
    raise OSError(f"no free port between {FIRST} and {LAST}")


@contextmanager
def _given() -> Iterator[int]:
    """When each port was given to a process of this user, as a file of moments; held against all others meanwhile."""
    path = Path(tempfile.gettempdir()) / f"kycuong-ports-{os.getuid()}"
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file
    finally:
        fcntl.flock(file, fcntl.LOCK_UN)
        os.close(file)


def is_free(port: int, host: str = LOOPBACK) -> bool:
    """Whether a server could listen on this port now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def refuse_taken(port: int, server: str) -> None:
    """Raise when another program listens on a port that `server` is to have.

    Raises:
        EmbeddedFailure: `port-in-use`.
    """
    if not is_free(port):
        raise EmbeddedFailure("port-in-use", port=port, server=server)


def accepts(port: int, host: str = LOOPBACK) -> bool:
    """Whether something listens on this port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0
