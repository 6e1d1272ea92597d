"""Documents of a review over HTTP: each kind on its way, numbered, kept, and for nobody but those of the case."""

import asyncio
import io
import zipfile
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import httpx
import orjson
import pytest

from discipline.documents.register.commands import IssueDocument
from inspection.organisation.commands import RenameAgency
from schemas.base import Event
from schemas.discipline.documents import DocumentKind
from schemas.discipline.review_complaints import ComplaintAnswered, ComplaintFiled
from schemas.discipline.review_decision import DecisionServed, ReviewDecided
from schemas.discipline.reviews import ReviewOpened, ReviewProposed
from schemas.publishing.samples import sample
from schemas.values import Name
from services.adapters import law
from services.adapters.documents.printing import MEDIA_TYPES
from services.adapters.documents.shipped import shipped
from services.application.aggregate import Aggregate
from services.application.discipline.aggregates import REGISTER, REVIEW
from services.application.identity import Role
from services.application.registry import Document, Person, Reading
from services.entrypoints.api.discipline import API, documents
from tests.api import board_cases as cases
from tests.api import voting
from tests.api.access.table import Caller
from tests.api.board_cases import AUTHORITY, CHAIR, MEMBERS, SECRETARY
from tests.api.conftest import OpenContext, TokenFor
from tests.api.days import Days
from tests.api.discipline_cases import plant, request
from tests.api.opening import NoRegistry
from tests.api.test_discipline import AUDITOR, HEAD, Office, watching
from tests.api.test_live import ids
from tests.api.test_review_before_board import ROWS, proposed, voted
from tests.discipline import samples
from tests.discipline.law_rows import activated
from tests.documents.register_samples import document
from tests.documents.sheets import said_by_docx, said_by_pdf, unlike
from tests.listening import served
from tests.parts import Database

STRANGER = Caller(Role.BOARD_SECRETARY, "so-giao-duc", UUID(int=0x57A4))
NAMES = {
    AUTHORITY.person_id: "Trần Thị Hường",
    HEAD.person_id: "Nguyễn Văn Ẩn",
    CHAIR.person_id: "Lê Quang Đạo",
    SECRETARY.person_id: "Phạm Thị Ước",
    MEMBERS[2].person_id: "Hoàng Ngọc Ánh",
    MEMBERS[3].person_id: "Đỗ Đức Thịnh",
    MEMBERS[4].person_id: "Vũ Thị Kiều Oanh",
}
RENAMED = {"tinh": "UBND tỉnh Bình Lâm", "so-y-te": "Sở Y tế", "so-giao-duc": "Sở Giáo dục và Đào tạo"}
LEFT_OUT = ["denouncer", "third_persons", "personal_data", "party_discipline"]
DECISION, SUMMONS = "Để 12 hồ sơ trễ hẹn, không nêu lý do.", "Mang theo hồ sơ cấp phép."


@dataclass
class Archive:
    """A registry in memory that knows names, texts and files."""

    texts: dict[UUID, str] = field(default_factory=dict)
    rules: dict[UUID, str | None] = field(default_factory=dict)
    files: dict[tuple[UUID, str], bytes] = field(default_factory=dict)
    readings: list[Reading] = field(default_factory=list)
    names: dict[UUID, str] = field(default_factory=lambda: dict(NAMES))

    def install(self, patch: pytest.MonkeyPatch) -> None:
        put = NoRegistry.put_document

        async def put_document(registry: NoRegistry, document_id: UUID, text: str, kept_by: str | None = None) -> Any:
            self.texts[document_id], self.rules[document_id] = text, kept_by
            return await put(registry, document_id, text, kept_by)

        async def documents(_registry: NoRegistry, refs: Any, _reading: Reading) -> Mapping[UUID, Document]:
            found = {ref.document_id for ref in refs} & self.texts.keys()
            return {id_: Document(id_, 1, self.texts[id_], salt=b"") for id_ in found}

        async def put_file(_registry: NoRegistry, file_id: UUID, content: bytes, kept_by: str) -> str:
            self.rules[file_id] = kept_by
            self.files[file_id, sha256(content).hexdigest()] = content
            return sha256(content).hexdigest()

        async def file(_registry: NoRegistry, file_id: UUID, sha: str, reading: Reading) -> bytes | None:
            self.readings.append(reading)
            return self.files.get((file_id, sha))

        async def persons(_registry: NoRegistry, ids: Any) -> Mapping[UUID, Person]:
            return {id_: Person(self.names[id_]) for id_ in ids if id_ in self.names}

        for name, does in (
            ("put_document", put_document),
            ("documents", documents),
            ("put_file", put_file),
            ("file", file),
            ("persons", persons),
        ):
            patch.setattr(NoRegistry, name, does)


@pytest.fixture
def archive(monkeypatch: pytest.MonkeyPatch) -> Archive:
    kept = Archive()
    kept.install(monkeypatch)
    return kept


