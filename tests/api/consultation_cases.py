"""Directives and consultations in the discipline context, for the tests of its API."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import asyncpg

from discipline.consultations.commands import AskOpinion, Party
from discipline.consultations.state import consultation_id
from inspection.directives.decide import fingerprint
from schemas.envelope import EventMeta, Recorded
from schemas.inspection.directives import ConsultationRules, DirectiveAdopted, Pack
from schemas.inspection.organisation import AgencyKind
from services.adapters import packs
from services.adapters.discipline.directives import keep_directives
from services.application.discipline.aggregates import CONSULTATION
from services.application.discipline.consultations import terms_of
from services.entrypoints.api.context import Context
from tests.api.access.table import CASE_AGENCY
from tests.api.discipline_cases import CHAIRS, request
from tests.discipline import samples
from tests.transactions import Quiet

IN_FORCE = date(2023, 6, 5)
DEPARTMENTS = (AgencyKind.DEPARTMENT, AgencyKind.INSPECTORATE)


def shipped(directive_id: str, **but: Any) -> Pack:
    """A shipped pack, addressed to the agencies of the table."""
    found = next(pack for pack in map(packs.read, packs.shipped()) if pack.directive_id == directive_id)
    return found.model_copy(update={"addressees": DEPARTMENTS, **but})


CONSENT, NO_CONSENT = shipped("quang-xuong-06"), shipped("vinh-long-968")
SILENT = shipped("lai-chau-16", consultation=None)
"""Says nothing on consultations."""


def rules_of(pack: Pack) -> ConsultationRules:
    """What a pack says of consultations."""
    assert pack.consultation is not None
    return pack.consultation


async def adopt(pool: asyncpg.Pool, *adopted: Pack, since: date = IN_FORCE) -> None:
    """Copy the adoptions, as the worker would."""
    meta, at = EventMeta(actor="x", correlation_id=uuid4(), causation_id=uuid4()), datetime(2026, 1, 1, tzinfo=UTC)
    events = [
        DirectiveAdopted(
            directive_id=pack.directive_id,
            authority_id="tinh",
            effective_from=since,
            pack=pack,
            pack_sha256=fingerprint(pack),
        )
        for pack in adopted
    ]
    batch = [Recorded(1, uuid4(), f"directive-{e.directive_id}", 1, e, meta, at, at, bytes(32)) for e in events]
    async with pool.acquire() as connection, connection.transaction():
        await keep_directives(Quiet(connection), batch)


async def ask_opinion(context: Context, at: datetime, consulted: str = CASE_AGENCY, pack: Pack = CONSENT) -> UUID:
    """The chair asks a department."""
    request_id = uuid4()
    id_ = consultation_id(request_id, consulted)
    command = AskOpinion(
        consultation_id=id_,
        request_id=request_id,
        by=CHAIRS,
        asking=Party("tinh", "tinh-head"),
        consulted=Party(consulted, f"{consulted}-head"),
        addressed=True,
        subject=samples.document("subject"),
        draft=samples.document("draft"),
        concern=samples.document("concern"),
        terms=terms_of(pack, rules_of(pack), "tinh-head"),
        last_day=None,
        at=at,
        calendar=await context.calendars.current(),
    )
    await context.handler.handle(CONSULTATION, id_, command, request())
    return id_
