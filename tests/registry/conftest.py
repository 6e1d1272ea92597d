"""A registry on a real database, its client beside it."""

import base64
import os
from collections.abc import AsyncIterator

import asyncpg
import pytest

from services.adapters.postgres.pool import connect
from services.adapters.registry.client import RegistryClient
from services.adapters.registry.crypto import WrappingKeys
from services.adapters.registry.store import RegistryStore
from services.entrypoints.registry.app import Desk
from services.entrypoints.registry.callers import CALLERS, Callers
from tests.listening import served
from tests.parts import Database

SECRETS = {caller: f"secret of {caller}" for caller in CALLERS}


@pytest.fixture
def wrapping_key() -> str:
    return base64.b64encode(os.urandom(32)).decode()


@pytest.fixture
def database(module_database: Database) -> Database:
    """The module's database with an empty registry."""
    module_database.execute(
        "truncate registry.address_notices, registry.person_changes, registry.reads, registry.contents, registry.keys"
    )
    return module_database


@pytest.fixture
async def connections(database: Database) -> AsyncIterator[asyncpg.Pool]:
    async with await connect(database.dsn("registry"), "registry", size=4) as opened:
        yield opened


@pytest.fixture
def store(connections: asyncpg.Pool, wrapping_key: str) -> RegistryStore:
    return RegistryStore(connections, WrappingKeys(wrapping_key))


@pytest.fixture
async def address(store: RegistryStore) -> AsyncIterator[str]:
    """Where the registry listens."""
    async with served(Desk(store, Callers(SECRETS)).app()) as address:
        yield address


@pytest.fixture
async def api(address: str) -> AsyncIterator[RegistryClient]:
    async with RegistryClient(address, SECRETS["api"]) as client:
        yield client


@pytest.fixture
async def courier(address: str) -> AsyncIterator[RegistryClient]:
    async with RegistryClient(address, SECRETS["courier"]) as client:
        yield client


@pytest.fixture
async def operator(address: str) -> AsyncIterator[RegistryClient]:
    async with RegistryClient(address, SECRETS["operator"]) as client:
        yield client
