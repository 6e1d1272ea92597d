"""A plan after its events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from schemas.discipline.successions import Went
from schemas.inspection.organisation import RestructuringKind


class SuccessionStatus(StrEnum):
    """How far it has come."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"
    CARRIED_OUT = "carried_out"


@dataclass(frozen=True, slots=True)
class Succession:
    """A plan that was proposed."""

    succession_id: UUID
    kind: RestructuringKind
    day: date
    predecessors: tuple[str, ...]
    successors: tuple[str, ...]
    heir_id: str
    heir_post: str
    passages: Mapping[str, str]
    singled: Mapping[UUID, str] = field(default_factory=dict)
    status: SuccessionStatus = SuccessionStatus.PROPOSED
    went: tuple[Went, ...] = ()

    def goes_to(self, finding_id: UUID, owner_post: str) -> str:
        """Whose a follow-up becomes: what nothing else is said of goes to the head of the agency that inherits."""
        return self.singled.get(finding_id) or self.passages.get(owner_post) or self.heir_post


State = Succession | None
"""None: never proposed."""

initial: State = None