@pytest.fixture
async def office(
    open_context: OpenContext,
    token: TokenFor,
    planted: list[bool],
    archive: Archive,
    days: Days,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Office]:
    monkeypatch.setattr(law, "shipped", lambda: ROWS)
    async with open_context(API) as (client, context):
        if not planted:
            named = [RenameAgency(id_, Name(vi=name, en=name), date(2024, 1, 1)) for id_, name in RENAMED.items()]
            await plant(context.pool, [*cases.posts(), *named])
            planted.append(True)
        yield Office(client, context, token)


@dataclass
class File:
    """A review that has come a long way, and what is done with its documents."""

    office: Office
    days: Days
    review_id: UUID = field(default_factory=uuid4)

    async def step(self, by: Caller, step: str, **body: Any) -> None:
        await voting.stepped(self.office, by, self.review_id, step, **body)

    async def opened(self, review_id: UUID | None = None) -> None:
        self.review_id = review_id or await proposed(self.office)
        now = self.days.reach("02T08:00")
        await self.step(AUTHORITY, "open")
        await self.step(AUTHORITY, "secretary", person_id=str(SECRETARY.person_id))
        await self.step(SECRETARY, "notice", received_at=now, notice="x", proof="x", self_review_until="2026-03-09")

    async def met(self) -> None:
        await self.step(HEAD, "self-review", statement="Tôi tự kiểm điểm.")
        meeting = {"held_at": "2026-03-02T10:00:00+07:00", "chair": str(AUTHORITY.person_id), "must_attend": []}
        await self.step(SECRETARY, "meetings", agenda="Kiểm điểm", **meeting)
        self.days.reach("02T11:00")
        votes = [{"outcome": "discipline", "votes": 1}]
        attended = [str(AUTHORITY.person_id)]
        minutes = "Cuộc họp đã nghe bản tự kiểm điểm.\nCác thành viên phát biểu."
        told = {"attended": attended, "subject_present": True, "votes": votes, "minutes": minutes}
        await self.step(SECRETARY, "meetings/minutes", **told)

    async def summoned(self) -> str:
        board_id = await voting.convened(self.office, self.review_id)
        await self.step(AUTHORITY, "board", board_id=board_id, reasons="Cần xử lý kỷ luật.")
        await self.step(SECRETARY, "summons", hearing_at=cases.AT, summons=SUMMONS)
        received = self.days.reach("03T09:00")
        await self.step(SECRETARY, "summons/receipt", received_at=received, proof="Đã ký nhận.")
        return board_id

    async def recommended(self, board_id: str) -> None:
        self.days.reach("05T08:30")
        await voting.open_sitting(self.office, board_id)
        minutes = "Hội đồng nghe trình bày và thảo luận."
        await self.step(CHAIR, "hearing", statement="Tôi đã khắc phục.", minutes=minutes)
        ballot_id = await voted(self.office, board_id, self.review_id, *["warning"] * 3, *["reprimand"] * 2)
        await self.step(SECRETARY, "recommendation", ballot_id=ballot_id)

    async def decided(self) -> None:
        case = await self.office.get(AUTHORITY, f"/reviews/{self.review_id}")
        [finding] = case["review"]["findings"]
        conclusions = [{"finding_id": finding, "form": "warning"}]
        await self.step(AUTHORITY, "decide", form="warning", conclusions=conclusions, decision=DECISION)

    async def served(self) -> None:
        await self.step(SECRETARY, "serve", received_at=self.days.reach("06T09:00"), proof="Đã ký nhận.")

    async def published(self, text: str = "Vi phạm quy định về thời hạn giải quyết hồ sơ.") -> None:
        await self.step(SECRETARY, "publish", text=text, left_out=LEFT_OUT)

    async def answered(self) -> None:
        self.days.reach("09T09:00")
        await self.step(HEAD, "complaints", instance="first", complaint="Tôi không đồng ý.")
        await self.step(AUTHORITY, "complaints/accept")
        await self.step(AUTHORITY, "complaints/answer", outcome="upheld", answer="Không có tình tiết mới.")

    async def issue(self, kind: str, by: Caller = SECRETARY, **more: Any) -> httpx.Response:
        return await self.office.send(by, f"/reviews/{self.review_id}/documents", {"kind": kind, **more})

    async def issued(self, kind: str, by: Caller = SECRETARY, **more: Any) -> str:
        answer = await self.issue(kind, by, **more)
        assert answer.status_code == 201, answer.text
        document_id: str = answer.json()["id"]
        return document_id

    async def listed(self, by: Caller = AUTHORITY) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = (await self.office.get(by, f"/reviews/{self.review_id}/documents"))["items"]
        return items

    async def had(self, document_id: str, form: str = "pdf", by: Caller = AUTHORITY) -> httpx.Response:
        return await self.office.send(by, f"/reviews/{self.review_id}/documents/{document_id}/{form}")

    async def said(self, document_id: str) -> str:
        return said_by_pdf((await self.had(document_id)).content)


@pytest.fixture
async def file(office: Office, days: Days) -> File:
    """A review whose subject was notified."""
    begun = File(office, days)
    await begun.opened()
    return begun


@pytest.fixture
async def decided(file: File) -> File:
    """A review on which it was decided."""
    await file.met()
    await file.recommended(await file.summoned())
    await file.decided()
    return file


def refused(answer: httpx.Response) -> tuple[int, str]:
    problem = answer.json()
    assert problem["mend"]
    return answer.status_code, problem["code"]


