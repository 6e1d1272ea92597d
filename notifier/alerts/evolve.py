"""How an alert changes by each of its events."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from notifier.alerts.state import Acknowledgement, Alert
from schemas.notifier.alerts import (
    AlertAcknowledged,
    AlertAcknowledgementExpired,
    AlertEnded,
    AlertEscalated,
    AlertLadderExhausted,
    AlertOpened,
    AnyAlertEvent,
)


def evolve(alert: Alert, event: AnyAlertEvent) -> Alert:
    """Return the alert after the event."""
    match event:
        case AlertOpened():
            return Alert(opened=event, next_at=event.next_at)
        case AlertEscalated():
            return replace(alert, step=event.step, next_at=event.next_at, acknowledged_by_posts=())
        case AlertAcknowledged():
            return replace(
                alert,
                acknowledged=Acknowledgement(event.acknowledged_by, event.post_id, event.until),
                acknowledged_by_posts=(*alert.acknowledged_by_posts, event.post_id),
            )
        case AlertAcknowledgementExpired():
            return replace(alert, acknowledged=None, next_at=event.next_at)
        case AlertLadderExhausted():
            return replace(alert, exhausted=True)
        case AlertEnded():
            return replace(alert, ended=True)
        case _:
            assert_never(event)
