"""What follows from a sanction besides, as a case shows it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, Field

from schemas.discipline.law import RowUsed
from schemas.discipline.review_complaints import (
    ComplaintAnswered,
    ComplaintAnswerServed,
    ComplaintFiled,
    ComplaintOutcome,
    ComplaintRejected,
)
from schemas.discipline.review_decision import DecisionRevoked, DecisionServed
from schemas.discipline.review_incidents import PartyDisciplineReferred
from services.adapters import law_words
from services.adapters.catalogues import text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from schemas.discipline.review_decision import Effect
    from schemas.envelope import Recorded
    from services.adapters.catalogues import Language


class EffectOfCase(BaseModel):
    """What follows from the sanction besides."""

    effect: str
    name: Annotated[str, Field(description="In the language asked for, with the condition if there is one.")]
    row: RowUsed
    until: Annotated[datetime | None, Field(description="When it ends; none where the row gives no term.")]


def effects_of(language: Language, history: Iterable[Recorded]) -> list[EffectOfCase]:
    """Those of the form that was served last; none while the decision has no effect, nor once it no longer stands.

    Of the whole history, also to the subject: what he is not told of may have opened the review again, and all that
    has effects was served to him.
    """
    found: tuple[Effect, ...] = ()
    changed, suspended = False, False
    for event in (recorded.event for recorded in history):
        if isinstance(event, DecisionServed):
            found, suspended = event.effects, False
        elif isinstance(event, DecisionRevoked) or (isinstance(event, PartyDisciplineReferred) and event.reopens):
            found = ()
        elif isinstance(event, ComplaintFiled):
            suspended = event.suspends is not None
        elif isinstance(event, ComplaintRejected):
            found, suspended = event.effects or found, False
        elif isinstance(event, ComplaintAnswered):
            changed = event.outcome is ComplaintOutcome.CHANGED
        elif isinstance(event, ComplaintAnswerServed):
            found = event.effects if changed or suspended else found
            suspended = False
    return [] if suspended else [_shown(language, one) for one in found]


def _shown(language: Language, one: Effect) -> EffectOfCase:
    said = text(language, f"law-word-{one.effect}")
    name = said if one.condition is None else f"{said} ({law_words.condition(language, one.condition)})"
    until = None if one.term is None else one.term.ends_at
    return EffectOfCase(effect=one.effect, name=name, row=one.row, until=until)
