"""Who somebody is and where things stand on a day, from the organisation: facts for the commands of the room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from discipline.standing import Around, Person, Place
from inspection.organisation import queries
from schemas.discipline.law import PostRank
from schemas.inspection.organisation import PostKind
from schemas.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from inspection.organisation.state import Organisation


@dataclass(unsafe_hash=True)
class PostNotInDirectory(Refusal):
    """There is no such post on the day."""

    field: ClassVar[str | None] = "post_id"
    post_id: str


def rank(organisation: Organisation, posts: Iterable[str]) -> PostRank | None:
    """Whether one of the posts leads; none where there is no post."""
    kinds = [organisation.posts[post_id].kind for post_id in posts if post_id in organisation.posts]
    if not kinds:
        return None
    return PostRank.NOT_LEADING if set(kinds) <= {PostKind.OFFICIAL} else PostRank.LEADING


class DirectoryBehind(LookupError):
    """An event names a post that the copy of the organisation does not know yet: it is looked at again later."""


def place(organisation: Organisation, post_id: str, day: date) -> Place:
    """Where a post stands.

    Raises:
        PostNotInDirectory: there is no such post, or its agency does not exist on the day.
    """
    post = organisation.posts.get(post_id)
    if post is None or post.since > day or not organisation.agencies[post.agency_id].exists(day):
        raise PostNotInDirectory(post_id)
    agency = organisation.agencies[post.agency_id]
    return Place(
        post_id=post_id,
        agency_id=post.agency_id,
        kind=agency.kind,
        head=post.kind is PostKind.HEAD,
        chain=queries.chain(organisation, post.agency_id, day),
    )


def person(organisation: Organisation, person_id: UUID, day: date, *wanted: str) -> Person:
    """A person with every post that he holds or acts in on a day, and the agencies of all his days.

    Of the posts that are wanted he holds those too that have come to one of his by succession: what is open passes to
    the successor's head when an agency ends.
    """
    held = queries.posts_of(organisation, person_id, day)
    places = [place(organisation, post_id, day) for post_id in held]
    for post_id in wanted:
        heir = queries.heir_of(organisation, post_id, day)
        if heir != post_id and heir in held:
            inherited = place(organisation, heir, day)
            places.append(Place(post_id, inherited.agency_id, inherited.kind, inherited.head, inherited.chain))
    return Person(person_id, tuple(places), over_time=queries.agencies_over_time(organisation, person_id))


def around(organisation: Organisation, agency_id: str, owner_post: str, day: date) -> Around:
    """Where a follow-up stands: its agency, or whoever has inherited from it, and whoever owns it.

    Raises:
        PostNotInDirectory: the owning post is not known.
    """
    living = queries.living(organisation, agency_id, day) or agency_id
    heir = queries.heir_of(organisation, owner_post, day) or owner_post
    holding = queries.holder(organisation, heir, day)
    return Around(
        chain=queries.chain(organisation, living, day),
        owner_place=place(organisation, heir, day),
        owner=None if holding is None else person(organisation, holding.person_id, day),
    )
