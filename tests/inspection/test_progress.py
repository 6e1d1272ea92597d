"""What an inspector's list shows beside a finding, folded from the other contexts' events."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from inspection.progress import FollowUpStatus, OpenAlert, Progress, alert_moved, follow_up_moved, initial
from schemas.discipline.followups import FollowUpAcknowledged, FollowUpClosed
from schemas.notifier.alerts import (
    AlertAcknowledged,
    AlertEnded,
    AlertEscalated,
    AlertOpened,
    CaseKind,
    ResolvedStep,
    StallRule,
)
from schemas.values import Recipient

FINDING = UUID(int=1)
ALERT = UUID(int=2)
NOW = datetime(2025, 3, 3, tzinfo=UTC)


def opened(kind: CaseKind = CaseKind.FOLLOW_UP) -> AlertOpened:
    return AlertOpened(
        alert_id=ALERT,
        case_id=FINDING,
        case_kind=kind,
        rule=StallRule.NO_PLAN,
        agency_id="so-y-te",
        owner_post="so-y-te-giam-doc",
        since=NOW,
        due_at=NOW,
        ends_at=None,
        basis=UUID(int=3),
        working_days=5,
        provision="1",
        ladder=(ResolvedStep(recipient=Recipient.OWNER, posts=("so-y-te-giam-doc",), after_working_days=0),),
        last_step_days=None,
        acknowledgement_days=3,
        next_at=None,
        confidential=kind is CaseKind.REVIEW,
    )


def test_an_alert_shows_how_far_it_has_climbed() -> None:
    climbed = AlertEscalated(
        alert_id=ALERT, case_id=FINDING, step=2, recipient=Recipient.INSPECTORATE, posts=(), next_at=None
    )
    progress = alert_moved(alert_moved(initial, opened()), climbed)
    assert progress.alerts == {ALERT: OpenAlert(StallRule.NO_PLAN, step=2)}


def test_an_acknowledged_alert_shows_until_when() -> None:
    until = NOW + timedelta(days=3)
    taken = AlertAcknowledged(
        alert_id=ALERT, case_id=FINDING, acknowledged_by=UUID(int=9), post_id="so-y-te-giam-doc", until=until
    )
    progress = alert_moved(alert_moved(initial, opened()), taken)
    assert progress.alerts[ALERT].acknowledged_until == until


def test_an_ended_alert_is_gone() -> None:
    ended = AlertEnded(alert_id=ALERT, case_id=FINDING, ended_by=UUID(int=4), ended_type="discipline.plan_submitted.v1")
    assert alert_moved(alert_moved(initial, opened()), ended).alerts == {}


def test_a_reviews_alert_leaves_no_trace() -> None:
    """Not even its number: to an outsider a confidential case does not exist."""
    climbed = AlertEscalated(
        alert_id=ALERT, case_id=FINDING, step=1, recipient=Recipient.INSPECTORATE, posts=(), next_at=None
    )
    assert alert_moved(alert_moved(initial, opened(CaseKind.REVIEW)), climbed) == initial


def test_a_later_acknowledgement_does_not_hide_a_submitted_plan() -> None:
    """An amended finding is acknowledged anew while its plan goes on."""
    submitted = Progress(status=FollowUpStatus.PLAN_SUBMITTED)
    seen = FollowUpAcknowledged(finding_id=FINDING, owner_post="so-y-te-giam-doc")
    assert follow_up_moved(submitted, seen).status is FollowUpStatus.PLAN_SUBMITTED


def test_closing_ends_the_life() -> None:
    assert follow_up_moved(initial, FollowUpClosed(finding_id=FINDING)).status is FollowUpStatus.CLOSED
