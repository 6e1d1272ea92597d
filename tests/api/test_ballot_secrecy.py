"""What is left of a vote, wherever one looks, is the same whoever chose what, and names no token of anybody.

Two views of all that remains: the bytes on the server's disk (tables with their dead rows, indexes, the write-ahead
log), in which nothing of a paper may stand; and every row of every schema in its physical order, every event, line of
log and metric, which must not change when the voters exchange their choices.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from uuid import UUID

import asyncpg
import orjson
import pytest
import structlog
from prometheus_client import REGISTRY, generate_latest

from services.adapters.ballots import blind_signature
from services.adapters.ballots.sealing import Sealing
from services.adapters.embedded.postgres import Postgres
from services.adapters.identity.issuer import LocalIssuer
from services.entrypoints.api.discipline import API
from services.entrypoints.migrate import migrate
from tests import servers
from tests.api import board_cases as cases
from tests.api import voting
from tests.api.board_cases import CHAIR, SECRETARY, Voter
from tests.api.conftest import TokenFor
from tests.api.discipline_cases import met_review, plant
from tests.api.opening import BALLOT_KEY, opened_context
from tests.api.test_discipline import KeepingRegistry, Office
from tests.parts import Database, Databases

CHOICES = ("warning", "reprimand", "warning", "blank", "no-sanction")
EXCHANGED = (
    ("reprimand", "warning", "warning", "blank", "no-sanction"),
    ("no-sanction", "blank", "warning", "reprimand", "warning"),
    ("blank", "warning", "no-sanction", "warning", "reprimand"),
)
SEATED = (0, 1, 2, 3, 4)
COMING = ((4, 3, 2, 1, 0), (2, 0, 4, 1, 3))
"""Whose ballot is put in when, by seat."""
SUBJECT, KEEPER = UUID(int=0x5B), UUID(int=0x5C)


@dataclass(frozen=True)
class Remains:
    """What is left of one vote."""

    voters: list[Voter]
    ballot_id: UUID
    rows: Mapping[str, list[str]]
    """By table, in the order of their places on the disk, each with the rank of the transaction that wrote it."""
    log: list[str]
    answers: list[dict[str, str]]
    """The headers that the box answered with."""


async def vote(
    database: Database,
    issuer: LocalIssuer,
    token: TokenFor,
    choices: tuple[str, ...],
    patch: pytest.MonkeyPatch,
    coming: tuple[int, ...] = SEATED,
) -> Remains:
    """The same vote each time, up to the board's recommendation, but for who chooses what and who comes when."""
    with patch.context() as within, structlog.testing.capture_logs() as log:
        KeepingRegistry().install(within)
        async with opened_context(API, database.dsn("discipline"), issuer) as (client, context):
            await plant(context.pool, cases.posts())
            office = Office(client, context, token)
            review_id = await met_review(context, SUBJECT, KEEPER)
            board_id = await voting.sitting(office, review_id)
            ballot = await voting.called(office, board_id, review_id)
            voters = await voting.papers_taken(office, ballot)
            await voting.roll_closed(office, ballot)
            answers: list[dict[str, str]] = []
            for voter, choice in [(voters[seat], choices[seat]) for seat in coming]:
                told = (
                    await voting.put(office, ballot, voter, "demotion"),
                    await voting.put(office, ballot, voter, choice),
                    await voting.put(office, ballot, voter, choice),
                    await voting.check(office, ballot, voter),
                )
                answers += [dict(answer.headers) for answer in told]
            await office.done(CHAIR, f"/ballots/{ballot['id']}/count", {})
            await office.get(SECRETARY, f"/ballots/{ballot['id']}")
            await voting.stepped(office, SECRETARY, review_id, "recommendation", ballot_id=ballot["id"])
    written = [orjson.dumps(line, default=str).decode() for line in log]
    return Remains(voters, UUID(ballot["id"]), await rows_of(database), written, answers)


