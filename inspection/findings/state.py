"""A finding as its events tell it: a draft first, or at once what was submitted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

from schemas.inspection.findings import FindingContent
from schemas.values import DocumentRef, FollowUpTerms, Posts


class FindingStatus(StrEnum):
    """Where a finding stands, in one word."""

    DRAFTED = "drafted"
    DISCARDED = "discarded"
    """A draft that was withdrawn: nobody was ever told."""
    SUBMITTED = "submitted"
    CONTESTED = "contested"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    WITHDRAWN = "withdrawn"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Draft:
    """Written down; nobody is told yet."""

    finding_id: UUID
    content: FindingContent
    inspector_id: UUID | None
    """None: a rule drafted it, for whichever inspector takes it up."""
    discarded: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """Submitted, with what was fixed then."""

    finding_id: UUID
    status: FindingStatus
    content: FindingContent
    inspector_id: UUID
    terms: FollowUpTerms
    posts: Posts
    detected_at: datetime
    contest_until: datetime
    due_at: datetime
    historic: bool
    objections: DocumentRef | None = None
    """Why the agency contests it, if it does."""
    answer: DocumentRef | None = None
    """The answer to the objections."""
    reason: DocumentRef | None = None
    """Why it was withdrawn or dismissed."""
    original_id: UUID | None = None
    """For a duplicate, the finding that goes on."""


State: TypeAlias = Draft | Finding | None
"""None before anything was written."""
INITIAL: State = None
