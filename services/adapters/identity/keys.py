"""An OIDC issuer's public keys: discovered, cached, fetched again when a token names one that is not known."""

from __future__ import annotations

import asyncio
import ssl
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx
import structlog
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from services.application.identity import IssuerUnreachable

if TYPE_CHECKING:
    from collections.abc import Callable

    from joserfc.jwk import Key

log = structlog.get_logger(__name__)

FRESH_SECONDS = 3600.0
"""A key that the issuer withdrew is trusted no longer than this."""
REFRESH_SECONDS = 10.0
"""An unknown kid asks the issuer at most so often: strangers' tokens must not make us knock without end."""


class IssuerNotTrusted(ValueError):
    """The discovery document is not this issuer's, or points to keys over a weaker channel."""


class AuthorityNotPem(ValueError):
    """What was given as the authority of the issuer's certificate is no certificate."""

    def __init__(self) -> None:
        super().__init__(
            "The secret issuer-authority must hold PEM certificates (-----BEGIN CERTIFICATE-----) of who signs the "
            "OIDC issuer's certificate, or be empty where a public authority does."
        )


def trusting(authority: str | None) -> ssl.SSLContext:
    """Whom to believe that he is the issuer: those whom this authority, as PEM, vouches for; None: the public ones.

    Raises:
        AuthorityNotPem: it holds no certificate, or a broken one.
    """
    if authority is None:
        return httpx.create_ssl_context()
    try:
        # Around a certificate, PEM allows words of every language, and OpenSSL's ASCII alone.
        return ssl.create_default_context(cadata=authority.encode("ascii", "replace").decode())
    except (ssl.SSLError, ValueError):
        raise AuthorityNotPem from None


class IssuerKeys:
    """The issuer's signing keys.

    Args:
        issuer: its identifier, exactly as tokens name it.
        client: for the two requests; its time limit is the caller's patience.
        now: seconds of real time that only go forward.
    """

    def __init__(self, issuer: str, client: httpx.AsyncClient, *, now: Callable[[], float] = time.monotonic) -> None:
        self._issuer = issuer
        self._client = client
        self._now = now
        self._keys: KeySet | None = None
        self._fetched = self._asked = float("-inf")
        self._one = asyncio.Lock()

    async def key(self, kid: str | None) -> Key | None:
        """The key of that id, None where the issuer has none. Raises `IssuerUnreachable` before the first answer."""
        found = self._known(kid)
        if found is not None and self._now() - self._fetched < FRESH_SECONDS:
            return found
        await self._refresh()
        return self._known(kid)

    async def ready(self) -> bool:
        """Whether keys are known, fetching them if not."""
        if self._keys is None:
            try:
                await self._refresh()
            except IssuerUnreachable:
                return False
        return self._keys is not None

    def _known(self, kid: str | None) -> Key | None:
        if self._keys is None:
            return None
        try:
            return self._keys.get_by_kid(kid, {"use": "sig"})
        except InvalidKeyIdError:
            return None

    async def _refresh(self) -> None:
        async with self._one:
            if self._now() - self._asked < REFRESH_SECONDS:
                if self._keys is None:
                    raise IssuerUnreachable
                return
            self._asked = self._now()
            try:
                self._keys = await self._fetch()
            except (httpx.HTTPError, JoseError, IssuerNotTrusted, ValueError, KeyError, TypeError) as failure:
                log.warning("issuer_keys_not_fetched", issuer=self._issuer, reason=str(failure))
                if self._keys is None:
                    self._asked = float("-inf")  # nobody can sign in: each request may try
                    raise IssuerUnreachable from None
            else:
                self._fetched = self._asked
                log.info("issuer_keys_fetched", issuer=self._issuer, keys=len(self._keys.keys))

    async def _fetch(self) -> KeySet:
        address = f"{self._issuer.rstrip('/')}/.well-known/openid-configuration"
        document = (await self._client.get(address)).raise_for_status().json()
        if document["issuer"] != self._issuer:
            raise IssuerNotTrusted(f"the discovery document is of {document['issuer']}")
        jwks = str(document["jwks_uri"])
        if urlsplit(self._issuer).scheme == "https" and urlsplit(jwks).scheme != "https":
            raise IssuerNotTrusted("the keys are not served over https")
        return KeySet.import_key_set((await self._client.get(jwks)).raise_for_status().json())