async def rows_of(database: Database) -> Mapping[str, list[str]]:
    """Every row of every schema with its system columns."""
    connection = await asyncpg.connect(database.admin_dsn)
    tables = await connection.fetch(
        "select schemaname || '.' || tablename from pg_tables"
        " where schemaname not in ('pg_catalog', 'information_schema') order by 1"
    )
    found = {}
    for (table,) in tables:
        read = (
            f"select dense_rank() over (order by xmin::text::bigint) || ' ' || to_jsonb(t) from {table} t order by ctid"
        )
        found[table] = [row[0] for row in await connection.fetch(read)]
    await connection.close()
    return found


PEOPLE = {str(who.person_id): f"person {number}" for number, who in enumerate((*cases.MEMBERS, cases.AUTHORITY))}
RANDOM = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?:\\\\x|x)?[0-9a-f]{16,}|[A-Za-z0-9_-]{43,}"
)
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d(?::\d\d)?)?")


def plainly(line: str) -> str:
    """A line without what differs from run to run: ids, keys and hashes made by chance, real time."""
    for person_id, name in PEOPLE.items():
        line = line.replace(person_id, name)
    return MOMENT.sub("moment", RANDOM.sub("random", line))


def told_of(remains: Remains) -> Mapping[str, list[str]]:
    # Lists of ids in a view stand in the order of the ids, which say nothing of the box.
    rows = {table: [plainly(row) for row in found] for table, found in remains.rows.items()}
    return {**rows, "log": [plainly(line) for line in remains.log]}


def parts_of_a_paper(voter: Voter) -> Iterator[bytes]:
    """Everything of a paper that only its holder may have, however it could be written."""
    inverse = voter.asked.inverse.to_bytes(256)
    digest = hashlib.sha256(voter.asked.prepared).digest()
    for part in (voter.asked.prepared, voter.asked.prepared[32:], voter.signature, inverse, digest):
        yield part
        yield part.hex().encode()
        yield blind_signature.encoded(part).encode()


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


@pytest.fixture
async def first(databases: Databases, issuer: LocalIssuer, token: TokenFor, monkeypatch: pytest.MonkeyPatch) -> Remains:
    with databases.fresh() as database:
        return await vote(database, issuer, token, CHOICES, monkeypatch)


