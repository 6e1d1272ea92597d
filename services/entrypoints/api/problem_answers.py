"""The problems that the edge may answer a route with, as OpenAPI shows them: by status, each in both languages."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from services.adapters.catalogues import LANGUAGES, in_both
from services.application import handler, identity
from services.entrypoints.api import refusals
from services.entrypoints.api.problems import MEDIA_TYPE, explained, status_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemas.refusal import Refusal
    from services.entrypoints.api.routing import GuardedRoute

_TOKEN = (identity.TokenMissing, identity.TokenExpired, identity.TokenInvalid)
_ROLE = (refusals.RoleNotAllowed, refusals.OutsideScope)
_BODY = (refusals.BodyNotJson, refusals.MediaTypeNotSupported, refusals.BodyTooLarge, refusals.InputInvalid)
_COMMAND = (
    refusals.IdempotencyKeyMissing,
    refusals.IdempotencyKeyUnreadable,
    handler.IdempotencyKeyReused,
    handler.ConcurrentChange,
    handler.VersionNotCurrent,
)
_EVERYWHERE = (refusals.Unavailable, refusals.InternalError)


def of_route(route: GuardedRoute, components: dict[str, Any]) -> dict[str, Any]:
    """The responses by status, as references to components, which are added where they are missing."""
    by_status: dict[str, list[type[Refusal]]] = defaultdict(list)
    for kind in dict.fromkeys(_kinds(route)):
        by_status[str(status_of(kind).value)].append(kind)
    found = {status: _reference(status, kinds, components) for status, kinds in sorted(by_status.items())}
    components.setdefault("Problem", _response([handler.ConcurrentChange], in_both("answer-refused")))
    return {**found, "default": {"$ref": "#/components/responses/Problem"}}


def _reference(status: str, kinds: list[type[Refusal]], components: dict[str, Any]) -> dict[str, str]:
    name = ".".join((f"Problem{status}", *(kind.__name__ for kind in kinds)))
    components.setdefault(name, _response(kinds))
    return {"$ref": f"#/components/responses/{name}"}


def _kinds(route: GuardedRoute) -> Iterator[type[Refusal]]:
    declared = route.declaration
    yield from _EVERYWHERE
    if not declared.access.public:
        yield from (*_TOKEN, *_ROLE)
    if "{" in route.path_format:
        yield refusals.NotFound
    if route.body_field is not None:
        yield from _BODY
    if declared.command:
        yield from _COMMAND
    if declared.if_match:
        yield from (refusals.IfMatchMissing, refusals.IfMatchUnreadable)
    names = {field.alias for field in route.dependant.query_params}
    if "cursor" in names:
        yield refusals.CursorUnreadable
    if declared.stream:
        yield refusals.LastEventIdUnreadable


def _response(kinds: list[type[Refusal]], description: str | None = None) -> dict[str, Any]:
    stated = [(language, explained(kind, language)) for language in LANGUAGES for kind in kinds]
    named = [(f"{shown['code']} ({language})", shown) for language, shown in stated]
    examples = {name: {"summary": name, "value": _value(shown)} for name, shown in named}
    said = description or "\n\n".join(str(explained(kinds[0], language)["title"]) for language in LANGUAGES)
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}, "examples": examples}}
    return {"description": said, "content": content}


def _value(shown: dict[str, Any]) -> dict[str, Any]:
    return {"type": f"/problems/{shown['code']}", **shown}
