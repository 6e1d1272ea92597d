"""The clock of consultations: what was left unanswered lapses, or is consent, as of its due moment.

Any number of processes may do it at once: the version of the consultation's stream decides who was first, and whoever
was not finds nothing left to do. An answer that was received in time and is recorded later undoes it. One that fails
because of what it is does not keep the others: it is set aside.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

import asyncpg
import structlog

from services.adapters.directory_copy import CopiedOrganisation
from services.adapters.discipline.setting_aside import SetAside
from services.adapters.horizon import applied_through
from services.adapters.kafka.faults import RACES, is_world
from services.adapters.kafka.group import consumer_of
from services.adapters.kafka.retrying import PAUSES
from services.adapters.postgres.clock import PostgresClock
from services.adapters.postgres.pool import LOST
from services.application.discipline.aggregates import CONSULTATION, CONTEXT
from services.application.discipline.consultations import let_lapse
from services.application.handler import ConcurrentChange, Handler, Request
from services.application.ports import StoreUnavailable

if TYPE_CHECKING:
    from asyncpg import Record

    from inspection.organisation.state import Organisation
    from services.adapters.postgres.store import PostgresStore

log = structlog.get_logger(__name__)

TICK_SECONDS = 1.0
BATCH = 200
ACTOR = "policy:let-lapse"

_FOLLOWED = ("inspection.restricted",)
"""Who headed the agency on the last day is known once the organisation was followed past the due moment."""
_DUE = """
select id, asking_agency, consulted_agency, due_at, suite.now() as at from consultation_view
where going_on and due_at < least($1, suite.now()) and id <> all($3::uuid[])
order by due_at, id limit $2"""
_WAITING = "select id from consultation_view where id = any($1::uuid[]) and going_on"
_AWAY = (StoreUnavailable, asyncpg.InternalClientError)
"""The database, as the store and the driver say it beside `is_world`."""
_LAPSES = UUID("6f1c0c52-2b0e-5e86-9f7a-31d0a7c0b7de")
"""Namespace of the clock's commands."""


class Lapsing:
    """Lets consultations lapse that are due, in the context's database.

    Args:
        store: the context's.
        partitions: of each topic.
        pauses: seconds before each further try of one that fails, where they are not those of parked messages.
    """

    def __init__(self, store: PostgresStore, *, partitions: int, pauses: tuple[float, ...] = PAUSES) -> None:
        self._pool = store.pool
        self._partitions = partitions
        self._handler = Handler(store, PostgresClock(store.pool))
        self._organisation = CopiedOrganisation()
        self._set_aside = SetAside(pauses)

    async def run(self, stop: asyncio.Event) -> None:
        """Look each second until asked to stop, a backlog without pause; a lost database is waited for.

        Raises what else the infrastructure fails with.
        """
        while not stop.is_set():
            try:
                while await self.once() == BATCH and not stop.is_set():
                    pass
            except (*LOST, StoreUnavailable) as lost:
                log.warning("lapsing_without_database", reason=type(lost).__name__)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(TICK_SECONDS):
                    await stop.wait()

    async def once(self) -> int:
        """Let what is due lapse, and return how many were looked at."""
        through = await applied_through(self._pool, consumer_of(CONTEXT), _FOLLOWED, self._partitions)
        if through is None:
            return 0
        due = await self._pool.fetch(_DUE, through, BATCH, self._set_aside.resting())
        if due:
            organisation = await self._organisation.read(self._pool)
            for row in due:
                await self._tried(row, organisation)
        if failed := self._set_aside.known:
            self._set_aside.keep({row["id"] for row in await self._pool.fetch(_WAITING, failed)})
        return len(due)

    async def _tried(self, row: Record, organisation: Organisation) -> None:
        try:
            await self._lapse(row, organisation)
        except (ConcurrentChange, *RACES):
            log.info("lapsing_lost_race", consultation_id=str(row["id"]))  # it is looked at again
        except Exception as fault:
            if is_world(fault) or isinstance(fault, _AWAY):
                raise
            self._set_aside.add(row["id"], fault)

    async def _lapse(self, row: Record, organisation: Organisation) -> None:
        """By facts of the row that no event changes; what has become of it the handler reads from its stream."""
        due_at, command_id = row["due_at"], uuid5(_LAPSES, str(row["id"]))
        command = let_lapse(organisation, row["asking_agency"], row["consulted_agency"], due_at, row["at"])
        request = Request(command_id, ACTOR, command_id, command_id, retry_on_conflict=True, occurred_at=due_at)
        await self._handler.handle(CONSULTATION, row["id"], command, request)
