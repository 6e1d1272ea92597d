"""Logs: one event a line with ids as fields; JSON in production, a readable console in development.

What other libraries log (uvicorn, Faust, Kafka) passes through the same processors. Local variables never appear in a
traceback: they could hold a name or a secret.
"""

import logging
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import orjson
import structlog
from opentelemetry.trace import get_current_span
from structlog.stdlib import ProcessorFormatter
from structlog.tracebacks import ExceptionDictTransformer
from structlog.typing import Processor

from services.entrypoints.settings import Settings

QUIET = {
    "aiokafka": logging.WARNING,
    "alembic": logging.WARNING,
    "faust": logging.WARNING,
    "httpx": logging.WARNING,
    "kafka": logging.ERROR,  # each reconnect while the broker starts again is a warning
    "mode": logging.WARNING,
    "uvicorn.access": logging.WARNING,  # requests are logged once, by the API itself, with their correlation id
}


def configure(settings: Settings) -> None:
    """Send structlog and the standard library's logging to standard output; call once, at start."""
    console = settings.environment == "development"
    shared = _shared(settings.process)
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[ProcessorFormatter.remove_processors_meta, *(_console() if console else _json())],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level.upper())
    for name, level in QUIET.items():
        logging.getLogger(name).setLevel(level)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "faust", "mode", "kafka", "aiokafka"):
        own = logging.getLogger(name)
        own.handlers.clear()
        own.propagate = True


@contextmanager
def correlated(**ids: str | None) -> Iterator[None]:
    """Bind ids (correlation_id, causation_id, stream …) to every log line within; ids that are None are left out."""
    with structlog.contextvars.bound_contextvars(**{name: value for name, value in ids.items() if value is not None}):
        yield


def _shared(process: str) -> list[Processor]:
    def name_process(_logger: Any, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:  # noqa: ANN401 - structlog's own signature
        event["process"] = process
        return event

    return [
        structlog.contextvars.merge_contextvars,
        _name_span,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        name_process,
    ]


def _name_span(_logger: Any, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:  # noqa: ANN401 - structlog's own signature
    """Say which span a line belongs to, as the trace store calls it."""
    span = get_current_span()
    if span.is_recording():
        context = span.get_span_context()
        event["trace_id"] = f"{context.trace_id:032x}"
        event["span_id"] = f"{context.span_id:016x}"
    return event


def _console() -> list[Processor]:
    return [
        structlog.dev.ConsoleRenderer(colors=sys.stdout.isatty(), exception_formatter=structlog.dev.plain_traceback)
    ]


def _json() -> list[Processor]:
    tracebacks = structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False))
    return [tracebacks, structlog.processors.JSONRenderer(serializer=_dump)]


def _dump(event: Mapping[str, Any], **_: Any) -> str:  # noqa: ANN401 - structlog's own signature
    return orjson.dumps(event, default=str).decode()
