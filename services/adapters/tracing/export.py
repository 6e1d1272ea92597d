"""Sends spans by OpenTelemetry's SDK. Imported only by a process that was told where to: the import has its price.

Nothing waits for the receiver: spans queue up to a limit, and beyond it, or where the receiver does not take them, they
are dropped and counted. The standard variables (`OTEL_EXPORTER_OTLP_…`, `OTEL_TRACES_SAMPLER…`, `OTEL_BSP_…`) hold.
"""

from __future__ import annotations

import os
from threading import Lock, Thread
from typing import TYPE_CHECKING

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult

from services.adapters.tracing.metrics import SPANS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from opentelemetry.sdk.trace import ReadableSpan
    from opentelemetry.trace import Tracer

WAITING = 2_048
"""Spans that wait at most, where `OTEL_BSP_MAX_QUEUE_SIZE` does not say otherwise."""
LAST_SECONDS = 3.0
"""For what still waits when the process ends: less than any process has to stop in."""


class Export:
    """The spans of one process, on their way to the receiver.

    Args:
        process: what the receiver calls it (`service.name`).
        instance: which of several (`service.instance.id`).
        exporter: where to; the one that the standard variables name.
    """

    def __init__(self, process: str, instance: str, exporter: SpanExporter | None = None) -> None:
        names = {"service.name": process, "service.namespace": "kycuong", "service.instance.id": instance}
        self._provider = TracerProvider(resource=Resource.create(names), shutdown_on_exit=False)
        self._provider.add_span_processor(_Queue(_Counted(exporter or OTLPSpanExporter())))

    @property
    def tracer(self) -> Tracer:
        """Begins them."""
        return self._provider.get_tracer("kycuong")

    def flush(self) -> None:
        """Send what waits."""
        self._provider.force_flush()

    def close(self) -> None:
        """Send what waits, for as long as a process that ends may take."""
        last = Thread(target=self._provider.shutdown, name="last-spans", daemon=True)
        last.start()
        last.join(LAST_SECONDS)


class _Counted(SpanExporter):
    """Counts what became of what it was given."""

    def __init__(self, exporter: SpanExporter) -> None:
        self._exporter = exporter
        self.taken = 0

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        self.taken += len(spans)
        result = self._exporter.export(spans)
        SPANS.labels("sent" if result is SpanExportResult.SUCCESS else "failed").inc(len(spans))
        return result

    def shutdown(self) -> None:
        self._exporter.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        return self._exporter.force_flush(timeout_millis)


class _Queue(BatchSpanProcessor):
    """The SDK's queue, which drops the oldest when it is full; here that is counted."""

    def __init__(self, exporter: _Counted) -> None:
        self._longest = int(os.environ.get("OTEL_BSP_MAX_QUEUE_SIZE") or WAITING)
        super().__init__(exporter, max_queue_size=self._longest)
        self._counted = exporter
        self._ended = self._dropped = 0
        self._lock = Lock()

    def on_end(self, span: ReadableSpan) -> None:
        with self._lock:
            if self._ended - self._dropped - self._counted.taken >= self._longest:
                self._dropped += 1
                SPANS.labels("dropped").inc()
            self._ended += 1
        super().on_end(span)
