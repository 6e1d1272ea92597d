"""What follows from a command on a post: who holds it, who acts in it, and until when it is there."""

from __future__ import annotations

from datetime import date
from typing import assert_never

from inspection.organisation import refusals
from inspection.organisation.commands import (
    CreatePost,
    EndPost,
    FillPost,
    NoteAbsence,
    NoteReturn,
    PostCommand,
    VacatePost,
)
from inspection.organisation.queries import agency_on, head_of
from inspection.organisation.state import Absence, Agency, Holding, Organisation, Post
from inspection.timeline import at
from schemas.inspection.organisation import (
    AnyOrganisationEvent,
    HolderAbsent,
    HolderReturned,
    PostCreated,
    PostEnded,
    PostFilled,
    PostKind,
    PostVacated,
)

Events = tuple[AnyOrganisationEvent, ...]


def decide(command: PostCommand, state: Organisation, authority_id: str) -> Events:  # noqa: PLR0911 -- a case a command
    """Return what happens, or raise why it cannot."""
    match command:
        case CreatePost():
            return _created(command, state, authority_id)
        case FillPost():
            return _filled(command, state, authority_id)
        case VacatePost():
            post = _post_on(state, command.post_id, command.valid_from)
            if at(post.holders, command.valid_from) is None:
                return ()
            return (PostVacated(authority_id=authority_id, valid_from=command.valid_from, post_id=post.post_id),)
        case EndPost():
            return _ended(command, state, authority_id)
        case NoteAbsence():
            return _absent(command, state, authority_id)
        case NoteReturn():
            post = _post_on(state, command.post_id, command.valid_from)
            if at(post.absences, command.valid_from) is None:
                return ()
            return (HolderReturned(authority_id=authority_id, valid_from=command.valid_from, post_id=post.post_id),)
        case _:
            assert_never(command)


def _created(command: CreatePost, state: Organisation, authority_id: str) -> Events:
    if command.post_id in state.posts:
        raise refusals.PostAlreadyExists(command.post_id)
    agency = agency_on(state, command.agency_id, command.valid_from)
    if command.kind is PostKind.HEAD:
        _refuse_second_head(state, agency, command.valid_from)
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


def _refuse_second_head(state: Organisation, agency: Agency, day: date) -> None:
    """One head at a time: another head's post may follow one that ends before."""
    for post_id in state.posts_of_agency.get(agency.agency_id, ()):
        post = state.posts[post_id]
        if post.kind is PostKind.HEAD and (post.ended_on is None or day < post.ended_on):
            raise refusals.HeadPostExists(agency.agency_id, post_id)


def _filled(command: FillPost, state: Organisation, authority_id: str) -> Events:
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


def _ended(command: EndPost, state: Organisation, authority_id: str) -> Events:
    post = _post_on(state, command.post_id, command.valid_from)
    if post.ended_on is not None:
        raise refusals.PostEndedBefore(post.post_id, post.ended_on)
    heir = command.successor_post
    if heir is None and post.kind is PostKind.HEAD:
        raise refusals.HeadWithoutSuccessor(post.post_id)
    if heir is None and head_of(state, post.agency_id, command.valid_from) is None:
        raise refusals.HeadPostMissing(post.agency_id, command.valid_from)  # what it owns goes to the head
    if heir is not None:
        successor = _post_on(state, heir, command.valid_from)
        if heir == post.post_id or successor.ended_on is not None:
            raise refusals.SuccessorPostEnds(heir)
        if post.kind is PostKind.HEAD and successor.agency_id != post.agency_id:
            raise refusals.HeadWithoutSuccessor(post.post_id)
    ended = PostEnded(
        authority_id=authority_id, valid_from=command.valid_from, post_id=post.post_id, successor_post=heir
    )
    return (ended,)


def _absent(command: NoteAbsence, state: Organisation, authority_id: str) -> Events:
    post = _post_on(state, command.post_id, command.valid_from)
    held = at(post.holders, command.valid_from)
    if held is None or held.acting:
        raise refusals.NobodyAppointed(post.post_id)
    if command.acted_by == held.person_id:
        raise refusals.ActsForHimself(post.post_id)
    if at(post.absences, command.valid_from) == Absence(command.acted_by):
        return ()
    absent = HolderAbsent(
        authority_id=authority_id, valid_from=command.valid_from, post_id=post.post_id, acted_by=command.acted_by
    )
    return (absent,)


def _post_on(state: Organisation, post_id: str, day: date) -> Post:
    post = state.posts.get(post_id)
    if post is None:
        raise refusals.PostUnknown(post_id)
    if day < post.since:
        raise refusals.PostNotYetThere(post_id, post.since)
    if post.ended_on is not None and post.ended_on <= day:
        raise refusals.PostEndedBefore(post_id, post.ended_on)
    agency_on(state, post.agency_id, day)
    return post
