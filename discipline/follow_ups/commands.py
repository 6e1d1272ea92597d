"""What can be asked of a follow-up: by policies (total, never refused) and by people (with who they are)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from discipline.calendar import Calendar
    from discipline.standing import Around, Person, Place
    from schemas.discipline.followups import CancellationGround, Measure
    from schemas.inspection.findings import FindingAmended, FindingConfirmed, FindingSubmitted
    from schemas.values import DocumentRef, Posts


@dataclass(frozen=True, slots=True)
class OpenFollowUp:
    """A finding was submitted."""

    finding: FindingSubmitted


@dataclass(frozen=True, slots=True)
class FollowAmendment:
    """The finding was amended."""

    finding: FindingAmended


@dataclass(frozen=True, slots=True)
class FollowConfirmation:
    """The finding stands."""

    finding: FindingConfirmed


@dataclass(frozen=True, slots=True)
class CancelFollowUp:
    """The finding fell away."""

    ground: CancellationGround
    original_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class NoteLadderExhausted:
    """An alert about this follow-up reached the end of its ladder."""

    alert_id: UUID


@dataclass(frozen=True, slots=True)
class PassOn:
    """The agency that had to mend has ended: by the plan another one has to; this is no hand-over."""

    succession_id: UUID
    owner_post: str
    agency_id: str
    posts: Posts


PolicyCommand: TypeAlias = (
    OpenFollowUp | FollowAmendment | FollowConfirmation | CancelFollowUp | NoteLadderExhausted | PassOn
)


@dataclass(frozen=True, slots=True)
class AssignOwner:
    """The head, or an authority above, gives it to one post of the agency; this is no hand-over."""

    by: Person
    around: Around
    owner: Place


@dataclass(frozen=True, slots=True)
class HandOver:
    """The owner passes it on within the agency; counted."""

    by: Person
    around: Around
    owner: Place
    reason: DocumentRef


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """The owner has seen it; this admits nothing."""

    by: Person


@dataclass(frozen=True, slots=True)
class SubmitPlan:
    """The owner says how it will be mended."""

    by: Person
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class ReportProgress:
    """The owner reports, with evidence."""

    by: Person
    percent: int
    report: DocumentRef
    evidence: tuple[DocumentRef, ...]


@dataclass(frozen=True, slots=True)
class RequestExtension:
    """The owner asks for more time; `at` is server receipt."""

    by: Person
    at: datetime
    until: date
    reason: DocumentRef
    evidence: tuple[DocumentRef, ...]


@dataclass(frozen=True, slots=True)
class ClaimCompletion:
    """The owner says that it is mended; `at` is server receipt."""

    by: Person
    at: datetime
    report: DocumentRef
    evidence: tuple[DocumentRef, ...]


OwnerCommand: TypeAlias = HandOver | Acknowledge | SubmitPlan | ReportProgress | RequestExtension | ClaimCompletion


@dataclass(frozen=True, slots=True)
class AcceptPlan:
    """Somebody who may judge accepts the plan."""

    by: Person
    around: Around


@dataclass(frozen=True, slots=True)
class SendBackPlan:
    """Somebody who may judge sends the plan back."""

    by: Person
    around: Around
    reasons: DocumentRef


@dataclass(frozen=True, slots=True)
class GrantExtension:
    """Somebody who may judge gives more time: as asked for, or until another day."""

    by: Person
    around: Around
    calendar: Calendar
    until: date | None = None


@dataclass(frozen=True, slots=True)
class RefuseExtension:
    """Somebody who may judge gives no more time."""

    by: Person
    around: Around
    reasons: DocumentRef


@dataclass(frozen=True, slots=True)
class VerifyRemediation:
    """Somebody who may judge has seen that it is mended."""

    by: Person
    around: Around


@dataclass(frozen=True, slots=True)
class RejectRemediation:
    """Somebody who may judge has seen that it is not."""

    by: Person
    around: Around
    reasons: DocumentRef


JudgeCommand: TypeAlias = (
    AcceptPlan | SendBackPlan | GrantExtension | RefuseExtension | VerifyRemediation | RejectRemediation
)


@dataclass(frozen=True, slots=True)
class Urge:
    """Somebody who watches over the agency urges the owner to act (đôn đốc)."""

    by: Person
    around: Around
    message: DocumentRef


Command: TypeAlias = PolicyCommand | OwnerCommand | JudgeCommand | AssignOwner | Urge
