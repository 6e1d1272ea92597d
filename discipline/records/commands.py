"""What policies ask of a record; total."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from uuid import UUID

    from schemas.discipline.followups import FollowUpFindingConfirmed


@dataclass(frozen=True, slots=True)
class CountFinding:
    """A finding was confirmed."""

    confirmed: FollowUpFindingConfirmed


@dataclass(frozen=True, slots=True)
class UndoCount:
    """A finding fell away."""

    finding_id: UUID
    agency_id: str
    directive_id: str


Command: TypeAlias = CountFinding | UndoCount
