"""What follows from a command on an inspection."""

from __future__ import annotations

from collections import Counter
from typing import assert_never

from inspection.inspections import refusals
from inspection.inspections.commands import (
    AppointTeam,
    CancelInspection,
    Charge,
    Command,
    ConcludeInspection,
    OpenInspection,
    PlanInspection,
)
from inspection.inspections.state import Inspection, InspectionStatus, State
from inspection.standing import Standing
from schemas.inspection.inspections import (
    AnyInspectionEvent,
    InspectionCancelled,
    InspectionConcluded,
    InspectionForm,
    InspectionOpened,
    InspectionPlanned,
    LegalKind,
    TeamAppointed,
)
from schemas.inspection.organisation import AgencyKind

Events = tuple[AnyInspectionEvent, ...]


def decide(command: Command, state: State) -> Events:
    """Return what happens, or raise why it cannot (`inspection.inspections.refusals`)."""
    if isinstance(command, PlanInspection):
        return _plan(command, state)
    if state is None:
        raise refusals.InspectionUnknown
    _see_charge(command.by, state)
    _refuse_ended(state)
    match command:
        case AppointTeam():
            return _appoint(command, state)
        case OpenInspection():
            return _open(command, state)
        case ConcludeInspection():
            return _conclude(command, state)
        case CancelInspection():
            return (InspectionCancelled(inspection_id=state.inspection_id, reason=command.reason),)
        case _:
            assert_never(command)


def _plan(command: PlanInspection, state: State) -> Events:
    if state is not None:
        raise refusals.InspectionAlreadyPlanned
    if command.to_day < command.from_day:
        raise refusals.PeriodReversed(command.from_day, command.to_day)
    for agency_id, times in Counter(command.agency_ids).items():
        if times > 1:
            raise refusals.AgencyNamedTwice(agency_id)
    _see_legal_kind(command)
    return (
        InspectionPlanned(
            inspection_id=command.inspection_id,
            legal_kind=command.legal_kind,
            form=command.form,
            directive_id=command.directive_id,
            agency_ids=command.agency_ids,
            from_day=command.from_day,
            to_day=command.to_day,
            planned_by=command.planned_by,
        ),
    )


def _see_legal_kind(command: PlanInspection) -> None:
    if command.legal_kind is LegalKind.KIEM_TRA:
        return
    if AgencyKind.INSPECTORATE not in command.planner_kinds:
        raise refusals.OnlyInspectoratesInspect
    if command.form is InspectionForm.INTERNAL:
        raise refusals.InternalIsACheck


def _see_charge(by: Charge, state: Inspection) -> None:
    leads = state.team is not None and by.person_id == state.team.leader_id
    if not (by.oversees or leads or by.person_id == state.planned_by):
        raise refusals.NotInCharge


def _refuse_ended(state: Inspection) -> None:
    match state.status:
        case InspectionStatus.PLANNED | InspectionStatus.OPENED:
            return
        case InspectionStatus.CONCLUDED:
            raise refusals.InspectionAlreadyConcluded
        case InspectionStatus.CANCELLED:
            raise refusals.InspectionCancelledBefore
        case _:
            assert_never(state.status)


def _appoint(command: AppointTeam, state: Inspection) -> Events:
    candidates = (command.leader, *command.members)
    for person_id, times in Counter(candidate.person_id for candidate in candidates).items():
        if times > 1:
            raise refusals.PersonNamedTwice(person_id)
    for candidate in candidates:
        _see_distance(candidate, state)
    return (
        TeamAppointed(
            inspection_id=state.inspection_id,
            leader_id=command.leader.person_id,
            member_ids=tuple(member.person_id for member in command.members),
        ),
    )


def _see_distance(candidate: Standing, state: Inspection) -> None:
    """An agency's own people look into it at home (nội bộ), but its head looks into himself nowhere."""
    at_home = state.form is InspectionForm.INTERNAL
    own = candidate.heads if at_home else candidate.works_in
    for agency_id in state.agency_ids:
        if agency_id in own:
            raise refusals.MemberOfInspectedAgency(candidate.person_id, agency_id)


def _open(command: OpenInspection, state: Inspection) -> Events:
    if state.opened_on is not None:
        raise refusals.InspectionAlreadyOpened(state.opened_on)
    if state.team is None:
        raise refusals.TeamMissing
    return (
        InspectionOpened(inspection_id=state.inspection_id, opened_on=command.today, leader_id=state.team.leader_id),
    )


def _conclude(command: ConcludeInspection, state: Inspection) -> Events:
    if state.opened_on is None:
        raise refusals.InspectionNotOpened
    return (
        InspectionConcluded(inspection_id=state.inspection_id, conclusion=command.conclusion, concluded_at=command.at),
    )
