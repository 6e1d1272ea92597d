"""A board at work over HTTP: its cases, what is missing, a sitting's bundle, and the lists that its secretary keeps."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import httpx
import pytest

from services.application.identity import Role
from tests.api import board_cases as cases
from tests.api import voting
from tests.api.access.table import Caller
from tests.api.board_cases import AUTHORITY, CHAIR, MEMBERS, SECRETARY, SUBJECT, TEXT
from tests.api.conftest import OpenContext, TokenFor
from tests.api.discipline_cases import met_review
from tests.api.test_discipline import AUDITOR, Office, at_work, watching
from tests.api.test_live import ids
from tests.listening import served

MEMBER = MEMBERS[2]
AS_MEMBER = Caller(Role.BOARD_MEMBER, "so-y-te", SUBJECT.person_id)


@pytest.fixture
async def office(
    open_context: OpenContext, token: TokenFor, planted: list[bool], monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Office]:
    async with at_work(open_context, token, monkeypatch, planted, cases.posts()) as office:
        yield office


@pytest.fixture
async def review_id(office: Office) -> UUID:
    return await met_review(office.context, SUBJECT.person_id, SECRETARY.person_id)


@pytest.fixture
async def board(office: Office, review_id: UUID) -> str:
    """Invited to sit on the review, which was referred to it."""
    board_id = await voting.convened(office, review_id)
    await voting.stepped(office, AUTHORITY, review_id, "board", board_id=board_id, reasons=TEXT)
    return f"/boards/{board_id}"


async def missing(office: Office, board: str) -> list[tuple[str, str]]:
    shown = await office.get(MEMBER, f"{board}/cases")
    return [(one["step"], one["by"]) for one in shown["missing"]]


async def heard(office: Office, board: str, review_id: UUID) -> None:
    await voting.open_sitting(office, board.removeprefix("/boards/"))
    await voting.stepped(office, SECRETARY, review_id, "hearing", statement="Tôi nhận lỗi.", minutes="Biên bản nghe.")


async def counted(office: Office, board: str, review_id: UUID, *choices: str) -> str:
    ballot = await voting.called(office, board.removeprefix("/boards/"), review_id)
    await voting.voted(office, ballot, choices)
    await office.done(CHAIR, f"/ballots/{ballot['id']}/count", {})
    ballot_id: str = ballot["id"]
    return ballot_id


@pytest.fixture
async def url(office: Office) -> AsyncIterator[str]:
    transport = office.client._transport
    assert isinstance(transport, httpx.ASGITransport)
    async with served(transport.app) as base:
        yield base


# -- cases ----------------------------------------------------------------------------------------------------------


async def test_a_member_sees_each_case_with_what_is_missing_and_where_to_follow_it(
    office: Office, review_id: UUID, board: str
) -> None:
    [case] = (await office.get(MEMBER, f"{board}/cases"))["items"]

    followed = await office.get(MEMBER, case["case"].removeprefix("/discipline"))
    assert (case["review"]["id"], case["review"]["status"]) == (str(review_id), "before_board")
    assert [(one["step"], one["by"]) for one in case["missing"]] == [("summons", "secretary")]
    assert case["review"]["processing"]["ends_at"]
    assert case["events"] == f"{case['case']}/events"
    assert followed["review"]["id"] == str(review_id)
    assert followed["calculations"]


async def test_the_board_says_what_it_waits_for_and_who_owes_it(office: Office, review_id: UUID, board: str) -> None:
    told = [await missing(office, board)]
    await heard(office, board, review_id)
    told.append(await missing(office, board))
    ballot = await voting.called(office, board.removeprefix("/boards/"), review_id)
    told.append(await missing(office, board))
    await voting.voted(office, ballot, ["warning"] * 5)
    await office.done(CHAIR, f"/ballots/{ballot['id']}/count", {})
    told.append(await missing(office, board))
    await voting.stepped(office, SECRETARY, review_id, "recommendation", ballot_id=ballot["id"])
    told.append(await missing(office, board))

    assert told == [
        [("opening", "secretary")],
        [("vote", "chair")],
        [("count", "chair")],
        [("minutes", "secretary")],
        [("minutes", "secretary")],
    ]


async def test_it_says_so_in_vietnamese_first(office: Office, board: str) -> None:
    answer = await office.send(MEMBER, f"{board}/cases", vi=True)

    [one] = answer.json()["missing"]
    assert (one["name"], one["by_name"]) == ("Khai mạc phiên họp", "Thư ký hội đồng")


async def test_a_case_tells_its_ballots_in_the_order_of_their_calls(
    office: Office, review_id: UUID, board: str
) -> None:
    await heard(office, board, review_id)
    tied = await counted(office, board, review_id, *["warning"] * 2, *["reprimand"] * 2, "blank")
    decided = await counted(office, board, review_id, *["warning"] * 5)

    [case] = (await office.get(MEMBER, f"{board}/cases"))["items"]
    listed = (await office.get(SECRETARY, f"{board}/ballots"))["items"]

    assert case["ballots"] == [tied, decided] == [one["id"] for one in listed]
    assert [one["totals"]["warning"] for one in listed] == [2, 5]


async def test_whoever_watches_a_board_sees_the_vote_that_is_called_meanwhile(
    office: Office, url: str, review_id: UUID, board: str
) -> None:
    await heard(office, board, review_id)
    board_id = board.removeprefix("/boards/")
    whole = await office.context.store.load(f"board-{board_id}")
    async with watching(office, url, MEMBER, board) as lines:
        await ids(lines, len(whole))
        ballot = await voting.called(office, board_id, review_id)
        told = await asyncio.wait_for(ids(lines, 2), 120)

    [called, of_ballot] = [
        (await office.context.store.load(stream))[-1] for stream in (f"board-{board_id}", f"ballot-{ballot['id']}")
    ]
    assert told == [str(called.position), str(of_ballot.position)]


async def test_whoever_watches_a_board_has_read_of_the_review_that_comes_before_it_meanwhile(
    office: Office, url: str, review_id: UUID, board: str
) -> None:
    further = await cases.another_of_matter(office.context, review_id, SECRETARY.person_id)
    whole = await office.context.store.load(f"board-{board.removeprefix('/boards/')}")
    async with watching(office, url, MEMBER, board) as lines:
        await ids(lines, len(whole))
        await office.done(AUTHORITY, f"{board}/reviews", {"review_id": str(further)})
        await asyncio.wait_for(ids(lines, 1), 120)

        assert await readers(office, further) == [str(MEMBER.person_id)]


async def readers(office: Office, review_id: UUID) -> list[str]:
    """Who has read of a review by watching its board."""
    read = await office.context.pool.fetch(
        "select reader from confidential_reads where review_id = $1 and route = $2",
        review_id,
        "GET /discipline/boards/{board_id}/events",
    )
    return [row["reader"] for row in read]


# -- the secretary's lists ------------------------------------------------------------------------------------------


async def test_summonses_of_all_reviews_stand_in_one_list(office: Office, review_id: UUID, board: str) -> None:
    await voting.stepped(office, SECRETARY, review_id, "summons", hearing_at=cases.AT, summons="Giấy triệu tập.")
    now = (await office.context.clock.now()).isoformat()
    await voting.stepped(office, SECRETARY, review_id, "summons/receipt", received_at=now, proof="Đã ký nhận.")

    [one] = (await office.get(SECRETARY, f"{board}/summonses"))["items"]

    assert (one["review_id"], one["text"], one["proof"]) == (str(review_id), "Giấy triệu tập.", "Đã ký nhận.")


async def test_minutes_stand_in_one_list_and_those_that_are_missing_too(
    office: Office, review_id: UUID, board: str
) -> None:
    await heard(office, board, review_id)
    before = (await office.get(SECRETARY, f"{board}/minutes"))["items"]
    await office.done(SECRETARY, f"{board}/sittings/close", {"minutes": "Biên bản phiên họp."})
    after = (await office.get(SECRETARY, f"{board}/minutes"))["items"]

    def told(items: list[dict[str, Any]]) -> list[tuple[str, str | None]]:
        return [(one["of"], one["text"]) for one in items]

    assert told(before) == [("sitting", None), ("meeting", None), ("hearing", "Biên bản nghe.")]
    assert told(after)[0] == ("sitting", "Biên bản phiên họp.")
    assert set(after[0]["present"]) == {str(who.person_id) for who in MEMBERS}


# -- the bundle of a sitting ----------------------------------------------------------------------------------------


async def test_the_bundle_has_the_agenda_and_every_paper_of_its_reviews(
    office: Office, review_id: UUID, board: str
) -> None:
    await voting.stepped(office, SECRETARY, review_id, "summons", hearing_at=cases.AT, summons="Giấy triệu tập.")

    shown = await office.get(MEMBER, f"{board}/sittings/1/bundle")

    assert (shown["agenda"], shown["review_ids"], shown["attended"]) == (TEXT, [str(review_id)], None)
    assert [paper["number"] for paper in shown["papers"]] == list(range(1, len(shown["papers"]) + 1))
    types = [paper["type"].split(".")[1] for paper in shown["papers"]]
    assert {"review_subject_notified", "self_review_submitted", "review_meeting_convened"} <= set(types)
    assert types[-1] == "review_subject_summoned"
    answer = await office.send(MEMBER, shown["papers"][-1]["file"].removeprefix("/discipline"))
    assert (answer.status_code, answer.text) == (200, "Giấy triệu tập.")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["document-sha256"] == shown["papers"][-1]["sha256"]
    assert answer.headers["cache-control"] == "no-store"


async def test_a_bundle_hands_out_its_own_papers_alone(office: Office, review_id: UUID, board: str) -> None:
    other = await met_review(office.context, UUID(int=0x5E), SECRETARY.person_id)
    await voting.convened(office, other)
    paper = (await office.get(AUTHORITY, f"/reviews/{other}"))["timeline"][-1]["data"]["minutes"]["document_id"]
    mine = {one["document_id"] for one in (await office.get(MEMBER, f"{board}/sittings/1/bundle"))["papers"]}
    strange = paper if paper not in mine else cases.unknown()

    refused = [
        await office.send(MEMBER, f"{board}/sittings/1/bundle/{strange}"),
        await office.send(MEMBER, f"{board}/sittings/2/bundle"),
    ]

    assert [answer.status_code for answer in refused] == [404, 404]


# -- confidential ---------------------------------------------------------------------------------------------------

PATHS = ("cases", "summonses", "minutes", "ballots", "sittings/1/bundle")


@pytest.mark.parametrize("path", PATHS)
async def test_each_reading_is_recorded(office: Office, review_id: UUID, board: str, path: str) -> None:
    await office.get(AUDITOR, f"{board}/{path}")

    template = f"GET /discipline/boards/{{board_id}}/{path.replace('/1/', '/{sitting}/')}"
    read = await office.context.pool.fetch(
        "select reader from confidential_reads where review_id = $1 and route = $2", review_id, template
    )
    assert [row["reader"] for row in read] == [str(AUDITOR.person_id)]


@pytest.mark.parametrize("path", PATHS)
async def test_who_is_out_and_the_subject_find_nothing(office: Office, board: str, path: str) -> None:
    await office.done(MEMBER, f"{board}/declaration", {"related": True, "statement": TEXT})

    told = [(await office.send(by, f"{board}/{path}")).status_code for by in (MEMBER, AS_MEMBER, cases.SPARE, CHAIR)]

    assert told == [404, 404, 404, 200]
