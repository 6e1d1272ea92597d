"""The problems that the edge may answer a route with, as OpenAPI shows them: by status, each in both languages."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from services.adapters.catalogues import LANGUAGES
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
DEFAULT = "A rule of the domain (RFC 9457): `code` names it, `mend` says what to do; docs/refusals.md lists them all."


def of_route(route: GuardedRoute) -> dict[str, Any]:
    """The responses by status, as references into the document's components."""
    statuses = sorted({status_of(kind).value for kind in _kinds(route)})
    found: dict[str, Any] = {str(status): {"$ref": f"#/components/responses/Problem{status}"} for status in statuses}
    return {**found, "default": {"$ref": "#/components/responses/Problem"}}


def components() -> dict[str, Any]:
    """What the references lead to: for each status every refusal of the edge, in each language."""
    by_status: dict[int, list[type[Refusal]]] = defaultdict(list)
    for kind in (*_TOKEN, *_ROLE, *_BODY, *_COMMAND, *_EVERYWHERE, *_OF_SOME):
        by_status[status_of(kind).value].append(kind)
    found = {f"Problem{status}": _response(kinds) for status, kinds in by_status.items()}
    return {**found, "Problem": _response([handler.ConcurrentChange], DEFAULT)}


_OF_SOME = (
    refusals.NotFound,
    refusals.IfMatchMissing,
    refusals.IfMatchUnreadable,
    refusals.CursorUnreadable,
    refusals.LastEventIdUnreadable,
)


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
    examples = {f"{shown['code']} ({language})": _example(shown) for language, shown in stated}
    said = description or next(iter(examples.values()))["summary"]
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}, "examples": examples}}
    return {"description": said, "content": content}


def _example(shown: dict[str, Any]) -> dict[str, Any]:
    return {"summary": shown["title"], "value": {"type": f"/problems/{shown['code']}", **shown}}
