"""Passing on ten thousand open follow-ups by one plan, in one transaction."""

from __future__ import annotations

import asyncio
import statistics
import time
import uuid
from datetime import date, timedelta
from functools import reduce
from typing import TYPE_CHECKING

import asyncpg
import uvloop

from discipline.follow_ups.commands import OpenFollowUp
from discipline.successions.commands import ApproveSuccession, ProposeSuccession
from inspection.organisation.commands import (
    AnnounceRestructuring,
    Command,
    CompleteRestructuring,
    CreateAgency,
    CreatePost,
    FillPost,
    FoundOrganisation,
)
from inspection.organisation.decide import decide
from inspection.organisation.evolve import evolve
from inspection.organisation.state import INITIAL
from schemas.inspection.organisation import AgencyKind, PostKind, RestructuringAnnounced, RestructuringKind
from schemas.values import Name, Posts, SubjectKind
from services.adapters.discipline.succession import CarryingOut
from services.adapters.postgres.clock import PostgresClock
from services.adapters.postgres.store import PostgresStore
from services.application.discipline import standing
from services.application.discipline.aggregates import FOLLOW_UP, SUCCESSION
from services.application.handler import Handler
from tests.bench.bare import Bare
from tests.bench.callers import asked
from tests.bench.environment import Env
from tests.bench.figure import Figure
from tests.discipline.samples import submitted

if TYPE_CHECKING:
    from inspection.organisation.state import Organisation

CASES, CALLERS, ROUNDS = 10_000, 64, 3
SINCE = date(2015, 1, 1)
CHAIR = uuid.uuid4()
_NAME = Name(vi="Tên", en="Name")
_UNITS = (("inspectorate", AgencyKind.INSPECTORATE), ("district", AgencyKind.DISTRICT), ("commune", AgencyKind.COMMUNE))
_POSTS = Posts(head="district-head", superior="chair", inspectorate="inspectorate-head", chair="chair")


def measure(env: Env) -> list[Figure]:
    """Measure `succession_10k`."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        ours = [runner.run(_seconds(env)) for _ in range(ROUNDS)]
        ceiling = runner.run(_ceiling(env))
    note = (
        f"{CASES:,} follow-ups, their views and the plan in one transaction; ceiling: as many rows, {CALLERS} a commit"
    )
    return [Figure("succession_10k", statistics.median(ours), "s", ceiling, note=note)]


async def _ceiling(env: Env) -> float:
    """Seconds to insert as many rows without deciding anything."""
    with env.databases.fresh() as database:
        connection = await asyncpg.connect(database.admin_dsn)
        rate = await Bare(connection).insert(CALLERS, 2.0)
        await connection.close()
    return CASES / rate


async def _seconds(env: Env) -> float:
    """Open the cases in a database of their own, then pass them on."""
    with env.databases.fresh() as database:
        store = await PostgresStore.open(database.dsn("discipline"), "discipline")
        handler = Handler(store, PostgresClock(store.pool))
        now = await handler.clock.now()
        act, day = uuid.uuid4(), now.date() - timedelta(days=1)
        known = _organisation(act, day)
        await _fill(handler)
        chair = standing.person(known, CHAIR, now.date())
        announced = RestructuringAnnounced(
            authority_id="province",
            valid_from=day,
            succession_id=act,
            kind=RestructuringKind.END,
            predecessors=("district",),
            successors=("commune",),
            heir_id="commune",
        )
        await handler.handle(SUCCESSION, act, ProposeSuccession(announced, "commune-head", ("district-head",)), asked())
        await handler.handle(SUCCESSION, act, ApproveSuccession(chair, "chair"), asked())
        started = time.perf_counter()
        await CarryingOut(store, known, chair).run(act, asked())
        took = time.perf_counter() - started
        moved = await store.pool.fetchval("select count(*) from follow_up_view where owner_post = 'commune-head'")
        if moved != CASES:
            raise AssertionError(moved)
        await store.close()
    return took


async def _fill(handler: Handler) -> None:
    sample = submitted()
    left = iter(range(CASES))

    async def caller() -> None:
        for _ in left:
            finding_id = uuid.uuid4()
            finding = sample.model_copy(update={"finding_id": finding_id, "posts": _POSTS})
            await handler.handle(FOLLOW_UP, finding_id, OpenFollowUp(finding), asked())

    await asyncio.gather(*(caller() for _ in range(CALLERS)))


def _organisation(act: uuid.UUID, day: date) -> Organisation:
    posts = [("chair", "province"), *((f"{agency_id}-head", agency_id) for agency_id, _ in _UNITS)]
    commands: list[Command] = [FoundOrganisation("province", _NAME, SINCE)]
    commands += [CreateAgency(agency_id, _NAME, kind, "province", SINCE) for agency_id, kind in _UNITS]
    commands += [CreatePost(post, of, PostKind.HEAD, _NAME, SubjectKind.CADRE, SINCE) for post, of in posts]
    commands += [FillPost("chair", CHAIR, False, SINCE), FillPost("commune-head", uuid.uuid4(), False, SINCE)]
    commands += [
        AnnounceRestructuring(act, RestructuringKind.END, ("district",), ("commune",), "commune", day),
        CompleteRestructuring(act),
    ]
    state = INITIAL
    for command in commands:
        state = reduce(evolve, decide(command, state), state)
    return state
