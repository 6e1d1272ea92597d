"""What follows from a command on the organisation. Repeating what holds already changes nothing."""

from __future__ import annotations

from datetime import date
from typing import assert_never

from inspection.organisation import refusals
from inspection.organisation.commands import (
    Command,
    CreateAgency,
    CreatePost,
    EndAgency,
    FillPost,
    FoundOrganisation,
    MoveAgency,
    RenameAgency,
    VacatePost,
)
from inspection.organisation.evolve import evolve
from inspection.organisation.queries import above, agency_on
from inspection.organisation.state import Agency, Holding, Organisation, Post
from inspection.timeline import at
from schemas.inspection.organisation import (
    AgencyCreated,
    AgencyEnded,
    AgencyKind,
    AgencyMoved,
    AgencyRenamed,
    AnyOrganisationEvent,
    OrganisationFounded,
    PostCreated,
    PostFilled,
    PostKind,
    PostVacated,
)

Events = tuple[AnyOrganisationEvent, ...]


def decide(command: Command, state: Organisation) -> Events:  # noqa: PLR0911 -- a case for each command
    """Return what happens, or raise why it cannot (`inspection.organisation.refusals`)."""
    if isinstance(command, FoundOrganisation):
        return _found(command, state)
    if state.authority_id is None:
        raise refusals.OrganisationNotFounded
    match command:
        case CreateAgency():
            return _create_agency(command, state, state.authority_id)
        case RenameAgency():
            return _rename(command, state, state.authority_id)
        case MoveAgency():
            return _move(command, state, state.authority_id)
        case EndAgency():
            return _end(command, state, state.authority_id)
        case CreatePost():
            return _create_post(command, state, state.authority_id)
        case FillPost():
            return _fill(command, state, state.authority_id)
        case VacatePost():
            return _vacate(command, state, state.authority_id)
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
    _refuse_ring(evolve(state, moved), agency.agency_id, command.valid_from)
    return (moved,)


def _end(command: EndAgency, state: Organisation, authority_id: str) -> Events:
    agency = agency_on(state, command.agency_id, command.valid_from)
    if agency.agency_id == authority_id:
        raise refusals.AuthorityIsTheRoot(authority_id)
    if agency.ended_on is not None and agency.successor_id is not None:
        raise refusals.AgencyEndedBefore(agency.agency_id, agency.ended_on, agency.successor_id)
    successor = agency_on(state, command.successor_id, command.valid_from)
    if successor.ended_on is not None:
        raise refusals.SuccessorEnds(successor.agency_id, successor.ended_on)
    ended = AgencyEnded(
        authority_id=authority_id,
        valid_from=command.valid_from,
        agency_id=agency.agency_id,
        successor_id=successor.agency_id,
    )
    _refuse_ring(evolve(state, ended), agency.agency_id, command.valid_from)
    return (ended,)


def _refuse_ring(after: Organisation, agency_id: str, from_day: date) -> None:
    """A ring that was not there before leads through the agency, on a day on which something changes."""
    for day in (from_day, *sorted(day for day in _turning_days(after) if day > from_day)):
        seen = above(after, agency_id, day)
        while seen is not None:
            if seen == agency_id:
                raise refusals.AgencyWouldStandBelowItself(agency_id, day)
            seen = above(after, seen, day)


def _turning_days(state: Organisation) -> set[date]:
    """The days on which somebody comes to stand elsewhere."""
    moved = {day for agency in state.agencies.values() for day, _ in agency.parents}
    return moved | {agency.ended_on for agency in state.agencies.values() if agency.ended_on is not None}


def _create_post(command: CreatePost, state: Organisation, authority_id: str) -> Events:
    if command.post_id in state.posts:
        raise refusals.PostAlreadyExists(command.post_id)
    agency = agency_on(state, command.agency_id, command.valid_from)
    if command.kind is PostKind.HEAD:
        _refuse_second_head(state, agency)
    return (
        PostCreated(
            authority_id=authority_id,
            valid_from=command.valid_from,
            post_id=command.post_id,
            agency_id=command.agency_id,
            kind=command.kind,
            title=command.title,
            official_kind=command.official_kind,
        ),
    )


def _refuse_second_head(state: Organisation, agency: Agency) -> None:
    for post_id in state.posts_of_agency.get(agency.agency_id, ()):
        if state.posts[post_id].kind is PostKind.HEAD:
            raise refusals.HeadPostExists(agency.agency_id, post_id)


def _fill(command: FillPost, state: Organisation, authority_id: str) -> Events:
    post = _post_on(state, command.post_id, command.valid_from)
    held = at(post.holders, command.valid_from)
    if held == Holding(command.person_id, command.acting):
        return ()
    if command.acting and held is not None and not held.acting:
        raise refusals.PostIsHeld(post.post_id)
    return (
        PostFilled(
            authority_id=authority_id,
            valid_from=command.valid_from,
            post_id=post.post_id,
            person_id=command.person_id,
            acting=command.acting,
        ),
    )


def _vacate(command: VacatePost, state: Organisation, authority_id: str) -> Events:
    post = _post_on(state, command.post_id, command.valid_from)
    if at(post.holders, command.valid_from) is None:
        return ()
    return (PostVacated(authority_id=authority_id, valid_from=command.valid_from, post_id=post.post_id),)


def _post_on(state: Organisation, post_id: str, day: date) -> Post:
    post = state.posts.get(post_id)
    if post is None:
        raise refusals.PostUnknown(post_id)
    if day < post.since:
        raise refusals.PostNotYetThere(post_id, post.since)
    agency_on(state, post.agency_id, day)
    return post
