"""Two at the same moment before a board: one wins, the other is told why, and nothing is lost or counted twice.

And what no board does: sit with somebody whom the organisation speaks against, or vote without its quorum.
"""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from discipline.reviews.commands import LoseBasis
from services.adapters import law
from services.application.discipline.aggregates import REVIEW
from services.application.handler import Request
from services.application.identity import Role
from tests.api import board_cases as cases
from tests.api import voting
from tests.api.access.table import Caller
from tests.api.board_cases import AUTHORITY, CHAIR, MEMBERS, SECRETARY, SUBJECT, TEXT
from tests.api.conftest import OpenContext, TokenFor
from tests.api.days import Days
from tests.api.discipline_cases import met_review, post
from tests.api.test_discipline import Office, at_work
from tests.discipline.law_rows import activated

COLLEAGUE = Caller(Role.BOARD_MEMBER, "so-y-te", UUID(int=0x5F))
"""He works where the subject does."""
QUORUM = "decree-172-2025-board-quorum"


@pytest.fixture
async def office(
    open_context: OpenContext, token: TokenFor, planted: list[bool], monkeypatch: pytest.MonkeyPatch, days: Days
) -> AsyncIterator[Office]:
    async with at_work(
        open_context, token, monkeypatch, planted, [*cases.posts(), *post("colleague", "so-y-te", COLLEAGUE.person_id)]
    ) as office:
        yield office


@pytest.fixture
async def review_id(office: Office) -> UUID:
    return await met_review(office.context, SUBJECT.person_id, SECRETARY.person_id)


async def version(office: Office, review_id: UUID) -> int:
    shown: int = (await office.get(AUTHORITY, f"/reviews/{review_id}"))["review"]["version"]
    return shown


def codes(*answers: httpx.Response) -> list[str]:
    """What those who came too late were told."""
    return [answer.json()["code"] for answer in answers if answer.status_code != 200]


# -- two at once ----------------------------------------------------------------------------------------------------


async def test_two_secretaries_who_record_the_hearing_at_once_record_one(office: Office, review_id: UUID) -> None:
    board_id = await voting.opened(office, review_id)
    await voting.stepped(office, AUTHORITY, review_id, "board", board_id=board_id, reasons=TEXT)
    seen, body = await version(office, review_id), {"statement": TEXT, "minutes": TEXT}

    answers = await asyncio.gather(
        *(office.send(by, f"/reviews/{review_id}/hearing", body, seen=seen) for by in (SECRETARY, CHAIR))
    )

    assert min(answer.status_code for answer in answers) == 200
    assert codes(*answers) in (["version-not-current"], ["concurrent-change"], ["step-not-now"])
    history = (await office.get(AUTHORITY, f"/reviews/{review_id}"))["timeline"]
    assert [event["type"] for event in history].count("discipline.review_hearing_held.v1") == 1


async def test_two_who_record_the_recommendation_at_once_record_one(office: Office, review_id: UUID) -> None:
    board_id = await voting.sitting(office, review_id)
    ballot = await voting.called(office, board_id, review_id)
    await voting.voted(office, ballot, ["warning"] * 5)
    await office.done(CHAIR, f"/ballots/{ballot['id']}/count", {})
    seen, body = await version(office, review_id), {"ballot_id": ballot["id"]}

    answers = await asyncio.gather(
        *(office.send(by, f"/reviews/{review_id}/recommendation", body, seen=seen) for by in (SECRETARY, CHAIR))
    )

    assert len(codes(*answers)) == 1
    assert await version(office, review_id) == seen + 1


async def test_the_last_two_ballots_at_once_are_both_in_and_each_counts_once(office: Office, review_id: UUID) -> None:
    board_id = await voting.sitting(office, review_id)
    ballot = await voting.called(office, board_id, review_id)
    voters = await voting.papers_taken(office, ballot)
    await voting.roll_closed(office, ballot)
    for voter in voters[:3]:
        await voting.put(office, ballot, voter, "warning")

    last = [voting.put(office, ballot, voter, "reprimand") for voter in voters[3:] for _ in range(2)]
    answers = await asyncio.gather(*last)
    await office.done(CHAIR, f"/ballots/{ballot['id']}/count", {})

    counted = (await office.get(CHAIR, f"/ballots/{ballot['id']}"))["ballot"]
    assert [answer.status_code for answer in answers] == [200] * 4
    assert counted["totals"] == {"reprimand": 2, "warning": 3, "no-sanction": 0}


async def test_the_last_ballot_against_the_count_is_in_or_is_told_that_the_box_is_closed(
    office: Office, review_id: UUID, days: Days
) -> None:
    board_id = await voting.sitting(office, review_id)
    ballot = await voting.called(office, board_id, review_id)
    voters = await voting.papers_taken(office, ballot)
    await voting.roll_closed(office, ballot)
    for voter in voters[:4]:
        await voting.put(office, ballot, voter, "warning")
    days.reach("05T11:00")

    put, count = await asyncio.gather(
        voting.put(office, ballot, voters[4], "reprimand"), office.send(CHAIR, f"/ballots/{ballot['id']}/count", {})
    )

    counted = (await office.get(CHAIR, f"/ballots/{ballot['id']}"))["ballot"]
    in_box = put.status_code == 200
    assert count.status_code == 200
    assert in_box or codes(put) == ["box-not-open"]
    assert (counted["totals"]["reprimand"], counted["missing"]) == ((1, 0) if in_box else (0, 1))


