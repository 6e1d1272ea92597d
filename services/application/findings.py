"""Findings bound to their store, and the facts that their commands need of organisation, directive and calendar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspection.directives.queries import InForce, in_force, terms_of
from inspection.findings import refusals
from inspection.findings import state as findings
from inspection.findings.commands import AmendFinding, Author, Command, ContestFinding, MarkDuplicate, SubmitFinding
from inspection.findings.decide import decide
from inspection.findings.evolve import evolve
from inspection.findings.facts import officials_at, see_inspection
from inspection.findings.view import row
from inspection.organisation import queries
from notifier.calendar import end_of, local_day
from schemas.inspection.findings import AnyFindingEvent, FindingContent, InvolvedOfficial
from services.application.aggregate import Aggregate
from services.application.directives import DIRECTIVE
from services.application.grounds import Informed
from services.application.inspections import INSPECTION
from services.application.ports import Seen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from inspection.organisation.state import Organisation
    from inspection.standing import Standing
    from notifier.calendar import Calendar
    from schemas.values import DocumentRef
    from services.application.handler import Handler

FINDING: Aggregate[findings.State, Command, AnyFindingEvent] = Aggregate(
    "inspection", "finding", findings.INITIAL, decide, evolve, views={"finding_view": row}
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known at the moment of a command."""

    handler: Handler
    organisation: Organisation
    calendar: Calendar
    at: datetime

    @property
    def today(self) -> date:
        """The day in Asia/Ho_Chi_Minh."""
        return local_day(self.at)

    async def finding(self, finding_id: UUID) -> findings.State:
        """A finding as it stands now."""
        state: findings.State = (await self.handler.load(FINDING, FINDING.stream(finding_id))).state
        return state

    async def pack(self, directive_id: str, fact_date: date) -> InForce:
        """The pack that a fact is measured by. Raises what `inspection.directives.queries` refuses."""
        loaded = await self.handler.shared(DIRECTIVE, DIRECTIVE.stream(directive_id))
        return in_force(loaded.state, directive_id, fact_date)

    async def submission(
        self, finding_id: UUID, content: FindingContent, inspector_id: UUID
    ) -> Informed[SubmitFinding]:
        """The command that submits a finding, with all that its follow-up needs.

        Raises:
            Refusal: the directive, the type, the agency, an official or the inspection does not fit the fact.
        """
        seen = await self.see(content, inspector_id)
        replaced: findings.State = None
        if content.replaces is not None:
            replaced, version = await self._other(content.replaces)
            seen = (*seen, version)
        held = await self.pack(content.directive_id, content.fact_date)
        terms = terms_of(held.pack, content.violation_type)
        command = SubmitFinding(
            finding_id=finding_id,
            content=content,
            inspector_id=inspector_id,
            at=self.at,
            today=self.today,
            terms=terms,
            historic=held.historic,
            posts=queries.posts_around(self.organisation, content.agency_id, self.today),
            contest_until=self.calendar.after(self.at, held.pack.contest).ends_at,
            due_at=self.calendar.after(self.at, terms.remediation).ends_at,
            replaced=replaced,
        )
        return Informed(command, seen)

    async def duplicate(self, by: Standing, original_id: UUID, reason: str) -> Informed[MarkDuplicate]:
        """The command that marks a finding as a duplicate, as long as the original is what it is now."""
        original, seen = await self._other(original_id)
        return Informed(MarkDuplicate(by, original_id, original, reason), (seen,))

    async def _other(self, finding_id: UUID) -> tuple[findings.State, Seen]:
        stream = FINDING.stream(finding_id)
        loaded = await self.handler.load(FINDING, stream)
        return loaded.state, Seen(stream, loaded.version)

    async def see(self, content: FindingContent, inspector_id: UUID) -> tuple[Seen, ...]:
        """See that agency and inspection fit the fact; how far the inspection had come. Raises `Refusal`."""
        queries.agency_on(self.organisation, content.agency_id, content.fact_date)
        if content.inspection_id is None:
            return ()
        stream = INSPECTION.stream(content.inspection_id)
        inspection = await self.handler.load(INSPECTION, stream)
        named = () if inspection.state is None else inspection.state.agency_ids
        inspected = queries.with_heirs(self.organisation, named, content.fact_date)
        see_inspection(inspection.state, content.inspection_id, content.agency_id, inspector_id, inspected)
        return (Seen(stream, inspection.version),)

    async def amendment(
        self,
        state: findings.State,
        *,
        fact_date: date,
        officials: Sequence[str],
        narrative: DocumentRef,
        evidence: tuple[DocumentRef, ...],
        reason: DocumentRef,
        due_on: date | None,
        by: Author,
    ) -> AmendFinding:
        """The command that says a finding anew. Raises `Refusal`."""
        if not isinstance(state, findings.Finding):
            raise refusals.FindingNotSubmitted
        queries.agency_on(self.organisation, state.content.agency_id, fact_date)
        held = await self.pack(state.content.directive_id, fact_date)
        return AmendFinding(
            fact_date=fact_date,
            officials=self.involved(officials, state.content.agency_id, fact_date),
            narrative=narrative,
            evidence=evidence,
            reason=reason,
            by=by,
            today=self.today,
            pack_version=held.pack.version,
            historic=held.historic,
            due_at=None if due_on is None else end_of(due_on),
        )

    def involved(self, posts: Sequence[str], agency_id: str, fact_date: date) -> tuple[InvolvedOfficial, ...]:
        """Who held the posts on the day of the fact. Raises what `officials_at` refuses."""
        return officials_at(self.organisation, agency_id, posts, fact_date)

    def contest(self, state: findings.State, person_id: UUID, reasons: DocumentRef) -> ContestFinding:
        """The command by which a person contests a finding for the agency. Raises `Refusal`."""
        if not isinstance(state, findings.Finding):
            raise refusals.FindingNotSubmitted
        heir = queries.head_of(self.organisation, state.content.agency_id, self.today)
        return ContestFinding(
            reasons=reasons,
            at=self.at,
            head_post=heir or state.posts.head,
            by_posts=queries.posts_of(self.organisation, person_id, self.today),
        )

    def standing(self, person_id: UUID) -> Standing:
        """Where a person stands today."""
        return queries.standing_of(self.organisation, person_id, self.today)
