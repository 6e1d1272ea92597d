"""The realm of deploy/identity on a real Keycloak: its tokens open the API as far as their claims reach."""

import subprocess
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from subprocess import PIPE
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import httpx
import pytest
import pytest_asyncio
from joserfc import jwt
from joserfc.jwk import KeySet

from services.adapters.embedded.ports import free_port
from services.application.identity import Role
from tests.api import sample
from tests.api.conftest import key
from tests.identity import keycloak as provider
from tests.identity.keycloak import Keycloak
from tests.identity.test_verifier import tamper_claims, tamper_signature, unsigned
from tests.parts import Database
from tests.processes import Household

API = "services.entrypoints.api"
SIGN_IN = provider.REALM.with_name("sign-in")
PASSWORD = "một mật khẩu đủ dài"
PERSONS = {name: uuid4() for name in ("admin", "inspector", "district-inspector", "secretary", "auditor")}
BRIEF = "brief"
"""A client whose tokens end at once."""
OTHER = "another-suite"
"""A client of the same realm whose tokens are not for this suite."""
ACCOUNT = "account-of-a-site"
"""A client whose tokens open Keycloak's own pages, on which people change what they may of themselves."""
WRITING = {
    "agency_id": "so-y-te",
    "violation_type": "late-without-reason",
    "directive_id": "da-nang-2090",
    "fact_date": "2025-03-03",
    "source": "feedback",
    "narrative": "Hồ sơ trễ hẹn 12 ngày.",
}

pytestmark = pytest.mark.timeout(400)  # the first run on a machine fetches and builds the server


@pytest.fixture(scope="module")
def keycloak(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Keycloak]:
    with provider.running(tmp_path_factory.mktemp("keycloak")) as running:
        running.create_user("admin", PASSWORD, ["administrator"], **of("admin", "tinh"))
        running.create_user("inspector", PASSWORD, ["inspector"], **of("inspector", "thanh-tra"))
        running.create_user(
            "district-inspector", PASSWORD, ["inspector"], **of("district-inspector", "thanh-tra-huyen")
        )
        running.create_user("secretary", PASSWORD, ["board_secretary"], **of("secretary", "so-y-te"))
        running.create_user("auditor", PASSWORD, ["auditor"], person_id=str(PERSONS["auditor"]))
        [portal] = [client for client in provider.realm()["clients"] if client["clientId"] == provider.PORTAL]
        brief = {**portal["attributes"], "access.token.lifespan": "1"}
        running.administer("/kycuong/clients", {**portal, "clientId": BRIEF, "attributes": brief})
        running.administer("/kycuong/clients", {**portal, "clientId": OTHER, "defaultClientScopes": ["basic"]})
        running.administer("/kycuong/clients", {**portal, **for_accounts()})
        yield running


def for_accounts() -> dict[str, Any]:
    audience = {"included.client.audience": "account", "access.token.claim": "true"}
    roles = {"claim.name": "resource_access.${client_id}.roles", "multivalued": "true", "access.token.claim": "true"}
    mappers = [
        {"name": kind, "protocol": "openid-connect", "protocolMapper": f"oidc-{kind}-mapper", "config": config}
        for kind, config in (("audience", audience), ("usermodel-client-role", roles))
    ]
    scopes = {"defaultClientScopes": ["basic"], "fullScopeAllowed": True}
    return {"clientId": ACCOUNT, "protocolMappers": mappers, **scopes}


def of(name: str, agency_id: str) -> dict[str, str]:
    return {"person_id": str(PERSONS[name]), "agency_id": agency_id}


