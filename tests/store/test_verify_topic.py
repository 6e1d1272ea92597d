"""`kycuong verify` against what a real relay published on a real broker."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from typer.testing import CliRunner, Result

from services.adapters.kafka.topics import create_topics
from services.entrypoints.cli import build
from tests.kafka.conftest import Relays, eventually
from tests.parts import Broker, Database
from tests.store.tampering import (
    History,
    Tampering,
    delete_one_in_the_middle,
    delete_the_last,
    edit_one_byte,
    make_the_chain_anew_after_an_edit,
    swap_two,
    written,
)

Verify = Callable[[Database], Result]


@contextmanager
def copy(database: Database, name: str) -> Iterator[Database]:
    """A database as another one is now."""
    made = replace(database, name=f"{database.name}_{name}")
    names = {"made": sql.Identifier(made.name), "live": sql.Identifier(database.name)}
    with psycopg.connect(database.server.admin_dsn, autocommit=True) as connection:
        connection.execute(sql.SQL("create database {made} template {live}").format(**names))
        yield made
        connection.execute(sql.SQL("drop database {made} with (force)").format(**names))


@pytest.fixture(scope="module")
def older(module_database: Database) -> Iterator[Database]:
    """The database as it was before anything was recorded."""
    with copy(module_database, "older") as made:
        yield made


@pytest.fixture(scope="module")
def relayed(older: Database, module_database: Database, module_broker: Broker) -> History:
    """Three streams of five events, on the topics and in checkpoints."""
    create_topics(module_broker.brokers, prefix=module_broker.prefix, partitions=4, replication=1)
    history = asyncio.run(written(module_database))
    relays = Relays(module_database, module_broker)
    with relays.running("inspection", checkpoint_interval=0.1):
        relays.drained("inspection")
        sent = "select checkpoint_position = position and checkpoint_unsent is null from inspection.relay_state"
        eventually(lambda: module_database.execute(sent) == [(True,)])
    return history


@pytest.fixture
def verify(module_broker: Broker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Verify:
    """The command, on a database."""

    def run(database: Database) -> Result:
        for context, password in database.passwords.items():
            (tmp_path / f"database-{context}").write_text(password)
        address = f"postgresql:///{database.name}?host={database.server.socket_folder}&port={database.server.port}"
        monkeypatch.setenv("KYCUONG_SECRETS", str(tmp_path))
        monkeypatch.setenv("KYCUONG_DATABASE", address)
        monkeypatch.setenv("KYCUONG_KAFKA", module_broker.bootstrap)
        monkeypatch.setenv("KYCUONG_TOPIC_PREFIX", module_broker.prefix)
        monkeypatch.setenv("KYCUONG_LANGUAGE", "en")
        return CliRunner().invoke(build(["verify"]), ["verify"])

    return run


def named(told: Result) -> set[tuple[str, int]]:
    """The streams and versions that the command names as defects."""
    found = set()
    for line in told.stderr.splitlines():
        if "stream " in line:
            stream, _, rest = line.partition("stream ")[2].partition(", version ")
            found.add((stream, int(rest.partition(":")[0])))
    return found


def test_what_nobody_touched_is_whole(relayed: History, verify: Verify) -> None:
    told = verify(relayed.database)
    assert told.exit_code == 0, told.output
    assert "15 events in 3 streams" in told.stdout
    assert "as it was published" in told.stdout


@pytest.mark.parametrize(
    ("tamper", "versions"),
    [
        (edit_one_byte, {3}),
        (delete_one_in_the_middle, {3}),
        (delete_the_last, {5}),
        (swap_two, {3, 4, 5}),
        (make_the_chain_anew_after_an_edit, {3, 4, 5}),
    ],
)
def test_who_changes_history_is_told_where(
    relayed: History, verify: Verify, tamper: Tampering, versions: set[int]
) -> None:
    with copy(relayed.database, "tampered") as database:
        tamper(replace(relayed, database=database))
        told = verify(database)
    assert told.exit_code == 1
    assert named(told) == {(relayed.streams[1], version) for version in versions}


def test_an_older_copy_is_told_by_what_it_lacks(older: Database, relayed: History, verify: Verify) -> None:
    told = verify(older)
    assert told.exit_code == 1
    lacking = {(stream, version) for stream in relayed.streams for version in range(1, 6)}
    assert named(told) == lacking
