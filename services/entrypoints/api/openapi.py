"""What FastAPI cannot know of our routes: the bearer token, the command headers, the problems."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fastapi.openapi.utils import get_openapi

from services.adapters import catalogues
from services.entrypoints.api import problem_answers
from services.entrypoints.api.examples import example_of
from services.entrypoints.api.problems import Problem
from services.entrypoints.api.routing import GuardedRoute

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fastapi import FastAPI

    from services.entrypoints.api.examples import Schemas

HEADERS = {
    "Idempotency-Key": "Names this command: sent again with the same key, it is answered as the first time.",
    "If-Match": "The ETag of the version that the command rests on.",
}
"""What each header of a command is."""
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "schema": {"type": "string", "minLength": 8, "maxLength": 200},
    "example": "0f3f0a6e-6a58-4a56-9b51-4d3c4a9e9a11",
}
_ID = "3f0c6e1a-8f6b-5d0e-9a55-1c1f4f6f2f7e"
_FILE = {
    "content": {"*/*": {"schema": {"type": "string", "format": "binary"}, "example": "…"}},
}
IN_PATHS: Mapping[str, tuple[str, str]] = {
    "finding_id": (
        "The finding; its follow-up has the same id. Of a head's question after a deemed consent, the consultation.",
        _ID,
    ),
    "inspection_id": ("The inspection.", _ID),
    "review_id": ("The review.", _ID),
    "board_id": ("The board.", _ID),
    "ballot_id": ("The ballot.", _ID),
    "person_id": ("The person.", _ID),
    "succession_id": ("The merger or division that was announced.", _ID),
    "consultation_id": ("The consultation.", _ID),
    "alert_id": ("The alert.", _ID),
    "message_id": ("The message in the inbox.", _ID),
    "webhook_id": ("The webhook.", _ID),
    "directive_id": ("The directive.", "da-nang-2090"),
    "agency_id": ("The agency.", "so-xay-dung"),
    "post_id": ("The post.", "so-xay-dung-giam-doc"),
    "document_id": ("The document.", _ID),
    "issued_id": ("The document that was issued.", _ID),
    "kind": ("What kind of document.", "decision"),
    "form": ("As PDF, or as DOCX.", "pdf"),
    "sitting": ("The sitting, by its number.", "1"),
    "row_id": ("The row of the law.", "limitation-civil-servant"),
    "level": ("How far up the chain: 1 is the agency itself.", "1"),
    "day": ("The day.", "2025-05-02"),
}
"""What stands for a part of a path: its meaning and an example."""
_EVENTS = {
    "content": {
        "text/event-stream": {
            "schema": {"type": "string"},
            "example": "id: 4711\nevent: discipline.follow_up_acknowledged.v1\ndata: {…}\n\n",
        }
    },
}


def _if_match(*, required: bool) -> dict[str, Any]:
    return {
        "name": "If-Match",
        "in": "header",
        "required": required,
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
                    _complete(made["paths"][route.path_format], route, made["components"])
            made["servers"] = [{"url": prefix}]
            components = made.setdefault("components", {})
            schemas = components.setdefault("schemas", {})
            for replaced in ("HTTPValidationError", "ValidationError"):
                schemas.pop(replaced, None)
            schemas.update(_problem_schemas())
            _describe_fields(schemas)
            made["tags"] = _groups(made["paths"])
            components["securitySchemes"] = {"token": _scheme(token_url)}
            app.openapi_schema = made
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]  # FastAPI's documented way


def _scheme(token_url: str | None) -> dict[str, Any]:
    if token_url is None:
        return {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
    return {"type": "oauth2", "flows": {"password": {"tokenUrl": token_url, "scopes": {}}}}


def _complete(path: dict[str, Any], route: GuardedRoute, components: dict[str, Any]) -> None:
    declared = route.declaration
    for method in route.methods or ():
        operation = path[method.lower()]
        _name(operation, route)
        operation["responses"].pop("422", None)
        if declared.stream:
            operation["responses"]["200"] = {"description": catalogues.in_both("answer-events"), **_EVENTS}
        elif route.response_model is None:
            operation["responses"]["200"] = {"description": catalogues.in_both("answer-file"), **_FILE}
        else:
            _answered(operation["responses"])
        for shown in (operation.get("requestBody"), *operation["responses"].values()):
            _exemplify(shown, components["schemas"])
        operation["responses"].update(problem_answers.of_route(route, components.setdefault("responses", {})))
        if not declared.access.public:
            operation["security"] = [{"token": []}]
            operation["x-roles"] = sorted(declared.access.roles)
        if declared.command:
            operation.setdefault("parameters", []).extend([dict(_KEY), _if_match(required=declared.if_match)])
        for parameter in operation.get("parameters", ()):
            _describe(parameter, route)


def text_id(route: GuardedRoute) -> str:
    """The id under which the catalogues say what a route does: context, module and function."""
    endpoint = route.endpoint
    path = endpoint.__module__.partition(".api.")[2] or endpoint.__module__
    return "operation-" + re.sub(r"[._]+", "-", f"{path}.{endpoint.__name__}").rstrip("-")


def _name(operation: dict[str, Any], route: GuardedRoute) -> None:
    """In Vietnamese, then in English; a list of operations shows the first clause alone."""
    said = catalogues.text(catalogues.LANGUAGES[0], text_id(route))
    operation["summary"] = re.split(r"[.;] ", said, maxsplit=1)[0].rstrip(".")
    operation["description"] = catalogues.in_both(text_id(route))
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "path" and parameter["name"] in IN_PATHS:
            parameter["description"], parameter["example"] = IN_PATHS[parameter["name"]]


def parameter_id(parameter: Mapping[str, Any], route: GuardedRoute) -> str:
    """The id under which the catalogues say what a parameter is: an operation's own, else by its name."""
    name = re.sub(r"[._]+", "-", parameter["name"]).lower()
    own = f"{text_id(route).replace('operation-', 'parameter-', 1)}-{name}"
    return own if catalogues.has(catalogues.LANGUAGES[0], own) else f"parameter-{parameter['in']}-{name}"


def _describe(parameter: dict[str, Any], route: GuardedRoute) -> None:
    """In Vietnamese, then in English."""
    parameter["description"] = catalogues.in_both(parameter_id(parameter, route))
    parameter["schema"].pop("description", None)


def _answered(responses: dict[str, Any]) -> None:
    """In the place of FastAPI's own words."""
    [made] = [response for status, response in responses.items() if status.startswith("2")]
    made["description"] = catalogues.in_both("answer-made")


def _groups(paths: dict[str, Any]) -> list[dict[str, str]]:
    """What each group of operations is about, in the order of the groups' first operations."""
    operations = [operation for path in paths.values() for operation in path.values()]
    tags = dict.fromkeys(tag for operation in operations for tag in operation["tags"])
    return [{"name": tag, "description": catalogues.in_both(f"tag-{tag}")} for tag in tags]


def _describe_fields(schemas: Schemas) -> None:
    """Each model, each field and what a field may be, in Vietnamese, then in English."""
    for schema in schemas.values():
        fields = schema.get("properties", {}).values()
        for shown in (schema, *fields, *(choice for field in fields for choice in field.get("anyOf", ()))):
            if "description" in shown:
                shown["description"] = catalogues.described(shown["description"])


def _exemplify(shown: dict[str, Any] | None, schemas: Schemas) -> None:
    for content in (shown or {}).get("content", {}).values():
        if not {"example", "examples"} & content.keys():
            content["example"] = example_of(content["schema"], schemas)


def _problem_schemas() -> dict[str, Any]:
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    return {**schema.pop("$defs"), "Problem": schema}
