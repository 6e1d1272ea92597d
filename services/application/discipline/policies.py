"""The context's policies, bound to its aggregates."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from discipline.policies import OnFollowUp, OnRecord, Order, react
from discipline.records.state import record_id
from services.application.discipline.aggregates import FOLLOW_UP, RECORD
from services.application.reactions import Reaction

if TYPE_CHECKING:
    from schemas.registry import AnyEvent


def reactions(event: AnyEvent) -> tuple[Reaction, ...]:
    """What follows from an event alone."""
    return tuple(map(_reaction, react(event)))


def _reaction(order: Order) -> Reaction:
    match order:
        case OnFollowUp(policy, finding_id, command):
            return Reaction(policy, FOLLOW_UP, finding_id, command)
        case OnRecord(policy, agency_id, directive_id, command):
            return Reaction(policy, RECORD, record_id(agency_id, directive_id), command)
        case _:
            assert_never(order)
