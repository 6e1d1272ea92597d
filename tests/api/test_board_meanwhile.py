"""What a board or its review rests on changes between the decision and the append: read anew, or refused by name.

A board's commands read reviews, and a review's commands read its board; each is stored only while the other stream is
what it was (ADR 2).
"""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from discipline.reviews.commands import LoseBasis
from services.application.discipline.aggregates import REVIEW
from services.application.handler import Request
from tests.api import board_cases as cases
from tests.api import voting
from tests.api.access.table import Caller
from tests.api.board_cases import AUTHORITY, CHAIR, MEMBERS, SECRETARY, SPARE, SUBJECT, TEXT
from tests.api.conftest import OpenContext, TokenFor
from tests.api.days import Days
from tests.api.discipline_cases import met_review
from tests.api.meanwhile import meanwhile, together
from tests.api.test_discipline import Office, at_work
from tests.api.test_review_before_board import refused, shown

LEAVING = MEMBERS[4]


@pytest.fixture
async def office(
    open_context: OpenContext, token: TokenFor, planted: list[bool], monkeypatch: pytest.MonkeyPatch, days: Days
) -> AsyncIterator[Office]:
    async with at_work(open_context, token, monkeypatch, planted, cases.posts()) as office:
        yield office


@pytest.fixture
async def review_id(office: Office) -> UUID:
    return await met_review(office.context, SUBJECT.person_id, SECRETARY.person_id)


async def close(office: Office, review_id: UUID) -> None:
    """The review ends: its subject died."""
    await voting.stepped(office, AUTHORITY, review_id, "close", ground="death", document=TEXT)


async def out(office: Office, board_id: str, who: Caller) -> None:
    """A member says that he is related."""
    await office.done(who, f"/boards/{board_id}/declaration", {"related": True, "statement": TEXT})


async def replace(office: Office, board_id: str, left: Caller, *, seen: int | None = None) -> httpx.Response:
    """The authority gives a seat to somebody else."""
    seat = cases.seat(SPARE) | {"role": cases.seat(left)["role"]}
    version = seen or (await office.get(AUTHORITY, f"/boards/{board_id}"))["board"]["version"]
    body = {"person_id": str(left.person_id), "seat": seat, "reasons": TEXT}
    return await office.send(AUTHORITY, f"/boards/{board_id}/members/replace", body, seen=version)


async def replaced(office: Office, board_id: str, left: Caller) -> None:
    answer = await replace(office, board_id, left)
    assert answer.status_code == 200, answer.text


async def positions(office: Office, stream: str) -> dict[str, tuple[int, Any]]:
    """The last event of each type, with its place in the store."""
    stored = await office.context.store.load(stream)
    return {one.event.type.split(".")[1]: (one.position, one.event) for one in stored}


# -- a board's commands rest on reviews -----------------------------------------------------------------------------


async def test_no_board_is_established_on_a_review_that_ends_meanwhile(office: Office, review_id: UUID) -> None:
    body = await cases.decision(office.context, review_id)

    with meanwhile(office.context.store, lambda: close(office, review_id)):
        answer = await office.send(AUTHORITY, "/boards", body)

    board_id = await cases.board_of(office.context, review_id)
    assert refused(answer) == (409, "review-not-going-on")
    assert (await office.send(AUTHORITY, f"/boards/{board_id}")).status_code == 404


async def test_a_board_does_not_come_to_sit_on_a_further_review_that_ends_meanwhile(
    office: Office, review_id: UUID
) -> None:
    board_id = await voting.established(office, review_id)
    other = await cases.another_of_matter(office.context, review_id, SECRETARY.person_id)

    with meanwhile(office.context.store, lambda: close(office, other)):
        answer = await office.send(AUTHORITY, f"/boards/{board_id}/reviews", {"review_id": str(other)})

    assert refused(answer) == (409, "review-not-going-on")
    assert (await office.get(AUTHORITY, f"/boards/{board_id}"))["board"]["reviews"] == [str(review_id)]


async def test_no_vote_is_called_on_a_review_that_ends_meanwhile(office: Office, review_id: UUID) -> None:
    board_id = await voting.sitting(office, review_id)
    asked = {"review_id": str(review_id), "choices": cases.CHOICES}

    with meanwhile(office.context.store, lambda: close(office, review_id)):
        answer = await office.send(SECRETARY, f"/boards/{board_id}/votes", asked)

    assert refused(answer) == (409, "review-not-going-on")
    assert (await office.get(CHAIR, f"/boards/{board_id}"))["board"]["vote"] is None


async def test_a_vote_is_called_though_something_else_is_recorded_about_the_review_meanwhile(
    office: Office, review_id: UUID
) -> None:
    board_id = await voting.sitting(office, review_id)
    asked = {"review_id": str(review_id), "choices": cases.CHOICES}

    async def note() -> None:
        told = {"kind": "mitigating", "ground": "1", "reasons": TEXT}
        await voting.on_review(office, AUTHORITY, review_id, "circumstances", **told)

    with meanwhile(office.context.store, note):
        answer = await office.send(SECRETARY, f"/boards/{board_id}/votes", asked)

    assert answer.status_code == 200, answer.text


