"""The suite's secrets: strong, made once, each in a file that only its owner reads."""

import base64
import os
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from services.entrypoints.registry.callers import CALLERS, secret_name
from services.entrypoints.settings import CONTEXTS


def password() -> str:
    """256 random bits, safe in addresses."""
    return secrets.token_urlsafe(32)


def key() -> str:
    """A 256-bit symmetric key in base64."""
    return base64.b64encode(secrets.token_bytes(32)).decode()


def signing_key() -> str:
    """A P-256 private key as PKCS #8 PEM, for ES256."""
    private = ec.generate_private_key(ec.SECP256R1())
    plain = serialization.NoEncryption()
    return private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain).decode()


SECRETS: Mapping[str, Callable[[], str]] = {
    "database-admin": password,
    **{f"database-{context}": password for context in CONTEXTS},
    "wrapping-key": key,
    "signing-key": signing_key,
    "request-key": key,
    "ballot-key": key,
    "sample-password": password,
    **{secret_name(caller): password for caller in CALLERS},
}
"""File name → how it is made."""


def ensure(folder: Path, secrets_: Mapping[str, Callable[[], str]] = SECRETS) -> None:
    """Make the secrets that are missing; one that is there is never touched, also not half written by a crash."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    for name, make in secrets_.items():
        if not (folder / name).exists():
            _write(folder / name, make())


def _write(path: Path, value: str) -> None:
    unfinished = path.with_name(f".{path.name}.new")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(value + "\n")
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
