"""Webhooks, signed as the Standard Webhooks specification says (version 1, symmetric signatures)."""

from __future__ import annotations

import hmac
from base64 import b64encode
from collections.abc import Collection
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx
from standardwebhooks import Webhook

from services.adapters.delivery.outcome import ANSWER_CHARACTERS, Outcome, What

if TYPE_CHECKING:
    from uuid import UUID

SECONDS = 15.0
DEFAULT_PORTS = {"https": 443, "http": 80}


def origin(url: str) -> str | None:
    """Scheme, host and port of an address in one written form; none where it is not an address of the web."""
    try:
        parts = urlsplit(url)
        port = parts.port or DEFAULT_PORTS.get(parts.scheme)
    except ValueError:
        return None
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname or parts.username or parts.password:
        return None
    return f"{parts.scheme}://{parts.hostname.lower()}:{port}"


class AllowedOrigins:
    """Where this deployment may send webhooks: only where its operator said so, whatever a caller configures.

    A server that calls addresses of its users' choice reaches what they cannot (server-side request forgery).
    """

    def __init__(self, origins: Collection[str]) -> None:
        self._allowed = frozenset(filter(None, map(origin, origins)))

    def allow(self, url: str) -> bool:
        """Whether the address may be called."""
        return origin(url) in self._allowed


def secret(key: bytes, webhook_id: UUID, version: int) -> str:
    """A webhook's signing secret: derived, so that no table holds it; another version is another secret.

    Args:
        key: the deployment's request key. What else it is used for begins otherwise.
        webhook_id: the webhook.
        version: counts up when the secret is changed.
    """
    digest = hmac.digest(key, f"webhook/{webhook_id}/{version}".encode(), "sha256")
    return f"whsec_{b64encode(digest).decode()}"


class WebhookSender:
    """Sends signed messages.

    Args:
        key: what the webhooks' secrets are derived from.
        allowed: where it may send.
    """

    def __init__(
        self, key: bytes, allowed: AllowedOrigins, *, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._key = key
        self._allowed = allowed
        # No proxy of the environment and no redirect: the message goes where the operator allowed, or nowhere.
        self._http = httpx.AsyncClient(timeout=SECONDS, follow_redirects=False, trust_env=False, transport=transport)

    async def close(self) -> None:
        """Let go of the connections."""
        await self._http.aclose()

    async def send(self, id_: UUID, webhook_id: UUID, version: int, url: str, body: bytes) -> Outcome:
        """Send a message; what the other side answered."""
        if not self._allowed.allow(url):
            return Outcome.suppressed(What.NOT_CONFIGURED)
        now = datetime.now(UTC)
        signature = Webhook(secret(self._key, webhook_id, version)).sign(str(id_), now, body.decode())
        headers = {
            "content-type": "application/json",
            "webhook-id": str(id_),
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": signature,
        }
        try:
            async with self._http.stream("POST", url, content=body, headers=headers) as response:
                return _judged(response.status_code, await _beginning(response))
        except httpx.TimeoutException as failure:
            return Outcome.for_now(What.TIMED_OUT, answer=type(failure).__name__)
        except httpx.HTTPError as failure:
            return Outcome.for_now(What.UNREACHABLE, answer=type(failure).__name__)


async def _beginning(response: httpx.Response) -> str:
    """Read no more of an answer than is kept: an endless one ends here."""
    read = b""
    async for chunk in response.aiter_bytes(ANSWER_CHARACTERS):
        read += chunk
        if len(read) >= ANSWER_CHARACTERS:
            break
    return read[:ANSWER_CHARACTERS].decode(errors="replace")


def _judged(status: int, answer: str) -> Outcome:
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return Outcome.sent(status, answer)
    if status == HTTPStatus.GONE:
        return Outcome.for_good(What.GONE, status, answer)
    return Outcome.for_now(What.NOT_NOW, status, answer)
