"""What the organisation was, is or will be on a day. Facts that begin later never change the answer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from uuid import UUID

from inspection.organisation.refusals import (
    AgencyEndedBefore,
    AgencyNotYetThere,
    AgencyUnknown,
    HeadPostMissing,
    InspectorateMissing,
    OrganisationNotFounded,
)
from inspection.organisation.state import Absence, Agency, Holding, Organisation, Post
from inspection.standing import Standing
from inspection.timeline import Timeline, at
from schemas.inspection.organisation import AgencyKind, PostKind
from schemas.values import Posts


def agency_on(state: Organisation, agency_id: str, day: date) -> Agency:
    """The agency, which exists on that day.

    Raises:
        AgencyUnknown: it never existed.
        AgencyNotYetThere: it begins later.
        AgencyEndedBefore: it had ended; names the successor.
    """
    agency = state.agencies.get(agency_id)
    if agency is None:
        raise AgencyUnknown(agency_id)
    if day < agency.since:
        raise AgencyNotYetThere(agency_id, agency.since)
    if agency.ended_on is not None and agency.successor_id is not None and agency.ended_on <= day:
        raise AgencyEndedBefore(agency_id, agency.ended_on, agency.successor_id)
    return agency


def above(state: Organisation, agency_id: str, day: date) -> str | None:
    """Where responsibility goes from an agency: to its successor once it has ended, else to the agency above."""
    agency = state.agencies.get(agency_id)
    if agency is None or day < agency.since:
        return None
    if agency.has_ended(day):
        return agency.successor_id
    if agency.kind is AgencyKind.CENTRAL:
        # Outside the tree, but the authority whose directives address it looks after it.
        return state.authority_id
    return at(agency.parents, day)


def chain(state: Organisation, agency_id: str, day: date) -> tuple[str, ...]:
    """The agency and all that answer for it, up to the root; empty where it is not there yet."""
    return tuple(_upwards(state, agency_id, day))


def _upwards(state: Organisation, agency_id: str, day: date) -> Iterator[str]:
    agency = state.agencies.get(agency_id)
    if agency is None or day < agency.since:
        return
    current: str | None = agency_id
    for _ in state.agencies:  # bounded: the decider refuses rings, and a reader never hangs on one
        if current is None:
            return
        yield current
        current = above(state, current, day)


def within(state: Organisation, agency_id: str, ancestor_id: str, day: date) -> bool:
    """Whether the agency is the other one or stands below it; an ended one stands below its successor."""
    return ancestor_id in _upwards(state, agency_id, day)


def subtree(state: Organisation, ancestor_id: str, day: date) -> frozenset[str]:
    """The agency and every one below it, with the ended ones that it inherited."""
    return frozenset(agency_id for agency_id in state.agencies if within(state, agency_id, ancestor_id, day))


def living(state: Organisation, agency_id: str, day: date) -> str | None:
    """The agency, or whoever has inherited from it by that day; none where it is not there yet."""
    return next((id_ for id_ in _upwards(state, agency_id, day) if state.agencies[id_].exists(day)), None)


def with_heirs(state: Organisation, agency_ids: Iterable[str], day: date) -> frozenset[str]:
    """The agencies, and whoever has inherited from them by that day."""
    named = frozenset(agency_ids)
    return named | {heir for agency_id in named if (heir := living(state, agency_id, day)) is not None}


def with_inherited(state: Organisation, agency_ids: Collection[str], day: date) -> frozenset[str]:
    """The agencies, and those that they have inherited from by that day."""
    return frozenset(agency_ids) | {id_ for id_ in state.agencies if living(state, id_, day) in agency_ids}


def parent(state: Organisation, agency_id: str, day: date) -> str | None:
    """The agency above that exists on that day; none for the root and for a central agency."""
    heir = living(state, agency_id, day)
    up = None if heir is None else at(state.agencies[heir].parents, day)
    return None if up is None else living(state, up, day)


def head_of(state: Organisation, agency_id: str, day: date) -> str | None:
    """The head's post of the agency, or of whoever has inherited from it."""
    heir = living(state, agency_id, day)
    if heir is None:
        return None
    posts = (state.posts[post_id] for post_id in state.posts_of_agency.get(heir, ()))
    return next((post.post_id for post in posts if post.kind is PostKind.HEAD and post.exists(day)), None)


