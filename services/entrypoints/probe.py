"""The small HTTP server of every process that has no API: live, ready, metrics.

It runs in a thread of its own, so a busy or blocked event loop still answers whether it lives.
"""

import json
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Self

from prometheus_client import REGISTRY, CollectorRegistry
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

Ready = Callable[[], dict[str, bool]]
"""Each thing that the process needs or is, and whether it is well now. Called in the probe's thread; must not block."""

UnderWay = Callable[[], dict[str, int]]
"""What the process has to come to the end of before it is ready, and how far it has come; empty at other times.

It lives meanwhile: whoever waits for it sees the figure grow. Called as `Ready` is."""


class Probe:
    """`/health/live`, `/health/ready` (200 only when every part is true) and `/metrics`.

    Args:
        ready: the parts and their state.
        host: address to listen on.
        port: 0 chooses one; `self.port` tells.
        registry: the metrics that are served.
        under_way: what has to be done before it is ready; told while it is not.
    """

    def __init__(
        self,
        ready: Ready,
        *,
        host: str,
        port: int,
        registry: CollectorRegistry = REGISTRY,
        under_way: UnderWay = dict,
    ) -> None:
        told = {"ready": staticmethod(ready), "registry": registry, "under_way": staticmethod(under_way)}
        handler = type("Handler", (_Handler,), told)
        self._server = ThreadingHTTPServer((host, port), handler)
        self._server.daemon_threads = True
        self._thread = Thread(target=self._server.serve_forever, name="probe", daemon=True)

    @property
    def port(self) -> int:
        """The port it listens on."""
        return self._server.server_address[1]

    def start(self) -> None:
        """Answer from now on."""
        self._thread.start()

    def stop(self) -> None:
        """Answer no more."""
        if self._thread.is_alive():  # shutting a server down that never served waits for ever
            self._server.shutdown()
            self._thread.join()
        self._server.server_close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


class _Handler(BaseHTTPRequestHandler):
    ready: Ready
    registry: CollectorRegistry
    under_way: UnderWay
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        match self.path.partition("?")[0]:
            case "/health/live":
                self._json(HTTPStatus.OK, {"live": True})
            case "/health/ready":
                parts = self.ready()
                well = all(parts.values())
                status = HTTPStatus.OK if well else HTTPStatus.SERVICE_UNAVAILABLE
                under_way = {} if well else self.under_way()
                told = {"under_way": under_way} if under_way else {}
                self._json(status, {"ready": well, "parts": parts, **told})
            case "/metrics":
                self._answer(HTTPStatus.OK, CONTENT_TYPE_LATEST, generate_latest(self.registry))
            case _:
                self._json(HTTPStatus.NOT_FOUND, {})

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's own signature
        """Probes come every second; they are not worth a line."""

    def _json(self, status: HTTPStatus, body: object) -> None:
        self._answer(status, "application/json", json.dumps(body).encode())

    def _answer(self, status: HTTPStatus, content_type: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("content-type", content_type)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
