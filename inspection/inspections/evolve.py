"""How each event changes an inspection."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from inspection.inspections.state import Inspection, InspectionStatus, State, Team
from schemas.inspection.inspections import (
    AnyInspectionEvent,
    InspectionCancelled,
    InspectionConcluded,
    InspectionOpened,
    InspectionPlanned,
    TeamAppointed,
)


def evolve(state: State, event: AnyInspectionEvent) -> State:
    """Return the inspection after an event."""
    if isinstance(event, InspectionPlanned):
        return _planned(event)
    if state is None:
        raise AssertionError(f"{event.type} before the inspection was planned")
    match event:
        case TeamAppointed():
            return replace(state, team=Team(event.leader_id, event.member_ids))
        case InspectionOpened():
            return replace(state, status=InspectionStatus.OPENED, opened_on=event.opened_on)
        case InspectionConcluded():
            concluded = replace(state, conclusion=event.conclusion, concluded_at=event.concluded_at)
            return replace(concluded, status=InspectionStatus.CONCLUDED)
        case InspectionCancelled():
            return replace(state, status=InspectionStatus.CANCELLED, cancelled_for=event.reason)
        case _:
            assert_never(event)


def _planned(event: InspectionPlanned) -> Inspection:
    return Inspection(
        inspection_id=event.inspection_id,
        status=InspectionStatus.PLANNED,
        legal_kind=event.legal_kind,
        form=event.form,
        directive_id=event.directive_id,
        agency_ids=event.agency_ids,
        from_day=event.from_day,
        to_day=event.to_day,
        planned_by=event.planned_by,
    )
