"""A load generator as small as the load allows: HTTP/1.1 over raw sockets, so that the server is what is measured."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

MakeRequest = Callable[[int], bytes]
"""The bytes of the n-th request."""


@dataclass(frozen=True)
class Load:
    """What came of it."""

    seconds: float
    latencies: list[float]
    """Of each answered request, in seconds, in order of size."""
    refused: int
    """Answers other than 2xx; a benchmark with any is void."""

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.latencies) / self.seconds

    def percentile(self, share: float) -> float:
        """The latency that so large a share stays below, in milliseconds."""
        return self.latencies[min(len(self.latencies) - 1, int(share * len(self.latencies)))] * 1_000


def post(path: str, token: str, key: str, body: bytes) -> bytes:
    """A command's request."""
    head = (
        f"POST {path} HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer {token}\r\nidempotency-key: {key}\r\n"
        f"content-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def load(url: str, connections: int, requests: int, make: MakeRequest) -> Load:
    """Send so many requests over so many connections, each as soon as the one before it was answered."""
    numbers = iter(range(requests))
    latencies: list[float] = []
    refused = 0

    async def one_connection() -> None:
        nonlocal refused
        address = urlsplit(url)
        reader, writer = await asyncio.open_connection(address.hostname, address.port)
        for number in numbers:
            started = time.perf_counter()
            writer.write(make(number))
            head = await reader.readuntil(b"\r\n\r\n")
            await reader.readexactly(_content_length(head))
            latencies.append(time.perf_counter() - started)
            refused += not head.startswith(b"HTTP/1.1 2")
        writer.close()

    started = time.perf_counter()
    await asyncio.gather(*(one_connection() for _ in range(connections)))
    return Load(time.perf_counter() - started, sorted(latencies), refused)


def _content_length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    raise ValueError(head)
