"""What was found after the decision: noted while anything of that decision is open, and proposed when nothing is.

A new proposal begins the review anew: whatever waited of the old one would be gone with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from discipline.days import after_working_days
from discipline.reviews.state import Review, ReviewStatus, detected_at, fact_date
from schemas.discipline.review_complaints import Instance
from schemas.discipline.reviews import ReviewProposed

if TYPE_CHECKING:
    from datetime import datetime

    from discipline.reviews.reckoning import Setting


def is_over(state: Review, at: datetime) -> bool:
    """Whether it has an outcome of which nothing is open: no lost basis, no complaint and no window for one."""
    match state.status:
        case (
            ReviewStatus.ENDED
            | ReviewStatus.EXEMPTED
            | ReviewStatus.CLOSED
            | ReviewStatus.REVOKED
            | ReviewStatus.REFUSED
            | ReviewStatus.LAPSED
            | ReviewStatus.TERMINATED
        ):
            return state.answer_until is None
        case ReviewStatus.EXPIRED:
            return state.answer_until is None and _uncontested(state, at)
        case ReviewStatus.SERVED:
            # Without a sanction nothing of the decision runs, and nothing of it will ever end.
            without = state.decision is not None and state.decision.form is None
            return without and state.answer_until is None and _uncontested(state, at)
        case (
            ReviewStatus.PROPOSED
            | ReviewStatus.OPEN
            | ReviewStatus.MEETING_HELD
            | ReviewStatus.BEFORE_BOARD
            | ReviewStatus.HEARD
            | ReviewStatus.RECOMMENDED
            | ReviewStatus.DECIDED
        ):
            return False
        case _:
            assert_never(state.status)


def _uncontested(state: Review, at: datetime) -> bool:
    """No complaint waits for its answer or for its service, and none can be filed within a window."""
    complaint, decision = state.complaint, state.decision
    window = None if decision is None else decision.complaint
    if complaint is not None:
        if not (complaint.rejected or complaint.answer_served):
            return False
        if not (complaint.rejected and complaint.instance is Instance.FIRST):
            window = complaint.next
    return window is None or at > window.ends_at


def noted(state: Review | None, setting: Setting) -> tuple[ReviewProposed, ...]:
    """The proposal of what was noted, by which an end of the decision or of its complaint is followed."""
    if state is None or not state.noted or not is_over(state, setting.at):
        return ()
    return (
        ReviewProposed(
            review_id=state.review_id,
            matter_id=state.matter_id,
            subject=state.subject,
            ground=state.noted[0].ground,
            basis=state.noted,
            provision=state.provision,
            directive_id=state.directive_id,
            detected_at=detected_at(state.noted),
            fact_date=fact_date(state.noted),
            authority_post=state.authority_post,
            open_within=state.open_within,
            meeting_within=state.meeting_within,
            open_until=after_working_days(setting.at, state.open_within, setting.calendar),
            proposed_by=None,
        ),
    )
