"""What is shown of a ballot: one row. Before the count it tells who took part and nothing of the box."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discipline.ballots.state import State

if TYPE_CHECKING:
    from collections.abc import Mapping


def row(state: State) -> Mapping[str, object]:
    """Return the row of `ballot_view`."""
    if state is None:
        raise ValueError("a ballot without events has no row")
    called, outcome = state.called, state.outcome
    return {
        "id": called.ballot_id,
        "review_id": called.review_id,
        "body": called.body,
        "board_id": called.board_id,
        "status": state.status,
        "chair": called.chair,
        "secretary": called.secretary,
        "voters": sorted(called.voters),
        "took_part": sorted(state.papers),
        "quorum": called.quorum.model_dump(mode="json"),
        "choices": list(called.choices),
        "key": called.key,
        "box_until": state.box_until,
        "totals": None if outcome is None else dict(outcome.totals),
        "blank": None if outcome is None else outcome.blank,
        "invalid": None if outcome is None else outcome.invalid,
        "missing": None if outcome is None else outcome.missing,
        "gives_away": None if outcome is None else outcome.gives_away,
        "dissents": sorted(state.dissents),
    }
