"""Follow-ups and reviews over HTTP: the whole life, lists, timelines, the live stream, what outsiders never learn."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from inspection.organisation.commands import Command
from schemas.values import Answerable
from services.application.identity import Role
from services.application.registry import Document
from services.entrypoints.api.context import Context
from services.entrypoints.api.discipline import API
from tests.api.access.table import Caller, insider
from tests.api.conftest import OpenContext, TokenFor
from tests.api.discipline_cases import DUE, confirm, open_follow_up, plant, post, propose_review
from tests.api.opening import NoRegistry
from tests.api.test_live import ids
from tests.discipline.samples import answerable
from tests.listening import served
from tests.parts import Database

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
CLERK = Caller(Role.AGENCY_USER, "so-y-te", UUID("00000000-0000-0000-0000-00000000c1e4"))
INSPECTOR, HEAD, CHAIR = insider(Role.INSPECTOR), insider(Role.HEAD), insider(Role.AUTHORITY)
AUDITOR = insider(Role.AUDITOR)


class KeepingRegistry:
    """Keeps texts in memory."""

    def __init__(self) -> None:
        self.texts: dict[UUID, str] = {}

    def install(self, patch: pytest.MonkeyPatch) -> None:
        put, keep = NoRegistry.put_document, self.texts

        async def put_document(registry: NoRegistry, document_id: UUID, text: str, kept_by: str | None = None) -> Any:
            keep[document_id] = text
            return await put(registry, document_id, text, kept_by)

        async def documents(_registry: NoRegistry, refs: Any, _reading: Any) -> Mapping[UUID, Document]:
            return {
                ref.document_id: Document(ref.document_id, 1, keep[ref.document_id], salt=b"")
                for ref in refs
                if ref.document_id in keep
            }

        patch.setattr(NoRegistry, "put_document", put_document)
        patch.setattr(NoRegistry, "documents", documents)


@dataclass
class Office:
    """Everybody, each at his own desk."""

    client: httpx.AsyncClient
    context: Context
    token: TokenFor

    async def send(
        self, by: Caller, path: str, body: Mapping[str, Any] | None = None, *, seen: int | None = None, vi: bool = False
    ) -> httpx.Response:
        headers = self.headers(by, vi=vi)
        if seen is not None:
            headers["if-match"] = f'"{seen}"'
        if body is None:
            return await self.client.get(f"/discipline{path}", headers=headers)
        headers["idempotency-key"] = str(uuid4())
        return await self.client.post(f"/discipline{path}", json=body, headers=headers)

    async def done(self, by: Caller, path: str, body: Mapping[str, Any], *, seen: int | None = None) -> int:
        answer = await self.send(by, path, body, seen=seen)
        assert answer.status_code == 200, answer.text
        version: int = answer.json()["version"]
        return version

    async def get(self, by: Caller, path: str) -> Any:
        answer = await self.send(by, path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def listed(self, by: Caller, query: str = "") -> set[str]:
        page = await self.get(by, f"/follow-ups?limit=200{query}")
        return {item["id"] for item in page["items"]}

    def headers(self, by: Caller, *, vi: bool = False) -> dict[str, str]:
        bearer = self.token(by.role, by.agency_id, person_id=by.person_id)
        return {"authorization": f"Bearer {bearer}", "accept-language": "vi" if vi else "en"}


@asynccontextmanager
async def at_work(
    open_context: OpenContext,
    token: TokenFor,
    patch: pytest.MonkeyPatch,
    planted: list[bool],
    posts: Iterable[Command] = (),
) -> AsyncIterator[Office]:
    """Everybody at work on the module's database, which gets its organisation, with more posts, the first time."""
    KeepingRegistry().install(patch)
    async with open_context(API) as (client, context):
        if not planted:
            await plant(context.pool, posts)
            planted.append(True)
        yield Office(client, context, token)


@pytest.fixture
async def office(
    open_context: OpenContext, token: TokenFor, planted: list[bool], monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Office]:
    async with at_work(
        open_context, token, monkeypatch, planted, post("so-y-te-clerk", "so-y-te", CLERK.person_id)
    ) as office:
        yield office


MEASURES = {"measures": [{"measure_id": "train-desk", "description": "Tập huấn.", "until": "2026-03-10"}]}
COMPLETION = {"report": "Xong.", "evidence": ["Ảnh."]}


async def worked_on(office: Office, finding_id: UUID) -> int:
    """Up to the claim; the version then."""
    case = f"/follow-ups/{finding_id}"
    await office.done(HEAD, f"{case}/assign", {"post_id": "so-y-te-clerk"})
    await office.done(CLERK, f"{case}/acknowledge", {})
    seen = await office.done(CLERK, f"{case}/plans", MEASURES)
    await office.done(INSPECTOR, f"{case}/plans/accept", {}, seen=seen)
    await office.done(CLERK, f"{case}/progress", {"percent": 60, "report": "Đang làm."})
    return await office.done(CLERK, f"{case}/completion", COMPLETION)