@pytest.fixture(scope="module")
def brief_token(keycloak: Keycloak) -> str:
    """A token that ends while the API starts."""
    return keycloak.sign_in("inspector", PASSWORD, BRIEF)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def api(
    keycloak: Keycloak, brief_token: str, module_database: Database, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[httpx.Client]:
    """The API as a site runs it, told of the issuer by its settings alone, with the table's organisation."""
    household = Household(module_database, tmp_path_factory.mktemp("secrets"))
    household.settings |= {"environment": "production", "issuer": keycloak.issuer}
    port = str(free_port())
    async with household.running("services.entrypoints.registry"), household.running(API, port=port):
        with httpx.Client(
            base_url=f"http://127.0.0.1:{port}", timeout=30.0, headers={"accept-language": "en"}
        ) as client:
            found(client, keycloak.sign_in("admin", PASSWORD))
            yield client


def found(client: httpx.Client, token: str) -> None:
    """Let the administrator record the organisation."""
    fact = {"valid_from": "2020-01-01", "name": {"vi": "Tên", "en": "Name"}}
    bodies = [("", {**fact, "authority_id": "tinh"})]
    for agency_id, parent_id, kind in sample.AGENCIES:
        bodies.append(("/agencies", {**fact, "agency_id": agency_id, "parent_id": parent_id, "kind": kind}))
    for path, body in bodies:
        assert post(client, token, f"/inspection/organisation{path}", body).status_code == 200


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def post(client: httpx.Client, token: str, path: str, body: Mapping[str, Any]) -> httpx.Response:
    return client.post(path, json=body, headers={**bearer(token), **key()})


def told(answer: httpx.Response) -> tuple[int, str | None]:
    return answer.status_code, answer.json().get("code")


# -- tokens that open ------------------------------------------------------------------------------------------------


def test_an_inspector_drafts_a_finding_about_an_agency_in_his_reach(keycloak: Keycloak, api: httpx.Client) -> None:
    token = keycloak.sign_in("inspector", PASSWORD)
    drafted = post(api, token, "/inspection/findings/drafts", WRITING)
    assert drafted.status_code == 201
    shown = api.get(f"/inspection/findings/{drafted.json()['id']}", headers=bearer(token)).json()
    assert shown["inspector_id"] == str(PERSONS["inspector"])


def test_an_inspector_of_a_district_reaches_no_department_of_the_province(
    keycloak: Keycloak, api: httpx.Client
) -> None:
    token = keycloak.sign_in("district-inspector", PASSWORD)
    assert told(post(api, token, "/inspection/findings/drafts", WRITING)) == (403, "outside-scope")


def test_a_board_secretary_sees_boards_and_writes_no_finding(keycloak: Keycloak, api: httpx.Client) -> None:
    token = keycloak.sign_in("secretary", PASSWORD)
    assert api.get("/discipline/boards", headers=bearer(token)).status_code == 200
    assert told(post(api, token, "/inspection/findings/drafts", WRITING)) == (403, "role-not-allowed")


def test_an_inspector_sees_no_boards(keycloak: Keycloak, api: httpx.Client) -> None:
    inspector = keycloak.sign_in("inspector", PASSWORD)
    assert told(api.get("/discipline/boards", headers=bearer(inspector))) == (403, "role-not-allowed")


def test_an_auditor_without_an_agency_reads_everything(keycloak: Keycloak, api: httpx.Client) -> None:
    auditor = keycloak.sign_in("auditor", PASSWORD)
    assert api.get("/inspection/findings", headers=bearer(auditor)).status_code == 200
    assert api.get("/discipline/boards", headers=bearer(auditor)).status_code == 200


def test_a_command_line_is_let_in_by_who_signs_in_beside_it(keycloak: Keycloak, api: httpx.Client) -> None:
    """As docs/first-day.md says it, on a machine without a browser."""
    script = subprocess.Popen([SIGN_IN, keycloak.issuer], stdout=PIPE, stderr=PIPE, text=True)
    try:
        assert script.stderr is not None
        address = next(line.strip() for line in script.stderr if "://" in line)
        keycloak.approve(address, "admin", PASSWORD)
        token, said = script.communicate(timeout=60.0)
    finally:
        script.kill()
    assert script.returncode == 0, said
    person = {"name": "Kiều Thị Hồng Thắm", "email": "tham@binhlam.example.invalid"}
    told = api.put(f"/inspection/people/{uuid4()}", json=person, headers={**bearer(token.strip()), **key()})
    assert told.status_code == 200, told.text


# -- tokens that do not ------------------------------------------------------------------------------------------------


def test_a_token_for_another_suite_of_the_same_realm_is_refused(keycloak: Keycloak, api: httpx.Client) -> None:
    token = keycloak.sign_in("inspector", PASSWORD, OTHER)
    assert told(api.get("/inspection/findings", headers=bearer(token))) == (401, "token-invalid")


def test_a_token_of_another_realm_of_the_same_server_is_refused(keycloak: Keycloak, api: httpx.Client) -> None:
    assert told(api.get("/inspection/findings", headers=bearer(keycloak.masters_token()))) == (401, "token-invalid")


@pytest.mark.parametrize("tamper", [tamper_signature, tamper_claims, unsigned])
def test_a_tampered_token_is_refused(keycloak: Keycloak, api: httpx.Client, tamper: Callable[[str], str]) -> None:
    token = tamper(keycloak.sign_in("inspector", PASSWORD))
    assert told(api.get("/inspection/findings", headers=bearer(token))) == (401, "token-invalid")


def test_a_token_that_has_ended_is_refused(brief_token: str, api: httpx.Client) -> None:
    while (answer := api.get("/inspection/findings", headers=bearer(brief_token))).status_code == 200:
        time.sleep(0.5)  # what the verifier grants clocks that differ
    assert told(answer) == (401, "token-expired")


# -- the realm -------------------------------------------------------------------------------------------------------


def test_the_realm_has_the_roles_of_the_suite_and_no_others() -> None:
    assert {role["name"] for role in provider.realm()["roles"]["realm"]} == set(Role)


def test_nobody_signs_in_without_proof_of_his_own_request(keycloak: Keycloak) -> None:
    """PKCE: a stolen code is worth nothing."""
    refused = keycloak.begin(provider.PORTAL)
    assert parse_qs(urlsplit(refused.headers["location"]).query)["error"] == ["invalid_request"]


def test_no_client_takes_passwords(keycloak: Keycloak) -> None:
    form = {"grant_type": "password", "username": "inspector", "password": PASSWORD}
    refused = keycloak.token(**form, client_id=provider.PORTAL)
    assert refused.json()["error"] == "unauthorized_client"


def test_nobody_changes_his_own_agency(keycloak: Keycloak) -> None:
    """Keycloak's own pages let people change of themselves what the realm's profile lets them."""
    signed_in = bearer(keycloak.sign_in("district-inspector", PASSWORD, ACCOUNT)) | {"accept": "application/json"}
    page = f"{keycloak.issuer}/account/"
    shown = keycloak.client.get(page, headers=signed_in).raise_for_status().json()
    account = {**shown, "attributes": {**shown.get("attributes", {}), "agency_id": ["thanh-tra"]}}
    keycloak.client.post(page, json=account, headers=signed_in)
    keys = KeySet.import_key_set(keycloak.client.get(f"{keycloak.issuer}/protocol/openid-connect/certs").json())
    claims = jwt.decode(keycloak.sign_in("district-inspector", PASSWORD), keys, algorithms=["ES256"]).claims
    assert claims["agency_id"] == "thanh-tra-huyen"


@pytest.mark.parametrize(("name", "value"), [("person_id", "an"), ("agency_id", "Sở Y tế"), ("agency_id", "../tinh")])
def test_ids_that_the_suite_could_not_read_are_refused(keycloak: Keycloak, name: str, value: str) -> None:
    attributes = {"person_id": str(uuid4()), "agency_id": "so-y-te", name: value}
    user = {"username": f"{uuid4()}", "enabled": True, "attributes": {one: [told] for one, told in attributes.items()}}
    with pytest.raises(httpx.HTTPStatusError, match="400"):
        keycloak.administer("/kycuong/users", user)
