"""A review before its board over HTTP: from the proposal to the expiry, and what is refused on the way."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from services.adapters import law
from services.application.identity import Role
from tests.api import board_cases as cases
from tests.api import voting
from tests.api.access.table import Caller, insider
from tests.api.board_cases import AUTHORITY, CHAIR, MEMBERS, SECRETARY, SUBJECT, TEXT
from tests.api.conftest import OpenContext, TokenFor
from tests.api.days import Days
from tests.api.discipline_cases import confirm, found_further, met_review, open_follow_up
from tests.api.test_discipline import AUDITOR, HEAD, INSPECTOR, Office, at_work, read, watching
from tests.api.test_live import ids
from tests.discipline.law_rows import row_of, with_rows
from tests.listening import served

MEMBER = MEMBERS[2]
ANOTHER = Caller(Role.BOARD_SECRETARY, "so-y-te", UUID(int=0x5D))
ROWS = with_rows(
    row_of("decree-112-2020-missed-summons").model_copy(update={"effective_to": None}),
    row_of("decree-172-2025-decision-validity").model_copy(
        update={"active": True, "value": 12, "starts_on": row_of("complaints-law-first").starts_on, "rolls": False}
    ),
)
"""The shipped rows, and those for absence and validity, as an administrator may have activated them."""


@pytest.fixture
async def office(
    open_context: OpenContext, token: TokenFor, planted: list[bool], monkeypatch: pytest.MonkeyPatch, days: Days
) -> AsyncIterator[Office]:
    async with at_work(open_context, token, monkeypatch, planted, cases.posts()) as office:
        yield office


@pytest.fixture
async def review_id(office: Office) -> UUID:
    """After the meeting; the board's secretary keeps the file too."""
    return await met_review(office.context, SUBJECT.person_id, SECRETARY.person_id)


@pytest.fixture
async def before_board(office: Office, review_id: UUID) -> str:
    """Its board, which is invited to sit on the fifth."""
    board_id = await voting.convened(office, review_id)
    await voting.stepped(office, AUTHORITY, review_id, "board", board_id=board_id, reasons=TEXT)
    return board_id


async def shown(office: Office, review_id: UUID, by: Caller = AUTHORITY) -> Any:
    return await office.get(by, f"/reviews/{review_id}")


def refused(answer: httpx.Response) -> tuple[int, str]:
    """Status and code; a refusal says how to go on."""
    problem = answer.json()
    assert problem["mend"]
    return answer.status_code, problem["code"]


async def proposed(office: Office) -> UUID:
    """An inspector proposes the review of the head, the authority lets it; what came of it the auditor sees."""
    finding_id = await open_follow_up(office.context)
    fact, detected = date(2026, 2, 2), datetime(2026, 2, 10, 2, tzinfo=UTC)
    await confirm(office.context, finding_id, fact_date=fact, detected_at=detected)
    await office.done(INSPECTOR, f"/follow-ups/{finding_id}/reviews", {"about": "head", "reasons": TEXT})
    await office.done(AUTHORITY, f"/responsibilities/{finding_id}/levels/1/open", {"reasons": TEXT})
    [one] = [
        one for one in (await office.get(AUDITOR, "/reviews?limit=200"))["items"] if str(finding_id) in one["findings"]
    ]
    return UUID(one["id"])


async def voted(office: Office, board_id: str, review_id: UUID, *choices: str) -> str:
    """The ballot, counted."""
    ballot = await voting.called(office, board_id, review_id)
    await voting.voted(office, ballot, choices)
    await office.done(SECRETARY, f"/ballots/{ballot['id']}/count", {})
    ballot_id: str = ballot["id"]
    return ballot_id


# -- the whole life -------------------------------------------------------------------------------------------------


