"""How each event changes the organisation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import assert_never
from uuid import UUID

from inspection.organisation.state import Agency, Holding, Organisation, Post
from inspection.timeline import holding_from
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
    PostVacated,
)


def evolve(state: Organisation, event: AnyOrganisationEvent) -> Organisation:  # noqa: PLR0911 -- a case for each event
    """Return the organisation after an event."""
    match event:
        case OrganisationFounded():
            root = _agency(event.authority_id, AgencyKind.AUTHORITY, event, parent_id=None)
            return replace(_with_agency(state, root), authority_id=event.authority_id)
        case AgencyCreated():
            return _with_agency(state, _agency(event.agency_id, event.kind, event, parent_id=event.parent_id))
        case AgencyRenamed():
            agency = state.agencies[event.agency_id]
            return _with_agency(state, replace(agency, names=holding_from(agency.names, event.valid_from, event.name)))
        case AgencyMoved():
            agency = state.agencies[event.agency_id]
            parents = holding_from(agency.parents, event.valid_from, event.parent_id)
            return _with_agency(state, replace(agency, parents=parents))
        case AgencyEnded():
            agency = state.agencies[event.agency_id]
            ended = replace(agency, ended_on=event.valid_from, successor_id=event.successor_id)
            return _with_agency(state, ended)
        case PostCreated():
            return _with_new_post(state, event)
        case PostFilled():
            holding = Holding(event.person_id, event.acting)
            return _with_holder(_known_to_hold(state, event.person_id, event.post_id), event, holding)
        case PostVacated():
            return _with_holder(state, event, None)
        case _:
            assert_never(event)


def _agency(
    agency_id: str, kind: AgencyKind, event: OrganisationFounded | AgencyCreated, *, parent_id: str | None
) -> Agency:
    day: date = event.valid_from
    return Agency(agency_id, kind, day, ((day, event.name),), ((day, parent_id),))


def _with_agency(state: Organisation, agency: Agency) -> Organisation:
    return replace(state, agencies=state.agencies | {agency.agency_id: agency})


def _with_new_post(state: Organisation, event: PostCreated) -> Organisation:
    post = Post(event.post_id, event.agency_id, event.kind, event.title, event.official_kind, event.valid_from)
    others = state.posts_of_agency.get(event.agency_id, ())
    return replace(
        state,
        posts=state.posts | {event.post_id: post},
        posts_of_agency=state.posts_of_agency | {event.agency_id: (*others, event.post_id)},
    )


def _with_holder(state: Organisation, event: PostFilled | PostVacated, holding: Holding | None) -> Organisation:
    post = state.posts[event.post_id]
    held = replace(post, holders=holding_from(post.holders, event.valid_from, holding))
    return replace(state, posts=state.posts | {event.post_id: held})


def _known_to_hold(state: Organisation, person_id: UUID, post_id: str) -> Organisation:
    known = state.posts_of_person.get(person_id, ())
    if post_id in known:
        return state
    return replace(state, posts_of_person=state.posts_of_person | {person_id: (*known, post_id)})
