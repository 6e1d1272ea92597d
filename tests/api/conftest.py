"""The sample context on a real database, and callers of every kind."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from typing import Protocol
from uuid import UUID, uuid4

import httpx
import pytest
from fluent.runtime import FluentResource

from services.adapters import catalogues
from services.adapters.identity.accounts import Account
from services.adapters.identity.issuer import LocalIssuer
from services.application.identity import Role
from services.entrypoints.api import routing
from services.entrypoints.api.context import Context, ContextApi
from services.entrypoints.api.openapi import text_id
from services.entrypoints.api.routing import GuardedRoute
from services.entrypoints.secret_files import signing_key
from tests.api import sample
from tests.api.days import Days
from tests.api.opening import AUDIENCE, ISSUER, opened_context
from tests.parts import Database


@pytest.fixture(scope="session", autouse=True)
def sample_texts() -> None:
    """Texts of the sample's refusal, routes, group and parameter, which no catalogue has."""
    ids = ["parameter-path-note-id", "tag-notes"]
    ids += [text_id(route) for route in sample.router.routes if isinstance(route, GuardedRoute)]
    for language in catalogues.LANGUAGES:
        of_routes = "".join(f"{id_} = {language}.\n" for id_ in ids)
        words = FluentResource(f"note-full = {language} {{ $lines }}\n    .mend = {language}\n{of_routes}")
        catalogues.bundle(language).add_resource(words)


@pytest.fixture(scope="session")
def private_key() -> str:
    return signing_key()


@pytest.fixture(scope="session")
def issuer(private_key: str) -> LocalIssuer:
    return LocalIssuer(ISSUER, AUDIENCE, private_key)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What does not exist is said so at once: nobody here listens to the clock."""
    monkeypatch.setattr(routing, "HIDDEN_SECONDS", 0.0)


class TokenFor(Protocol):
    """Makes tokens: for a role, at an agency, for so many seconds."""

    def __call__(
        self, role: Role, agency_id: str | None = "thanh-tra", *, person_id: UUID | None = None, seconds: int = 600
    ) -> str: ...


def tokens_of(issuer: LocalIssuer) -> TokenFor:
    def make(
        role: Role, agency_id: str | None = "thanh-tra", *, person_id: UUID | None = None, seconds: int = 600
    ) -> str:
        account = Account("somebody", person_id or uuid4(), frozenset({role}), agency_id)
        return issuer.token(account, seconds=seconds)

    return make


@pytest.fixture(scope="session")
def token(issuer: LocalIssuer) -> TokenFor:
    return tokens_of(issuer)


@pytest.fixture(scope="session")
def for_another_audience(private_key: str) -> TokenFor:
    """The same issuer's good tokens, for another suite."""
    return tokens_of(LocalIssuer(ISSUER, "another suite", private_key))


OpenContext = Callable[[ContextApi], AbstractAsyncContextManager[tuple[httpx.AsyncClient, Context]]]


@pytest.fixture
def open_context(module_database: Database, issuer: LocalIssuer) -> OpenContext:
    """Opens a context's application on the module's database, beside the local issuer."""

    def opened(api: ContextApi) -> AbstractAsyncContextManager[tuple[httpx.AsyncClient, Context]]:
        return opened_context(api, module_database.dsn(api.name), issuer)

    return opened


@pytest.fixture
async def opened(open_context: OpenContext) -> AsyncIterator[tuple[httpx.AsyncClient, Context]]:
    """The sample context."""
    async with open_context(sample.API) as both:
        yield both


@pytest.fixture
def context(opened: tuple[httpx.AsyncClient, Context]) -> Context:
    return opened[1]


@pytest.fixture
def client(opened: tuple[httpx.AsyncClient, Context], token: TokenFor) -> httpx.AsyncClient:
    """An inspector of the province, who reads English."""
    client = opened[0]
    client.headers.update({"authorization": f"Bearer {token(Role.INSPECTOR)}", "accept-language": "en"})
    return client


def key() -> dict[str, str]:
    """A new Idempotency-Key as a header."""
    return {"idempotency-key": str(uuid4())}


@pytest.fixture(scope="module")
def planted() -> list[bool]:
    """Whether the module's database has its organisation: filled once it has."""
    return []


@pytest.fixture
def days(monkeypatch: pytest.MonkeyPatch) -> Days:
    """The clock of a story, which stands until it is set."""
    return Days(monkeypatch)
