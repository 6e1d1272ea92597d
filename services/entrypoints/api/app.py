"""One FastAPI application a context, mounted on one root."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig

from services.entrypoints.api import docs, errors, openapi, problems
from services.entrypoints.api.access import AccessUndeclared
from services.entrypoints.api.routing import GuardedRoute

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from services.application.identity import Verifier
    from services.entrypoints.api.context import Context, ContextApi


def context_app(api: ContextApi, *, token_url: str | None = None) -> FastAPI:
    """Make a context's application; `connect` gives it what its routes stand on.

    Raises `AccessUndeclared` where a route does not say who may call it, or would be logged though it must not be.
    """
    app = bare_app(api.title)
    app.state.silent = tuple(f"/{api.name}{beginning}" for beginning in api.silent)
    app.state.kept = {f"/{api.name}{beginning}": rule for beginning, rule in api.kept.items()}
    app.state.confidential = tuple(api.confidential)
    routes = [guarded(route) for router in api.routers for route in router.routes]
    # Matched one after the other: those without parameters first, which also keeps `/x/new` from being an id of `/x/`.
    loud = [r.path for r in routes if r.declaration.unnamed and not r.path.startswith(tuple(api.silent))]
    if loud:
        raise AccessUndeclared(f"{loud}: nothing of it is kept, so its path stands under `silent` of its context")
    ordered = sorted(routes, key=lambda route: "{" in route.path)
    app.router.routes.extend(ordered)
    app.router.routes.append(docs.page(api.title))
    problems.register(api.status)
    errors.install(app)
    openapi.install(app, f"/{api.name}", token_url)
    return app


def bare_app(title: str) -> FastAPI:
    """A FastAPI application that fetches no page from elsewhere and hands no request to an OpenTelemetry provider.

    The suite has trace ids and metrics of its own; FastAPI's telemetry keeps bodies, which hold narratives.
    """
    silent: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False, "auto_configure": False}
    return FastAPI(title=title, version="1", docs_url=None, redoc_url=None, telemetry=silent)


def guarded(route: BaseRoute) -> GuardedRoute:
    """The route, which says who may call it. Raises `AccessUndeclared` for any other kind."""
    if not isinstance(route, GuardedRoute):
        raise AccessUndeclared(f"{route}: declare it with Router.read, .command or .stream")
    return route


def connect(app: FastAPI, context: Context, verifier: Verifier) -> None:
    """Give an application what its routes stand on."""
    app.state.context = context
    app.state.verifier = verifier
