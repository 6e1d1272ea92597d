"""The courier: takes deliveries, tries them, records what became of them. Any number of processes may do it at once."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import structlog

from services.adapters.catalogues import Language
from services.adapters.delivery import messages, traces
from services.adapters.delivery.mail import Mailer
from services.adapters.delivery.outcome import Outcome, State, What
from services.adapters.directory_copy import CopiedOrganisation
from services.adapters.notifier import metrics
from services.adapters.notifier.deliveries import EMAIL, WEBHOOK
from services.application import tracing
from services.application.registry import RegistryUnavailable

if TYPE_CHECKING:
    from collections.abc import Coroutine, Mapping, Sequence
    from uuid import UUID

    from asyncpg import Pool, Record

    from inspection.organisation.state import Organisation
    from services.adapters.delivery.queue import DeliveryQueue, Leased
    from services.adapters.delivery.webhook import WebhookSender
    from services.application.registry import Person, Registry

log = structlog.get_logger(__name__)

BATCH = 20
"""Letters of a lease are sent one after the other: all of them fit into the time of the lease."""


@dataclass(frozen=True, slots=True)
class Channels:
    """What this deployment delivers by; none where it is not configured."""

    mail: Mailer | None
    webhooks: WebhookSender | None
    administrators: tuple[str, ...] = ()
    """Addresses to which notices about the suite itself go."""


class Courier:
    """Delivers.

    Args:
        pool: connections as the notifier's login.
        queue: where deliveries wait.
        registry: resolves names and addresses, at the moment of sending.
        channels: what this deployment delivers by.
    """

    def __init__(self, pool: Pool[Record], queue: DeliveryQueue, registry: Registry, channels: Channels) -> None:
        self._pool = pool
        self._queue = queue
        self._registry = registry
        self._channels = channels
        self._organisation = CopiedOrganisation()

    async def deliver(self, limit: int = BATCH) -> int:
        """Try the deliveries whose time has come, up to a limit; return how many."""
        leased = await self._queue.lease(limit)
        if not leased:
            return 0
        organisation = await self._organisation.read(self._pool)
        letters = [one for one in leased if one.channel == EMAIL]
        calls = [self._one(one, self._call(one)) for one in leased if one.channel == WEBHOOK]
        await asyncio.gather(self._letters(letters, organisation), *calls)
        return len(leased)

    async def _letters(self, leased: Sequence[Leased], organisation: Organisation) -> None:
        persons = await self._persons({person for one in leased if (person := one.row["person_id"]) is not None})
        for one in leased:
            await self._one(one, self._letter(one, persons, organisation))

    async def _persons(self, ids: set[UUID]) -> Mapping[UUID, Person] | None:
        """The persons by id; None while the registry cannot be asked."""
        if not ids or self._channels.mail is None:
            return {}
        try:
            return await self._registry.persons(sorted(ids))
        except RegistryUnavailable:
            return None

    async def _letter(
        self, leased: Leased, persons: Mapping[UUID, Person] | None, organisation: Organisation
    ) -> Outcome:
        mail, row = self._channels.mail, leased.row
        if mail is None:
            return Outcome.suppressed(What.NOT_CONFIGURED)
        language = _language(row["language"])
        if row["alert_id"] is None:
            if not self._channels.administrators:
                return Outcome.suppressed(What.NO_ADDRESS)
            to = self._channels.administrators
            return await mail.send(leased.id, messages.notice(row, language), to, language)
        if persons is None:
            return Outcome.for_now(What.REGISTRY_UNAVAILABLE)
        person = persons.get(row["person_id"])
        if person is None or person.email is None:
            return Outcome.suppressed(What.NO_ADDRESS)
        letter = messages.letter(row, person.name, organisation, language)
        return await mail.send(leased.id, letter, (person.email,), language)

    async def _call(self, leased: Leased) -> Outcome:
        webhooks, row = self._channels.webhooks, leased.row
        if webhooks is None:
            return Outcome.suppressed(What.NOT_CONFIGURED)
        if row["webhook_id"] is None:  # removed or disabled since
            return Outcome.suppressed(What.NO_ADDRESS)
        body = messages.payload(row)
        return await webhooks.send(leased.id, row["webhook_id"], row["key_version"], row["url"], body)

    async def _one(self, leased: Leased, attempt: Coroutine[None, None, Outcome]) -> None:
        """Make an attempt, unless there were too many, and record it."""
        span = traces.attempt(leased)
        try:
            outcome = await self._recorded(leased, attempt)
        except BaseException as fault:
            tracing.end(span, fault)
            raise
        traces.became(span, outcome)
        _report(leased, outcome)

    async def _recorded(self, leased: Leased, attempt: Coroutine[None, None, Outcome]) -> Outcome:
        if self._queue.exhausted(leased):
            attempt.close()
            outcome = Outcome.for_good(What.TRIED_TOO_OFTEN)
        else:
            try:
                outcome = await attempt
            except Exception:
                # A defect: this delivery alone fails, and is tried again, for the next version may mend it.
                log.exception("delivery_defective", delivery_id=str(leased.id), channel=leased.channel)
                outcome = Outcome.for_now(What.DEFECT)
        return await self._queue.record(leased, outcome)


def _report(leased: Leased, outcome: Outcome) -> None:
    """In the log and as a metric; of a confidential case only what went wrong."""
    failed = outcome.state is State.FAILED_FOR_GOOD
    if leased.row["confidential"] and not failed:
        return
    metrics.DELIVERIES.labels(leased.channel, outcome.state).inc()
    (log.warning if failed else log.info)(
        "delivery_tried",
        delivery_id=str(leased.id),
        channel=leased.channel,
        attempt=leased.attempt,
        state=outcome.state,
        what=outcome.what,
        status=outcome.status,
        correlation_id=str(leased.row["correlation_id"]),
    )


def _language(stored: str) -> Language:
    """The table's check keeps out every other one."""
    return cast("Language", stored)
