"""Findings: written and submitted by inspectors, answered by the agency, confirmed or dismissed by others."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from uuid import UUID

from starlette.responses import Response

from inspection.findings import state as findings
from inspection.findings.commands import (
    AmendFinding,
    Author,
    ConfirmFinding,
    ContestFinding,
    DismissFinding,
    DraftFinding,
    MarkDuplicate,
    ReviseDraft,
    SubmitFinding,
    WithdrawFinding,
)
from inspection.findings.status import draft as draft_of
from schemas.inspection.findings import FindingContent
from services.application.findings import FINDING, Facts
from services.application.identity import Role
from services.entrypoints.api.access import Access, agency_in_body
from services.entrypoints.api.call import Call
from services.entrypoints.api.inspection.finding_inputs import (
    Amendment,
    Confirmation,
    Duplicate,
    Reasons,
    Writing,
)
from services.entrypoints.api.refusals import NotFound
from services.entrypoints.api.routing import Router

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspection.findings.commands import Command
    from schemas.values import DocumentRef
    from services.application.grounds import Gather, Informed

router = Router(prefix="/findings", tags=["findings"])


async def finding_of(call: Call) -> findings.Draft | findings.Finding:
    """The finding in the path, where the caller may see it. A draft is its author's and the team leaders'.

    Raises:
        NotFound: it does not exist, or not for this caller.
    """
    stream = FINDING.stream(call.path_id("finding_id"))
    state: findings.State = (await call.context.handler.load(FINDING, stream)).state
    if state is None or not await call.reaches(state.content.agency_id) or not _may_see(call, state):
        raise NotFound
    return state


def _may_see(call: Call, state: findings.Draft | findings.Finding) -> bool:
    if isinstance(state, findings.Finding) or Role.AUDITOR in call.principal.roles:
        return True
    if Role.TEAM_LEADER in call.principal.roles:
        return True
    return Role.INSPECTOR in call.principal.roles and state.inspector_id in (None, call.principal.person_id)


async def in_sight(call: Call) -> None:
    """Scope of the routes of one finding. Raises `NotFound`."""
    await finding_of(call)


WRITERS = {Role.INSPECTOR, Role.TEAM_LEADER}
JUDGES = {Role.TEAM_LEADER, Role.INSPECTORATE_OFFICER}
BEGINS = Access(WRITERS, agency_in_body())
WRITES = Access(WRITERS, in_sight)
CONTESTS = Access({Role.HEAD}, in_sight)
JUDGES_IT = Access(JUDGES, in_sight)


async def facts(call: Call) -> Facts:
    """What is known at the moment of this command."""
    return Facts(call.context.handler, await call.organisation(), await call.calendar(), await call.now())


def author(call: Call) -> Author:
    """The caller as author: a team leader acts for the team's inspectors too."""
    return Author(call.principal.person_id, leads=Role.TEAM_LEADER in call.principal.roles)


async def documents(call: Call, kind: str, texts: Sequence[str]) -> tuple[DocumentRef, ...]:
    """Put several texts in the registry, together."""
    return tuple(await asyncio.gather(*(call.put_document(f"{kind} {n}", text) for n, text in enumerate(texts))))


async def content_of(call: Call, known: Facts, body: Writing, matter_id: UUID) -> FindingContent:
    """What the body says, its texts put in the registry. Raises `Refusal` for officials who were none."""
    officials = known.involved(body.officials, body.agency_id, body.fact_date)
    narrative, evidence = await asyncio.gather(
        call.put_document("narrative", body.narrative), documents(call, "evidence", body.evidence)
    )
    return FindingContent(
        agency_id=body.agency_id,
        violation_type=body.violation_type,
        directive_id=body.directive_id,
        fact_date=body.fact_date,
        source=body.source,
        inspection_id=body.inspection_id,
        matter_id=body.matter_id or matter_id,
        officials=officials,
        narrative=narrative,
        evidence=evidence,
        replaces=body.replaces,
    )


@router.command("/drafts", status=201, access=BEGINS)
async def draft(body: Writing, call: Call) -> Response:
    """Write a finding down; nobody is told yet."""
    finding_id = call.new_id("finding")

    async def command() -> DraftFinding:
        content = await content_of(call, await facts(call), body, finding_id)
        return DraftFinding(finding_id, content, call.principal.person_id)

    return await _begun(call, finding_id, command)


