"""Why a command on a plan is refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from schemas.refusal import Refusal


@dataclass(unsafe_hash=True)
class SuccessionUnknown(Refusal):
    """There is no such plan."""


@dataclass(unsafe_hash=True)
class SuccessionNotProposed(Refusal):
    """Only a plan that nobody has approved yet is corrected or approved."""

    status: str


@dataclass(unsafe_hash=True)
class SuccessionNotApproved(Refusal):
    """Only an approved plan is carried out, once."""

    status: str


@dataclass(unsafe_hash=True)
class SuccessionAhead(Refusal):
    """The agencies exist until that day."""

    day: date


@dataclass(unsafe_hash=True)
class EndNotRecorded(Refusal):
    """The approval has not reached the organisation yet."""


@dataclass(unsafe_hash=True)
class NotTheChair(Refusal):
    """Only the authority's chair approves a plan and has it carried out."""

    chair: str


@dataclass(unsafe_hash=True)
class NotOfPredecessor(Refusal):
    """The post belongs to no agency that ends by this act."""

    field: ClassVar[str | None] = "passages"
    post_id: str


@dataclass(unsafe_hash=True)
class NothingCorrected(Refusal):
    """It names neither a post nor a follow-up that goes elsewhere."""

    field: ClassVar[str | None] = "passages"


@dataclass(unsafe_hash=True)
class CorrectedTwice(Refusal):
    """One correction lets the same post, or the same follow-up, go twice."""

    named: str


@dataclass(unsafe_hash=True)
class NotOpenAtPredecessor(Refusal):
    """No follow-up of this finding goes on at an agency that ends by this act."""

    field: ClassVar[str | None] = "singled"
    finding_id: UUID


@dataclass(unsafe_hash=True)
class NotOfSuccessor(Refusal):
    """On that day the post belongs to no agency that takes over, nor to one below it."""

    field: ClassVar[str | None] = "passages"
    post_id: str
    day: date
