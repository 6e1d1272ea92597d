"""What a review is told of a board and of its ballot; whoever sends a command puts it together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID

    from schemas.discipline.review_procedure import VoteCount


@dataclass(frozen=True, slots=True)
class BoardBefore:
    """The board as it stands on the day."""

    board_id: UUID
    review_ids: frozenset[UUID]
    """The reviews that it sits on; none once it is dissolved."""
    keepers: frozenset[UUID]
    """Its chair and secretary, who keep the file while it sits."""
    quorum: int
    quorum_stated_by: str
    """The rule row, or the establishing decision."""
    able: tuple[UUID, ...]
    """Members with a vote who may take part at all."""
    sat: tuple[UUID, ...]
    """Those of them who sit now."""
    agenda: frozenset[UUID]
    """The reviews that the sitting which is open is about."""


@dataclass(frozen=True, slots=True)
class BallotResult:
    """What a secret ballot counted."""

    ballot_id: UUID
    review_id: UUID
    board_id: UUID | None
    """None for a meeting's."""
    counted: bool
    """Closed, counted, and with its quorum; a void one never is."""
    votes: tuple[VoteCount, ...]

    @property
    def came_to_a_choice(self) -> bool:
        """Whether it was counted and one choice had the most; a tie is voted on again."""
        best = max((one.votes for one in self.votes), default=0)
        return self.counted and sum(one.votes == best for one in self.votes) == 1
