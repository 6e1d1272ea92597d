"""The root application: health, metrics, documentation assets, problem pages, and a context on each mount."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import orjson
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, generate_latest
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Mount, Route

from services.entrypoints.api import docs, errors, problems
from services.entrypoints.api.edge import Edge
from services.entrypoints.api.language import of_scope
from services.entrypoints.api.refusals import NotFound, Unavailable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fastapi import FastAPI
    from starlette.requests import Request
    from starlette.types import ASGIApp, Lifespan

    from services.entrypoints.serving import Readiness

ASK_SECONDS = 5.0


class Health:
    """Live, ready and metrics: the whole suite's where a supervisor answers for it, this process's otherwise.

    Args:
        readiness: of this process.
        supervisor: address of the page that speaks for every process.
    """

    def __init__(self, readiness: Readiness, supervisor: str | None) -> None:
        self._readiness = readiness
        self._client = None if supervisor is None else httpx.AsyncClient(base_url=supervisor, timeout=ASK_SECONDS)

    def routes(self) -> Sequence[Route]:
        """The three addresses."""
        return (
            Route("/health/live", self.live),
            Route("/health/ready", self.ready),
            Route("/metrics", self.metrics),
        )

    async def live(self, _request: Request) -> Response:
        """200 as long as this process answers at all."""
        return _json(200, {"live": True})

    async def ready(self, request: Request) -> Response:
        """200 only when every part is ready."""
        if self._client is not None:
            return await self._supervisors(request, "/health/ready")
        parts = self._readiness.parts
        well = all(parts.values())
        return _json(200 if well else 503, {"ready": well, "parts": parts})

    async def metrics(self, request: Request) -> Response:
        """Prometheus text."""
        if self._client is not None:
            return await self._supervisors(request, "/metrics")
        return Response(generate_latest(REGISTRY), headers={"content-type": CONTENT_TYPE_LATEST})

    async def _supervisors(self, request: Request, path: str) -> Response:
        assert self._client is not None  # noqa: S101 -- both callers looked
        try:
            answer = await self._client.get(path)
        except httpx.TransportError:
            return problems.problem(Unavailable(), request.scope)
        return Response(answer.content, answer.status_code, {"content-type": answer.headers["content-type"]})


async def explain(request: Request) -> Response:
    """What a problem's `type` points to: what it means and how to mend it, as a page or as JSON."""
    language = of_scope(request.scope)
    refusal = problems.by_code().get(request.path_params["code"])
    if refusal is None:
        return problems.problem(NotFound(), request.scope)
    explained = problems.explained(refusal, language)
    if "text/html" not in request.headers.get("accept", ""):
        return _json(200, explained)
    lines = [explained["detail"], explained["mend"], f"{explained['status']} · {explained['code']}"]
    return docs.plain_page(language, explained["title"], lines)


def root(contexts: Mapping[str, FastAPI], health: Health, lifespan: Lifespan[Starlette] | None = None) -> ASGIApp:
    """Mount the contexts below the edge."""
    app = Starlette(
        routes=[
            *(Mount(f"/{name}", context) for name, context in contexts.items()),
            *health.routes(),
            *docs.assets(),
            Route("/problems/{code}", explain),
            Route("/", docs.front_page({name: context.title for name, context in contexts.items()})),
        ],
        lifespan=lifespan,
    )
    errors.install(app)
    return Edge(app, tuple(path for context in contexts.values() for path in getattr(context.state, "silent", ())))


def _json(status: int, body: object) -> Response:
    return Response(orjson.dumps(body), status, {"cache-control": "no-store"}, "application/json")
