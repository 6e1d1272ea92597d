"""RFC 9457 problem details: every refusal, in the caller's language, naming the field and the mend."""

from __future__ import annotations

from dataclasses import fields
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any

import orjson
import structlog
from pydantic import BaseModel, Field
from starlette.responses import Response

from schemas.refusal import Refusal
from services.adapters import catalogues, law_words
from services.application import handler, identity, registry
from services.entrypoints.api import refusals
from services.entrypoints.api.language import of_scope

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from starlette.types import Scope

    from services.adapters.catalogues import Language

log = structlog.get_logger(__name__)

STATUS: Mapping[type[Refusal], HTTPStatus] = {
    registry.DocumentErased: HTTPStatus.GONE,
    registry.PersonUnknown: HTTPStatus.UNPROCESSABLE_ENTITY,
    registry.StateSecretRefused: HTTPStatus.UNPROCESSABLE_ENTITY,
    registry.RegistryUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    handler.VersionNotCurrent: HTTPStatus.PRECONDITION_FAILED,
    handler.IdempotencyKeyReused: HTTPStatus.UNPROCESSABLE_ENTITY,
    refusals.NotFound: HTTPStatus.NOT_FOUND,
    refusals.MethodNotAllowed: HTTPStatus.METHOD_NOT_ALLOWED,
    identity.TokenMissing: HTTPStatus.UNAUTHORIZED,
    identity.TokenInvalid: HTTPStatus.UNAUTHORIZED,
    identity.TokenExpired: HTTPStatus.UNAUTHORIZED,
    identity.IssuerUnreachable: HTTPStatus.SERVICE_UNAVAILABLE,
    refusals.RoleNotAllowed: HTTPStatus.FORBIDDEN,
    refusals.OutsideScope: HTTPStatus.FORBIDDEN,
    refusals.IdempotencyKeyMissing: HTTPStatus.PRECONDITION_REQUIRED,
    refusals.IdempotencyKeyUnreadable: HTTPStatus.BAD_REQUEST,
    refusals.IfMatchMissing: HTTPStatus.PRECONDITION_REQUIRED,
    refusals.IfMatchUnreadable: HTTPStatus.BAD_REQUEST,
    refusals.BodyNotJson: HTTPStatus.BAD_REQUEST,
    refusals.MediaTypeNotSupported: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    refusals.BodyTooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    refusals.InputInvalid: HTTPStatus.UNPROCESSABLE_ENTITY,
    refusals.CursorUnreadable: HTTPStatus.BAD_REQUEST,
    refusals.LastEventIdUnreadable: HTTPStatus.BAD_REQUEST,
    refusals.GrantRefused: HTTPStatus.BAD_REQUEST,
    refusals.GrantNotSupported: HTTPStatus.BAD_REQUEST,
    refusals.TooManyRequests: HTTPStatus.TOO_MANY_REQUESTS,
    refusals.Unavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    refusals.InternalError: HTTPStatus.INTERNAL_SERVER_ERROR,
}
"""Refusals that are not a conflict with the state of things (409), which is what the domain's mostly are.

A context adds its own where that is wrong: `STATUS_OF_CONTEXT` in its package, merged by `register`.
"""

_registered: dict[type[Refusal], HTTPStatus] = dict(STATUS)

OAUTH: Mapping[type[Refusal], str] = {
    refusals.GrantRefused: "invalid_grant",
    refusals.GrantNotSupported: "unsupported_grant_type",
    refusals.TooManyRequests: "slow_down",
}
"""What OAuth clients look for in `error` (RFC 6749, section 5.2); an extension member of the problem."""

RETRY_AFTER = "2"
"""Seconds; a database or a process that starts again needs about so long."""
MEDIA_TYPE = "application/problem+json"


class FieldError(BaseModel):
    """One field that does not keep its rule."""

    field: Annotated[str, Field(description="Where: a JSON Pointer (RFC 6901) into the body, or a parameter's name.")]
    rule: Annotated[str, Field(description="The rule's id.")]
    detail: Annotated[str, Field(description="What the rule demands, in the language asked for.")]


