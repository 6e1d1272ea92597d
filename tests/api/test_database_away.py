"""A database that goes away in the middle of a reading: the caller is told to come again."""

import asyncpg
import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from services.entrypoints.api import errors
from services.entrypoints.api.edge import Edge


async def answer(failure: Exception) -> httpx.Response:
    async def failing(_request: Request) -> Response:
        raise failure

    app = Starlette(routes=[Route("/", failing)])
    errors.install(app)
    transport = httpx.ASGITransport(Edge(app), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://suite") as client:
        return await client.get("/")


@pytest.mark.parametrize(
    "failure",
    [
        asyncpg.AdminShutdownError("terminating connection due to administrator command"),
        asyncpg.CannotConnectNowError("the database system is shutting down"),
        asyncpg.ConnectionDoesNotExistError("connection was closed in the middle of operation"),
        asyncpg.InternalClientError("cannot switch to state 12; another operation (2) is in progress"),
        ConnectionRefusedError(111, "Connection refused"),
    ],
)
async def test_a_lost_database_is_unavailable(failure: Exception) -> None:
    assert (await answer(failure)).status_code == httpx.codes.SERVICE_UNAVAILABLE


@pytest.mark.parametrize("failure", [FileNotFoundError("x"), asyncpg.DataError("x")])
async def test_a_defect_stays_one(failure: Exception) -> None:
    assert (await answer(failure)).status_code == httpx.codes.INTERNAL_SERVER_ERROR
