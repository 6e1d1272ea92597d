"""The API's process: what it opens, and in which order it closes it again."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
from typing import TYPE_CHECKING, cast

import httpx

from services.adapters.calendar import PostgresCalendars
from services.adapters.feed import PostgresFeed
from services.adapters.identity.accounts import Accounts
from services.adapters.identity.issuer import LocalIssuer
from services.adapters.identity.keys import IssuerKeys, trusting
from services.adapters.identity.verifier import ClaimNames, TokenVerifier
from services.adapters.postgres.clock import PostgresClock
from services.adapters.postgres.pool import connect, patiently
from services.adapters.postgres.store import PostgresStore
from services.adapters.registry.client import RegistryClient
from services.application.handler import Handler
from services.entrypoints import serving
from services.entrypoints.api.app import connect as connect_app
from services.entrypoints.api.app import context_app
from services.entrypoints.api.context import Base, Context, ContextApi
from services.entrypoints.api.identity import identity_app
from services.entrypoints.api.root import Health, root
from services.entrypoints.registry.callers import secret_name

if TYPE_CHECKING:
    import asyncpg
    from fastapi import FastAPI
    from starlette.types import ASGIApp

    from services.application.identity import Verifier
    from services.application.registry import Registry
    from services.entrypoints.settings import Context as ContextName
    from services.entrypoints.settings import Settings

CONTEXTS: tuple[ContextName, ...] = ("inspection", "discipline", "notifier")
ISSUER_SECONDS = 5.0


def api_of(context: str) -> ContextApi:
    """What a context's package exposes."""
    return cast("ContextApi", importlib.import_module(f"services.entrypoints.api.{context}").API)


async def run(settings: Settings) -> None:
    """Serve the API until the process is asked to stop."""
    async with contextlib.AsyncExitStack() as stack:
        app, readiness = await opened(settings, stack)
        await serving.serve(app, settings, readiness, host=settings.host, port=settings.port)


async def opened(settings: Settings, stack: contextlib.AsyncExitStack) -> tuple[ASGIApp, serving.Readiness]:
    """Open what the applications stand on, closed with the stack, and put them together."""
    client = await stack.enter_async_context(
        httpx.AsyncClient(timeout=ISSUER_SECONDS, verify=trusting(settings.issuer_authority))
    )
    keys = IssuerKeys(settings.issuer, client)
    verifier = TokenVerifier(
        keys,
        issuer=settings.issuer,
        audience=settings.audience,
        algorithm=settings.token_algorithm,
        claims=ClaimNames(settings.claim_person, settings.claim_roles, settings.claim_agency),
    )
    registry = await stack.enter_async_context(RegistryClient(settings.registry, settings.secret(secret_name("api"))))
    checks: dict[str, serving.Check] = {}
    apps: dict[str, FastAPI] = {}
    for name in CONTEXTS:
        api = api_of(name)
        base = await _base(name, settings, registry, stack)
        checks[f"database-{name}"] = serving.reachable(base.pool)
        apps[name] = await _connected(api, base, verifier, token_url(settings))
    if settings.environment == "development":
        pool = await _pool(settings, "identity", stack)
        issuer = LocalIssuer(settings.issuer, settings.audience, settings.secret("signing-key"))
        apps["identity"] = identity_app(issuer, Accounts(pool) if settings.local_accounts else None)
        checks["database-identity"] = serving.reachable(pool)
    else:
        checks["issuer"] = keys.ready
    readiness = serving.Readiness(checks)
    return root(apps, Health(readiness, settings.supervisor)), readiness


def token_url(settings: Settings) -> str | None:
    """Where the documentation page gets tokens: from the local issuer, where one signs people in."""
    return "/identity/token" if settings.environment == "development" and settings.local_accounts else None


async def _base(name: ContextName, settings: Settings, registry: Registry, stack: contextlib.AsyncExitStack) -> Base:
    store = PostgresStore(await _pool(settings, name, stack), name)
    stack.push_async_callback(store.close)
    tidying = asyncio.create_task(store.keep_tidy())
    stack.callback(tidying.cancel)
    clock = PostgresClock(store.pool)
    feed = PostgresFeed(store.pool, settings.dsn(name), name)
    await stack.enter_async_context(feed.listening())
    return Base(
        name=name,
        pool=store.pool,
        store=store,
        handler=Handler(store, clock),
        clock=clock,
        registry=registry,
        feed=feed,
        calendars=PostgresCalendars(store.pool),
        request_key=settings.secret("request-key").encode(),
        ballot_key=settings.secret("ballot-key"),
    )


async def _connected(api: ContextApi, base: Base, verifier: Verifier, tokens: str | None) -> FastAPI:
    app = context_app(api, token_url=tokens)
    connect_app(app, Context(**vars(base), directory=api.directory(base)), verifier)
    return app


async def _pool(settings: Settings, name: ContextName, stack: contextlib.AsyncExitStack) -> asyncpg.Pool:
    dsn = settings.dsn(name)
    pool = await patiently(lambda: connect(dsn, name), patience=serving.START_SECONDS)
    stack.push_async_callback(pool.close)
    return pool
