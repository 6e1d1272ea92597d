"""How a register changes by each event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discipline.documents.register.state import Register, step_of

if TYPE_CHECKING:
    from schemas.discipline.documents import AnyRegisterEvent


def evolve(state: Register, event: AnyRegisterEvent) -> Register:
    """Return the register after the event."""
    return Register(event.number, {**state.standing, step_of(event): event.document_id})
