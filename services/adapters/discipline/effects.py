"""What follows from the context's own events, in the transaction that recorded them: counts, proposals, lost bases.

The events that these policies follow (a confirmed or cancelled follow-up, a demand, a threshold) are recorded by this
worker alone, because of an event of another context. Following them here and not through Kafka keeps a promise: a
watermark of this context never stands between a finding that fell away and the review that lapses with it, so no
deadline of that review fires meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from discipline.days import after_working_days
from discipline.law.activation.table import applied_at
from discipline.proposals import Demand, Loss, loss, proposals
from discipline.responsibility.commands import DropQuestions, RaiseQuestions
from discipline.reviews.reckoning import Setting
from schemas.discipline.followups import FollowUpCancelled, FollowUpFindingConfirmed, ReviewDemanded
from schemas.inspection.findings import FindingConfirmed, FindingDismissed, FindingMarkedDuplicate, FindingWithdrawn
from schemas.notifier.alerts import AlertLadderExhausted
from services.adapters import calendar as calendars
from services.adapters import law, law_activations
from services.adapters.directory_copy import CopiedOrganisation
from services.adapters.discipline.reviewing import Reviewing
from services.application.discipline.aggregates import RESPONSIBILITY, REVIEW
from services.application.discipline.heads import heads
from services.application.discipline.policies import reactions
from services.application.reactions import Reaction

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from uuid import UUID

    from discipline.calendar import Calendar
    from discipline.law.activation.state import Activations
    from inspection.organisation.state import Organisation
    from schemas.discipline.reviews import ReviewTerms
    from schemas.envelope import Recorded
    from schemas.registry import AnyEvent
    from schemas.values import Answerable, Posts
    from services.application.reactions import BatchTransaction

DECISIVE = (FindingConfirmed, FindingWithdrawn, FindingDismissed, FindingMarkedDuplicate, AlertLadderExhausted)
"""Nothing but the follow-up itself follows from other events."""

_OWN_CHECK = "select internal_check from follow_up_view where id = $1"

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
    activations = await law_activations.within(transaction.connection)
    for cause in causes:
        following = _Following(transaction, cause, calendar, organisation, activations)
        await following.all(transaction.caused(cause))


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

    @property
    def _reviewing(self) -> Reviewing:
        return Reviewing(self.transaction, self.cause, self._setting)

    @property
    def _setting(self) -> Setting:
        """When the cause happened, and the table as administrators had activated it then."""
        table = applied_at(law.shipped(), self.activations, self.cause.occurred_at)
        return Setting(self.cause.occurred_at, table, self.calendar)

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
                await self._reviewing.lose(loss(event, self.cause.occurred_at, self.calendar))
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
            law=self._setting.law,
        )
        raised = Reaction("raise-responsibility", RESPONSIBILITY, found.finding_id, command)
        await self.transaction.carry_out(self.cause, [raised])
        return True

    async def _own_check(self, finding_id: UUID) -> bool:
        return bool(await self.transaction.connection.fetchval(_OWN_CHECK, finding_id))

    async def _proposed(self, demand: Demand) -> None:
        """Propose the reviews of officials and collectives, and answer the question of each head."""
        asked = isinstance(demand, ReviewDemanded) and await self._raised(
            _Question(demand, demand.terms, demand.posts, demand.answerable)
        )
        found = proposals(demand, {}, self._setting, heads_asked_apart=asked)
        proposed = [Reaction("propose-review", REVIEW, review_id, command) for review_id, command in found.items()]
        await self._reviewing.propose(proposed)
        if isinstance(demand, ReviewDemanded) and asked:
            await self._reviewing.answer(demand.finding_id, demand.ground)
