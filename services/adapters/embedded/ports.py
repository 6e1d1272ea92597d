"""Free loopback ports for servers that are stopped, killed and started again."""

import secrets
import socket

from services.adapters.embedded.failure import EmbeddedFailure

LOOPBACK = "127.0.0.1"
# Below what systems hand to outgoing connections: a client that retries a dead server's port within that range can
# connect to itself and hold the port against the server.
FIRST, LAST = 20_000, 32_000
_given: set[int] = set()


def free_port() -> int:
    """A loopback port that nothing listens on now, and another one each time.

    Raises:
        OSError: none was found in a thousand tries.
    """
    for _ in range(1_000):
        port = FIRST + secrets.randbelow(LAST - FIRST)
        if port not in _given and is_free(port):
            _given.add(port)
            return port
    raise OSError(f"no free port between {FIRST} and {LAST}")


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
