"""The watch over the notifier: it says when deadlines or what they wait for stand still.

It reads what the others leave behind and depends on none of them. All its moments are real time: a suite whose clock
was moved by a month has not stood still for a month.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

import structlog

from services.adapters.notifier import metrics
from services.adapters.notifier.horizon import applied_through
from services.adapters.notifier.transactions import transaction

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from asyncpg import Connection, Pool, Record

log = structlog.get_logger(__name__)


class Subject(StrEnum):
    """What is watched."""

    CLOCK = "clock"
    """The processes that fire deadlines."""
    DEADLINES = "deadlines"
    """What is due, and could fire."""
    SOURCES = "sources"
    """What the deadlines wait for: relays, broker, and the notifier's worker."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long each subject may stand still, in real time."""

    clock: timedelta = timedelta(minutes=1)
    deadlines: timedelta = timedelta(minutes=2)
    sources: timedelta = timedelta(minutes=5)

    def of(self, subject: Subject) -> timedelta:
        """Return the subject's."""
        return {Subject.CLOCK: self.clock, Subject.DEADLINES: self.deadlines, Subject.SOURCES: self.sources}[subject]


_BEAT = """
insert into heartbeat (process, beat_at) values ($1, clock_timestamp())
on conflict (process) do update set beat_at = excluded.beat_at
"""
_HEARTBEAT = "select beat_at::text from heartbeat where process = 'clock'"
_OLDEST_DUE = """
select min(moment)::text from (
    select min(due_at) as moment from deadline
    where not fired and due_at <= least($1, suite.now()) and not held(case_id)
    union all
    select min(next_at) from alert_view where next_at <= least($1, suite.now()) and not held(case_id)) as due
"""
# The moment of the last change stays while what is seen is the same, also over a restart of the watchdog.
_SEE = """
insert into watched as known (subject, seen, changed_at) values ($1, $2, clock_timestamp())
on conflict (subject) do update set seen = excluded.seen,
    changed_at = case when known.seen = excluded.seen then known.changed_at else excluded.changed_at end
returning changed_at, clock_timestamp() - changed_at as since
"""
_BEGIN = """
insert into notice (id, subject, began_at) values ($1, $2, $3)
on conflict (subject) where ended_at is null do nothing returning id
"""
_END = "update notice set ended_at = clock_timestamp() where subject = $1 and ended_at is null returning id"
_TELL = """
insert into delivery (id, notice_id, channel, told_at, correlation_id)
values ($1, $2, 'email', clock_timestamp(), $2)
"""
NOTHING = "nothing"
NOTICES = UUID("3f0c6d5e-2f6b-5b53-9a0a-6f6c2c1e8d10")


async def beat(source: Pool[Record] | Connection[Record], process: str) -> None:
    """Say that a process lives."""
    await source.execute(_BEAT, process)


class Watchdog:
    """Watches, and says once what stands still: in the log, as a metric, as readiness, and to the administrators.

    Args:
        pool: connections as the notifier's login.
        partitions: of each topic that the rules read.
        patience: how long each subject may stand still.
    """

    def __init__(self, pool: Pool[Record], *, partitions: int, patience: Patience = Patience()) -> None:
        self._pool = pool
        self._partitions = partitions
        self._patience = patience
        self.standing_still: frozenset[Subject] = frozenset()
        """What stood still at the last look."""

    async def look(self) -> None:
        """Look once at everything."""
        async with transaction(self._pool) as connection:
            seen = await self._seen(connection)
            still = {subject for subject, what in seen.items() if await self._stands_still(connection, subject, what)}
            for subject in Subject:
                await self._say(connection, subject, stands_still=subject in still)
        self.standing_still = frozenset(still)

    async def _seen(self, connection: Connection[Record]) -> Mapping[Subject, str]:
        through = await applied_through(connection, self._partitions)
        oldest = None if through is None else await connection.fetchval(_OLDEST_DUE, through)
        return {
            Subject.CLOCK: await connection.fetchval(_HEARTBEAT) or NOTHING,
            Subject.DEADLINES: oldest or NOTHING,
            Subject.SOURCES: NOTHING if through is None else through.isoformat(),
        }

    async def _stands_still(self, connection: Connection[Record], subject: Subject, what: str) -> bool:
        row = await connection.fetchrow(_SEE, subject, what)
        assert row is not None  # noqa: S101 - the statement returns its row
        if subject is Subject.DEADLINES and what == NOTHING:
            return False
        since: timedelta = row["since"]
        return since > self._patience.of(subject)

    async def _say(self, connection: Connection[Record], subject: Subject, *, stands_still: bool) -> None:
        metrics.STANDS_STILL.labels(subject).set(stands_still)
        if not stands_still:
            if await connection.fetchval(_END, subject):
                log.info("notifier_goes_on", subject=subject)
            return
        changed_at: datetime = await connection.fetchval("select changed_at from watched where subject = $1", subject)
        id_ = uuid5(NOTICES, f"{subject}/{changed_at.isoformat()}")
        if await connection.fetchval(_BEGIN, id_, subject, changed_at):
            log.error("notifier_stands_still", subject=subject, since=changed_at.isoformat())
            await connection.execute(_TELL, uuid5(id_, "email"), id_)
