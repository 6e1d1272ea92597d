"""What becomes of reviews because of one event, in the transaction that hears of it: answered, proposed, lost."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

from discipline.proposals import of_head
from discipline.responsibility.commands import AnswerDemand
from discipline.reviews import apart
from schemas.discipline.responsibility import ResponsibilityOpened
from schemas.discipline.reviews import LaterFindingReferred
from schemas.registry import decode
from services.application.discipline.aggregates import RESPONSIBILITY, REVIEW
from services.application.reactions import Reaction

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from discipline.calendar import Calendar
    from discipline.law.rows import LawTable
    from discipline.responsibility.state import Responsibility
    from discipline.reviews.commands import LoseBasis
    from schemas.discipline.reviews import ReviewGround
    from schemas.envelope import Recorded
    from schemas.registry import AnyEvent
    from services.application.reactions import BatchTransaction

_WHOLE = """
select type, data, meta ->> 'causation_id' = $2 as caused from events where stream = $1 order by version"""
_RESTING = "select id from review_view where findings && $1::uuid[] order by id"


@dataclass(frozen=True)
class Reviewing:
    """Carries out what an event asks of reviews and of the question of heads."""

    transaction: BatchTransaction
    cause: Recorded
    calendar: Calendar

    async def answer(self, finding_id: UUID, ground: ReviewGround, law: LawTable) -> None:
        """Answer the question of each head by the demand, and propose the reviews that this opens."""
        answer = Reaction("answer-demand", RESPONSIBILITY, finding_id, AnswerDemand(ground, law))
        await self.transaction.carry_out(self.cause, [answer])
        state, told = await self._responsibility(finding_id)
        opened = [one for one in told if isinstance(one, ResponsibilityOpened) and one.item.ground is ground]
        proposed = [
            Reaction(
                "propose-review", REVIEW, one.review_id, of_head(state, one, self.cause.occurred_at, self.calendar)
            )
            for one in opened
        ]
        await self.propose(proposed)

    async def propose(self, proposed: Sequence[Reaction]) -> None:
        """Propose them; where a decision was made before, what was found since is proposed beside it."""
        while proposed:
            happened = await self.transaction.carry_out(self.cause, proposed)
            proposed = [
                Reaction("propose-apart", REVIEW, event.apart_review_id, apart.proposal(event, event.basis))
                for event in happened
                if isinstance(event, LaterFindingReferred)
            ]

    async def lose(self, command: LoseBasis) -> None:
        """Tell every review that rests on what fell away."""
        await self.transaction.settle()
        resting = await self.transaction.connection.fetch(_RESTING, list(command.findings))
        lost = [Reaction("lose-basis", REVIEW, row["id"], command) for row in resting]
        await self.transaction.carry_out(self.cause, lost)

    async def _responsibility(self, finding_id: UUID) -> tuple[Responsibility, list[AnyEvent]]:
        """The question with everything that this transaction has written to it, and what of that came of this cause."""
        await self.transaction.settle()
        stream = RESPONSIBILITY.stream(finding_id)
        rows = await self.transaction.connection.fetch(_WHOLE, stream, str(self.cause.event_id))
        told = [(decode(row["type"], row["data"]), row["caused"]) for row in rows]
        state = reduce(RESPONSIBILITY.evolve, (event for event, _ in told), RESPONSIBILITY.initial)  # type: ignore[arg-type]  # the stream's own events
        assert state is not None  # noqa: S101 -- a level was raised before it is answered
        return state, [event for event, caused in told if caused]
