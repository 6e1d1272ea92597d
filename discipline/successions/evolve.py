"""How each event changes a plan."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from discipline.successions.state import State, Succession, SuccessionStatus
from schemas.discipline.successions import (
    AnySuccessionEvent,
    SuccessionApproved,
    SuccessionCarriedOut,
    SuccessionCorrected,
    SuccessionProposed,
    SuccessionWithdrawn,
)


def evolve(state: State, event: AnySuccessionEvent) -> Succession:
    """Return the plan after the event."""
    if isinstance(event, SuccessionProposed):
        return _proposed(event)
    if state is None:
        raise ValueError(f"a plan begins with its proposal, not with {event.type}")
    match event:
        case SuccessionCorrected():
            passages = {passage.from_post: passage.to_post for passage in event.passages}
            singled = {one.finding_id: one.to_post for one in event.singled}
            return replace(state, passages={**state.passages, **passages}, singled={**state.singled, **singled})
        case SuccessionApproved():
            return replace(state, status=SuccessionStatus.APPROVED)
        case SuccessionWithdrawn():
            return replace(state, status=SuccessionStatus.WITHDRAWN)
        case SuccessionCarriedOut():
            return replace(state, status=SuccessionStatus.CARRIED_OUT, went=event.went)
        case _:
            assert_never(event)


def _proposed(event: SuccessionProposed) -> Succession:
    return Succession(
        succession_id=event.succession_id,
        kind=event.kind,
        day=event.day,
        predecessors=event.predecessors,
        successors=event.successors,
        heir_id=event.heir_id,
        heir_post=event.heir_post,
        passages={passage.from_post: passage.to_post for passage in event.passages},
    )
