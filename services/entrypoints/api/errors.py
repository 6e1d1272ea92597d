"""Every way in which a request can fail, turned into a problem."""

from __future__ import annotations

from socket import gaierror
from typing import TYPE_CHECKING

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from schemas.refusal import Refusal
from services.adapters import catalogues
from services.adapters.postgres.pool import LOST
from services.application.ports import StoreUnavailable
from services.entrypoints.api import refusals
from services.entrypoints.api.language import of_scope
from services.entrypoints.api.problems import FieldError, problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.applications import Starlette
    from starlette.requests import Request


AWAY = (*(lost for lost in LOST if lost is not OSError), ConnectionError, TimeoutError, gaierror)
"""What a reading raises while the database is away; the caller asks again. Other OSErrors are defects."""
CLIENT_CLOSED_REQUEST = 499
"""nginx's word for it; HTTP has none."""


def install(app: Starlette) -> None:
    """Answer every failure of the application as a problem."""
    app.add_exception_handler(Refusal, refused)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(StoreUnavailable, unavailable)
    for lost in AWAY:
        app.add_exception_handler(lost, away)
    app.add_exception_handler(ClientDisconnect, gone)
    app.add_exception_handler(Exception, broken)


async def refused(request: Request, error: Exception) -> Response:
    """A rule of the domain or of the edge said no."""
    assert isinstance(error, Refusal)  # noqa: S101 -- registered for this class
    headers = {"retry-after": str(error.retry_after)} if isinstance(error, refusals.TooManyRequests) else None
    return problem(error, request.scope, headers=headers)


async def invalid(request: Request, error: Exception) -> Response:
    """Input does not keep its contract: name every field with its rule."""
    assert isinstance(error, RequestValidationError)  # noqa: S101 -- registered for this class
    errors = [_field_error(request, entry) for entry in error.errors()]
    return problem(refusals.InputInvalid(), request.scope, errors=errors)


async def http(request: Request, error: Exception) -> Response:
    """The router's own refusals: no such path, no such method, a body too large."""
    assert isinstance(error, HTTPException)  # noqa: S101 -- registered for this class
    match error.status_code:
        case 405:
            allowed = (error.headers or {}).get("Allow", "")
            return problem(refusals.MethodNotAllowed(allowed), request.scope, headers={"allow": allowed})
        case 413:
            return problem(refusals.BodyTooLarge(), request.scope)
        case 404:
            return problem(refusals.NotFound(), request.scope)
        case _:
            raise error


async def unavailable(request: Request, _error: Exception) -> Response:
    """The database stayed away for longer than a caller waits."""
    return problem(refusals.Unavailable(), request.scope)


async def away(request: Request, error: Exception) -> Response:
    """The database went away in the middle of a reading; nothing was changed."""
    if isinstance(error, ValueError):  # asyncpg's own refusal of an argument: a defect
        raise error
    return problem(refusals.Unavailable(), request.scope)


async def gone(_request: Request, _error: Exception) -> Response:
    """The caller hung up in the middle of the body; this is counted, and read by nobody."""
    return Response(status_code=CLIENT_CLOSED_REQUEST)


async def broken(request: Request, _error: Exception) -> Response:
    """A defect; the edge logs it, for it is raised once more when this is answered."""
    return problem(refusals.InternalError(), request.scope)


def _field_error(request: Request, entry: Mapping[str, object]) -> FieldError:
    rule = str(entry["type"]).replace("_", "-").replace(".", "-")
    where = [str(part).replace("~", "~0").replace("/", "~1") for part in entry["loc"]]  # type: ignore[attr-defined]  # pydantic's own shape: a tuple
    place = "/" + "/".join(where[1:]) if where[0] == "body" else where[-1]
    language = of_scope(request.scope)
    text_id = f"rule-{rule}"
    known = catalogues.has(language, text_id)
    told = entry.get("ctx")
    facts = dict(told) if isinstance(told, dict) else {}
    if isinstance(expected := facts.get("expected"), str):
        facts["expected"] = expected.replace(" or ", ", ")
    detail = catalogues.text(language, text_id if known else "rule-other", facts)
    return FieldError(field=place, rule=rule, detail=detail)
