"""Who somebody is to a review: who may decide, who keeps its file, whom it concerns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discipline.reviews.procedure.refusals import NotKeeperOfFile, NotTheSubject
from discipline.reviews.refusals import NotTheCompetentAuthority, OwnMatter
from discipline.reviews.state import facts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from discipline.reviews.procedure.facts import BoardBefore
    from discipline.reviews.state import Review
    from discipline.standing import Person


def own_matter(by: Person, state: Review) -> bool:
    """Whether the review concerns him: as its subject, in the vacant post, or as a member of the collective.

    He is one of the collective's also who belonged to it at one of the facts, wherever he has come to since: what is
    judged is what they did then.
    """
    subject = state.subject
    if subject.person_id is not None:
        return subject.person_id == by.person_id
    if subject.post_id is not None:
        return by.holds(subject.post_id)
    collective = subject.agency_id
    return by.belongs_to(collective) or any(by.belonged_to(collective, day) for day in facts(state))


def may_decide(holders: Iterable[Person], state: Review) -> bool:
    """Whether somebody who does the work of the competent post may decide; a vacant post waits to be filled."""
    known = tuple(holders)
    return not known or any(not own_matter(one, state) for one in known)


def is_subject(by: Person, state: Review) -> bool:
    """Whether he answers in it: the individual himself, or the head for the collective."""
    subject = state.subject
    if subject.person_id is not None:
        return subject.person_id == by.person_id
    return subject.post_id is None and any(place.head and place.agency_id == subject.agency_id for place in by.places)


def decides(by: Person, state: Review) -> None:
    """Raises `NotTheCompetentAuthority`, `OwnMatter`."""
    if not by.holds(state.authority_post):
        raise NotTheCompetentAuthority(state.authority_post)
    if own_matter(by, state):
        raise OwnMatter


def keeps(by: Person, state: Review, board: BoardBefore | None = None) -> None:
    """Who keeps the file decides nothing, and yet never keeps his own.

    Raises `NotKeeperOfFile`, `OwnMatter`.
    """
    keepers = {state.procedure.secretary} if board is None else {state.procedure.secretary, *board.keepers}
    if by.person_id not in keepers and not by.holds(state.authority_post):
        raise NotKeeperOfFile
    if own_matter(by, state):
        raise OwnMatter


def answers(by: Person, state: Review) -> None:
    """Raises `NotTheSubject`."""
    if not is_subject(by, state):
        raise NotTheSubject


def is_above(by: Person, above: tuple[str, ...]) -> bool:
    """Whether he heads one of the agencies above the one that decided."""
    return any(place.head and place.agency_id in above for place in by.places)
