"""Where the brokers are, and as whom a process goes to them."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

MECHANISM = "SCRAM-SHA-512"


@dataclass(frozen=True, slots=True)
class Login:
    """A process's own name and password, given to brokers that prove themselves first.

    Attributes:
        name: what the brokers' access lists call it.
        password: of the name.
        authority: certificate of whoever signed the brokers' certificates, as a PEM file.
    """

    name: str
    password: str = field(repr=False)
    authority: Path

    def context(self) -> ssl.SSLContext:
        """TLS in which the broker's certificate must be signed by the authority and name the host."""
        return ssl.create_default_context(cafile=str(self.authority))


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate of the brokers' own authority: what brokers show each other, and whoever grants access.

    Attributes:
        path: key and certificate in one PEM file.
        authority: as a `Login`'s.
    """

    path: Path
    authority: Path

    def context(self) -> ssl.SSLContext:
        """TLS in which both sides prove themselves."""
        context = ssl.create_default_context(cafile=str(self.authority))
        context.load_cert_chain(str(self.path))
        return context


@dataclass(frozen=True, slots=True)
class Brokers:
    """Addresses, comma-separated, and how a process proves who it is; without, anybody is let in as he comes."""

    bootstrap: str
    proof: Login | Certificate | None = None

    @property
    def addresses(self) -> list[str]:
        """Each as host:port."""
        return self.bootstrap.split(",")

    def options(self) -> dict[str, Any]:
        """What kafka-python's clients are told. Raises OSError where a file of the proof is not there."""
        where: dict[str, Any] = {"bootstrap_servers": self.addresses}
        match self.proof:
            case None:
                return where
            case Certificate() as certificate:
                return {**where, "security_protocol": "SSL", "ssl_context": certificate.context()}
            case Login() as login:
                return {
                    **where,
                    "security_protocol": "SASL_SSL",
                    "ssl_context": login.context(),
                    "sasl_mechanism": MECHANISM,
                    "sasl_plain_username": login.name,
                    "sasl_plain_password": login.password,
                }
