"""How each event changes the organisation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import assert_never
from uuid import UUID

from inspection.organisation.state import Absence, Agency, Holding, Organisation, Post, Restructuring, Stage
from inspection.timeline import holding_from, withdrawn
from schemas.inspection.organisation import (
    AgenciesMerged,
    AgencyCreated,
    AgencyEnded,
    AgencyKind,
    AgencyMoved,
    AgencyRenamed,
    AgencySplit,
    AnyOrganisationEvent,
    Fact,
    FactWithdrawn,
    HolderAbsent,
    HolderReturned,
    OrganisationFounded,
    PostCreated,
    PostEnded,
    PostFilled,
    PostVacated,
    RestructuringAnnounced,
    RestructuringWithdrawn,
)


def evolve(state: Organisation, event: AnyOrganisationEvent) -> Organisation:  # noqa: C901, PLR0911, PLR0912 -- a case for each event
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
            return _ended(state, (event.agency_id,), event.successor_id, event)
        case AgenciesMerged():
            return _ended(state, event.predecessors, event.successor_id, event)
        case AgencySplit():
            return _ended(state, (event.agency_id,), event.heir_id, event)
        case RestructuringAnnounced():
            return _with_restructuring(state, _announced(event))
        case RestructuringWithdrawn():
            return _at_stage(state, event.succession_id, Stage.WITHDRAWN)
        case PostCreated():
            return _with_new_post(state, event)
        case PostFilled():
            holding = Holding(event.person_id, event.acting)
            return _with_holder(_known_to_hold(state, event.person_id, event.post_id), event, holding)
        case PostVacated():
            return _with_holder(state, event, None)
        case PostEnded():
            ended = replace(state.posts[event.post_id], ended_on=event.valid_from, successor_post=event.successor_post)
            return _with_post(state, ended)
        case HolderAbsent():
            absence = Absence(event.acted_by)
            known = state if event.acted_by is None else _known_to_hold(state, event.acted_by, event.post_id)
            return _with_absence(known, event, absence)
        case HolderReturned():
            return _with_absence(state, event, None)
        case FactWithdrawn():
            return _without(state, event)
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


def _with_post(state: Organisation, post: Post) -> Organisation:
    return replace(state, posts=state.posts | {post.post_id: post})


def _with_holder(state: Organisation, event: PostFilled | PostVacated, holding: Holding | None) -> Organisation:
    post = state.posts[event.post_id]
    held = replace(post, holders=holding_from(post.holders, event.valid_from, holding))
    if post.absences:  # whoever was away, it was his predecessor
        held = replace(held, absences=holding_from(post.absences, event.valid_from, None))
    return _with_post(state, held)


def _with_absence(state: Organisation, event: HolderAbsent | HolderReturned, absence: Absence | None) -> Organisation:
    post = state.posts[event.post_id]
    return _with_post(state, replace(post, absences=holding_from(post.absences, event.valid_from, absence)))


def _announced(event: RestructuringAnnounced) -> Restructuring:
    return Restructuring(
        succession_id=event.succession_id,
        kind=event.kind,
        predecessors=event.predecessors,
        successors=event.successors,
        heir_id=event.heir_id,
        day=event.valid_from,
    )


def _with_restructuring(state: Organisation, restructuring: Restructuring) -> Organisation:
    return replace(state, restructurings=state.restructurings | {restructuring.succession_id: restructuring})


def _at_stage(state: Organisation, succession_id: UUID, stage: Stage) -> Organisation:
    return _with_restructuring(state, replace(state.restructurings[succession_id], stage=stage))


def _ended(
    state: Organisation,
    agency_ids: tuple[str, ...],
    successor_id: str,
    event: AgencyEnded | AgenciesMerged | AgencySplit,
) -> Organisation:
    for agency_id in agency_ids:
        ended = replace(
            state.agencies[agency_id],
            ended_on=event.valid_from,
            successor_id=successor_id,
            succession_id=event.succession_id,
        )
        state = _with_agency(state, ended)
    succession_id = event.succession_id
    return state if succession_id is None else _at_stage(state, succession_id, Stage.COMPLETED)


def _without(state: Organisation, event: FactWithdrawn) -> Organisation:
    """The state without what was said; whom a post is known to have been held by stays in the index."""
    day = event.valid_from
    match event.fact:
        case Fact.NAME:
            agency = state.agencies[event.subject_id]
            return _with_agency(state, replace(agency, names=withdrawn(agency.names, day)))
        case Fact.PARENT:
            agency = state.agencies[event.subject_id]
            return _with_agency(state, replace(agency, parents=withdrawn(agency.parents, day)))
        case Fact.HOLDER:
            post = state.posts[event.subject_id]
            return _with_post(state, replace(post, holders=withdrawn(post.holders, day)))
        case Fact.ABSENCE:
            post = state.posts[event.subject_id]
            return _with_post(state, replace(post, absences=withdrawn(post.absences, day)))
        case _:
            assert_never(event.fact)


def _known_to_hold(state: Organisation, person_id: UUID, post_id: str) -> Organisation:
    known = state.posts_of_person.get(person_id, ())
    if post_id in known:
        return state
    return replace(state, posts_of_person=state.posts_of_person | {person_id: (*known, post_id)})
