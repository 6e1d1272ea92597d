"""The local issuer over HTTP: tokens for name and password, discovery, keys. The embedded default only."""

from __future__ import annotations

from typing import Annotated

from fastapi import FastAPI, Form
from pydantic import BaseModel, Field
from starlette.responses import Response

from services.adapters.identity.accounts import Accounts, Blocked
from services.adapters.identity.issuer import TOKEN_SECONDS, LocalIssuer
from services.entrypoints.api import docs, errors, openapi
from services.entrypoints.api.access import PUBLIC
from services.entrypoints.api.app import bare_app, guarded
from services.entrypoints.api.call import Call
from services.entrypoints.api.refusals import GrantNotSupported, GrantRefused, TooManyRequests
from services.entrypoints.api.routing import Router

router = Router(tags=["identity"])

NO_STORE = {"cache-control": "no-store"}


class Token(BaseModel):
    """RFC 6749, section 5.1."""

    access_token: Annotated[str, Field(description="Send it as `Authorization: Bearer …`.")]
    token_type: Annotated[str, Field(description="Always Bearer.")] = "Bearer"  # noqa: S105 -- a scheme, no secret
    expires_in: Annotated[int, Field(description="Seconds for which it holds.")] = TOKEN_SECONDS


class Discovery(BaseModel):
    """OpenID Connect Discovery 1.0, section 3; what is served has more members."""

    issuer: Annotated[str, Field(description="Who signs; tokens name it.")]
    jwks_uri: Annotated[str, Field(description="Where the keys are.")]


class Keys(BaseModel):
    """A JWK set (RFC 7517)."""

    keys: Annotated[list[dict[str, str]], Field(description="Public keys.")]


@router.form("/token", access=PUBLIC, answers=Token)
async def token(
    call: Call,
    username: Annotated[str, Form(max_length=200, description="Name of the account.")],
    password: Annotated[
        str, Form(max_length=1_000, description="Its password.", json_schema_extra={"format": "password"})
    ],
    grant_type: Annotated[str, Form(max_length=40, description="Only `password`.")] = "password",
) -> Response:
    """The resource owner's password grant (RFC 6749, section 4.3), for the machine that everything runs on."""
    if grant_type != "password":
        raise GrantNotSupported
    accounts: Accounts | None = call.app.state.accounts
    account = await accounts.sign_in(username, password) if accounts else None
    if isinstance(account, Blocked):
        raise TooManyRequests(account.seconds)
    if account is None:
        raise GrantRefused
    issuer: LocalIssuer = call.app.state.issuer
    return call.answer(Token(access_token=issuer.token(account)), headers=NO_STORE)


@router.read("/.well-known/openid-configuration", access=PUBLIC, answers=Discovery)
async def discovery(call: Call) -> Response:
    """What this issuer can do."""
    issuer: LocalIssuer = call.app.state.issuer
    return call.answer(issuer.discovery())


@router.read("/jwks", access=PUBLIC, answers=Keys)
async def jwks(call: Call) -> Response:
    """The keys that tokens are signed with."""
    issuer: LocalIssuer = call.app.state.issuer
    return call.answer(issuer.keys())


def identity_app(issuer: LocalIssuer, accounts: Accounts | None) -> FastAPI:
    """The issuer's application; without accounts it signs nobody in."""
    app = bare_app("Định danh · Identity")
    app.router.routes.extend(map(guarded, router.routes))
    app.router.routes.append(docs.page(app.title))
    errors.install(app)
    openapi.install(app, "/identity")
    app.state.issuer = issuer
    app.state.accounts = accounts
    return app
