"""Mail by SMTP (RFC 5321), one connection for the letters of a batch."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from html import escape
from typing import TYPE_CHECKING, Literal

import aiosmtplib
from aiosmtplib.errors import (
    SMTPDataError,
    SMTPException,
    SMTPNotSupported,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPTimeoutError,
)

from services.adapters.delivery.outcome import Outcome, State, What

if TYPE_CHECKING:
    from uuid import UUID

Security = Literal["starttls", "tls", "none"]
SECONDS = 20.0
ACCEPTED = 250
PERMANENT = 500
"""From this reply code on the server will refuse the same again (RFC 5321, section 4.2.1)."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """The server that takes our mail."""

    host: str
    port: int
    security: Security
    sender: str
    user: str | None = None
    password: str | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """What a person reads."""

    subject: str
    text: str

    def message(self, id_: UUID, sender: str, recipients: tuple[str, ...], language: str) -> EmailMessage:
        """The message, in plain text and as HTML; its id is the delivery's, so a repeat can be recognised."""
        message = EmailMessage()
        message["Message-ID"] = f"<{id_}@{sender.rpartition('@')[2]}>"
        message["From"] = Address("Kỷ Cương", addr_spec=sender)
        message["To"] = ", ".join(recipients)
        message["Subject"] = " ".join(self.subject.split())
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's absence note answers it
        message.set_content(self.text)
        paragraphs = "".join(f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in self.text.split("\n\n"))
        message.add_alternative(f'<html lang="{language}"><body>{paragraphs}</body></html>', subtype="html")
        message["Content-Language"] = language  # last: putting content in takes such headers away
        return message


class Mailer:
    """Sends letters; keeps its connection from one to the next, and makes a new one where it was lost."""

    def __init__(self, server: MailServer) -> None:
        self.server = server
        self._client: aiosmtplib.SMTP | None = None

    async def send(self, id_: UUID, letter: Letter, recipients: tuple[str, ...], language: str) -> Outcome:
        """Hand a letter to the server; what it said, without its words, which may repeat an address."""
        try:
            message = letter.message(id_, self.server.sender, recipients, language)
            _, said = await (await self._connected()).send_message(message)
        except (SMTPException, OSError, ValueError) as failure:
            outcome = _failed(failure)
            if outcome.state is not State.FAILED_FOR_GOOD:
                await self.close()
            return outcome
        return Outcome.sent(ACCEPTED, _enhanced(said))

    async def close(self) -> None:
        """Let go of the connection."""
        client, self._client = self._client, None
        if client is not None:
            client.close()

    async def _connected(self) -> aiosmtplib.SMTP:
        if self._client is None or not self._client.is_connected:
            server = self.server
            client = aiosmtplib.SMTP(
                hostname=server.host,
                port=server.port,
                username=server.user,
                password=server.password,
                use_tls=server.security == "tls",
                start_tls=server.security == "starttls",
                timeout=SECONDS,
            )
            await client.connect()
            self._client = client
        return self._client


def _failed(failure: Exception) -> Outcome:
    match failure:
        case SMTPRecipientsRefused(recipients=[first, *_]):
            return _refused(first)
        case SMTPDataError():
            return _refused(failure)
        case SMTPResponseException():  # we ourselves are refused, not this letter: somebody may mend it
            return Outcome.for_now(What.NOT_NOW, failure.code, _enhanced(failure.message))
        case SMTPNotSupported() | ValueError():  # an address that this server, or any, cannot write to
            return Outcome.for_good(What.REFUSED, answer=type(failure).__name__)
        case SMTPTimeoutError():
            return Outcome.for_now(What.TIMED_OUT)
        case _:
            return Outcome.for_now(What.UNREACHABLE, answer=type(failure).__name__)


def _refused(failure: SMTPResponseException) -> Outcome:
    said = _enhanced(failure.message)
    if failure.code >= PERMANENT:
        return Outcome.for_good(What.REFUSED, failure.code, said)
    return Outcome.for_now(What.NOT_NOW, failure.code, said)


def _enhanced(message: str) -> str | None:
    """The enhanced status code (RFC 3463) that a reply may begin with."""
    found = re.match(r"[245]\.\d{1,3}\.\d{1,3}", message)
    return found and found.group()
