"""What is shown of a board in lists: one row. Quorum and conflicts are derived when somebody looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discipline.boards.state import State

if TYPE_CHECKING:
    from collections.abc import Mapping


def row(state: State) -> Mapping[str, object]:
    """Return the row of `board_view`."""
    if state is None:
        raise ValueError("a board without events has no row")
    sitting = state.sitting
    return {
        "id": state.board_id,
        "matter_id": state.matter_id,
        "authority_post": state.authority_post,
        "reviews": sorted(state.reviews),
        "subjects": sorted(set(state.reviews.values())),
        "persons": sorted(seat.person_id for seat in state.seats),
        "seats": [seat.model_dump(mode="json") for seat in state.seats],
        "size": state.size.model_dump(mode="json"),
        "quorum": state.quorum.model_dump(mode="json"),
        "recusals_asked": sorted(state.asked),
        "recused": sorted(state.recused),
        "sittings": len(state.sittings),
        "sitting": None if sitting is None else sitting.number,
        "vote": state.vote,
        "dissolved": state.dissolved,
    }
