"""What becomes of reviews because of one event, in the transaction that hears of it: answered, proposed, lost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce
from typing import TYPE_CHECKING, Any

from discipline.proposals import of_head
from discipline.responsibility.commands import AnswerDemand
from discipline.reviews import apart
from discipline.reviews.commands import ProposeReview
from discipline.reviews.reckoning import established
from schemas.discipline.responsibility import ResponsibilityOpened
from schemas.discipline.reviews import LaterFindingReferred
from schemas.registry import decode
from services.application.discipline.aggregates import RESPONSIBILITY, REVIEW
from services.application.reactions import Reaction

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from discipline.responsibility.state import Responsibility
    from discipline.reviews.commands import LoseBasis
    from discipline.reviews.reckoning import Setting
    from discipline.reviews.state import Review
    from schemas.discipline.reviews import ReviewGround
    from schemas.envelope import Recorded
    from schemas.registry import AnyEvent
    from services.application.aggregate import Aggregate
    from services.application.reactions import BatchTransaction

_WHOLE = """
select type, data, meta ->> 'causation_id' = $2 as caused from events where stream = $1 order by version"""
SANCTIONED = """
select id from review_view
where person_id = $1 and id <> $2 and form is not null and in_force_from is not null order by id"""
"""The other reviews of a person whose sanctions were served."""
_RESTING = "select id from review_view where findings && $1::uuid[] order by id"


@dataclass(frozen=True)
class Reviewing:
    """Carries out what an event asks of reviews and of the question of heads."""

    transaction: BatchTransaction
    cause: Recorded
    setting: Setting
    """When the cause happened, with the law as it was applied then."""

    async def answer(self, finding_id: UUID, ground: ReviewGround) -> None:
        """Answer the question of each head by the demand, and propose the reviews that this opens."""
        answer = Reaction("answer-demand", RESPONSIBILITY, finding_id, AnswerDemand(ground, self.setting.law))
        await self.transaction.carry_out(self.cause, [answer])
        state, told = await self._responsibility(finding_id)
        opened = [one for one in told if isinstance(one, ResponsibilityOpened) and one.item.ground is ground]
        proposed = [
            Reaction("propose-review", REVIEW, one.review_id, of_head(state, one, self.setting)) for one in opened
        ]
        await self.propose(proposed)

    async def propose(self, proposed: Sequence[Reaction]) -> None:
        """Propose them; where a decision was made before, what was found since is proposed beside it."""
        while proposed:
            reckoned = [await self._reckoned(one) for one in proposed]
            happened = await self.transaction.carry_out(self.cause, reckoned)
            proposed = [
                Reaction(
                    "propose-apart", REVIEW, event.apart_review_id, apart.proposal(event, event.basis, self.setting)
                )
                for event in happened
                if isinstance(event, LaterFindingReferred)
            ]

    async def lose(self, command: LoseBasis) -> None:
        """Tell every review that rests on what fell away."""
        await self.transaction.settle()
        resting = await self.transaction.connection.fetch(_RESTING, list(command.findings))
        lost = [Reaction("lose-basis", REVIEW, row["id"], command) for row in resting]
        await self.transaction.carry_out(self.cause, lost)

    async def _reckoned(self, proposed: Reaction) -> Reaction:
        """The proposal with what its subject did in other matters, for a review that it joins."""
        command = proposed.command
        assert isinstance(command, ProposeReview)  # noqa: S101 -- nothing else is handed in
        person_id = command.subject.person_id
        if person_id is None:
            return proposed
        rows = await self.transaction.connection.fetch(SANCTIONED, person_id, proposed.id)
        days: set[date] = set()
        for row in rows:
            other: Review = _state(REVIEW, await self._told(REVIEW.stream(row["id"])))
            days.update(established(other, self.setting.day))
        setting = replace(self.setting, elsewhere=tuple(sorted(days)))
        return replace(proposed, command=replace(command, setting=setting))

    async def _responsibility(self, finding_id: UUID) -> tuple[Responsibility, list[AnyEvent]]:
        """The question with everything that this transaction has written to it, and what of that came of this cause."""
        await self.transaction.settle()
        told = await self._told(RESPONSIBILITY.stream(finding_id))
        state: Responsibility = _state(RESPONSIBILITY, told)
        return state, [event for event, caused in told if caused]

    async def _told(self, stream: str) -> list[tuple[AnyEvent, bool]]:
        """The events of a stream, each with whether it came of this cause."""
        rows = await self.transaction.connection.fetch(_WHOLE, stream, str(self.cause.event_id))
        return [(decode(row["type"], row["data"]), row["caused"]) for row in rows]


def _state(aggregate: Aggregate[Any, Any, Any], told: list[tuple[AnyEvent, bool]]) -> Any:  # noqa: ANN401 -- the aggregate's
    state = reduce(aggregate.evolve, (event for event, _ in told), aggregate.initial)
    assert state is not None  # noqa: S101 -- a stream that was found has events
    return state
