"""How each event changes a finding."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from inspection.findings.state import Draft, Finding, FindingStatus, State
from schemas.inspection.findings import (
    AnyFindingEvent,
    FindingAmended,
    FindingConfirmed,
    FindingContested,
    FindingDismissed,
    FindingDrafted,
    FindingDraftRevised,
    FindingMarkedDuplicate,
    FindingSubmitted,
    FindingWithdrawn,
)


def evolve(state: State, event: AnyFindingEvent) -> State:
    """Return the finding after an event."""
    match event:
        case FindingDrafted():
            return Draft(event.finding_id, event.content, event.inspector_id)
        case FindingSubmitted():
            return _submitted(event)
        case FindingDraftRevised():
            return replace(_draft(state), content=event.content)
        case FindingWithdrawn():
            return _withdrawn(state, event)
        case FindingAmended() | FindingContested() | FindingConfirmed() | FindingDismissed() | FindingMarkedDuplicate():
            return _moved(_finding(state), event)
        case _:
            assert_never(event)


def _submitted(event: FindingSubmitted) -> Finding:
    return Finding(
        finding_id=event.finding_id,
        status=FindingStatus.SUBMITTED,
        content=event.content,
        inspector_id=event.inspector_id,
        terms=event.terms,
        posts=event.posts,
        detected_at=event.detected_at,
        contest_until=event.contest_until,
        due_at=event.due_at,
        historic=event.historic,
    )


def _withdrawn(state: State, event: FindingWithdrawn) -> State:
    if isinstance(state, Draft):
        return replace(state, discarded=True)
    return replace(_finding(state), status=FindingStatus.WITHDRAWN, reason=event.reason)


def _moved(
    state: Finding,
    event: FindingAmended | FindingContested | FindingConfirmed | FindingDismissed | FindingMarkedDuplicate,
) -> Finding:
    match event:
        case FindingAmended():
            return replace(state, content=event.content, due_at=event.due_at)
        case FindingContested():
            return replace(state, status=FindingStatus.CONTESTED, objections=event.reasons)
        case FindingConfirmed():
            return replace(state, status=FindingStatus.CONFIRMED, answer=event.answer)
        case FindingDismissed():
            return replace(state, status=FindingStatus.DISMISSED, reason=event.reason)
        case FindingMarkedDuplicate():
            return replace(state, status=FindingStatus.DUPLICATE, original_id=event.original_id)
        case _:
            assert_never(event)


def _draft(state: State) -> Draft:
    match state:
        case Draft():
            return state
        case _:
            raise AssertionError("only a draft is revised")


def _finding(state: State) -> Finding:
    match state:
        case Finding():
            return state
        case _:
            raise AssertionError("only what was submitted moves")
