"""What commands on boards and ballots need to know of reviews and of the organisation, and what follows from a vote."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from discipline.ballots.commands import CallBallot, Called
from discipline.ballots.state import BallotStatus
from discipline.boards.commands import EndVote, FollowTakeOver, OpenMatter, Standing
from discipline.boards.conflicts import Matter
from discipline.reviews.procedure.facts import BallotResult
from discipline.reviews.state import UNDER_WAY
from schemas.discipline.ballots import BallotBody
from schemas.discipline.boards import BoardVoteCalled, SeatRole
from schemas.discipline.review_procedure import ReviewHearingHeld, VoteCount
from services.application.discipline import standing
from services.application.discipline.aggregates import BALLOT, BOARD, REVIEW
from services.application.grounds import Grounds
from services.application.handler import Request

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from discipline.ballots.state import Ballot
    from discipline.boards.state import Board
    from discipline.reviews.state import Review
    from discipline.standing import Person
    from inspection.organisation.state import Organisation
    from services.application.handler import Handler
    from services.application.ports import EventStore

OVER = {BallotStatus.COUNTED, BallotStatus.VOID}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The reviews of the store and the organisation of a day."""

    grounds: Grounds
    organisation: Organisation
    day: date

    async def review(self, review_id: UUID) -> Review | None:
        """A review, if there is one."""
        return await self.grounds.look(REVIEW, review_id)

    def matter(self, review: Review) -> Matter:
        """A review with its subject as he stands on the day."""
        person_id = review.subject.person_id
        there = None if person_id is None else standing.person(self.organisation, person_id, self.day)
        return Matter(review.review_id, review.subject, there)

    def open_matter(self, review: Review) -> OpenMatter:
        """What it says when a board is to sit on it."""
        going_on = review.status in UNDER_WAY
        return OpenMatter(self.matter(review), review.matter_id, review.authority_post, going_on)

    async def standing(self, board: Board, *others: UUID) -> Standing:
        """How a board's matters and members stand on the day, and others who may join it."""
        found = [await self.review(review_id) for review_id in board.reviews]
        seated = {
            seat.person_id: standing.person(self.organisation, seat.person_id, self.day, seat.post_id)
            for seat in board.seats
        }
        matters = tuple(self.matter(review) for review in found if review is not None)
        return Standing(matters, {**self.members(others), **seated})

    def members(self, person_ids: Iterable[UUID]) -> dict[UUID, Person]:
        """Persons with the posts that they hold on the day."""
        return {who: standing.person(self.organisation, who, self.day) for who in person_ids}


async def follow_take_over(handler: Handler, board: Board, reviews: Iterable[Review], correlation_id: UUID) -> bool:
    """Let whoever took a review of the board's over be its authority too; whether anything changed.

    Two streams are never written at once: where this was cut off, whoever comes next finishes it.
    """
    for review in reviews:
        if board.authority_post in review.taken_from and board.authority_post != review.authority_post:
            following = FollowTakeOver(review.review_id, review.taken_from, review.authority_post)
            step = f"take-over/{review.review_id}/{len(review.taken_from)}"
            request = _in_step(board.board_id, step, correlation_id)
            await handler.handle(BOARD, board.board_id, following, request)
            return True
    return False


@dataclass(frozen=True, slots=True)
class Votes:
    """Keeps a board and its ballot in step. Two streams are never written at once, so each step can be cut off.

    Whoever comes next finishes it: a vote that was called gets its ballot, and a ballot that is over ends the vote. The
    commands mean the same whoever sends them, however often.
    """

    handler: Handler
    store: EventStore

    async def ballot(self, ballot_id: UUID) -> Ballot | None:
        """A ballot, if it was called."""
        return await Grounds(self.handler).look(BALLOT, ballot_id)

    async def results(self, board_id: UUID, review_id: UUID, grounds: Grounds) -> tuple[BallotResult, ...]:
        """What the board's ballots on a review came to since it was heard last, in the order in which they were called.

        One that was proposed anew is heard anew: what was voted on before it came to nothing was another case.
        """
        history = await self.store.load(REVIEW.stream(review_id))
        hearings = (one.position for one in history if isinstance(one.event, ReviewHearingHeld))
        heard = max(hearings, default=0)
        called = [
            recorded.event.ballot_id
            for recorded in await self.store.load(BOARD.stream(board_id))
            if isinstance(recorded.event, BoardVoteCalled)
            and recorded.event.review_id == review_id
            and recorded.position > heard
        ]
        found = [await grounds.look(BALLOT, id_) for id_ in called]
        return tuple(_result(ballot) for ballot in found if ballot is not None)

    async def finish(self, board: Board, correlation_id: UUID) -> bool:
        """Finish what was cut off; whether there was something."""
        if board.vote is None:
            return False
        ballot = await self.ballot(board.vote)
        if ballot is None:
            request = _in_step(board.vote, "call", correlation_id)
            await self.handler.handle(BALLOT, board.vote, await self._call(board), request)
            return True
        if ballot.status in OVER:
            ended = EndVote(board.vote, ballot.status is BallotStatus.COUNTED)
            request = _in_step(board.vote, "end", correlation_id)
            await self.handler.handle(BOARD, board.board_id, ended, request)
            return True
        return False

    async def _call(self, board: Board) -> CallBallot:
        """The call as the board's own event says it."""
        history = await self.store.load(BOARD.stream(board.board_id))
        [event] = [
            recorded.event
            for recorded in history
            if isinstance(recorded.event, BoardVoteCalled) and recorded.event.ballot_id == board.vote
        ]
        called = Called(
            ballot_id=event.ballot_id,
            review_id=event.review_id,
            body=BallotBody.BOARD,
            board_id=board.board_id,
            chair=board.holder(SeatRole.CHAIR),
            secretary=board.holder(SeatRole.SECRETARY),
            voters=event.voters,
            quorum=board.quorum,
            choices=event.choices,
            key=event.key,
            called_by=event.called_by,
        )
        return CallBallot(called)


def _result(ballot: Ballot) -> BallotResult:
    called, outcome = ballot.called, ballot.outcome
    totals = {} if outcome is None else outcome.totals
    return BallotResult(
        ballot_id=called.ballot_id,
        review_id=called.review_id,
        board_id=called.board_id,
        counted=outcome is not None,
        votes=tuple(VoteCount(choice=choice, votes=votes) for choice, votes in totals.items()),
    )


def _in_step(id_: UUID, step: str, correlation_id: UUID) -> Request:
    """In nobody's name: whoever came by has only looked. The same step has the same command, however often."""
    command_id = uuid5(id_, step)
    return Request(command_id, "policy:keep-vote-in-step", correlation_id, command_id, retry_on_conflict=True)
