"""A deployment's folder as `deploy/compose.yaml` reads it: settings in `.env`, one file for each secret.

Containers work as users of their own, so the files belong to root and are readable by the group that compose.yaml
gives to those who need them; which container gets which file is said there.
"""

import datetime as dt
import os
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from services.entrypoints import secret_files

GROUP = 10001
"""Of the image's user; the database and the proxy belong to it besides their own."""
CERTIFICATE = "proxy-certificate"
CERTIFICATE_DAYS = 825
"""The longest that common clients accept."""
UNUSED = ("smtp-password", "wrapping-key-previous")
"""Secrets that a site may not have: their files are there, and empty."""


@dataclass(frozen=True)
class Choices:
    """What a site decides before the first start; all of it stands in `.env` and can be changed there."""

    hosts: Sequence[str]
    """Names and addresses by which people reach it; the first certificate is for these."""
    issuer: str | None
    """OIDC issuer; None for a trial, where the suite itself signs in the people of a sample province."""
    publish: str = "443"
    """Port, or address:port, of the proxy."""
    demo_clock: bool = False


class NotRoot(Exception):
    """The secrets cannot be given to the group that the containers read them as."""


def lay_out(folder: Path, choices: Choices) -> tuple[str, ...]:
    """Make what is missing, and return its names; what is there is never touched.

    Raises:
        NotRoot: somebody else than root asked.
    """
    if os.geteuid() != 0:
        raise NotRoot
    made = [] if (folder / ".env").exists() else [".env"]
    kept = folder / "secrets"
    before = {path.name for path in kept.iterdir()} if kept.exists() else set()
    secret_files.ensure(kept, _secrets(choices.hosts))
    for path in kept.iterdir():
        os.chown(path, 0, GROUP)
        path.chmod(0o440)
    owner = folder.stat()
    _certificate_alone(kept / CERTIFICATE, folder / "certificate.pem")
    if made:
        _write_settings(folder / ".env", choices)
    for path in (folder / ".env", folder / "certificate.pem"):
        os.chown(path, owner.st_uid, owner.st_gid)
    backups = folder / "backups"
    backups.mkdir(exist_ok=True)
    os.chown(backups, owner.st_uid, GROUP)
    backups.chmod(0o2750)  # what is made inside belongs to the group too: status looks for the newest
    return (*made, *sorted(path.name for path in kept.iterdir() if path.name not in before))


def _secrets(hosts: Sequence[str]) -> Mapping[str, Callable[[], str]]:
    return {
        **secret_files.SECRETS,
        "grafana-password": secret_files.password,
        CERTIFICATE: lambda: self_signed(hosts, now=dt.datetime.now(dt.UTC)),
        **dict.fromkeys(UNUSED, str),
    }


def _write_settings(path: Path, choices: Choices) -> None:
    settings = {
        "COMPOSE_PROJECT_NAME": "kycuong",
        "KYCUONG_CLUSTER_ID": urlsafe_b64encode(b"\0" + secrets.token_bytes(15)).decode(),
        "KYCUONG_ENVIRONMENT": "development" if choices.issuer is None else "production",
        "KYCUONG_PUBLISH": choices.publish,
        "KYCUONG_DEMO_CLOCK": str(choices.demo_clock).lower(),
        **({} if choices.issuer is None else {"KYCUONG_ISSUER": choices.issuer}),
    }
    unfinished = path.with_name(".env.new")
    unfinished.write_text("".join(f"{name}={value}\n" for name, value in settings.items()), encoding="utf-8")
    unfinished.replace(path)


def self_signed(hosts: Sequence[str], *, now: dt.datetime) -> str:
    """A private key and a certificate for these names, as one PEM: until the site puts its own in its place."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, hosts[0])])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(days=CERTIFICATE_DAYS))
        .add_extension(x509.SubjectAlternativeName([_general_name(host) for host in hosts]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return (plain + certificate.public_bytes(serialization.Encoding.PEM)).decode()


def _general_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _certificate_alone(secret: Path, public: Path) -> None:
    """What clients may have to trust, without the key."""
    pem = secret.read_text(encoding="utf-8")
    public.write_text(pem[pem.index("-----BEGIN CERTIFICATE-----") :], encoding="utf-8")
