"""Every route, called by every role, from inside and outside, without a token and with a bad one.

The table stands in `tests/api/access/`; a route without a row fails.
"""

import asyncio
import importlib
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from types import ModuleType
from uuid import uuid4

import httpx
import pytest
from _pytest.mark import ParameterSet
from fastapi import APIRouter
from starlette.responses import Response

from services.application.identity import Role
from services.entrypoints.api.access import Access, AccessUndeclared, anywhere
from services.entrypoints.api.app import context_app
from services.entrypoints.api.context import ContextApi
from services.entrypoints.api.routing import GuardedRoute, Router
from tests.api.access.table import Caller, Ids, Row, insider, outsider
from tests.api.conftest import OpenContext, TokenFor
from tests.api.sample import directory

NEVER = {401, 403, 404, 405, 500, 503}
"""What somebody who may is never answered; beyond that the table does not look."""
CONTEXTS = [name for name in ("inspection", "discipline", "notifier") if find_spec(f"services.entrypoints.api.{name}")]
TABLES = ("sample", *CONTEXTS)


@cache
def table(name: str) -> ModuleType:
    return importlib.import_module(f"tests.api.access.{name}")


def api(name: str) -> ContextApi:
    exposed: ContextApi = table(name).API
    return exposed


def rows(which: Callable[[Row], bool] = lambda _row: True) -> list[ParameterSet]:
    with_table = (name for name in TABLES if find_spec(f"tests.api.access.{name}"))
    found = ((name, row) for name in with_table for row in table(name).ROWS)
    return [pytest.param(name, row, id=f"{name} {row.name}") for name, row in found if which(row)]


@dataclass(frozen=True)
class Scene:
    """A context with its cases, and how to call it."""

    client: httpx.AsyncClient
    ids: Ids
    prefix: str

    async def call(self, row: Row, token: str | None) -> httpx.Response:
        headers = {"idempotency-key": str(uuid4()), "accept-language": "en"}
        if token is not None:
            headers["authorization"] = f"Bearer {token}"
        if row.if_match:
            headers["if-match"] = '"1"'
        body = row.body(self.ids) if row.body else None
        path = f"{self.prefix}{row.path.format(**self.ids)}{row.query}"
        return await self.client.request(row.method, path, json=body, headers=headers)

    async def answers(self, row: Row, tokens: Mapping[Role, str]) -> dict[Role, httpx.Response]:
        """What each role is answered: one after the other, or side by side where each waits until his stream ends."""
        if row.stream:
            called = await asyncio.gather(*(self.call(row, token) for token in tokens.values()))
            return dict(zip(tokens, called, strict=True))
        return {role: await self.call(row, token) for role, token in tokens.items()}


@pytest.fixture(scope="module")
def scenes() -> dict[str, Ids]:
    """Cases are made once for all rows of a context."""
    return {}


@pytest.fixture
async def scene(name: str, open_context: OpenContext, scenes: dict[str, Ids]) -> AsyncIterator[Scene]:
    async with open_context(api(name)) as (client, context):
        if name not in scenes:
            scenes[name] = await table(name).prepare(context)
        yield Scene(client, scenes[name], f"/{api(name).name}")


def token_of(caller: Caller, row: Row, token: TokenFor) -> str:
    # A stream lasts as long as its token.
    return token(caller.role, caller.agency_id, person_id=caller.person_id, seconds=1 if row.stream else 600)


@pytest.mark.parametrize("name", TABLES)
def test_every_route_has_exactly_one_row(name: str) -> None:
    routes = [
        f"{method} {route.path_format}"
        for router in api(name).routers
        for route in router.routes
        if isinstance(route, GuardedRoute)
        for method in route.methods or ()
    ]
    assert sorted(routes) == sorted(row.name for row in table(name).ROWS)


@pytest.mark.parametrize(("name", "row"), rows(lambda row: not row.public))
async def test_nobody_calls_without_a_good_token(
    row: Row, scene: Scene, token: TokenFor, for_another_audience: TokenFor
) -> None:
    role = min(row.roles)
    answers = {
        "token-missing": await scene.call(row, None),
        "token-expired": await scene.call(row, token(role, insider(role).agency_id, seconds=-60)),
        "token-invalid": await scene.call(row, for_another_audience(role, insider(role).agency_id)),
    }
    told = {code: (answer.status_code, answer.json()["code"]) for code, answer in answers.items()}
    assert told == {code: (401, code) for code in answers}


@pytest.mark.parametrize(("name", "row"), rows(lambda row: row.public))
async def test_on_a_public_route_nobody_is_asked_who_he_is(
    row: Row, scene: Scene, for_another_audience: TokenFor
) -> None:
    """Also a bad token is not looked at."""
    bad = for_another_audience(Role.HEAD, insider(Role.HEAD).agency_id)
    told = [(await scene.call(row, token)).status_code for token in (None, bad)]
    assert told == [row.outside] * 2


@pytest.mark.parametrize(("name", "row"), rows(lambda row: not row.public))
async def test_the_roles_of_the_row_may_and_no_other(row: Row, scene: Scene, token: TokenFor) -> None:
    wrong = {}
    callers = {role: row.insiders[role](scene.ids) if role in row.insiders else insider(role) for role in Role}
    tokens = {role: token_of(caller, row, token) for role, caller in callers.items()}
    for role, answer in (await scene.answers(row, tokens)).items():
        refused = answer.status_code == 403 and answer.json()["code"] == "role-not-allowed"
        if answer.status_code in NEVER if role in row.roles else not refused:
            wrong[role] = (answer.status_code, answer.text)
    assert wrong == {}


@pytest.mark.parametrize(("name", "row"), rows(lambda row: row.outside is not None and not row.public))
async def test_whoever_is_outside_is_told_what_the_row_says(row: Row, scene: Scene, token: TokenFor) -> None:
    told = {}
    for role in row.roles:
        caller = row.outsiders[role](scene.ids) if role in row.outsiders else outsider(role)
        if caller is not None:
            answer = await scene.call(row, token_of(caller, row, token))
            told[role] = (answer.status_code, answer.json()["code"])
    assert told
    expected = (row.outside, "not-found" if row.outside == 404 else "outside-scope")
    assert told == dict.fromkeys(told, expected)


def test_a_route_that_says_not_who_may_call_it_cannot_be_made() -> None:
    router = Router()
    with pytest.raises(AccessUndeclared):
        router.get("/open")(lambda: None)


def test_a_foreign_route_fails_the_application() -> None:
    foreign = APIRouter()
    foreign.get("/open")(lambda: None)
    with pytest.raises(AccessUndeclared):
        context_app(ContextApi("inspection", "x", (foreign,), directory))  # type: ignore[arg-type]  # foreign


def test_a_route_of_starlettes_own_fails_the_application() -> None:
    router = Router()
    router.add_route("/open", lambda _request: Response())
    with pytest.raises(AccessUndeclared):
        context_app(ContextApi("inspection", "x", (router,), directory))


def test_an_administrator_never_sees_case_content() -> None:
    with pytest.raises(AccessUndeclared):
        Access({Role.ADMINISTRATOR}, anywhere)


def test_an_auditor_changes_nothing() -> None:
    with pytest.raises(AccessUndeclared):
        Router().command("/x", access=Access({Role.AUDITOR}, anywhere))


def test_a_route_that_nobody_may_call_cannot_be_made() -> None:
    with pytest.raises(AccessUndeclared):
        Access(set(), anywhere)
