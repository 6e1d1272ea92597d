"""What the subject does not know yet: a decision has effect by its service, and before it gives nothing away."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from discipline.reviews.evolve import evolve
from discipline.reviews.state import Review, State, initial
from schemas.discipline.review_complaints import ComplaintAnswered, ComplaintAnswerServed
from schemas.discipline.review_decision import DecisionCorrected, DecisionRevoked, DecisionServed, ReviewDecided
from schemas.discipline.review_incidents import PartyDisciplineReferred
from schemas.discipline.reviews import ReviewProposed, ReviewTerminated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas.discipline.review_events import AnyReviewEvent


def unserved(history: Sequence[AnyReviewEvent]) -> frozenset[int]:
    """The places, from 0, of what he learns by a service that has not been, and may never be.

    A decision that is gone before it was served is none that he learns of, nor that it was corrected or taken back to
    be decided anew. That the whole review ended with it, he is told.
    """
    never = set[int]()
    decision, answer = set[int](), set[int]()
    for place, event in enumerate(history):
        if isinstance(event, ReviewDecided):
            decision = {place}
        elif isinstance(event, DecisionServed):
            decision = set()
        elif isinstance(event, DecisionCorrected) and decision:
            decision.add(place)
        elif isinstance(event, ComplaintAnswered):
            answer = {place}
        elif isinstance(event, ComplaintAnswerServed):
            answer = set()
        elif _is_gone(event):
            anew = decision and isinstance(event, DecisionRevoked) and event.fresh
            never |= decision | ({place} if anew else set())
            decision = set()
    return frozenset(never | decision | answer)


def as_he_knows_it(history: Sequence[AnyReviewEvent]) -> Review:
    """The review by what is not to be served on him first."""
    hidden = unserved(history)
    state: State = reduce(evolve, (event for place, event in enumerate(history) if place not in hidden), initial)
    if state is None:
        raise ValueError("a review without events is nobody's")
    return state


def _is_gone(event: AnyReviewEvent) -> bool:
    """Whether no decision stands any more."""
    reopened = isinstance(event, PartyDisciplineReferred) and event.reopens is not None
    return reopened or isinstance(event, DecisionRevoked | ReviewTerminated | ReviewProposed)
