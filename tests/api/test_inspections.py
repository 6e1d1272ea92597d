"""Inspections over HTTP: planned in silence, opened with a team, concluded; and a finding that comes of one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import uuid4

import httpx
import pytest

from services.application.identity import Role
from services.entrypoints.api.context import Context
from tests.api.access.inspection import API, PACK, prepare
from tests.api.access.table import CASE_AGENCY, Caller, insider, outsider
from tests.api.conftest import OpenContext, TokenFor
from tests.api.meanwhile import meanwhile

LEADER, OFFICER, HEAD = insider(Role.TEAM_LEADER), insider(Role.INSPECTORATE_OFFICER), insider(Role.HEAD)
PLAN = {
    "legal_kind": "kiem_tra",
    "form": "surprise",
    "directive_id": PACK.directive_id,
    "agency_ids": [CASE_AGENCY],
    "from_day": "2026-03-02",
    "to_day": "2026-03-27",
}


@dataclass
class Suite:
    """The inspection API, called by anybody."""

    client: httpx.AsyncClient
    context: Context
    token: TokenFor

    def headers(self, who: Caller, **more: str) -> dict[str, str]:
        bearer = self.token(who.role, who.agency_id, person_id=who.person_id)
        named = {name.replace("_", "-"): value for name, value in more.items()}
        return {"authorization": f"Bearer {bearer}", "idempotency-key": str(uuid4()), **named}

    async def post(self, who: Caller, path: str, body: object = None, **more: str) -> httpx.Response:
        return await self.client.post(f"/inspection{path}", json=body, headers=self.headers(who, **more))

    async def get(self, who: Caller, path: str) -> httpx.Response:
        return await self.client.get(f"/inspection{path}", headers=self.headers(who))

    async def planned(self, who: Caller = LEADER, **changed: object) -> str:
        answer = await self.post(who, "/inspections", PLAN | changed)
        assert answer.status_code == 201, answer.text
        return f"/inspections/{answer.json()['id']}"

    async def opened(self, member: Caller) -> str:
        path = await self.planned()
        team = {"leader_id": str(LEADER.person_id), "member_ids": [str(member.person_id)]}
        assert (await self.post(LEADER, f"{path}/team", team, if_match='"1"')).status_code == 200
        assert (await self.post(LEADER, f"{path}/open", if_match='"2"')).status_code == 200
        return path

    async def sees(self, who: Caller, path: str) -> tuple[int, bool]:
        one, listed = await self.get(who, path), await self.get(who, "/inspections?limit=200")
        return one.status_code, path in [f"/inspections/{row['id']}" for row in listed.json()["items"]]


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
def member() -> Caller:
    """An inspector of his own for each test."""
    return Caller(Role.INSPECTOR, "thanh-tra", uuid4())


def told(answer: httpx.Response) -> tuple[int, str | None]:
    return answer.status_code, answer.json().get("code")


async def test_a_surprise_is_one(suite: Suite, member: Caller) -> None:
    """The agency learns of it when it is opened; the inspectorate sees the plan."""
    planned, opened = await suite.planned(), await suite.opened(member)
    assert await suite.sees(HEAD, planned) == (404, False)
    assert await suite.sees(insider(Role.AGENCY_USER), planned) == (404, False)
    assert await suite.sees(OFFICER, planned) == (200, True)
    assert await suite.sees(insider(Role.AUDITOR), planned) == (200, True)
    assert await suite.sees(HEAD, opened) == (200, True)


async def test_to_an_outsider_an_inspection_does_not_exist(suite: Suite, member: Caller) -> None:
    opened = await suite.opened(member)
    outside = outsider(Role.TEAM_LEADER)
    assert outside is not None
    assert await suite.sees(outside, opened) == (404, False)


async def test_whoever_inspects_sees_it_wherever_he_works(suite: Suite) -> None:
    lent = Caller(Role.INSPECTOR, "thanh-tra-huyen", uuid4())
    opened = await suite.opened(lent)
    assert await suite.sees(lent, opened) == (200, True)


async def test_it_is_moved_by_whoever_is_in_charge(suite: Suite) -> None:
    path = await suite.planned()
    another = Caller(Role.TEAM_LEADER, "thanh-tra", uuid4())
    team = {"leader_id": str(another.person_id)}
    assert told(await suite.post(another, f"{path}/team", team, if_match='"1"')) == (403, "not-in-charge")
    assert (await suite.post(OFFICER, f"{path}/team", team, if_match='"1"')).status_code == 200
    assert (await suite.post(another, f"{path}/open", if_match='"2"')).status_code == 200


async def test_it_ends_with_a_conclusion_that_is_shown(suite: Suite, member: Caller) -> None:
    path = await suite.opened(member)
    concluded = await suite.post(LEADER, f"{path}/conclude", {"conclusion": "Kết luận"}, if_match='"3"')
    assert concluded.json()["version"] == 4
    shown = await suite.get(HEAD, path)
    assert (shown.json()["status"], shown.headers["etag"]) == ("concluded", '"4"')
    named = [moved["name"] for moved in shown.json()["timeline"]]
    assert named == ["Lập kế hoạch", "Cử đoàn, tổ", "Bắt đầu", "Ban hành kết luận"]


async def test_a_head_looks_into_his_own_agency_by_an_internal_check_only(suite: Suite) -> None:
    own = await suite.planned(HEAD, form="internal")
    assert await suite.sees(HEAD, own) == (200, True)
    inspected = await suite.post(HEAD, "/inspections", PLAN | {"legal_kind": "thanh_tra"})
    assert told(inspected) == (409, "only-inspectorates-inspect")


async def test_a_plan_is_made_for_agencies_within_reach(suite: Suite) -> None:
    beyond = PLAN | {"agency_ids": [CASE_AGENCY, "so-giao-duc"]}
    assert told(await suite.post(HEAD, "/inspections", beyond)) == (403, "outside-scope")


async def test_nobody_inspects_where_he_works(suite: Suite) -> None:
    path = await suite.planned()
    team = {"leader_id": str(HEAD.person_id)}
    refused = await suite.post(LEADER, f"{path}/team", team, if_match='"1"')
    assert told(refused) == (409, "member-of-inspected-agency")


def finding_of(path: str) -> dict[str, str]:
    """A finding of an inspection."""
    return {
        "agency_id": CASE_AGENCY,
        "violation_type": PACK.violation_types[0].violation_type,
        "directive_id": PACK.directive_id,
        "fact_date": "2026-03-02",
        "source": "inspection",
        "inspection_id": path.removeprefix("/inspections/"),
        "narrative": "Không có người trực tiếp dân.",
    }


async def test_a_finding_of_an_inspection_is_the_teams_while_it_goes_on(suite: Suite, member: Caller) -> None:
    path = await suite.opened(member)
    found = finding_of(path)
    assert (await suite.post(member, "/findings", found)).status_code == 201
    another = Caller(Role.INSPECTOR, "thanh-tra", uuid4())
    assert told(await suite.post(another, "/findings", found)) == (409, "not-of-the-inspection")
    await suite.post(LEADER, f"{path}/conclude", {"conclusion": "Kết luận"}, if_match='"3"')
    assert told(await suite.post(member, "/findings", found)) == (409, "not-of-the-inspection")


async def test_nothing_is_found_in_an_inspection_that_is_concluded_meanwhile(suite: Suite, member: Caller) -> None:
    path = await suite.opened(member)

    async def conclude() -> None:
        ended = await suite.post(LEADER, f"{path}/conclude", {"conclusion": "Kết luận"}, if_match='"3"')
        assert ended.status_code == 200

    with meanwhile(suite.context.store, conclude):
        refused = await suite.post(member, "/findings", finding_of(path))
    assert told(refused) == (409, "not-of-the-inspection")


async def test_a_draft_is_not_submitted_to_an_inspection_that_is_concluded_meanwhile(
    suite: Suite, member: Caller
) -> None:
    path = await suite.opened(member)
    written = await suite.post(member, "/findings/drafts", finding_of(path))

    async def conclude() -> None:
        ended = await suite.post(LEADER, f"{path}/conclude", {"conclusion": "Kết luận"}, if_match='"3"')
        assert ended.status_code == 200

    with meanwhile(suite.context.store, conclude):
        refused = await suite.post(member, f"/findings/{written.json()['id']}/submit", {}, if_match='"1"')
    assert told(refused) == (409, "not-of-the-inspection")


async def test_a_list_goes_on_where_its_page_ended(suite: Suite) -> None:
    planner = Caller(Role.TEAM_LEADER, "thanh-tra", uuid4())
    made = {await suite.planned(planner, from_day=f"2027-03-0{day}", to_day="2027-04-01") for day in (1, 2, 3)}
    first = (await suite.get(planner, "/inspections?limit=2&status=planned")).json()
    second = (await suite.get(planner, f"/inspections?limit=1&status=planned&cursor={first['next']}")).json()
    rows = first["items"] + second["items"]
    assert [row["from_day"] for row in rows] == ["2027-03-03", "2027-03-02", "2027-03-01"]
    assert {f"/inspections/{row['id']}" for row in rows} == made
