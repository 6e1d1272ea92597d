"""Whatever is refused, is refused as a problem: in the caller's language, naming the field and the mend."""

from collections.abc import AsyncIterator
from uuid import uuid4

import httpx
import orjson
import pytest
from starlette.responses import Response
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from discipline.boards.refusals import QuorumNotByRule
from schemas.refusal import Refusal
from services.entrypoints.api.access import PUBLIC
from services.entrypoints.api.app import context_app
from services.entrypoints.api.call import Call
from services.entrypoints.api.context import ContextApi
from services.entrypoints.api.edge import Edge
from services.entrypoints.api.language import preferred
from services.entrypoints.api.problems import STATUS, problem, status_of
from services.entrypoints.api.routing import Router
from tests.api.conftest import key
from tests.api.sample import NoteRow, directory

NOTES = "/inspection/notes"
LINE = {"agency_id": "so-y-te", "on": "2026-03-01"}


async def test_a_problem_says_what_is_wrong_where_and_what_to_do(client: httpx.AsyncClient) -> None:
    answer = await client.post(NOTES, json=LINE)
    problem = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem == {
        "type": "/problems/idempotency-key-missing",
        "title": "A required header is missing",
        "status": 428,
        "detail": "A command needs the header Idempotency-Key.",
        "mend": "Send a new random key (a UUID, say) with each new command, and the same one when you repeat it.",
        "code": "idempotency-key-missing",
        "field": "Idempotency-Key",
        "correlation_id": problem["correlation_id"],
    }
    assert problem["correlation_id"].replace("-", "") == answer.headers["traceparent"].split("-")[1]


@pytest.mark.parametrize(("language", "said"), [("vi", "Nghị định số 172/2025/NĐ-CP"), ("en", "Decree 172/2025/NĐ-CP")])
def test_a_problem_calls_a_law_by_its_name_in_the_readers_language(language: str, said: str) -> None:
    refusal = QuorumNotByRule(5, 3, "a-row", "Decree 172/2025/NĐ-CP")

    shown = orjson.loads(problem(refusal, {"headers": [(b"accept-language", language.encode())]}).body)

    assert f"{said} (" in shown["detail"]
    assert shown["facts"]["instrument"] == "Decree 172/2025/NĐ-CP"


async def test_the_type_of_a_problem_explains_it(client: httpx.AsyncClient) -> None:
    problem = (await client.post(NOTES, json=LINE)).json()
    explained = await client.get(problem["type"])
    assert explained.status_code == 200
    assert explained.json()["mend"] == problem["mend"]
    page = await client.get(problem["type"], headers={"accept": "text/html", "accept-language": "vi"})
    assert "<h1>Thiếu tiêu đề bắt buộc</h1>" in page.text


async def test_a_problem_that_is_none_is_not_explained(client: httpx.AsyncClient) -> None:
    assert (await client.get("/problems/nonsense")).status_code == 404


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("", "vi"),
        ("en", "en"),
        ("vi", "vi"),
        ("fr", "vi"),
        ("en-GB,en;q=0.9", "en"),
        ("vi;q=0.3, en;q=0.8", "en"),
        ("en;q=0.5, vi-VN", "vi"),
        ("en;q=0", "vi"),
        ("en;q=x", "vi"),
        ("*", "vi"),
    ],
)
def test_the_language_is_the_one_asked_for_most(asked: str, language: str) -> None:
    assert preferred(asked) == language


async def test_vietnamese_is_what_who_asks_for_nothing_gets(client: httpx.AsyncClient) -> None:
    answer = await client.get("/inspection/nothing", headers={"accept-language": ""})
    assert answer.headers["content-language"] == "vi"
    assert answer.json()["detail"] == "Không có gì ở địa chỉ này."


async def test_every_field_that_does_not_keep_its_rule_is_named(client: httpx.AsyncClient) -> None:
    body = {"agency_id": "so-y-te " + "x" * 13, "on": "yesterday", "more/less": 1}
    problem = (await client.post(NOTES, json=body, headers=key())).json()
    assert (problem["status"], problem["code"]) == (422, "input-invalid")
    assert {(error["field"], error["rule"], error["detail"]) for error in problem["errors"]} == {
        ("/agency_id", "string-too-long", "At most 20 characters."),
        ("/on", "date-from-datetime-parsing", "A day is expected, as YYYY-MM-DD."),
        ("/more~1less", "extra-forbidden", "There is no such field here."),
    }


