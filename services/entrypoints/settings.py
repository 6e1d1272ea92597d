"""What a process is told from outside: environment variables `KYCUONG_…`, and secrets as files, one secret each.

No secret is ever a variable: variables show up in process lists, crash reports and container descriptions.
"""

from pathlib import Path
from typing import Literal
from urllib.parse import quote, urlsplit

from pydantic import AwareDatetime, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from services.adapters.kafka.brokers import Brokers, Certificate, Login

Context = Literal["inspection", "discipline", "notifier", "registry", "identity"]
CONTEXTS: tuple[Context, ...] = ("inspection", "discipline", "notifier", "registry", "identity")
ADMIN = "postgres"
"""Who migrates; no process of the suite works as it."""


def login(context: Context) -> str:
    """The database login of a context, which reaches its own schema alone."""
    return f"kycuong_{context}"


class SecretMissing(Exception):
    """A secret's file is not there, or is empty; the message names the file."""


class Settings(BaseSettings):
    """One process's settings; every field can be set as `KYCUONG_<NAME>`."""

    model_config = SettingsConfigDict(
        env_prefix="KYCUONG_",
        env_ignore_empty=True,  # compose has no way to leave a variable out
        frozen=True,
        extra="forbid",
    )

    environment: Literal["development", "production"] = Field(
        "production", description="Production logs JSON and serves no local issuer; `kycuong up` is development."
    )
    local_accounts: bool = Field(
        default=True,
        description="Whether the local issuer of development signs anybody in; `kycuong up` without --sample does not.",
    )
    process: str = Field("kycuong", description="What logs, metrics and consumer instances call this process.")
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    secrets: Path = Field(
        Path("/run/secrets"),
        description="Folder of secret files; `kycuong up` makes them all (`secret_files.SECRETS`).",
    )

    database: str = Field(
        "postgresql://localhost:5432/kycuong", description="Where the database is, without login and password."
    )
    database_inspection: str | None = Field(None, description="Its own server for this context, likewise below.")
    database_discipline: str | None = None
    database_notifier: str | None = None
    database_registry: str | None = None
    database_identity: str | None = None

    kafka: str = Field("localhost:9092", description="Bootstrap servers, comma-separated.")
    kafka_login: str | None = Field(
        None,
        description="Name at brokers that ask for one (SCRAM over TLS), without prefix; its password is the secret "
        "kafka-<name>, the authority of the brokers' certificates the secret kafka-authority. None: brokers that let "
        "everybody in.",
    )
    kafka_access: bool = Field(
        default=False,
        description="Whether this process gives the others access, by the certificate in the secret kafka-access; "
        "only the one that makes the topics does.",
    )
    topic_prefix: str = Field("", description="Before every topic, group and login: two suites on one broker.")
    partitions: int = Field(4, ge=1, description="Of each topic when it is made.")
    replication: int = Field(1, ge=1, description="Copies of each topic when it is made.")

    host: str = Field("127.0.0.1", description="Address that the API listens on.")
    port: int = Field(8000, ge=0, le=65_535, description="Port of the API.")
    registry_port: int = Field(8001, ge=0, le=65_535, description="Port that the registry listens on.")
    registry_host: str = Field("127.0.0.1", description="Address that the registry listens on.")
    registry: str = Field("http://127.0.0.1:8001", description="Where the other processes reach the registry.")
    probe_host: str = Field("127.0.0.1", description="Address of this process's probe.")
    probe_port: int = Field(0, ge=0, le=65_535, description="Port of live, ready and metrics; 0 chooses one.")
    supervisor: str | None = Field(None, description="Where `kycuong up` answers for all processes; embedded only.")

    issuer: str = Field("http://127.0.0.1:8000/identity", description="OIDC issuer whose tokens are accepted.")
    audience: str = Field("kycuong", description="Audience that a token must name.")
    token_algorithm: str = Field("ES256", description="The only signature algorithm that is accepted.")
    claim_person: str = Field("person_id", description="Claim with the person's id; a dot goes one level down.")
    claim_roles: str = Field("roles", description="Claim with the list of roles.")
    claim_agency: str = Field("agency_id", description="Claim with the agency's id.")

    smtp_host: str | None = Field(None, description="Server that takes the suite's mail; none: no mail is sent.")
    smtp_port: int = Field(587, ge=1, le=65_535)
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str | None = Field(None, description="Login at that server; its password is the secret smtp-password.")
    mail_sender: str = Field("ky-cuong@localhost", description="Address that the suite's mail comes from.")
    mail_administrators: tuple[str, ...] = Field((), description="Who is told by mail when the notifier stands still.")
    webhook_origins: tuple[str, ...] = Field(
        (), description="Where webhooks may go, as https://host[:port]; anywhere else they never do."
    )

    demo_clock: bool = Field(default=False, description="Whether the suite's time may be moved.")
    demo_begins: AwareDatetime | None = Field(
        None, description="When the suite's time begins on an empty database; with the demo clock only."
    )
    watermark_interval: float = Field(60.0, gt=0, description="Seconds between watermarks while nothing happens.")
    checkpoint_interval: float = Field(60.0, gt=0, description="Seconds between checkpoints of what was stored.")

    def secret(self, name: str) -> str:
        """A secret by its file's name.

        An empty file is none: a container's secrets must all be there as files, also those that a site does not use.

        Raises:
            SecretMissing: there is no such file, or nothing in it.
        """
        path = self.secrets / name
        try:
            found = path.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            raise SecretMissing(str(path)) from None
        if not found:
            raise SecretMissing(str(path))
        return found

    @property
    def issuer_authority(self) -> str | None:
        """Who vouches for the OIDC issuer's own certificate, as PEM; None where a public authority does."""
        try:
            return self.secret("issuer-authority")
        except SecretMissing:
            return None

    @property
    def brokers(self) -> Brokers:
        """Where the brokers are, and as whom this process goes to them. Raises `SecretMissing`."""
        authority = self.secrets / "kafka-authority"
        if self.kafka_access:
            return Brokers(self.kafka, Certificate(self.secrets / "kafka-access", authority))
        if self.kafka_login is None:
            return Brokers(self.kafka)
        password = self.secret(f"kafka-{self.kafka_login}")
        return Brokers(self.kafka, Login(self.topic_prefix + self.kafka_login, password, authority))

    def dsn(self, context: Context) -> str:
        """The libpq address of a context's own login."""
        chosen: str | None = getattr(self, f"database_{context}")
        return _with_login(chosen or self.database, login(context), self.secret(f"database-{context}"))

    @property
    def admin_dsn(self) -> str:
        """The address for migrations."""
        return _with_login(self.database, ADMIN, self.secret("database-admin"))

    def admin_dsn_of(self, context: Context) -> str:
        """The same for a context that may have a server of its own."""
        chosen: str | None = getattr(self, f"database_{context}")
        return _with_login(chosen or self.database, ADMIN, self.secret("database-admin"))


def _with_login(address: str, name: str, password: str) -> str:
    parts = urlsplit(address)
    rest = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme}://{quote(name, safe='')}:{quote(password, safe='')}@{parts.netloc}{parts.path}{rest}"
