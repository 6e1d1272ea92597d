"""The local issuer: passwords, the price of guessing, and what a token says."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest

from services.adapters.identity.accounts import Accounts, Blocked, create_account, hash_password
from services.adapters.identity.issuer import LocalIssuer
from services.adapters.identity.keys import IssuerKeys
from services.adapters.identity.verifier import TokenVerifier
from services.adapters.postgres.pool import connect
from services.application.identity import Role
from services.entrypoints.api.identity import identity_app
from services.entrypoints.api.root import Health, root
from services.entrypoints.secret_files import signing_key
from services.entrypoints.serving import Readiness
from tests.parts import Database

ISSUER = "http://suite/identity"
PASSWORD = "mật khẩu rất dài"
PERSON = UUID(int=7)
FREE = 5
MINE = "where name = sha256(convert_to($1, 'UTF8'))"


@pytest.fixture(scope="module")
def hashed() -> str:
    return hash_password(PASSWORD)


@pytest.fixture
async def pool(module_database: Database) -> AsyncIterator[asyncpg.Pool]:
    async with await connect(module_database.dsn("identity"), "identity") as opened:
        yield opened


@pytest.fixture
async def name(pool: asyncpg.Pool, hashed: str) -> str:
    """An account of this test's own."""
    name = f"head.{uuid4()}"
    await create_account(
        pool, username=name, password=hashed, hashed=True, person_id=PERSON, roles=[Role.HEAD], agency_id="so-y-te"
    )
    return name


@pytest.fixture
async def client(pool: asyncpg.Pool) -> AsyncIterator[httpx.AsyncClient]:
    app = identity_app(LocalIssuer(ISSUER, "kycuong", signing_key()), Accounts(pool))
    transport = httpx.ASGITransport(root({"identity": app}, Health(Readiness({}), None)))
    async with httpx.AsyncClient(transport=transport, base_url="http://suite") as opened:
        yield opened


async def sign_in(client: httpx.AsyncClient, name: str, password: str = PASSWORD) -> httpx.Response:
    form = {"grant_type": "password", "username": name, "password": password}
    return await client.post("/identity/token", data=form)


async def test_name_and_password_get_a_token_that_the_verifier_believes(client: httpx.AsyncClient, name: str) -> None:
    answer = await sign_in(client, name)
    assert (answer.status_code, answer.json()["token_type"], answer.json()["expires_in"]) == (200, "Bearer", 900)
    assert answer.headers["cache-control"] == "no-store"
    verifier = TokenVerifier(IssuerKeys(ISSUER, client), issuer=ISSUER, audience="kycuong")
    principal = await verifier.principal(f"Bearer {answer.json()['access_token']}")
    assert (principal.person_id, principal.roles, principal.agency_id) == (PERSON, frozenset({Role.HEAD}), "so-y-te")


async def test_without_accounts_nobody_is_signed_in(pool: asyncpg.Pool, name: str) -> None:
    """As `kycuong up` without --sample, on a folder that has accounts from before."""
    app = identity_app(LocalIssuer(ISSUER, "kycuong", signing_key()), None)
    transport = httpx.ASGITransport(root({"identity": app}, Health(Readiness({}), None)))
    async with httpx.AsyncClient(transport=transport, base_url="http://suite") as nobodys:
        assert (await sign_in(nobodys, name)).status_code == 400


async def test_the_keys_are_public_only(client: httpx.AsyncClient) -> None:
    [key] = (await client.get("/identity/jwks")).json()["keys"]
    assert set(key) == {"kty", "crv", "x", "y", "kid", "use", "alg"}


async def test_a_wrong_password_and_an_unknown_name_are_answered_alike(client: httpx.AsyncClient, name: str) -> None:
    wrong, unknown = await sign_in(client, name, "sai"), await sign_in(client, str(uuid4()))
    for answer in (wrong, unknown):
        assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")
    same = {"type", "title", "detail", "mend", "code"}
    assert {k: wrong.json()[k] for k in same} == {k: unknown.json()[k] for k in same}


