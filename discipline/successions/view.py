"""What lists show of a plan: one row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discipline.successions.state import State

if TYPE_CHECKING:
    from collections.abc import Mapping


def row(state: State) -> Mapping[str, object]:
    """Return the row of `succession_view`."""
    if state is None:
        raise ValueError("a plan without events has no row")
    return {
        "id": state.succession_id,
        "kind": state.kind,
        "status": state.status,
        "day": state.day,
        "predecessors": list(state.predecessors),
        "successors": list(state.successors),
        "heir_id": state.heir_id,
        "heir_post": state.heir_post,
        "passages": dict(state.passages),
        "singled": {str(finding_id): to_post for finding_id, to_post in state.singled.items()},
        "went": [one.model_dump(mode="json") for one in state.went],
    }
