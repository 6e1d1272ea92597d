"""Real servers on loopback that take mail and webhooks, and misbehave when they are told to."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller

from services.adapters.delivery.mail import MailServer
from services.adapters.embedded.ports import free_port

PATIENCE = 60.0
"""Seconds for a server to listen: its thread may wait long for a turn on a busy machine."""


@dataclass
class PostOffice:
    """An SMTP server that keeps what it takes."""

    port: int
    letters: list[EmailMessage] = field(default_factory=list)
    refuse: dict[str, list[str]] = field(default_factory=dict)
    """For RCPT and DATA, what it says to the next calls instead of taking them."""

    @property
    def server(self) -> MailServer:
        """How to reach it."""
        return MailServer("127.0.0.1", self.port, "none", "ky-cuong@example.vn")

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802 - aiosmtpd's name
        if said := self._says("RCPT"):
            return said
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        if said := self._says("DATA"):
            return said
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 2.0.0 taken"

    def _says(self, command: str) -> str | None:
        waiting = self.refuse.get(command)
        return waiting.pop(0) if waiting else None


@contextmanager
def post_office() -> Iterator[PostOffice]:
    """Open one within."""
    office = PostOffice(free_port())
    controller = Controller(office, hostname="127.0.0.1", port=office.port, ready_timeout=PATIENCE)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()


@dataclass(frozen=True)
class Posted:
    """A request that arrived."""

    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """A system that takes webhooks."""

    port: int = 0
    posted: list[Posted] = field(default_factory=list)
    answers: list[tuple[int, bytes]] = field(default_factory=list)
    """What it answers to the next requests instead of 204."""

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}/hook"


@contextmanager
def receiver() -> Iterator[Receiver]:
    """Open one within."""
    system = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            system.posted.append(Posted(dict(self.headers.items()), body))
            status, answer = system.answers.pop(0) if system.answers else (204, b"")
            self.send_response(status)
            if status in {301, 302, 307}:
                self.send_header("location", answer.decode())
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    system.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield system
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
