"""What lists and cases show of a follow-up: one row. Overdue is not in it: the reader compares `due_at` with now."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from discipline.follow_ups.state import FollowUp, Implementation, Life, Plan, State

if TYPE_CHECKING:
    from collections.abc import Mapping


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


def status(state: FollowUp) -> FollowUpStatus:
    """Return where it stands."""
    match state.life:
        case Life.CLOSED:
            return FollowUpStatus.CLOSED
        case Life.CANCELLED:
            return FollowUpStatus.CANCELLED
        case Life.OPEN:
            return _going_on(state)
        case _:
            assert_never(state.life)


def _going_on(state: FollowUp) -> FollowUpStatus:
    if state.implementation is Implementation.VERIFIED:
        return FollowUpStatus.VERIFIED
    if state.implementation is Implementation.CLAIMED:
        return FollowUpStatus.CLAIMED
    match state.plan:
        case Plan.ACCEPTED:
            return FollowUpStatus.IN_PROGRESS
        case Plan.SUBMITTED:
            return FollowUpStatus.PLAN_SUBMITTED
        case Plan.SENT_BACK:
            return FollowUpStatus.PLAN_SENT_BACK
        case Plan.NONE:
            return FollowUpStatus.ACKNOWLEDGED if state.acknowledged else FollowUpStatus.OPENED
        case _:
            assert_never(state.plan)


def row(state: State) -> Mapping[str, object]:
    """Return the row of `follow_up_view`."""
    if state is None:
        raise ValueError("a follow-up without events has no row")
    return {
        "id": state.finding_id,
        "agency_id": state.mends,
        "directive_id": state.terms.directive_id,
        "violation_type": state.violation_type,
        "matter_id": state.matter_id,
        "inspector_id": state.inspector_id,
        "owner_post": state.owner_post,
        "status": status(state),
        "plan": state.plan,
        "implementation": state.implementation,
        "acknowledged": state.acknowledged,
        "confirmed": state.confirmation is not None,
        "internal_check": state.internal_check,
        "historic": state.historic,
        "due_at": state.due_at,
        "percent": state.percent,
        "claimed_at": state.claimed_at,
        "on_time": state.on_time,
        "extension_asked_until": None if state.asked is None else state.asked.until,
        "extensions_granted": state.extensions_granted,
        "hand_overs": state.hand_overs,
        "past_limit": state.past_limit,
        "plan_number": state.plan_number,
        "cancelled": state.cancelled,
        "going_on": state.life is Life.OPEN,
    }
