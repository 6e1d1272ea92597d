"""Agencies that give way to others: announced, then withdrawn or completed once their plan is approved.

An agency ends only by a plan for what is open there (`discipline.successions`). The announcement makes the plan be
proposed; its approval completes the announcement; nothing else does.
"""

from __future__ import annotations

from typing import assert_never

from inspection.organisation import refusals
from inspection.organisation.commands import (
    AnnounceRestructuring,
    CompleteRestructuring,
    RestructuringCommand,
    WithdrawRestructuring,
)
from inspection.organisation.evolve import evolve
from inspection.organisation.queries import agency_on, head_of
from inspection.organisation.state import Organisation, Restructuring, Stage
from inspection.organisation.tree import completion, refuse_ring
from schemas.inspection.organisation import (
    AnyOrganisationEvent,
    RestructuringAnnounced,
    RestructuringKind,
    RestructuringWithdrawn,
)
from schemas.refusal import Coded

Events = tuple[AnyOrganisationEvent, ...]
_SEVERAL = 2


def decide(command: RestructuringCommand, state: Organisation, authority_id: str) -> Events:
    """Return what happens, or raise why it cannot; a completion is total."""
    match command:
        case AnnounceRestructuring():
            return _announced(command, state, authority_id)
        case WithdrawRestructuring():
            return _withdrawn(command, state, authority_id)
        case CompleteRestructuring(succession_id):
            known = state.restructurings.get(succession_id)
            return () if known is None or known.stage is not Stage.ANNOUNCED else completion(known, authority_id)
        case _:
            assert_never(command)


def _announced(command: AnnounceRestructuring, state: Organisation, authority_id: str) -> Events:
    if command.succession_id in state.restructurings:
        return ()
    _see_shape(command)
    for agency_id in command.predecessors:
        _see_predecessor(agency_id, command, state, authority_id)
    for agency_id in command.successors:
        _see_successor(agency_id, command, state)
    announced = RestructuringAnnounced(
        authority_id=authority_id,
        valid_from=command.valid_from,
        succession_id=command.succession_id,
        kind=command.kind,
        predecessors=command.predecessors,
        successors=command.successors,
        heir_id=command.heir_id,
    )
    refuse_ring(evolve(state, announced), *command.predecessors, from_day=command.valid_from)
    return (announced,)


def _see_shape(command: AnnounceRestructuring) -> None:
    for named in (command.predecessors, command.successors):
        for number, agency_id in enumerate(named):
            if agency_id in named[:number]:
                raise refusals.AgencyNamedTwice(agency_id)
    before, after = len(command.predecessors), len(command.successors)
    match command.kind:
        case RestructuringKind.END:
            fits = before == after == 1
        case RestructuringKind.MERGE:
            fits = before >= 1 and after == 1
        case RestructuringKind.SPLIT:
            fits = before == 1 and after >= _SEVERAL
        case _:
            assert_never(command.kind)
    if not fits:
        raise refusals.RestructuringOfAnotherShape(Coded("restructuring-kind", command.kind), before, after)
    if command.heir_id not in command.successors:
        raise refusals.HeirNotAmongSuccessors(command.heir_id)


def _see_predecessor(agency_id: str, command: AnnounceRestructuring, state: Organisation, authority_id: str) -> None:
    agency = agency_on(state, agency_id, command.valid_from)
    if agency_id == authority_id:
        raise refusals.AuthorityIsTheRoot(authority_id)
    if agency.ended_on is not None and agency.successor_id is not None:
        raise refusals.AgencyEndedBefore(agency_id, agency.ended_on, agency.successor_id)
    refuse_under_way(state, agency_id)


def _see_successor(agency_id: str, command: AnnounceRestructuring, state: Organisation) -> None:
    if agency_id in command.predecessors:
        raise refusals.SuccessorEnds(agency_id, command.valid_from)
    refuse_ending_successor(state, agency_id, command)
    if head_of(state, agency_id, command.valid_from) is None:
        raise refusals.HeadPostMissing(agency_id, command.valid_from)


def refuse_ending_successor(state: Organisation, agency_id: str, command: AnnounceRestructuring) -> None:
    """Refuse a successor that is not there on the day, or has an end itself, recorded or announced."""
    agency = agency_on(state, agency_id, command.valid_from)
    if agency.ended_on is not None:
        raise refusals.SuccessorEnds(agency_id, agency.ended_on)
    coming = ending(state, agency_id)
    if coming is not None:
        raise refusals.SuccessorEnds(agency_id, coming.day)


def ending(state: Organisation, agency_id: str) -> Restructuring | None:
    """The announced restructuring by which the agency is to end."""
    announced = (one for one in state.restructurings.values() if one.stage is Stage.ANNOUNCED)
    return next((one for one in announced if agency_id in one.predecessors), None)


def refuse_under_way(state: Organisation, agency_id: str) -> None:
    """Refuse a second end of an agency, and an end of one that others are to be succeeded by."""
    for one in state.restructurings.values():
        if one.stage is Stage.ANNOUNCED and agency_id in (*one.predecessors, *one.successors):
            raise refusals.RestructuringUnderWay(agency_id, str(one.succession_id), one.day)


def _withdrawn(command: WithdrawRestructuring, state: Organisation, authority_id: str) -> Events:
    known = state.restructurings.get(command.succession_id)
    if known is None:
        raise refusals.RestructuringUnknown(str(command.succession_id))
    match known.stage:
        case Stage.WITHDRAWN:
            return ()
        case Stage.COMPLETED:
            raise refusals.RestructuringCompleted(str(command.succession_id), known.day)
        case Stage.ANNOUNCED:
            withdrawn = RestructuringWithdrawn(
                authority_id=authority_id, valid_from=known.day, succession_id=command.succession_id
            )
            return (withdrawn,)
        case _:
            assert_never(known.stage)
