"""Numbers on a real database: several processes issue at once, some are killed, the database is killed."""

import asyncio
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import TextIO

import psycopg
import pytest

from schemas.discipline.documents import DocumentIssued
from services.adapters.embedded.child import Child
from services.adapters.embedded.postgres import Postgres
from services.adapters.postgres.pool import connect
from services.adapters.postgres.store import PostgresStore
from services.application.discipline.issuing import Issuing
from services.application.handler import Handler, Request
from services.entrypoints.migrate import migrate
from tests import forked
from tests.documents.issuer import REGISTERS
from tests.documents.register_samples import document
from tests.parts import CONTEXTS, Database
from tests.store.tally import SettableClock

PROCESSES, EACH = 4, 12
UUID_LENGTH = 36
"""A shorter line was cut off when its process was killed."""


Begin = Callable[[], tuple[Child, TextIO]]


@pytest.fixture
def begin(database: Database, tmp_path: Path) -> Iterator[Begin]:
    """Starts a process that issues so many documents in each register, and what it says."""
    with ExitStack() as stack:

        def begun() -> tuple[Child, TextIO]:
            arguments = (database.dsn("discipline"), str(EACH))
            return stack.enter_context(forked.told("tests.documents.issuer", *arguments, folder=tmp_path))

        yield begun


def numbers(dsn: str) -> dict[str, list[tuple[int, str]]]:
    """By register, each number with its document, in the order in which they were stored."""
    found: dict[str, list[tuple[int, str]]] = {}
    with psycopg.connect(dsn) as connection:
        rows = connection.execute(
            "select stream, (data->>'number')::integer, data->>'document_id' from discipline.events order by position"
        )
        for stream, number, document_id in rows:
            found.setdefault(stream, []).append((number, document_id))
    return found


def without_gaps_or_doubles(found: dict[str, list[tuple[int, str]]]) -> bool:
    """Whether in every register the numbers run from one, each with a document of its own."""
    return all(
        [number for number, _ in issued] == list(range(1, len(issued) + 1))
        and len({document_id for _, document_id in issued}) == len(issued)
        for issued in found.values()
    )


def test_processes_that_issue_at_once_take_every_number_once(database: Database, begin: Begin) -> None:
    writers = [begin() for _ in range(PROCESSES)]
    told = [said.read().split() for _, said in writers]

    found = numbers(database.admin_dsn)
    assert all(writer.wait(120) for writer, _ in writers)
    assert [writer.exit_code for writer, _ in writers] == [0] * PROCESSES
    assert without_gaps_or_doubles(found)
    assert {len(issued) for issued in found.values()} == {PROCESSES * EACH}
    assert {document_id for issued in found.values() for _, document_id in issued} == {*chain.from_iterable(told)}


def test_processes_that_are_killed_leave_no_gap_and_lose_nothing_they_had_told(
    database: Database, begin: Begin
) -> None:
    told: set[str] = set()
    for killed_after in range(1, 6):
        writers = [begin() for _ in range(2)]
        for writer, said in writers:
            lines = [said.readline() for _ in range(killed_after)]
            writer.kill()
            lines += said.readlines()
            told |= {line.strip() for line in lines if len(line.strip()) == UUID_LENGTH}

    found = numbers(database.admin_dsn)
    assert without_gaps_or_doubles(found)
    assert told <= {document_id for issued in found.values() for _, document_id in issued}
    assert told


@pytest.fixture(scope="module")
def server(runtime_folder: Path) -> Iterator[Postgres]:
    """A database server of this module's own, which its tests kill."""
    passwords = dict.fromkeys(CONTEXTS, "only for this run")
    with Postgres(runtime_folder / "numbers-killed", password="only for this run") as own:
        migrate(own.admin_dsn, passwords)
        yield own


async def test_a_database_that_is_killed_while_documents_are_issued_has_each_once(server: Postgres) -> None:
    dsn = server.dsn("kycuong_discipline", "only for this run", "postgres")
    store = PostgresStore(await connect(dsn, "discipline", size=4), "discipline", patience=30)
    handler, issuing, issued = Handler(store, SettableClock()), Issuing(), list[str]()
    one_more = asyncio.Semaphore(0)

    async def one() -> None:
        document_id = uuid.uuid4()

        async def make(number: int) -> DocumentIssued:
            return document(number, where=REGISTERS[0], document_id=document_id)

        await issuing.issue(handler, REGISTERS[0], make, Request(document_id, "secretary", document_id, document_id))
        issued.append(str(document_id))
        one_more.release()

    working = [asyncio.create_task(one()) for _ in range(60)]
    for killed_after in (5, 15, 20):
        for _ in range(killed_after):
            await one_more.acquire()
        await asyncio.to_thread(server.kill)
        await asyncio.to_thread(server.start)
    await asyncio.gather(*working)
    await store.close()

    found = numbers(server.admin_dsn)
    assert without_gaps_or_doubles(found)
    assert sorted(document_id for pairs in found.values() for _, document_id in pairs) == sorted(issued)


async def test_the_same_request_again_gets_its_first_answer_and_no_number(database: Database) -> None:
    store = await PostgresStore.open(database.dsn("discipline"), "discipline")
    handler, asked = Handler(store, SettableClock()), uuid.uuid4()

    async def make(number: int) -> DocumentIssued:
        return document(number, where=REGISTERS[0])

    request = Request(asked, "secretary", asked, asked)
    first = await Issuing().issue(handler, REGISTERS[0], make, request)
    again = await Issuing().issue(Handler(store, SettableClock()), REGISTERS[0], make, request)
    await store.close()

    assert (again.stream, again.version) == (first.stream, first.version)
    assert {len(issued) for issued in numbers(database.admin_dsn).values()} == {1}
