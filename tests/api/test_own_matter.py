"""Nobody reads by his office in his own matter: an auditor who is the subject, or a keeper who was recused."""

from collections.abc import AsyncIterator
from uuid import UUID

import pytest

from discipline.boards.commands import EndReview
from services.application.discipline.aggregates import BOARD
from services.application.identity import Role
from tests.api import board_cases as cases
from tests.api import voting
from tests.api.access.table import Caller
from tests.api.board_cases import AUTHORITY, CHAIR, SECRETARY, SUBJECT, TEXT
from tests.api.conftest import OpenContext, TokenFor
from tests.api.days import Days
from tests.api.discipline_cases import met_review, request
from tests.api.test_discipline import AUDITOR, Office, at_work

AS_AUDITOR = Caller(Role.AUDITOR, None, SUBJECT.person_id)
"""The subject, who signs in as the auditor that he is."""


@pytest.fixture
async def office(
    open_context: OpenContext, token: TokenFor, planted: list[bool], monkeypatch: pytest.MonkeyPatch, days: Days
) -> AsyncIterator[Office]:
    async with at_work(open_context, token, monkeypatch, planted, cases.posts()) as office:
        yield office


@pytest.fixture
async def review_id(office: Office) -> UUID:
    return await met_review(office.context, SUBJECT.person_id, SECRETARY.person_id)


@pytest.fixture
async def board_id(office: Office, review_id: UUID) -> str:
    """It has heard the case."""
    return await voting.sitting(office, review_id)


async def status(office: Office, by: Caller, path: str) -> int:
    return (await office.send(by, path)).status_code


async def lists(office: Office, by: Caller, path: str, id_: object) -> bool:
    return str(id_) in {item["id"] for item in (await office.get(by, f"{path}?limit=200"))["items"]}


async def recused(office: Office, board_id: str, who: Caller) -> None:
    path = f"/boards/{board_id}/recusals"
    seen = await office.done(CHAIR, path, {"person_id": str(who.person_id), "reasons": TEXT})
    await office.done(CHAIR, f"{path}/{who.person_id}/grant", {"reasons": TEXT}, seen=seen)


async def test_an_auditor_sees_of_his_own_review_what_its_subject_sees(
    office: Office, review_id: UUID, board_id: str
) -> None:
    for path in (f"/reviews/{review_id}", f"/reviews/{review_id}/documents", f"/boards/{board_id}/composition"):
        assert await office.get(AS_AUDITOR, path) == await office.get(SUBJECT, path)

    listed = [(await office.get(by, "/reviews?limit=200"))["items"] for by in (AS_AUDITOR, SUBJECT)]
    of_auditor, of_subject = ([one for one in rows if one["id"] == str(review_id)] for rows in listed)
    assert of_auditor == of_subject != []


async def test_an_auditor_finds_nothing_of_the_board_that_sits_on_him(
    office: Office, review_id: UUID, board_id: str
) -> None:
    ballot = await voting.called(office, board_id, review_id)
    paths = [f"/reviews/{review_id}/reads", f"/boards/{board_id}", f"/boards/{board_id}/cases"]
    paths += [f"/boards/{board_id}/ballots", f"/boards/{board_id}/sittings/1/bundle", f"/ballots/{ballot['id']}"]

    assert [await status(office, AUDITOR, path) for path in paths] == [200] * len(paths)
    assert [await status(office, AS_AUDITOR, path) for path in paths] == [404] * len(paths)
    assert await lists(office, AUDITOR, "/boards", board_id)
    assert not await lists(office, AS_AUDITOR, "/boards", board_id)


async def test_whoever_was_recused_neither_keeps_the_file_nor_audits_it(
    office: Office, review_id: UUID, board_id: str
) -> None:
    await recused(office, board_id, SECRETARY)
    as_auditor = Caller(Role.AUDITOR, None, SECRETARY.person_id)

    for by in (SECRETARY, as_auditor):
        assert await status(office, by, f"/reviews/{review_id}") == 404
        assert await status(office, by, f"/boards/{board_id}") == 404
        assert not await lists(office, by, "/reviews", review_id)
        assert not await lists(office, by, "/boards", board_id)
    assert await status(office, AUTHORITY, f"/reviews/{review_id}") == 200


async def test_who_reads_a_board_is_recorded_also_for_a_review_that_it_has_ended_with(
    office: Office, review_id: UUID, board_id: str
) -> None:
    another = await cases.another_of_matter(office.context, review_id, SECRETARY.person_id)
    await office.done(AUTHORITY, f"/boards/{board_id}/reviews", {"review_id": str(another)})
    await office.context.handler.handle(BOARD, UUID(board_id), EndReview(another), request())

    await office.get(AUDITOR, f"/boards/{board_id}")
    await office.get(AUDITOR, "/boards?limit=200")

    read = (await office.get(AUDITOR, f"/reviews/{another}/reads"))["items"]
    told = {one["route"] for one in read if one["reader"] == str(AUDITOR.person_id)}
    assert {"GET /discipline/boards/{board_id}", "GET /discipline/boards"} <= told