# -- the life of a follow-up ------------------------------------------------------------------------------------------


async def test_a_follow_up_from_its_opening_to_its_end(office: Office) -> None:
    finding_id = await open_follow_up(office.context)
    case = f"/follow-ups/{finding_id}"
    seen = await worked_on(office, finding_id)
    await office.done(INSPECTOR, f"{case}/verify", {}, seen=seen)
    assert (await office.get(HEAD, case))["follow_up"]["status"] == "verified"
    await confirm(office.context, finding_id)

    shown = await office.get(HEAD, case)

    row = shown["follow_up"]
    assert (row["status"], row["on_time"], row["going_on"], row["overdue"]) == ("closed", True, False, False)
    assert [moved["type"].split(".")[1] for moved in shown["timeline"]] == [
        "follow_up_opened",
        "follow_up_assigned",
        "follow_up_acknowledged",
        "plan_submitted",
        "plan_accepted",
        "progress_reported",
        "completion_claimed",
        "remediation_verified",
        "follow_up_finding_confirmed",
        "follow_up_closed",
    ]
    assert set(shown["texts"].values()) == {"Tập huấn.", "Đang làm.", "Xong.", "Ảnh."}


async def test_a_timeline_names_what_happened_in_the_callers_language(office: Office) -> None:
    finding_id = await open_follow_up(office.context)
    case = f"/follow-ups/{finding_id}"

    names = {
        language: (await office.send(HEAD, case, vi=language == "vi")).json()["timeline"][0]["name"]
        for language in ("vi", "en")
    }

    assert names == {"vi": "Mở hồ sơ khắc phục", "en": "Follow-up opened"}


async def test_more_time_is_asked_for_and_granted_until_the_end_of_a_working_day(office: Office) -> None:
    """5 April 2026 is a Sunday."""
    finding_id = await open_follow_up(office.context)
    case = f"/follow-ups/{finding_id}"
    seen = await office.done(HEAD, f"{case}/extensions", {"until": "2026-04-05", "reason": "Chờ phần mềm."})
    waiting = (await office.get(HEAD, case))["follow_up"]
    await office.done(INSPECTOR, f"{case}/extensions/grant", {}, seen=seen)
    granted = (await office.get(HEAD, case))["follow_up"]

    assert (waiting["extension_asked_until"], waiting["due_at"]) == ("2026-04-05", "2026-03-20T17:00:00Z")
    assert (granted["extension_asked_until"], granted["due_at"]) == (None, "2026-04-06T17:00:00Z")


async def test_who_judges_has_seen_what_he_judges(office: Office) -> None:
    finding_id = await open_follow_up(office.context)
    case = f"/follow-ups/{finding_id}"
    seen = await worked_on(office, finding_id)

    blind = await office.send(INSPECTOR, f"{case}/verify", {})
    stale = await office.send(INSPECTOR, f"{case}/verify", {}, seen=seen - 1)

    assert (blind.status_code, stale.status_code) == (428, 412)


async def test_a_refusal_is_told_in_vietnamese_with_its_rule_and_its_mend(office: Office) -> None:
    finding_id = await open_follow_up(office.context)
    case = f"/follow-ups/{finding_id}"
    seen = await worked_on(office, finding_id)

    answer = await office.send(HEAD, f"{case}/verify", {}, seen=seen, vi=True)

    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (403, "unit-cannot-judge")
    assert problem["detail"] == "Người của so-y-te không được xác minh hay quyết định việc của chính cơ quan mình."
    assert problem["mend"] == "Để cơ quan thanh tra hoặc cơ quan cấp trên thực hiện."


