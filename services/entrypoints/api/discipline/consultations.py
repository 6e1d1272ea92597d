"""Commands on consultations: an agency asks, withdraws and closes, the one that is asked answers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from pydantic import Field
from starlette.responses import Response

from discipline.consultations.commands import (
    AnswerOpinion,
    AskOpinion,
    CloseConsultation,
    ReconcileOpinion,
    WithdrawConsultation,
)
from discipline.consultations.refusals import (
    AgencyWithoutHead,
    ConsultationAlreadyAsked,
    ConsultationRequestUnknown,
    DirectiveWithoutConsultation,
)
from discipline.consultations.state import consultation_id as id_of
from inspection.directives.queries import in_force
from inspection.directives.refusals import DirectiveNotAdopted
from inspection.organisation import queries
from schemas.base import Slug
from schemas.discipline.consultations import Position, Reconciliation
from services.adapters.discipline.directives import copied_directive
from services.application.discipline.aggregates import CONSULTATION
from services.application.discipline.consultations import goes_on, party, terms_of
from services.application.discipline.facts import Facts
from services.application.identity import Role
from services.entrypoints.api.access import Access, agency_in_body
from services.entrypoints.api.bodies import Input
from services.entrypoints.api.call import Call
from services.entrypoints.api.discipline.consultation_scope import done, in_sight
from services.entrypoints.api.discipline.follow_up_scope import facts
from services.entrypoints.api.discipline.inputs import Narrative, Reasons
from services.entrypoints.api.routing import Router

if TYPE_CHECKING:
    from discipline.consultations.commands import Party
    from discipline.consultations.state import Consultation
    from inspection.organisation.state import Organisation
    from schemas.discipline.consultations import ConsultationTerms
    from schemas.inspection.directives import Pack

router = Router(prefix="/consultations", tags=["consultations"])

HEADS = {Role.AGENCY_USER, Role.HEAD, Role.AUTHORITY}
"""Whoever acts as a head may have no other role than an agency's user; the post decides."""

_OF_REQUEST = """
select exists (select from consultation_view where request_id = $1 and directive_id = $2 and asking_agency = any($3))"""
_ASKED_BEFORE = """
select consulted_agency from consultation_view where request_id = $1 and consulted_agency = any($2)
order by id limit 1"""


class AskIn(Input):
    """Who asks whom, about what, under which directive."""

    asking_agency: Annotated[Slug, Field(description="The agency that asks.", examples=["van-phong"])]
    consulted_agency: Annotated[Slug, Field(description="The agency that is asked.", examples=["phong-ha-tang"])]
    directive_id: Annotated[Slug, Field(description="The directive in force.", examples=["quang-xuong-06"])]
    subject: Annotated[Narrative, Field(max_length=500, examples=["Phương án nâng cấp đường liên xã"])]
    draft: Annotated[Narrative, Field(examples=["Dự thảo phương án kèm theo, gồm 4 mục và 2 phụ lục."])]
    concern: Annotated[
        Narrative | None, Field(examples=["Phòng thẩm định thiết kế và dự toán hạng mục cầu, cống."])
    ] = None
    last_day: Annotated[
        date | None,
        Field(
            description="The last day for an answer; the directive's term holds where none is named.",
            examples=["2026-04-10"],
        ),
    ] = None
    request_id: Annotated[
        UUID | None, Field(description="The request of those who were asked before about the same; none for a new one.")
    ] = None


class AnswerIn(Input):
    """What the agency says."""

    position: Annotated[Position, Field(description="The position that it takes.", examples=["agrees_with_changes"])]
    answer: Annotated[Narrative, Field(examples=["Đồng ý; đề nghị bổ sung phương án thoát nước đoạn qua chợ."])]


class ReconciledIn(Input):
    """What became of an opinion that differs."""

    outcome: Annotated[Reconciliation, Field(description="Settled, or left open.", examples=["settled"])]
    minutes: Annotated[Narrative, Field(examples=["Hai bên làm việc ngày 14/4, thống nhất bổ sung rãnh thoát nước."])]


@router.command("", access=Access(HEADS, agency_in_body("asking_agency")), status=201)
async def ask(body: AskIn, call: Call) -> Response:
    """Ask an agency for its opinion; several are asked one by one under one request."""
    request_id = body.request_id or call.new_id("request")
    now = await facts(call)
    # Of an agency that has ended its heir is asked: once, by whichever name.
    id_ = id_of(request_id, queries.living(now.organisation, body.consulted_agency, now.day) or body.consulted_agency)

    async def command() -> AskOpinion:
        known = await facts(call)
        pack, terms = await _terms(call, known, body.directive_id)
        asking = _party(known, body.asking_agency)
        consulted = _party(known, body.consulted_agency)
        if body.request_id is not None:
            await _known_request(call, known.organisation, body, known.day)
            await _not_asked_before(call, known, body.request_id, consulted)
        return AskOpinion(
            consultation_id=id_,
            request_id=request_id,
            by=known.by(),
            asking=asking,
            consulted=consulted,
            addressed=known.organisation.agencies[consulted.agency_id].kind in pack.addressees,
            subject=await call.put_document("subject", body.subject),
            draft=await call.put_document("draft", body.draft),
            concern=None if body.concern is None else await call.put_document("concern", body.concern),
            terms=terms,
            last_day=body.last_day,
            at=known.at,
            calendar=await call.calendar(),
        )

    carried = await call.carry_out(CONSULTATION, id_, command)
    first = carried.stream.removeprefix(CONSULTATION.stream(""))  # sent again it is the same, whoever has ended since
    return call.created(first, carried, f"/consultations/{first}")


