"""Findings over HTTP: written by an inspector, answered by the agency, decided by others; and who sees what of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from inspection.findings.commands import DraftByPolicy
from inspection.organisation.commands import CreateAgency, CreatePost, EndAgency, FillPost, VacatePost
from schemas.inspection.findings import FindingContent, FindingSource
from schemas.inspection.organisation import AgencyKind, PostKind
from schemas.values import DocumentRef, Name, SubjectKind
from services.application.directory import AUTHORITY, ORGANISATION
from services.application.findings import FINDING
from services.application.handler import Request
from services.application.identity import Role
from services.application.registry import Document, Reading
from services.entrypoints.api.context import Context
from tests.api import opening
from tests.api import sample as sample_context
from tests.api.access.inspection import API, PACK, prepare
from tests.api.access.table import CASE_AGENCY, Caller, insider, outsider
from tests.api.access.tree import SINCE
from tests.api.conftest import OpenContext, TokenFor
from tests.api.meanwhile import meanwhile
from tests.parts import Database

TYPE = PACK.violation_types[0].violation_type
WRITING = {
    "agency_id": CASE_AGENCY,
    "violation_type": TYPE,
    "directive_id": PACK.directive_id,
    "fact_date": "2026-02-02",
    "source": "feedback",
    "officials": ["so-y-te-head"],
    "narrative": "Hồ sơ trễ hẹn 12 ngày, không có thư xin lỗi.",
    "evidence": ["Phiếu hẹn trả kết quả"],
}
REASON = {"reason": "Lý do"}
LEADER, HEAD, READER = insider(Role.TEAM_LEADER), insider(Role.HEAD), insider(Role.AUDITOR)


@dataclass
class Suite:
    """The inspection API, called by anybody."""

    client: httpx.AsyncClient
    context: Context
    token: TokenFor

    def headers(self, who: Caller, **more: str) -> dict[str, str]:
        bearer = self.token(who.role, who.agency_id, person_id=who.person_id)
        return {
            "authorization": f"Bearer {bearer}",
            "accept-language": "en",
            "idempotency-key": str(uuid4()),
            **{name.replace("_", "-"): value for name, value in more.items()},
        }

    async def post(self, who: Caller, path: str, body: object, **more: str) -> httpx.Response:
        return await self.client.post(f"/inspection/findings{path}", json=body, headers=self.headers(who, **more))

    async def get(self, who: Caller, path: str = "", **more: str) -> httpx.Response:
        return await self.client.get(f"/inspection/findings{path}", headers=self.headers(who, **more))

    async def submitted(self, who: Caller, **changed: object) -> str:
        answer = await self.post(who, "", WRITING | changed)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    async def drafted(self, who: Caller) -> str:
        answer = await self.post(who, "/drafts", WRITING)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    async def sees(self, who: Caller, finding_id: str) -> tuple[int, bool]:
        """How the finding is answered, and whether it stands in the list."""
        one = await self.get(who, f"/{finding_id}")
        listed = await self.get(who, "?limit=200")
        return one.status_code, finding_id in [row["id"] for row in listed.json()["items"]]

    async def carry_out(self, aggregate: Any, id_: object, command: object) -> None:
        command_id = uuid4()
        request = Request(command_id, "somebody", command_id, command_id)
        await self.context.handler.handle(aggregate, id_, command, request)


@pytest.fixture(scope="module")
def prepared() -> list[bool]:
    """The organisation is recorded once for the module's database."""
    return []


@pytest.fixture
async def suite(open_context: OpenContext, token: TokenFor, prepared: list[bool]) -> AsyncIterator[Suite]:
    async with open_context(API) as (client, context):
        if not prepared:
            await prepare(context)
            prepared.append(True)
        yield Suite(client, context, token)


@pytest.fixture
def inspector() -> Caller:
    """An inspector of his own for each test."""
    return Caller(Role.INSPECTOR, "thanh-tra", uuid4())


def told(answer: httpx.Response) -> tuple[int, str | None]:
    return answer.status_code, answer.json().get("code")


