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
from pathlib import Path

from schemas.topics import RESTRICTED
from services.adapters.kafka import access
from services.entrypoints import secret_files
from services.entrypoints.certificates import authority, certificate_alone, issued, self_signed

GROUP = 10001
"""Of the image's user; the database and the proxy belong to it besides their own."""
CERTIFICATE = "proxy-certificate"
BROKERS = {"kafka-broker": "broker", "kafka-broker-2": "broker-2", "kafka-broker-3": "broker-3"}
"""Secret of each broker of a cluster → the name by which it is reached."""
LOGINS = (access.RELAY, *map(access.worker, RESTRICTED), access.OPERATOR)
CLUSTER = "KYCUONG_CLUSTER=true"
"""The line by which deploy/kycuong knows that compose.cluster.yaml is to be read too."""
AUTHORITY_KEY = "kafka-authority-key"
"""No container gets it; it is here for the brokers' next certificates."""
UNUSED = ("smtp-password", "wrapping-key-previous", "issuer-authority")
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
    cluster: bool = False
    """Three brokers, which ask who comes, instead of one."""


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
    if choices.cluster if made else CLUSTER in (folder / ".env").read_text(encoding="utf-8").splitlines():
        secret_files.ensure(kept, _cluster_secrets(kept))
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


def _cluster_secrets(kept: Path) -> Mapping[str, Callable[[], str]]:
    """In the order in which they are made: an authority first, then what it signs."""

    def signed(name: str, *hosts: str) -> Callable[[], str]:
        return lambda: issued(_read(kept / AUTHORITY_KEY), name, hosts, now=dt.datetime.now(dt.UTC))

    return {
        AUTHORITY_KEY: lambda: authority("kycuong-brokers", now=dt.datetime.now(dt.UTC)),
        "kafka-authority": lambda: certificate_alone(_read(kept / AUTHORITY_KEY)),
        **{secret: signed("kycuong-broker", host) for secret, host in BROKERS.items()},
        "kafka-access": signed("kycuong-access"),
        **{f"kafka-{login}": secret_files.password for login in LOGINS},
    }


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _write_settings(path: Path, choices: Choices) -> None:
    settings = {
        "COMPOSE_PROJECT_NAME": "kycuong",
        "KYCUONG_CLUSTER_ID": urlsafe_b64encode(b"\0" + secrets.token_bytes(15)).decode(),
        "KYCUONG_ENVIRONMENT": "development" if choices.issuer is None else "production",
        "KYCUONG_PUBLISH": choices.publish,
        "KYCUONG_DEMO_CLOCK": str(choices.demo_clock).lower(),
        **(dict([CLUSTER.split("=")]) if choices.cluster else {}),
        **({} if choices.issuer is None else {"KYCUONG_ISSUER": choices.issuer}),
    }
    unfinished = path.with_name(".env.new")
    unfinished.write_text("".join(f"{name}={value}\n" for name, value in settings.items()), encoding="utf-8")
    unfinished.replace(path)


def _certificate_alone(secret: Path, public: Path) -> None:
    """What clients may have to trust, without the key."""
    public.write_text(certificate_alone(secret.read_text(encoding="utf-8")), encoding="utf-8")
