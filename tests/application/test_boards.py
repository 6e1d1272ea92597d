"""What a review is told of its board's votes, on a store in memory."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from discipline.reviews.commands import LoseBasis, TerminateReview
from schemas.base import Event
from schemas.discipline.boards import BoardVoteCalled, BoardVoteEnded
from services.application.aggregate import Aggregate
from services.application.discipline.aggregates import BALLOT, BOARD, REVIEW
from services.application.discipline.boards import Votes
from services.application.grounds import Grounds
from services.application.handler import Handler, Request
from tests.discipline import board_samples as b
from tests.discipline import review_cases as c
from tests.discipline import samples as s
from tests.fakes.memory_store import MemoryStore


class Clock:
    async def now(self) -> datetime:
        return datetime(2025, 8, 20, 2, tzinfo=UTC)


class Story:
    """Streams that are written down as they are said."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self.handler = Handler(self.store, Clock())

    async def told(self, aggregate: Aggregate[Any, Any, Any], id_: UUID, *events: Event) -> None:
        command_id = uuid4()
        as_said = replace(aggregate, decide=lambda command, _: command)
        await self.handler.handle(as_said, id_, events, Request(command_id, "somebody", command_id, command_id))

    async def voted(self, ballot_id: UUID) -> None:
        """The board votes on the review; the ballot is called, and over for the board."""
        called = BoardVoteCalled(
            board_id=b.ID,
            ballot_id=ballot_id,
            review_id=c.REVIEW_ID,
            sitting=1,
            voters=b.IDS,
            choices=b.CHOICES,
            key=b.KEY,
            called_by=b.SECRETARY.person_id,
        )
        await self.told(BOARD, b.ID, called)
        ballot = b.CALLED.model_copy(update={"ballot_id": ballot_id, "review_id": c.REVIEW_ID})
        await self.told(BALLOT, ballot_id, ballot)
        await self.told(BOARD, b.ID, BoardVoteEnded(board_id=b.ID, ballot_id=ballot_id, counted=True))

    async def results(self) -> list[UUID]:
        votes = Votes(self.handler, self.store)
        return [one.ballot_id for one in await votes.results(b.ID, c.REVIEW_ID, Grounds(self.handler))]


async def test_a_case_that_is_heard_anew_is_voted_on_anew() -> None:
    """Voted on, ended because its basis fell away, and proposed again on another finding."""
    story, before, after = Story(), s.named("before"), s.named("after")
    heard = c.happens(c.before_board(), c.summon(), c.receive(), c.hear())
    lost = LoseBasis(s.FINDING, (s.FINDING,), None, s.moment("2025-08-06"), s.CALENDAR)
    again = c.propose(s.item("another", fact=date(2025, 7, 3), detected=s.moment("2025-07-04")))
    ended = c.happens(heard, lost, TerminateReview(c.AUTHORITY, s.document("reasons")), again)
    first, second = heard.events, (*ended.events[len(heard.events) :], *heard.events[1:])

    await story.told(BOARD, b.ID, b.ESTABLISHED)
    await story.told(REVIEW, c.REVIEW_ID, *first)
    await story.voted(before)
    assert await story.results() == [before]

    await story.told(REVIEW, c.REVIEW_ID, *second)
    assert await story.results() == []
    await story.voted(after)
    assert await story.results() == [after]
