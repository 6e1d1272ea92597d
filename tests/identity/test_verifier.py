"""A token is believed only where issuer, audience, key, algorithm and time all fit."""

import base64
import hmac
import json
from collections.abc import AsyncIterator, Callable
from typing import Any
from uuid import UUID

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from services.adapters.identity.keys import REFRESH_SECONDS, IssuerKeys
from services.adapters.identity.verifier import LEEWAY_SECONDS, ClaimNames, TokenVerifier
from services.application.identity import (
    IssuerUnreachable,
    Principal,
    Role,
    TokenExpired,
    TokenInvalid,
    TokenMissing,
)

ISSUER = "https://id.example.test/realms/tinh"
AUDIENCE = "kycuong"
PERSON = UUID("3f0c7a38-1b0e-4b11-9d3c-6f2a1f3f9a01")
NOW = 1_790_000_000


class Issuer:
    """An issuer on the other end of the wire, whose keys and behaviour a test decides."""

    def __init__(self) -> None:
        self.keys: list[Any] = [ECKey.generate_key("P-256", {"use": "sig", "kid": "first"})]
        self.asked = 0
        self.down = False
        self.document: dict[str, Any] = {"issuer": ISSUER, "jwks_uri": f"{ISSUER}/certs"}

    def answer(self, request: httpx.Request) -> httpx.Response:
        if self.down:
            raise httpx.ConnectError("down", request=request)
        if request.url.path.endswith("/.well-known/openid-configuration"):
            return httpx.Response(200, json=self.document)
        self.asked += 1
        return httpx.Response(200, json={"keys": [key.as_dict(private=False) for key in self.keys]})

    def token(self, *, header: dict[str, Any] | None = None, key: Any = None, **claims: Any) -> str:
        whole = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": "an",
            "exp": NOW + 600,
            "iat": NOW,
            "person_id": str(PERSON),
            "roles": ["inspector", "offline_access"],
            "agency_id": "thanh-tra",
            **claims,
        }
        whole = {name: value for name, value in whole.items() if value is not None}
        key = key or self.keys[0]
        full = {"alg": "ES256", "kid": "first", **(header or {})}
        return jwt.encode(full, whole, key, algorithms=[full["alg"]])


class Time:
    def __init__(self) -> None:
        self.seconds = float(NOW)

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def issuer() -> Issuer:
    return Issuer()


@pytest.fixture
def now() -> Time:
    return Time()


@pytest.fixture
async def verifier(issuer: Issuer, now: Time) -> AsyncIterator[TokenVerifier]:
    async with httpx.AsyncClient(transport=httpx.MockTransport(issuer.answer)) as client:
        keys = IssuerKeys(ISSUER, client, now=now)
        yield TokenVerifier(keys, issuer=ISSUER, audience=AUDIENCE, now=now)


async def check(verifier: TokenVerifier, token: str) -> Principal:
    return await verifier.principal(f"Bearer {token}")


async def test_a_good_token_names_person_known_roles_and_agency(verifier: TokenVerifier, issuer: Issuer) -> None:
    principal = await check(verifier, issuer.token())
    assert (principal.person_id, principal.roles, principal.agency_id) == (
        PERSON,
        frozenset({Role.INSPECTOR}),
        "thanh-tra",
    )
    assert principal.expires_at.timestamp() == NOW + 600


async def test_a_person_without_agency_may_be(verifier: TokenVerifier, issuer: Issuer) -> None:
    assert (await check(verifier, issuer.token(agency_id=None))).agency_id is None


async def test_one_of_several_audiences_is_enough(verifier: TokenVerifier, issuer: Issuer) -> None:
    assert (await check(verifier, issuer.token(aud=["portal", AUDIENCE]))).person_id == PERSON