@pytest.mark.parametrize(
    ("by", "path", "body", "status", "code"),
    [
        (CLERK, "/acknowledge", {}, 403, "not-the-owner"),
        (HEAD, "/progress", {"percent": 1, "report": "x"}, 409, "not-acknowledged"),
        (HEAD, "/assign", {"post_id": "thanh-tra-head"}, 422, "owner-outside-agency"),
        (HEAD, "/assign", {"post_id": "nowhere"}, 422, "post-not-in-directory"),
        (HEAD, "/extensions", {"until": "2026-03-01", "reason": "x"}, 422, "extension-not-later"),
        (HEAD, "/completion", {"report": "x", "evidence": []}, 422, "input-invalid"),
        (HEAD, "/progress", {"percent": 101, "report": "x"}, 422, "input-invalid"),
    ],
)
async def test_what_is_refused_says_why(  # each rule is specified in tests/discipline
    office: Office, by: Caller, path: str, body: dict[str, Any], status: int, code: str
) -> None:
    finding_id = await open_follow_up(office.context)

    answer = await office.send(by, f"/follow-ups/{finding_id}{path}", body)

    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_a_command_sent_again_gets_its_first_answer_even_from_who_lost_the_case_by_it(office: Office) -> None:
    """He works elsewhere and holds the owning post: passing the case on, he loses sight of it."""
    finding_id = await open_follow_up(office.context)
    path = f"/discipline/follow-ups/{finding_id}"
    await office.done(HEAD, f"/follow-ups/{finding_id}/assign", {"post_id": "so-y-te-clerk"})
    elsewhere = Caller(Role.AGENCY_USER, "so-giao-duc", CLERK.person_id)
    headers = {**office.headers(elsewhere), "idempotency-key": str(uuid4())}
    body = {"post_id": "so-y-te-head", "reason": "Nghỉ phép."}

    first = await office.client.post(f"{path}/hand-over", json=body, headers=headers)
    again = await office.client.post(f"{path}/hand-over", json=body, headers=headers)
    other = await office.client.post(f"{path}/acknowledge", json={}, headers=headers)

    assert (first.status_code, again.status_code, again.json()) == (200, 200, first.json())
    assert again.headers["idempotent-replayed"] == "true"
    assert other.status_code == 404


# -- lists ------------------------------------------------------------------------------------------------------------


async def test_a_list_shows_what_lies_within_reach(office: Office) -> None:
    here = str(await open_follow_up(office.context))
    elsewhere = str(await open_follow_up(office.context, agency_id="so-giao-duc"))

    assert {here, elsewhere} <= await office.listed(CHAIR)
    assert {here, elsewhere} <= await office.listed(AUDITOR)
    assert here in await office.listed(HEAD)
    assert elsewhere not in await office.listed(HEAD)
    assert elsewhere in await office.listed(CHAIR, "&agency=so-giao-duc")
    assert here not in await office.listed(CHAIR, "&agency=so-giao-duc")


async def test_mine_are_those_of_my_posts_and_of_my_findings(office: Office) -> None:
    assigned = str(await open_follow_up(office.context))
    await office.done(HEAD, f"/follow-ups/{assigned}/assign", {"post_id": "so-y-te-clerk"})
    heads = str(await open_follow_up(office.context))
    found = str(await open_follow_up(office.context, inspector_id=INSPECTOR.person_id))

    assert await office.listed(CLERK, "&mine=true") & {assigned, heads, found} == {assigned}
    assert await office.listed(INSPECTOR, "&mine=true") & {assigned, heads, found} == {found}


async def test_what_is_due_and_what_is_overdue_follow_from_the_clock(office: Office) -> None:
    """The clock of these tests stands on 2 March 2026."""
    late = str(await open_follow_up(office.context, due_at=NOW - timedelta(days=1)))
    soon = str(await open_follow_up(office.context, due_at=datetime(2026, 3, 5, 17, tzinfo=UTC)))
    later = str(await open_follow_up(office.context, due_at=DUE))
    three = {late, soon, later}

    assert await office.listed(HEAD, "&due=2026-03-05") & three == {late, soon}
    assert await office.listed(HEAD, f"&due={date.max}") & three == three
    assert await office.listed(HEAD, "&overdue=true") & three == {late}
    assert await office.listed(HEAD, "&overdue=false") & three == {soon, later}
    assert await office.listed(HEAD, "&status=opened&going_on=true") & three == three
    assert (await office.get(HEAD, f"/follow-ups/{late}"))["follow_up"]["overdue"]


async def test_pages_follow_one_another_without_gap_or_repeat(office: Office) -> None:
    for _ in range(5):
        await open_follow_up(office.context)
    everything = [item["id"] for item in (await office.get(HEAD, "/follow-ups?limit=200"))["items"]]

    seen: list[str] = []
    query = ""
    while True:
        page = await office.get(HEAD, f"/follow-ups?limit=2{query}")
        seen += [item["id"] for item in page["items"]]
        if page["next"] is None:
            break
        query = f"&cursor={page['next']}"

    assert seen == everything


# -- the case as it happens -------------------------------------------------------------------------------------------


@pytest.fixture
async def url(office: Office) -> AsyncIterator[str]:
    transport = office.client._transport
    assert isinstance(transport, httpx.ASGITransport)
    async with served(transport.app) as base:
        yield base


@asynccontextmanager
async def watching(
    office: Office, url: str, by: Caller, path: str, last: str | None = None
) -> AsyncIterator[AsyncIterator[str]]:
    """The lines of a case's stream."""
    headers = {**office.headers(by), **({} if last is None else {"last-event-id": last})}
    async with (
        httpx.AsyncClient(timeout=30) as client,
        client.stream("GET", f"{url}/discipline{path}/events", headers=headers) as answer,
    ):
        yield answer.aiter_lines()


