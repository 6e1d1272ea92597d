"""How a finding's follow-up stands and who has been alerted, as inspection hears of it from the other contexts.

Follow-up and alerts arrive on topics of their own, in no order between them: each part is folded for itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import assert_never
from uuid import UUID

from schemas.discipline.followups import (
    AnyFollowUpEvent,
    CompletionClaimed,
    ExtensionGranted,
    ExtensionRefused,
    ExtensionRequested,
    FollowUpAcknowledged,
    FollowUpAssigned,
    FollowUpCancelled,
    FollowUpClosed,
    FollowUpFindingAmended,
    FollowUpFindingConfirmed,
    FollowUpHandedOver,
    FollowUpLadderExhausted,
    FollowUpOpened,
    FollowUpPassedOn,
    FollowUpUrged,
    PlanAccepted,
    PlanSentBack,
    PlanSubmitted,
    ProgressReported,
    RemediationRejected,
    RemediationVerified,
    ReviewDemanded,
)
from schemas.notifier.alerts import (
    AlertAcknowledged,
    AlertAcknowledgementExpired,
    AlertEnded,
    AlertEscalated,
    AlertLadderExhausted,
    AlertOpened,
    AnyAlertEvent,
    CaseKind,
    StallRule,
)


class FollowUpStatus(StrEnum):
    """Where a follow-up stands, in one word."""

    OPENED = "opened"
    ACKNOWLEDGED = "acknowledged"
    PLAN_SUBMITTED = "plan_submitted"
    PLAN_SENT_BACK = "plan_sent_back"
    IN_PROGRESS = "in_progress"
    CLAIMED = "claimed"
    VERIFIED = "verified"
    CLOSED = "closed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class OpenAlert:
    """An alert that goes on."""

    rule: StallRule
    step: int
    """How far it has climbed; the first step is 0."""
    acknowledged_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """What an inspector's list shows beside her finding."""

    status: FollowUpStatus | None = None
    """None: no follow-up was heard of yet."""
    owner_post: str | None = None
    due_at: datetime | None = None
    percent: int = 0
    alerts: Mapping[UUID, OpenAlert] = field(default_factory=dict)


initial = Progress()


def follow_up_moved(progress: Progress, event: AnyFollowUpEvent) -> Progress:  # noqa: C901, PLR0911 -- a case an event
    """Fold an event of the finding's follow-up."""
    match event:
        case FollowUpOpened(owner_post=owner, due_at=due):
            return replace(progress, status=FollowUpStatus.OPENED, owner_post=owner, due_at=due)
        case FollowUpFindingAmended(due_at=due) | ExtensionGranted(due_at=due):
            return replace(progress, due_at=due)
        case (
            FollowUpAssigned(owner_post=owner)
            | FollowUpHandedOver(owner_post=owner)
            | FollowUpPassedOn(owner_post=owner)
        ):
            return replace(progress, owner_post=owner)
        case FollowUpAcknowledged():
            seen = progress.status is FollowUpStatus.OPENED
            return replace(progress, status=FollowUpStatus.ACKNOWLEDGED) if seen else progress
        case ProgressReported(percent=percent):
            return replace(progress, percent=percent)
        case PlanSubmitted():
            return replace(progress, status=FollowUpStatus.PLAN_SUBMITTED)
        case PlanSentBack():
            return replace(progress, status=FollowUpStatus.PLAN_SENT_BACK)
        case PlanAccepted() | RemediationRejected():
            return replace(progress, status=FollowUpStatus.IN_PROGRESS)
        case CompletionClaimed():
            return replace(progress, status=FollowUpStatus.CLAIMED)
        case RemediationVerified() | FollowUpClosed() | FollowUpCancelled():
            return replace(progress, status=_ENDS[type(event)])
        case (
            FollowUpFindingConfirmed()
            | ExtensionRequested()
            | ExtensionRefused()
            | FollowUpUrged()
            | FollowUpLadderExhausted()
            | ReviewDemanded()
        ):
            return progress  # says nothing that a list shows
        case _:
            assert_never(event)


_ENDS = {
    RemediationVerified: FollowUpStatus.VERIFIED,
    FollowUpClosed: FollowUpStatus.CLOSED,
    FollowUpCancelled: FollowUpStatus.CANCELLED,
}


_ABOUT_FINDINGS = frozenset({CaseKind.FINDING, CaseKind.FOLLOW_UP})


def alert_moved(progress: Progress, event: AnyAlertEvent) -> Progress:
    """Fold an event of an alert.

    Only the opening says what an alert is about, so one that was not taken up then (a review's, an inspection's)
    leaves no trace here later either.
    """
    match event:
        case AlertOpened():
            return _with(progress, event.alert_id, OpenAlert(event.rule, 0)) if _concerns(event) else progress
        case AlertEscalated():
            return _changed(progress, event.alert_id, lambda alert: replace(alert, step=event.step))
        case AlertAcknowledged():
            return _changed(progress, event.alert_id, lambda alert: replace(alert, acknowledged_until=event.until))
        case AlertAcknowledgementExpired():
            return _changed(progress, event.alert_id, lambda alert: replace(alert, acknowledged_until=None))
        case AlertLadderExhausted():
            return progress
        case AlertEnded():
            left = {alert_id: alert for alert_id, alert in progress.alerts.items() if alert_id != event.alert_id}
            return replace(progress, alerts=left)
        case _:
            assert_never(event)


def _concerns(event: AlertOpened) -> bool:
    return event.case_kind in _ABOUT_FINDINGS


def _changed(progress: Progress, alert_id: UUID, change: Callable[[OpenAlert], OpenAlert]) -> Progress:
    known = progress.alerts.get(alert_id)
    return progress if known is None else _with(progress, alert_id, change(known))


def _with(progress: Progress, alert_id: UUID, alert: OpenAlert) -> Progress:
    return replace(progress, alerts={**progress.alerts, alert_id: alert})
