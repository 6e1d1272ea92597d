"""The sample context on a real database, and callers of every kind."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from typing import Protocol
from uuid import UUID, uuid4

import httpx
import pytest
from fluent.runtime import FluentResource

from schemas.values import DocumentRef
from services.adapters import catalogues
from services.adapters.feed import PostgresFeed
from services.adapters.identity.accounts import Account
from services.adapters.identity.issuer import LocalIssuer
from services.adapters.identity.keys import IssuerKeys
from services.adapters.identity.verifier import TokenVerifier
from services.adapters.postgres.store import PostgresStore
from services.application.handler import Handler
from services.application.identity import Role
from services.application.registry import Document, Person, Reading
from services.entrypoints.api.app import connect, context_app
from services.entrypoints.api.context import Base, Context, ContextApi
from services.entrypoints.api.identity import identity_app
from services.entrypoints.api.root import Health, root
from services.entrypoints.secret_files import signing_key
from services.entrypoints.serving import Readiness
from tests.api import sample
from tests.parts import Database

ISSUER = "http://suite/identity"
AUDIENCE = "kycuong"


class NoRegistry:
    """Keeps nothing: for tests in which no narrative matters."""

    async def put_document(self, document_id: UUID, text: str) -> DocumentRef:
        return DocumentRef(document_id=document_id, sha256="0" * 64)

    async def documents(self, refs: Sequence[DocumentRef], reading: Reading) -> Mapping[UUID, Document]:
        return {}

    async def put_person(self, person_id: UUID, person: Person) -> None:
        return None

    async def persons(self, person_ids: Sequence[UUID]) -> Mapping[UUID, Person]:
        return {}


@pytest.fixture(scope="session", autouse=True)
def sample_texts() -> None:
    """Texts of the sample's refusal, which no catalogue has."""
    for language in catalogues.LANGUAGES:
        words = FluentResource(f"note-full = {language} {{ $lines }}\n    .mend = {language}\n")
        catalogues.bundle(language).add_resource(words)


@pytest.fixture(scope="session")
def private_key() -> str:
    return signing_key()


@pytest.fixture(scope="session")
def issuer(private_key: str) -> LocalIssuer:
    return LocalIssuer(ISSUER, AUDIENCE, private_key)


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

    @asynccontextmanager
    async def opened(api: ContextApi) -> AsyncIterator[tuple[httpx.AsyncClient, Context]]:
        identity = identity_app(issuer, accounts=None)  # type: ignore[arg-type]  # tokens are made directly
        nothing = Health(Readiness({}), None)
        async with AsyncExitStack() as stack:
            issuing = httpx.AsyncClient(transport=httpx.ASGITransport(root({"identity": identity}, nothing)))
            keys = IssuerKeys(ISSUER, await stack.enter_async_context(issuing))
            dsn = module_database.dsn(api.name)
            store = await PostgresStore.open(dsn, api.name)
            stack.push_async_callback(store.close)
            clock = sample.Clock()
            feed = PostgresFeed(store.pool, dsn, api.name)
            await stack.enter_async_context(feed.listening())
            base = Base(api.name, store.pool, store, Handler(store, clock), clock, NoRegistry(), feed)
            context = Context(**vars(base), directory=api.directory(base))
            app = context_app(api)
            connect(app, context, TokenVerifier(keys, issuer=ISSUER, audience=AUDIENCE))
            transport = httpx.ASGITransport(root({api.name: app, "identity": identity}, nothing))
            client = httpx.AsyncClient(transport=transport, base_url="http://suite")
            yield await stack.enter_async_context(client), context

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
