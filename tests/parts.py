"""The real database and the real broker, as the tests see them."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import psycopg
from kafka import KafkaAdminClient
from kafka.admin import NewTopic
from psycopg import sql

from services.adapters.embedded.kafka import Kafka
from services.adapters.embedded.postgres import ADMIN, Postgres
from services.adapters.kafka.brokers import Brokers

CONTEXTS = ("inspection", "discipline", "notifier", "registry", "identity")


@dataclass(frozen=True)
class Database:
    """A migrated database of one test or module: addresses for the administrator and for each context's login."""

    server: Postgres
    name: str
    passwords: dict[str, str]

    @property
    def admin_dsn(self) -> str:
        """The superuser's address."""
        return self.server.dsn(ADMIN, self.server.password, self.name)

    def dsn(self, context: str) -> str:
        """The address of a context's own login, `kycuong_<context>`."""
        return self.server.dsn(f"kycuong_{context}", self.passwords[context], self.name)

    def execute(self, statement: str, *arguments: object) -> list[tuple[object, ...]]:
        """Run one statement as the administrator; its rows, or none."""
        with psycopg.connect(self.admin_dsn) as connection:
            done = connection.execute(statement.encode(), arguments)
            return done.fetchall() if done.description else []


@dataclass(frozen=True)
class Databases:
    """Hands out databases made from one migrated template: some 50 ms each instead of a migration."""

    server: Postgres
    template: str
    passwords: dict[str, str]

    @contextmanager
    def fresh(self) -> Iterator[Database]:
        """A database of its own, dropped at the end whoever is still connected."""
        name = f"test_{secrets.token_hex(6)}"
        statement = sql.SQL("create database {} template {} strategy file_copy")
        self._run(statement.format(sql.Identifier(name), sql.Identifier(self.template)))
        try:
            yield Database(self.server, name, self.passwords)
        finally:
            self._run(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))

    def _run(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.server.admin_dsn, autocommit=True) as connection:
            connection.execute(statement)


@dataclass(frozen=True)
class Broker:
    """The broker of the run, and a prefix that keeps a test's topics and consumer groups to itself."""

    server: Kafka
    prefix: str = field(default_factory=lambda: f"t{secrets.token_hex(4)}.")

    @property
    def bootstrap(self) -> str:
        """What clients connect to."""
        return self.server.bootstrap

    @property
    def brokers(self) -> Brokers:
        """The same, as the suite's clients are told."""
        return Brokers(self.bootstrap)

    def topics(self, *names: str, partitions: int = 4) -> tuple[str, ...]:
        """Make topics that keep everything; their names, prefixed."""
        prefixed = tuple(self.prefix + name for name in names)
        keep_all = {"retention.ms": "-1"}
        admin = KafkaAdminClient(bootstrap_servers=self.bootstrap)
        try:
            admin.create_topics([NewTopic(name, partitions, 1, topic_configs=keep_all) for name in prefixed])
        finally:
            admin.close()
        return prefixed
