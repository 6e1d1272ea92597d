"""Whose own matter the question is, and whether anybody is left who may answer it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from discipline.responsibility.state import Level, Responsibility
    from discipline.standing import Person


def own_matter(person_id: UUID, state: Responsibility) -> bool:
    """Whether it is asked about him at any level: as who answers, or as who was away or acted for him."""
    return any(person_id in {level.subject.person_id, level.acted_by} for level in state.levels)


def may_answer(holders: Iterable[Person], state: Responsibility) -> bool:
    """Whether somebody who does the work of the competent post may answer; a vacant post waits to be filled."""
    known = tuple(holders)
    return not known or any(not own_matter(one.person_id, state) for one in known)


def found_himself(level: Level, state: Responsibility) -> bool:
    """Whether the check of the agency that he heads found it; whoever is above him found nothing by that."""
    return state.own_check and level.subject.agency_id == state.agency_id
