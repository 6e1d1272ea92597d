"""What FastAPI cannot know of our routes: the bearer token, the command headers, the problems."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi.openapi.utils import get_openapi

from services.entrypoints.api.problems import MEDIA_TYPE, Problem
from services.entrypoints.api.routing import GuardedRoute

if TYPE_CHECKING:
    from fastapi import FastAPI

_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "Names this command: sent again with the same key, it is answered as the first time.",
    "schema": {"type": "string", "minLength": 8, "maxLength": 200},
    "example": "0f3f0a6e-6a58-4a56-9b51-4d3c4a9e9a11",
}
_PROBLEM = {
    "description": "A problem (RFC 9457); `code` names the rule, `mend` says what to do.",
    "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


def _if_match(*, required: bool) -> dict[str, Any]:
    return {
        "name": "If-Match",
        "in": "header",
        "required": required,
        "description": "The ETag of the version that the command rests on.",
        "schema": {"type": "string", "pattern": '^"[0-9]{1,15}"$'},
    }


def install(app: FastAPI, prefix: str, token_url: str | None = None) -> None:
    """Complete the application's OpenAPI document, made once when it is first asked for.

    Args:
        app: the application.
        prefix: where it is mounted.
        token_url: of the local issuer, so that the documentation page can sign in.
    """

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            made = get_openapi(title=app.title, version=app.version, routes=app.routes)
            for route in app.routes:
                if isinstance(route, GuardedRoute):
                    _complete(made["paths"][route.path_format], route)
            made["servers"] = [{"url": prefix}]
            components = made.setdefault("components", {})
            schemas = components.setdefault("schemas", {})
            for replaced in ("HTTPValidationError", "ValidationError"):
                schemas.pop(replaced, None)
            schemas.update(_problem_schemas())
            components["securitySchemes"] = {"token": _scheme(token_url)}
            app.openapi_schema = made
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]  # FastAPI's documented way


def _scheme(token_url: str | None) -> dict[str, Any]:
    if token_url is None:
        return {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
    return {"type": "oauth2", "flows": {"password": {"tokenUrl": token_url, "scopes": {}}}}


def _complete(path: dict[str, Any], route: GuardedRoute) -> None:
    declared = route.declaration
    for method in route.methods or ():
        operation = path[method.lower()]
        operation["responses"].pop("422", None)
        operation["responses"]["default"] = _PROBLEM
        if not declared.access.public:
            operation["security"] = [{"token": []}]
            operation["x-roles"] = sorted(declared.access.roles)
        if declared.command:
            operation.setdefault("parameters", []).extend([_KEY, _if_match(required=declared.if_match)])


def _problem_schemas() -> dict[str, Any]:
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    return {**schema.pop("$defs"), "Problem": schema}
