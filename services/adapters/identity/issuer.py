"""The local issuer of the embedded default: short signed tokens, and what OIDC clients need to check them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from joserfc import jwt
from joserfc.jwk import ECKey

if TYPE_CHECKING:
    from collections.abc import Callable

    from services.adapters.identity.accounts import Account

ALGORITHM = "ES256"
TOKEN_SECONDS = 900


class LocalIssuer:
    """Signs tokens.

    Args:
        issuer: its address, which tokens name and below which discovery is served.
        audience: what tokens are for.
        signing_key: P-256 private key as PEM, from a secret file.
        now: seconds of real time since 1970.
    """

    def __init__(self, issuer: str, audience: str, signing_key: str, *, now: Callable[[], float] = time.time) -> None:
        self._issuer = issuer
        self._audience = audience
        self._now = now
        self._key = ECKey.import_key(signing_key, {"use": "sig", "alg": ALGORITHM})
        self._key.ensure_kid()

    def token(self, account: Account, *, seconds: int = TOKEN_SECONDS) -> str:
        """A token that says who the account's person is, for so many seconds."""
        now = int(self._now())
        claims = {
            "iss": self._issuer,
            "aud": self._audience,
            "sub": str(account.person_id),
            "person_id": str(account.person_id),
            "preferred_username": account.username,
            "roles": sorted(account.roles),
            "agency_id": account.agency_id,
            "iat": now,
            "exp": now + seconds,
            "jti": str(uuid4()),
        }
        return jwt.encode({"alg": ALGORITHM, "kid": self._key.kid}, claims, self._key, algorithms=[ALGORITHM])

    def discovery(self) -> dict[str, Any]:
        """OpenID Connect Discovery 1.0, section 3: what this issuer can do."""
        return {
            "issuer": self._issuer,
            "token_endpoint": f"{self._issuer}/token",
            "jwks_uri": f"{self._issuer}/jwks",
            "grant_types_supported": ["password"],
            "response_types_supported": ["token"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": [ALGORITHM],
            "token_endpoint_auth_methods_supported": ["none"],
        }

    def keys(self) -> dict[str, Any]:
        """The public key as a JWK set (RFC 7517)."""
        return {"keys": [self._key.as_dict(private=False)]}
