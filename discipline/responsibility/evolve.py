"""How each event changes the question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import assert_never

from discipline.responsibility.state import Level, LevelStatus, Responsibility, State
from schemas.discipline.responsibility import (
    AnyResponsibilityEvent,
    ResponsibilityClosed,
    ResponsibilityOpened,
    ResponsibilityRaised,
    ResponsibilityTakenOver,
)


def evolve(state: State, event: AnyResponsibilityEvent) -> Responsibility:
    """Return the question after the event."""
    if isinstance(event, ResponsibilityRaised):
        return _raised(state, event)
    if state is None:
        raise ValueError(f"a question begins with its being raised, not with {event.type}")
    match event:
        case ResponsibilityOpened():
            return _with(state, event.level, lambda level: _opened(level, event))
        case ResponsibilityClosed():
            return _with(
                state, event.level, lambda level: replace(level, status=LevelStatus.CLOSED, closed=event.ground)
            )
        case ResponsibilityTakenOver():
            return replace(state, terms=state.terms.model_copy(update={"authority_post": event.authority_post}))
        case _:
            assert_never(event)


def _raised(state: State, event: ResponsibilityRaised) -> Responsibility:
    before = None if state is None else state.at(event.level)
    level = Level(
        level=event.level,
        subject=event.subject,
        acting=event.acting,
        in_office_since=event.in_office_since,
        acted_by=event.acted_by,
        answer_until=event.answer_until,
        grounds=() if before is None else before.grounds,
    )
    if state is not None and before is not None:
        return _with(state, event.level, lambda _: level)
    if state is not None:
        return replace(state, levels=(*state.levels, level))
    return Responsibility(
        finding_id=event.finding_id,
        matter_id=event.matter_id,
        agency_id=event.agency_id,
        directive_id=event.directive_id,
        fact_date=event.fact_date,
        detected_at=event.detected_at,
        own_check=event.own_check,
        terms=event.terms,
        levels=(level,),
    )


def _opened(level: Level, event: ResponsibilityOpened) -> Level:
    grounds = (*level.grounds, event.item.ground)
    return replace(level, status=LevelStatus.OPENED, review_id=event.review_id, grounds=grounds, closed=None)


def _with(state: Responsibility, number: int, change: Callable[[Level], Level]) -> Responsibility:
    return replace(state, levels=tuple(change(one) if one.level == number else one for one in state.levels))
