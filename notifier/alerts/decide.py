"""What a command does to an alert, or why not."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from notifier.alerts.commands import (
    AcknowledgeAlert,
    Command,
    EndAlert,
    EscalateAlert,
    ExhaustLadder,
    ExpireAcknowledgement,
    OpenAlert,
)
from notifier.alerts.refusals import AlertAlreadyEnded, AlertUnknown, AlreadyAcknowledgedOnThisStep, NotTold
from notifier.alerts.state import Alert, Next, NextKind
from notifier.calendar import Calendar
from schemas.notifier.alerts import (
    AlertAcknowledged,
    AlertAcknowledgementExpired,
    AlertEnded,
    AlertEscalated,
    AlertLadderExhausted,
    AlertOpened,
    AnyAlertEvent,
    ResolvedStep,
)

Events = tuple[AnyAlertEvent, ...]


def decide(command: Command, alert: Alert) -> Events:
    """Return what happens. Only an acknowledgement is refused; everything else is total."""
    opened = alert.opened
    match command:
        case OpenAlert():
            return () if opened else (_opened(command),)
        case AcknowledgeAlert():
            return (_acknowledged(command, alert),)
        case EscalateAlert() | ExpireAcknowledgement() | ExhaustLadder():
            return _by_clock(command, opened, alert) if opened and _is_due(alert.next, command) else ()
        case EndAlert():
            return (_ended(command, opened),) if opened and not alert.ended else ()
        case _:
            assert_never(command)


def next_step_at(
    ladder: tuple[ResolvedStep, ...], step: int, last_step_days: int | None, at: datetime, calendar: Calendar
) -> datetime | None:
    """When the step after `step`, opened at `at`, is due; after the last one, when the ladder is exhausted."""
    days = ladder[step + 1].after_working_days if step + 1 < len(ladder) else last_step_days
    if days is None:
        return None
    return at if days == 0 else calendar.working_days_after(at, days)


def _is_due(following: Next | None, command: EscalateAlert | ExpireAcknowledgement | ExhaustLadder) -> bool:
    match command:
        case EscalateAlert():
            kind = NextKind.CLIMB
        case ExpireAcknowledgement():
            kind = NextKind.EXPIRE
        case ExhaustLadder():
            kind = NextKind.EXHAUST
        case _:
            assert_never(command)
    return following is not None and following.kind is kind and following.at <= command.at


def _opened(command: OpenAlert) -> AlertOpened:
    ladder = command.ladder
    return AlertOpened(
        alert_id=command.alert_id,
        case_id=command.case_id,
        case_kind=command.case_kind,
        rule=command.rule,
        agency_id=command.agency_id,
        owner_post=command.owner_post,
        since=command.since,
        due_at=command.due_at,
        ends_at=command.ends_at,
        basis=command.basis,
        working_days=command.working_days,
        provision=command.provision,
        ladder=ladder.steps,
        last_step_days=ladder.last_step_days,
        acknowledgement_days=command.acknowledgement_days,
        next_at=next_step_at(ladder.steps, 0, ladder.last_step_days, command.at, command.calendar),
        confidential=command.confidential,
    )


def _by_clock(
    command: EscalateAlert | ExpireAcknowledgement | ExhaustLadder, opened: AlertOpened, alert: Alert
) -> Events:
    match command:
        case EscalateAlert():
            return (_escalated(command, opened, alert.step + 1),)
        case ExpireAcknowledgement():
            # What the acknowledgement put off is due at once, and what lies ahead stays where it was.
            following = None if alert.next_at is None else max(alert.next_at, command.at)
            return (AlertAcknowledgementExpired(alert_id=opened.alert_id, case_id=opened.case_id, next_at=following),)
        case ExhaustLadder():
            return (
                AlertLadderExhausted(
                    alert_id=opened.alert_id, case_id=opened.case_id, rule=opened.rule, case_kind=opened.case_kind
                ),
            )
        case _:
            assert_never(command)


def _escalated(command: EscalateAlert, opened: AlertOpened, step: int) -> AlertEscalated:
    return AlertEscalated(
        alert_id=opened.alert_id,
        case_id=opened.case_id,
        step=step,
        recipient=opened.ladder[step].recipient,
        posts=opened.ladder[step].posts,
        next_at=next_step_at(opened.ladder, step, opened.last_step_days, command.at, command.calendar),
    )


def _ended(command: EndAlert, opened: AlertOpened) -> AlertEnded:
    return AlertEnded(
        alert_id=opened.alert_id, case_id=opened.case_id, ended_by=command.ended_by, ended_type=command.ended_type
    )


def _acknowledged(command: AcknowledgeAlert, alert: Alert) -> AlertAcknowledged:
    opened = alert.opened
    if opened is None:
        raise AlertUnknown(command.alert_id)
    if alert.ended:
        raise AlertAlreadyEnded(command.alert_id)
    told = alert.told_as(command.by, command.posts)
    if not told:
        raise NotTold(command.alert_id)
    free = [post for post in told if post not in alert.acknowledged_by_posts]
    if not free:
        raise AlreadyAcknowledgedOnThisStep(command.alert_id, told[0])
    return AlertAcknowledged(
        alert_id=opened.alert_id,
        case_id=opened.case_id,
        acknowledged_by=command.by,
        post_id=free[0],
        until=command.calendar.working_days_after(command.at, opened.acknowledgement_days),
    )