@pytest.mark.parametrize("header", [None, "", "Basic YTpi", "Bearer", "Bearer ", "token"])
async def test_no_bearer_token_is_told_apart(verifier: TokenVerifier, header: str | None) -> None:
    with pytest.raises(TokenMissing):
        await verifier.principal(header)


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "another"},
        {"aud": ["another"]},
        {"aud": None},
        {"iss": "https://evil.example.test"},
        {"iss": ISSUER + "/"},
        {"iss": None},
        {"exp": None},
        {"exp": "tomorrow"},
        {"exp": 1e300},
        {"nbf": NOW + 600},
        {"iat": NOW + 600},
        {"person_id": None},
        {"person_id": "an"},
        {"person_id": 7},
        {"roles": None},
        {"roles": "inspector"},
        {"agency_id": 7},
        {"agency_id": ["thanh-tra"]},
    ],
    ids=str,
)
async def test_a_claim_that_does_not_fit_is_refused(
    verifier: TokenVerifier, issuer: Issuer, claims: dict[str, Any]
) -> None:
    with pytest.raises(TokenInvalid):
        await check(verifier, issuer.token(**claims))


async def test_an_expired_token_is_refused_as_expired(verifier: TokenVerifier, issuer: Issuer) -> None:
    with pytest.raises(TokenExpired):
        await check(verifier, issuer.token(exp=NOW - LEEWAY_SECONDS - 1))


async def test_clocks_may_differ_a_little(verifier: TokenVerifier, issuer: Issuer) -> None:
    assert (await check(verifier, issuer.token(exp=NOW - LEEWAY_SECONDS + 2))).person_id == PERSON


async def test_a_remembered_token_expires_too(verifier: TokenVerifier, issuer: Issuer, now: Time) -> None:
    token = issuer.token()
    await check(verifier, token)
    now.seconds += 600 + LEEWAY_SECONDS
    with pytest.raises(TokenExpired):
        await check(verifier, token)


def tamper_signature(token: str) -> str:
    head, body, signature = token.split(".")
    return f"{head}.{body}.{'A' if signature[0] != 'A' else 'B'}{signature[1:]}"


def tamper_claims(token: str) -> str:
    head, body, signature = token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    claims["roles"] = ["authority"]
    written = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    return f"{head}.{written}.{signature}"


def unsigned(token: str) -> str:
    _, body, _ = token.split(".")
    head = base64.urlsafe_b64encode(b'{"alg":"none","kid":"first"}').rstrip(b"=").decode()
    return f"{head}.{body}."


def cut(token: str) -> str:
    return token.rpartition(".")[0]


@pytest.mark.parametrize(
    "tamper", [tamper_signature, tamper_claims, unsigned, cut, lambda _: "a.b.c", lambda _: "é" * 9]
)
async def test_a_tampered_token_is_refused(
    verifier: TokenVerifier, issuer: Issuer, tamper: Callable[[str], str]
) -> None:
    with pytest.raises(TokenInvalid):
        await check(verifier, tamper(issuer.token()))


async def test_a_token_of_another_key_with_the_same_id_is_refused(verifier: TokenVerifier, issuer: Issuer) -> None:
    forged = issuer.token(key=ECKey.generate_key("P-256", {"kid": "first"}))
    with pytest.raises(TokenInvalid):
        await check(verifier, forged)


async def test_the_public_key_as_a_shared_secret_is_refused(verifier: TokenVerifier, issuer: Issuer) -> None:
    """The classic confusion: HS256 with the public key as the secret."""
    head = base64.urlsafe_b64encode(b'{"alg":"HS256","kid":"first"}').rstrip(b"=")
    signed = head + b"." + issuer.token().split(".")[1].encode()
    made = hmac.digest(issuer.keys[0].as_pem(private=False), signed, "sha256")
    with pytest.raises(TokenInvalid):
        await check(verifier, f"{signed.decode()}.{base64.urlsafe_b64encode(made).rstrip(b'=').decode()}")


async def test_another_algorithm_of_the_issuers_own_key_is_refused(verifier: TokenVerifier, issuer: Issuer) -> None:
    issuer.keys.append(RSAKey.generate_key(2048, {"use": "sig", "kid": "rsa"}))
    with pytest.raises(TokenInvalid):
        await check(verifier, issuer.token(header={"alg": "RS256", "kid": "rsa"}, key=issuer.keys[1]))


