"""What can be asked of a review that is ready to be decided, or was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from discipline.counting import Span
    from discipline.law.regimes import Who
    from discipline.reviews.reckoning import Setting
    from discipline.standing import Person
    from schemas.discipline.review_decision import Conclusion, Measure, RevocationGround, Unpublishable
    from schemas.values import DocumentRef


@dataclass(frozen=True, slots=True)
class Running:
    """A sanction of the same person from another review."""

    review_id: UUID
    form: str
    in_force_from: date
    last: date | None
    """Its last day; none where no row ends it or it has not been recorded as ended."""
    suspended: tuple[Span, ...] = ()
    """While a complaint suspended it."""

    def runs(self, day: date) -> bool:
        """Whether it was in force on a day."""
        within = self.in_force_from <= day and (self.last is None or day <= self.last)
        return within and not any(span.first <= day <= span.last for span in self.suspended)


@dataclass(frozen=True, slots=True)
class DecideReview:
    """The competent authority decides: a form, or no sanction."""

    by: Person
    setting: Setting
    who: Who
    form: str | None
    conclusions: tuple[Conclusion, ...]
    running: tuple[Running, ...]
    by_electing_body: bool
    """The authority records what the body that elected him decided."""
    decision: DocumentRef


@dataclass(frozen=True, slots=True)
class ServeDecision:
    """Whoever keeps the file records that the subject received it."""

    by: Person
    setting: Setting
    received_at: datetime
    proof: DocumentRef
    from_day: date | None
    """A later day from which it has effect, where the decision names one."""


@dataclass(frozen=True, slots=True)
class PublishDecision:
    """Whoever keeps the file publishes it."""

    by: Person
    setting: Setting
    text: str
    """What is to be published; it stands in the document, and in no event."""
    document: DocumentRef
    left_out: tuple[Unpublishable, ...]


@dataclass(frozen=True, slots=True)
class CorrectDecision:
    """The authority corrects a clerical error."""

    by: Person
    document: DocumentRef


@dataclass(frozen=True, slots=True)
class RevokeDecision:
    """It is taken back: by the authority when its basis fell away, or by an authority above."""

    by: Person
    above: tuple[str, ...]
    """The agencies above the authority's."""
    setting: Setting
    ground: RevocationGround
    fresh: bool
    document: DocumentRef


@dataclass(frozen=True, slots=True)
class RecordExpiry:
    """Whoever keeps the file records that the sanction has ended."""

    by: Person
    setting: Setting


@dataclass(frozen=True, slots=True)
class ReassignSubject:
    """The authority moves or replaces a weak or shirking official."""

    by: Person
    measure: Measure
    from_post: str
    holder: UUID | None
    """Who holds that post now."""
    to_post: str | None
    to_post_free: bool
    decision: DocumentRef


DecisionCommand: TypeAlias = (
    DecideReview | ServeDecision | PublishDecision | CorrectDecision | RevokeDecision | RecordExpiry | ReassignSubject
)
