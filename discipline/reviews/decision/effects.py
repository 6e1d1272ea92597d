"""What follows from a sanction besides: for the yearly evaluation, and for promotion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discipline.clocks import Run, by_row
from discipline.law.codes import AfterSanction
from discipline.law.rows import Rule
from schemas.discipline.review_decision import Effect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from discipline.reviews.decision.state import Decision
    from discipline.reviews.reckoning import Setting
    from discipline.reviews.state import Review


def effects(setting: Setting, state: Review, decision: Decision) -> Iterator[Effect]:
    """What the active rows say of a form that has effect; a row for one form names it as its condition.

    While a complaint suspended the decision, nothing that follows from it ran either.
    """
    form, since = decision.form, decision.in_force_from
    if form is None or since is None:
        return
    run = Run(since, setting.calendar, decision.suspended, setting.day)
    for row in setting.rows(Rule.RATING_AFTER_DISCIPLINE, state):
        for effect in row.codes:
            yield Effect(row=row.used, effect=effect, condition=row.condition)
    for row in setting.rows(Rule.PROMOTION_BAR, state):
        if row.condition in {None, f"form-{form}"}:
            clock = by_row(row, run, clock="promotion-bar")
            yield Effect(row=row.used, effect=AfterSanction.NO_PROMOTION, condition=row.condition, term=clock)
