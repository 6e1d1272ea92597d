"""Why a command on a follow-up is refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from schemas.refusal import Refusal


@dataclass(unsafe_hash=True)
class FollowUpUnknown(Refusal):
    """No finding opened such a follow-up."""


@dataclass(unsafe_hash=True)
class FollowUpAlreadyClosed(Refusal):
    """It was verified and closed: nothing is left to do."""

    finding_id: UUID


@dataclass(unsafe_hash=True)
class FollowUpAlreadyCancelled(Refusal):
    """Its finding fell away."""

    ground: str


@dataclass(unsafe_hash=True)
class NotTheOwner(Refusal):
    """Only whoever holds the owning post may do this."""

    owner_post: str


@dataclass(unsafe_hash=True)
class NotHeadOfAgency(Refusal):
    """Only the head of the agency, or of one above it, assigns."""

    agency_id: str


@dataclass(unsafe_hash=True)
class OwnerOutsideAgency(Refusal):
    """The owner must be a post of the agency that has to mend."""

    field: ClassVar[str | None] = "post_id"
    post_id: str
    agency_id: str


@dataclass(unsafe_hash=True)
class AlreadyOwner(Refusal):
    """That post owns it already."""

    field: ClassVar[str | None] = "post_id"
    post_id: str


@dataclass(unsafe_hash=True)
class AlreadyAcknowledged(Refusal):
    """The owner has acknowledged it as it stands."""


@dataclass(unsafe_hash=True)
class NotAcknowledged(Refusal):
    """The owner has to acknowledge it first (anew after an amendment or with another owner)."""

    owner_post: str


@dataclass(unsafe_hash=True)
class MeasureRepeated(Refusal):
    """Two measures of a plan have the same id."""

    field: ClassVar[str | None] = "measures"
    measure_id: str


@dataclass(unsafe_hash=True)
class PlanAlreadySubmitted(Refusal):
    """A plan waits for its answer."""

    plan_number: int


@dataclass(unsafe_hash=True)
class PlanAlreadyAccepted(Refusal):
    """A plan was accepted, and the finding has not been amended since."""

    plan_number: int


@dataclass(unsafe_hash=True)
class NoPlanSubmitted(Refusal):
    """There is no plan that waits for an answer."""


@dataclass(unsafe_hash=True)
class NoPlanAccepted(Refusal):
    """Progress and completion rest on an accepted plan."""


@dataclass(unsafe_hash=True)
class CompletionAlreadyClaimed(Refusal):
    """Completion was claimed and waits to be verified."""


@dataclass(unsafe_hash=True)
class NoCompletionClaimed(Refusal):
    """There is no claimed completion to verify or reject."""


@dataclass(unsafe_hash=True)
class RemediationAlreadyVerified(Refusal):
    """It was verified; it closes once the finding is confirmed."""


@dataclass(unsafe_hash=True)
class EvidenceMissing(Refusal):
    """A claimed completion needs evidence."""

    field: ClassVar[str | None] = "evidence"


@dataclass(unsafe_hash=True)
class ExtensionAlreadyAsked(Refusal):
    """An extension waits for its answer."""

    request_number: int


@dataclass(unsafe_hash=True)
class NoExtensionAsked(Refusal):
    """There is no extension that waits for an answer."""


@dataclass(unsafe_hash=True)
class ExtensionsUsedUp(Refusal):
    """It was extended as often as the directive allows."""

    max_extensions: int
    directive_id: str


@dataclass(unsafe_hash=True)
class ExtensionAskedTooLate(Refusal):
    """The due moment has passed; judged by server receipt."""

    due_day: date


@dataclass(unsafe_hash=True)
class ExtensionNotLater(Refusal):
    """An extension never shortens: the new last day must be later than the present one."""

    field: ClassVar[str | None] = "until"
    until: date
    due_day: date


@dataclass(unsafe_hash=True)
class OwnerCannotJudge(Refusal):
    """Nobody verifies or decides on what he owns himself."""

    owner_post: str


@dataclass(unsafe_hash=True)
class SubordinateCannotJudge(Refusal):
    """Nobody verifies or decides on what his superior owns."""

    owner_post: str


@dataclass(unsafe_hash=True)
class UnitCannotJudge(Refusal):
    """Nobody verifies or decides on what his own unit owns."""

    agency_id: str


@dataclass(unsafe_hash=True)
class NotInternalInspectionNorSuperior(Refusal):
    """What an internal check found is judged by the internal-inspection unit or the superior agency."""

    agency_id: str


@dataclass(unsafe_hash=True)
class UrgingNotTheirs(Refusal):
    """The inspectorate, the office, home affairs or an agency above urges, nobody else."""

    agency_id: str
