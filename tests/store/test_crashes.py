"""The database dies between an append and its answer: the caller learns what became of it, and it is there once."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from services.adapters.embedded.postgres import Postgres
from services.adapters.postgres.pool import connect
from services.adapters.postgres.store import PostgresStore
from services.application.ports import StoreUnavailable, Won
from services.entrypoints.migrate import migrate
from tests.parts import CONTEXTS
from tests.store.tally import NEW, append, request

PASSWORDS = dict.fromkeys(CONTEXTS, "only for this run")


class Wire:
    """Stands between the store and its database, and can cut the way at a chosen message."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.cut_before: Callable[[bytes], bool] = lambda _: False
        self.cut_after: Callable[[bytes], bool] = lambda _: False
        self.on_cut: Callable[[], None] = lambda: None
        self.cuts = 0
        self._armed = False

    async def start(self) -> int:
        self.server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        port: int = self.server.sockets[0].getsockname()[1]
        return port

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            up, down = await asyncio.open_connection("127.0.0.1", self._port)
        except OSError:
            writer.close()
            return
        await asyncio.gather(self._to_database(reader, down, writer), self._to_store(up, writer, down))

    async def _to_database(
        self, reader: asyncio.StreamReader, down: asyncio.StreamWriter, writer: asyncio.StreamWriter
    ) -> None:
        while data := await _read(reader):
            if self.cut_before(data):
                self._cut(writer, down)
                return
            self._armed = self._armed or self.cut_after(data)
            down.write(data)
        down.close()

    async def _to_store(
        self, up: asyncio.StreamReader, writer: asyncio.StreamWriter, down: asyncio.StreamWriter
    ) -> None:
        while data := await _read(up):
            if self._armed:  # the database has answered: it is committed, and the store never hears
                self._armed = False
                self._cut(writer, down)
                return
            writer.write(data)
        writer.close()

    def _cut(self, *ways: asyncio.StreamWriter) -> None:
        self.cut_before = self.cut_after = lambda _: False
        self.on_cut()
        self.cuts += 1
        for way in ways:
            way.transport.abort()


async def _read(reader: asyncio.StreamReader) -> bytes:
    try:
        return await reader.read(1 << 20)
    except OSError:
        return b""


@pytest.fixture(scope="module")
def server(runtime_folder: Path) -> Iterator[Postgres]:
    """A database server of this module's own, which its tests kill."""
    with Postgres(runtime_folder / "store-killed", password="only for this run") as own:
        migrate(own.admin_dsn, PASSWORDS)
        yield own


@pytest.fixture
async def wire(server: Postgres) -> Wire:
    return Wire(server.port)


@pytest.fixture
async def store(server: Postgres, wire: Wire) -> AsyncIterator[PostgresStore]:
    """A store that reaches the database over the wire."""
    port = await wire.start()
    dsn = f"postgresql://kycuong_inspection:only for this run@127.0.0.1:{port}/postgres?sslmode=disable"
    opened = PostgresStore(await connect(dsn, "inspection", size=4), "inspection", patience=30)
    yield opened
    await opened.close()


def kill_and_start(server: Postgres) -> None:
    """As after a power cut."""
    server.kill()
    server.start()


def stored(server: Postgres) -> list[tuple[object, ...]]:
    """What the database itself says it holds."""
    with psycopg.connect(server.admin_dsn) as connection:
        return connection.execute("select stream, version from inspection.events order by position").fetchall()


@pytest.mark.parametrize("key", [None, "k"])
async def test_killed_after_the_commit_the_append_has_won_and_is_there_once(
    server: Postgres, wire: Wire, store: PostgresStore, key: str | None
) -> None:
    await store.read_all()
    wire.cut_after = lambda data: b"finding_contested" in data
    wire.on_cut = lambda: kill_and_start(server)
    given, _ = append(uuid.uuid4(), NEW, 1, 2, asked=request(key=key))
    outcome = await store.append(given)
    assert wire.cuts == 1
    assert isinstance(outcome, Won)
    assert [pair for pair in stored(server) if pair[0] == given.stream] == [(given.stream, 1), (given.stream, 2)]
    assert [recorded.position for recorded in await store.load(given.stream)][-1] == outcome.position


async def test_killed_before_it_arrived_the_append_is_sent_again(
    server: Postgres, wire: Wire, store: PostgresStore
) -> None:
    await store.read_all()
    wire.cut_before = lambda data: b"finding_contested" in data
    wire.on_cut = lambda: kill_and_start(server)
    given, _ = append(uuid.uuid4(), NEW, 1)
    assert isinstance(await store.append(given), Won)
    assert wire.cuts == 1
    assert [pair for pair in stored(server) if pair[0] == given.stream] == [(given.stream, 1)]


async def test_all_that_shared_the_batch_learn_what_became_of_them(
    server: Postgres, wire: Wire, store: PostgresStore
) -> None:
    wire.cut_after = lambda data: b"finding_contested" in data
    wire.on_cut = lambda: kill_and_start(server)
    given = [append(uuid.uuid4(), NEW, 1)[0] for _ in range(20)]
    outcomes = await asyncio.gather(*(store.append(one) for one in given))
    assert wire.cuts == 1
    assert all(isinstance(outcome, Won) for outcome in outcomes)
    held = stored(server)
    assert [held.count((one.stream, 1)) for one in given] == [1] * 20


async def test_reads_outlast_a_restart(server: Postgres, store: PostgresStore) -> None:
    given, _ = append(uuid.uuid4(), NEW, 1)
    await store.append(given)
    kill_and_start(server)
    assert len(await store.load(given.stream)) == 1


async def test_a_database_that_stays_away_is_said_so(server: Postgres, store: PostgresStore) -> None:
    impatient = PostgresStore(store.pool, "inspection", patience=0.1)
    server.kill()
    try:
        with pytest.raises(StoreUnavailable):
            await impatient.append(append(uuid.uuid4(), NEW, 1)[0])
        with pytest.raises(StoreUnavailable):
            await impatient.load("tally-1")
    finally:
        server.start()