async def test_from_the_proposal_to_the_expiry(office: Office, days: Days, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(law, "shipped", lambda: ROWS)
    review_id = await proposed(office)

    async def step(by: Caller, step: str, **body: Any) -> None:
        await voting.stepped(office, by, review_id, step, **body)

    # Opened, notified, met.
    now = days.reach("02T08:00")
    await step(AUTHORITY, "open")
    await step(AUTHORITY, "secretary", person_id=str(SECRETARY.person_id))
    await step(SECRETARY, "notice", received_at=now, notice=TEXT, proof=TEXT, self_review_until="2026-03-09")
    await step(HEAD, "self-review", statement="Tôi tự kiểm điểm.")
    meeting = {"held_at": "2026-03-02T10:00:00+07:00", "chair": str(AUTHORITY.person_id), "must_attend": []}
    await step(SECRETARY, "meetings", agenda=TEXT, **meeting)
    days.reach("02T11:00")
    votes = [{"outcome": "discipline", "votes": 1}]
    attended = [str(AUTHORITY.person_id)]
    await step(SECRETARY, "meetings/minutes", attended=attended, subject_present=True, votes=votes, minutes=TEXT)

    # Before the board: summoned, heard, voted on.
    board_id = await voting.convened(office, review_id)
    await step(AUTHORITY, "board", board_id=board_id, reasons=TEXT)
    await step(SECRETARY, "summons", hearing_at=cases.AT, summons="Giấy triệu tập.")
    await step(SECRETARY, "summons/receipt", received_at=days.reach("03T09:00"), proof="Đã ký nhận.")
    days.reach("05T08:30")
    await voting.open_sitting(office, board_id)
    await step(CHAIR, "hearing", statement="Tôi đã khắc phục.", minutes=TEXT)
    ballot_id = await voted(office, board_id, review_id, *["warning"] * 3, *["reprimand"] * 2)
    await step(SECRETARY, "recommendation", ballot_id=ballot_id)
    await office.done(SECRETARY, f"/boards/{board_id}/sittings/close", {"minutes": TEXT})

    # Decided, served, complained against, answered.
    [finding] = (await shown(office, review_id))["review"]["findings"]
    conclusions = [{"finding_id": finding, "form": "warning"}]
    await step(AUTHORITY, "decide", form="warning", conclusions=conclusions, decision="Cảnh cáo.")
    await step(SECRETARY, "serve", received_at=days.reach("06T09:00"), proof=TEXT)
    days.reach("09T09:00")
    await step(HEAD, "complaints", instance="first", complaint="Tôi không đồng ý.")
    await step(AUTHORITY, "complaints/accept")
    await step(AUTHORITY, "complaints/answer", outcome="upheld", answer="Giữ nguyên.")
    await step(SECRETARY, "complaints/serve", received_at=days.reach("10T09:00"), proof=TEXT)
    early = await voting.on_review(office, SECRETARY, review_id, "expire")
    days.reach("2027-03-08T08:00")
    await step(SECRETARY, "expire")

    case = await shown(office, review_id)
    assert refused(early) == (409, "not-expired-yet")
    assert (case["review"]["status"], case["missing"]) == ("expired", [])
    [recommended] = [event["data"] for event in case["timeline"] if event["type"] == "discipline.review_recommended.v1"]
    assert (recommended["ballot_id"], recommended["choice"]) == (ballot_id, "warning")
    assert {one["choice"]: one["votes"] for one in recommended["votes"]} == {
        "warning": 3,
        "reprimand": 2,
        "no-sanction": 0,
    }


# -- the referral ---------------------------------------------------------------------------------------------------


async def test_a_review_goes_before_the_board_that_was_established_for_it(
    office: Office, review_id: UUID, before_board: str
) -> None:
    other = await met_review(office.context, uuid4(), SECRETARY.person_id)

    wrong = await voting.on_review(office, AUTHORITY, other, "board", board_id=before_board, reasons=TEXT)
    nowhere = await voting.on_review(office, AUTHORITY, other, "board", board_id=cases.unknown(), reasons=TEXT)

    assert refused(wrong) == refused(nowhere) == (422, "not-before-this-board")
    missing = (await shown(office, review_id))["missing"]
    assert [(one["step"], one["by"]) for one in missing] == [("summons", "secretary")]


async def test_a_step_that_rests_on_an_older_version_is_told_the_current_one(
    office: Office, review_id: UUID, before_board: str
) -> None:
    body = {"hearing_at": cases.AT, "summons": TEXT}
    version = (await shown(office, review_id))["review"]["version"]

    late = await office.send(SECRETARY, f"/reviews/{review_id}/summons", body, seen=version - 1)
    blind = await office.send(SECRETARY, f"/reviews/{review_id}/summons", body)
    done = await office.send(SECRETARY, f"/reviews/{review_id}/summons", body, seen=version)

    assert (late.status_code, late.json()["code"], blind.status_code) == (412, "version-not-current", 428)
    assert (done.status_code, done.headers["etag"]) == (200, f'"{version + 1}"')


async def test_before_the_referral_nothing_is_summoned_heard_or_voted_on(office: Office, review_id: UUID) -> None:
    board_id = await voting.opened(office, review_id)
    asked = {"review_id": str(review_id), "choices": cases.CHOICES}

    summons = await voting.on_review(office, SECRETARY, review_id, "summons", hearing_at=cases.AT, summons=TEXT)
    hearing = await voting.on_review(office, SECRETARY, review_id, "hearing", statement=TEXT, minutes=TEXT)
    vote = await office.send(SECRETARY, f"/boards/{board_id}/votes", asked)

    assert refused(summons) == refused(hearing) == (409, "step-not-now")
    assert refused(vote) == (409, "review-not-heard")


# -- summonses ------------------------------------------------------------------------------------------------------


async def test_summonses_are_listed_with_their_proof_and_the_subject_sees_his(
    office: Office, review_id: UUID, before_board: str, days: Days
) -> None:
    await voting.stepped(office, SECRETARY, review_id, "summons", hearing_at=cases.AT, summons="Giấy triệu tập số 1.")
    received = days.reach("03T09:00")
    await voting.stepped(office, SECRETARY, review_id, "summons/receipt", received_at=received, proof="Đã ký nhận.")
    days.reach("05T09:00")
    await voting.stepped(office, CHAIR, review_id, "summons/missed", excused=True, circumstances="Ốm, có giấy viện.")
    again = "2026-03-09T08:00:00+07:00"
    await voting.stepped(office, SECRETARY, review_id, "summons", hearing_at=again, summons="Giấy triệu tập số 2.")

    path = f"/reviews/{review_id}/summonses"
    [first, second] = (await office.get(MEMBER, path))["items"]
    his = (await office.get(SUBJECT, path))["items"]

    assert (first["text"], first["proof"], first["received_at"]) == (
        "Giấy triệu tập số 1.",
        "Đã ký nhận.",
        "2026-03-03T02:00:00Z",
    )
    assert (first["missed"], first["excused"], first["circumstances"]) == (True, True, "Ốm, có giấy viện.")
    assert (second["summons"], second["received_at"], second["proof"], second["missed"]) == (2, None, None, False)
    assert his == [first, second]


async def test_without_proof_of_receipt_nothing_is_missed(
    office: Office, review_id: UUID, before_board: str, days: Days
) -> None:
    await voting.stepped(office, SECRETARY, review_id, "summons", hearing_at=cases.AT, summons=TEXT)
    days.reach("05T09:00")

    missed = await voting.on_review(
        office, SECRETARY, review_id, "summons/missed", excused=False, circumstances="Không đến."
    )

    assert refused(missed) == (409, "summons-not-received")


async def missed_once(office: Office, review_id: UUID, days: Days, first: int) -> None:
    """Summoned for nine o'clock three days later, received, not there."""
    days.reach(f"{first:02}T08:00")
    hearing = f"2026-03-{first + 3:02}T09:00:00+07:00"
    await voting.stepped(office, SECRETARY, review_id, "summons", hearing_at=hearing, summons=TEXT)
    received = days.reach(f"{first + 1:02}T08:00")
    await voting.stepped(office, SECRETARY, review_id, "summons/receipt", received_at=received, proof=TEXT)
    days.reach(f"{first + 3:02}T10:00")
    await voting.stepped(office, SECRETARY, review_id, "summons/missed", excused=False, circumstances="Không đến.")


async def test_the_second_missed_summons_lets_it_go_on_by_the_row(
    office: Office, review_id: UUID, before_board: str, days: Days, monkeypatch: pytest.MonkeyPatch
) -> None:
    await voting.open_sitting(office, before_board)
    no_row = await voting.on_review(office, SECRETARY, review_id, "hearing", minutes=TEXT)
    monkeypatch.setattr(law, "shipped", lambda: ROWS)
    await missed_once(office, review_id, days, 2)
    once = await voting.on_review(office, SECRETARY, review_id, "hearing", minutes=TEXT)
    await missed_once(office, review_id, days, 6)

    await voting.stepped(office, SECRETARY, review_id, "hearing", minutes=TEXT)

    assert refused(no_row) == (409, "no-row-for-absence")
    assert refused(once) == (409, "hearing-without-subject")
    assert once.json()["facts"] == {"missed": 1, "needed": 2, "rule_id": "decree-112-2020-missed-summons"}
    heard = (await shown(office, review_id))["timeline"][-1]["data"]
    assert (heard["subject_present"], heard["absence_rule"]) == (False, "decree-112-2020-missed-summons")


# -- hearing and recommendation -------------------------------------------------------------------------------------


async def test_no_hearing_outside_a_sitting_with_its_quorum(office: Office, review_id: UUID, before_board: str) -> None:
    hearing = await voting.on_review(office, SECRETARY, review_id, "hearing", statement=TEXT, minutes=TEXT)

    assert refused(hearing) == (409, "board-cannot-sit")
    assert hearing.json()["facts"] == {"present": 0, "quorum": 4, "rule_id": "decision"}


async def test_the_sitting_hears_what_is_on_its_agenda(office: Office, review_id: UUID) -> None:
    """Two reviews of one matter before one board; the sitting is about the one."""
    board_id = await voting.opened(office, review_id)
    other = await cases.another_of_matter(office.context, review_id, SECRETARY.person_id)
    await office.done(AUTHORITY, f"/boards/{board_id}/reviews", {"review_id": str(other)})
    await voting.stepped(office, AUTHORITY, other, "board", board_id=board_id, reasons=TEXT)

    hearing = await voting.on_review(office, SECRETARY, other, "hearing", statement=TEXT, minutes=TEXT)

    assert refused(hearing) == (409, "hearing-not-on-agenda")


async def test_the_counts_come_from_the_box_and_nobody_types_them_in(
    office: Office, review_id: UUID, before_board: str
) -> None:
    await voting.open_sitting(office, before_board)
    await voting.stepped(office, SECRETARY, review_id, "hearing", statement=TEXT, minutes=TEXT)
    ballot = await voting.called(office, before_board, review_id)

    open_ = await voting.on_review(office, SECRETARY, review_id, "recommendation", ballot_id=ballot["id"])
    foreign = await voting.on_review(office, SECRETARY, review_id, "recommendation", ballot_id=cases.unknown())
    typed = await voting.on_review(
        office, SECRETARY, review_id, "recommendation", ballot_id=ballot["id"], choice="reprimand"
    )

    assert refused(open_) == (409, "ballot-not-counted")
    assert refused(foreign) == (422, "ballot-not-of-review")
    assert typed.status_code == 422


async def test_a_tie_is_voted_on_again_and_a_choice_is_not(office: Office, review_id: UUID, before_board: str) -> None:
    await voting.open_sitting(office, before_board)
    await voting.stepped(office, SECRETARY, review_id, "hearing", statement=TEXT, minutes=TEXT)
    tied = await voted(office, before_board, review_id, *["warning"] * 2, *["reprimand"] * 2, "blank")
    came_out = await voted(office, before_board, review_id, *["warning"] * 4, "reprimand")
    pleasing = await voted(office, before_board, review_id, *["reprimand"] * 4, "warning")

    tie = await voting.on_review(office, SECRETARY, review_id, "recommendation", ballot_id=tied)
    again = await voting.on_review(office, SECRETARY, review_id, "recommendation", ballot_id=pleasing)
    await voting.stepped(office, SECRETARY, review_id, "recommendation", ballot_id=came_out)

    assert refused(tie) == (422, "votes-tied")
    assert refused(again) == (409, "ballot-decided-before")
    assert (await shown(office, review_id))["timeline"][-1]["data"]["choice"] == "warning"


# -- who may and who sees -------------------------------------------------------------------------------------------


async def test_a_board_of_which_too_few_heard_the_case_hears_it_again_and_then_votes(
    office: Office, review_id: UUID, before_board: str, days: Days
) -> None:
    """One member gave his seat to somebody else and another was recused: three of the four who are needed heard it."""
    board = f"/boards/{before_board}"

    async def missing() -> set[str]:
        return {one["step"] for one in (await office.get(CHAIR, f"{board}/cases"))["missing"]}

    async def sits(held_at: str, there: tuple[Caller, ...]) -> None:
        agenda = {"held_at": held_at, "review_ids": [str(review_id)], "agenda": TEXT}
        await office.done(SECRETARY, f"{board}/sittings", agenda)
        days.reach("05T10:00")
        told = {"attended": [str(who.person_id) for who in there]}
        await office.done(SECRETARY, f"{board}/sittings/open", told)

    days.reach("05T08:30")
    await voting.open_sitting(office, before_board)
    await voting.stepped(office, CHAIR, review_id, "hearing", statement=TEXT, minutes=TEXT)
    await office.done(SECRETARY, f"{board}/sittings/close", {"minutes": TEXT})
    await changed(office, board)
    now = (MEMBERS[0], MEMBERS[1], MEMBERS[2], cases.SPARE)
    assert "further-hearing" in await missing()

    days.reach("05T09:00")
    summons = {"hearing_at": cases.LATER, "summons": TEXT}
    await voting.stepped(office, SECRETARY, review_id, "summons", **summons)
    await sits(cases.LATER, now)
    vote = {"review_id": str(review_id), "choices": cases.CHOICES}
    unheard = await office.send(SECRETARY, f"{board}/votes", vote)
    assert refused(unheard) == (409, "review-not-heard")
    await voting.stepped(office, CHAIR, review_id, "hearing", statement=TEXT, minutes=TEXT)
    ballot = await voting.called(office, before_board, review_id)

    assert ballot["voters"] == sorted(str(who.person_id) for who in now)
    assert "further-hearing" not in await missing()


async def changed(office: Office, board: str) -> None:
    """One seat passes to the spare member, who declares; another member is recused."""
    seen = (await office.get(AUTHORITY, board))["board"]["version"]
    told = {"person_id": str(MEMBERS[3].person_id), "seat": cases.seat(cases.SPARE), "reasons": TEXT}
    answer = await office.send(AUTHORITY, f"{board}/members/replace", told, seen=seen)
    assert answer.status_code == 200, answer.text
    await office.done(cases.SPARE, f"{board}/declaration", {"related": False, "statement": TEXT})
    out = str(MEMBERS[4].person_id)
    seen = await office.done(CHAIR, f"{board}/recusals", {"person_id": out, "reasons": TEXT})
    await office.done(CHAIR, f"{board}/recusals/{out}/grant", {"reasons": TEXT}, seen=seen)


async def test_what_joins_after_the_recommendation_is_summoned_for_heard_and_voted_on_anew(
    office: Office, review_id: UUID, before_board: str, days: Days
) -> None:
    async def step(by: Caller, name: str, **body: Any) -> None:
        await voting.stepped(office, by, review_id, name, **body)

    summons = {"hearing_at": cases.LATER, "summons": TEXT}
    days.reach("05T08:30")
    await voting.open_sitting(office, before_board)
    await step(CHAIR, "hearing", statement=TEXT, minutes=TEXT)
    again = await voting.on_review(office, SECRETARY, review_id, "summons", **summons)
    assert refused(again) == (409, "heard-by-enough")
    first = await voted(office, before_board, review_id, *["warning"] * 3, *["reprimand"] * 2)
    again = await voting.on_review(office, SECRETARY, review_id, "summons", **summons)
    assert refused(again) == (409, "ballot-decided-before")
    await step(SECRETARY, "recommendation", ballot_id=first)

    await found_further(office.context, review_id)

    assert [one["step"] for one in (await shown(office, review_id))["missing"]] == ["summons"]
    unheard = await voting.on_review(office, CHAIR, review_id, "hearing", statement=TEXT, minutes=TEXT)
    assert refused(unheard) == (409, "called-before-it-joined")
    await step(SECRETARY, "summons", **summons)
    await step(CHAIR, "hearing", statement=TEXT, minutes=TEXT)
    old = await voting.on_review(office, SECRETARY, review_id, "recommendation", ballot_id=first)
    assert refused(old) == (422, "ballot-not-of-review")
    second = await voted(office, before_board, review_id, *["warning"] * 5)
    await step(SECRETARY, "recommendation", ballot_id=second)
    assert (await shown(office, review_id))["review"]["status"] == "recommended"


async def test_a_member_reads_the_file_and_writes_nothing_into_it(
    office: Office, review_id: UUID, before_board: str
) -> None:
    read = await shown(office, review_id, MEMBER)
    writes = await voting.on_review(office, MEMBER, review_id, "summons", hearing_at=cases.AT, summons=TEXT)

    assert read["review"]["id"] == str(review_id)
    assert refused(writes) == (403, "not-keeper-of-file")


async def test_a_member_who_is_out_loses_the_file_and_others_never_had_it(
    office: Office, review_id: UUID, before_board: str
) -> None:
    path = f"/reviews/{review_id}"
    await office.done(MEMBER, f"/boards/{before_board}/declaration", {"related": True, "statement": TEXT})

    told = [(await office.send(by, path)).status_code for by in (MEMBER, cases.SPARE, ANOTHER, CHAIR)]

    assert told == [404, 404, 404, 200]


async def test_before_a_board_is_established_its_later_members_know_nothing(office: Office, review_id: UUID) -> None:
    assert (await office.send(CHAIR, f"/reviews/{review_id}")).status_code == 404


async def test_the_boards_secretary_keeps_the_file_that_somebody_else_kept(office: Office) -> None:
    review_id = await met_review(office.context, uuid4(), insider(Role.HEAD).person_id)
    board_id = await voting.convened(office, review_id)
    await voting.stepped(office, AUTHORITY, review_id, "board", board_id=board_id, reasons=TEXT)

    await voting.stepped(office, SECRETARY, review_id, "summons", hearing_at=cases.AT, summons=TEXT)


# -- as it happens --------------------------------------------------------------------------------------------------


@pytest.fixture
async def url(office: Office) -> AsyncIterator[str]:
    transport = office.client._transport
    assert isinstance(transport, httpx.ASGITransport)
    async with served(transport.app) as base:
        yield base


async def positions(office: Office, review_id: UUID, *types: str) -> list[str]:
    stored = await office.context.store.load(f"review-{review_id}")
    return [str(one.position) for one in stored if not types or one.event.type.split(".")[1] in types]


async def test_the_subject_is_told_what_is_his_and_his_stream_passes_over_the_rest(
    office: Office, url: str, review_id: UUID, before_board: str
) -> None:
    path = f"/reviews/{review_id}"
    reading = asyncio.create_task(read(office, url, SUBJECT, path, 5))
    await voting.stepped(office, SECRETARY, review_id, "summons", hearing_at=cases.AT, summons=TEXT)

    told = await asyncio.wait_for(reading, 120)

    his = ("review_opened", "review_subject_notified", "self_review_submitted", "review_meeting_convened")
    assert told == await positions(office, review_id, *his, "review_subject_summoned")


async def test_a_member_follows_the_case_until_he_is_out(
    office: Office, url: str, review_id: UUID, before_board: str
) -> None:
    whole = await positions(office, review_id)
    async with watching(office, url, MEMBER, f"/reviews/{review_id}") as lines:
        told = await ids(lines, len(whole))
        await office.done(MEMBER, f"/boards/{before_board}/declaration", {"related": True, "statement": TEXT})
        await voting.stepped(office, SECRETARY, review_id, "summons", hearing_at=cases.AT, summons=TEXT)

        assert await asyncio.wait_for(ids(lines), 120) == []
    assert told == whole
