"""`kycuong ballot` on real sockets: five voters at their terminals, from the paper to the box."""

import asyncio
import json
import re
import shlex
import stat
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from typer.testing import CliRunner, Result

from services.adapters.ballots.paper import Paper
from services.entrypoints.api.discipline import API
from services.entrypoints.cli import build
from tests.api import board_cases as cases
from tests.api import voting
from tests.api.access.table import Caller
from tests.api.board_cases import CHAIR, MEMBERS
from tests.api.conftest import OpenContext, TokenFor
from tests.api.discipline_cases import met_review, plant
from tests.api.test_discipline import KeepingRegistry, Office
from tests.listening import served

APP = build(["ballot"])
PAGE = Path(__file__).parents[2] / "docs" / "boards.md"
COMMANDS_OF_PAGE = re.findall(r"^\$ kycuong ballot (.+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)


@dataclass
class Hall:
    """Where they vote, and each one's folder."""

    office: Office
    url: str
    ballot: dict[str, Any]
    folder: Path

    def paper(self, who: Caller) -> Path:
        return self.folder / f"{who.person_id}.json"

    async def run(self, *words: str) -> Result:
        runner = CliRunner(env={"KYCUONG_LANGUAGE": "en"})
        return await asyncio.to_thread(runner.invoke, APP, ["ballot", *words])

    async def take(self, who: Caller) -> Result:
        token = self.folder / "token"
        token.write_text(self.office.token(who.role, who.agency_id, person_id=who.person_id))
        paper, at = str(self.paper(who)), str(token)
        return await self.run("take", self.ballot["id"], "--paper", paper, "--token-file", at, "--url", self.url)

    async def cast(self, who: Caller, choice: str) -> Result:
        paper = str(self.paper(who))
        return await self.run("cast", "--paper", paper, "--choice", choice, "--within", "0", "--patience", "0")

    async def check(self, who: Caller) -> Result:
        return await self.run("check", "--paper", str(self.paper(who)))


@pytest.fixture
async def hall(
    open_context: OpenContext, token: TokenFor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> AsyncIterator[Hall]:
    KeepingRegistry().install(monkeypatch)
    async with open_context(API) as (client, context):
        await plant(context.pool, cases.posts())
        office = Office(client, context, token)
        review_id = await met_review(context, UUID(int=0x5B), uuid4())
        ballot = await voting.called(office, await voting.sitting(office, review_id), review_id)
        transport = client._transport
        assert isinstance(transport, httpx.ASGITransport)
        async with served(transport.app) as url:
            yield Hall(office, url, ballot, tmp_path)


async def test_five_voters_at_their_terminals(hall: Hall) -> None:
    taken = [await hall.take(who) for who in MEMBERS]
    early = await hall.cast(CHAIR, "warning")
    await voting.roll_closed(hall.office, hall.ballot)
    put = [await hall.cast(who, choice) for who, choice in zip(MEMBERS, ["warning"] * 3 + ["blank"] * 2, strict=True)]
    again = await hall.cast(CHAIR, "reprimand")
    checked = await hall.check(CHAIR)
    await hall.office.done(CHAIR, f"/ballots/{hall.ballot['id']}/count", {})

    counted = (await hall.office.get(CHAIR, f"/ballots/{hall.ballot['id']}"))["ballot"]
    assert [result.exit_code for result in (*taken, *put, again, checked)] == [0] * 12
    assert (early.exit_code, "Ask the chair" in early.stderr) == (1, True)
    assert {result.stdout.splitlines()[0] for result in taken} == {taken[0].stdout.splitlines()[0]}
    assert "changed nothing" in again.stdout
    assert "in the box" in checked.stdout
    assert (counted["totals"]["warning"], counted["blank"]) == (3, 2)


async def test_a_paper_is_its_owners_alone_and_keeps_nothing_that_joins_it_to_the_roll(hall: Hall) -> None:
    await hall.take(CHAIR)

    kept = json.loads(hall.paper(CHAIR).read_text())
    assert stat.S_IMODE(hall.paper(CHAIR).stat().st_mode) == 0o600
    assert (kept["blinded"], kept["inverse"]) == (None, None)


async def test_a_paper_whose_answer_got_lost_is_asked_for_again(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:

    def lost(_paper: Paper, _blind: str) -> Paper:
        raise ConnectionResetError

    with monkeypatch.context() as cut:
        cut.setattr(Paper, "signed", lost)
        assert (await hall.take(CHAIR)).exit_code == 1
    unsigned = await hall.check(CHAIR)
    taken = await hall.take(CHAIR)

    assert (unsigned.exit_code, "not signed" in unsigned.stderr) == (1, True)
    assert taken.exit_code == 0
    assert (await hall.office.get(CHAIR, f"/ballots/{hall.ballot['id']}"))["ballot"]["took_part"] == [
        str(CHAIR.person_id)
    ]


async def test_what_the_server_refuses_is_told_with_its_mend(hall: Hall) -> None:
    stranger = await hall.take(Caller(CHAIR.role, cases.AGENCY, uuid4()))
    nowhere = await hall.check(MEMBERS[3])
    (hall.paper(MEMBERS[4])).write_text("{}")
    spoilt = await hall.check(MEMBERS[4])
    hall.url = "http://127.0.0.1:9"
    away = await hall.take(CHAIR)

    told = [result.stderr for result in (stranger, nowhere, spoilt, away)]
    assert [result.exit_code for result in (stranger, nowhere, spoilt, away)] == [1] * 4
    assert ["Check the address" in told[0], "Take one first" in told[1], "no ballot paper" in told[2]] == [True] * 3
    assert "cannot be reached" in told[3]


async def test_the_commands_of_the_page_on_boards_run_in_their_order(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(hall.folder)
    for who in MEMBERS[1:]:
        await hall.take(who)
    (hall.folder / "token").write_text(
        hall.office.token(CHAIR.role, CHAIR.agency_id, person_id=CHAIR.person_id), encoding="utf-8"
    )
    told = []
    for command in COMMANDS_OF_PAGE:
        here = command.replace("http://127.0.0.1:8000", hall.url).replace(str(UUID(int=0)), hall.ballot["id"])
        words = shlex.split(here)
        if words[0] == "cast":
            await voting.roll_closed(hall.office, hall.ballot)
            words += ["--choice", "warning"]
        told.append((words[0], (await hall.run(*words)).exit_code))

    assert told == [("take", 0), ("cast", 0), ("check", 0)]
