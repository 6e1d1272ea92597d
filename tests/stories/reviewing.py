"""Tells one review to its end: the head whose desk kept asking for more papers, up to his complaint."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from services.adapters.ballots import blind_signature
from services.adapters.sample_province import sample_province
from services.application.identity import Role
from services.entrypoints.commands.up import HERE
from tests.documents.sheets import said_by_docx, unlike
from tests.stories.telling import CHAIR, DAY, Telling
from tests.whole.running import SuiteFailed

FINDING = "four-supplements-four-reasons"
SUBJECT = "so-xay-dung-giam-doc"
BOARD_CHAIR, BOARD_SECRETARY = "so-noi-vu-giam-doc", "so-noi-vu-thu-ky"
BOARD = (BOARD_CHAIR, BOARD_SECRETARY, "so-tu-phap-giam-doc", "so-tai-chinh-giam-doc", "so-y-te-giam-doc")
BALLOTS = ("warning", "warning", "warning", "reprimand", "reprimand")
TEXT = "Theo hồ sơ vụ việc."


@dataclass
class Reviewing:
    """The review, and whoever acts in it; each has the role of his seat."""

    telling: Telling
    begins: date = date(2025, 3, 3)
    """The Monday after the last day of the findings' stories."""
    review_id: UUID = field(init=False)
    board_id: str = field(init=False)

    def run(self) -> list[tuple[str, str]]:
        """Go through it step by step; the day and the type of each of its events, in order.

        Raises:
            SuiteFailed: a step was refused, or did not lead where it should.
        """
        self._reach(0, 9)
        self.review_id = UUID(self._proposed()["id"])
        self._open_and_meet()
        ballot_id = self._board_and_vote()
        self._decide_and_answer(ballot_id)
        case = self._case()
        if case["review"]["status"] != "served":
            raise SuiteFailed(f"the review should be served, and is {case['review']['status']}")
        return [(event["occurred_at"][:10], event["type"].split(".")[1]) for event in case["timeline"]]

    def _open_and_meet(self) -> None:
        self._step(CHAIR, "open")
        self._step(CHAIR, "secretary", person_id=str(_person(BOARD_SECRETARY)))
        received = self._at(0, 9)
        until = str(self.begins + timedelta(days=5))
        self._step(
            BOARD_SECRETARY, "notice", received_at=received, notice=TEXT, proof="Đã ký nhận.", self_review_until=until
        )
        self._step(SUBJECT, "self-review", statement="Tôi nhận trách nhiệm về việc yêu cầu bổ sung nhiều lần.")
        chair = str(_person(CHAIR))
        self._step(BOARD_SECRETARY, "meetings", agenda=TEXT, held_at=self._at(7, 14), chair=chair, must_attend=[])
        self._reach(7, 16)
        votes = [{"outcome": "discipline", "votes": 1}]
        told = {"attended": [chair], "subject_present": True, "votes": votes, "minutes": "Biên bản họp kiểm điểm."}
        self._step(BOARD_SECRETARY, "meetings/minutes", **told)

    def _board_and_vote(self) -> str:
        seen = self._case()["review"]
        decision = {
            "matter_id": seen["matter_id"],
            "review_ids": [str(self.review_id)],
            "seats": list(_seats()),
            "quorum": len(BOARD),
            "decision": "Quyết định thành lập Hội đồng kỷ luật.",
        }
        self.board_id = self._send(CHAIR, "/boards", decision)["id"]
        for post_id in BOARD:
            self._on_board(post_id, "declaration", related=False, statement="Không có quan hệ với người bị xem xét.")
        self._step(CHAIR, "board", board_id=self.board_id, reasons=TEXT)
        hearing_at = self._at(15, 9)
        self._on_board(
            BOARD_SECRETARY, "sittings", held_at=hearing_at, review_ids=[str(self.review_id)], agenda="Xem xét kỷ luật."
        )
        self._step(BOARD_SECRETARY, "summons", hearing_at=hearing_at, summons="Giấy triệu tập.")
        self._reach(8, 9)
        self._step(BOARD_SECRETARY, "summons/receipt", received_at=self._at(8, 9), proof="Đã ký nhận.")
        self._reach(15, 9)
        self._on_board(BOARD_SECRETARY, "sittings/open", attended=[str(_person(post_id)) for post_id in BOARD])
        self._step(BOARD_CHAIR, "hearing", statement="Tôi đã khắc phục.", minutes="Biên bản họp Hội đồng.")
        ballot_id = self._vote()
        self._step(BOARD_SECRETARY, "recommendation", ballot_id=ballot_id)
        self._on_board(BOARD_SECRETARY, "sittings/close", minutes="Biên bản họp Hội đồng.")
        return ballot_id

    def _vote(self) -> str:
        """Everybody takes a paper under his name, and puts a ballot in without one."""
        choices = ["reprimand", "warning", "no-sanction"]
        self._on_board(BOARD_SECRETARY, "votes", review_id=str(self.review_id), choices=choices)
        ballot_id: str = self._get(BOARD_CHAIR, f"/boards/{self.board_id}")["board"]["vote"]
        key = blind_signature.read(self._get(BOARD_CHAIR, f"/ballots/{ballot_id}")["ballot"]["key"])
        papers = []
        for post_id in BOARD:
            asked = blind_signature.request(key)
            answer = self._send(
                post_id, f"/ballots/{ballot_id}/papers", {"request": blind_signature.encoded(asked.blinded)}
            )
            signature = blind_signature.finalize(key, asked, blind_signature.decoded(answer["signature"]))
            token, signed = blind_signature.encoded(asked.prepared), blind_signature.encoded(signature)
            papers.append({"token": token, "signature": signed})
        self._send(BOARD_SECRETARY, f"/ballots/{ballot_id}/roll/close", {"box_until": self._at(15, 11)})
        for paper, choice in zip(papers, BALLOTS, strict=True):
            put = self.telling.suite.client.post(f"/discipline/box/{ballot_id}", json=paper | {"choice": choice})
            if not put.is_success:
                raise SuiteFailed(f"a ballot was not taken: {put.text}")
        self._send(BOARD_SECRETARY, f"/ballots/{ballot_id}/count", {})
        return ballot_id

    def _decide_and_answer(self, ballot_id: str) -> None:
        recommended = next(
            event["data"] for event in self._case()["timeline"] if event["type"] == "discipline.review_recommended.v1"
        )
        if (recommended["ballot_id"], recommended["choice"]) != (ballot_id, "warning"):
            raise SuiteFailed(f"the board should recommend a warning, and said {recommended}")
        conclusions = [
            {"finding_id": finding, "form": recommended["choice"]} for finding in self._case()["review"]["findings"]
        ]
        self._step(
            CHAIR, "decide", form=recommended["choice"], conclusions=conclusions, decision="Quyết định cảnh cáo."
        )
        self._issue()
        self._reach(18, 9)
        self._step(BOARD_SECRETARY, "serve", received_at=self._at(18, 9), proof="Đã ký nhận.")
        self._step(SUBJECT, "complaints", instance="first", complaint="Hình thức quá nặng.")
        self._step(CHAIR, "complaints/accept")
        self._step(CHAIR, "complaints/answer", outcome="upheld", answer="Giữ nguyên quyết định.")
        self._reach(21, 9)
        self._step(BOARD_SECRETARY, "complaints/serve", received_at=self._at(21, 9), proof="Đã ký nhận.")

    def _issue(self) -> None:
        """The decision becomes a document: numbered, the same in both formats, and kept as it was issued.

        Raises:
            SuiteFailed: a format says what the other does not, or the kept bytes are not those that were issued.
        """
        documents = f"/reviews/{self.review_id}/documents"
        document_id = self._send(BOARD_SECRETARY, documents, {"kind": "decision"})["id"]
        [issued] = self._get(CHAIR, documents)["items"]
        had = {
            one["format"]: self._file(CHAIR, f"{documents}/{document_id}/{one['format']}") for one in issued["files"]
        }
        if any(sha256(had[one["format"]]).hexdigest() != one["sha256"] for one in issued["files"]):
            raise SuiteFailed("a file of the decision is not the one that was issued")
        if apart := unlike(had["docx"], had["pdf"]):
            raise SuiteFailed(f"Word and PDF of the decision differ: {apart}")
        if issued["number"] not in said_by_docx(had["docx"]):
            raise SuiteFailed(f"the decision does not bear its number {issued['number']}")
        self.telling.suite.cli("verify", "--store-only")

    # -- acting and looking ------------------------------------------------------------------------------------------

    def _proposed(self) -> dict[str, Any]:
        finding = next(told for told in self.telling.told if told.finding.id == FINDING)
        of_subject = [
            review
            for review in self._get(CHAIR, "/reviews?limit=200")["items"]
            if str(finding.finding_id) in review["findings"] and review["person_id"] == str(_person(SUBJECT))
        ]
        if len(of_subject) != 1:
            raise SuiteFailed(f"{FINDING}: one review of {SUBJECT} should be proposed, not {len(of_subject)}")
        found: dict[str, Any] = of_subject[0]
        return found

    def _case(self) -> dict[str, Any]:
        shown: dict[str, Any] = self._get(CHAIR, f"/reviews/{self.review_id}")
        return shown

    def _step(self, by: str, step: str, **body: object) -> None:
        version = self._case()["review"]["version"]
        self._send(by, f"/reviews/{self.review_id}/{step}", body, if_match=version)

    def _on_board(self, by: str, step: str, **body: object) -> None:
        self._send(by, f"/boards/{self.board_id}/{step}", body)

    def _send(self, by: str, path: str, body: dict[str, Any], if_match: int | None = None) -> Any:
        return self.telling.suite.command(f"/discipline{path}", self._token(by), body, if_match=if_match)

    def _get(self, by: str, path: str) -> Any:
        return self.telling.suite.get(f"/discipline{path}", self._token(by))

    def _file(self, by: str, path: str) -> bytes:
        headers = {"Authorization": f"Bearer {self._token(by)}"}
        answer = self.telling.suite.client.get(f"/discipline{path}", headers=headers)
        if not answer.is_success:
            raise SuiteFailed(f"GET {path}: {answer.text}")
        return answer.content

    def _token(self, post_id: str) -> str:
        if post_id not in BOARD:
            return self.telling.token(post_id)
        role = Role.BOARD_SECRETARY if post_id == BOARD_SECRETARY else Role.BOARD_MEMBER
        return self.telling.suite.token(_person(post_id), role, agency_id=_agency(post_id))

    def _at(self, days: int, hour: int) -> str:
        return datetime.combine(self.begins + timedelta(days=days), time(hour), HERE).isoformat()

    def _reach(self, days: int, hour: int) -> None:
        self.telling.suite.cli("clock", "advance", "--to", self._at(days, hour))


def _seats() -> Iterator[dict[str, object]]:
    roles = {BOARD_CHAIR: "chair", BOARD_SECRETARY: "secretary"}
    for post_id in BOARD:
        role = roles.get(post_id, "member")
        yield {"person_id": str(_person(post_id)), "post_id": post_id, "role": role, "votes": True}


def _person(post_id: str) -> UUID:
    return sample_province().person_of(post_id)


def _agency(post_id: str) -> str | None:
    person_id = _person(post_id)
    return next(member.agency_id for member in sample_province().members(DAY) if member.person_id == person_id)
