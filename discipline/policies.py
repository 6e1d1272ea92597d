"""Policies that need only the event: what follows from it, without being asked. Pure; their commands are total.

Their names are part of the ids of what follows, so they never change once released.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, assert_never

from discipline.follow_ups.commands import (
    CancelFollowUp,
    FollowAmendment,
    FollowConfirmation,
    NoteLadderExhausted,
    OpenFollowUp,
)
from discipline.records.commands import CountFinding, UndoCount
from schemas.discipline.followups import CancellationGround, FollowUpCancelled, FollowUpFindingConfirmed
from schemas.inspection.findings import (
    AnyFindingEvent,
    FindingAmended,
    FindingConfirmed,
    FindingContested,
    FindingDismissed,
    FindingDrafted,
    FindingDraftRevised,
    FindingEvent,
    FindingMarkedDuplicate,
    FindingSubmitted,
    FindingWithdrawn,
)
from schemas.notifier.alerts import AlertLadderExhausted, CaseKind

if TYPE_CHECKING:
    from uuid import UUID

    from discipline.follow_ups.commands import PolicyCommand as FollowUpCommand
    from discipline.records.commands import Command as RecordCommand
    from schemas.registry import AnyEvent


@dataclass(frozen=True, slots=True)
class OnFollowUp:
    """A command for the follow-up of a finding."""

    policy: str
    finding_id: UUID
    command: FollowUpCommand


@dataclass(frozen=True, slots=True)
class OnRecord:
    """A command for the record of an agency under a directive."""

    policy: str
    agency_id: str
    directive_id: str
    command: RecordCommand


Order: TypeAlias = OnFollowUp | OnRecord


def react(event: AnyEvent) -> tuple[Order, ...]:
    """Return what follows from an event of any context."""
    if isinstance(event, FindingEvent):
        return _finding(event)
    match event:
        case AlertLadderExhausted(case_kind=CaseKind.FOLLOW_UP):
            command = NoteLadderExhausted(event.alert_id)
            return (OnFollowUp("note-ladder-exhausted", event.case_id, command),)
        case FollowUpFindingConfirmed(historic=False):
            return (OnRecord("count-finding", event.agency_id, event.directive_id, CountFinding(event)),)
        case FollowUpCancelled():
            undo = UndoCount(event.finding_id, event.agency_id, event.directive_id)
            return (OnRecord("undo-count", event.agency_id, event.directive_id, undo),)
        case _:  # of all contexts' events these alone ask something of a follow-up or a record
            return ()


def _finding(event: AnyFindingEvent) -> tuple[OnFollowUp, ...]:
    command: FollowUpCommand
    match event:
        case FindingSubmitted():
            policy, command = "open-follow-up", OpenFollowUp(event)
        case FindingAmended():
            policy, command = "follow-amendment", FollowAmendment(event)
        case FindingConfirmed():
            policy, command = "follow-confirmation", FollowConfirmation(event)
        case FindingWithdrawn():
            policy, command = "cancel-follow-up", CancelFollowUp(CancellationGround.FINDING_WITHDRAWN)
        case FindingDismissed():
            policy, command = "cancel-follow-up", CancelFollowUp(CancellationGround.FINDING_DISMISSED)
        case FindingMarkedDuplicate():
            policy, command = "cancel-follow-up", CancelFollowUp(CancellationGround.DUPLICATE, event.original_id)
        case FindingDrafted() | FindingDraftRevised() | FindingContested():
            return ()
        case _:
            assert_never(event)
    return (OnFollowUp(policy, event.finding_id, command),)