def superior_of(state: Organisation, agency_id: str, day: date) -> str | None:
    """The head's post of the agency above; none at the root and for a central agency."""
    up = parent(state, agency_id, day)
    return None if up is None else head_of(state, up, day)


def inspectorate(state: Organisation, day: date) -> str | None:
    """The authority's own inspectorate."""
    found = (
        agency.agency_id
        for agency in state.agencies.values()
        if agency.kind is AgencyKind.INSPECTORATE
        and agency.exists(day)
        and parent(state, agency.agency_id, day) == state.authority_id
    )
    return min(found, default=None)


def chair(state: Organisation, day: date) -> str | None:
    """The post of the authority's chair."""
    return None if state.authority_id is None else head_of(state, state.authority_id, day)


def posts_around(state: Organisation, agency_id: str, day: date) -> Posts:
    """The posts that a ladder around the agency needs.

    Raises:
        OrganisationNotFounded, InspectorateMissing, HeadPostMissing: a post is not there.
    """
    watching = inspectorate(state, day)
    if state.authority_id is None:
        raise OrganisationNotFounded
    if watching is None:
        raise InspectorateMissing(day)
    up = parent(state, agency_id, day)
    return Posts(
        head=_head(state, agency_id, day),
        superior=None if up is None else _head(state, up, day),
        inspectorate=_head(state, watching, day),
        chair=_head(state, state.authority_id, day),
    )


def _head(state: Organisation, agency_id: str, day: date) -> str:
    post_id = head_of(state, agency_id, day)
    if post_id is None:
        raise HeadPostMissing(agency_id, day)
    return post_id


def holder(state: Organisation, post_id: str, day: date) -> Holding | None:
    """Who is appointed to the post, or acts in it while nobody is; nobody once it or its agency has ended."""
    post = state.posts.get(post_id)
    if post is None or not post.exists(day) or not state.agencies[post.agency_id].exists(day):
        return None
    return at(post.holders, day)


def held_since(state: Organisation, post_id: str, day: date) -> date | None:
    """Since when whoever holds the post on that day has held it without a break, acting or appointed."""
    held = holder(state, post_id, day)
    if held is None:
        return None
    since = None
    for begins, holding in state.posts[post_id].holders:
        if begins > day:
            break
        if holding is None or holding.person_id != held.person_id:
            since = None
        elif since is None:
            since = begins
    return since


def absence(state: Organisation, post_id: str, day: date) -> Absence | None:
    """Whether whoever holds the post is away on that day, and who acts for him."""
    held = holder(state, post_id, day)
    return None if held is None or held.acting else at(state.posts[post_id].absences, day)


def in_charge(state: Organisation, post_id: str, day: date) -> Holding | None:
    """Who does the work of the post: its holder, or whoever acts for him while he is away."""
    away = absence(state, post_id, day)
    if away is not None and away.acted_by is not None:
        return Holding(away.acted_by, acting=True)
    return holder(state, post_id, day)


def posts_of(state: Organisation, person_id: UUID, day: date) -> tuple[str, ...]:
    """The posts that the person holds or acts in, also for somebody who is away."""
    posts = state.posts_of_person.get(person_id, ())
    return tuple(post_id for post_id in posts if _works_in(state, person_id, post_id, day))


def posts_with_inherited(state: Organisation, person_id: UUID, day: date) -> frozenset[str]:
    """The person's posts, and those whose heir he is because they, or their agencies, have ended."""
    held = frozenset(posts_of(state, person_id, day))
    if not held:
        return held
    ended = (post_id for post_id, post in state.posts.items() if post.since <= day and not _goes_on(state, post, day))
    return held | {post_id for post_id in ended if heir_of(state, post_id, day) in held}


def _goes_on(state: Organisation, post: Post, day: date) -> bool:
    return post.exists(day) and state.agencies[post.agency_id].exists(day)


def _works_in(state: Organisation, person_id: UUID, post_id: str, day: date) -> bool:
    held = (holder(state, post_id, day), in_charge(state, post_id, day))
    return any(holding is not None and holding.person_id == person_id for holding in held)


def agencies_of(state: Organisation, person_id: UUID, day: date) -> frozenset[str]:
    """The agencies of the person's posts."""
    return frozenset(state.posts[post_id].agency_id for post_id in posts_of(state, person_id, day))


