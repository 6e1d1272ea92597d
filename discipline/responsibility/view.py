"""What lists show of the question: one row a finding or consultation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discipline.responsibility.state import Level, State

if TYPE_CHECKING:
    from collections.abc import Mapping


def row(state: State) -> Mapping[str, object]:
    """Return the row of `responsibility_view`."""
    if state is None:
        raise ValueError("a question without events has no row")
    waiting = state.waiting
    return {
        "id": state.finding_id,
        "matter_id": state.matter_id,
        "agency_id": state.agency_id,
        "directive_id": state.directive_id,
        "provision": state.terms.provision,
        "authority_post": state.terms.authority_post,
        "fact_date": state.fact_date,
        "own_check": state.own_check,
        "persons": sorted({who for one in state.levels for who in (one.subject.person_id, one.acted_by) if who}),
        "levels": [_level(one) for one in state.levels],
        "waiting": len(waiting),
        "answer_until": min((one.answer_until for one in waiting), default=None),
    }


def _level(level: Level) -> dict[str, object]:
    return {
        "level": level.level,
        "subject": level.subject.model_dump(mode="json"),
        "acting": level.acting,
        "in_office_since": None if level.in_office_since is None else level.in_office_since.isoformat(),
        "acted_by": None if level.acted_by is None else str(level.acted_by),
        "answer_until": level.answer_until.isoformat(),
        "status": level.status,
        "review_id": None if level.review_id is None else str(level.review_id),
        "closed": level.closed,
    }
