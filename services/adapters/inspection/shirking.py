"""Drafts a finding of shirking where a follow-up was passed on more often than its directive tolerates."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, TypeVar

from inspection.shirking import shirking
from notifier.calendar import local_day
from schemas.discipline.followups import FollowUpHandedOver
from schemas.registry import decode
from services.application.directives import DIRECTIVE
from services.application.directory import ORGANISATION, STREAM
from services.application.findings import FINDING
from services.application.reactions import Reaction

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from asyncpg import Connection, Record

    from schemas.envelope import Recorded
    from services.application.aggregate import Aggregate
    from services.application.reactions import BatchTransaction

S = TypeVar("S")

POLICY = "draft-shirking"

_EVENTS = "select type, data from events where stream = $1 order by version"


async def draft_shirking(transaction: BatchTransaction, batch: Sequence[Recorded]) -> None:
    """Draft what the batch's hand-overs give rise to. Rare, so the streams are folded anew each time."""
    for recorded in batch:
        event = recorded.event
        if not isinstance(event, FollowUpHandedOver) or not event.past_limit:
            continue
        await transaction.settle()
        command = shirking(
            event,
            local_day(recorded.occurred_at),
            finding=await _state(transaction.connection, FINDING, FINDING.stream(event.finding_id)),
            directive=await _state(transaction.connection, DIRECTIVE, DIRECTIVE.stream(event.directive_id)),
            organisation=await _state(transaction.connection, ORGANISATION, STREAM),
        )
        if command is not None:
            await transaction.carry_out(recorded, [Reaction(POLICY, FINDING, command.finding_id, command)])


async def _state(connection: Connection[Record], aggregate: Aggregate[S, Any, Any], stream: str) -> S:
    rows = await connection.fetch(_EVENTS, stream)
    return reduce(aggregate.evolve, (decode(row["type"], row["data"]) for row in rows), aggregate.initial)
