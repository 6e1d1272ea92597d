"""One FastAPI application a context, mounted on one root."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi.routing import APIRoute

from services.entrypoints.api import docs, errors, openapi, problems
from services.entrypoints.api.access import AccessUndeclared
from services.entrypoints.api.routing import GuardedRoute

if TYPE_CHECKING:
    from services.application.identity import Verifier
    from services.entrypoints.api.context import Context, ContextApi


def context_app(api: ContextApi, *, token_url: str | None = None) -> FastAPI:
    """Make a context's application; `connect` gives it what its routes stand on.

    Raises `AccessUndeclared` where a route does not say who may call it.
    """
    app = FastAPI(title=api.title, version="1", docs_url=None, redoc_url=None)
    for router in api.routers:
        app.router.routes.extend(router.routes)
    app.router.routes.append(docs.page(api.title))
    verify_declared(app)
    problems.register(api.status)
    errors.install(app)
    openapi.install(app, f"/{api.name}", token_url)
    return app


def verify_declared(app: FastAPI) -> None:
    """Raises `AccessUndeclared` for a route that is not guarded."""
    for route in app.routes:
        if isinstance(route, APIRoute) and not isinstance(route, GuardedRoute):
            raise AccessUndeclared(f"{route.path}: declare it with Router.read, .command or .stream")


def connect(app: FastAPI, context: Context, verifier: Verifier) -> None:
    """Give an application what its routes stand on."""
    app.state.context = context
    app.state.verifier = verifier
