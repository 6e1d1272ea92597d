"""How a record changes by each of its events."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from discipline.records.state import Counted, Reached, Record
from schemas.discipline.records import (
    AnyRecordEvent,
    ConfirmedFindingCounted,
    CountUndone,
    ThresholdReached,
    ThresholdUndone,
)

if TYPE_CHECKING:
    from uuid import UUID


def evolve(state: Record, event: AnyRecordEvent) -> Record:
    """Return the record after the event."""
    match event:
        case ConfirmedFindingCounted():
            counted = Counted(event.finding_id, event.fact_date, event.detected_at)
            return replace(state, counted=(*state.counted, counted))
        case CountUndone():
            return Record(
                tuple(known for known in state.counted if known.finding_id != event.finding_id),
                tuple(_without(event.finding_id, reached) for reached in state.reached),
            )
        case ThresholdReached():
            reached = Reached(event.matter_id, event.basis, event.threshold, event.period_days, event.terms)
            return replace(state, reached=(*state.reached, reached))
        case ThresholdUndone():
            left = tuple(reached for reached in state.reached if reached.matter_id != event.matter_id)
            return replace(state, reached=left)
        case _:
            assert_never(event)


def _without(finding_id: UUID, reached: Reached) -> Reached:
    return replace(reached, basis=tuple(item for item in reached.basis if item.finding_id != finding_id))
