"""Boards and secret ballots over HTTP: the whole life, who loses sight of it, who is told why he came late."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import pytest

from discipline.boards.commands import EndVote
from services.adapters.ballots import blind_signature
from services.application.discipline.aggregates import BALLOT, BOARD
from services.application.discipline.boards import Votes
from services.application.identity import Role
from tests.api import board_cases as cases
from tests.api import voting
from tests.api.access.table import Caller, insider
from tests.api.board_cases import AUTHORITY, CHAIR, MEMBERS, SECRETARY, SPARE, TEXT
from tests.api.conftest import OpenContext, TokenFor
from tests.api.discipline_cases import met_review, request
from tests.api.test_discipline import Office, at_work

AUDITOR = insider(Role.AUDITOR)
FIVE = ["warning", "warning", "reprimand", "warning", "blank"]
MEMBER = MEMBERS[2]
SUBJECT = UUID(int=0x5B)


@pytest.fixture
async def office(
    open_context: OpenContext, token: TokenFor, planted: list[bool], monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Office]:
    async with at_work(open_context, token, monkeypatch, planted, cases.posts()) as office:
        yield office


@pytest.fixture
async def review_id(office: Office) -> UUID:
    return await met_review(office.context, SUBJECT, uuid4())


def subject() -> Caller:
    return Caller(Role.AGENCY_USER, "so-y-te", SUBJECT)


async def status(office: Office, by: Caller, path: str) -> int:
    return (await office.send(by, path)).status_code


# -- the whole life ---------------------------------------------------------------------------------------------------


async def test_a_board_from_its_establishment_to_the_minutes(office: Office, review_id: UUID) -> None:
    board_id = await voting.sitting(office, review_id)
    ballot = await voting.called(office, board_id, review_id)
    await voting.voted(office, ballot, FIVE)
    await office.done(CHAIR, f"/ballots/{ballot['id']}/count", {})
    await office.done(MEMBER, f"/ballots/{ballot['id']}/dissent", {"opinion": "Ý kiến bảo lưu."})
    await office.done(SECRETARY, f"/boards/{board_id}/sittings/close", {"minutes": TEXT})

    counted = (await office.get(MEMBER, f"/ballots/{ballot['id']}"))["ballot"]
    shown = await office.get(AUTHORITY, f"/boards/{board_id}")
    assert counted["totals"] == {"reprimand": 1, "warning": 3, "no-sanction": 0}
    assert (counted["blank"], counted["missing"], counted["gives_away"]) == (1, 0, None)
    assert set(counted["took_part"]) == {str(who.person_id) for who in MEMBERS}
    assert counted["dissents"] == [str(MEMBER.person_id)]
    assert (shown["board"]["vote"], shown["board"]["sitting"], shown["today"]["can_sit"]) == (None, None, True)
    assert shown["board"]["size"] == {"number": 5, "rule_id": None, "instrument": None, "article": None}
    assert [moved["type"].split(".")[1] for moved in shown["timeline"]][-5:] == [
        "sitting_convened",
        "sitting_opened",
        "board_vote_called",
        "board_vote_ended",
        "sitting_closed",
    ]


async def test_nobody_learns_a_count_before_the_box_is_closed(office: Office, review_id: UUID) -> None:
    board_id = await voting.sitting(office, review_id)
    ballot = await voting.called(office, board_id, review_id)
    voters = await voting.papers_taken(office, ballot)
    early = await voting.put(office, ballot, voters[0], "warning")
    await voting.roll_closed(office, ballot)
    for voter in voters[:4]:
        await voting.put(office, ballot, voter, "warning")

    refused = await office.send(CHAIR, f"/ballots/{ballot['id']}/count", {})
    shown = (await office.get(AUDITOR, f"/ballots/{ballot['id']}"))["ballot"]

    assert (early.status_code, early.json()["code"]) == (409, "box-not-open")
    assert (refused.status_code, refused.json()["code"]) == (409, "box-still-open")
    assert set(refused.json()["facts"]) == {"box_until"}
    assert (shown["status"], shown["totals"], shown["missing"]) == ("box", None, None)


async def test_a_paper_counts_once_and_its_holder_sees_that_it_is_in_and_not_what_it_says(
    office: Office, review_id: UUID
) -> None:
    board_id = await voting.sitting(office, review_id)
    ballot = await voting.called(office, board_id, review_id)
    voters = await voting.papers_taken(office, ballot)
    await voting.roll_closed(office, ballot)

    before = (await voting.check(office, ballot, voters[0])).json()
    first = (await voting.put(office, ballot, voters[0], "warning")).json()
    again = (await voting.put(office, ballot, voters[0], "reprimand")).json()
    after = (await voting.check(office, ballot, voters[0])).json()
    for voter in voters[1:]:
        await voting.put(office, ballot, voter, "no-sanction")
    await office.done(CHAIR, f"/ballots/{ballot['id']}/count", {})

    counted = (await office.get(CHAIR, f"/ballots/{ballot['id']}"))["ballot"]
    assert before == {"in_box": False, "before": False, "status": "box"}
    assert (first["before"], again["before"]) == (False, True)
    assert after == {"in_box": True, "before": False, "status": "box"}
    assert counted["totals"] == {"reprimand": 0, "warning": 1, "no-sanction": 4}


async def test_two_ballots_of_one_paper_at_once_count_once(office: Office, review_id: UUID) -> None:
    board_id = await voting.sitting(office, review_id)
    ballot = await voting.called(office, board_id, review_id)
    voters = await voting.papers_taken(office, ballot)
    await voting.roll_closed(office, ballot)

    both = [voting.put(office, ballot, voter, choice) for voter in voters for choice in ("warning", "reprimand")]
    answers = await asyncio.gather(*both)
    await office.done(CHAIR, f"/ballots/{ballot['id']}/count", {})

    counted = (await office.get(CHAIR, f"/ballots/{ballot['id']}"))["ballot"]
    assert [answer.status_code for answer in answers] == [200] * 10
    assert sum(answer.json()["before"] for answer in answers) == 5
    assert sum(counted["totals"].values()) == 5


async def test_a_voter_who_takes_two_papers_at_once_gets_one(office: Office, review_id: UUID) -> None:
    board_id = await voting.sitting(office, review_id)
    ballot = await voting.called(office, board_id, review_id)
    one, other = (cases.voters(ballot["key"], (MEMBER,))[0] for _ in range(2))

    answers = await asyncio.gather(*(voting.take_paper(office, ballot, voter) for voter in (one, other)))
    again = await voting.take_paper(office, ballot, one if answers[0].status_code == 200 else other)

    refused = [answer.json()["code"] for answer in answers if answer.status_code != 200]
    assert refused == ["paper-already-taken"]
    assert again.status_code == 200


async def test_who_holds_no_paper_learns_not_even_that_there_is_a_ballot(office: Office, review_id: UUID) -> None:
    board_id = await voting.sitting(office, review_id)
    ballot = await voting.called(office, board_id, review_id)
    [voter] = cases.voters(ballot["key"], (MEMBER,))
    voter.signature = bytes(256)
    stranger = {"id": cases.unknown()}

    forged = await voting.put(office, ballot, voter, "warning")
    nowhere = await voting.put(office, stranger, voter, "warning")
    unreadable = await office.client.post(
        f"/discipline/box/{ballot['id']}/check", json={"token": "A", "signature": "A"}
    )

    told = [(answer.status_code, answer.json()["code"]) for answer in (forged, nowhere, unreadable)]
    assert told == [(404, "ballot-paper-not-valid")] * 3


async def test_a_choice_that_is_not_offered_uses_up_no_paper(office: Office, review_id: UUID) -> None:
    board_id = await voting.sitting(office, review_id)
    ballot = await voting.called(office, board_id, review_id)
    [voter, *_] = await voting.papers_taken(office, ballot)
    await voting.roll_closed(office, ballot)

    refused = await voting.put(office, ballot, voter, "demotion")
    assert (refused.status_code, refused.json()["code"], "facts" in refused.json()) == (
        422,
        "choice-not-offered",
        False,
    )
    assert (await voting.put(office, ballot, voter, "invalid")).json()["in_box"]


async def test_a_request_that_is_none_is_told_so_and_puts_nobody_on_the_roll(office: Office, review_id: UUID) -> None:
    board_id = await voting.sitting(office, review_id)
    ballot = await voting.called(office, board_id, review_id)

    answer = await office.send(MEMBER, f"/ballots/{ballot['id']}/papers", {"request": "AQAB"})

    assert (answer.status_code, answer.json()["code"]) == (422, "blinded-request-unreadable")
    assert (await office.get(MEMBER, f"/ballots/{ballot['id']}"))["ballot"]["took_part"] == []


# -- who sees it ------------------------------------------------------------------------------------------------------


async def test_a_recused_member_loses_the_case_at_once(office: Office, review_id: UUID) -> None:
    board_id = await voting.established(office, review_id)
    path = f"/boards/{board_id}"
    seen = await office.done(subject(), f"{path}/recusals", {"person_id": str(MEMBER.person_id), "reasons": TEXT})
    before = await status(office, MEMBER, path)
    await office.done(CHAIR, f"{path}/recusals/{MEMBER.person_id}/grant", {"reasons": TEXT}, seen=seen)

    assert (before, await status(office, MEMBER, path), await status(office, MEMBER, f"{path}/composition")) == (
        200,
        404,
        404,
    )
    assert (await office.send(MEMBER, f"{path}/declaration", {"related": False, "statement": TEXT})).status_code == 404
    assert board_id not in {item["id"] for item in (await office.get(MEMBER, "/boards"))["items"]}


async def test_a_member_who_declares_a_relation_is_out_at_once(office: Office, review_id: UUID) -> None:
    board_id = await voting.established(office, review_id)

    await office.done(MEMBER, f"/boards/{board_id}/declaration", {"related": True, "statement": TEXT})

    assert await status(office, MEMBER, f"/boards/{board_id}") == 404
    assert await status(office, CHAIR, f"/boards/{board_id}") == 200


async def test_the_subject_sees_who_sits_and_no_more(office: Office, review_id: UUID) -> None:
    board_id = await voting.established(office, review_id)

    shown = await office.get(subject(), f"/boards/{board_id}/composition")

    assert {seat["person_id"] for seat in shown["seats"]} == {str(who.person_id) for who in MEMBERS}
    as_member = Caller(Role.BOARD_MEMBER, "so-y-te", SUBJECT)
    assert await status(office, as_member, f"/boards/{board_id}") == 404


async def test_every_reading_of_a_board_is_recorded(office: Office, review_id: UUID) -> None:
    board_id = await voting.established(office, review_id)
    await office.get(CHAIR, f"/boards/{board_id}")

    readers = await office.context.pool.fetch(
        "select reader, route from confidential_reads where review_id = $1", review_id
    )
    assert (str(CHAIR.person_id), "GET /discipline/boards/{board_id}") in {tuple(row) for row in readers}


async def test_the_list_shows_each_his_own_boards(office: Office, review_id: UUID) -> None:
    board_id = await voting.established(office, review_id)

    async def sees(by: Caller) -> bool:
        return board_id in {item["id"] for item in (await office.get(by, "/boards?limit=200"))["items"]}

    assert [await sees(by) for by in (CHAIR, AUTHORITY, AUDITOR, SPARE)] == [True, True, True, False]


# -- two at once ------------------------------------------------------------------------------------------------------


async def test_of_two_who_establish_at_once_one_wins_and_the_other_is_told(office: Office, review_id: UUID) -> None:
    body = await cases.decision(office.context, review_id)

    answers = await asyncio.gather(*(office.send(AUTHORITY, "/boards", body) for _ in range(2)))

    assert sorted(answer.status_code for answer in answers) == [201, 409]
    [refused] = [answer.json()["code"] for answer in answers if answer.status_code == 409]
    assert refused in {"board-already-established", "concurrent-change"}


async def test_a_recusal_against_a_vote_one_wins_and_the_other_is_told_why(office: Office, review_id: UUID) -> None:
    board_id = await voting.sitting(office, review_id)
    vote = office.send(SECRETARY, f"/boards/{board_id}/votes", {"review_id": str(review_id), "choices": cases.CHOICES})
    ask = office.send(subject(), f"/boards/{board_id}/recusals", {"person_id": str(MEMBER.person_id), "reasons": TEXT})

    answers = await asyncio.gather(vote, ask)

    assert sorted(answer.status_code for answer in answers) == [200, 409]
    [refused] = [answer.json()["code"] for answer in answers if answer.status_code == 409]
    assert refused in {"vote-under-way", "recusal-pending", "concurrent-change"}


async def test_two_secretaries_who_call_the_vote_at_once_call_one(office: Office, review_id: UUID) -> None:
    board_id = await voting.sitting(office, review_id)
    body = {"review_id": str(review_id), "choices": cases.CHOICES}

    answers = await asyncio.gather(*(office.send(by, f"/boards/{board_id}/votes", body) for by in (CHAIR, SECRETARY)))

    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert (await cases.board(office.context, UUID(board_id))).votes == 1


async def test_without_a_quorum_there_is_no_vote_and_the_refusal_says_what_states_it(
    office: Office, review_id: UUID
) -> None:
    board_id = await voting.established(office, review_id)
    for who in MEMBERS[3:]:
        await office.done(who, f"/boards/{board_id}/declaration", {"related": True, "statement": TEXT})

    told = {"held_at": cases.AT, "review_ids": [str(review_id)], "agenda": TEXT}
    refused = await office.send(SECRETARY, f"/boards/{board_id}/sittings", told)
    shown = await office.get(CHAIR, f"/boards/{board_id}")

    assert (refused.status_code, refused.json()["code"]) == (409, "quorum-missing")
    assert "the establishing decision" in refused.json()["detail"]
    assert shown["today"] == {"can_sit": False, "able": 3, "sat": [], "vacant": []}


# -- cut off in between ------------------------------------------------------------------------------------------------


async def test_a_vote_whose_ballot_was_never_called_is_finished_by_the_next_who_looks(
    office: Office, review_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    board_id = await voting.sitting(office, review_id)
    with monkeypatch.context() as cut:
        cut.setattr(Votes, "finish", _cut_off)
        await office.done(
            SECRETARY, f"/boards/{board_id}/votes", {"review_id": str(review_id), "choices": cases.CHOICES}
        )
    vote = (await cases.board(office.context, UUID(board_id))).vote
    assert await _version(office, BALLOT.stream(vote)) == 0

    await office.get(CHAIR, f"/boards/{board_id}")

    assert await _version(office, BALLOT.stream(vote)) == 1


async def test_a_count_that_was_cut_off_after_the_box_was_closed_is_the_same_count(
    office: Office, review_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    board_id = await voting.sitting(office, review_id)
    ballot = await voting.called(office, board_id, review_id)
    await voting.voted(office, ballot, FIVE)

    async def cut_off(*_: Any) -> Any:
        raise ConnectionResetError

    with monkeypatch.context() as cut:
        cut.setattr(type(office.context.handler), "handle", cut_off)
        broken = await office.send(CHAIR, f"/ballots/{ballot['id']}/count", {})
    again = await office.send(SECRETARY, f"/ballots/{ballot['id']}/count", {})

    counted = (await office.get(CHAIR, f"/ballots/{ballot['id']}"))["ballot"]
    assert (broken.status_code, again.status_code) == (503, 200)
    assert counted["totals"] == {"reprimand": 1, "warning": 3, "no-sanction": 0}


async def test_a_vote_that_ended_while_nobody_told_the_board_is_ended_by_the_next_who_looks(
    office: Office, review_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    board_id = await voting.sitting(office, review_id)
    ballot = await voting.called(office, board_id, review_id)
    with monkeypatch.context() as cut:
        cut.setattr(Votes, "finish", _cut_off)
        await office.done(CHAIR, f"/ballots/{ballot['id']}/void", {"reasons": TEXT})
    assert (await cases.board(office.context, UUID(board_id))).vote == UUID(ballot["id"])

    shown = await office.get(CHAIR, f"/boards/{board_id}")

    assert shown["board"]["vote"] is None
    end = EndVote(UUID(ballot["id"]), counted=False)
    done = await office.context.handler.handle(BOARD, UUID(board_id), end, request())
    assert done.version == shown["board"]["version"]


async def test_a_key_is_gone_when_its_ballot_is_over(office: Office, review_id: UUID) -> None:
    board_id = await voting.sitting(office, review_id)
    ballot = await voting.called(office, board_id, review_id)
    [voter] = cases.voters(ballot["key"], (MEMBER,))
    await office.done(CHAIR, f"/ballots/{ballot['id']}/void", {"reasons": TEXT})

    asked = {"request": blind_signature.encoded(voter.asked.blinded)}
    refused = await office.send(MEMBER, f"/ballots/{ballot['id']}/papers", asked)

    kept = await office.context.pool.fetchval(
        "select count(*) from ballot_keys where ballot_id = $1", UUID(ballot["id"])
    )
    assert (kept, refused.status_code) == (0, 409)


async def _cut_off(*_: object) -> bool:
    """The process ended before this."""
    return False


async def _version(office: Office, stream: str) -> int:
    return (await office.context.store.history(stream)).version
