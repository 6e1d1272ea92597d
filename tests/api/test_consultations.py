"""Consultations over HTTP: who asks whom, who answers, who sees it, and what every date rests on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest

from inspection.organisation.commands import FillPost
from services.application.discipline.aggregates import CONSULTATION
from services.application.discipline.consultations import let_lapse
from services.application.handler import Request
from services.application.identity import Role
from services.entrypoints.api.call import Call
from tests.api.access import tree
from tests.api.access.table import CASE_AGENCY, Caller, outsider
from tests.api.conftest import OpenContext, TokenFor
from tests.api.consultation_cases import CONSENT, NO_CONSENT, SILENT, adopt, shipped
from tests.api.discipline_cases import post
from tests.api.meanwhile import meanwhile, together
from tests.api.test_discipline import AUDITOR, CHAIR, CLERK, HEAD, INSPECTOR, Office, at_work

PATH = "/consultations"
SCHOOLS = Caller(Role.HEAD, "so-giao-duc", UUID("00000000-0000-0000-0000-00000000e1e1"))
"""Heads the other department, which asks."""
MONDAY = datetime(2026, 3, 2, 2, tzinfo=UTC)
DUE = datetime(2026, 3, 11, 17, tzinfo=UTC)
"""24:00 of the seventh working day after it."""
SUBJECT = "Phương án bố trí nhân viên y tế trường học"
ASK: dict[str, Any] = {
    "asking_agency": "so-giao-duc",
    "consulted_agency": CASE_AGENCY,
    "directive_id": CONSENT.directive_id,
    "subject": SUBJECT,
    "draft": "Dự thảo phương án gồm 4 mục.",
    "concern": "Sở Y tế bố trí nhân viên y tế.",
}
ANSWER = {"position": "agrees_with_changes", "answer": "Đồng ý; đề nghị thêm nội dung tập huấn."}


@pytest.fixture(autouse=True)
def received(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """When the server receives what is sent: on the Monday, unless the test says otherwise."""
    at = [MONDAY]

    async def now(_call: Call) -> datetime:
        return at[0]

    monkeypatch.setattr(Call, "now", now)
    return at


@pytest.fixture
async def office(
    open_context: OpenContext, token: TokenFor, planted: list[bool], monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Office]:
    fresh = not planted
    posts = [
        *post("so-y-te-clerk", CASE_AGENCY, CLERK.person_id),
        FillPost("so-giao-duc-head", SCHOOLS.person_id, False, tree.SINCE),
    ]
    async with at_work(open_context, token, monkeypatch, planted, posts) as office:
        if fresh:
            await adopt(office.context.pool, CONSENT, NO_CONSENT, SILENT)
        yield office


async def asked(office: Office, by: Caller = SCHOOLS, **but: object) -> str:
    answer = await office.send(by, PATH, ASK | but)
    assert answer.status_code == 201, answer.text
    made: dict[str, str] = answer.json()
    assert answer.headers["location"] == f"/discipline{PATH}/{made['id']}"
    return made["id"]


async def case(office: Office, id_: str, by: Caller = SCHOOLS, *, vi: bool = False) -> Any:
    answer = await office.send(by, f"{PATH}/{id_}", vi=vi)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def refused(office: Office, by: Caller, path: str, body: dict[str, Any]) -> tuple[int, str, str | None]:
    """Status, code and the field that the refusal names."""
    problem = (await office.send(by, path, body)).json()
    return problem["status"], problem["code"], problem.get("field")


async def lapse(office: Office, id_: str, at: datetime) -> None:
    """What the clock does at a moment."""
    context = office.context
    state = (await context.handler.load(CONSULTATION, CONSULTATION.stream(id_))).state
    organisation = await context.directory.current()
    command = let_lapse(organisation, state.asking_agency, state.consulted_agency, state.due_at, at)
    command_id = uuid4()
    request = Request(command_id, "clock", command_id, command_id, occurred_at=state.due_at, retry_on_conflict=True)
    await context.handler.handle(CONSULTATION, id_, command, request)


async def ids(office: Office, by: Caller, query: str = "") -> set[str]:
    return {row["id"] for row in (await office.get(by, f"{PATH}?limit=200{query}"))["items"]}


# -- asked ------------------------------------------------------------------------------------------------------------


async def test_who_is_asked_sees_what_by_when_and_how_the_date_was_computed(office: Office) -> None:
    shown = await case(office, await asked(office), HEAD)

    consultation = shown["consultation"]
    assert (consultation["subject"], consultation["status"], consultation["overdue"]) == (SUBJECT, "asked", False)
    assert datetime.fromisoformat(consultation["due_at"]) == DUE
    assert shown["terms"]["deemed_consent"] is True
    assert shown["in_words"]["name"] == "Time to answer a consultation"
    assert consultation["calculation"]["skipped"] == ["2026-03-07", "2026-03-08"]
    assert any("7 working days" in line for line in shown["in_words"]["lines"])
    assert {ASK["draft"], ASK["concern"], SUBJECT} <= set(shown["texts"].values())


async def test_it_is_said_in_vietnamese_first(office: Office) -> None:
    shown = await case(office, await asked(office), HEAD, vi=True)
    assert shown["consultation"]["status_name"] == "Chờ trả lời"
    assert [one["name"] for one in shown["timeline"]] == ["Lấy ý kiến"]
    assert shown["in_words"]["name"] == "Thời hạn trả lời ý kiến"


async def test_the_request_may_name_the_last_day(office: Office) -> None:
    """The 7th of March is a Saturday."""
    shown = await case(office, await asked(office, last_day="2026-03-07"))
    assert shown["consultation"]["calculation"]["basis"] == "request"
    assert datetime.fromisoformat(shown["consultation"]["due_at"]) == datetime(2026, 3, 9, 17, tzinfo=UTC)


async def test_several_are_asked_under_one_request(office: Office) -> None:
    first = await asked(office)
    request_id = (await case(office, first))["consultation"]["request_id"]
    second = await asked(office, consulted_agency="thanh-tra", request_id=request_id)

    assert await ids(office, SCHOOLS, f"&request={request_id}") == {first, second}
    again = ASK | {"request_id": request_id}
    assert await refused(office, SCHOOLS, PATH, again) == (409, "consultation-already-asked", "consulted_agency")


async def test_nobody_adds_to_anothers_request(office: Office) -> None:
    request_id = (await case(office, await asked(office)))["consultation"]["request_id"]
    body = ASK | {"asking_agency": CASE_AGENCY, "consulted_agency": "thanh-tra", "request_id": request_id}
    assert await refused(office, HEAD, PATH, body) == (422, "consultation-request-unknown", "request_id")


@pytest.mark.parametrize(
    ("but", "expected"),
    [
        ({"consulted_agency": "so-giao-duc"}, (422, "asks-itself", "consulted_agency")),
        ({"consulted_agency": "nowhere"}, (422, "agency-without-head", "consulted_agency")),
        ({"consulted_agency": "huyen"}, (422, "agency-not-addressed", "consulted_agency")),
        ({"concern": None}, (422, "concern-not-stated", "concern")),
        ({"last_day": "2026-03-02"}, (422, "last-day-not-ahead", "last_day")),
        ({"last_day": "2206-03-09"}, (409, "calendar-ends", None)),
        ({"directive_id": SILENT.directive_id}, (422, "directive-without-consultation", "directive_id")),
        ({"directive_id": "never-adopted"}, (404, "directive-not-adopted", "directive_id")),
    ],
)
async def test_what_cannot_be_asked_names_what_is_wrong(
    office: Office, but: dict[str, Any], expected: tuple[int, str, str]
) -> None:
    assert await refused(office, SCHOOLS, PATH, ASK | but) == expected


async def test_a_directive_that_is_not_in_force_yet_is_not_asked_under(office: Office) -> None:
    coming = shipped("ha-tinh-2023")
    await adopt(office.context.pool, coming, since=(MONDAY + timedelta(days=30)).date())
    body = ASK | {"directive_id": coming.directive_id}
    assert await refused(office, SCHOOLS, PATH, body) == (404, "directive-not-adopted", "directive_id")


async def test_only_the_head_asks_and_only_for_his_own_agency(office: Office) -> None:
    for_mine = ASK | {"asking_agency": CASE_AGENCY, "consulted_agency": "so-giao-duc"}
    assert await refused(office, CLERK, PATH, for_mine) == (403, "not-head-of-asking", None)
    assert await refused(office, HEAD, PATH, ASK) == (403, "outside-scope", None)
    assert await refused(office, CHAIR, PATH, ASK) == (403, "not-head-of-asking", None)


async def test_the_same_key_asks_once(office: Office) -> None:
    headers = {**office.headers(SCHOOLS), "idempotency-key": str(uuid4())}
    first, second = [await office.client.post(f"/discipline{PATH}", json=ASK, headers=headers) for _ in range(2)]
    assert (first.json(), second.headers["idempotent-replayed"]) == (second.json(), "true")


# -- answered and withdrawn ------------------------------------------------------------------------------------------


async def test_an_answer_says_its_position_and_text(office: Office) -> None:
    id_ = await asked(office)
    await office.done(HEAD, f"{PATH}/{id_}/answer", ANSWER)

    shown = await case(office, id_)

    consultation = shown["consultation"]
    assert (consultation["status"], consultation["position"], consultation["late"]) == (
        "answered",
        "agrees_with_changes",
        False,
    )
    assert consultation["position_name"] == "Agrees, with changes"
    assert ANSWER["answer"] in shown["texts"].values()


async def test_only_the_head_of_the_agency_that_was_asked_answers(office: Office) -> None:
    path = f"{PATH}/{await asked(office)}/answer"
    assert await refused(office, CLERK, path, ANSWER) == (403, "not-head-of-consulted", None)
    assert await refused(office, SCHOOLS, path, ANSWER) == (403, "not-head-of-consulted", None)


async def test_a_position_must_be_clear_where_the_directive_demands_it(office: Office) -> None:
    path = f"{PATH}/{await asked(office)}/answer"
    body = ANSWER | {"position": "no_position"}
    assert await refused(office, HEAD, path, body) == (422, "position-not-clear", "position")


async def test_an_answer_is_given_once(office: Office) -> None:
    path = f"{PATH}/{await asked(office)}/answer"
    await office.done(HEAD, path, ANSWER)
    assert await refused(office, HEAD, path, ANSWER) == (409, "consultation-already-answered", None)


async def test_who_asked_withdraws_with_reasons(office: Office) -> None:
    id_ = await asked(office)
    await office.done(SCHOOLS, f"{PATH}/{id_}/withdraw", {"reasons": "Dự thảo được viết lại."})

    assert (await case(office, id_))["consultation"]["status"] == "withdrawn"
    assert await refused(office, HEAD, f"{PATH}/{id_}/answer", ANSWER) == (409, "consultation-already-withdrawn", None)


async def test_once_its_time_is_over_it_is_not_withdrawn(office: Office, received: list[datetime]) -> None:
    id_ = await asked(office)
    received[0] = DUE + timedelta(seconds=1)
    body = {"reasons": "Không cần nữa."}
    assert await refused(office, SCHOOLS, f"{PATH}/{id_}/withdraw", body) == (409, "consultation-past-due", None)


async def test_the_lead_lists_what_differs_and_says_what_became_of_it(office: Office) -> None:
    id_ = await asked(office)
    await office.done(HEAD, f"{PATH}/{id_}/answer", ANSWER)
    assert id_ in await ids(office, SCHOOLS, "&to_reconcile=true")

    path, said = f"{PATH}/{id_}/reconcile", {"outcome": "settled", "minutes": "Thống nhất bổ sung tập huấn."}
    assert await refused(office, HEAD, path, said) == (403, "not-head-of-asking", None)
    await office.done(SCHOOLS, path, said)

    assert id_ not in await ids(office, SCHOOLS, "&to_reconcile=true")
    shown = await case(office, id_, HEAD)
    assert (shown["consultation"]["reconciled"], shown["consultation"]["status"]) == ("settled", "answered")
    assert said["minutes"] in shown["texts"].values()


# -- the due moment --------------------------------------------------------------------------------------------------


async def test_an_answer_received_at_the_due_moment_defeats_consent(office: Office, received: list[datetime]) -> None:
    id_ = await asked(office)
    received[0] = DUE
    await office.done(HEAD, f"{PATH}/{id_}/answer", ANSWER)
    await lapse(office, id_, DUE + timedelta(hours=1))

    assert (await case(office, id_))["consultation"]["status"] == "answered"


async def test_it_defeats_consent_although_the_clock_was_recorded_first(
    office: Office, received: list[datetime]
) -> None:
    """Received at the due moment, and still on its way when the clock came."""
    id_ = await asked(office)
    await lapse(office, id_, DUE + timedelta(seconds=1))
    received[0] = DUE
    await office.done(HEAD, f"{PATH}/{id_}/answer", ANSWER)

    shown = await case(office, id_)
    assert (shown["consultation"]["status"], shown["timeline"][-1]["data"]["undoes_consent"]) == ("answered", True)


async def test_a_late_answer_is_kept_and_undoes_nothing(office: Office, received: list[datetime]) -> None:
    id_ = await asked(office)
    await lapse(office, id_, DUE + timedelta(hours=1))
    received[0] = DUE + timedelta(days=1)
    await office.done(HEAD, f"{PATH}/{id_}/answer", ANSWER)

    shown = await case(office, id_)

    consultation = shown["consultation"]
    assert (consultation["status"], consultation["late"], consultation["overdue"]) == ("consent_deemed", True, False)
    deemed = next(one for one in shown["timeline"] if one["type"] == "discipline.consent_deemed.v1")
    assert datetime.fromisoformat(deemed["occurred_at"]) == DUE
    assert deemed["data"]["answers"]["person_id"] == str(HEAD.person_id)


async def test_without_deemed_consent_it_lapses_and_is_overdue_until_answered(
    office: Office, received: list[datetime]
) -> None:
    id_ = await asked(office, directive_id=NO_CONSENT.directive_id)
    received[0] = DUE + timedelta(days=1)
    await lapse(office, id_, received[0])

    assert id_ in await ids(office, SCHOOLS, "&status=lapsed&overdue=true")
    await office.done(HEAD, f"{PATH}/{id_}/answer", ANSWER)
    assert id_ in await ids(office, SCHOOLS, "&status=answered&overdue=false")


async def test_who_asked_goes_on_without_what_has_lapsed(office: Office, received: list[datetime]) -> None:
    id_ = await asked(office, directive_id=NO_CONSENT.directive_id)
    path, body = f"{PATH}/{id_}/close", {"reasons": "Đã trình không chờ ý kiến; cơ quan được hỏi đã giải thể."}
    assert await refused(office, SCHOOLS, path, body) == (409, "consultation-not-lapsed", None)
    received[0] = DUE + timedelta(days=1)
    await lapse(office, id_, received[0])

    assert await refused(office, HEAD, path, body) == (403, "not-head-of-asking", None)
    await office.done(SCHOOLS, path, body)

    assert id_ in await ids(office, HEAD, "&status=closed&overdue=false")
    shown = await case(office, id_)
    assert body["reasons"] in shown["texts"].values()
    assert [one["name"] for one in shown["timeline"]][-2:] == ["Not answered in time", "Closed without an answer"]
    assert await refused(office, HEAD, f"{PATH}/{id_}/answer", ANSWER) == (409, "consultation-already-closed", None)


# -- at the same moment ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("late", "status"), [(timedelta(0), "answered"), (timedelta(seconds=1), "consent_deemed")])
async def test_an_answer_that_loses_to_the_clock_is_judged_by_its_own_receipt(
    office: Office, received: list[datetime], late: timedelta, status: str
) -> None:
    """Decided on before the clock came, stored after it."""
    id_ = await asked(office)
    received[0] = DUE + late
    with meanwhile(office.context.store, lambda: lapse(office, id_, DUE + timedelta(seconds=2))):
        await office.done(HEAD, f"{PATH}/{id_}/answer", ANSWER)

    told = [one["type"].split(".")[1] for one in (await case(office, id_))["timeline"]]
    assert told == ["consultation_asked", "consent_deemed", "consultation_answered"]
    assert (await case(office, id_))["consultation"]["status"] == status


async def test_a_clock_that_loses_to_an_answer_in_time_finds_nothing_to_do(
    office: Office, received: list[datetime]
) -> None:
    id_ = await asked(office)
    received[0] = DUE
    answer = partial(office.done, HEAD, f"{PATH}/{id_}/answer", ANSWER)
    with meanwhile(office.context.store, answer):
        await lapse(office, id_, DUE + timedelta(seconds=2))

    told = [one["type"].split(".")[1] for one in (await case(office, id_))["timeline"]]
    assert told == ["consultation_asked", "consultation_answered"]


async def test_of_two_answers_one_is_kept_and_the_other_is_told_so(office: Office) -> None:
    id_ = await asked(office)
    with together(office.context.store):
        answers = await asyncio.gather(*(office.send(HEAD, f"{PATH}/{id_}/answer", ANSWER) for _ in range(2)))

    assert sorted(one.status_code for one in answers) == [200, 409]
    assert [one.json()["code"] for one in answers if one.status_code == 409] == ["consultation-already-answered"]


async def test_what_is_answered_while_it_is_withdrawn_is_one_or_the_other(office: Office) -> None:
    id_ = await asked(office)
    with together(office.context.store):
        answers = await asyncio.gather(
            office.send(HEAD, f"{PATH}/{id_}/answer", ANSWER),
            office.send(SCHOOLS, f"{PATH}/{id_}/withdraw", {"reasons": "Dự thảo được viết lại."}),
        )

    assert sorted(one.status_code for one in answers) == [200, 409]
    assert len((await case(office, id_))["timeline"]) == 2


# -- who sees it -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", [SCHOOLS, HEAD, CLERK, CHAIR, INSPECTOR, AUDITOR], ids=lambda by: f"{by.role}")
async def test_who_asks_and_is_asked_those_above_the_inspectorate_and_auditors_see_it(
    office: Office, by: Caller
) -> None:
    id_ = await asked(office)
    assert id_ in await ids(office, by)
    assert (await case(office, id_, by))["consultation"]["id"] == id_


@pytest.mark.parametrize("role", [Role.AUTHORITY, Role.INSPECTOR, Role.INSPECTORATE_OFFICER])
async def test_for_everybody_else_it_does_not_exist(office: Office, role: Role) -> None:
    by = outsider(role)
    assert by is not None
    id_ = await asked(office)
    assert id_ not in await ids(office, by)
    assert (await office.send(by, f"{PATH}/{id_}")).status_code == 404


async def test_another_department_does_not_see_what_two_others_ask_each_other(office: Office) -> None:
    id_ = await asked(office, consulted_agency="thanh-tra")
    assert id_ not in await ids(office, HEAD)
    for path in (f"{PATH}/{id_}", f"{PATH}/{id_}/events"):
        assert (await office.send(HEAD, path)).status_code == 404
    assert (await office.send(HEAD, f"{PATH}/{id_}/answer", ANSWER)).status_code == 404


# -- lists -----------------------------------------------------------------------------------------------------------


async def test_a_list_is_filtered_by_side_day_and_page(office: Office) -> None:
    soon = await asked(office, last_day="2026-03-04")
    later = await asked(office, last_day="2026-03-20")

    assert {soon, later} <= await ids(office, HEAD, f"&consulted={CASE_AGENCY}")
    assert await ids(office, HEAD, f"&asking={CASE_AGENCY}") & {soon, later} == set()
    due = await ids(office, HEAD, "&due=2026-03-04")
    assert (soon in due, later in due) == (True, False)
    assert {soon, later} <= await ids(office, HEAD, f"&due={date.max}")

    first = await office.get(HEAD, f"{PATH}?limit=1")
    second = await office.get(HEAD, f"{PATH}?limit=1&cursor={first['next']}")
    assert first["items"][0]["due_at"] <= second["items"][0]["due_at"]
    assert first["items"][0]["id"] != second["items"][0]["id"]
    assert (await office.send(HEAD, f"{PATH}?limit=2&cursor={first['next'][:-4]}")).status_code == 400
