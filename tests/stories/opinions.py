"""What people do about a consultation, with the facts that the suite puts on their commands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from uuid import UUID, uuid4

from discipline.consultations.commands import (
    AnswerOpinion,
    AskOpinion,
    CloseConsultation,
    Party,
    ReconcileOpinion,
    WithdrawConsultation,
)
from discipline.consultations.state import Consultation, consultation_id
from inspection.directives.queries import in_force
from inspection.directives.state import Directive
from inspection.organisation import queries
from schemas.discipline.consultations import AnyConsultationEvent, Position, Reconciliation
from schemas.notifier.alerts import StallRule
from services.application.directives import DIRECTIVE
from services.application.discipline.aggregates import CONSULTATION
from services.application.discipline.consultations import let_lapse, party, terms_of
from services.application.discipline.facts import Facts
from services.application.handler import Request
from services.application.identity import Principal
from tests.stories.acts import document, person_in
from tests.stories.course import Course


@dataclass(frozen=True)
class Opinion:
    """A consultation that was asked."""

    course: Course
    id: UUID

    # -- what it has become ------------------------------------------------------------------------------------------

    async def state(self) -> Consultation:
        """The consultation."""
        state = await self.course.state(CONSULTATION, self.id)
        assert isinstance(state, Consultation)
        return state

    @property
    def status(self) -> str:
        """Its status, as people see it."""
        status: str = self.course.store.views["consultation_view"][str(self.id)]["status"]
        return status

    def told(self) -> list[tuple[datetime, AnyConsultationEvent]]:
        """What happened to it, and when."""
        stream = CONSULTATION.stream(self.id)
        events = [one for one in self.course.store.events if one.stream == stream]
        return [(one.occurred_at, cast("AnyConsultationEvent", one.event)) for one in events]

    async def alerted(self) -> set[StallRule]:
        """What about it is told and has not ended."""
        alerts = await self.course.alerts(self.id)
        return {one.opened.rule for one in alerts if one.opened is not None and not one.ended}

    # -- what people and the clock do --------------------------------------------------------------------------------

    async def answer(self, position: Position = Position.AGREES, *, received_at: datetime | None = None) -> None:
        """Whoever heads the agency that was asked answers, now or received at another moment."""
        consulted = await self._party((await self.state()).consulted_agency)
        who = await _facts(self.course, consulted.head_post)
        at = received_at or self.course.at
        command = AnswerOpinion(who.by(), consulted, position, document(), at)
        await self.course.carry_out(CONSULTATION, self.id, command, who.principal.person_id)

    async def withdraw(self) -> None:
        """Whoever heads the agency that asked withdraws it."""
        asking = await self._party((await self.state()).asking_agency)
        who = await _facts(self.course, asking.head_post)
        command = WithdrawConsultation(who.by(), asking, document(), self.course.at)
        await self.course.carry_out(CONSULTATION, self.id, command, who.principal.person_id)

    async def close(self) -> None:
        """Whoever heads the agency that asked goes on without the answer."""
        asking = await self._party((await self.state()).asking_agency)
        who = await _facts(self.course, asking.head_post)
        command = CloseConsultation(who.by(), asking, document())
        await self.course.carry_out(CONSULTATION, self.id, command, who.principal.person_id)

    async def reconcile(self, outcome: Reconciliation) -> None:
        """Whoever heads the agency that asked says what became of an opinion that differs."""
        asking = await self._party((await self.state()).asking_agency)
        who = await _facts(self.course, asking.head_post)
        command = ReconcileOpinion(who.by(), asking, outcome, document())
        await self.course.carry_out(CONSULTATION, self.id, command, who.principal.person_id)

    async def clock(self) -> None:
        """The clock comes to it now."""
        state, named = await self.state(), uuid4()
        organisation = await self.course.organisation()
        command = let_lapse(organisation, state.asking_agency, state.consulted_agency, state.due_at, self.course.at)
        request = Request(named, "clock", named, named, occurred_at=state.due_at)
        await self.course.handler.handle(CONSULTATION, self.id, command, request)

    async def _party(self, agency_id: str) -> Party:
        return _party(await _facts(self.course), agency_id)


async def ask(
    course: Course,
    directive_id: str,
    asking: str,
    consulted: str,
    *,
    request_id: UUID | None = None,
    concerned: bool = True,
    last_day: date | None = None,
) -> Opinion:
    """Whoever heads an agency asks another for its opinion."""
    directive = cast("Directive", await course.state(DIRECTIVE, directive_id))
    pack = in_force(directive, directive_id, course.today).pack
    assert pack.consultation is not None
    known = await _facts(course)
    asks, asked = _party(known, asking), _party(known, consulted)
    who, chair = await _facts(course, asks.head_post), queries.chair(known.organisation, course.today)
    assert chair is not None
    request_id = request_id or uuid4()
    command = AskOpinion(
        consultation_id=consultation_id(request_id, consulted),
        request_id=request_id,
        by=who.by(),
        asking=asks,
        consulted=asked,
        addressed=known.organisation.agencies[asked.agency_id].kind in pack.addressees,
        subject=document(),
        draft=document(),
        concern=document() if concerned else None,
        terms=terms_of(pack, pack.consultation, chair),
        last_day=last_day,
        at=course.at,
        calendar=course.calendar,
    )
    await course.carry_out(CONSULTATION, command.consultation_id, command, who.principal.person_id)
    return Opinion(course, command.consultation_id)


def _party(known: Facts, agency_id: str) -> Party:
    found = party(known.organisation, agency_id, known.day)
    assert found is not None, f"nobody speaks for {agency_id}"
    return found


async def _facts(course: Course, post_id: str = "ubnd-tinh-chu-tich") -> Facts:
    """What is known when the holder of a post sends a command."""
    organisation, person_id = await course.organisation(), await person_in(course, post_id)
    agency_id = organisation.posts[post_id].agency_id
    return Facts(Principal(person_id, frozenset(), agency_id, course.at), organisation, course.at)
