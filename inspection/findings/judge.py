"""How a submitted finding is answered: contested by the agency, confirmed or dismissed by a person, or a duplicate.

Silence never confirms (domain.md): after the window has passed without an objection a person still has to.
"""

from __future__ import annotations

from inspection.findings import refusals
from inspection.findings.commands import ConfirmFinding, ContestFinding, DismissFinding, MarkDuplicate
from inspection.findings.state import Finding, State
from inspection.findings.status import standing
from inspection.standing import Standing
from schemas.inspection.findings import (
    AnyFindingEvent,
    FindingConfirmed,
    FindingContested,
    FindingDismissed,
    FindingMarkedDuplicate,
    FindingSource,
)
from schemas.refusal import Refusal

Events = tuple[AnyFindingEvent, ...]


def contest(command: ContestFinding, state: Finding) -> Events:
    """The agency objects: its head, once, within the window."""
    if command.head_post not in command.by_posts:
        raise refusals.NotTheHead(command.head_post)
    if state.objections is not None:
        raise refusals.FindingAlreadyContested
    if command.at > state.contest_until:
        raise refusals.ContestWindowClosed(state.contest_until)
    return (FindingContested(finding_id=state.finding_id, post_id=command.head_post, reasons=command.reasons),)


def confirm(command: ConfirmFinding, state: Finding) -> Events:
    """It stands: said by another than who submitted it, once the agency has objected or no longer may."""
    _see_distance(command.by, state)
    if state.objections is None:
        if command.at <= state.contest_until:
            raise refusals.ContestWindowOpen(state.contest_until)
        if command.answer is not None:
            raise refusals.NothingToAnswer
    elif command.answer is None:
        raise refusals.AnswerMissing
    content = state.content
    return (
        FindingConfirmed(
            finding_id=state.finding_id,
            confirmed_by=command.by.person_id,
            agency_id=content.agency_id,
            violation_type=content.violation_type,
            matter_id=content.matter_id,
            fact_date=content.fact_date,
            detected_at=state.detected_at,
            officials=content.officials,
            terms=state.terms,
            posts=state.posts,
            answer=command.answer,
        ),
    )


def dismiss(command: DismissFinding, state: Finding) -> Events:
    """It does not stand; one that was confirmed falls away with all that rested on it."""
    _see_distance(command.by, state)
    return (
        FindingDismissed(
            finding_id=state.finding_id,
            dismissed_by=command.by.person_id,
            agency_id=state.content.agency_id,
            reason=command.reason,
        ),
    )


def mark_duplicate(command: MarkDuplicate, state: Finding) -> Events:
    """It counts under the original, which was detected first: so no two findings ever cancel each other."""
    _see_no_interest(command.by, state)
    if command.original_id == state.finding_id:
        raise refusals.OriginalIsItself
    original = _original(command.original, command)
    if (original.content.agency_id, original.content.violation_type) != (
        state.content.agency_id,
        state.content.violation_type,
    ):
        raise refusals.OriginalDiffers(command.original_id)
    if (original.detected_at, original.finding_id) > (state.detected_at, state.finding_id):
        raise refusals.OriginalIsYounger(command.original_id)
    return (
        FindingMarkedDuplicate(
            finding_id=state.finding_id,
            original_id=command.original_id,
            agency_id=state.content.agency_id,
            reason=command.reason,
        ),
    )


def _original(state: State, command: MarkDuplicate) -> Finding:
    try:
        return standing(state)
    except Refusal as refused:
        raise refusals.OriginalDoesNotStand(command.original_id) from refused


def _see_distance(by: Standing, state: Finding) -> None:
    if by.person_id == state.inspector_id:
        raise refusals.ConfirmedByItsAuthor
    _see_no_interest(by, state)


def _see_no_interest(by: Standing, state: Finding) -> None:
    """Nobody decides his own matter; an internal check is decided at home, but not by the head whom it concerns.

    It is the agency's of the day of the fact, and its heir's that has to mend it by now.
    """
    content = state.content
    at_home = content.source is FindingSource.INTERNAL_CHECK
    theirs = by.answers if at_home else by.belongs
    concerned = any(official.person_id == by.person_id for official in content.officials)
    if concerned or theirs(content.agency_id, content.fact_date):
        raise refusals.JudgeIsConcerned