async def test_a_kid_that_the_issuer_does_not_have_is_refused(verifier: TokenVerifier, issuer: Issuer) -> None:
    with pytest.raises(TokenInvalid):
        await check(verifier, issuer.token(header={"kid": "second"}))


async def test_a_new_key_is_fetched_when_a_token_names_it(verifier: TokenVerifier, issuer: Issuer, now: Time) -> None:
    await check(verifier, issuer.token())
    issuer.keys.append(ECKey.generate_key("P-256", {"use": "sig", "kid": "second"}))
    now.seconds += REFRESH_SECONDS
    assert (await check(verifier, issuer.token(header={"kid": "second"}, key=issuer.keys[1]))).person_id == PERSON
    assert issuer.asked == 2


async def test_unknown_kids_do_not_make_us_knock_without_end(verifier: TokenVerifier, issuer: Issuer) -> None:
    for number in range(20):
        with pytest.raises(TokenInvalid):
            await check(verifier, issuer.token(header={"kid": f"guess-{number}"}))
    assert issuer.asked == 1


async def test_a_key_that_was_withdrawn_is_not_trusted_for_ever(
    verifier: TokenVerifier, issuer: Issuer, now: Time
) -> None:
    stolen = issuer.keys[0]
    await check(verifier, issuer.token())
    issuer.keys = [ECKey.generate_key("P-256", {"use": "sig", "kid": "second"})]
    now.seconds += 3_601
    with pytest.raises(TokenInvalid):
        await check(verifier, issuer.token(key=stolen, exp=NOW + 9_000))


async def test_a_known_token_needs_no_issuer(verifier: TokenVerifier, issuer: Issuer) -> None:
    token = issuer.token()
    await check(verifier, token)
    issuer.down = True
    assert (await check(verifier, token)).person_id == PERSON


async def test_known_keys_go_on_while_the_issuer_is_down(verifier: TokenVerifier, issuer: Issuer, now: Time) -> None:
    await check(verifier, issuer.token())
    issuer.down = True
    now.seconds += 3_601
    assert (await check(verifier, issuer.token(exp=NOW + 9_000))).person_id == PERSON


async def test_an_issuer_that_never_answered_is_said_to_be_unreachable(verifier: TokenVerifier, issuer: Issuer) -> None:
    issuer.down = True
    with pytest.raises(IssuerUnreachable):
        await check(verifier, issuer.token())
    issuer.down = False
    assert (await check(verifier, issuer.token())).person_id == PERSON


@pytest.mark.parametrize(
    "document",
    [
        {"issuer": "https://evil.example.test", "jwks_uri": f"{ISSUER}/certs"},
        {"issuer": ISSUER, "jwks_uri": "http://id.example.test/certs"},
        {"issuer": ISSUER},
    ],
)
async def test_a_discovery_document_of_somebody_else_is_not_followed(
    verifier: TokenVerifier, issuer: Issuer, document: dict[str, Any]
) -> None:
    issuer.document = document
    with pytest.raises(IssuerUnreachable):
        await check(verifier, issuer.token())
    assert issuer.asked == 0


async def test_claims_are_found_where_the_deployment_says(issuer: Issuer, now: Time) -> None:
    """As Keycloak writes them."""
    async with httpx.AsyncClient(transport=httpx.MockTransport(issuer.answer)) as client:
        names = ClaimNames(person="sub", roles="realm_access.roles", agency="at.agency")
        keys = IssuerKeys(ISSUER, client, now=now)
        verifier = TokenVerifier(keys, issuer=ISSUER, audience=AUDIENCE, claims=names, now=now)
        claims: dict[str, Any] = {
            "sub": str(PERSON),
            "realm_access": {"roles": ["head"]},
            "at": {"agency": "so-y-te"},
        }
        principal = await check(verifier, issuer.token(**claims))
    assert (principal.person_id, principal.roles, principal.agency_id) == (PERSON, frozenset({Role.HEAD}), "so-y-te")
