"""What follows from the context's own events, in the transaction that recorded them: counts, proposals, lost bases.

The events that these policies follow (a confirmed or cancelled follow-up, a demand, a threshold) are recorded by this
worker alone, because of an event of another context. Following them here and not through Kafka keeps a promise: a
watermark of this context never stands between a finding that fell away and the review that lapses with it, so no
deadline of that review fires meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from discipline.proposals import Demand, Loss, loss, proposals
from schemas.inspection.findings import FindingConfirmed, FindingDismissed, FindingMarkedDuplicate, FindingWithdrawn
from schemas.notifier.alerts import AlertLadderExhausted
from schemas.registry import decode
from services.adapters import calendar as calendars
from services.adapters.directory_copy import CopiedOrganisation
from services.application.discipline.aggregates import REVIEW
from services.application.discipline.policies import reactions
from services.application.discipline.standing import heads
from services.application.reactions import Reaction

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from discipline.calendar import Calendar
    from schemas.envelope import Recorded
    from schemas.registry import AnyEvent
    from services.application.reactions import BatchTransaction

DECISIVE = (FindingConfirmed, FindingWithdrawn, FindingDismissed, FindingMarkedDuplicate, AlertLadderExhausted)
"""Nothing but the follow-up itself follows from other events."""

_CAUSED = "select type, data from events where stream = $1 and meta ->> 'causation_id' = $2 order by version"
_RESTING = "select id from review_view where findings && $1::uuid[] order by id"

_organisation = CopiedOrganisation()


async def follow_own_events(transaction: BatchTransaction, batch: Sequence[Recorded]) -> None:
    """Follow what the batch's events brought about in this context, each in its order.

    Raises `DirectoryBehind` where a head who answers is not known yet: the message is tried again later.
    """
    causes = [recorded for recorded in batch if isinstance(recorded.event, DECISIVE)]
    if not causes:
        return
    calendar = await calendars.within(transaction.connection)
    for cause in causes:
        following = _Following(transaction, cause, calendar)
        await following.all(reactions(cause.event))


@dataclass(frozen=True)
class _Following:
    """Follows what one event of another context brought about."""

    transaction: BatchTransaction
    cause: Recorded
    calendar: Calendar

    async def all(self, carried_out: Iterable[Reaction]) -> None:
        """Follow the events that commands of this cause left behind, and what follows from those."""
        for reaction in carried_out:
            for event in await self._caused(reaction):
                await self._one(event)

    async def _caused(self, reaction: Reaction) -> list[AnyEvent]:
        stream = reaction.aggregate.stream(reaction.id)
        rows = await self.transaction.connection.fetch(_CAUSED, stream, str(self.cause.event_id))
        return [decode(row["type"], row["data"]) for row in rows]

    async def _one(self, event: AnyEvent) -> None:
        if isinstance(event, Demand):
            await self.transaction.carry_out(self.cause, await self._proposed(event))
        elif isinstance(event, Loss):
            await self.transaction.carry_out(self.cause, await self._lost(event))
        asked = reactions(event)
        await self.transaction.carry_out(self.cause, asked)
        await self.all(asked)

    async def _proposed(self, demand: Demand) -> list[Reaction]:
        organisation = await _organisation.read(self.transaction.connection)
        found = proposals(demand, heads(organisation, demand), self.cause.occurred_at, self.calendar)
        return [Reaction("propose-review", REVIEW, review_id, command) for review_id, command in found.items()]

    async def _lost(self, event: Loss) -> list[Reaction]:
        command = loss(event, self.cause.occurred_at, self.calendar)
        resting = await self.transaction.connection.fetch(_RESTING, list(command.findings))
        return [Reaction("lose-basis", REVIEW, row["id"], command) for row in resting]
