"""What is done with a finding; facts of other streams and of the calendar arrive on the command."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias
from uuid import UUID

from inspection.findings.state import State
from inspection.standing import Standing
from schemas.inspection.findings import FindingContent, InvolvedOfficial
from schemas.values import DocumentRef, FollowUpTerms, Posts


@dataclass(frozen=True, slots=True)
class DraftFinding:
    """An inspector writes it down."""

    finding_id: UUID
    content: FindingContent
    inspector_id: UUID


@dataclass(frozen=True, slots=True)
class DraftByPolicy:
    """A rule writes it down for an inspector to look at. Total: what exists already stays."""

    finding_id: UUID
    content: FindingContent


@dataclass(frozen=True, slots=True)
class Author:
    """Who acts on what an inspector wrote."""

    person_id: UUID
    leads: bool
    """A team leader acts for the inspectors of the team as well."""


@dataclass(frozen=True, slots=True)
class ReviseDraft:
    """Change a draft; anything may change."""

    content: FindingContent
    by: Author


@dataclass(frozen=True, slots=True)
class SubmitFinding:
    """Submit it, from a draft or at once."""

    finding_id: UUID
    content: FindingContent
    inspector_id: UUID
    at: datetime
    """Server receipt."""
    today: date
    """The day of it in Asia/Ho_Chi_Minh."""
    terms: FollowUpTerms
    """Of the pack in force on the day of the fact."""
    historic: bool
    """The fact is older than the directive."""
    posts: Posts
    """Around the agency today."""
    contest_until: datetime
    due_at: datetime
    replaced: State = None
    """What `content.replaces` names."""


@dataclass(frozen=True, slots=True)
class AmendFinding:
    """Correct what it says. Agency, violation type and matter are none of what can be said anew."""

    fact_date: date
    officials: tuple[InvolvedOfficial, ...]
    narrative: DocumentRef
    evidence: tuple[DocumentRef, ...]
    reason: DocumentRef
    by: Author
    today: date
    pack_version: int
    """Of the pack in force on the day of the fact as it is said now."""
    historic: bool
    due_at: datetime | None = None
    """A later due moment; none leaves it."""


@dataclass(frozen=True, slots=True)
class WithdrawFinding:
    """Take it back."""

    reason: DocumentRef
    by: Author


@dataclass(frozen=True, slots=True)
class ContestFinding:
    """The agency objects."""

    reasons: DocumentRef
    at: datetime
    """Server receipt."""
    head_post: str
    """The post that heads the agency, or whoever has inherited from it, today."""
    by_posts: tuple[str, ...]
    """The posts of whoever contests it, today."""


@dataclass(frozen=True, slots=True)
class ConfirmFinding:
    """It stands."""

    by: Standing
    at: datetime
    answer: DocumentRef | None = None
    """The answer to the objections, if there were any."""


@dataclass(frozen=True, slots=True)
class DismissFinding:
    """It does not stand, or no longer."""

    by: Standing
    reason: DocumentRef


@dataclass(frozen=True, slots=True)
class MarkDuplicate:
    """The same violation was found before; it counts there."""

    by: Standing
    original_id: UUID
    original: State
    reason: str
    """A code of the catalogue."""


Command: TypeAlias = (
    DraftFinding
    | DraftByPolicy
    | ReviseDraft
    | SubmitFinding
    | AmendFinding
    | WithdrawFinding
    | ContestFinding
    | ConfirmFinding
    | DismissFinding
    | MarkDuplicate
)
