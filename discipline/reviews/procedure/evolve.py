"""How a review changes by each event of its procedure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from discipline.reviews.procedure.state import Meeting, Notice, Summons
from discipline.reviews.state import ReviewStatus
from schemas.discipline.review_procedure import (
    AnyProcedureEvent,
    ReviewEndedAtMeeting,
    ReviewHearingHeld,
    ReviewMeetingConvened,
    ReviewMeetingHeld,
    ReviewRecommended,
    ReviewReferredToBoard,
    ReviewSecretaryAppointed,
    ReviewSubjectNotified,
    ReviewSubjectSummoned,
    ReviewSummonsMissed,
    ReviewSummonsReceived,
    SelfReviewSubmitted,
)

if TYPE_CHECKING:
    from discipline.reviews.state import Review


def evolve(state: Review, event: AnyProcedureEvent) -> Review:
    """Return the review after the event."""
    before = state.procedure
    match event:
        case ReviewSecretaryAppointed():
            return replace(state, procedure=replace(before, secretary=event.person_id))
        case ReviewSubjectNotified():
            notice = Notice(event.received_at, event.self_review_until)
            return replace(state, procedure=replace(before, notice=notice, told_anew_from=None))
        case SelfReviewSubmitted():
            reviewed = replace(before, self_reviewed_at=event.received_at, self_review_late=event.late)
            return replace(state, procedure=reviewed)
        case ReviewMeetingConvened() | ReviewMeetingHeld() | ReviewEndedAtMeeting():
            return _meeting(state, event)
        case _:
            return _board(state, event)


def _meeting(state: Review, event: ReviewMeetingConvened | ReviewMeetingHeld | ReviewEndedAtMeeting) -> Review:
    before = state.procedure
    match event:
        case ReviewMeetingConvened():
            meeting = Meeting(event.meeting, event.held_at, event.chair, event.must_attend)
            return replace(state, procedure=replace(before, meeting=meeting, called_anew=False))
        case ReviewMeetingHeld():
            held = before.meeting and replace(before.meeting, recommendation=event.recommendation)
            return replace(state, status=ReviewStatus.MEETING_HELD, procedure=replace(before, meeting=held))
        case ReviewEndedAtMeeting():
            return replace(state, status=ReviewStatus.ENDED, outcome=event.outcome)
        case _:
            assert_never(event)


def _board(
    state: Review,
    event: ReviewReferredToBoard
    | ReviewSubjectSummoned
    | ReviewSummonsReceived
    | ReviewSummonsMissed
    | ReviewHearingHeld
    | ReviewRecommended,
) -> Review:
    before = state.procedure
    match event:
        case ReviewReferredToBoard():
            # Referred for the second time, he has been summoned before, and not for all of it.
            called_anew = before.called_anew and before.summons is not None
            referred = replace(before, board_id=event.board_id, called_anew=called_anew)
            return replace(state, status=ReviewStatus.BEFORE_BOARD, procedure=referred)
        case ReviewSubjectSummoned():
            return _summoned(state, event)
        case ReviewSummonsReceived():
            received = before.summons and replace(before.summons, received_at=event.received_at)
            return replace(state, procedure=replace(before, summons=received))
        case ReviewSummonsMissed():
            missed = before.summons and replace(before.summons, missed=True)
            unexcused = before.unexcused if event.excused else before.unexcused + 1
            return replace(state, procedure=replace(before, summons=missed, unexcused=unexcused))
        case ReviewHearingHeld():
            return replace(state, status=ReviewStatus.HEARD, procedure=replace(before, heard_by=event.sat))
        case ReviewRecommended():
            return replace(
                state, status=ReviewStatus.RECOMMENDED, procedure=replace(before, recommendation=event.choice)
            )
        case _:
            assert_never(event)


def _summoned(state: Review, event: ReviewSubjectSummoned) -> Review:
    """Where it was heard before, it is heard again, by the board that it has become; what he missed does not count."""
    summons = Summons(event.summons, event.hearing_at, event.summoned_on)
    procedure = replace(state.procedure, summons=summons, called_anew=False)
    if state.status is ReviewStatus.HEARD:
        procedure = replace(procedure, heard_by=(), unexcused=0)
    return replace(state, status=ReviewStatus.BEFORE_BOARD, procedure=procedure)
