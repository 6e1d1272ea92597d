"""The people of the province in a real registry, and their accounts in a real database."""

import base64
import os
from collections.abc import AsyncIterator
from datetime import date

import asyncpg
import pytest

from services.adapters.identity.accounts import Account, Accounts, create_account
from services.adapters.postgres.pool import connect
from services.adapters.registry.client import RegistryClient
from services.adapters.registry.crypto import WrappingKeys
from services.adapters.registry.store import RegistryStore
from services.adapters.sample_province import sample_province
from services.application.identity import Role
from services.application.registry import Person
from services.entrypoints.registry.app import Desk
from services.entrypoints.registry.callers import CALLERS, Callers
from services.entrypoints.sample import enrol, introduce
from tests.listening import served
from tests.parts import Database

MEMBERS = sample_province().members(date(2024, 10, 7))
CHAIR = next(member for member in MEMBERS if member.roles == {Role.AUTHORITY})
SECRETS = {caller: f"secret of {caller}" for caller in CALLERS}


@pytest.fixture
async def store(database: Database) -> AsyncIterator[RegistryStore]:
    keys = WrappingKeys(base64.b64encode(os.urandom(32)).decode())
    async with await connect(database.dsn("registry"), "registry") as pool:
        yield RegistryStore(pool, keys)


@pytest.fixture
async def registry(store: RegistryStore) -> AsyncIterator[RegistryClient]:
    async with (
        served(Desk(store, Callers(SECRETS)).app()) as address,
        RegistryClient(address, SECRETS["api"]) as client,
    ):
        yield client


@pytest.fixture
async def accounts(database: Database) -> AsyncIterator[asyncpg.Pool]:
    async with await connect(database.dsn("identity"), "identity") as pool:
        yield pool


async def test_everybody_is_introduced(registry: RegistryClient) -> None:
    await introduce(MEMBERS, registry)
    names = await registry.persons([member.person_id for member in MEMBERS])
    assert {id_: person.name for id_, person in names.items()} == {
        member.person_id: member.person.name for member in MEMBERS
    }


async def test_who_was_corrected_stays_and_who_is_missing_comes(registry: RegistryClient) -> None:
    corrected = Person("Kiều Thị Hồng Thắm (đã đính chính)")
    await registry.put_person(CHAIR.person_id, corrected, "admin")
    await introduce(MEMBERS, registry)
    names = await registry.persons([member.person_id for member in MEMBERS])
    assert names[CHAIR.person_id].name == corrected.name
    assert len(names) == len(MEMBERS)


async def test_who_was_erased_stays_erased(registry: RegistryClient, store: RegistryStore) -> None:
    await introduce(MEMBERS, registry)
    await store.erase("person", CHAIR.person_id, actor="operator", reason="request")
    await introduce(MEMBERS, registry)
    assert await registry.persons([CHAIR.person_id]) == {}


async def test_everybody_can_sign_in(accounts: asyncpg.Pool) -> None:
    await enrol(MEMBERS, accounts, "mật khẩu mẫu")
    signed_in = await Accounts(accounts).sign_in(CHAIR.username, "mật khẩu mẫu")
    assert signed_in == Account(CHAIR.username, CHAIR.person_id, frozenset({Role.AUTHORITY}), "ubnd-tinh")
    assert await accounts.fetchval("select count(*) from accounts") == len(MEMBERS)


async def test_a_changed_password_stays(accounts: asyncpg.Pool) -> None:
    await create_account(
        accounts,
        username=CHAIR.username,
        password="của riêng",
        person_id=CHAIR.person_id,
        roles=CHAIR.roles,
        agency_id=CHAIR.agency_id,
    )
    await enrol(MEMBERS, accounts, "mật khẩu mẫu")
    assert isinstance(await Accounts(accounts).sign_in(CHAIR.username, "của riêng"), Account)
    assert await accounts.fetchval("select count(*) from accounts") == len(MEMBERS)
