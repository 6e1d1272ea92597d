"""Who headed the agencies of a chain on the day of a fact, from the organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discipline.responsibility.commands import Head
from inspection.organisation import queries
from schemas.values import Answerable
from services.application.discipline.standing import DirectoryBehind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from inspection.organisation.state import Organisation
    from schemas.values import Posts


def heads(
    organisation: Organisation, agency_id: str, posts: Posts, day: date, answerable: Collection[Answerable]
) -> tuple[Head, ...]:
    """The heads who answer by the directive's words, from the agency's own upwards.

    Who they are is asked of the day of the fact, whatever became of agency and posts since. The authority's chair is
    whom they answer to, and never one of them.

    Args:
        organisation: as it is known now.
        agency_id: the agency at which it was found.
        posts: the posts around it when it was submitted.
        day: the day of the fact.
        answerable: by the directive's words.

    Raises:
        DirectoryBehind: what the finding names is not known here yet.
    """
    for post_id in (posts.head, posts.superior, posts.chair):
        if post_id is not None and post_id not in organisation.posts:
            raise DirectoryBehind(post_id)
    wanted = {Answerable.HEAD: 1, Answerable.HEAD_ABOVE: 2}
    levels = {wanted[one] for one in answerable if one in wanted}
    found = enumerate(_chain(organisation, agency_id, posts, day), start=1)
    return tuple(
        head(organisation, post_id, number, day)
        for number, post_id in found
        if post_id is not None and min(number, 2) in levels and post_id != queries.chair(organisation, day)
    )


def _chain(organisation: Organisation, agency_id: str, posts: Posts, day: date) -> Iterator[str | None]:
    """The post of each head from the agency upwards; of an agency that was not there yet, those of the submission.

    None where an agency had no head's post on the day: whoever stands above it does not answer in its place.
    """
    there = [id_ for id_ in queries.chain(organisation, agency_id, day) if organisation.agencies[id_].exists(day)]
    if not there:
        yield from (None if post_id == posts.chair else post_id for post_id in (posts.head, posts.superior))
        return
    for id_ in there:
        yield queries.head_of(organisation, id_, day)


def head(organisation: Organisation, post_id: str, level: int, day: date) -> Head:
    """Whoever held a head's post on a day, or acted in it or for its holder, on a level of the chain."""
    post = organisation.posts[post_id]
    holding = queries.holder(organisation, post_id, day)
    away = queries.absence(organisation, post_id, day)
    return Head(
        level=level,
        agency_id=post.agency_id,
        post_id=post_id,
        kind=post.official_kind,
        person_id=None if holding is None else holding.person_id,
        acting=holding is not None and holding.acting,
        since=queries.held_since(organisation, post_id, day),
        acted_by=None if away is None else away.acted_by,
    )
