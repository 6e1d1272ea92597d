"""Routes that say who may call them. A route that does not cannot be made."""

from __future__ import annotations

from asyncio import get_running_loop, sleep
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, TypedDict, Unpack

from fastapi import APIRouter
from fastapi.routing import APIRoute
from pydantic import BaseModel, Field

from services.application.identity import Role
from services.entrypoints.api.access import PUBLIC, Access, AccessUndeclared
from services.entrypoints.api.call import Call
from services.entrypoints.api.conditions import idempotency_key, require_if_match
from services.entrypoints.api.refusals import NotFound, RoleNotAllowed

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine
    from enum import Enum

    from starlette.requests import Request
    from starlette.responses import Response

    Endpoint = Callable[..., Awaitable[Response]]

_DECLARED = "__kycuong_route__"
HIDDEN_SECONDS = 0.05
"""After which a confidential case is said not to exist, whether it does or not: to look at one takes longer than to
find none, and ids follow from the matter, so whoever guesses one could tell by the clock."""


class Options(TypedDict, total=False):
    """What a route may say of itself besides; passed on to FastAPI."""

    summary: str
    description: str
    tags: list[str | Enum]
    name: str
    responses: dict[int | str, dict[str, Any]]
    openapi_extra: dict[str, Any]


class Changed(BaseModel):
    """What every command answers: what it changed, and the version that is current now."""

    id: Annotated[str, Field(description="What was created or changed.")]
    version: Annotated[int, Field(description="Its version now; the ETag says the same.")]


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a route says of itself."""

    access: Access
    command: bool = False
    if_match: bool = False
    form: bool = False
    unnamed: bool = False
    """Nothing of its requests is kept."""
    stream: bool = False
    """It stays open and tells events as they happen."""


class GuardedRoute(APIRoute):
    """Checks token, role, headers and scope, in this order, before FastAPI looks at the input."""

    declaration: Declaration

    def __init__(self, path: str, endpoint: Endpoint, **options: Any) -> None:  # noqa: ANN401 -- FastAPI's, unchanged
        declaration = getattr(endpoint, _DECLARED, None)
        if declaration is None:
            raise AccessUndeclared(f"{path}: declare it with Router.read, .command or .stream")
        self.declaration = declaration
        super().__init__(path, endpoint, **options)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Wrap FastAPI's handler in the guard."""
        inner = super().get_route_handler()
        declared, access, template = self.declaration, self.declaration.access, self.path_format
        has_body = self.body_field is not None

        async def guarded(request: Request) -> Response:
            loop = get_running_loop()
            received = loop.time()
            call = Call(request.scope, request.receive, request._send)  # noqa: SLF001 -- has no public name
            exchange = call.exchange
            exchange.template = f"{call.scope['method']} {call.scope.get('root_path', '')}{template}"
            exchange.confidential = template.startswith(getattr(call.app.state, "confidential", ()))
            if not access.public:
                call.principal = principal = await call.app.state.verifier.principal(call.headers.get("authorization"))
                exchange.actor = principal.actor
                if not principal.roles & access.roles:
                    raise RoleNotAllowed
            if declared.command:
                idempotency_key(call.headers)
            if declared.if_match:
                require_if_match(call.headers)
            if has_body and not declared.form:
                await call.json()
            try:
                await access.scope(call)
                return await inner(call)
            except NotFound:
                if exchange.confidential:
                    await sleep(received + HIDDEN_SECONDS - loop.time())
                raise

        return guarded


class Router(APIRouter):
    """A context's routes: `read`, `file` and `stream` show, `command` changes."""

    def __init__(self, *, prefix: str = "", tags: list[str | Enum] | None = None) -> None:
        super().__init__(prefix=prefix, tags=tags, route_class=GuardedRoute)

    def read(
        self, path: str, *, access: Access, answers: type[BaseModel], **options: Unpack[Options]
    ) -> Callable[[Endpoint], Endpoint]:
        """A GET that answers a model: return `call.answer(model)`. `answers` documents it."""
        return self._declare("GET", path, Declaration(access), answers, 200, options)

    def stream(self, path: str, *, access: Access, **options: Unpack[Options]) -> Callable[[Endpoint], Endpoint]:
        """A GET that stays open and tells events as they happen: return `live(call, …)`."""
        return self._declare("GET", path, Declaration(access, stream=True), None, 200, options)

    def file(self, path: str, *, access: Access, **options: Unpack[Options]) -> Callable[[Endpoint], Endpoint]:
        """A GET that answers a file: return a `Response` with its media type, which no shared cache may keep."""
        return self._declare("GET", path, Declaration(access), None, 200, options)

    def command(
        self,
        path: str,
        *,
        access: Access,
        status: int = 200,
        if_match: bool = False,
        method: str = "POST",
        **options: Unpack[Options],
    ) -> Callable[[Endpoint], Endpoint]:
        """A command: an Idempotency-Key is required, If-Match is honoured, and with `if_match` required."""
        if Role.AUDITOR in access.roles:
            raise AccessUndeclared(f"{path}: an auditor changes nothing")
        return self._declare(
            method, path, Declaration(access, command=True, if_match=if_match), Changed, status, options
        )

    def unnamed(
        self, path: str, *, answers: type[BaseModel], **options: Unpack[Options]
    ) -> Callable[[Endpoint], Endpoint]:
        """A POST without a token, of which nothing is kept: its path stands under `silent` of its context.

        It has no Idempotency-Key either, for a kept key would name its sender: sent again, the endpoint itself sees
        that it was carried out.
        """
        return self._declare("POST", path, Declaration(PUBLIC, unnamed=True), answers, 200, options)

    def form(
        self, path: str, *, access: Access, answers: type[BaseModel], **options: Unpack[Options]
    ) -> Callable[[Endpoint], Endpoint]:
        """A POST of form fields that changes no case: the issuer's token endpoint."""
        return self._declare("POST", path, Declaration(access, form=True), answers, 200, options)

    def _declare(
        self,
        method: str,
        path: str,
        declaration: Declaration,
        answers: type[BaseModel] | None,
        status: int,
        options: Options,
    ) -> Callable[[Endpoint], Endpoint]:
        def declare(endpoint: Endpoint) -> Endpoint:
            setattr(endpoint, _DECLARED, declaration)
            self.add_api_route(path, endpoint, methods=[method], response_model=answers, status_code=status, **options)
            return endpoint

        return declare
