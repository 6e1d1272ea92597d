"""What the benchmarks run on: the suite's own embedded database and broker, fresh for the run."""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.adapters.embedded.kafka import Kafka
from services.adapters.embedded.postgres import Postgres
from tests import servers
from tests.parts import Broker, Databases

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
    servers.fetch_jars()
    with (
        servers.runtime_folder() as folder,
        Postgres(folder / "database", password=secrets.token_urlsafe(24)) as postgres,
        Kafka(folder / "broker") as kafka,
    ):
        yield Env(postgres, servers.templated(postgres, servers.new_passwords()), Broker(kafka))