async def read(office: Office, url: str, by: Caller, path: str, most: int, last: str | None = None) -> list[str]:
    async with watching(office, url, by, path, last) as lines:
        return await ids(lines, most)


async def test_a_case_is_told_as_it_happens_and_resumes_after_a_cut(office: Office, url: str) -> None:
    finding_id = await open_follow_up(office.context)
    case = f"/follow-ups/{finding_id}"
    first = await read(office, url, HEAD, case, 1)
    reading = asyncio.create_task(read(office, url, HEAD, case, 6, first[-1]))
    await worked_on(office, finding_id)

    told = [int(id_) for id_ in [*first, *await reading]]

    stored = await office.context.store.load(f"follow_up-{finding_id}")
    assert told == [recorded.position for recorded in stored]


async def test_whoever_loses_the_case_hears_nothing_further(office: Office, url: str) -> None:
    """He works elsewhere, and saw it only because it was assigned to his post."""
    finding_id = await open_follow_up(office.context)
    case = f"/follow-ups/{finding_id}"
    await office.done(HEAD, f"{case}/assign", {"post_id": "so-y-te-clerk"})
    elsewhere = Caller(Role.AGENCY_USER, "so-giao-duc", CLERK.person_id)
    async with watching(office, url, elsewhere, case) as lines:
        assert len(await ids(lines, 2)) == 2

        await office.done(HEAD, f"{case}/assign", {"post_id": "so-y-te-head"})

        assert await asyncio.wait_for(ids(lines), 120) == []
    assert (await office.send(elsewhere, case)).status_code == 404


# -- reviews are confidential -----------------------------------------------------------------------------------------


async def test_a_follow_up_never_tells_that_a_review_was_demanded(office: Office, url: str) -> None:
    terms = answerable(Answerable.COLLECTIVE)
    finding_id = await open_follow_up(office.context, terms=terms)
    await confirm(office.context, finding_id, terms)
    case = f"/follow-ups/{finding_id}"
    stored = [recorded.event.type for recorded in await office.context.store.load(f"follow_up-{finding_id}")]
    assert "discipline.review_demanded.v1" in stored

    shown = await office.get(HEAD, case)
    told = await read(office, url, HEAD, case, 2)

    assert "review_demanded" not in json.dumps(shown)
    assert len(told) == 2


async def test_the_chair_opens_a_review_and_sees_its_rows_and_dates(office: Office) -> None:
    review_id = await propose_review(office.context)
    path = f"/reviews/{review_id}"
    before = await office.get(CHAIR, path)

    await office.done(CHAIR, f"{path}/open", {}, seen=before["review"]["version"])

    review = (await office.get(CHAIR, path))["review"]
    processing = review["processing"]
    assert review["status"] == "open"
    assert (processing["rule_id"], processing["starts_on"]) == ("decree-172-2025-processing", "2026-02-10")
    assert processing["ends_at"] == "2026-05-11T17:00:00Z"
    assert review["limitation"] == []
    assert review["meeting_until"] == "2026-03-23T17:00:00Z"


async def test_the_chair_refuses_a_review_with_reasons(office: Office) -> None:
    path = f"/reviews/{await propose_review(office.context)}"

    await office.done(CHAIR, f"{path}/refuse", {"reasons": "Chưa đủ căn cứ."}, seen=1)

    shown = await office.get(CHAIR, path)
    assert (shown["review"]["status"], list(shown["texts"].values())) == ("refused", ["Chưa đủ căn cứ."])


async def test_to_its_own_subject_a_review_does_not_exist(office: Office) -> None:
    review_id = str(await propose_review(office.context, person_id=CHAIR.person_id))

    answers = [
        await office.send(CHAIR, f"/reviews/{review_id}"),
        await office.send(CHAIR, f"/reviews/{review_id}/refuse", {"reasons": "x"}, seen=1),
        await office.send(CHAIR, f"/reviews/{uuid4()}"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    listed = (await office.get(CHAIR, "/reviews?limit=200"))["items"]
    assert review_id not in {item["id"] for item in listed}
    assert review_id in {item["id"] for item in (await office.get(AUDITOR, "/reviews?limit=200"))["items"]}


async def test_every_reading_of_a_review_is_recorded(office: Office, module_database: Database) -> None:
    review_id = await propose_review(office.context)
    path = f"/reviews/{review_id}"
    await office.get(CHAIR, "/reviews?limit=200")
    await office.get(AUDITOR, path)
    await office.send(HEAD, path)

    recorded = module_database.execute(
        "select reader, route from discipline.confidential_reads where review_id = %s order by id", review_id
    )

    assert recorded == [
        (str(CHAIR.person_id), "GET /discipline/reviews"),
        (str(AUDITOR.person_id), "GET /discipline/reviews/{review_id}"),
    ]
