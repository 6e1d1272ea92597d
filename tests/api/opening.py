"""A context's application on a database, beside a local issuer."""

import base64
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from hashlib import sha256 as sha256_of
from uuid import UUID

import httpx
from starlette.types import ASGIApp

from schemas.values import DocumentRef
from services.adapters.calendar import PostgresCalendars
from services.adapters.feed import PostgresFeed
from services.adapters.identity.issuer import LocalIssuer
from services.adapters.identity.keys import IssuerKeys
from services.adapters.identity.verifier import TokenVerifier
from services.adapters.postgres.store import PostgresStore
from services.application.handler import Handler
from services.application.registry import Document, Person, Reading
from services.entrypoints.api.app import connect, context_app
from services.entrypoints.api.context import Base, Context, ContextApi
from services.entrypoints.api.identity import identity_app
from services.entrypoints.api.root import Health, root
from services.entrypoints.serving import Readiness
from tests.api.sample import Clock

ISSUER = "http://suite/identity"
AUDIENCE = "kycuong"
BALLOT_KEY = base64.b64encode(bytes(range(32))).decode()


class NoRegistry:
    """Keeps nothing but who was put: for tests in which no narrative matters."""

    def __init__(self) -> None:
        self._persons: dict[UUID, Person] = {}

    async def put_document(self, document_id: UUID, text: str, kept_by: str | None = None) -> DocumentRef:
        return DocumentRef(document_id=document_id, sha256="0" * 64)

    async def documents(self, refs: Sequence[DocumentRef], reading: Reading) -> Mapping[UUID, Document]:
        return {}

    async def put_file(self, file_id: UUID, content: bytes, kept_by: str) -> str:
        return sha256_of(content).hexdigest()

    async def file(self, file_id: UUID, sha256: str, reading: Reading) -> bytes | None:
        return None

    async def put_person(self, person_id: UUID, person: Person, actor: str) -> int:
        self._persons[person_id] = person
        return 1

    async def persons(self, person_ids: Sequence[UUID]) -> Mapping[UUID, Person]:
        return {id_: self._persons[id_] for id_ in person_ids if id_ in self._persons}


@asynccontextmanager
async def opened_app(api: ContextApi, dsn: str, issuer: LocalIssuer) -> AsyncIterator[tuple[ASGIApp, Context]]:
    """The root with the context and the issuer, and what the context's routes stand on."""
    identity = identity_app(issuer, accounts=None)  # tokens are made directly
    nothing = Health(Readiness({}), None)
    async with AsyncExitStack() as stack:
        issuing = httpx.AsyncClient(transport=httpx.ASGITransport(root({"identity": identity}, nothing)))
        keys = IssuerKeys(ISSUER, await stack.enter_async_context(issuing))
        store = await PostgresStore.open(dsn, api.name)
        stack.push_async_callback(store.close)
        feed = PostgresFeed(store.pool, dsn, api.name)
        await stack.enter_async_context(feed.listening())
        clock = Clock()
        base = Base(
            name=api.name,
            pool=store.pool,
            store=store,
            handler=Handler(store, clock),
            clock=clock,
            registry=NoRegistry(),
            feed=feed,
            calendars=PostgresCalendars(store.pool),
            request_key=b"a key of the tests",
            ballot_key=BALLOT_KEY,
        )
        context = Context(**vars(base), directory=api.directory(base))
        app = context_app(api)
        connect(app, context, TokenVerifier(keys, issuer=ISSUER, audience=AUDIENCE))
        yield root({api.name: app, "identity": identity}, nothing), context


@asynccontextmanager
async def opened_context(
    api: ContextApi, dsn: str, issuer: LocalIssuer
) -> AsyncIterator[tuple[httpx.AsyncClient, Context]]:
    """The same, with a client that calls it without a wire."""
    async with (
        opened_app(api, dsn, issuer) as (app, context),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://suite") as client,
    ):
        yield client, context
