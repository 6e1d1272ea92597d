"""A registry on a real database, its client beside it."""

import base64
import os
from collections.abc import AsyncIterator

import asyncpg
import httpx
import pytest

from services.adapters.postgres.pool import connect
from services.adapters.registry.client import RegistryClient
from services.adapters.registry.crypto import WrappingKeys
from services.adapters.registry.store import RegistryStore
from services.entrypoints.registry.app import Desk
from services.entrypoints.registry.callers import CALLERS, Callers
from tests.parts import Database

SECRETS = {caller: f"secret of {caller}" for caller in CALLERS}


@pytest.fixture
def wrapping_key() -> str:
    return base64.b64encode(os.urandom(32)).decode()


@pytest.fixture
async def connections(database: Database) -> AsyncIterator[asyncpg.Pool]:
    async with await connect(database.dsn("registry"), "registry") as opened:
        yield opened


@pytest.fixture
def store(connections: asyncpg.Pool, wrapping_key: str) -> RegistryStore:
    return RegistryStore(connections, WrappingKeys(wrapping_key))


@pytest.fixture
def desk(store: RegistryStore) -> httpx.ASGITransport:
    return httpx.ASGITransport(Desk(store, Callers(SECRETS)).app())


@pytest.fixture
async def api(desk: httpx.ASGITransport) -> AsyncIterator[RegistryClient]:
    async with RegistryClient("http://registry", SECRETS["api"], transport=desk) as client:
        yield client


@pytest.fixture
async def courier(desk: httpx.ASGITransport) -> AsyncIterator[RegistryClient]:
    async with RegistryClient("http://registry", SECRETS["courier"], transport=desk) as client:
        yield client


@pytest.fixture
async def operator(desk: httpx.ASGITransport) -> AsyncIterator[RegistryClient]:
    async with RegistryClient("http://registry", SECRETS["operator"], transport=desk) as client:
        yield client
