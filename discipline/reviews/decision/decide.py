"""What a command about the decision does, or why not."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from discipline.reviews.decision import aftermath, judging
from discipline.reviews.decision.commands import (
    CorrectDecision,
    DecideReview,
    DecisionCommand,
    PublishDecision,
    ReassignSubject,
    RecordExpiry,
    RevokeDecision,
    ServeDecision,
)
from discipline.reviews.decision.refusals import AlreadyReassigned, MeasureAndPostDiffer, NotHisPost, PostTaken
from discipline.reviews.incidents.refusals import OnlyIndividuals
from discipline.reviews.procedure.refusals import StepNotNow, stands
from discipline.reviews.standing import decides
from discipline.reviews.state import Review, ReviewStatus
from schemas.discipline.review_decision import Measure, ReassignmentDecided

if TYPE_CHECKING:
    from schemas.discipline.review_decision import AnyDecisionEvent

REASSIGNED_FROM = frozenset(
    {
        ReviewStatus.MEETING_HELD,
        ReviewStatus.BEFORE_BOARD,
        ReviewStatus.HEARD,
        ReviewStatus.RECOMMENDED,
        ReviewStatus.ENDED,
        ReviewStatus.DECIDED,
        ReviewStatus.SERVED,
    }
)
"""Once the review meeting has heard him, and while the findings stand."""


def decide(command: DecisionCommand, state: Review) -> AnyDecisionEvent:  # noqa: PLR0911 -- a case a command
    """Return what happens; raises the `Refusal` of the first rule that is broken."""
    match command:
        case DecideReview():
            return judging.decided(command, state)
        case ServeDecision():
            return aftermath.served(command, state)
        case PublishDecision():
            return aftermath.published(command, state)
        case CorrectDecision():
            return aftermath.corrected(command, state)
        case RevokeDecision():
            return aftermath.revoked(command, state)
        case RecordExpiry():
            return aftermath.expired(command, state)
        case ReassignSubject():
            return _reassigned(command, state)
        case _:
            assert_never(command)


def _reassigned(command: ReassignSubject, state: Review) -> ReassignmentDecided:
    """Not a form of discipline: it needs no board, and it never stands for one."""
    decides(command.by, state)
    person = state.subject.person_id
    if person is None:
        raise OnlyIndividuals
    if state.status not in REASSIGNED_FROM or not state.basis:
        raise StepNotNow(stands(state.status), stands(ReviewStatus.MEETING_HELD))
    if state.reassigned:
        raise AlreadyReassigned
    if command.holder != person:
        raise NotHisPost(command.from_post)
    if (command.measure is Measure.MOVED) != (command.to_post is not None):
        raise MeasureAndPostDiffer
    if command.to_post is not None and not command.to_post_free:
        raise PostTaken(command.to_post)
    return ReassignmentDecided(
        review_id=state.review_id,
        measure=command.measure,
        from_post=command.from_post,
        to_post=command.to_post,
        findings=tuple(sorted({item.finding_id for item in state.basis})),
        decision=command.decision,
        decided_by=command.by.person_id,
    )
