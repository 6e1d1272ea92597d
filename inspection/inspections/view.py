"""The row that lists of inspections show."""

from __future__ import annotations

from collections.abc import Mapping

from inspection.inspections.state import State


def row(state: State) -> Mapping[str, object]:
    """The row of an inspection that was planned."""
    if state is None:
        raise AssertionError("an inspection without events has no row")
    return {
        "id": state.inspection_id,
        "status": state.status,
        "legal_kind": state.legal_kind,
        "form": state.form,
        "directive_id": state.directive_id,
        "agency_ids": state.agency_ids,
        "from_day": state.from_day,
        "to_day": state.to_day,
        "planned_by": state.planned_by,
        "leader_id": None if state.team is None else state.team.leader_id,
        "member_ids": () if state.team is None else state.team.member_ids,
        "opened_on": state.opened_on,
        "concluded_at": state.concluded_at,
    }
