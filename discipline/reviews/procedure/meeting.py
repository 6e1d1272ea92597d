"""From the notice to the review meeting's outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discipline.days import end_of_working, last_day
from discipline.reviews.procedure.refusals import (
    AlreadyNotified,
    AttendedUncalled,
    CollectiveEndsAtMeeting,
    MeetingChairAbsent,
    MeetingChairConcerned,
    MeetingGivesNoForm,
    MeetingNotConvened,
    MomentPassed,
    SelfReviewAlreadySubmitted,
    SelfReviewByRow,
    SelfReviewDayMissing,
    SelfReviewStillDue,
    VotesBeyondAttendance,
)
from discipline.reviews.procedure.steps import (
    after,
    ahead,
    answered,
    called_on_all,
    decidable,
    happened,
    most,
    received,
    told,
)
from discipline.reviews.reckoning import term
from discipline.reviews.standing import answers, decides, keeps, own_matter
from discipline.reviews.state import ReviewStatus
from discipline.steps import Step
from schemas.discipline.review_procedure import (
    MeetingOutcome,
    ReviewEndedAtMeeting,
    ReviewMeetingConvened,
    ReviewMeetingHeld,
    ReviewSubjectNotified,
    SelfReviewState,
    SelfReviewSubmitted,
)
from schemas.values import SubjectKind

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from discipline.reviews.procedure.commands import (
        ConveneMeeting,
        EndAtMeeting,
        HoldMeeting,
        NotifySubject,
        SubmitSelfReview,
    )
    from discipline.reviews.procedure.state import Meeting
    from discipline.reviews.state import Review
    from schemas.discipline.law import ClockCalculation


def notified(command: NotifySubject, state: Review) -> ReviewSubjectNotified:
    """The subject knows of it, or of what joined since; the days for his self-review are set."""
    keeps(command.by, state)
    after(state, ReviewStatus.OPEN)
    told_anew_from = state.procedure.told_anew_from
    if state.procedure.notice is not None and told_anew_from is None:
        raise AlreadyNotified
    received_on = received(command.received_at, command.setting.at, told_anew_from or state.opened_on)
    clock = term(command.setting, state, Step.SELF_REVIEW, received_on)
    return ReviewSubjectNotified(
        review_id=state.review_id,
        received_at=command.received_at,
        notice=command.notice,
        proof=command.proof,
        self_review_until=_until(command, clock),
        self_review_term=clock,
        recorded_by=command.by.person_id,
    )


def _until(command: NotifySubject, clock: ClockCalculation | None) -> datetime:
    """By the row; where there is none, by the notice.

    Raises `SelfReviewDayMissing`, `SelfReviewByRow`, `MomentPassed`.
    """
    if command.until is None:
        if clock is None:
            raise SelfReviewDayMissing
        return clock.ends_at
    until = end_of_working(command.until, command.setting.calendar)
    if clock is not None and until != clock.ends_at:
        raise SelfReviewByRow(clock.rule_id, last_day(clock.ends_at))
    if until <= command.received_at:
        raise MomentPassed(until)
    return until


def self_reviewed(command: SubmitSelfReview, state: Review) -> SelfReviewSubmitted:
    """Late or not, it is taken until the meeting has been held."""
    answers(command.by, state)
    after(state.before_service, ReviewStatus.OPEN)
    notice = told(state)
    if state.procedure.self_reviewed_at is not None:
        raise SelfReviewAlreadySubmitted
    return SelfReviewSubmitted(
        review_id=state.review_id,
        submitted_by=command.by.person_id,
        received_at=command.at,
        late=command.at > notice.self_review_until,
        statement=command.statement,
    )


def convened(command: ConveneMeeting, state: Review) -> ReviewMeetingConvened:
    """A meeting is called; it can be called again until it is held."""
    keeps(command.by, state)
    after(state, ReviewStatus.OPEN)
    told(state)
    ahead(command.held_at, command.at)
    if own_matter(command.chair, state):
        raise MeetingChairConcerned
    if (subject := state.subject.person_id) in command.must_attend:
        raise AttendedUncalled(str(subject))
    before = state.procedure.meeting
    return ReviewMeetingConvened(
        review_id=state.review_id,
        meeting=1 if before is None else before.number + 1,
        held_at=command.held_at,
        chair=command.chair.person_id,
        must_attend=tuple(dict.fromkeys((command.chair.person_id, *command.must_attend))),
        agenda=command.agenda,
        convened_by=command.by.person_id,
    )


def held(command: HoldMeeting, state: Review) -> ReviewMeetingHeld:
    """It was held: with its chair, after the self-review was there or due, with more people than votes."""
    keeps(command.by, state)
    after(state, ReviewStatus.OPEN)
    meeting = state.procedure.meeting
    if meeting is None:
        raise MeetingNotConvened
    called_on_all(state)
    happened(meeting.held_at, command.at)
    self_review = _self_review(state, command.at)
    _attendance(command.attended, meeting)
    votes = sum(one.votes for one in command.votes)
    if not 0 < votes <= len(command.attended):
        raise VotesBeyondAttendance(votes, len(command.attended))
    recommendation = most(command.votes).outcome
    if recommendation is MeetingOutcome.DISCIPLINE and state.subject.kind is SubjectKind.COLLECTIVE:
        raise CollectiveEndsAtMeeting
    return ReviewMeetingHeld(
        review_id=state.review_id,
        meeting=meeting.number,
        attended=command.attended,
        absent=tuple(who for who in meeting.must_attend if who not in command.attended),
        subject_present=command.subject_present,
        self_review=self_review,
        recommendation=recommendation,
        votes=command.votes,
        minutes=command.minutes,
        recorded_by=command.by.person_id,
    )


def ended(command: EndAtMeeting, state: Review) -> ReviewEndedAtMeeting:
    """The authority ends it there; what the meeting recommended does not bind it, but it says why it differs."""
    decides(command.by, state)
    after(state, ReviewStatus.MEETING_HELD)
    decidable(state)
    answered(state)
    if command.outcome is MeetingOutcome.DISCIPLINE:
        raise CollectiveEndsAtMeeting if state.subject.kind is SubjectKind.COLLECTIVE else MeetingGivesNoForm
    meeting = state.procedure.meeting
    return ReviewEndedAtMeeting(
        review_id=state.review_id,
        outcome=command.outcome,
        deviates=meeting is not None and meeting.recommendation is not command.outcome,
        decided_by=command.by.person_id,
        reasons=command.reasons,
    )


def _self_review(state: Review, now: datetime) -> SelfReviewState:
    if state.procedure.self_reviewed_at is not None:
        return SelfReviewState.LATE if state.procedure.self_review_late else SelfReviewState.ON_TIME
    until = told(state).self_review_until
    if now <= until:
        raise SelfReviewStillDue(until)
    return SelfReviewState.MISSING


def _attendance(attended: tuple[UUID, ...], meeting: Meeting) -> None:
    for who in attended:
        if who not in meeting.must_attend or attended.count(who) > 1:
            raise AttendedUncalled(str(who))
    if meeting.chair not in attended:
        raise MeetingChairAbsent
