"""Which step of a review a document of each kind puts into words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from schemas.discipline import review_complaints as complaints
from schemas.discipline import review_decision as decision
from schemas.discipline import review_procedure as procedure
from schemas.discipline.documents import DocumentKind as Kind
from schemas.discipline.reviews import ReviewOpened
from schemas.refusal import Coded, Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas.base import Event

STEPS: Final[Mapping[Kind, tuple[type[Event], ...]]] = {
    Kind.REVIEW_OPENING: (ReviewOpened,),
    Kind.SUMMONS: (procedure.ReviewSubjectSummoned,),
    Kind.MINUTES: (procedure.ReviewMeetingHeld, procedure.ReviewHearingHeld),
    Kind.RECOMMENDATION: (procedure.ReviewRecommended,),
    Kind.DECISION: (decision.ReviewDecided,),
    Kind.COMPLAINT_ANSWER: (complaints.ComplaintAnswered,),
    Kind.PUBLICATION: (decision.DecisionPublished,),
}
"""By kind, the events that it can be of."""


@dataclass(unsafe_hash=True)
class DocumentStepNotThere(Refusal):
    """Nothing has happened yet that a document of the kind could put into words."""

    kind: Coded


def step_of(kind: Kind, history: Sequence[Event], version: int | None = None) -> int:
    """The version of the event that the document is of: the one asked for, or the latest of the kind.

    Args:
        kind: of the document.
        history: the review's events, from the first on.
        version: of the event asked for, from 1.

    Raises:
        DocumentStepNotThere: no such event has happened.
    """
    fitting = [place for place, event in enumerate(history, 1) if isinstance(event, STEPS[kind])]
    chosen = fitting[-1:] if version is None else [place for place in fitting if place == version]
    if not chosen:
        raise DocumentStepNotThere(Coded("document-kind", kind))
    return chosen[0]
