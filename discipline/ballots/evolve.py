"""How a ballot changes by each of its events."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from discipline.ballots.commands import Called
from discipline.ballots.state import Ballot, BallotStatus, State
from schemas.discipline.ballots import (
    AnyBallotEvent,
    BallotCalled,
    BallotCounted,
    BallotPaperIssued,
    BallotRollClosed,
    BallotVoided,
    DissentRecorded,
)


def evolve(state: State, event: AnyBallotEvent) -> Ballot:
    """Return the ballot after the event."""
    if isinstance(event, BallotCalled):
        return _called(event)
    if state is None:
        raise ValueError(f"a ballot begins with its call, not with {event.type}")
    match event:
        case BallotPaperIssued():
            return replace(state, papers={**state.papers, event.person_id: event.request_sha256})
        case BallotRollClosed():
            return replace(state, status=BallotStatus.BOX, box_until=event.box_until)
        case BallotCounted():
            return replace(state, status=BallotStatus.COUNTED, count=event)
        case BallotVoided():
            return replace(state, status=BallotStatus.VOID)
        case DissentRecorded():
            return replace(state, dissents=state.dissents | {event.person_id})
        case _:
            assert_never(event)


def _called(event: BallotCalled) -> Ballot:
    called = Called(
        ballot_id=event.ballot_id,
        review_id=event.review_id,
        body=event.body,
        board_id=event.board_id,
        chair=event.chair,
        secretary=event.secretary,
        voters=event.voters,
        quorum=event.quorum,
        choices=event.choices,
        key=event.key,
        called_by=event.called_by,
    )
    return Ballot(called, {})
