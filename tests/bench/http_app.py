"""The API's process with the append left out: the ceiling of `http_submit_32`. `python -m tests.bench.http_app`."""

import uvloop

from services.adapters.postgres.store import PostgresStore
from services.application.ports import Append, Outcome, Won
from services.entrypoints import logging
from services.entrypoints.api.process import run
from services.entrypoints.settings import Settings


async def _nothing(_store: PostgresStore, _append: Append) -> Outcome:
    return Won(0)


if __name__ == "__main__":
    PostgresStore.append = _nothing  # type: ignore[method-assign, assignment]  # that is the point
    settings = Settings()
    logging.configure(settings)
    uvloop.run(run(settings))
