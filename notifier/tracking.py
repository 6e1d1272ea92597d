"""Following a case event by event: which deadlines stand, and which stalls are over.

What is over does not depend on when anybody looked. A stall that came and went while the notifier was away is told with
the others, so the alerts of a run with outages are those of a calm one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from notifier.calendar import Calendar
from notifier.defaults import Defaults
from notifier.rules.case import Case, CaseEvent, Deadline, deadlines, evolve
from notifier.rules.wait import Mark
from schemas.notifier.alerts import StallRule


@dataclass(frozen=True, slots=True)
class Standing:
    """A deadline as it was written down."""

    basis: UUID
    due_at: datetime
    fired: bool = False
    """Its alert was opened."""


@dataclass(frozen=True, slots=True)
class Tracked:
    """A case, and its deadlines."""

    case: Case | None = None
    standing: Mapping[StallRule, Standing] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Over:
    """A stall that an event ended."""

    rule: StallRule
    basis: UUID
    missed: tuple[Case, Deadline] | None
    """It had become a stall and no alert was opened: the case as it was then, and the deadline. None: one was."""


def follow(
    tracked: Tracked, event: CaseEvent, mark: Mark, calendar: Calendar, defaults: Defaults
) -> tuple[Tracked, tuple[Over, ...]]:
    """The case after an event, and the stalls that it ended, in the order of the rules."""
    case = evolve(tracked.case, event, mark, defaults)
    current = deadlines(case, calendar)
    standing = {}
    for rule, deadline in current.items():
        known, basis = tracked.standing.get(rule), deadline.wait.basis.event_id
        stays = known is not None and known.basis == basis
        standing[rule] = known if stays and known else Standing(basis, deadline.due_at)
    gone = [rule for rule in StallRule if rule in tracked.standing and standing.get(rule) != tracked.standing[rule]]
    over = (_over(tracked, rule, mark, calendar) for rule in gone)
    return Tracked(case, standing), tuple(one for one in over if one is not None)


def _over(tracked: Tracked, rule: StallRule, mark: Mark, calendar: Calendar) -> Over | None:
    standing = tracked.standing[rule]
    if standing.fired:
        return Over(rule, standing.basis, None)
    if tracked.case is None or mark.at <= standing.due_at:
        return None
    deadline = deadlines(tracked.case, calendar).get(rule)
    if deadline is None:
        return None
    return Over(rule, standing.basis, (tracked.case, replace(deadline, due_at=standing.due_at)))
