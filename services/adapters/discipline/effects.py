"""What follows from the context's own events, in the transaction that recorded them: counts, proposals, lost bases.

The events that these policies follow (a confirmed or cancelled follow-up, a demand, a threshold) are recorded by this
worker alone, because of an event of another context. Following them here and not through Kafka keeps a promise: a
watermark of this context never stands between a finding that fell away and the review that lapses with it, so no
deadline of that review fires meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

from discipline.days import after_working_days
from discipline.law.activation.table import applied_at
from discipline.proposals import Demand, Loss, loss, of_head, proposals
from discipline.responsibility.commands import AnswerDemand, DropQuestions, RaiseQuestions
from discipline.reviews import apart
from schemas.discipline.followups import FollowUpCancelled, FollowUpFindingConfirmed, ReviewDemanded
from schemas.discipline.responsibility import ResponsibilityOpened
from schemas.discipline.reviews import LaterFindingReferred
from schemas.inspection.findings import FindingConfirmed, FindingDismissed, FindingMarkedDuplicate, FindingWithdrawn
from schemas.notifier.alerts import AlertLadderExhausted
from schemas.registry import decode
from services.adapters import calendar as calendars
from services.adapters import law
from services.adapters.directory_copy import CopiedOrganisation
from services.application.discipline.aggregates import LAW, LAW_ROWS, RESPONSIBILITY, REVIEW
from services.application.discipline.heads import heads
from services.application.discipline.policies import reactions
from services.application.reactions import Reaction

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from uuid import UUID

    from asyncpg import Connection, Record

    from discipline.calendar import Calendar
    from discipline.law.activation.state import Activations
    from discipline.law.rows import LawTable
    from discipline.responsibility.state import Responsibility
    from inspection.organisation.state import Organisation
    from schemas.discipline.reviews import ReviewTerms
    from schemas.envelope import Recorded
    from schemas.registry import AnyEvent
    from schemas.values import Answerable, Posts
    from services.application.reactions import BatchTransaction

DECISIVE = (FindingConfirmed, FindingWithdrawn, FindingDismissed, FindingMarkedDuplicate, AlertLadderExhausted)
"""Nothing but the follow-up itself follows from other events."""

_WHOLE = """
select type, data, meta ->> 'causation_id' = $2 as caused from events where stream = $1 order by version"""
_STREAM = "select type, data from events where stream = $1 order by version"
_OWN_CHECK = "select internal_check from follow_up_view where id = $1"
_RESTING = "select id from review_view where findings && $1::uuid[] order by id"

_organisation = CopiedOrganisation()


async def follow_own_events(transaction: BatchTransaction, batch: Sequence[Recorded]) -> None:
    """Follow what the batch's events brought about in this context, each in its order.

    Raises `DirectoryBehind` where a head who answers is not known yet: the message is tried again later.
    """
    causes = [recorded for recorded in batch if isinstance(recorded.event, DECISIVE)]
    if not causes:
        return
    calendar = await calendars.within(transaction.connection)
    await transaction.expect(
        [asked for cause in causes for one in transaction.caused(cause) for asked in reactions(one)]
    )
    organisation = await _organisation.read(transaction.connection)
    activations = await _activations(transaction.connection)
    for cause in causes:
        following = _Following(transaction, cause, calendar, organisation, activations)
        await following.all(transaction.caused(cause))


async def _activations(connection: Connection[Record]) -> Activations:
    """What administrators have activated of the law: nobody adds to it while this transaction holds the append lock."""
    rows = await connection.fetch(_STREAM, LAW.stream(LAW_ROWS))
    events = (decode(row["type"], row["data"]) for row in rows)
    return reduce(LAW.evolve, events, LAW.initial)  # type: ignore[arg-type]  # the stream's own events


@dataclass(frozen=True)
class _Question:
    """What raises the question of heads."""

    found: FollowUpFindingConfirmed | ReviewDemanded
    terms: ReviewTerms
    posts: Posts
    answerable: Collection[Answerable]


@dataclass(frozen=True)
class _Following:
    """Follows what one event of another context brought about."""

    transaction: BatchTransaction
    cause: Recorded
    calendar: Calendar
    organisation: Organisation
    activations: Activations

    async def all(self, happened: Iterable[AnyEvent]) -> None:
        """Follow the events that commands of this cause left behind, and what follows from those."""
        for event in happened:
            if isinstance(event, FollowUpFindingConfirmed):
                await self._ask_heads(event)
            elif isinstance(event, Demand):
                await self._proposed(event)
            elif isinstance(event, Loss):
                if isinstance(event, FollowUpCancelled):
                    dropped = Reaction("drop-questions", RESPONSIBILITY, event.finding_id, DropQuestions())
                    await self.transaction.carry_out(self.cause, [dropped])
                await self.transaction.carry_out(self.cause, await self._lost(event))
            await self.all(await self.transaction.carry_out(self.cause, reactions(event)))

    async def _ask_heads(self, confirmed: FollowUpFindingConfirmed) -> None:
        """A confirmed finding for which heads answer by the directive's words raises the question of each."""
        finding = self.cause.event
        if isinstance(finding, FindingConfirmed) and not confirmed.historic:
            asked = finding.terms.answerable
            await self._raised(_Question(confirmed, confirmed.review, finding.posts, asked))

    async def _raised(self, question: _Question) -> bool:
        """Raise what was not raised before; whether anybody is asked."""
        found, terms = question.found, question.terms
        asked = heads(self.organisation, found.agency_id, question.posts, found.fact_date, question.answerable)
        if not asked:
            return False
        command = RaiseQuestions(
            finding_id=found.finding_id,
            matter_id=found.matter_id,
            agency_id=found.agency_id,
            directive_id=found.directive_id,
            own_check=await self._own_check(found.finding_id),
            fact_date=found.fact_date,
            detected_at=found.detected_at,
            terms=terms,
            answer_until=after_working_days(self.cause.occurred_at, terms.open_within, self.calendar),
            heads=asked,
            law=self._law(),
        )
        raised = Reaction("raise-responsibility", RESPONSIBILITY, found.finding_id, command)
        await self.transaction.carry_out(self.cause, [raised])
        return True

    def _law(self) -> LawTable:
        """The table as administrators had activated it when the cause happened."""
        return applied_at(law.shipped(), self.activations, self.cause.occurred_at)

    async def _own_check(self, finding_id: UUID) -> bool:
        return bool(await self.transaction.connection.fetchval(_OWN_CHECK, finding_id))

    async def _proposed(self, demand: Demand) -> None:
        """Propose the reviews of officials and collectives, and answer the question of each head."""
        asked = isinstance(demand, ReviewDemanded) and await self._raised(
            _Question(demand, demand.terms, demand.posts, demand.answerable)
        )
        found = proposals(demand, {}, self.cause.occurred_at, self.calendar, heads_asked_apart=asked)
        proposed = [Reaction("propose-review", REVIEW, review_id, command) for review_id, command in found.items()]
        await self._propose(proposed)
        if isinstance(demand, ReviewDemanded) and asked:
            await self._answered(demand)

    async def _answered(self, demand: ReviewDemanded) -> None:
        answer = Reaction("answer-demand", RESPONSIBILITY, demand.finding_id, AnswerDemand(demand, self._law()))
        await self.transaction.carry_out(self.cause, [answer])
        state, told = await self._responsibility(demand.finding_id)
        opened = [one for one in told if isinstance(one, ResponsibilityOpened) and one.item.ground is demand.ground]
        proposed = [
            Reaction(
                "propose-review", REVIEW, one.review_id, of_head(state, one, self.cause.occurred_at, self.calendar)
            )
            for one in opened
        ]
        await self._propose(proposed)

    async def _propose(self, proposed: Sequence[Reaction]) -> None:
        """Propose them; where a decision was made before, what was found since is proposed beside it."""
        while proposed:
            happened = await self.transaction.carry_out(self.cause, proposed)
            proposed = [
                Reaction("propose-apart", REVIEW, event.apart_review_id, apart.proposal(event, event.basis))
                for event in happened
                if isinstance(event, LaterFindingReferred)
            ]

    async def _responsibility(self, finding_id: UUID) -> tuple[Responsibility, list[AnyEvent]]:
        """The question with everything that this transaction has written to it, and what of that came of this cause."""
        await self.transaction.settle()
        stream = RESPONSIBILITY.stream(finding_id)
        rows = await self.transaction.connection.fetch(_WHOLE, stream, str(self.cause.event_id))
        told = [(decode(row["type"], row["data"]), row["caused"]) for row in rows]
        state = reduce(RESPONSIBILITY.evolve, (event for event, _ in told), RESPONSIBILITY.initial)  # type: ignore[arg-type]  # the stream's own events
        assert state is not None  # noqa: S101 -- a level was raised before it is answered
        return state, [event for event, caused in told if caused]

    async def _lost(self, event: Loss) -> list[Reaction]:
        command = loss(event, self.cause.occurred_at, self.calendar)
        await self.transaction.settle()
        resting = await self.transaction.connection.fetch(_RESTING, list(command.findings))
        return [Reaction("lose-basis", REVIEW, row["id"], command) for row in resting]