# -- every kind on its way ------------------------------------------------------------------------------------------


async def test_every_kind_is_issued_on_the_way_and_says_what_the_case_says(file: File) -> None:
    opening = await file.issued("review-opening")
    await file.met()
    minutes = await file.issued("minutes")
    board_id = await file.summoned()
    summons = await file.issued("summons", CHAIR)
    await file.recommended(board_id)
    hearing = await file.issued("minutes", CHAIR)
    recommendation = await file.issued("recommendation")
    await file.decided()
    decision = await file.issued("decision")
    await file.served()
    await file.published()
    publication = await file.issued("publication", AUTHORITY)
    await file.answered()
    answer = await file.issued("complaint-answer", AUTHORITY)

    expected = {
        opening: ("QUYẾT ĐỊNH", "ông (bà) Nguyễn Văn Ẩn", "Thời hạn xử lý kỷ luật", "Trần Thị Hường"),
        minutes: ("BIÊN BẢN", "Các thành viên phát biểu.", "Đề nghị xử lý kỷ luật: 1 phiếu", "Phạm Thị Ước"),
        summons: ("GIẤY TRIỆU TẬP", "08:00 ngày 05/03/2026", SUMMONS, "HỘI ĐỒNG KỶ LUẬT", "Lê Quang Đạo"),
        hearing: ("Phiên họp hội đồng kỷ luật", "Hoàng Ngọc Ánh", "Tôi đã khắc phục."),
        recommendation: ("- Cảnh cáo: 3 phiếu", "- Khiển trách: 2 phiếu", "kiến nghị: cảnh cáo", "ngày 05/03/2026"),
        decision: ("Kỷ luật bằng hình thức cảnh cáo", DECISION, "Nghị định số 172/2025/NĐ-CP", "Kết thúc:"),
        publication: ("THÔNG BÁO", "Vi phạm quy định về thời hạn", "có hiệu lực từ ngày 06/03/2026"),
        answer: ("lần đầu", "giữ nguyên quyết định", "Không có tình tiết mới."),
    }
    for document_id, parts in expected.items():
        said = await file.said(document_id)
        assert [part for part in parts if part not in said] == [], said
        assert said_by_docx((await file.had(document_id, "docx")).content).count(parts[0]) >= 1
        assert unlike((await file.had(document_id, "docx")).content, (await file.had(document_id)).content) == []
    listed = await file.listed()
    assert len({(one["issuer"], one["board_id"], one["number"]) for one in listed}) == len(listed) == len(expected)
    number = next(one["number"] for one in listed if one["document_id"] == decision)
    for later in (publication, answer):
        assert f"số {number} ngày 05/03/2026" in await file.said(later)


async def test_who_differs_and_wants_it_on_record_stands_in_the_boards_minutes_with_the_count(file: File) -> None:
    """Nobody else's choice is told; and minutes that were issued before the vote are replaced by others."""
    await file.met()
    board_id = await file.summoned()
    await file.recommended(board_id)
    [ballot] = (await file.office.get(CHAIR, f"/boards/{board_id}/ballots"))["items"]
    opinion = "Tôi cho rằng vi phạm ở mức khiển trách; đề nghị ghi ý kiến bảo lưu."
    await file.office.done(MEMBERS[2], f"/ballots/{ballot['id']}/dissent", {"opinion": opinion})

    minutes = await file.issued("minutes", CHAIR)

    said = await file.said(minutes)
    counted = ("KẾT QUẢ BỎ PHIẾU:", "- Cảnh cáo: 3 phiếu", "- Khiển trách: 2 phiếu")
    for part in (*counted, "Ý KIẾN BẢO LƯU:", f"- {NAMES[MEMBERS[2].person_id]}: {opinion}"):
        assert part in said
    assert unlike((await file.had(minutes, "docx")).content, (await file.had(minutes)).content) == []


async def test_minutes_without_a_dissent_do_not_speak_of_one(decided: File) -> None:
    said = await decided.said(await decided.issued("minutes", CHAIR))

    assert "BẢO LƯU" not in said
    assert "- Cảnh cáo: 3 phiếu" in said


async def test_what_is_printed_of_a_calculation_is_what_people_are_shown(decided: File) -> None:
    said = await decided.said(await decided.issued("decision"))
    headers = decided.office.headers(AUTHORITY, vi=True)
    answer = await decided.office.client.get(f"/discipline/reviews/{decided.review_id}", headers=headers)
    shown = answer.json()
    decision = next(one["data"] for one in shown["timeline"] if one["type"] == "discipline.review_decided.v1")
    clocks = [*decision["limitation"], decision["processing"]]
    words = [shown["in_words"][shown["calculations"].index(clock)] for clock in clocks]
    assert len(words) == len(clocks) > 0
    for clock in words:
        assert clock["name"] in said
        assert [line for line in clock["lines"] if f"- {line}" not in said] == []


# -- numbers --------------------------------------------------------------------------------------------------------


