"""Fixtures for everybody: PostgreSQL and Kafka are real, started once for the run and only when a test asks."""

import secrets
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings

from services.adapters.embedded import jars, maven
from services.adapters.embedded.folder import prepare
from services.adapters.embedded.kafka import Kafka
from services.adapters.embedded.postgres import ADMIN, Postgres
from tests.parts import CONTEXTS, Broker, Database, Databases

TEMPLATE = "kycuong_template"

settings.register_profile("suite", deadline=None)  # a slow machine is no failure
settings.load_profile("suite")


@pytest.fixture(scope="session")
def runtime_folder() -> Iterator[Path]:
    """A folder for servers' data, which the database's system user can reach (pytest's own are closed to it)."""
    folder = Path(tempfile.mkdtemp(prefix="kycuong-tests-"))
    prepare(folder)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def postgres(runtime_folder: Path) -> Iterator[Postgres]:
    """The PostgreSQL of the run; `admin_dsn` is its superuser's address.

    Without waiting for the disk, for speed: a killed process loses nothing that the kernel has, and no test cuts the
    power. Servers that tests start for themselves wait for it, as those of the suite do.
    """
    quick = {"fsync": "off", "full_page_writes": "off"}
    with Postgres(runtime_folder / "database", password=secrets.token_urlsafe(24), settings=quick) as server:
        yield server


@pytest.fixture(scope="session")
def databases(postgres: Postgres) -> Databases:
    """Databases by the piece, for tests that need several."""
    from services.entrypoints.migrate import migrate  # noqa: PLC0415 - tests without a database need no migrations

    passwords = {context: secrets.token_urlsafe(24) for context in CONTEXTS}
    with psycopg.connect(postgres.admin_dsn, autocommit=True) as connection:
        connection.execute(f"create database {TEMPLATE}".encode())
    migrate(postgres.dsn(ADMIN, postgres.password, TEMPLATE), passwords)
    return Databases(postgres, TEMPLATE, passwords)


@pytest.fixture
def database(databases: Databases) -> Iterator[Database]:
    """A fresh, migrated database for this test."""
    with databases.fresh() as fresh:
        yield fresh


@pytest.fixture(scope="module")
def module_database(databases: Databases) -> Iterator[Database]:
    """A fresh, migrated database for this module, where rebuilding for each test would only cost time."""
    with databases.fresh() as fresh:
        yield fresh


@pytest.fixture(scope="session")
def kafka_server(runtime_folder: Path) -> Iterator[Kafka]:
    """The Kafka of the run."""
    cache = jars.cache_folder()
    maven.fetch(jars.missing(jars.manifest(), cache), cache, advance=lambda _: None)
    with Kafka(runtime_folder / "broker") as server:
        yield server


@pytest.fixture
def broker(kafka_server: Kafka) -> Broker:
    """The broker, with a topic prefix of this test's own."""
    return Broker(kafka_server)


@pytest.fixture(scope="module")
def module_broker(kafka_server: Kafka) -> Broker:
    """The broker, with a topic prefix of this module's own."""
    return Broker(kafka_server)