async def _terms(call: Call, known: Facts, directive_id: str) -> tuple[Pack, ConsultationTerms]:
    """The pack that is in force today, and what it says of consultations."""
    directive = await copied_directive(call.context.pool, directive_id)
    held = in_force(directive, directive_id, known.day)
    if held.historic:  # adopted, and not in force yet
        raise DirectiveNotAdopted(directive_id)
    rules = held.pack.consultation
    if rules is None:
        raise DirectiveWithoutConsultation(directive_id)
    authority = known.organisation.authority_id or ""
    chair = queries.chair(known.organisation, known.day)
    if chair is None:
        raise AgencyWithoutHead(authority, known.day)
    return held.pack, terms_of(held.pack, rules, chair)


def _party(known: Facts, agency_id: str) -> Party:
    """Who speaks for an agency today."""
    found = party(known.organisation, agency_id, known.day)
    if found is None:
        raise AgencyWithoutHead(agency_id, known.day)
    return found


async def _known_request(call: Call, organisation: Organisation, body: AskIn, day: date) -> None:
    """Nobody adds to another's request: it is the asking agency's own, or that of one that it has inherited from."""
    own = queries.with_inherited(organisation, [body.asking_agency], day)
    if not await call.context.pool.fetchval(_OF_REQUEST, body.request_id, body.directive_id, sorted(own)):
        raise ConsultationRequestUnknown(body.asking_agency)


async def _not_asked_before(call: Call, known: Facts, request_id: UUID, consulted: Party) -> None:
    """Whoever is asked was not asked by this request as another agency, which has ended and whose heir it is."""
    inherited = queries.with_inherited(known.organisation, [consulted.agency_id], known.day)
    before = await call.context.pool.fetchval(_ASKED_BEFORE, request_id, sorted(inherited))
    if before is not None:
        raise ConsultationAlreadyAsked(before)


@router.command("/{consultation_id}/answer", access=Access(HEADS, in_sight))
async def answer(consultation_id: UUID, body: AnswerIn, call: Call) -> Response:
    """Answer; whether in time is judged by the moment at which the server received it."""

    async def command(known: Facts, state: Consultation) -> AnswerOpinion:
        consulted = party(known.organisation, state.consulted_agency, known.day)
        text = await call.put_document("answer", body.answer)
        return AnswerOpinion(known.by(), consulted, body.position, text, known.at)

    return await done(call, consultation_id, command)


@router.command("/{consultation_id}/withdraw", access=Access(HEADS, in_sight))
async def withdraw(consultation_id: UUID, body: Reasons, call: Call) -> Response:
    """Ask no longer, with reasons: before an answer, and before the time is over."""

    async def command(known: Facts, state: Consultation) -> WithdrawConsultation:
        asking = goes_on(known.organisation, state.asking_agency, state.consulted_agency, known.day)
        reasons = await call.put_document("reasons", body.reasons)
        return WithdrawConsultation(known.by(), asking, reasons, known.at)

    return await done(call, consultation_id, command)


@router.command("/{consultation_id}/close", access=Access(HEADS, in_sight))
async def close(consultation_id: UUID, body: Reasons, call: Call) -> Response:
    """Go on without the answer that is owed since the term ended, with reasons."""

    async def command(known: Facts, state: Consultation) -> CloseConsultation:
        asking = goes_on(known.organisation, state.asking_agency, state.consulted_agency, known.day)
        reasons = await call.put_document("reasons", body.reasons)
        return CloseConsultation(known.by(), asking, reasons)

    return await done(call, consultation_id, command)


@router.command("/{consultation_id}/reconcile", access=Access(HEADS, in_sight))
async def reconcile(consultation_id: UUID, body: ReconciledIn, call: Call) -> Response:
    """Say what became of an opinion that differs, once the lead has worked on it with whoever holds it."""

    async def command(known: Facts, state: Consultation) -> ReconcileOpinion:
        asking = goes_on(known.organisation, state.asking_agency, state.consulted_agency, known.day)
        minutes = await call.put_document("minutes", body.minutes)
        return ReconcileOpinion(known.by(), asking, body.outcome, minutes)

    return await done(call, consultation_id, command)
