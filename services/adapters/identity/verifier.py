"""Bearer tokens: checked once against the issuer's keys, remembered by their hash until they expire."""

from __future__ import annotations

import hashlib
import time
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import structlog
from joserfc import jws, jwt
from joserfc.errors import ExpiredTokenError, JoseError

from services.application.identity import Principal, Role, TokenExpired, TokenInvalid, TokenMissing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from services.adapters.identity.keys import IssuerKeys

log = structlog.get_logger(__name__)

LEEWAY_SECONDS = 10
"""Clocks of issuer and suite may differ by so much."""
REMEMBERED = 10_000
LONGEST_TOKEN = 8_192


@dataclass(frozen=True, slots=True)
class ClaimNames:
    """Where an issuer writes what we need; a dot goes one level down (`realm_access.roles`)."""

    person: str = "person_id"
    roles: str = "roles"
    agency: str = "agency_id"


class TokenVerifier:
    """Checks signature, algorithm, issuer, audience and expiry.

    Args:
        keys: of the one issuer that is trusted.
        issuer: exactly as tokens name it.
        audience: what a token must name.
        algorithm: the only one accepted, whatever a token's header says.
        claims: where the issuer writes person, roles and agency.
        now: seconds of real time since 1970.
    """

    def __init__(
        self,
        keys: IssuerKeys,
        *,
        issuer: str,
        audience: str,
        algorithm: str = "ES256",
        claims: ClaimNames | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._keys = keys
        self._algorithm = algorithm
        self._names = claims or ClaimNames()
        self._now = now
        self._claims = jwt.JWTClaimsRegistry(
            now=lambda: int(now()),
            leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": issuer},
            aud={"essential": True, "value": audience},
            exp={"essential": True},
        )
        self._remembered: OrderedDict[bytes, tuple[float, Principal]] = OrderedDict()

    async def principal(self, authorization: str | None) -> Principal:
        """The caller behind an Authorization header; see `services.application.identity.Verifier`."""
        scheme, _, token = (authorization or "").partition(" ")
        token = token.strip()
        if scheme.lower() != "bearer" or not token:
            raise TokenMissing
        digest = hashlib.sha256(token.encode()).digest()
        if (remembered := self._remembered.get(digest)) is not None:
            until, principal = remembered
            if self._now() < until:
                return principal
            del self._remembered[digest]
            raise TokenExpired
        principal = await self._verified(token)
        self._remember(digest, principal)
        return principal

    async def _verified(self, token: str) -> Principal:
        try:
            return await self._checked(token)
        except ExpiredTokenError:
            raise TokenExpired from None
        except (JoseError, ValueError, KeyError, TypeError, AttributeError, OverflowError, OSError) as failure:
            # The caller is not told what exactly is wrong with a token that may be forged.
            log.info("token_refused", reason=f"{type(failure).__name__}: {failure}")
            raise TokenInvalid from None

    async def _checked(self, token: str) -> Principal:
        """The caller that a token names. Raises what is wrong with it; most of all JoseError and ValueError."""
        if len(token) > LONGEST_TOKEN:
            raise ValueError("the token is too long")
        key = await self._keys.key(jws.extract_compact(token.encode()).headers().get("kid"))
        if key is None:
            raise ValueError("the issuer has no such key")
        claims = jwt.decode(token, key, algorithms=[self._algorithm]).claims
        self._claims.validate(claims)
        return _principal(claims, self._names)

    def _remember(self, digest: bytes, principal: Principal) -> None:
        self._remembered[digest] = (principal.expires_at.timestamp() + LEEWAY_SECONDS, principal)
        if len(self._remembered) > REMEMBERED:
            self._remembered.popitem(last=False)


def _principal(claims: Mapping[str, Any], names: ClaimNames) -> Principal:
    """Read the claims. Raises ValueError, KeyError or TypeError where one is missing or has another shape."""
    roles = _claim(claims, names.roles)
    if not isinstance(roles, list):
        raise TypeError("roles are no list")
    try:
        agency_id = _claim(claims, names.agency)
    except KeyError:
        agency_id = None
    if agency_id is not None and not isinstance(agency_id, str):
        raise TypeError("the agency is no text")
    return Principal(
        person_id=UUID(_claim(claims, names.person)),
        roles=frozenset(Role(role) for role in roles if role in _ROLES),
        agency_id=agency_id,
        expires_at=datetime.fromtimestamp(claims["exp"], UTC),
    )


_ROLES = frozenset(str(role) for role in Role)


def _claim(claims: Mapping[str, Any], name: str) -> Any:  # noqa: ANN401 -- any JSON value
    value: Any = claims
    for step in name.split("."):
        value = value[step]
    return value
