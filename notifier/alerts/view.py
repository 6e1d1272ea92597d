"""The row that an alert shows in `alert_view`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from notifier.alerts.state import Alert


def row(alert: Alert) -> Mapping[str, Any]:
    """The columns of an alert that was opened; the clock reads `next_at`, people read the rest."""
    opened = alert.opened
    if opened is None:
        raise ValueError("an alert is seen once it is open")
    following, acknowledged = alert.next, alert.acknowledged
    return {
        "id": opened.alert_id,
        "case_id": opened.case_id,
        "case_kind": opened.case_kind,
        "rule": opened.rule,
        "agency_id": opened.agency_id,
        "owner_post": opened.owner_post,
        "since": opened.since,
        "due_at": opened.due_at,
        "ends_at": opened.ends_at,
        "basis": opened.basis,
        "working_days": opened.working_days,
        "provision": opened.provision,
        "confidential": opened.confidential,
        "state": _state(alert),
        "step": alert.step,
        "steps": len(opened.ladder),
        "recipient": opened.ladder[alert.step].recipient,
        "told": sorted(alert.told),
        "acknowledged_by": acknowledged and acknowledged.by,
        "acknowledged_until": acknowledged and acknowledged.until,
        "exhausted": alert.exhausted,
        "next_kind": following and following.kind,
        "next_at": following and following.at,
    }


def _state(alert: Alert) -> str:
    if alert.ended:
        return "ended"
    return "acknowledged" if alert.acknowledged else "open"
