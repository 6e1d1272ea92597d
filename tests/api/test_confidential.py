"""To whom a review is not shown, it does not exist: what is there and hidden is answered like what never was.

Every route of reviews, boards and ballots in the table of permissions, with every role that may call it.
"""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
import structlog

from services.application.identity import Role
from services.entrypoints.api import routing
from services.entrypoints.api.discipline import API
from tests.api.access import discipline
from tests.api.access.table import Caller, Ids, Row, insider
from tests.api.board_cases import AGENCY, MEMBERS
from tests.api.conftest import OpenContext, TokenFor
from tests.api.test_access import Scene, token_of

HIDDEN = ("review_id", "board_id", "ballot_id")
ROWS = [row for row in discipline.ROWS if not row.public and any(f"{{{name}}}" in row.path for name in HIDDEN)]
READS = [row for row in ROWS if row.method == "GET"]
LISTS = [row for row in discipline.ROWS if row.name in {"GET /reviews", "GET /boards"}]
STRANGER = UUID(int=0x57A5)
RECUSED = MEMBERS[3]


@pytest.fixture(scope="module")
def made() -> dict[str, Ids]:
    return {}


@pytest.fixture
async def scene(open_context: OpenContext, made: dict[str, Ids]) -> AsyncIterator[Scene]:
    async with open_context(API) as (client, context):
        if not made:
            made["ids"] = await discipline.prepare(context)
        yield Scene(client, made["ids"], "/discipline")


def elsewhere(scene: Scene) -> Scene:
    """The same routes, of things that never were."""
    nowhere = {name: str(uuid4()) for name in HIDDEN}
    return Scene(scene.client, {**scene.ids, **nowhere}, scene.prefix)


def told(answer: httpx.Response) -> tuple[int, Any, set[str]]:
    """All that an answer gives away but its own id."""
    body = answer.json()
    body.pop("correlation_id")
    return answer.status_code, body, set(answer.headers)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
async def test_what_is_hidden_is_answered_like_what_never_was(row: Row, scene: Scene, token: TokenFor) -> None:
    for role in sorted(row.roles - {Role.AUDITOR}):
        stranger = token_of(Caller(role, AGENCY, STRANGER), row, token)
        with structlog.testing.capture_logs() as log:
            there = await scene.call(row, stranger)
        nowhere = await elsewhere(scene).call(row, stranger)

        assert told(there) == told(nowhere)
        assert (there.status_code, there.json()["code"]) == (404, "not-found")
        assert "request_refused" in {line["event"] for line in log}
        assert str(STRANGER) not in str(log)


@pytest.mark.parametrize("row", [row for row in READS if not row.stream], ids=lambda row: row.name)
async def test_every_reading_is_recorded_and_can_be_asked_for(row: Row, scene: Scene, token: TokenFor) -> None:
    async def readings() -> list[tuple[str, str]]:
        path = f"/discipline/reviews/{scene.ids['review_id']}/reads?limit=200"
        answer = await scene.client.get(path, headers={"authorization": f"Bearer {token(Role.AUDITOR, None)}"})
        assert answer.status_code == 200, answer.text
        return [(one["reader"], one["route"]) for one in answer.json()["items"]]

    reader = insider(Role.AUDITOR if Role.AUDITOR in row.roles else Role.AUTHORITY)
    before = await readings()
    await scene.call(row, token_of(reader, row, token))
    after = await readings()

    mine = (str(reader.person_id), f"GET /discipline{row.path}")
    assert after.count(mine) > before.count(mine)


@pytest.mark.parametrize("row", LISTS, ids=lambda row: row.name)
async def test_lists_give_nothing_away(row: Row, scene: Scene, token: TokenFor) -> None:
    for role in sorted(row.roles - {Role.AUDITOR}):
        answer = await scene.call(row, token_of(Caller(role, AGENCY, STRANGER), row, token))

        assert answer.json() == {"items": [], "next": None}


async def test_nothing_in_the_metrics_counts_what_is_hidden(scene: Scene, token: TokenFor) -> None:
    """Ids never appear, and no label tells reviews or boards from what may be counted openly.

    The process counts for all its tests, and what went wrong on these routes in another one is counted.
    """

    async def counted() -> set[str]:
        answer = await scene.client.get("/metrics")
        assert not any(scene.ids[name] in answer.text for name in HIDDEN)
        return {line for line in answer.text.splitlines() if line.startswith("kycuong_http_requests_total{")}

    before = await counted()
    for row in (row for row in (*READS, *LISTS) if not row.stream):
        for reader in (insider(Role.AUDITOR), Caller(Role.AUTHORITY, AGENCY, STRANGER)):
            await scene.call(row, token_of(reader, row, token))
    new = await counted() - before

    assert new
    assert not any(f"/discipline/{case}" in line for line in new for case in ("reviews", "boards", "ballots"))


async def test_that_there_is_nothing_is_answered_as_late_where_there_is(
    scene: Scene, token: TokenFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever guesses an id learns nothing by the clock: both answers wait for the same moment after the request."""
    waited: list[float] = []
    row = next(row for row in READS if row.name == "GET /boards/{board_id}")
    stranger = token_of(Caller(Role.AUTHORITY, AGENCY, STRANGER), row, token)

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(routing, "HIDDEN_SECONDS", 60)
    monkeypatch.setattr(routing, "sleep", sleep)
    for one in (scene, elsewhere(scene)):
        assert (await one.call(row, stranger)).status_code == 404

    assert len(waited) == 2
    assert all(0 < seconds < 60 for seconds in waited)