class Problem(BaseModel):
    """RFC 9457, with the field at fault, the facts, and how to mend it."""

    type: Annotated[str, Field(description="Relative reference to the page that explains it.")]
    title: Annotated[str, Field(description="What kind of problem.")]
    status: Annotated[int, Field(description="HTTP status.")]
    detail: Annotated[str, Field(description="What is wrong, in the language asked for.")]
    mend: Annotated[str, Field(description="What to do about it.")]
    code: Annotated[str, Field(description="The refusal's id, for programs.")]
    correlation_id: Annotated[str | None, Field(description="Leads an operator to the log.")] = None
    field: Annotated[str | None, Field(description="The input at fault, where there is one.")] = None
    facts: Annotated[dict[str, Any] | None, Field(description="What the refusal states, by name.")] = None
    error: Annotated[str | None, Field(description="The token endpoint's error code (RFC 6749).")] = None
    errors: Annotated[list[FieldError] | None, Field(description="Every field that does not keep its rule.")] = None


def register(more: Mapping[type[Refusal], HTTPStatus]) -> None:
    """Add a context's own statuses; called when its application is made."""
    _registered.update(more)


def status_of(refusal: type[Refusal]) -> HTTPStatus:
    """Return the status of a refusal: its own, that of a class it derives from, else 409."""
    for kind in refusal.__mro__:
        if kind in _registered:
            return _registered[kind]
    return HTTPStatus.CONFLICT


def every_refusal(kind: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    """Every refusal that has been imported."""
    for refusal in kind.__subclasses__():
        yield refusal
        yield from every_refusal(refusal)


def by_code() -> dict[str, type[Refusal]]:
    """Every refusal by its code."""
    return {_code(refusal): refusal for refusal in every_refusal()}


def explained(refusal: type[Refusal], language: Language) -> dict[str, Any]:
    """What a refusal means whatever its facts are: they are left open."""
    code, status = _code(refusal), status_of(refusal)
    open_facts = dict.fromkeys((entry.name for entry in fields(refusal)), "…")
    return {
        "code": code,
        "status": status.value,
        "title": catalogues.text(language, f"status-{status.value}"),
        "detail": catalogues.text(language, code, open_facts),
        "mend": catalogues.text(language, f"{code}.mend", open_facts),
    }


def _code(refusal: type[Refusal]) -> str:
    return refusal.__new__(refusal).code


def problem(
    refusal: Refusal,
    scope: Scope,
    *,
    errors: Sequence[FieldError] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return the response that states a refusal."""
    language = of_scope(scope)
    status = status_of(type(refusal))
    code = refusal.code
    body: dict[str, Any] = {
        "type": f"/problems/{code}",
        "title": catalogues.text(language, f"status-{status.value}"),
        "status": status.value,
        "detail": _text(language, code, refusal.facts),
        "mend": _text(language, f"{code}.mend", refusal.facts),
        "code": code,
    }
    exchange = scope.get("kycuong.exchange")
    if exchange is not None:
        exchange.refusal = code
        if not exchange.silent:
            body["correlation_id"] = str(exchange.correlation_id)
    if refusal.field is not None:
        body["field"] = refusal.field
    if refusal.facts:
        body["facts"] = refusal.facts
    if type(refusal) in OAUTH:
        body["error"] = OAUTH[type(refusal)]
    if errors:
        body["errors"] = [error.model_dump() for error in errors]
    content = orjson.dumps(body, default=str)
    sent = {"content-language": language, "cache-control": "no-store", **(headers or {})}
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        sent.setdefault("retry-after", RETRY_AFTER)
    if status is HTTPStatus.UNAUTHORIZED:
        sent["www-authenticate"] = _challenge(refusal)
    return Response(content, status_code=status.value, media_type=MEDIA_TYPE, headers=sent)


def _text(language: Language, text_id: str, facts: Mapping[str, object]) -> str:
    """The text; a missing one is a defect that tests find, and no reason to answer 500 instead of the refusal."""
    try:
        return catalogues.text(language, text_id, _named(language, facts))
    except (catalogues.TextMissing, catalogues.TextBroken) as defect:
        log.error("text_missing", text=text_id, language=language, reason=str(defect))  # noqa: TRY400 -- no stack needed
        return text_id


def _named(language: Language, facts: Mapping[str, object]) -> Mapping[str, object]:
    """A law by its name in the language; programs get the name that the row has."""
    instrument = facts.get("instrument")
    return {**facts, "instrument": law_words.called(language, instrument)} if isinstance(instrument, str) else facts


def _challenge(refusal: Refusal) -> str:
    """RFC 6750, section 3: a request without any token is told no error."""
    if isinstance(refusal, identity.TokenMissing):
        return 'Bearer realm="kycuong"'
    return 'Bearer realm="kycuong", error="invalid_token"'