@pytest.mark.parametrize("choices", EXCHANGED)
async def test_what_remains_is_the_same_whoever_chose_what(
    choices: tuple[str, ...],
    first: Remains,
    databases: Databases,
    issuer: LocalIssuer,
    token: TokenFor,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with databases.fresh() as database:
        other = await vote(database, issuer, token, choices, monkeypatch)

    assert told_of(other) == told_of(first)
    assert other.answers == [
        {**mine, "content-length": theirs["content-length"]}
        for mine, theirs in zip(first.answers, other.answers, strict=True)
    ]


@pytest.mark.parametrize("coming", COMING)
async def test_what_remains_is_the_same_in_whatever_order_they_come_to_the_box(
    coming: tuple[int, ...],
    first: Remains,
    databases: Databases,
    issuer: LocalIssuer,
    token: TokenFor,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Neither places on the disk, nor transactions, nor lines of the log tell who came when."""
    with databases.fresh() as database:
        other = await vote(database, issuer, token, CHOICES, monkeypatch, coming)

    assert told_of(other) == told_of(first)


async def test_nothing_of_a_paper_is_on_the_disk(
    runtime_folder: Path, issuer: LocalIssuer, token: TokenFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Dead rows, indexes and the write-ahead log included; what the roll keeps is found by the same search."""
    with Postgres(runtime_folder / "searched", password="only for this run", settings=servers.QUICK) as server:
        database = Database(server, "postgres", servers.new_passwords())
        migrate(database.admin_dsn, database.passwords)
        remains = await vote(database, issuer, token, CHOICES, monkeypatch)
        database.execute("checkpoint")
        disk = everything_in(server.cluster)

    kept = [hashlib.sha256(voter.asked.blinded).hexdigest().encode() for voter in remains.voters]
    secret = chain.from_iterable(map(parts_of_a_paper, remains.voters))
    assert [request in disk for request in kept] == [True] * len(kept)
    assert [part for part in secret if part in disk] == []


async def test_whoever_opens_the_box_finds_two_lists_that_know_nothing_of_each_other(
    databases: Databases, issuer: LocalIssuer, token: TokenFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even with the secret: each list is sorted, so no place in the one answers to a place in the other."""
    with databases.fresh() as database:
        remains = await vote(database, issuer, token, CHOICES, monkeypatch)
        connection = await asyncpg.connect(database.admin_dsn)
        row = await connection.fetchrow("select * from discipline.ballot_boxes where ballot_id = $1", remains.ballot_id)
        await connection.close()

    assert row is not None
    assert set(row.keys()) == {"ballot_id", "sealed", "closed"}
    lists = orjson.loads(Sealing(BALLOT_KEY).opened("box", remains.ballot_id, row["sealed"]))
    used = sorted(hashlib.sha256(voter.asked.prepared).hexdigest() for voter in remains.voters)
    assert lists == {"tokens": used, "words": sorted(CHOICES)}


async def test_a_box_is_of_one_size_however_full(
    databases: Databases, issuer: LocalIssuer, token: TokenFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    KeepingRegistry().install(monkeypatch)
    sizes = set()
    with databases.fresh() as database:
        async with opened_context(API, database.dsn("discipline"), issuer) as (client, context):
            await plant(context.pool, cases.posts())
            office = Office(client, context, token)
            review_id = await met_review(context, SUBJECT, KEEPER)
            ballot = await voting.called(office, await voting.sitting(office, review_id), review_id)
            voters = await voting.papers_taken(office, ballot)
            await voting.roll_closed(office, ballot)
            for voter, choice in zip(voters, CHOICES, strict=True):
                sizes.add(await context.pool.fetchval("select length(sealed) from ballot_boxes"))
                await voting.put(office, ballot, voter, choice)
            sizes.add(await context.pool.fetchval("select length(sealed) from ballot_boxes"))

    assert len(sizes) == 1


async def test_the_box_answers_without_trace_cookie_or_metric(first: Remains) -> None:
    names = set(chain.from_iterable(first.answers))

    assert names & {"traceparent", "set-cookie", "etag"} == set()
    assert "/box/" not in generate_latest(REGISTRY).decode()
    assert [line for line in first.log if "/box/" in line] == []


async def test_the_box_joins_no_trace_of_its_callers(
    databases: Databases, issuer: LocalIssuer, token: TokenFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A browser that sends its trace along is not found by it; neither where the box refuses nor where it breaks."""
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    with databases.fresh() as database, structlog.testing.capture_logs() as log:
        async with opened_context(API, database.dsn("discipline"), issuer) as (client, context):
            headers = {"traceparent": f"00-{trace}-00f067aa0ba902b7-01"}
            path = f"/discipline/box/{cases.unknown()}"
            refused = await client.post(path, json={"token": "A", "signature": "A"}, headers=headers)
            nowhere = await client.post(f"{path}/elsewhere", json={}, headers=headers)

            async def broken(*_: object) -> None:
                raise RuntimeError("warning")

            monkeypatch.setattr(type(context.handler), "load", broken)
            paper = {"token": "A", "signature": "A", "choice": "warning"}
            failed = await client.post(path, json=paper, headers=headers)

    assert [answer.status_code for answer in (refused, nowhere, failed)] == [422, 404, 500]
    told = "".join(str(dict(answer.headers)) + answer.text for answer in (refused, nowhere, failed))
    assert trace not in told
    assert '"correlation_id":' not in told
    assert [line for line in log if line["event"] != "issuer_keys_fetched"] == [
        {"event": "silent_request_failed", "error": "RuntimeError", "log_level": "error"}
    ]
