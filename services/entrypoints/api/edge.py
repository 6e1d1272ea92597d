"""The outermost layer: trace ids, security headers, request metrics, and the answer when something breaks."""

from __future__ import annotations

from http import HTTPStatus
from time import perf_counter
from typing import TYPE_CHECKING

import structlog
from opentelemetry.trace import INVALID_SPAN
from prometheus_client import Counter, Histogram

from services.application import tracing
from services.entrypoints.api.exchange import Exchange, begin, unnamed
from services.entrypoints.api.problems import problem
from services.entrypoints.api.refusals import InternalError

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = structlog.get_logger(__name__)

REQUESTS = Counter("kycuong_http_requests", "Requests answered.", ["route", "status"])
SECONDS = Histogram(
    "kycuong_http_request_seconds",
    "Seconds until an answer began.",
    ["route"],
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)

HEADERS: tuple[tuple[bytes, bytes], ...] = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"strict-transport-security", b"max-age=31536000"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
"""On every answer; one that brings its own (the docs page and its policy) keeps it."""

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Edge:
    """Pure ASGI: one closure a request, nothing read and nothing buffered.

    Args:
        app: what stands behind it.
        silent: beginnings of paths of whose requests nothing is kept: who votes must not be found by when he does.
    """

    def __init__(self, app: ASGIApp, silent: tuple[str, ...] = ()) -> None:
        self.app = app
        self.silent = silent

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and see its answer off."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if scope["path"].startswith(self.silent):
            await self._silently(scope, receive, send)
            return
        exchange = begin(scope["headers"])
        scope["kycuong.exchange"] = exchange
        started = perf_counter()
        status = 0
        told = False

        async def answer(message: Message) -> None:
            nonlocal status, told
            if message["type"] == "http.response.start":
                status = message["status"]
                _finish_headers(message, exchange)
                _count(exchange, status, perf_counter() - started)
                if status >= HTTPStatus.BAD_REQUEST:
                    _tell_refused(exchange, status)
            elif not message.get("more_body"):
                told = True
            await send(message)

        with (
            structlog.contextvars.bound_contextvars(correlation_id=str(exchange.correlation_id)),
            tracing.current(exchange.span),
        ):
            try:
                await self.app(scope, receive, answer)
            except Exception as error:
                log.exception("request_failed", route=exchange.template)
                tracing.failed(exchange.span, type(error).__name__)
                if not status:
                    await problem(InternalError(), scope)(scope, receive, answer)
                elif not told:
                    raise  # half an answer: the server closes the connection, so nobody takes it for a whole one
            finally:
                _end_span(exchange, scope["method"], status)

    async def _silently(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Without trace, metric and log; of what breaks, the class alone is told, for its words could hold a ballot."""
        scope["kycuong.exchange"] = unnamed()
        # On a connection that is kept, whoever sent the request before this one may still be current: a line of the log
        # would name his request, and with it him.
        structlog.contextvars.clear_contextvars()
        begun = False

        async def answer(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                _add_missing(message["headers"])
            await send(message)

        try:
            with tracing.current(INVALID_SPAN):
                await self.app(scope, receive, answer)
        except Exception as error:  # noqa: BLE001 -- the outermost layer: it answers, and keeps the words to itself
            log.error("silent_request_failed", error=type(error).__name__)  # noqa: TRY400 -- likewise
            if not begun:
                await problem(InternalError(), scope)(scope, receive, answer)


def _count(exchange: Exchange, status: int, seconds: float) -> None:
    """Of a case that does not exist for others, only what went wrong."""
    if not exchange.confidential or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        SECONDS.labels(exchange.template).observe(seconds)
        REQUESTS.labels(exchange.template, status).inc()


def _tell_refused(exchange: Exchange, status: int) -> None:
    """What was carried out, an event tells; what was refused, only the log."""
    actor = None if exchange.confidential else exchange.actor
    log.info("request_refused", route=exchange.template, status=status, refusal=exchange.refusal, actor=actor)


def _end_span(exchange: Exchange, method: str, status: int) -> None:
    span = exchange.span
    if not span.is_recording():
        return
    known = method if method in METHODS else "_OTHER"
    route = exchange.template.removeprefix(f"{method} ")
    span.update_name(f"{known} {route}")
    told: tracing.Attributes = {"http.request.method": known, "http.route": route}
    if status:
        told["http.response.status_code"] = status
    if exchange.refusal is not None:
        told["kycuong.refusal"] = exchange.refusal
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        tracing.failed(span, exchange.refusal or str(status))
    tracing.end(span, attributes=told)


def _finish_headers(message: Message, exchange: Exchange) -> None:
    headers = message["headers"]
    _add_missing(headers)
    headers.append((b"traceparent", exchange.traceparent.encode()))


def _add_missing(headers: list[tuple[bytes, bytes]]) -> None:
    present = {name for name, _ in headers}
    headers.extend(header for header in HEADERS if header[0] not in present)