async def test_a_paper_against_the_closing_of_the_roll_is_on_it_or_refused(office: Office, review_id: UUID) -> None:
    board_id = await voting.sitting(office, review_id)
    ballot = await voting.called(office, board_id, review_id)
    voters = cases.voters(ballot["key"])
    for voter in voters[:4]:
        await voting.take_paper(office, ballot, voter)

    taken, closed = await asyncio.gather(
        voting.take_paper(office, ballot, voters[4]),
        office.send(SECRETARY, f"/ballots/{ballot['id']}/roll/close", {"box_until": cases.LATER}),
    )

    shown = (await office.get(CHAIR, f"/ballots/{ballot['id']}"))["ballot"]
    assert len(shown["took_part"]) == (5 if taken.status_code == 200 else 4)
    assert codes(taken) in ([], ["roll-not-open"])
    assert codes(closed) in ([], ["concurrent-change"])


async def test_a_decision_against_the_loss_of_its_basis(office: Office, review_id: UUID) -> None:
    """Either the decision rests on nothing that fell away, or it stands and the authority has to answer for it."""
    board_id = await voting.sitting(office, review_id)
    ballot = await voting.called(office, board_id, review_id)
    await voting.voted(office, ballot, ["warning"] * 5)
    await office.done(CHAIR, f"/ballots/{ballot['id']}/count", {})
    await voting.stepped(office, SECRETARY, review_id, "recommendation", ballot_id=ballot["id"])
    before = (await office.get(AUTHORITY, f"/reviews/{review_id}"))["review"]
    [finding] = before["findings"]
    decision: dict[str, Any] = {
        "form": "warning",
        "conclusions": [{"finding_id": finding, "form": "warning"}],
        "decision": TEXT,
    }
    now, command_id = await office.context.clock.now(), uuid4()
    lost = LoseBasis(UUID(finding), (UUID(finding),), None, now, await office.context.calendars.current())
    by_policy = Request(command_id, "policy:x", command_id, command_id, retry_on_conflict=True)

    decided, _ = await asyncio.gather(
        office.send(AUTHORITY, f"/reviews/{review_id}/decide", decision, seen=before["version"]),
        office.context.handler.handle(REVIEW, review_id, lost, by_policy),
    )

    after = (await office.get(AUTHORITY, f"/reviews/{review_id}"))["review"]
    assert after["answer_until"] is not None
    assert after["status"] == ("decided" if decided.status_code == 200 else "recommended")
    assert codes(decided) in ([], ["version-not-current"], ["concurrent-change"], ["basis-to-be-answered"])


# -- what no board does ---------------------------------------------------------------------------------------------


async def test_a_member_of_the_subjects_unit_is_refused_with_the_ground_and_the_way_forward(
    office: Office, review_id: UUID
) -> None:
    seats = [cases.seat(who) for who in MEMBERS[:4]]
    colleague = {"person_id": str(COLLEAGUE.person_id), "post_id": "colleague", "role": "member", "votes": True}
    body = await cases.decision(office.context, review_id, seats=[*seats, colleague])

    refused = await office.send(AUTHORITY, "/boards", body)

    problem = refused.json()
    assert (refused.status_code, problem["code"]) == (422, "member-conflicted")
    assert problem["facts"]["person_id"] == str(COLLEAGUE.person_id)
    assert problem["mend"]


async def test_a_quorum_that_a_row_states_is_named_by_row_and_instrument(
    office: Office, review_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = activated(QUORUM, value=4)
    monkeypatch.setattr(law, "shipped", lambda: table)
    board_id = await voting.opened(office, review_id)
    await voting.stepped(office, AUTHORITY, review_id, "board", board_id=board_id, reasons=TEXT)
    await voting.stepped(office, SECRETARY, review_id, "hearing", statement=TEXT, minutes=TEXT)
    for who in MEMBERS[3:]:
        seen = await office.done(who, f"/boards/{board_id}/declaration", {"related": True, "statement": TEXT})
        await office.done(CHAIR, f"/boards/{board_id}/recusals/{who.person_id}/grant", {"reasons": TEXT}, seen=seen)

    refused = await office.send(
        SECRETARY, f"/boards/{board_id}/votes", {"review_id": str(review_id), "choices": cases.CHOICES}
    )

    problem = refused.json()
    assert (refused.status_code, problem["code"]) == (409, "quorum-missing")
    told = {"present": 3, "quorum": 4, "rule_id": QUORUM, "instrument": "Decree 172/2025/NĐ-CP"}
    assert problem["facts"].items() >= told.items()
    assert QUORUM in problem["detail"]
    assert problem["mend"]
