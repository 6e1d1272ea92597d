"""What the benchmarks run on: the suite's own embedded database and broker, fresh for the run."""

from __future__ import annotations

import secrets
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from services.adapters.embedded import jars, maven
from services.adapters.embedded.folder import prepare
from services.adapters.embedded.kafka import Kafka
from services.adapters.embedded.postgres import ADMIN, Postgres
from services.entrypoints.migrate import migrate
from tests.parts import CONTEXTS, Broker, Databases

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Env:
    """The parts that a benchmark may use."""

    postgres: Postgres
    databases: Databases
    """`with env.databases.fresh() as database:` gives a migrated database of one's own."""
    broker: Broker


@contextmanager
def environment() -> Iterator[Env]:
    """Start the database and the broker, and leave nothing behind."""
    folder = Path(tempfile.mkdtemp(prefix="kycuong-bench-"))
    prepare(folder)
    cache = jars.cache_folder()
    maven.fetch(jars.missing(jars.manifest(), cache), cache, advance=lambda _: None)
    try:
        with (
            Postgres(folder / "database", password=secrets.token_urlsafe(24)) as postgres,
            Kafka(folder / "broker") as kafka,
        ):
            yield Env(postgres, _template(postgres), Broker(kafka))
    finally:
        shutil.rmtree(folder)


def _template(postgres: Postgres) -> Databases:
    passwords = {context: secrets.token_urlsafe(24) for context in CONTEXTS}
    with psycopg.connect(postgres.admin_dsn, autocommit=True) as connection:
        connection.execute("create database kycuong_template")
    migrate(postgres.dsn(ADMIN, postgres.password, "kycuong_template"), passwords)
    return Databases(postgres, "kycuong_template", passwords)
