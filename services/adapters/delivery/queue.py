"""Deliveries that wait: leased to one courier, tried, recorded. All times here are real time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from random import SystemRandom
from typing import TYPE_CHECKING

from services.adapters.delivery.outcome import Outcome, State, What
from services.adapters.notifier.transactions import transaction

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from asyncpg import Pool, Record

_random = SystemRandom()

# A lease that ran out is taken by the next courier: whoever held it died between sending and recording, so it may
# arrive twice, under the same id.
_LEASE = """
with taken as (
    select id from delivery
    where state in ('pending', 'failed_for_now', 'sending') and next_try_at <= clock_timestamp()
    order by next_try_at limit $1 for update skip locked)
update delivery as d set state = 'sending', attempts = attempts + 1, next_try_at = clock_timestamp() + $2
from taken where d.id = taken.id
returning d.id, d.attempts
"""
_INTERRUPTED = """
update delivery_attempt set outcome = 'interrupted', finished_at = clock_timestamp()
where delivery_id = any($1::uuid[]) and outcome is null
"""
_ATTEMPT = """
insert into delivery_attempt (delivery_id, number) select * from unnest($1::uuid[], $2::integer[])
"""
_LEASED = """
select d.id, d.attempts, d.channel, d.step, d.person_id, d.post_id, d.told_at, d.correlation_id, d.traceparent,
    d.alert_id, a.case_kind, a.rule, a.agency_id, a.owner_post, a.since, a.due_at, a.ends_at, a.working_days,
    a.provision, a.steps, coalesce(a.confidential, false) as confidential, a.case_id,
    n.subject, n.began_at,
    w.id as webhook_id, w.url, w.key_version,
    coalesce(p.language, 'vi') as language
from delivery d left join alert_view a on a.id = d.alert_id left join notice n on n.id = d.notice_id
    left join webhook w on w.id = d.webhook_id and w.disabled_at is null
    left join preference p on p.person_id = d.person_id
where d.id = any($1::uuid[]) order by d.told_at, d.id
"""
# Only by who holds the lease: a courier that was too slow has lost its say.
_RECORD = """
update delivery set state = $3, next_try_at = clock_timestamp() + $4,
    finished_at = case when $3 = 'failed_for_now' then null else clock_timestamp() end
where id = $1 and attempts = $2 and state = 'sending'
"""
_RECORD_ATTEMPT = """
update delivery_attempt set finished_at = clock_timestamp(), outcome = $3, status = $4, answer = $5
where delivery_id = $1 and number = $2
"""
_WEBHOOK = """
update webhook set last_status = $2, last_answer = $3, last_at = clock_timestamp(),
    disabled_at = case when $4 then clock_timestamp() else disabled_at end
where id = $1
"""


@dataclass(frozen=True, slots=True)
class Persistence:
    """How often and how long a delivery is tried."""

    attempts: int = 12
    """With the pauses below that is most of a day."""
    first_pause: timedelta = timedelta(seconds=30)
    longest_pause: timedelta = timedelta(hours=3)
    lease: timedelta = timedelta(seconds=90)
    """Longer than any attempt may take."""

    def pause(self, attempt: int) -> timedelta:
        """How long to wait after an attempt that failed: twice as long each time, and never as long as others wait."""
        doubled: int = 2 ** (attempt - 1)
        return min(self.first_pause * doubled, self.longest_pause) * _random.uniform(0.5, 1.5)


@dataclass(frozen=True, slots=True)
class Leased:
    """A delivery that this courier may try now."""

    row: Record

    @property
    def id(self) -> UUID:
        """Stable over all attempts: whoever gets it twice can tell."""
        id_: UUID = self.row["id"]
        return id_

    @property
    def attempt(self) -> int:
        """Which attempt this is, from 1."""
        number: int = self.row["attempts"]
        return number

    @property
    def channel(self) -> str:
        """`email` or `webhook`."""
        channel: str = self.row["channel"]
        return channel

    @property
    def told_at(self) -> datetime:
        """When the step was opened that it is about, in domain time."""
        moment: datetime = self.row["told_at"]
        return moment


class DeliveryQueue:
    """The deliveries of one database.

    Args:
        pool: connections as the notifier's login.
        persistence: how often and how long a delivery is tried.
    """

    def __init__(self, pool: Pool[Record], persistence: Persistence) -> None:
        self._pool = pool
        self._persistence = persistence

    async def lease(self, limit: int) -> list[Leased]:
        """Take deliveries whose time has come; the attempt is on record before anything is sent."""
        async with transaction(self._pool) as connection:
            taken = await connection.fetch(_LEASE, limit, self._persistence.lease)
            if not taken:
                return []
            ids, numbers = [row["id"] for row in taken], [row["attempts"] for row in taken]
            await connection.execute(_INTERRUPTED, ids)
            await connection.execute(_ATTEMPT, ids, numbers)
            return [Leased(row) for row in await connection.fetch(_LEASED, ids)]

    def exhausted(self, leased: Leased) -> bool:
        """Whether it was tried so often, and interrupted each time, that it is given up."""
        return leased.attempt > self._persistence.attempts

    async def record(self, leased: Leased, outcome: Outcome) -> Outcome:
        """Write down what became of the attempt, and what that makes of the delivery; return the latter."""
        last = leased.attempt >= self._persistence.attempts
        if outcome.state is State.FAILED_FOR_NOW and last:
            outcome = Outcome(State.FAILED_FOR_GOOD, outcome.what, outcome.status, outcome.answer)
        pause = self._persistence.pause(leased.attempt) if outcome.state is State.FAILED_FOR_NOW else timedelta()
        async with transaction(self._pool) as connection:
            await connection.execute(_RECORD, leased.id, leased.attempt, outcome.state, pause)
            told = (leased.id, leased.attempt, outcome.what, outcome.status, outcome.answer)
            await connection.execute(_RECORD_ATTEMPT, *told)
            if leased.row["webhook_id"] is not None:
                gone = outcome.what is What.GONE
                await connection.execute(_WEBHOOK, leased.row["webhook_id"], outcome.status, outcome.answer, gone)
        return outcome
