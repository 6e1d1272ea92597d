"""The sample context as a process: `python -m tests.api.served DSN`, with the settings of a process of the suite.

One address more than the sample: a command that takes a second.
"""

import asyncio
import sys

import uvloop
from starlette.responses import Response

from services.adapters.identity.issuer import LocalIssuer
from services.application.identity import Role
from services.entrypoints import logging, serving
from services.entrypoints.api.access import Access, anywhere
from services.entrypoints.api.call import Call
from services.entrypoints.api.context import ContextApi
from services.entrypoints.api.routing import Router
from services.entrypoints.settings import Settings
from tests.api.opening import AUDIENCE, ISSUER, opened_app
from tests.api.sample import API, directory

slow = Router()


@slow.command("/slow", access=Access({Role.INSPECTOR}, anywhere))
async def slow_command(call: Call) -> Response:
    """Says that it began, and takes a second."""
    (Settings().secrets / "began").touch()
    await asyncio.sleep(1)
    return call.answer(b"{}")


async def run(dsn: str, settings: Settings) -> None:
    api = ContextApi(API.name, API.title, (*API.routers, slow), directory)
    issuer = LocalIssuer(ISSUER, AUDIENCE, settings.secret("signing-key"))
    async with opened_app(api, dsn, issuer) as (app, context):
        readiness = serving.Readiness({"database": serving.reachable(context.pool)})
        await serving.serve(app, settings, readiness, host=settings.host, port=settings.port)


if __name__ == "__main__":
    settings = Settings()
    logging.configure(settings)
    uvloop.run(run(sys.argv[1], settings))
