"""Whether a process sends spans: only where the standard variables of OpenTelemetry say where to.

`OTEL_EXPORTER_OTLP_ENDPOINT` (or `…_TRACES_ENDPOINT`) turns it on, by OTLP over HTTP; docs/observability.md.
"""

from __future__ import annotations

import os
import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING

from services.application import tracing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from services.entrypoints.settings import Settings

_ENDPOINTS = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")


def wanted(environment: Mapping[str, str]) -> bool:
    """Whether the variables name a receiver, and do not turn everything off."""
    disabled = environment.get("OTEL_SDK_DISABLED", "").strip().lower() == "true"
    return not disabled and any(environment.get(name) for name in _ENDPOINTS)


@contextmanager
def sent(settings: Settings) -> Iterator[None]:
    """Send the spans of what is done within; at the end, what still waits."""
    if not wanted(os.environ):
        yield
        return
    from services.adapters.tracing.export import Export  # noqa: PLC0415 - only who sends pays for the import

    export = Export(settings.process, socket.gethostname())
    tracing.use(export.tracer)
    try:
        yield
    finally:
        tracing.use(None)
        export.close()