# -- a review's commands rest on its board --------------------------------------------------------------------------


async def test_no_review_goes_before_a_board_that_loses_its_quorum_meanwhile(office: Office, review_id: UUID) -> None:
    board_id = await voting.convened(office, review_id)
    await out(office, board_id, MEMBERS[3])

    with meanwhile(office.context.store, lambda: out(office, board_id, LEAVING)):
        answer = await voting.on_review(office, AUTHORITY, review_id, "board", board_id=board_id, reasons=TEXT)

    assert refused(answer) == (409, "board-cannot-sit")


async def test_a_hearing_names_as_sitting_nobody_who_is_replaced_meanwhile(office: Office, review_id: UUID) -> None:
    board_id = await voting.opened(office, review_id)
    await voting.stepped(office, AUTHORITY, review_id, "board", board_id=board_id, reasons=TEXT)

    with meanwhile(office.context.store, lambda: replaced(office, board_id, LEAVING)):
        await voting.stepped(office, SECRETARY, review_id, "hearing", statement=TEXT, minutes=TEXT)

    heard = (await shown(office, review_id))["timeline"][-1]["data"]
    assert set(heard["sat"]) == {str(who.person_id) for who in MEMBERS[:4]}


async def test_nothing_is_heard_by_a_board_that_loses_its_quorum_meanwhile(office: Office, review_id: UUID) -> None:
    board_id = await voting.opened(office, review_id)
    await voting.stepped(office, AUTHORITY, review_id, "board", board_id=board_id, reasons=TEXT)
    await out(office, board_id, MEMBERS[3])

    with meanwhile(office.context.store, lambda: replaced(office, board_id, LEAVING)):
        answer = await voting.on_review(office, SECRETARY, review_id, "hearing", statement=TEXT, minutes=TEXT)

    assert refused(answer) == (409, "board-cannot-sit")
    assert (await shown(office, review_id))["review"]["status"] == "before_board"


async def test_a_chair_who_is_replaced_meanwhile_writes_nothing_into_the_file(office: Office, review_id: UUID) -> None:
    board_id = await voting.convened(office, review_id)
    await voting.stepped(office, AUTHORITY, review_id, "board", board_id=board_id, reasons=TEXT)

    with meanwhile(office.context.store, lambda: replaced(office, board_id, CHAIR)):
        answer = await voting.on_review(office, CHAIR, review_id, "summons", hearing_at=cases.AT, summons=TEXT)

    assert refused(answer) == (404, "not-found")


# -- two in flight --------------------------------------------------------------------------------------------------


async def test_a_hearing_and_a_replacement_in_flight_leave_one_order_in_which_both_hold(
    office: Office, review_id: UUID
) -> None:
    """Heard by the four who had the quorum and then replaced, or replaced first and not heard without it."""
    board_id = await voting.opened(office, review_id)
    await voting.stepped(office, AUTHORITY, review_id, "board", board_id=board_id, reasons=TEXT)
    await out(office, board_id, MEMBERS[3])
    of_review = (await shown(office, review_id))["review"]["version"]
    of_board = (await office.get(AUTHORITY, f"/boards/{board_id}"))["board"]["version"]
    body = {"statement": TEXT, "minutes": TEXT}

    with together(office.context.store):
        hearing, replacement = await asyncio.gather(
            office.send(SECRETARY, f"/reviews/{review_id}/hearing", body, seen=of_review),
            replace(office, board_id, LEAVING, seen=of_board),
        )

    after, left = await positions(office, f"review-{review_id}"), await positions(office, f"board-{board_id}")
    assert replacement.status_code == 200, replacement.text
    if hearing.status_code == 200:
        (at, heard), (gone_at, _) = after["review_hearing_held"], left["board_member_replaced"]
        assert at < gone_at
        assert LEAVING.person_id in heard.sat
    else:
        assert refused(hearing) == (409, "board-cannot-sit")
        assert "review_hearing_held" not in after


async def test_of_a_vote_and_a_replacement_in_flight_one_wins_and_the_other_is_told(
    office: Office, review_id: UUID
) -> None:
    board_id = await voting.sitting(office, review_id)
    version = (await office.get(AUTHORITY, f"/boards/{board_id}"))["board"]["version"]
    asked = {"review_id": str(review_id), "choices": cases.CHOICES}

    with together(office.context.store):
        vote, replacement = await asyncio.gather(
            office.send(SECRETARY, f"/boards/{board_id}/votes", asked),
            replace(office, board_id, LEAVING, seen=version),
        )

    [loser] = [answer for answer in (vote, replacement) if answer.status_code != 200]
    board = (await office.get(CHAIR, f"/boards/{board_id}"))["board"]
    assert refused(loser) == (409, "concurrent-change")
    assert (board["vote"] is not None) is (vote.status_code == 200)
    assert (str(SPARE.person_id) in board["persons"]) is (replacement.status_code == 200)


