"""The API as a process, with its registry and its own issuer, as `kycuong up` runs it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from uuid import uuid4

import asyncpg
import httpx
import pytest

from services.adapters.embedded.ports import free_port
from services.adapters.identity.accounts import create_account
from services.application.identity import Role
from services.entrypoints.api.process import CONTEXTS, opened
from services.entrypoints.settings import Settings
from tests.api.conftest import key
from tests.parts import Database
from tests.processes import Household, Running

API = "services.entrypoints.api"
PASSWORD = "mật khẩu"
NAME = {"vi": "Tỉnh", "en": "Province"}
FOUND = {"valid_from": "2020-01-01", "authority_id": "tinh", "name": NAME}
AGENCY = {**FOUND, "agency_id": "so-y-te", "kind": "department", "parent_id": "tinh"}
del AGENCY["authority_id"]


@pytest.fixture
async def household(database: Database, tmp_path: Path) -> Household:
    household = Household(database, tmp_path, {"issuer": f"http://127.0.0.1:{free_port()}/identity"})
    connection = await asyncpg.connect(database.dsn("identity"))
    await create_account(
        connection, username="admin", password=PASSWORD, person_id=uuid4(), roles=[Role.ADMINISTRATOR], agency_id=None
    )
    await connection.close()
    return household


@pytest.fixture
async def registry(household: Household) -> AsyncIterator[Running]:
    async with household.running("services.entrypoints.registry") as running:
        yield running


@pytest.fixture
async def api(household: Household, registry: Running) -> AsyncIterator[Running]:
    """The process that also issues tokens."""
    port = household.settings["issuer"].rpartition(":")[2].removesuffix("/identity")
    async with household.running(API, port=port) as running:
        yield running


@asynccontextmanager
async def administrator(*apis: Running) -> AsyncIterator[list[httpx.AsyncClient]]:
    """An administrator's clients, one for each process; the first process issues the token."""
    async with AsyncExitStack() as stack:
        clients = []
        for api in apis:
            client = httpx.AsyncClient(base_url=f"http://127.0.0.1:{api.setting['port']}", timeout=30)
            clients.append(await stack.enter_async_context(client))
        form = {"username": "admin", "password": PASSWORD}
        token = (await clients[0].post("/identity/token", data=form)).json()["access_token"]
        for client in clients:
            client.headers["authorization"] = f"Bearer {token}"
        yield clients


async def test_one_key_at_two_processes_at_once_is_one_event_and_one_answer(
    household: Household, api: Running, database: Database
) -> None:
    async with household.running(API, port=str(free_port())) as second, administrator(api, second) as clients:
        await clients[0].post("/inspection/organisation", json=FOUND, headers=key())
        same = key()
        answers = await asyncio.gather(
            *(client.post("/inspection/organisation/agencies", json=AGENCY, headers=same) for client in clients * 4)
        )
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    of_agencies = "select count(*) from inspection.events where type = 'inspection.agency_created.v1'"
    assert database.execute(of_agencies) == [(1,)]


async def test_a_command_cut_off_by_a_crash_is_answered_when_it_is_sent_again(api: Running, database: Database) -> None:
    same = key()
    async with administrator(api) as [client]:
        sent = asyncio.create_task(client.post("/inspection/organisation", json=FOUND, headers=same))
        await asyncio.sleep(0)
        api.process.kill()
        await asyncio.wait([sent])
        await api.again()
        again = await client.post("/inspection/organisation", json=FOUND, headers=same)
    assert again.status_code == 200
    assert database.execute("select count(*) from inspection.events") == [(1,)]
    assert isinstance(sent.exception(), httpx.TransportError) or sent.result().json() == again.json()


async def test_every_context_is_there_with_its_documentation_and_all_of_it_is_ready(api: Running) -> None:
    async with administrator(api) as [client]:
        for context in ("inspection", "discipline", "notifier", "identity"):
            assert (await client.get(f"/{context}/docs")).status_code == 200
            assert (await client.get(f"/{context}/openapi.json")).json()["servers"] == [{"url": f"/{context}"}]
        ready = (await client.get("/health/ready")).json()
    assert ready["ready"]
    assert set(ready["parts"]) == {f"database-{c}" for c in ("inspection", "discipline", "notifier", "identity")}


async def test_production_has_no_local_issuer_and_is_ready_with_its_provider_only(household: Household) -> None:
    settings = Settings.model_validate({**household.settings, "environment": "production"})
    async with AsyncExitStack() as stack:
        app, readiness = await opened(settings, stack)
        client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://suite")
        answer = await (await stack.enter_async_context(client)).post("/identity/token", data={})
        await readiness.check()
    assert answer.status_code == 404
    assert readiness.parts == {f"database-{c}": True for c in CONTEXTS} | {"issuer": False}
