"""The sample context on a real database, and callers of every kind."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from uuid import UUID, uuid4

import httpx
import pytest
from fluent.runtime import FluentResource
from starlette.types import ASGIApp

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
from services.entrypoints.api.context import Context
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
def issuer() -> LocalIssuer:
    return LocalIssuer(ISSUER, AUDIENCE, signing_key())


TokenFor = Callable[..., str]


@pytest.fixture(scope="session")
def token(issuer: LocalIssuer) -> TokenFor:
    """Makes tokens: for a role, at an agency, for so many seconds."""

    def make(
        role: Role, agency_id: str | None = "thanh-tra", *, person_id: UUID | None = None, seconds: int = 600
    ) -> str:
        account = Account("somebody", person_id or uuid4(), frozenset({role}), agency_id)
        return issuer.token(account, seconds=seconds)

    return make


@pytest.fixture
async def store(module_database: Database) -> AsyncIterator[PostgresStore]:
    store = await PostgresStore.open(module_database.dsn("inspection"), "inspection")
    yield store
    await store.close()


@pytest.fixture
async def app(module_database: Database, store: PostgresStore, issuer: LocalIssuer) -> AsyncIterator[ASGIApp]:
    """The root with the sample context and the local issuer."""
    identity = identity_app(issuer, accounts=None)  # type: ignore[arg-type]  # tokens are made directly
    transport = httpx.ASGITransport(root({"identity": identity}, Health(Readiness({}), None)))
    async with httpx.AsyncClient(transport=transport) as client:
        verifier = TokenVerifier(IssuerKeys(ISSUER, client), issuer=ISSUER, audience=AUDIENCE)
        feed = PostgresFeed(store.pool, module_database.dsn("inspection"), "inspection")
        clock = sample.Clock()
        api = context_app(sample.API)
        context = Context(
            "inspection", store.pool, store, Handler(store, clock), clock, NoRegistry(), feed, sample.Tree()
        )
        connect(api, context, verifier)
        async with feed.listening():
            yield root({"inspection": api, "identity": identity}, Health(Readiness({}), None))


@pytest.fixture
async def client(app: ASGIApp, token: TokenFor) -> AsyncIterator[httpx.AsyncClient]:
    """An inspector of the province, who reads English."""
    headers = {"authorization": f"Bearer {token(Role.INSPECTOR)}", "accept-language": "en"}
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://suite", headers=headers) as opened:
        yield opened


def key() -> dict[str, str]:
    """A new Idempotency-Key as a header."""
    return {"idempotency-key": str(uuid4())}
