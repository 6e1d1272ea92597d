"""Reviews that follow from events and from facts of the database: who headed an agency, what rests on a finding."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from discipline.proposals import Demand, Loss, heads_asked, loss, proposals
from schemas.discipline.followups import FollowUpCancelled, ReviewDemanded
from schemas.discipline.records import CountUndone, ThresholdReached, ThresholdUndone
from services.adapters import calendar as calendars
from services.adapters.directory_copy import CopiedOrganisation
from services.application.discipline.aggregates import REVIEW
from services.application.discipline.standing import head
from services.application.reactions import Reaction

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from discipline.calendar import Calendar
    from discipline.reviews.commands import ProposeReview
    from schemas.envelope import Recorded
    from services.application.reactions import BatchTransaction

_organisation = CopiedOrganisation()

_RESTING = "select id from review_view where findings && $1::uuid[]"


async def follow_reviews(transaction: BatchTransaction, batch: Sequence[Recorded]) -> None:
    """Propose the reviews that are demanded, and tell those that rest on a finding when it falls away.

    Demand and loss of the same finding stand on one stream, so they come in their order; a review that this very
    batch proposed is told too, whether its row can be read already or not.
    """
    told = [recorded for recorded in batch if isinstance(recorded.event, Demand | Loss)]
    if not told:
        return
    calendar = await calendars.within(transaction.connection)
    proposed: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for recorded in told:
        match recorded.event:
            case ReviewDemanded() | ThresholdReached() as demand:
                found = await _proposals(transaction, demand, recorded.occurred_at, calendar)
                reactions = [Reaction("propose-review", REVIEW, review_id, found[review_id]) for review_id in found]
                for item in demand.basis if isinstance(demand, ThresholdReached) else [demand]:
                    proposed[item.finding_id].update(found)
            case FollowUpCancelled() | CountUndone() | ThresholdUndone() as lost:
                reactions = await _lost(transaction, lost, recorded.occurred_at, calendar, proposed)
            case _:
                continue
        await transaction.carry_out(recorded, reactions)


async def _proposals(
    transaction: BatchTransaction, demand: Demand, occurred_at: datetime, calendar: Calendar
) -> Mapping[UUID, ProposeReview]:
    """Raises `DirectoryBehind` where a head who answers is not known yet."""
    asked = heads_asked(demand)
    organisation = await _organisation.read(transaction.connection)
    heads = {answers: head(organisation, post) for answers, post in asked.items()}
    return proposals(demand, heads, occurred_at, calendar)


async def _lost(
    transaction: BatchTransaction,
    event: Loss,
    occurred_at: datetime,
    calendar: Calendar,
    proposed: defaultdict[UUID, set[UUID]],
) -> list[Reaction]:
    command = loss(event, occurred_at, calendar)
    resting = {row["id"] for row in await transaction.connection.fetch(_RESTING, list(command.findings))}
    resting.update(*(proposed[finding_id] for finding_id in command.findings))
    return [Reaction("lose-basis", REVIEW, review_id, command) for review_id in sorted(resting)]
