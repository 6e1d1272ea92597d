"""What a ballot came to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from discipline.ballots.refusals import ChoiceNameTaken, TooFewToBeSecret

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from uuid import UUID

    from schemas.discipline.ballots import BallotBody
    from schemas.discipline.boards import StatedNumber

BLANK = "blank"
"""A ballot that chooses nothing (phiếu trắng)."""
INVALID = "invalid"
"""A ballot that was spoilt on purpose (phiếu không hợp lệ)."""
WORDS = frozenset({BLANK, INVALID})
"""What can be put into a box besides the choices; no choice is called so."""

SECRET_FROM = 3
"""Fewer ballots are never counted. This is arithmetic and no provision: of two who voted, each reads the other's choice
off the total, and of one, everybody does."""


def can_be_secret(voters: Collection[UUID], choices: Collection[str]) -> None:
    """Raises `ChoiceNameTaken`, `TooFewToBeSecret`."""
    for choice in choices:
        if choice in WORDS:
            raise ChoiceNameTaken(choice)
    if len(voters) < SECRET_FROM:
        raise TooFewToBeSecret(len(voters), SECRET_FROM)


@dataclass(frozen=True, slots=True)
class BallotOutcome:
    """A counted ballot."""

    ballot_id: UUID
    review_id: UUID
    body: BallotBody
    board_id: UUID | None
    took_part: tuple[UUID, ...]
    """Who stood on the roll."""
    quorum: StatedNumber
    """It was reached: without it the roll does not close."""
    totals: Mapping[str, int]
    """Ballots for each choice, those without any too."""
    blank: int
    invalid: int
    missing: int
    """Papers that never came into the box."""

    @property
    def gives_away(self) -> str | None:
        """What the count alone tells: `unanimous`, everybody's ballot; `all_but_one`, the others' to the one.

        No protocol prevents that; whoever reads the count is told that it does.
        """
        counts = sorted((*self.totals.values(), self.blank, self.invalid), reverse=True)
        if self.missing:
            return None
        if counts[0] == sum(counts):
            return "unanimous"
        return "all_but_one" if counts[0] == sum(counts) - 1 else None