async def test_a_count_and_a_replacement_at_once_count_the_ballots_of_those_who_voted(
    office: Office, review_id: UUID
) -> None:
    board_id = await voting.sitting(office, review_id)
    ballot = await voting.called(office, board_id, review_id)
    await voting.voted(office, ballot, ["warning"] * 5)
    version = (await office.get(AUTHORITY, f"/boards/{board_id}"))["board"]["version"]

    count, replacement = await asyncio.gather(
        office.send(CHAIR, f"/ballots/{ballot['id']}/count", {}), replace(office, board_id, LEAVING, seen=version)
    )

    counted = (await office.get(CHAIR, f"/ballots/{ballot['id']}"))["ballot"]
    assert (count.status_code, counted["totals"]["warning"]) == (200, 5)
    assert str(LEAVING.person_id) in counted["took_part"]
    assert replacement.status_code != 200
    assert replacement.json()["code"] in {"vote-under-way", "version-not-current", "concurrent-change"}
    await replaced(office, board_id, LEAVING)


# -- decisions, complaints, revocations -----------------------------------------------------------------------------


@pytest.fixture
async def served(office: Office, review_id: UUID, days: Days) -> UUID:
    """Decided and served; then its basis falls away, so that the authority has to answer for it."""
    board_id = await voting.sitting(office, review_id)
    ballot = await voting.called(office, board_id, review_id)
    await voting.voted(office, ballot, ["warning"] * 5)
    await office.done(CHAIR, f"/ballots/{ballot['id']}/count", {})
    await voting.stepped(office, SECRETARY, review_id, "recommendation", ballot_id=ballot["id"])
    [finding] = (await shown(office, review_id))["review"]["findings"]
    conclusions = [{"finding_id": finding, "form": "warning"}]
    await voting.stepped(office, AUTHORITY, review_id, "decide", form="warning", conclusions=conclusions, decision=TEXT)
    await voting.stepped(office, SECRETARY, review_id, "serve", received_at=days.reach("06T09:00"), proof=TEXT)
    now, command_id = await office.context.clock.now(), uuid4()
    lost = LoseBasis(UUID(finding), (UUID(finding),), None, now, await office.context.calendars.current())
    await office.context.handler.handle(
        REVIEW, review_id, lost, Request(command_id, "policy:x", command_id, command_id, retry_on_conflict=True)
    )
    return review_id


async def at_once(office: Office, review_id: UUID, *steps: tuple[Caller, str, dict[str, Any]]) -> list[httpx.Response]:
    """Steps in flight together; all but the subject's rest on the version that stands now."""
    version = (await shown(office, review_id))["review"]["version"]
    with together(office.context.store, len(steps)):
        return await asyncio.gather(
            *(
                office.send(by, f"/reviews/{review_id}/{step}", body, seen=None if by == SUBJECT else version)
                for by, step, body in steps
            )
        )


REVOKED = {"ground": "basis_lost", "reasons": TEXT}
COMPLAINT = {"instance": "first", "complaint": TEXT}


async def test_of_a_complaint_and_the_revocation_of_the_decision_in_flight_one_wins(
    office: Office, served: UUID
) -> None:
    """Whoever complains against what was just revoked is told that nothing is left to complain against."""
    complaint, revocation = await at_once(
        office, served, (SUBJECT, "complaints", COMPLAINT), (AUTHORITY, "revoke", REVOKED)
    )

    after = await positions(office, f"review-{served}")
    if complaint.status_code == 200:
        assert refused(revocation)[1] in {"concurrent-change", "version-not-current"}
        assert "decision_revoked" not in after
    else:
        assert revocation.status_code == 200, revocation.text
        assert refused(complaint) == (409, "nothing-decided")
        assert "complaint_filed" not in after


async def test_of_the_answer_to_a_complaint_and_a_revocation_in_flight_one_wins(office: Office, served: UUID) -> None:
    await office.done(SUBJECT, f"/reviews/{served}/complaints", COMPLAINT)
    await voting.stepped(office, AUTHORITY, served, "complaints/accept")

    answer, revocation = await at_once(
        office,
        served,
        (AUTHORITY, "complaints/answer", {"outcome": "upheld", "answer": TEXT}),
        (AUTHORITY, "revoke", REVOKED),
    )

    after = await positions(office, f"review-{served}")
    [loser] = [one for one in (answer, revocation) if one.status_code != 200]
    assert refused(loser)[1] in {"concurrent-change", "version-not-current"}
    assert ("complaint_answered" in after) is (answer.status_code == 200)
    assert ("decision_revoked" in after) is (revocation.status_code == 200)
