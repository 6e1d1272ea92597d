"""What a ballot is after its events."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from discipline.ballots.outcome import BallotOutcome
from schemas.discipline.ballots import BallotCounted

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from discipline.ballots.commands import Called


class BallotStatus(StrEnum):
    """Where it stands."""

    ROLL = "roll"
    """Papers are issued; nothing can be put in."""
    BOX = "box"
    """Ballots are put in; no paper is issued."""
    COUNTED = "counted"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Ballot:
    """A ballot that was called."""

    called: Called
    papers: dict[UUID, str]
    """Who took part, each with the hash of his blinded request."""
    status: BallotStatus = BallotStatus.ROLL
    box_until: datetime | None = None
    count: BallotCounted | None = None
    dissents: frozenset[UUID] = frozenset()

    @property
    def outcome(self) -> BallotOutcome | None:
        """What it came to, once it is counted."""
        count, called = self.count, self.called
        if count is None:
            return None
        return BallotOutcome(
            ballot_id=called.ballot_id,
            review_id=called.review_id,
            body=called.body,
            board_id=called.board_id,
            took_part=tuple(self.papers),
            quorum=called.quorum,
            totals={one.choice: one.ballots for one in count.totals},
            blank=count.blank,
            invalid=count.invalid,
            missing=count.missing,
        )


State = Ballot | None
"""None: never called."""

initial: State = None