def people_of(state: Organisation, agency_id: str, day: date) -> frozenset[UUID]:
    """Who holds a post of the agency on the day, or acts in one, also who is away: whom `agencies_of` places there."""
    posts = state.posts_of_agency.get(agency_id, ())
    held = (one for post_id in posts for one in (holder(state, post_id, day), in_charge(state, post_id, day)))
    return frozenset(one.person_id for one in held if one is not None)


def agencies_over_time(state: Organisation, person_id: UUID) -> Timeline[frozenset[str]]:
    """The agencies of the person's posts, from each day on which something about those posts changed."""
    return tuple((day, agencies_of(state, person_id, day)) for day in _days_of(state, person_id))


def _days_of(state: Organisation, person_id: UUID) -> Iterable[date]:
    posts = [state.posts[post_id] for post_id in state.posts_of_person.get(person_id, ())]
    return sorted({day for post in posts for day in _turns(state, post)})


def _headed_by(state: Organisation, person_id: UUID, day: date) -> frozenset[str]:
    posts = (state.posts[post_id] for post_id in posts_of(state, person_id, day))
    return frozenset(post.agency_id for post in posts if post.kind is PostKind.HEAD)


def _turns(state: Organisation, post: Post) -> Iterator[date]:
    """The days on which another may come to do the work of the post."""
    yield from (day for day, _ in post.holders)
    yield from (day for day, _ in post.absences)
    yield from (ended for ended in (post.ended_on, state.agencies[post.agency_id].ended_on) if ended is not None)


def stand_ins(state: Organisation, post_id: str, day: date, barred: Callable[[UUID], bool]) -> tuple[str, ...]:
    """The posts that take a matter over from whoever may not decide it: the heads above, the nearest first.

    Where nobody is above, or only who may not decide it either, the deputies of the topmost agency. None where all of
    these may not: somebody else has to be named. None either for a post that is not there yet.

    Args:
        state: the organisation.
        post_id: the competent post.
        day: today.
        barred: who may not decide it either. A post that only such people work in takes nothing over.
    """
    post = state.posts.get(heir_of(state, post_id, day) or post_id)
    agency_id = None if post is None else living(state, post.agency_id, day)
    if agency_id is None:
        return ()
    upwards = chain(state, agency_id, day)
    heads = (head_of(state, id_, day) for id_ in upwards[1:])
    above = tuple(head for head in heads if head is not None and not _all_barred(state, head, day, barred))
    return above or tuple(
        id_
        for id_ in state.posts_of_agency.get(upwards[-1], ())
        if state.posts[id_].kind is PostKind.DEPUTY
        and state.posts[id_].exists(day)
        and not _all_barred(state, id_, day, barred)
    )


def _all_barred(state: Organisation, post_id: str, day: date, barred: Callable[[UUID], bool]) -> bool:
    working = doing_the_work(state, post_id, day)
    return bool(working) and all(barred(one) for one in working)


def doing_the_work(state: Organisation, post_id: str, day: date) -> frozenset[UUID]:
    """Who holds the post, or what it has become, and who acts for him."""
    heir = heir_of(state, post_id, day) or post_id
    held = (holder(state, heir, day), in_charge(state, heir, day))
    return frozenset(one.person_id for one in held if one is not None)


def standing_of(state: Organisation, person_id: UUID, day: date) -> Standing:
    """Where the person stands, for whoever must not judge what is his own: an heir answers for the ended agency."""
    return Standing(
        person_id,
        works_in=with_inherited(state, agencies_of(state, person_id, day), day),
        heads=with_inherited(state, _headed_by(state, person_id, day), day),
        worked_in=agencies_over_time(state, person_id),
        headed=tuple((turn, _headed_by(state, person_id, turn)) for turn in _days_of(state, person_id)),
    )


def heir_of(state: Organisation, post_id: str, day: date) -> str | None:
    """The post, or whoever has inherited what it owns.

    Once it has ended that is its successor, or the head of its agency; once its agency has ended, the successor's head.
    """
    for _ in state.posts:  # bounded: no post follows itself, and a reader never hangs
        post = state.posts.get(post_id)
        if post is None or post.since > day:
            return None
        if not state.agencies[post.agency_id].exists(day) or (not post.exists(day) and post.successor_post is None):
            return head_of(state, post.agency_id, day)
        if post.exists(day) or post.successor_post is None:
            return post_id
        post_id = post.successor_post
    return None
