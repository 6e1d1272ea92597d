"""By which law a review is judged: one regime, or two side by side until the authority's opinion chooses."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, Field

from schemas.discipline.law import LawApplied, RegimeSide, RowUsed
from schemas.discipline.review_decision import ReviewDecided
from schemas.discipline.review_incidents import LegalOpinionRecorded
from schemas.discipline.reviews import ReviewOpened
from services.adapters import catalogues

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas.discipline.law import Regime
    from schemas.envelope import Recorded
    from services.adapters.catalogues import Language


class FormAllowed(BaseModel):
    """A form of discipline."""

    form: str
    name: Annotated[str, Field(description="In the language asked for.")]


class RegimeOfCase(BaseModel):
    """The law of substance as it stood on a day, with what it would allow."""

    by: RegimeSide
    by_name: Annotated[str, Field(description="In the language asked for.")]
    day: date
    rows: list[RowUsed]
    forms: Annotated[list[FormAllowed], Field(description="From the lightest.")]


class LawOfCase(BaseModel):
    """As it was recorded at the opening, or at the decision once there is one."""

    regimes: Annotated[list[RegimeOfCase], Field(description="One; two where the rows leave open which one holds.")]
    transition: Annotated[RowUsed | None, Field(description="The transitional row that chose the one.")]
    post_row: Annotated[RowUsed | None, Field(description="The row by which the present post counts.")]
    procedure: Annotated[list[RowUsed], Field(description="The rows of procedure on that day.")]
    chosen: Annotated[RegimeSide | None, Field(description="Which of two the authority's legal opinion applies.")]
    opinion_missing: Annotated[bool, Field(description="Two regimes, and nothing is decided before an opinion.")]


def law_of(language: Language, history: Sequence[Recorded]) -> LawOfCase | None:
    """What the events say of it; None where none does."""
    applied: LawApplied | None = None
    chosen: RegimeSide | None = None
    for event in (recorded.event for recorded in history):
        if isinstance(event, ReviewOpened | ReviewDecided):
            applied = event.applied or applied
        elif isinstance(event, LegalOpinionRecorded):
            chosen = event.opinion.by
    if applied is None:
        return None
    two = len(applied.substance) > 1
    return LawOfCase(
        regimes=[_regime(language, regime) for regime in applied.substance],
        transition=applied.transition,
        post_row=applied.post_row,
        procedure=list(applied.procedure),
        chosen=chosen if two else None,
        opinion_missing=two and chosen is None,
    )


def _regime(language: Language, regime: Regime) -> RegimeOfCase:
    forms = [FormAllowed(form=form, name=catalogues.text(language, f"form-{form}")) for form in regime.forms]
    return RegimeOfCase(
        by=regime.by,
        by_name=catalogues.text(language, f"law-word-by-date-of-{regime.by}"),
        day=regime.day,
        rows=list(regime.rows),
        forms=forms,
    )
