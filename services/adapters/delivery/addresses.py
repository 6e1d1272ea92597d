"""Letters to whoever's mail address was changed, at the address before: he alone can say that it was not his wish."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

import structlog

from notifier.calendar import ZONE, local_day
from services.adapters.catalogues import Language, text
from services.adapters.delivery.mail import Letter
from services.adapters.delivery.outcome import Outcome, State, What
from services.adapters.notifier import metrics
from services.adapters.notifier.deliveries import EMAIL
from services.application.registry import RegistryUnavailable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from asyncpg import Pool, Record

    from services.adapters.delivery.mail import Mailer
    from services.adapters.delivery.queue import Persistence
    from services.adapters.registry.wire import NoticeItem

log = structlog.get_logger(__name__)

BATCH = 3
"""Sent one after the other: all of them fit into the time of the lease."""
_LANGUAGES = "select person_id, language from preference where person_id = any($1::uuid[])"


class Notices(Protocol):
    """The registry, which alone knows what an address was before."""

    async def lease_notices(self, limit: int, seconds: float) -> Sequence[NoticeItem]:
        """Letters that are due, held for so long. Raises `RegistryUnavailable`."""
        ...

    async def record_notice(self, notice: NoticeItem, what: str, again_in: float | None) -> None:
        """What became of one, and after how many seconds it is tried again. Raises `RegistryUnavailable`."""
        ...


class ChangedAddresses:
    """Tells them.

    Args:
        pool: connections as the notifier's login, which knows each person's language.
        notices: the registry.
        mail: None where this deployment sends none.
        persistence: how often a letter is tried.
    """

    def __init__(self, pool: Pool[Record], notices: Notices, mail: Mailer | None, persistence: Persistence) -> None:
        self._pool = pool
        self._notices = notices
        self._mail = mail
        self._persistence = persistence

    async def tell(self) -> None:
        """Try the letters that are due; while the registry is away, they wait there."""
        try:
            due = await self._notices.lease_notices(BATCH, self._persistence.lease.total_seconds())
            languages = await self._languages([notice.person_id for notice in due]) if due else {}
            for notice in due:
                outcome = await self._sent(notice, languages.get(notice.person_id, "vi"))
                await self._record(notice, outcome)
        except RegistryUnavailable:
            log.warning("address_notices_wait_for_the_registry")

    async def _languages(self, person_ids: Sequence[UUID]) -> Mapping[UUID, Language]:
        rows = await self._pool.fetch(_LANGUAGES, person_ids)
        return {row["person_id"]: cast("Language", row["language"]) for row in rows}  # the table's check keeps it

    async def _sent(self, notice: NoticeItem, language: Language) -> Outcome:
        if self._mail is None:
            return Outcome.suppressed(What.NOT_CONFIGURED)
        if notice.person.email is None:
            return Outcome.suppressed(What.NO_ADDRESS)
        if notice.attempt > self._persistence.attempts:
            return Outcome.for_good(What.TRIED_TOO_OFTEN)
        return await self._mail.send(notice.id, letter(notice, language), (notice.person.email,), language)

    async def _record(self, notice: NoticeItem, outcome: Outcome) -> None:
        again = None
        if outcome.state is State.FAILED_FOR_NOW:
            again = self._persistence.pause(notice.attempt).total_seconds()
        await self._notices.record_notice(notice, outcome.what.value, again)
        metrics.DELIVERIES.labels(EMAIL, outcome.state).inc()
        failed = outcome.state is State.FAILED_FOR_GOOD
        (log.warning if failed else log.info)(
            "address_notice_tried",
            notice_id=str(notice.id),
            person_id=str(notice.person_id),
            attempt=notice.attempt,
            state=outcome.state,
            what=outcome.what,
            status=outcome.status,
        )


def letter(notice: NoticeItem, language: Language) -> Letter:
    """The letter; the new address, which may be a stranger's, does not stand in it."""
    facts = {
        "name": notice.person.name,
        "number": str(notice.number),
        "day": local_day(notice.at),
        "time": f"{notice.at.astimezone(ZONE):%H:%M}",
    }
    return Letter(text(language, "mail-address-changed.subject", facts), text(language, "mail-address-changed", facts))