async def test_what_was_sent_is_not_sent_back(client: httpx.AsyncClient) -> None:
    """A validation error of a narrative must not copy it into an error message, and from there into a log."""
    body = {**LINE, "text": 5, "agency_id": "Nguyễn Thị Ánh và những người khác"}
    answer = await client.post(NOTES, json=body, headers=key())
    assert answer.status_code == 422
    assert "Nguyễn" not in answer.text


@pytest.mark.parametrize(
    ("content", "content_type", "expected"),
    [
        (b"{", "application/json", (400, "body-not-json")),
        (b"", "application/json", (400, "body-not-json")),
        (b"\xff", "application/json", (400, "body-not-json")),
        (b"[]", "application/json", (422, "input-invalid")),
        (b"null", "application/json", (422, "input-invalid")),
        (b"{}", "text/plain", (415, "media-type-not-supported")),
        (b"{}", "application/jsonx", (415, "media-type-not-supported")),
        (b"x" * 1_000_001, "application/json", (413, "body-too-large")),
    ],
    ids=["cut", "empty", "not utf-8", "list", "null", "text", "another type", "large"],
)
async def test_a_body_that_cannot_be_read_is_refused(
    client: httpx.AsyncClient, content: bytes, content_type: str, expected: tuple[int, str]
) -> None:
    answer = await client.post(NOTES, content=content, headers={**key(), "content-type": content_type})
    assert (answer.status_code, answer.json()["code"]) == expected


async def test_a_body_that_no_scope_looks_at_is_read_by_the_same_rules(client: httpx.AsyncClient) -> None:
    lines = f"{NOTES}/2{str(uuid4())[1:]}/lines"
    plain = await client.post(lines, content=b"{}", headers={**key(), "content-type": "text/plain"})
    cut = await client.post(lines, content=b"{", headers={**key(), "content-type": "application/json"})
    assert (plain.status_code, cut.status_code) == (415, 400)


async def test_a_body_without_declared_length_is_measured_too(client: httpx.AsyncClient) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(1_001):
            yield b"x" * 1_000

    headers = {**key(), "content-type": "application/json"}
    answer = await client.post(NOTES, content=chunks(), headers=headers)
    assert answer.status_code == 413


async def test_a_method_that_is_not_there_names_those_that_are(client: httpx.AsyncClient) -> None:
    answer = await client.delete(f"{NOTES}/{uuid4()}/lines")
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert answer.json()["mend"] == "Use one of: POST."


async def test_an_unknown_query_value_names_the_parameter(client: httpx.AsyncClient) -> None:
    problem = (await client.get(NOTES, params={"limit": 0})).json()
    assert problem["errors"] == [{"field": "limit", "rule": "greater-than-equal", "detail": "At least 1."}]


broken_router = Router()


@broken_router.read("/broken", access=PUBLIC, answers=NoteRow)
async def broken(call: Call) -> Response:
    """A defect whose message names a person."""
    raise ZeroDivisionError("Nguyễn Thị Ánh")


async def test_a_defect_reveals_nothing_and_is_logged_with_its_correlation_id() -> None:
    app = Edge(context_app(ContextApi("inspection", "x", (broken_router,), directory)))
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://suite") as client:
        with capture_logs(processors=[merge_contextvars]) as logs:
            answer = await client.get("/broken", headers={"accept-language": "en"})
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (500, "internal-error")
    assert "Nguyễn" not in answer.text
    assert "ZeroDivision" not in answer.text
    [entry] = [entry for entry in logs if entry["event"] == "request_failed"]
    assert entry["correlation_id"] == problem["correlation_id"]


def test_what_nobody_gave_a_status_is_a_conflict() -> None:
    class NeverHeardOf(Refusal):
        pass

    assert status_of(NeverHeardOf) == 409
    assert all(status != 409 for status in STATUS.values())
