"""An issuer in a data centre has a certificate of the site's own authority: it is believed where the site says so."""

import asyncio
import datetime as dt
import json
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from joserfc.jwk import ECKey

from services.adapters.identity.keys import AuthorityNotPem, IssuerKeys, trusting
from services.application.identity import IssuerUnreachable
from services.entrypoints.certificates import authority, certificate_alone, issued
from services.entrypoints.settings import Settings

NOW = dt.datetime.now(dt.UTC)
AUTHORITY = authority("site", now=NOW)
OTHER = certificate_alone(authority("another", now=NOW))


@pytest.fixture
async def issuer(tmp_path: Path) -> AsyncIterator[str]:
    """An issuer that serves its document and its keys over TLS, with a certificate of the site's authority."""
    pem = tmp_path / "server.pem"
    pem.write_text(issued(AUTHORITY, "issuer", ["127.0.0.1"], now=NOW))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(pem)
    published = {"keys": [ECKey.generate_key("P-256", {"use": "sig", "kid": "first"}).as_dict(private=False)]}

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        told = {"issuer": address, "jwks_uri": f"{address}/certs"} if b"openid-configuration" in head else published
        body = json.dumps(told).encode()
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=context)
    address = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server:
        yield address


async def first_key(issuer: str, vouching: str | None) -> bool:
    async with httpx.AsyncClient(verify=trusting(vouching), trust_env=False) as client:
        return await IssuerKeys(issuer, client).key("first") is not None


async def test_an_issuer_of_the_sites_own_authority_is_believed(issuer: str) -> None:
    assert await first_key(issuer, f"Sở Nội vụ\n{certificate_alone(AUTHORITY)}")


@pytest.mark.parametrize("vouching", [None, OTHER])
async def test_nobody_else_vouches_for_it(issuer: str, vouching: str | None) -> None:
    with pytest.raises(IssuerUnreachable):
        await first_key(issuer, vouching)


@pytest.mark.parametrize(
    "given", ["site.crt", "-----BEGIN CERTIFICATE-----\nbroken\n-----END CERTIFICATE-----", "Sở Nội vụ"]
)
def test_what_is_no_certificate_is_refused_with_its_name(given: str) -> None:
    with pytest.raises(AuthorityNotPem, match="issuer-authority"):
        trusting(given)


def test_a_site_without_an_authority_of_its_own_leaves_the_file_empty(tmp_path: Path) -> None:
    (tmp_path / "issuer-authority").write_text("")
    assert Settings(secrets=tmp_path).issuer_authority is None
    (tmp_path / "issuer-authority").write_text(OTHER)
    assert Settings(secrets=tmp_path).issuer_authority == OTHER.strip()