async def test_numbers_follow_each_other_by_issuer_and_type_and_those_of_its_boards_as_well(
    office: Office, days: Days
) -> None:
    for _ in range(2):
        one = File(office, days)
        await one.opened()
        await one.issued("review-opening")
        await one.met()
        await one.summoned()
        await one.issued("summons", CHAIR)
        days.reach("02T08:00")
    found = await _numbers(office)
    decisions = [number for stream, number in found if ".decision." in stream]
    assert decisions == list(range(1, len(decisions) + 1))
    assert len(decisions) > 1
    summonses = [number for stream, number in found if ".boards.summons." in stream]
    assert summonses == list(range(1, len(summonses) + 1))
    assert len(summonses) > 1


async def _numbers(office: Office) -> list[tuple[str, int]]:
    rows = await office.context.pool.fetch(
        "select stream, (data->>'number')::integer as number from events"
        " where type = 'discipline.document_issued.v1' order by position"
    )
    return [(row["stream"], row["number"]) for row in rows]


async def test_boards_go_on_after_what_each_of_them_numbered_by_itself(office: Office) -> None:
    """As they did before all boards of an authority shared a register."""
    kind, board_id = DocumentKind.SUMMONS, uuid4()
    for issuer in ("so-cu", "so-khac"):
        one = document(7, kind=kind, issuer=issuer, board_id=board_id)
        register = f"{issuer}.{board_id}.{kind}.{one.year}"
        await office.context.handler.handle(REGISTER, register, IssueDocument(one, begins_after=6), request())

    async def before(*told: object) -> int:
        found: int = await office.context.pool.fetchval(documents.NUMBERED_APART, *told)
        return found

    assert await before("so-cu", [kind], "2026") == 7
    assert await before("so-cu", [kind], "2027") == 0
    assert await before("so-cu", [DocumentKind.MINUTES], "2026") == 0


async def test_a_step_has_one_document_unless_another_is_issued_in_its_place(file: File) -> None:
    first = await file.issued("review-opening")
    assert refused(await file.issue("review-opening")) == (409, "step-issued-before")
    second = await file.issued("review-opening", replaces=first)
    assert refused(await file.issue("review-opening", replaces=first)) == (422, "replaces-nothing")
    shown = {one["document_id"]: one for one in await file.listed()}
    assert (shown[first]["stands"], shown[second]["stands"]) == (False, True)
    assert shown[second]["replaces"] == first
    assert (await file.had(first)).status_code == 200


async def test_the_same_request_again_is_answered_with_the_same_document(file: File) -> None:
    headers = {**file.office.headers(SECRETARY), "idempotency-key": str(uuid4())}
    path, body = f"/discipline/reviews/{file.review_id}/documents", {"kind": "review-opening"}
    first = await file.office.client.post(path, json=body, headers=headers)
    again = await file.office.client.post(path, json=body, headers=headers)
    assert (first.status_code, again.status_code, again.headers["idempotent-replayed"]) == (201, 201, "true")
    assert first.json() == again.json()
    assert len(await file.listed()) == 1


async def test_of_two_who_issue_the_same_at_once_one_does_and_the_other_is_told(file: File) -> None:
    answers = await asyncio.gather(*(file.issue("review-opening", by) for by in (SECRETARY, AUTHORITY)))
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    [lost] = [answer for answer in answers if answer.status_code == 409]
    assert refused(lost) == (409, "step-issued-before")
    [shown] = await file.listed()
    assert lost.json()["facts"]["document_id"] == shown["document_id"]


async def test_a_preview_says_that_it_is_a_draft_and_takes_no_number(file: File, archive: Archive) -> None:
    path = f"/reviews/{file.review_id}/document-preview/review-opening"
    pdf = await file.office.send(SECRETARY, path)
    docx = await file.office.send(SECRETARY, f"{path}?form=docx")
    for said in (said_by_pdf(pdf.content), said_by_docx(docx.content)):
        assert "DỰ THẢO" in said
        assert "Số: ...../QĐ-UBND" in said
    assert (pdf.headers["content-type"], pdf.headers["cache-control"]) == ("application/pdf", "no-store")
    assert await file.listed() == []
    assert archive.files == {}


# -- the bytes ------------------------------------------------------------------------------------------------------


async def test_a_document_is_had_byte_for_byte_as_it_was_issued_and_the_hash_is_listed(
    file: File, archive: Archive
) -> None:
    document_id = await file.issued("review-opening")
    [shown] = await file.listed()
    row = law.OWN_RULE.rule_id
    for one in shown["files"]:
        content = (await file.had(document_id, one["format"])).content
        assert (sha256(content).hexdigest(), len(content)) == (one["sha256"], one["size"])
        assert content in archive.files.values()
    assert {archive.rules[file_id] for file_id, _ in archive.files} == {row} == {shown["kept_by"]}


async def test_what_is_written_about_a_review_is_kept_and_a_finding_is_not(file: File, archive: Archive) -> None:
    await file.step(HEAD, "self-review", statement="Tôi tự kiểm điểm.")
    kept = {text: archive.rules[id_] for id_, text in archive.texts.items()}
    assert kept["Tôi tự kiểm điểm."] == law.OWN_RULE.rule_id