def later(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    async def now(_clock: object) -> datetime:
        return datetime(2026, 3, 2, 1, tzinfo=UTC) + timedelta(days=days)

    monkeypatch.setattr(sample_context.Clock, "now", now)


async def test_whoever_submits_a_finding_sees_it_at_once(suite: Suite, inspector: Caller) -> None:
    finding_id = await suite.submitted(inspector)
    shown = (await suite.get(inspector, f"/{finding_id}")).json()
    assert (shown["status"], shown["agency_id"], shown["violation_type"]) == ("submitted", CASE_AGENCY, TYPE)
    assert shown["officials"] == [{"person_id": str(HEAD.person_id), "post_id": "so-y-te-head"}]
    assert [(moved["type"], moved["name"]) for moved in shown["timeline"]] == [
        ("inspection.finding_submitted.v1", "Submitted")
    ]
    assert (shown["follow_up"], shown["alerts"]) == (None, [])


async def test_a_repeated_submission_gets_its_first_answer(suite: Suite, inspector: Caller) -> None:
    headers = suite.headers(inspector)
    first, second = [await suite.client.post("/inspection/findings", json=WRITING, headers=headers) for _ in range(2)]
    assert (first.status_code, second.status_code) == (201, 201)
    assert second.json() == first.json()
    assert second.headers["idempotent-replayed"] == "true"


async def test_a_repeated_submission_of_a_draft_gets_its_first_answer_though_it_is_no_draft_any_more(
    suite: Suite, inspector: Caller
) -> None:
    path = f"/inspection/findings/{await suite.drafted(inspector)}/submit"
    headers = suite.headers(inspector, if_match='"1"')
    first, second = [await suite.client.post(path, json={}, headers=headers) for _ in range(2)]
    assert (first.status_code, second.status_code) == (200, 200)
    assert second.json() == first.json()


async def test_a_list_shows_follow_up_and_open_alerts(
    suite: Suite, inspector: Caller, module_database: Database
) -> None:
    followed, quiet = await suite.submitted(inspector), await suite.submitted(inspector)
    heard = (
        '{"status": "acknowledged", "owner_post": "so-y-te-head", "due_at": "2026-04-01T17:00:00Z", "percent": 0,'
        ' "alerts": {"00000000-0000-0000-0000-000000000007": {"rule": "no_plan", "step": 1,'
        ' "acknowledged_until": null}}}'
    )
    module_database.execute(
        "insert into inspection.finding_progress values (%s, 'acknowledged', 'so-y-te-head', now(), 0, 1, 1, %s)",
        followed,
        heard,
    )
    rows = {row["id"]: row for row in (await suite.get(inspector, "?mine=true")).json()["items"]}
    assert set(rows) == {followed, quiet}
    assert rows[followed]["follow_up"]["status"] == "acknowledged"
    assert [(alert["rule"], alert["step"]) for alert in rows[followed]["alerts"]] == [("no_plan", 1)]
    alerted = (await suite.get(inspector, "?mine=true&alerted=true")).json()["items"]
    assert [row["id"] for row in alerted] == [followed]


async def test_what_the_follow_up_did_is_seen_though_the_finding_itself_did_not_change(
    suite: Suite, inspector: Caller, module_database: Database
) -> None:
    finding_id = await suite.submitted(inspector)
    first = await suite.get(inspector, f"/{finding_id}")
    same = await suite.get(inspector, f"/{finding_id}", if_none_match=first.headers["etag"])
    assert same.status_code == 304
    heard = '{"status": "opened", "owner_post": "x", "due_at": "2026-04-01T17:00:00Z", "percent": 0, "alerts": {}}'
    module_database.execute(
        "insert into inspection.finding_progress values (%s, 'opened', 'x', now(), 0, 0, null, %s)", finding_id, heard
    )
    moved = await suite.get(inspector, f"/{finding_id}", if_none_match=first.headers["etag"])
    assert moved.json()["follow_up"]["status"] == "opened"
    withdrawn = await suite.post(inspector, f"/{finding_id}/withdraw", REASON, if_match=moved.headers["etag"])
    assert withdrawn.status_code == 200


async def test_a_list_goes_on_where_its_page_ended(suite: Suite, inspector: Caller) -> None:
    days = ["2026-01-05", "2026-01-07", "2026-01-06", "2026-01-07"]
    made = [await suite.submitted(inspector, fact_date=day) for day in days]
    first = (await suite.get(inspector, "?mine=true&limit=2")).json()
    second = (await suite.get(inspector, f"?mine=true&limit=2&cursor={first['next']}")).json()
    assert second["next"] is None
    seen = [row["id"] for row in first["items"] + second["items"]]
    assert sorted(seen) == sorted(made)
    assert set(seen[:2]) == {made[1], made[3]}
    assert seen[2:] == [made[2], made[0]]


async def test_nobody_is_told_of_a_draft_but_its_author_and_leaders(suite: Suite, inspector: Caller) -> None:
    draft = await suite.drafted(inspector)
    another = Caller(Role.INSPECTOR, "thanh-tra", uuid4())
    seen = {
        "author": await suite.sees(inspector, draft),
        "leader": await suite.sees(LEADER, draft),
        "head": await suite.sees(HEAD, draft),
        "another": await suite.sees(another, draft),
        "chair": await suite.sees(insider(Role.AUTHORITY), draft),
    }
    in_sight, nothing = (200, True), (404, False)
    assert seen == {
        "author": in_sight,
        "leader": in_sight,
        "head": nothing,
        "another": nothing,
        "chair": nothing,
    }


async def test_a_rules_draft_is_seen_by_inspectors_and_submitted_by_one(suite: Suite, inspector: Caller) -> None:
    finding_id = uuid4()
    content = FindingContent(
        agency_id=CASE_AGENCY,
        violation_type=TYPE,
        directive_id=PACK.directive_id,
        fact_date=date(2026, 2, 2),
        source=FindingSource.POLICY,
        inspection_id=None,
        matter_id=finding_id,
        officials=(),
        narrative=DocumentRef(document_id=uuid4(), sha256="0" * 64),
        evidence=(),
        replaces=None,
    )
    await suite.carry_out(FINDING, finding_id, DraftByPolicy(finding_id, content))
    assert await suite.sees(inspector, str(finding_id)) == (200, True)
    assert await suite.sees(HEAD, str(finding_id)) == (404, False)
    taken_up = await suite.post(inspector, f"/{finding_id}/submit", {}, if_match='"1"')
    assert taken_up.status_code == 200
    shown = (await suite.get(HEAD, f"/{finding_id}")).json()
    assert (shown["status"], shown["inspector_id"]) == ("submitted", str(inspector.person_id))


async def test_to_an_outsider_a_finding_does_not_exist(suite: Suite, inspector: Caller) -> None:
    finding_id = await suite.submitted(inspector)
    for role in (Role.INSPECTOR, Role.HEAD, Role.AGENCY_USER):
        outside = outsider(role)
        assert outside is not None
        assert await suite.sees(outside, finding_id) == (404, False)


async def test_a_finding_at_an_ended_agency_is_refused_in_vietnamese_naming_the_successor(
    suite: Suite, inspector: Caller
) -> None:
    name = Name(vi="Sở cũ", en="Old department")
    await suite.carry_out(ORGANISATION, AUTHORITY, CreateAgency("so-cu", name, AgencyKind.DEPARTMENT, "tinh", SINCE))
    await suite.carry_out(ORGANISATION, AUTHORITY, EndAgency("so-cu", "so-y-te", date(2026, 1, 1)))
    written = WRITING | {"agency_id": "so-cu", "officials": []}
    answer = await suite.post(inspector, "", written, accept_language="vi")
    problem = answer.json()
    assert told(answer) == (409, "agency-ended-before")
    assert problem["detail"] == "Cơ quan so-cu đã kết thúc hoạt động từ ngày 01/01/2026; so-y-te kế thừa."
    assert (problem["field"], problem["facts"]["successor_id"]) == ("agency_id", "so-y-te")


async def test_the_head_contests_and_another_answers_and_confirms(suite: Suite, inspector: Caller) -> None:
    finding_id = await suite.submitted(inspector, officials=[])
    contested = await suite.post(HEAD, f"/{finding_id}/contest", REASON, if_match='"1"')
    assert contested.status_code == 200
    silent = await suite.post(LEADER, f"/{finding_id}/confirm", {}, if_match='"2"')
    assert told(silent) == (409, "answer-missing")
    confirmed = await suite.post(LEADER, f"/{finding_id}/confirm", {"answer": "Không có căn cứ"}, if_match='"2"')
    assert confirmed.json() == {"id": finding_id, "version": 3}
    assert (await suite.get(HEAD, f"/{finding_id}")).json()["status"] == "confirmed"


async def test_silence_never_confirms_and_nobody_confirms_before_the_window_has_passed(
    suite: Suite, inspector: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    finding_id = await suite.submitted(inspector)
    early = await suite.post(LEADER, f"/{finding_id}/confirm", {}, if_match='"1"')
    assert told(early) == (409, "contest-window-open")
    later(monkeypatch, days=30)
    assert (await suite.get(LEADER, f"/{finding_id}")).json()["status"] == "submitted"
    late = await suite.post(HEAD, f"/{finding_id}/contest", REASON, if_match='"1"')
    assert told(late) == (409, "contest-window-closed")
    own = Caller(Role.TEAM_LEADER, "thanh-tra", inspector.person_id)
    assert told(await suite.post(own, f"/{finding_id}/confirm", {}, if_match='"1"')) == (409, "confirmed-by-its-author")
    assert (await suite.post(LEADER, f"/{finding_id}/confirm", {}, if_match='"1"')).status_code == 200


async def test_nobody_judges_what_his_agency_inherited_or_what_was_his_on_the_day_of_the_fact(
    suite: Suite, inspector: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The office ends after the finding, and the department of education answers for what is open there."""
    of_heir, was_there = (Caller(Role.TEAM_LEADER, "thanh-tra", uuid4()) for _ in range(2))
    name, kind = Name(vi="Chi cục cũ", en="Old office"), SubjectKind.CIVIL_SERVANT
    posts = {"chi-cuc-cu-head": "chi-cuc-cu", "chi-cuc-cu-clerk": "chi-cuc-cu", "so-giao-duc-clerk": "so-giao-duc"}
    office = [
        CreateAgency("chi-cuc-cu", name, AgencyKind.DEPARTMENT, "tinh", SINCE),
        *(
            CreatePost(post, agency, PostKind.HEAD if post.endswith("head") else PostKind.OFFICIAL, name, kind, SINCE)
            for post, agency in posts.items()
        ),
        FillPost("so-giao-duc-clerk", of_heir.person_id, False, SINCE),
        FillPost("chi-cuc-cu-clerk", was_there.person_id, False, SINCE),
        VacatePost("chi-cuc-cu-clerk", date(2026, 2, 20)),
    ]
    for command in office:
        await suite.carry_out(ORGANISATION, AUTHORITY, command)
    finding_id = await suite.submitted(inspector, agency_id="chi-cuc-cu", officials=[])
    await suite.carry_out(ORGANISATION, AUTHORITY, EndAgency("chi-cuc-cu", "so-giao-duc", date(2026, 3, 20)))
    later(monkeypatch, days=30)

    judged = [
        told(await suite.post(who, f"/{finding_id}/{how}", body, if_match='"1"'))
        for who in (of_heir, was_there)
        for how, body in (("confirm", {}), ("dismiss", REASON))
    ]

    assert judged == [(409, "judge-is-concerned")] * 4
    assert (await suite.post(LEADER, f"/{finding_id}/confirm", {}, if_match='"1"')).status_code == 200


async def test_a_decision_rests_on_what_was_seen(suite: Suite, inspector: Caller) -> None:
    finding_id = await suite.submitted(inspector)
    assert told(await suite.post(inspector, f"/{finding_id}/withdraw", REASON)) == (428, "if-match-missing")
    stale = await suite.post(inspector, f"/{finding_id}/withdraw", REASON, if_match='"7"')
    assert told(stale) == (412, "version-not-current")
    assert (await suite.post(inspector, f"/{finding_id}/withdraw", REASON, if_match='"1"')).status_code == 200


async def test_an_amendment_names_neither_agency_nor_violation(suite: Suite, inspector: Caller) -> None:
    finding_id = await suite.submitted(inspector)
    amendment = {"fact_date": "2026-02-03", "narrative": "Trễ 13 ngày", "reason": "Đếm sai"}
    moved = amendment | {"agency_id": "so-giao-duc"}
    assert told(await suite.post(inspector, f"/{finding_id}/amend", moved, if_match='"1"')) == (422, "input-invalid")
    assert (await suite.post(inspector, f"/{finding_id}/amend", amendment, if_match='"1"')).status_code == 200
    assert (await suite.get(inspector, f"/{finding_id}")).json()["fact_date"] == "2026-02-03"


async def test_a_duplicate_goes_on_under_the_finding_that_was_first(suite: Suite, inspector: Caller) -> None:
    first, second = await suite.submitted(inspector), await suite.submitted(inspector)
    younger, older = max(first, second), min(first, second)
    body = {"original_id": older, "reason": "submitted-twice"}
    marked = await suite.post(LEADER, f"/{younger}/duplicate", body, if_match='"1"')
    assert marked.status_code == 200
    assert (await suite.get(HEAD, f"/{younger}")).json()["status"] == "duplicate"


async def pair(suite: Suite, inspector: Caller) -> tuple[str, str]:
    """Two findings of the same thing, and which of them was first."""
    first, second = sorted([await suite.submitted(inspector), await suite.submitted(inspector)])
    return first, second


async def test_nothing_is_a_duplicate_of_what_is_withdrawn_meanwhile(suite: Suite, inspector: Caller) -> None:
    """Else the violation would count nowhere."""
    original, twin = await pair(suite, inspector)

    async def withdraw() -> None:
        assert (await suite.post(inspector, f"/{original}/withdraw", REASON, if_match='"1"')).status_code == 200

    body = {"original_id": original, "reason": "submitted-twice"}
    with meanwhile(suite.context.store, withdraw):
        marked = await suite.post(LEADER, f"/{twin}/duplicate", body, if_match='"1"')
    assert told(marked) == (409, "original-does-not-stand")
    assert (await suite.get(LEADER, f"/{twin}")).json()["status"] == "submitted"


async def test_a_duplicate_is_marked_though_its_original_is_amended_meanwhile(suite: Suite, inspector: Caller) -> None:
    original, twin = await pair(suite, inspector)
    amendment = {"fact_date": "2026-02-03", "narrative": "Trễ 13 ngày", "reason": "Đếm sai"}

    async def amend() -> None:
        assert (await suite.post(inspector, f"/{original}/amend", amendment, if_match='"1"')).status_code == 200

    body = {"original_id": original, "reason": "submitted-twice"}
    with meanwhile(suite.context.store, amend):
        marked = await suite.post(LEADER, f"/{twin}/duplicate", body, if_match='"1"')
    assert marked.status_code == 200


async def test_texts_are_read_through_the_registry_which_records_who_read_them(
    suite: Suite, inspector: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: dict[UUID, str] = {}
    readings: list[Reading] = []

    async def put(_registry: object, document_id: UUID, text: str, kept_by: str | None = None) -> DocumentRef:
        assert kept_by is None
        kept[document_id] = text
        return DocumentRef(document_id=document_id, sha256="0" * 64)

    async def read(_registry: object, refs: Sequence[DocumentRef], reading: Reading) -> Mapping[UUID, Document]:
        readings.append(reading)
        asked = {ref.document_id for ref in refs}
        return {id_: Document(id_, 1, text, b"") for id_, text in kept.items() if id_ in asked and "Phiếu" not in text}

    monkeypatch.setattr(opening.NoRegistry, "put_document", put)
    monkeypatch.setattr(opening.NoRegistry, "documents", read)
    finding_id = await suite.submitted(inspector)
    shown = (await suite.get(HEAD, f"/{finding_id}")).json()
    assert shown["narrative"] == WRITING["narrative"]
    assert shown["evidence"] == [None], "what was erased is absent"
    assert [(r.reader, r.purpose) for r in readings] == [(str(HEAD.person_id), "GET /inspection/findings/{finding_id}")]
