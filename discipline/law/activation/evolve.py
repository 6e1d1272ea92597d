"""How the activations change by each event."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from discipline.law.activation.state import Activation, Activations, Withdrawal
from schemas.discipline.law_rows import AnyLawRowEvent, LawRowActivated, LawRowWithdrawn


def evolve(state: Activations, event: AnyLawRowEvent) -> Activations:
    """Return the activations after the event."""
    match event:
        case LawRowActivated():
            made = Activation(
                row_id=event.row_id,
                stated=event.stated,
                source=event.source,
                reasons=event.reasons,
                since=event.applied_from,
                by=event.activated_by,
            )
            return Activations((*state.made, made))
        case LawRowWithdrawn():
            withdrawal = Withdrawal(event.applied_until, event.reasons, event.withdrawn_by)
            current = state.current(event.row_id)
            return Activations(
                tuple(replace(one, withdrawn=withdrawal) if one is current else one for one in state.made)
            )
        case _:
            assert_never(event)