async def test_an_inactive_row_keeps_nothing_and_an_active_one_does(
    file: File, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    await file.issued("review-opening")
    table = activated("disciplinary-files-kept")
    monkeypatch.setattr(law, "shipped", lambda: table)
    await file.step(HEAD, "self-review", statement="Tôi tự kiểm điểm.")
    [shown] = await file.listed()

    kept = {text: archive.rules[id_] for id_, text in archive.texts.items()}
    assert shown["kept_by"] == "suite-keeps-files"
    assert kept["Tôi tự kiểm điểm."] == "disciplinary-files-kept"


async def test_each_reading_is_recorded(file: File, archive: Archive, module_database: Database) -> None:
    document_id = await file.issued("review-opening")
    await file.had(document_id, by=AUDITOR)
    route = "GET /discipline/reviews/{review_id}/documents/{issued_id}/{form}"
    assert [(one.reader, one.purpose) for one in archive.readings] == [(str(AUDITOR.person_id), route)]
    read = module_database.execute(
        "select reader from discipline.confidential_reads where review_id = %s and route = %s", file.review_id, route
    )
    assert read == [(str(AUDITOR.person_id),)]


# -- who may --------------------------------------------------------------------------------------------------------


async def test_the_subject_sees_what_is_addressed_to_him_once_it_is_served(decided: File) -> None:
    minutes = await decided.issued("minutes", CHAIR)
    summons, decision = await decided.issued("summons", CHAIR), await decided.issued("decision")

    case = f"/reviews/{decided.review_id}"
    number = next(one["number"] for one in await decided.listed() if one["document_id"] == decision)
    assert (await decided.office.get(AUTHORITY, case))["decision_number"] == number
    assert (await decided.office.get(HEAD, case))["decision_number"] is None
    seen = {one["document_id"] for one in await decided.listed(HEAD)}
    assert seen == {summons}
    assert [(await decided.had(one, by=HEAD)).status_code for one in (summons, decision, minutes)] == [200, 404, 404]
    await decided.served()
    assert {one["document_id"] for one in await decided.listed(HEAD)} == {summons, decision}
    assert (await decided.office.get(HEAD, case))["decision_number"] == number
    assert (await decided.had(decision, by=HEAD)).status_code == 200


async def test_what_is_issued_stands_in_the_timeline_of_those_who_may_read_it(decided: File) -> None:
    """For the subject only once he was served with what it is of."""
    summons, decision = await decided.issued("summons", CHAIR), await decided.issued("decision")

    async def told(by: Caller) -> list[str]:
        timeline = (await decided.office.get(by, f"/reviews/{decided.review_id}"))["timeline"]
        assert timeline[-1]["name"]
        return [one["data"]["document_id"] for one in timeline if one["type"] == "discipline.document_issued.v1"]

    before = [await told(by) for by in (AUTHORITY, MEMBERS[2], AUDITOR, HEAD)]
    await decided.served()

    assert before == [[summons, decision]] * 3 + [[summons]]
    assert await told(HEAD) == [summons, decision]


async def test_whoever_follows_the_case_is_told_what_is_issued_and_of_no_other_case(decided: File) -> None:
    transport = decided.office.client._transport
    assert isinstance(transport, httpx.ASGITransport)
    other = File(decided.office, decided.days)
    await other.opened()
    await other.issued("review-opening")
    case, office = f"/reviews/{decided.review_id}", decided.office
    whole = len(await office.context.store.load(f"review-{decided.review_id}"))
    async with served(transport.app) as url, watching(office, url, MEMBERS[2], case) as lines:
        await ids(lines, whole)
        document_id = await decided.issued("decision")
        [position] = await asyncio.wait_for(ids(lines, 1), 120)
    told = await office.context.pool.fetchval("select data from events where position = $1", int(position))
    assert orjson.loads(told)["document_id"] == document_id


async def test_the_subjects_stream_passes_over_a_document_of_what_he_was_not_served_with(decided: File) -> None:
    transport = decided.office.client._transport
    assert isinstance(transport, httpx.ASGITransport)
    hidden, summons = await decided.issued("decision"), await decided.issued("summons", CHAIR)
    stored = await decided.office.context.pool.fetch(
        "select position from events where data ->> 'document_id' = any($1) order by position", [hidden, summons]
    )
    case = f"/reviews/{decided.review_id}"
    async with served(transport.app) as url, watching(decided.office, url, HEAD, case) as lines:
        told: list[str] = []
        while str(stored[1]["position"]) not in told:
            told += await asyncio.wait_for(ids(lines, 1), 120)
    assert str(stored[0]["position"]) not in told


# -- before a sitting -----------------------------------------------------------------------------------------------


@pytest.fixture
async def bundle(decided: File, archive: Archive) -> str:
    """The bundle of the sitting that heard it: with the finding's evidence, and with a document."""
    [finding] = (await decided.office.get(AUTHORITY, f"/reviews/{decided.review_id}"))["review"]["findings"]
    rows = []
    for place, (part, text) in enumerate((("narrative", "Trễ hẹn 12 hồ sơ."), ("evidence", "Ảnh chụp sổ theo dõi."))):
        archive.texts[document_id := uuid4()] = text
        told = (samples.document("x").sha256, "inspection.finding_submitted.v1", 1)
        rows.append((UUID(finding), place, part, document_id, *told, await decided.office.context.clock.now()))
    await decided.office.context.pool.executemany(
        "insert into finding_paper values ($1, $2, $3, $4, $5, $6, $7, $8)", rows
    )
    await decided.issued("summons", CHAIR)
    board_id = await cases.board_of(decided.office.context, decided.review_id)
    return f"/boards/{board_id}/sittings/1/bundle"


async def test_a_bundle_has_what_the_finding_rests_on_and_each_issued_document(
    decided: File, bundle: str, archive: Archive
) -> None:
    papers = (await decided.office.get(MEMBERS[2], bundle))["papers"]

    of_finding = [one for one in papers if one["finding_id"]]
    documents = [one for one in papers if one["kind"] == "document"]
    assert [(one["kind"], one["name"]) for one in of_finding] == [
        ("finding", "What was found"),
        ("evidence", "Evidence of the finding"),
    ]
    assert papers[:2] == of_finding
    assert {(one["media_type"], one["name"]) for one in documents} == {
        (type_, "summons") for type_ in MEDIA_TYPES.values()
    }
    [evidence, file] = [
        await decided.office.send(MEMBERS[2], one["file"].removeprefix("/discipline"))
        for one in (of_finding[1], documents[0])
    ]
    assert evidence.text == "Ảnh chụp sổ theo dõi."
    assert sha256(file.content).hexdigest() == documents[0]["sha256"] == file.headers["document-sha256"]


async def test_a_bundle_is_had_whole_with_a_manifest_by_which_each_paper_can_be_checked(
    decided: File, bundle: str, archive: Archive
) -> None:
    answer = await decided.office.send(MEMBERS[2], f"{bundle}.zip")

    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip")
    assert answer.headers["cache-control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as whole:
        assert whole.testzip() is None
        had = {name: whole.read(name) for name in whole.namelist()}
    manifest = orjson.loads(had["manifest.json"])
    listed = (await decided.office.get(MEMBERS[2], bundle))["papers"]
    assert [one["document_id"] for one in manifest["papers"]] == [one["document_id"] for one in listed]
    assert {one["file"] for one in manifest["papers"]} | {"000-agenda.txt", "manifest.json", "SHA256SUMS"} == set(had)
    assert all(one["sha256"] == sha256(had[one["file"]]).hexdigest() for one in manifest["papers"])
    assert all(one["sha256"] == one["stated_sha256"] for one in manifest["papers"] if one["kind"] == "document")
    sums = had["SHA256SUMS"].decode().splitlines()
    assert sums == [f"{sha256(data).hexdigest()}  {name}" for name, data in had.items() if name != "SHA256SUMS"]
    assert "Ảnh chụp sổ theo dõi." in {data.decode(errors="replace") for data in had.values()}


async def test_what_was_erased_is_named_as_absent_in_the_whole_bundle(
    decided: File, bundle: str, archive: Archive
) -> None:
    listed = (await decided.office.get(MEMBERS[2], bundle))["papers"]
    gone = listed[0]["document_id"]
    del archive.texts[UUID(gone)]

    answer = await decided.office.send(MEMBERS[2], f"{bundle}.zip")

    with zipfile.ZipFile(io.BytesIO(answer.content)) as whole:
        papers = orjson.loads(whole.read("manifest.json"))["papers"]
    assert [(one["document_id"], one["sha256"]) for one in papers if one["file"] is None] == [(gone, None)]


async def test_each_who_has_the_whole_bundle_is_recorded(decided: File, bundle: str, archive: Archive) -> None:
    await decided.office.send(MEMBERS[2], f"{bundle}.zip")

    route = "GET /discipline/boards/{board_id}/sittings/{sitting}/bundle.zip"
    read = await decided.office.context.pool.fetch(
        "select reader from confidential_reads where review_id = $1 and route = $2", decided.review_id, route
    )
    assert [row["reader"] for row in read] == [str(MEMBERS[2].person_id)]
    assert {(one.reader, one.purpose) for one in archive.readings} == {(str(MEMBERS[2].person_id), route)}


async def test_a_member_who_is_out_has_no_bundle(decided: File, bundle: str) -> None:
    board = bundle.partition("/sittings")[0]
    await decided.office.done(MEMBERS[2], f"{board}/declaration", {"related": True, "statement": "Có họ hàng."})

    told = [(await decided.office.send(by, f"{bundle}.zip")).status_code for by in (MEMBERS[2], HEAD, STRANGER, CHAIR)]

    assert told == [404, 403, 404, 200]


async def test_to_an_outsider_there_are_no_documents(decided: File) -> None:
    document_id = await decided.issued("decision")
    other = File(decided.office, decided.days, uuid4())
    for by in (STRANGER, Caller(Role.AUTHORITY, "huyen", uuid4())):
        answers = [
            await decided.office.send(by, f"/reviews/{decided.review_id}/documents"),
            await decided.had(document_id, by=by),
            await decided.issue("decision", by),
            await decided.office.send(by, f"/reviews/{decided.review_id}/document-preview/decision"),
            await other.issue("decision", by),
        ]
        assert {answer.status_code for answer in answers} <= {403, 404}
        assert all("Ẩn" not in answer.text for answer in answers)
    assert (await other.had(document_id)).status_code == 404


async def test_a_member_reads_and_issues_nothing(decided: File) -> None:
    document_id = await decided.issued("decision")
    assert (await decided.had(document_id, by=MEMBERS[2])).status_code == 200
    assert refused(await decided.issue("minutes", MEMBERS[2])) == (403, "not-keeper-of-file")


async def test_the_boards_chair_issues_the_boards_documents_only(decided: File) -> None:
    assert refused(await decided.issue("decision", CHAIR)) == (403, "not-keeper-of-file")
    assert (await decided.issue("recommendation", CHAIR)).status_code == 201


async def happened(file: File, *events: tuple[type[Event], Mapping[str, Any]]) -> None:
    """What the suite would have recorded, without the way there."""
    told = [kind.model_validate({**sample(kind), **but, "review_id": str(file.review_id)}) for kind, but in events]
    reviews: Aggregate[Any, Any, Any] = REVIEW
    as_told = replace(reviews, decide=lambda told, _state: told)
    await file.office.context.handler.handle(as_told, file.review_id, tuple(told), request())


@pytest.fixture
async def decided_below(office: Office, days: Days) -> File:
    """The head of the department decided, and the chair is the authority above."""
    below = File(office, days, uuid4())
    subject = {"kind": "civil_servant", "agency_id": "so-y-te", "person_id": str(HEAD.person_id)}
    subject["post_id"] = "so-y-te-head"
    item = {"finding_id": str(uuid4()), "ground": "violation_type", "fact_date": "2026-02-02"}
    basis = [{**item, "detected_at": "2026-02-10T02:00:00Z"}]
    form = {"form": "warning", "conclusions": [{"finding_id": item["finding_id"], "form": "warning"}]}
    proposed = {"subject": subject, "basis": basis, "authority_post": "so-y-te-head", "proposed_by": None}
    await happened(below, (ReviewProposed, proposed), (ReviewOpened, {}), (ReviewDecided, form), (DecisionServed, {}))
    return below


@pytest.fixture
async def answered_above(decided_below: File, archive: Archive) -> File:
    """The chair answered the second complaint."""
    text = samples.document("answer")
    archive.texts[text.document_id] = "Giữ nguyên vì có căn cứ."
    answer: dict[str, Any] = {"instance": "second", "outcome": "upheld", "form": None, "outside": False}
    answer |= {"document": text.model_dump(mode="json"), "answered_by": str(AUTHORITY.person_id)}
    await happened(decided_below, (ComplaintFiled, {"instance": "second"}), (ComplaintAnswered, answer))
    return decided_below


async def test_the_authority_above_issues_its_own_answer_and_sees_nothing_else(answered_above: File) -> None:
    file = answered_above
    assert refused(await file.office.send(AUTHORITY, f"/reviews/{file.review_id}/documents")) == (404, "not-found")
    assert refused(await file.issue("decision", AUTHORITY)) == (404, "not-found")

    document_id = await file.issued("complaint-answer", AUTHORITY)

    said = await file.said(document_id)
    assert "(lần hai)" in said
    assert "Giữ nguyên vì có căn cứ." in said
    assert "TM." not in said
    assert [one["document_id"] for one in await file.listed()] == [document_id]
    other = Caller(Role.AUTHORITY, "huyen", uuid4())
    assert (await file.had(document_id, by=other)).status_code == 404


async def test_to_the_authority_above_that_has_answered_nothing_there_is_no_review(decided_below: File) -> None:
    """Not even by how a request is refused that nobody could carry out."""
    nowhere = File(decided_below.office, decided_below.days, uuid4())
    told = [
        [
            refused(await file.issue("complaint-answer", AUTHORITY)),
            refused(await file.issue("no such kind", AUTHORITY)),
            refused(await file.office.send(AUTHORITY, f"/reviews/{file.review_id}/document-preview/nothing")),
            refused(await file.office.send(AUTHORITY, f"/reviews/{file.review_id}/documents")),
            refused(await file.had(str(uuid4()), "exe", AUTHORITY)),
        ]
        for file in (decided_below, nowhere)
    ]

    assert told == [[(404, "not-found")] * 5] * 2


async def test_an_auditor_reads_and_issues_nothing(file: File) -> None:
    assert (await file.issue("review-opening", AUDITOR)).status_code == 403


# -- what cannot be made --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["summons", "recommendation", "decision", "complaint-answer", "publication"])
async def test_a_step_that_has_not_been_has_no_document(file: File, kind: str) -> None:
    assert refused(await file.issue(kind)) == (409, "document-step-not-there")


async def test_a_document_of_an_earlier_step_is_asked_for_by_its_version(decided: File) -> None:
    case = await decided.office.get(AUTHORITY, f"/reviews/{decided.review_id}")
    met = next(one for one in case["timeline"] if one["type"] == "discipline.review_meeting_held.v1")
    said = await decided.said(await decided.issued("minutes", step=met["version"]))
    assert "Họp kiểm điểm đối với" in said
    assert refused(await decided.issue("minutes", step=1)) == (409, "document-step-not-there")


async def test_without_a_name_nobody_is_printed(file: File, archive: Archive) -> None:
    del archive.names[HEAD.person_id]
    assert refused(await file.issue("review-opening")) == (409, "person-not-in-registry")


async def test_an_erased_text_is_not_made_up(decided: File, archive: Archive) -> None:
    erased = next(id_ for id_, text in archive.texts.items() if text == DECISION)
    del archive.texts[erased]
    assert refused(await decided.issue("decision")) == (409, "document-text-erased")


async def test_a_publication_does_not_name_others_of_the_case(decided: File) -> None:
    await decided.served()
    await decided.published("Theo ý kiến của bà Hoàng Ngọc Ánh tại hội đồng.")
    answer = await decided.issue("publication")
    assert refused(answer) == (422, "publication-names-person")
    assert answer.json()["facts"]["person_id"] == str(MEMBERS[2].person_id)
    assert "Ánh" not in answer.text


async def test_a_text_that_is_refused_for_what_it_gives_away_is_not_kept(decided: File, archive: Archive) -> None:
    await decided.served()
    text = "Ông Ẩn, sinh năm 1980, chậm trả hồ sơ."
    path = f"/reviews/{decided.review_id}"
    seen = (await decided.office.get(SECRETARY, path))["review"]["version"]
    body = {"text": text, "left_out": LEFT_OUT}
    answer = await decided.office.send(SECRETARY, f"{path}/publish", body, seen=seen)
    assert refused(answer) == (422, "unpublishable-found")
    assert text not in archive.texts.values()


# -- templates ------------------------------------------------------------------------------------------------------


def words(kind: DocumentKind, **but: Any) -> dict[str, Any]:
    return {**shipped(kind).model_dump(mode="json"), **but}


async def put(office: Office, wording: dict[str, Any], kind: str = "review-opening", agency: str = "tinh") -> Any:
    body = {"agency_id": agency, "wording": wording}
    return await office.send(AUTHORITY, f"/document-templates/{kind}", body)


async def test_an_authoritys_own_words_are_used_once_activated_and_named_by_their_hash(file: File) -> None:
    own = words(DocumentKind.REVIEW_OPENING, subject="Về việc kiểm điểm {{ subject_name }} (mẫu riêng)")
    stored = await put(file.office, own)
    assert stored.status_code == 201, stored.text
    first = await file.issued("review-opening")
    assert "mẫu riêng" not in await file.said(first)

    version = stored.json()["version"]
    body = {"agency_id": "tinh", "version": version}
    activated = await file.office.send(AUTHORITY, "/document-templates/review-opening/activate", body)
    assert activated.status_code == 200, activated.text
    second = await file.issued("review-opening", replaces=first)
    assert "Về việc kiểm điểm ông (bà) Nguyễn Văn Ẩn (mẫu riêng)" in await file.said(second)
    shown = {one["document_id"]: one["template"] for one in await file.listed()}
    told = await file.office.get(AUTHORITY, "/document-templates?agency_id=tinh")
    mine = next(one for one in told["items"] if one["kind"] == "review-opening")
    assert shown[second] == {"owner": "tinh", "version": version, "sha256": mine["versions"][version - 1]["sha256"]}
    assert shown[first]["owner"] is None
    assert mine["active"] == version

    path = "/document-templates/review-opening/withdraw"
    assert (await file.office.send(AUTHORITY, path, {"agency_id": "tinh"})).status_code == 200
    assert "mẫu riêng" not in await file.said(await file.issued("review-opening", replaces=second))


async def test_words_with_an_unknown_field_are_refused_by_its_name(office: Office) -> None:
    answer = await put(office, words(DocumentKind.REVIEW_OPENING, subject="{{ subject_name }} {{ home_address }}"))
    assert refused(answer) == (422, "template-field-unknown")
    assert answer.json()["facts"]["unknown"] == "home_address"


async def test_words_without_an_obligatory_field_are_refused_by_its_name(office: Office) -> None:
    answer = await put(office, words(DocumentKind.REVIEW_OPENING, body=["{{ subject_name }}"]))
    assert refused(answer) == (422, "template-field-missing")
    assert answer.json()["facts"]["missing"] == "calculations, findings"


async def test_words_that_reach_further_are_refused_by_part_and_line(office: Office) -> None:
    answer = await put(office, words(DocumentKind.REVIEW_OPENING, title="{{ cycler.__init__() }}"))
    assert refused(answer) == (422, "template-unreadable")
    assert (answer.json()["facts"]["part"], answer.json()["facts"]["line"]) == ("title", 1)
    body = {"agency_id": "tinh", "wording": words(DocumentKind.REVIEW_OPENING, title="{{ form")}
    read = (await office.send(AUTHORITY, "/document-templates/review-opening", body, vi=True)).json()
    assert read["detail"] == 'Mẫu văn bản không đọc được ở phần "title", dòng 1: cú pháp không đúng, tại chỗ «{{ form».'


async def test_another_authority_words_nothing_here(office: Office) -> None:
    elsewhere = Caller(Role.AUTHORITY, "huyen", uuid4())
    body = {"agency_id": "tinh", "wording": words(DocumentKind.DECISION)}
    answer = await office.send(elsewhere, "/document-templates/decision", body)
    assert answer.status_code == 403
