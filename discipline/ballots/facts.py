"""What a review is told of its ballot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discipline.reviews.procedure.facts import BallotResult
from schemas.discipline.review_procedure import VoteCount

if TYPE_CHECKING:
    from discipline.ballots.state import Ballot


def ballot_result(ballot: Ballot) -> BallotResult:
    """What a ballot counted; blank and spoilt ballots chose nothing, so no choice counts them."""
    outcome = ballot.outcome
    votes = {} if outcome is None else outcome.totals
    return BallotResult(
        ballot_id=ballot.called.ballot_id,
        review_id=ballot.called.review_id,
        board_id=ballot.called.board_id,
        counted=outcome is not None,
        votes=tuple(VoteCount(choice=choice, votes=number) for choice, number in votes.items()),
    )
