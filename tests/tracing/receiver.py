"""A receiver of OpenTelemetry's protocol over HTTP, as any trace store has one, that keeps what it was sent."""

import gzip
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from unittest.mock import patch

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)
from opentelemetry.proto.common.v1.common_pb2 import AnyValue

from services.adapters.embedded.ports import free_port
from services.adapters.tracing.export import Export
from services.application import tracing

SECONDS = 60.0
ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT"


@dataclass(frozen=True)
class Seen:
    """A span as it came over the wire."""

    name: str
    kind: int
    trace: str
    id: str
    parent: str
    links: tuple[str, ...]
    """Spans of other traces, and their ids alone."""
    attributes: dict[str, Any]
    failed: bool
    words: str
    """Everything beside that is text: a status's message, the names of events, the trace state."""
    service: str
    resource: dict[str, Any]


class Receiver:
    """Listens until it is closed, and from then on again when it is opened."""

    def __init__(self) -> None:
        self.spans: list[Seen] = []
        self._port = free_port()  # not of those that outgoing connections get: it is given up and taken again
        self.flush: Callable[[], None] = lambda: None
        """Has whoever sends send all he has; where that is this process."""
        self.open()

    def open(self) -> None:
        """Listen on a port of its own, which stays the same."""
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                receiver.take(gzip.decompress(body) if self.headers.get("content-encoding") == "gzip" else body)
                answer = ExportTraceServiceResponse().SerializeToString()
                self.send_response(200)
                self.send_header("content-type", "application/x-protobuf")
                self.send_header("content-length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", self._port), Handler)
        self.url = f"http://127.0.0.1:{self._port}"
        Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def take(self, body: bytes) -> None:
        for of in ExportTraceServiceRequest.FromString(body).resource_spans:
            resource = {pair.key: value(pair.value) for pair in of.resource.attributes}
            for span in (span for scope in of.scope_spans for span in scope.spans):
                self.spans.append(
                    Seen(
                        span.name,
                        span.kind,
                        span.trace_id.hex(),
                        span.span_id.hex(),
                        span.parent_span_id.hex(),
                        tuple(link.span_id.hex() for link in span.links),
                        {pair.key: value(pair.value) for pair in span.attributes},
                        span.status.code == 2,
                        f"{span.status.message}{span.trace_state}{span.events}",
                        str(resource["service.name"]),
                        resource,
                    )
                )

    def named(self, beginning: str) -> list[Seen]:
        return [span for span in self.spans if span.name.startswith(beginning)]

    def wait_for(self, holds: Callable[[], object]) -> None:
        """Wait until what was sent holds. Raises `AssertionError`, with what was sent."""
        deadline = time.monotonic() + SECONDS
        while not holds():
            if time.monotonic() > deadline:
                raise AssertionError(sorted({(span.service, span.name) for span in self.spans}))
            time.sleep(0.05)


def value(of: AnyValue) -> Any:
    return getattr(of, str(of.WhichOneof("value")))


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver for as long as the block lasts."""
    receiver = Receiver()
    try:
        yield receiver
    finally:
        receiver.close()


@contextmanager
def sending(url: str, process: str = "tests", **variables: str) -> Iterator[Export]:
    """Send this process's spans there, within."""
    with patch.dict(os.environ, {ENDPOINT: url, **variables}):
        export = Export(process, "here")
    tracing.use(export.tracer)
    try:
        yield export
    finally:
        tracing.use(None)
        export.flush()  # however long it takes: a process that ends waits for three seconds only
        export.close()
