"""Why something cannot be done with a finding."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from schemas.refusal import Coded, Refusal


@dataclass(unsafe_hash=True)
class FindingUnknown(Refusal):
    """There is no such finding."""

    field = "finding_id"


@dataclass(unsafe_hash=True)
class FindingNotSubmitted(Refusal):
    """It is a draft: nobody was told, so there is nothing to answer yet."""


@dataclass(unsafe_hash=True)
class FindingAlreadyWritten(Refusal):
    """There is a finding with this id."""


@dataclass(unsafe_hash=True)
class FindingAlreadySubmitted(Refusal):
    """It was submitted; from then on it is amended or withdrawn."""


@dataclass(unsafe_hash=True)
class FindingAlreadyConfirmed(Refusal):
    """It was confirmed, and stands."""


@dataclass(unsafe_hash=True)
class FindingFellAway(Refusal):
    """It was withdrawn, dismissed or marked as a duplicate, and does not come back."""

    status: Coded


@dataclass(unsafe_hash=True)
class NotTheAuthor(Refusal):
    """Only its inspector, or a team leader, changes what an inspector wrote."""


@dataclass(unsafe_hash=True)
class FactInTheFuture(Refusal):
    """Nothing is found before it happened."""

    fact_date: date
    today: date
    field = "fact_date"


@dataclass(unsafe_hash=True)
class OfficialNamedTwice(Refusal):
    """An official is named more than once."""

    post_id: str
    field = "officials"


@dataclass(unsafe_hash=True)
class OfficialOfAnotherAgency(Refusal):
    """A finding concerns one agency; officials of another belong to a finding of that agency."""

    post_id: str
    agency_id: str
    field = "officials"


@dataclass(unsafe_hash=True)
class PostVacantAtFact(Refusal):
    """Nobody held the post on the day of the fact, so nobody in it was concerned."""

    post_id: str
    fact_date: date
    field = "officials"


@dataclass(unsafe_hash=True)
class ReplacedNotWithdrawn(Refusal):
    """Only a withdrawn finding is replaced."""

    replaces: UUID
    field = "replaces"


@dataclass(unsafe_hash=True)
class ReplacedUnrelated(Refusal):
    """A replacement corrects the agency or the violation type; with neither in common it is another finding."""

    replaces: UUID
    field = "replaces"


@dataclass(unsafe_hash=True)
class FactUnderAnotherPack(Refusal):
    """On that day another version of the pack was in force, with other terms."""

    fact_date: date
    pack_version: int
    field = "fact_date"


@dataclass(unsafe_hash=True)
class DeadlineShortened(Refusal):
    """An amendment never shortens a deadline."""

    due_at: datetime
    field = "due_on"


@dataclass(unsafe_hash=True)
class NotTheHead(Refusal):
    """Only the head of the agency contests a finding for it."""

    head_post: str


@dataclass(unsafe_hash=True)
class FindingAlreadyContested(Refusal):
    """The agency has objected; it does so once."""


@dataclass(unsafe_hash=True)
class ContestWindowClosed(Refusal):
    """The objection came after the window; server receipt decides."""

    contest_until: datetime


@dataclass(unsafe_hash=True)
class ContestWindowOpen(Refusal):
    """The agency may still object, so nobody confirms it yet."""

    contest_until: datetime


@dataclass(unsafe_hash=True)
class ConfirmedByItsAuthor(Refusal):
    """Who submitted it neither confirms nor dismisses it."""


@dataclass(unsafe_hash=True)
class JudgeIsConcerned(Refusal):
    """Nobody judges a finding about himself, his own agency, one that it inherited from, or his agency at the fact."""


@dataclass(unsafe_hash=True)
class AnswerMissing(Refusal):
    """The agency objected: who confirms answers the objections."""

    field = "answer"


@dataclass(unsafe_hash=True)
class NothingToAnswer(Refusal):
    """The agency has not objected."""

    field = "answer"


@dataclass(unsafe_hash=True)
class OriginalIsItself(Refusal):
    """A finding is no duplicate of itself."""

    field = "original_id"


@dataclass(unsafe_hash=True)
class OriginalDoesNotStand(Refusal):
    """The original is a draft, unknown or fell away: the violation would count nowhere."""

    original_id: UUID
    field = "original_id"


@dataclass(unsafe_hash=True)
class OriginalDiffers(Refusal):
    """A duplicate is of the same agency and violation type."""

    original_id: UUID
    field = "original_id"


@dataclass(unsafe_hash=True)
class OriginalIsYounger(Refusal):
    """The finding that was detected first goes on."""

    original_id: UUID
    field = "original_id"


@dataclass(unsafe_hash=True)
class NotOfTheInspection(Refusal):
    """The inspection named is not going on, or this agency or inspector is none of it."""

    inspection_id: UUID
    field = "inspection_id"
