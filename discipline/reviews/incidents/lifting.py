"""What takes responsibility or work from the subject: exemption, protection, suspension from work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discipline.law.rows import Rule
from discipline.reviews.incidents.grounds import ground_in_row, no_row, row_of
from discipline.reviews.incidents.refusals import (
    AlreadySuspendedFromWork,
    ApprovalNotBeforehand,
    DayBefore,
    EvidenceOfGoodFaithMissing,
    NotSuspendedFromWork,
    OnlyIndividuals,
)
from discipline.reviews.procedure.steps import answered, under_way
from schemas.discipline.review_incidents import (
    ProtectionRecognised,
    ReviewExempted,
    SuspendedFromWork,
    SuspensionFromWorkEnded,
)
from schemas.values import SubjectKind

if TYPE_CHECKING:
    from discipline.reviews.incidents.commands import (
        EndWorkSuspension,
        ExemptSubject,
        RecogniseProtection,
        SuspendFromWork,
    )
    from discipline.reviews.state import Review


def protected(command: RecogniseProtection, state: Review) -> ProtectionRecognised:
    """Approved before the first fact: on the same day nobody can tell which came first."""
    under_way(state)
    _individual(state)
    answered(state)
    first = min(item.fact_date for item in state.basis)
    rows = command.setting.law.active(Rule.PROTECTION, state.subject.kind, first)
    if not rows:
        raise no_row(command.setting.law, Rule.PROTECTION, state.subject.kind, first)
    if command.approved_on >= first:
        raise ApprovalNotBeforehand(command.approved_on, first, rows[0].row_id)
    if not command.good_faith:
        raise EvidenceOfGoodFaithMissing(rows[0].row_id)
    return ProtectionRecognised(
        review_id=state.review_id,
        row=rows[0].used,
        effect=command.effect,
        proposal=command.proposal,
        approval=command.approval,
        approved_on=command.approved_on,
        good_faith=command.good_faith,
        decided_by=command.by.person_id,
    )


def exempted(command: ExemptSubject, state: Review) -> ReviewExempted:
    """On one of the grounds of the row, and no other."""
    under_way(state)
    _individual(state)
    row = ground_in_row(command.setting, state, Rule.EXEMPTIONS, command.ground)
    return ReviewExempted(
        review_id=state.review_id,
        ground=command.ground,
        row=row.used,
        reasons=command.reasons,
        evidence=command.evidence,
        decided_by=command.by.person_id,
    )


def suspended(command: SuspendFromWork, state: Review) -> SuspendedFromWork:
    """No form of discipline: it ends with its reason."""
    under_way(state)
    _individual(state)
    if (since := state.incidents.suspended_from_work_since) is not None:
        raise AlreadySuspendedFromWork(since)
    if command.last is not None and command.last < command.first:
        raise DayBefore(command.last, command.first)
    row = row_of(command.setting, state, Rule.TEMPORARY_SUSPENSION)
    return SuspendedFromWork(
        review_id=state.review_id,
        first=command.first,
        last=command.last,
        row=row.used,
        decision=command.decision,
        decided_by=command.by.person_id,
    )


def works_again(command: EndWorkSuspension, state: Review) -> SuspensionFromWorkEnded:
    """It can be ended also when the review is over."""
    since = state.incidents.suspended_from_work_since
    if since is None:
        raise NotSuspendedFromWork
    if command.ended_on < since:
        raise DayBefore(command.ended_on, since)
    return SuspensionFromWorkEnded(
        review_id=state.review_id,
        ended_on=command.ended_on,
        reasons=command.reasons,
        decided_by=command.by.person_id,
    )


def _individual(state: Review) -> None:
    """Raises `OnlyIndividuals`."""
    if state.subject.kind is SubjectKind.COLLECTIVE:
        raise OnlyIndividuals
