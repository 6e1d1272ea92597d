"""Commands on accountability reviews, from the proposal to the service of the decision, through the handler."""

from __future__ import annotations

import asyncio
import statistics
import time
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import asyncpg
import uvloop

from discipline.reviews.commands import Command, OpenReview
from discipline.reviews.state import review_id
from services.adapters.postgres.clock import PostgresClock
from services.adapters.postgres.store import PostgresStore
from services.application.discipline.aggregates import REVIEW
from services.application.handler import Handler
from tests.bench.bare import Bare
from tests.bench.callers import asked
from tests.bench.environment import Env
from tests.bench.figure import Figure
from tests.discipline import review_cases as cases
from tests.discipline import samples

CALLERS = 32
ROUNDS = 3
SECONDS = 2.0


def measure(env: Env) -> list[Figure]:
    """Measure `review_command`."""
    with env.databases.fresh() as database, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        store = runner.run(PostgresStore.open(database.dsn("discipline"), "discipline"))
        bare = Bare(runner.run(asyncpg.connect(database.admin_dsn)))
        ours, ceilings = [], []
        for _ in range(ROUNDS):
            ours.append(runner.run(_walk(Handler(store, PostgresClock(store.pool)))))
            ceilings.append(runner.run(bare.insert(CALLERS, SECONDS)))
        runner.run(store.close())
    note = f"{CALLERS} callers, twelve commands a review, its view written; ceiling: {CALLERS} rows a commit"
    return [Figure("review_command", statistics.median(ours), "commands/s", statistics.median(ceilings), note=note)]


async def _walk(handler: Handler) -> float:
    """Take one review after the other through its life; commands a second."""
    until = time.perf_counter() + SECONDS
    count = 0

    async def caller() -> None:
        nonlocal count
        while time.perf_counter() < until:
            matter = uuid.uuid4()
            for command in life(matter):
                await handler.handle(REVIEW, review_id(matter, samples.CLERK_REVIEWED), command, asked())
                count += 1

    started = time.perf_counter()
    await asyncio.gather(*(caller() for _ in range(CALLERS)))
    return count / (time.perf_counter() - started)


def life(matter: uuid.UUID) -> Iterator[Command]:
    """The twelve commands from the proposal to the service of the decision, in a matter of its own."""
    own = review_id(matter, samples.CLERK_REVIEWED)
    board = cases.board(reviews=(own,))
    ballot = replace(cases.ballot({"warning": 3, "reprimand": 2}), review_id=own)
    proposal = samples.item(fact=date(2025, 7, 2), detected=samples.moment("2025-07-04"))
    yield replace(cases.propose(proposal), matter_id=matter)
    yield OpenReview(cases.AUTHORITY, cases.setting(cases.OPENED_ON))
    yield cases.notify()
    yield cases.convene()
    yield cases.meet()
    yield replace(cases.REFER, board=board)
    yield replace(cases.summon(), board=board)
    yield replace(cases.receive(), board=board)
    yield cases.hear(sitting=board)
    yield replace(cases.recommendation(), board=board, ballot=ballot)
    yield cases.decide()
    yield cases.serve()