@router.command("/{finding_id}/revise", access=WRITES, if_match=True)
async def revise(finding_id: UUID, body: Writing, call: Call) -> Response:
    """Change a draft; anything may change."""

    async def command() -> ReviseDraft:
        return ReviseDraft(await content_of(call, await facts(call), body, finding_id), author(call))

    return await _done(call, finding_id, command)


@router.command("", status=201, access=BEGINS)
async def submit(body: Writing, call: Call) -> Response:
    """Submit a finding: a provisional follow-up opens, and the agency's head is told."""
    finding_id = call.new_id("finding")

    async def command() -> Informed[SubmitFinding]:
        known = await facts(call)
        content = await content_of(call, known, body, finding_id)
        return await known.submission(finding_id, content, call.principal.person_id)

    return await _begun(call, finding_id, command)


@router.command("/{finding_id}/submit", access=WRITES, if_match=True)
async def submit_draft(finding_id: UUID, call: Call) -> Response:
    """Submit a draft as it stands."""

    async def command() -> Informed[SubmitFinding]:
        known = await facts(call)
        content = draft_of(await known.finding(finding_id)).content
        return await known.submission(finding_id, content, call.principal.person_id)

    return await _done(call, finding_id, command)


@router.command("/{finding_id}/amend", access=WRITES, if_match=True)
async def amend(finding_id: UUID, body: Amendment, call: Call) -> Response:
    """Say a finding anew until it is confirmed; the owner acknowledges anew, no deadline gets shorter."""

    async def command() -> AmendFinding:
        known = await facts(call)
        narrative, reason, evidence = await asyncio.gather(
            call.put_document("narrative", body.narrative),
            call.put_document("reason", body.reason),
            documents(call, "evidence", body.evidence),
        )
        return await known.amendment(
            await known.finding(finding_id),
            fact_date=body.fact_date,
            officials=body.officials,
            narrative=narrative,
            evidence=evidence,
            reason=reason,
            due_on=body.due_on,
            by=author(call),
        )

    return await _done(call, finding_id, command)


@router.command("/{finding_id}/withdraw", access=WRITES, if_match=True)
async def withdraw(finding_id: UUID, body: Reasons, call: Call) -> Response:
    """Take a finding back; its follow-up is cancelled and its alerts end."""
    reason = await call.put_document("reason", body.reason)
    return await _done(call, finding_id, WithdrawFinding(reason, author(call)))


@router.command("/{finding_id}/contest", access=CONTESTS, if_match=True)
async def contest(finding_id: UUID, body: Reasons, call: Call) -> Response:
    """Object for the agency, once, with reasons, within the window."""

    async def command() -> ContestFinding:
        known = await facts(call)
        reasons = await call.put_document("objections", body.reason)
        return known.contest(await known.finding(finding_id), call.principal.person_id, reasons)

    return await _done(call, finding_id, command)


@router.command("/{finding_id}/confirm", access=JUDGES_IT, if_match=True)
async def confirm(finding_id: UUID, body: Confirmation, call: Call) -> Response:
    """Confirm a finding: from now on it may feed reviews and evaluation."""
    known = await facts(call)
    answer = None if body.answer is None else await call.put_document("answer", body.answer)
    return await _done(call, finding_id, ConfirmFinding(known.standing(call.principal.person_id), known.at, answer))


@router.command("/{finding_id}/dismiss", access=JUDGES_IT, if_match=True)
async def dismiss(finding_id: UUID, body: Reasons, call: Call) -> Response:
    """Dismiss a finding: its follow-up is cancelled and its counts are undone."""
    known = await facts(call)
    reason = await call.put_document("reason", body.reason)
    return await _done(call, finding_id, DismissFinding(known.standing(call.principal.person_id), reason))


@router.command("/{finding_id}/duplicate", access=JUDGES_IT, if_match=True)
async def mark_duplicate(finding_id: UUID, body: Duplicate, call: Call) -> Response:
    """Mark a finding as a duplicate: it counts once, under the original."""

    async def command() -> Informed[MarkDuplicate]:
        known = await facts(call)
        return await known.duplicate(known.standing(call.principal.person_id), body.original_id, body.reason)

    return await _done(call, finding_id, command)


async def _begun(call: Call, finding_id: UUID, command: Gather) -> Response:
    done = await call.carry_out(FINDING, finding_id, command)
    return call.created(finding_id, done, f"/findings/{finding_id}")


async def _done(call: Call, finding_id: UUID, command: Command | Gather) -> Response:
    return call.changed(finding_id, await call.carry_out(FINDING, finding_id, command))
