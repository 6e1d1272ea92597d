"""What the tree must never become: a ring, whatever was announced and comes to pass."""

from __future__ import annotations

from datetime import date
from functools import reduce

from inspection.organisation.evolve import evolve
from inspection.organisation.queries import above
from inspection.organisation.refusals import AgencyWouldStandBelowItself
from inspection.organisation.state import Organisation, Restructuring, Stage
from schemas.inspection.organisation import (
    AgenciesMerged,
    AgencyEnded,
    AgencySplit,
    AnyOrganisationEvent,
    RestructuringKind,
)


def completion(restructuring: Restructuring, authority_id: str) -> tuple[AnyOrganisationEvent, ...]:
    """What a restructuring comes to."""
    predecessors, heir_id = restructuring.predecessors, restructuring.heir_id
    common = {
        "authority_id": authority_id,
        "valid_from": restructuring.day,
        "succession_id": restructuring.succession_id,
    }
    match restructuring.kind:
        case RestructuringKind.END:
            ended = (AgencyEnded(agency_id=id_, successor_id=heir_id, **common) for id_ in predecessors)
            return tuple(ended)
        case RestructuringKind.MERGE:
            return (AgenciesMerged(predecessors=predecessors, successor_id=heir_id, **common),)
        case RestructuringKind.SPLIT:
            (agency_id,) = predecessors
            successors = restructuring.successors
            return (AgencySplit(agency_id=agency_id, successors=successors, heir_id=heir_id, **common),)


def refuse_ring(after: Organisation, *agency_ids: str, from_day: date) -> None:
    """Refuse what closes a ring on a day from that one on, as it is recorded and together with what is only announced.

    A ring that was not there before leads through one of the agencies, on a day on which something changes.

    Raises:
        AgencyWouldStandBelowItself: names the agency and the first such day.
    """
    for state in (after, _as_announced(after)):
        days = (from_day, *sorted(day for day in _turning_days(state) if day > from_day))
        for agency_id in agency_ids:
            for day in days:
                _see_no_ring(state, agency_id, day)


def _see_no_ring(state: Organisation, agency_id: str, day: date) -> None:
    passed = {agency_id}
    seen = above(state, agency_id, day)
    while seen is not None:
        # Also a ring further up, which does not lead through the agency, would never end.
        if seen in passed:
            raise AgencyWouldStandBelowItself(seen, day)
        passed.add(seen)
        seen = above(state, seen, day)


def _as_announced(state: Organisation) -> Organisation:
    if state.authority_id is None:
        return state
    coming = [one for one in state.restructurings.values() if one.stage is Stage.ANNOUNCED]
    events = [event for one in coming for event in completion(one, state.authority_id)]
    return reduce(evolve, events, state)


def _turning_days(state: Organisation) -> set[date]:
    """The days on which somebody comes to stand elsewhere."""
    moved = {day for agency in state.agencies.values() for day, _ in agency.parents}
    return moved | {agency.ended_on for agency in state.agencies.values() if agency.ended_on is not None}
