"""What follows from a command on the organisation. Repeating what holds already changes nothing."""

from __future__ import annotations

from typing import assert_never

from inspection.organisation import corrections, posts, refusals, restructuring
from inspection.organisation.commands import (
    Command,
    CreateAgency,
    EndAgency,
    FoundOrganisation,
    MoveAgency,
    PostCommand,
    RenameAgency,
    RestructuringCommand,
    WithdrawFact,
)
from inspection.organisation.evolve import evolve
from inspection.organisation.queries import agency_on
from inspection.organisation.state import Organisation
from inspection.organisation.tree import refuse_ring
from inspection.timeline import at
from schemas.inspection.organisation import (
    AgencyCreated,
    AgencyEnded,
    AgencyKind,
    AgencyMoved,
    AgencyRenamed,
    AnyOrganisationEvent,
    OrganisationFounded,
)

Events = tuple[AnyOrganisationEvent, ...]


def decide(command: Command, state: Organisation) -> Events:  # noqa: PLR0911 -- a case for each command
    """Return what happens, or raise why it cannot (`inspection.organisation.refusals`)."""
    if isinstance(command, FoundOrganisation):
        return _found(command, state)
    if state.authority_id is None:
        raise refusals.OrganisationNotFounded
    if isinstance(command, PostCommand):
        return posts.decide(command, state, state.authority_id)
    if isinstance(command, RestructuringCommand):
        return restructuring.decide(command, state, state.authority_id)
    if isinstance(command, WithdrawFact):
        return corrections.decide(command, state, state.authority_id)
    match command:
        case CreateAgency():
            return _create_agency(command, state, state.authority_id)
        case RenameAgency():
            return _rename(command, state, state.authority_id)
        case MoveAgency():
            return _move(command, state, state.authority_id)
        case EndAgency():
            return _end(command, state, state.authority_id)
        case _:
            assert_never(command)


def _found(command: FoundOrganisation, state: Organisation) -> Events:
    if state.authority_id is not None:
        raise refusals.OrganisationAlreadyFounded(state.authority_id)
    return (OrganisationFounded(authority_id=command.authority_id, valid_from=command.valid_from, name=command.name),)


def _create_agency(command: CreateAgency, state: Organisation, authority_id: str) -> Events:
    if command.agency_id in state.agencies:
        raise refusals.AgencyAlreadyExists(command.agency_id)
    if command.kind is AgencyKind.AUTHORITY:
        raise refusals.AuthorityIsTheRoot(authority_id)
    _see_place(command, state, authority_id)
    return (
        AgencyCreated(
            authority_id=authority_id,
            valid_from=command.valid_from,
            agency_id=command.agency_id,
            name=command.name,
            kind=command.kind,
            parent_id=command.parent_id,
        ),
    )


def _see_place(command: CreateAgency, state: Organisation, authority_id: str) -> None:
    if command.kind is AgencyKind.CENTRAL:
        if command.parent_id is not None:
            raise refusals.CentralStandsOutside(command.agency_id)
        agency_on(state, authority_id, command.valid_from)
        return
    if command.parent_id is None:
        raise refusals.ParentMissing(command.agency_id)
    agency_on(state, command.parent_id, command.valid_from)


def _rename(command: RenameAgency, state: Organisation, authority_id: str) -> Events:
    agency = agency_on(state, command.agency_id, command.valid_from)
    if at(agency.names, command.valid_from) == command.name:
        return ()
    return (
        AgencyRenamed(
            authority_id=authority_id, valid_from=command.valid_from, agency_id=agency.agency_id, name=command.name
        ),
    )


def _move(command: MoveAgency, state: Organisation, authority_id: str) -> Events:
    agency = agency_on(state, command.agency_id, command.valid_from)
    if agency.agency_id == authority_id:
        raise refusals.AuthorityIsTheRoot(authority_id)
    if agency.kind is AgencyKind.CENTRAL:
        raise refusals.CentralStandsOutside(agency.agency_id)
    agency_on(state, command.parent_id, command.valid_from)
    if at(agency.parents, command.valid_from) == command.parent_id:
        return ()
    moved = AgencyMoved(
        authority_id=authority_id,
        valid_from=command.valid_from,
        agency_id=agency.agency_id,
        parent_id=command.parent_id,
    )
    refuse_ring(evolve(state, moved), agency.agency_id, from_day=command.valid_from)
    return (moved,)


def _end(command: EndAgency, state: Organisation, authority_id: str) -> Events:
    agency = agency_on(state, command.agency_id, command.valid_from)
    if agency.agency_id == authority_id:
        raise refusals.AuthorityIsTheRoot(authority_id)
    if agency.ended_on is not None and agency.successor_id is not None:
        raise refusals.AgencyEndedBefore(agency.agency_id, agency.ended_on, agency.successor_id)
    restructuring.refuse_under_way(state, agency.agency_id)
    successor = agency_on(state, command.successor_id, command.valid_from)
    if successor.ended_on is not None:
        raise refusals.SuccessorEnds(successor.agency_id, successor.ended_on)
    ended = AgencyEnded(
        authority_id=authority_id,
        valid_from=command.valid_from,
        agency_id=agency.agency_id,
        successor_id=successor.agency_id,
    )
    refuse_ring(evolve(state, ended), agency.agency_id, from_day=command.valid_from)
    return (ended,)
