"""The organisation over HTTP: any past day can be looked at, as it is known now and as it was known then."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from services.application.identity import Role
from services.application.registry import Person
from services.entrypoints.api.context import Context
from tests.api.access.inspection import API, PACK, prepare
from tests.api.access.table import Caller, insider
from tests.api.conftest import OpenContext, TokenFor
from tests.api.sample import Clock

ADMINISTRATOR, READER = insider(Role.ADMINISTRATOR), insider(Role.INSPECTOR)
DEPARTMENT = "so-giao-duc"
HEAD = f"{DEPARTMENT}-head"


@dataclass
class Suite:
    """The inspection API, called by an administrator and read by an inspector."""

    client: httpx.AsyncClient
    context: Context
    token: TokenFor

    def _headers(self, who: Caller) -> dict[str, str]:
        bearer = self.token(who.role, who.agency_id, person_id=who.person_id)
        return {"authorization": f"Bearer {bearer}", "idempotency-key": str(uuid4()), "accept-language": "en"}

    async def record(self, path: str, /, **body: object) -> str:
        path = f"/inspection/organisation{path}"
        answer = await self.client.post(path, json=body, headers=self._headers(ADMINISTRATOR))
        assert answer.status_code == 200, answer.text
        return str(answer.json()["id"])

    async def person(self) -> str:
        """Somebody in the registry."""
        id_ = uuid4()
        await self.context.registry.put_person(id_, Person("Nguyễn Thị Ánh Tuyết"), "admin")
        return str(id_)

    async def refused(self, path: str, /, **body: object) -> tuple[int, str]:
        path = f"/inspection/organisation{path}"
        answer = await self.client.post(path, json=body, headers=self._headers(ADMINISTRATOR))
        return answer.status_code, answer.json()["code"]

    async def get(self, path: str, **query: str) -> dict[str, Any]:
        answer = await self.client.get(f"/inspection{path}", params=query, headers=self._headers(READER))
        assert answer.status_code == 200, answer.text
        shown: dict[str, Any] = answer.json()
        return shown

    async def head(self, **query: str) -> tuple[object, object]:
        """The department's head and whoever is in charge."""
        found = await self.get("/organisation/heads", **query)
        (one,) = (head for head in found["heads"] if head["agency_id"] == DEPARTMENT)
        return one["person_id"], one["in_charge"]


class Later(Clock):
    """The API's clock stands; the correction comes the day after."""

    async def now(self) -> datetime:
        return await super().now() + timedelta(days=1)


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


async def test_the_heads_of_any_day_can_be_looked_at(suite: Suite) -> None:
    first, second, acting = [await suite.person() for _ in range(3)]
    await suite.record(f"/posts/{HEAD}/fill", person_id=first, valid_from="2021-01-01")
    await suite.record(f"/posts/{HEAD}/fill", person_id=second, valid_from="2023-01-01")
    await suite.record(f"/posts/{HEAD}/absence", acted_by=acting, valid_from="2023-06-01")
    await suite.record(f"/posts/{HEAD}/return", valid_from="2023-07-01")
    shown = [await suite.head(as_of=day) for day in ("2020-12-31", "2022-12-31", "2023-06-15", "2023-07-01")]
    assert shown == [(None, None), (first, first), (second, acting), (second, second)]


@pytest.mark.parametrize(("step", "field"), [("fill", "person_id"), ("absence", "acted_by")])
async def test_nobody_comes_into_a_post_whom_the_registry_does_not_know(suite: Suite, step: str, field: str) -> None:
    mistyped = {field: str(uuid4()), "valid_from": "2024-02-01"}
    assert await suite.refused(f"/posts/{HEAD}/{step}", **mistyped) == (422, "person-unknown")


async def test_what_was_known_then_is_told_apart_from_what_is_known_now(suite: Suite) -> None:
    """A wrong fact is withdrawn and the right one recorded: the same past day, seen before and after."""
    wrong, right = await suite.person(), await suite.person()
    await suite.record(f"/posts/{HEAD}/fill", person_id=wrong, valid_from="2024-03-01")
    told = await suite.context.clock.now()
    suite.context.handler.clock = Later()
    reason = "Quyết định bổ nhiệm có hiệu lực từ ngày 01/4."
    await suite.record("/facts/withdraw", fact="holder", subject_id=HEAD, valid_from="2024-03-01", reason=reason)
    await suite.record(f"/posts/{HEAD}/fill", person_id=right, valid_from="2024-04-01")
    now = [(await suite.head(as_of=day))[0] for day in ("2024-03-15", "2024-04-15")]
    then = [(await suite.head(as_of=day, known_at=told.isoformat()))[0] for day in ("2024-03-15", "2024-04-15")]
    assert wrong not in now
    assert now[1] == right
    assert then == [wrong, wrong]


async def test_the_reason_of_a_correction_is_no_word_of_the_event(suite: Suite) -> None:
    await suite.record(f"/agencies/{DEPARTMENT}/rename", name={"vi": "Sở sai", "en": "x"}, valid_from="2022-02-02")
    reason = "Tên ghi nhầm theo dự thảo."
    await suite.record("/facts/withdraw", fact="name", subject_id=DEPARTMENT, valid_from="2022-02-02", reason=reason)
    kept = await suite.context.pool.fetchval(
        "select count(*) from events where position(convert_to($1, 'UTF8') in convert_to(data::text, 'UTF8')) > 0",
        reason,
    )
    assert kept == 0
    shown = await suite.get(f"/organisation/agencies/{DEPARTMENT}", as_of="2022-03-01")
    assert shown["name"]["vi"] == DEPARTMENT


async def test_an_agency_that_is_announced_to_end_goes_on_until_its_plan_is_approved(suite: Suite) -> None:
    body = {"predecessors": ["so-giao-duc"], "successors": ["so-y-te"], "heir_id": "so-y-te"}
    succession_id = await suite.record("/restructurings", kind="merge", valid_from="2028-01-01", **body)
    assert (await suite.get("/organisation/agencies/so-giao-duc", as_of="2028-01-02"))["agency_id"] == "so-giao-duc"
    again = await suite.refused("/agencies/so-giao-duc/end", successor_id="so-y-te", valid_from="2028-01-01")
    assert again == (409, "restructuring-under-way")
    acts = (await suite.get("/organisation/restructurings"))["items"]
    assert [(one["kind"], one["stage"]) for one in acts if one["succession_id"] == succession_id] == [
        ("merge", "announced")
    ]
    await suite.record(f"/restructurings/{succession_id}/withdraw")
    acts = (await suite.get("/organisation/restructurings"))["items"]
    assert [one["stage"] for one in acts if one["succession_id"] == succession_id] == ["withdrawn"]
    assert await suite.refused(f"/restructurings/{uuid4()}/withdraw") == (404, "restructuring-unknown")


async def test_the_directives_in_force_on_a_day_can_be_looked_at(suite: Suite) -> None:
    async def ids(**query: str) -> list[str]:
        return [row["id"] for row in (await suite.get("/directives", **query))["items"]]

    assert await ids() == [PACK.directive_id]
    assert await ids(as_of="2019-12-31") == []
    assert await ids(as_of="2020-01-01") == [PACK.directive_id]