async def test_another_grant_is_not_supported(client: httpx.AsyncClient, name: str) -> None:
    form = {"grant_type": "refresh_token", "username": name, "password": PASSWORD}
    answer = await client.post("/identity/token", data=form)
    assert (answer.status_code, answer.json()["error"]) == (400, "unsupported_grant_type")


async def test_the_password_is_not_stored(pool: asyncpg.Pool, name: str) -> None:
    stored = await pool.fetchval("select password_hash from accounts where username = $1", name)
    assert stored.startswith("$argon2id$")
    assert PASSWORD not in stored


async def test_too_many_failures_make_the_account_wait_even_for_the_right_password(
    client: httpx.AsyncClient, pool: asyncpg.Pool, name: str
) -> None:
    assert (await sign_in(client, name, "sai")).status_code == 400
    await pool.execute(f"update attempts set failures = 20 {MINE}", name)
    assert (await sign_in(client, name, "sai")).status_code == 400
    answer = await sign_in(client, name)
    assert answer.status_code == 429
    assert 200 < int(answer.headers["retry-after"]) <= 300


async def test_guesses_sent_at_once_are_counted_one_by_one(pool: asyncpg.Pool, name: str) -> None:
    accounts = Accounts(pool)
    outcomes = await asyncio.gather(*(accounts.sign_in(name, f"sai {number}") for number in range(FREE)))
    assert outcomes == [None] * FREE
    assert await pool.fetchval(f"select failures from attempts {MINE}", name) == FREE


async def test_each_further_failure_doubles_the_wait(pool: asyncpg.Pool, name: str) -> None:
    accounts = Accounts(pool)
    waits = []
    for _ in range(FREE + 4):
        await accounts.sign_in(name, "sai")
        seconds = f"select extract(epoch from blocked_until - last_at) from attempts {MINE}"
        waits.append(await pool.fetchval(seconds, name))
        await pool.execute("update attempts set blocked_until = now()")
    assert list(map(int, waits[-4:])) == [1, 2, 4, 8]


async def test_the_right_password_forgives_the_failures(pool: asyncpg.Pool, name: str) -> None:
    accounts = Accounts(pool)
    for _ in range(FREE - 1):
        await accounts.sign_in(name, "sai")
    assert await accounts.sign_in(name, PASSWORD)
    for _ in range(FREE - 1):
        assert await accounts.sign_in(name, "sai") is None
    assert await accounts.sign_in(name, PASSWORD)


async def test_old_failures_are_forgotten(pool: asyncpg.Pool, name: str) -> None:
    accounts = Accounts(pool)
    for _ in range(FREE + 1):
        await accounts.sign_in(name, "sai")
    await pool.execute("update attempts set last_at = now() - interval '16 minutes', blocked_until = now()")
    await accounts.sign_in(name, "sai")
    assert await accounts.sign_in(name, PASSWORD)


async def test_an_account_made_again_is_changed(pool: asyncpg.Pool, name: str) -> None:
    await create_account(pool, username=name, password="khác", person_id=PERSON, roles=[Role.AUDITOR], agency_id=None)
    accounts = Accounts(pool)
    account = await accounts.sign_in(name, "khác")
    assert account is not None
    assert not isinstance(account, Blocked)
    assert account.roles == {Role.AUDITOR}


async def test_an_account_is_found_by_role(pool: asyncpg.Pool, hashed: str) -> None:
    for username, roles in (("b.many", [Role.CITIZEN, Role.AUDITOR]), ("a.one", [Role.CITIZEN])):
        await create_account(
            pool, username=username, password=hashed, hashed=True, person_id=PERSON, roles=roles, agency_id=None
        )
    found = await Accounts(pool).of_role(Role.CITIZEN)
    assert found is not None
    assert found.username == "a.one"
