"""Events of a review's procedure, from the notice to the board's recommendation."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from schemas.base import MAX_EXACT_INTEGER, Contract, Day, Moment, Number, Slug
from schemas.discipline.law import ClockCalculation
from schemas.discipline.reviews import ReviewEvent
from schemas.values import DocumentRef

Votes = Annotated[int, Field(strict=True, ge=0, le=MAX_EXACT_INTEGER)]
"""Counts from 0."""


class MeetingOutcome(StrEnum):
    """What a review meeting (cuộc họp kiểm điểm) can come to; none of them is a disciplinary form."""

    REMINDER = "reminder"
    """Nhắc nhở."""
    CRITICISM = "criticism"
    """Phê bình."""
    LESSONS = "lessons"
    """Rút kinh nghiệm."""
    NO_RESPONSIBILITY = "no-responsibility"
    """Không phải chịu trách nhiệm."""
    DISCIPLINE = "discipline"
    """Đề nghị xử lý kỷ luật: it goes on to a board or to the decision."""


class SelfReviewState(StrEnum):
    """Whether the subject's self-review (bản tự kiểm điểm) lay before the meeting."""

    ON_TIME = "on_time"
    LATE = "late"
    MISSING = "missing"


class MeetingVotes(Contract):
    """How many votes of a meeting an outcome got; who gave them stands nowhere."""

    outcome: Annotated[MeetingOutcome, Field(description="What was voted for.")]
    votes: Annotated[Votes, Field(description="How many voted for it.")]


class VoteCount(Contract):
    """How many ballots of a board a choice got; who cast them stands nowhere."""

    choice: Annotated[Slug, Field(description="What was chosen.")]
    votes: Annotated[Votes, Field(description="How many chose it.")]


class ReviewSecretaryAppointed(ReviewEvent):
    """The authority named who keeps the file: he notifies, records and summons, and decides nothing."""

    type: Literal["discipline.review_secretary_appointed.v1"] = "discipline.review_secretary_appointed.v1"
    person_id: Annotated[UUID, Field(description="Who keeps it from now on.")]
    appointed_by: Annotated[UUID, Field(description="Who named him.")]


class ReviewSubjectNotified(ReviewEvent):
    """The subject received the decision to review; his time for the self-review runs."""

    type: Literal["discipline.review_subject_notified.v1"] = "discipline.review_subject_notified.v1"
    received_at: Annotated[Moment, Field(description="When he received it, as the proof says.")]
    notice: Annotated[DocumentRef, Field(description="The decision to review, as he received it.")]
    proof: Annotated[DocumentRef, Field(description="Proof of receipt.")]
    self_review_until: Annotated[Moment, Field(description="Until when he hands in his self-review.")]
    self_review_term: Annotated[
        ClockCalculation | None, Field(description="By which row; none where the notice itself names the day.")
    ]
    recorded_by: Annotated[UUID, Field(description="Who recorded it.")]


class SelfReviewSubmitted(ReviewEvent):
    """The subject's self-review was received; late or not, the meeting has it before it."""

    type: Literal["discipline.self_review_submitted.v1"] = "discipline.self_review_submitted.v1"
    submitted_by: Annotated[UUID, Field(description="The subject; for a collective, its head.")]
    received_at: Annotated[Moment, Field(description="When the server received it.")]
    late: Annotated[bool, Field(description="After its deadline.")]
    statement: Annotated[DocumentRef, Field(description="The self-review.")]


class ReviewMeetingConvened(ReviewEvent):
    """A review meeting was called; a later call replaces one that was not held."""

    type: Literal["discipline.review_meeting_convened.v1"] = "discipline.review_meeting_convened.v1"
    meeting: Annotated[Number, Field(description="The first, second … call.")]
    held_at: Annotated[Moment, Field(description="When it is to be held.")]
    chair: Annotated[UUID, Field(description="Who presides.")]
    must_attend: Annotated[
        tuple[UUID, ...], Field(min_length=1, description="Who has to attend, the chair among them.")
    ]
    agenda: Annotated[DocumentRef, Field(description="The agenda.")]
    convened_by: Annotated[UUID, Field(description="Who called it.")]


class ReviewMeetingHeld(ReviewEvent):
    """The review meeting was held, with its minutes and its recommendation by vote."""

    type: Literal["discipline.review_meeting_held.v1"] = "discipline.review_meeting_held.v1"
    meeting: Annotated[Number, Field(description="Which call.")]
    attended: Annotated[tuple[UUID, ...], Field(min_length=1, description="Who had to attend and did.")]
    absent: Annotated[tuple[UUID, ...], Field(description="Who had to attend and did not.")]
    subject_present: Annotated[bool, Field(description="Whether the subject was there.")]
    self_review: Annotated[SelfReviewState, Field(description="Whether his self-review lay before it.")]
    recommendation: Annotated[MeetingOutcome, Field(description="What it recommends: the choice with most votes.")]
    votes: Annotated[tuple[MeetingVotes, ...], Field(min_length=1, description="The count.")]
    minutes: Annotated[DocumentRef, Field(description="The minutes.")]
    recorded_by: Annotated[UUID, Field(description="Who recorded it.")]


class ReviewEndedAtMeeting(ReviewEvent):
    """The authority ended the review with a reminder, criticism or lessons, or found no responsibility."""

    type: Literal["discipline.review_ended_at_meeting.v1"] = "discipline.review_ended_at_meeting.v1"
    outcome: Annotated[MeetingOutcome, Field(description="With what; never discipline.")]
    deviates: Annotated[bool, Field(description="The meeting had recommended something else.")]
    decided_by: Annotated[UUID, Field(description="Who decided.")]
    reasons: Annotated[DocumentRef, Field(description="Why.")]


class ReviewReferredToBoard(ReviewEvent):
    """A board sits on it from now on."""

    type: Literal["discipline.review_referred_to_board.v1"] = "discipline.review_referred_to_board.v1"
    board_id: Annotated[UUID, Field(description="The board.")]
    deviates: Annotated[bool, Field(description="The meeting had not recommended discipline.")]
    decided_by: Annotated[UUID, Field(description="Who decided.")]
    reasons: Annotated[DocumentRef, Field(description="Why.")]


class ReviewSubjectSummoned(ReviewEvent):
    """The subject was summoned to the board's hearing."""

    type: Literal["discipline.review_subject_summoned.v1"] = "discipline.review_subject_summoned.v1"
    summons: Annotated[Number, Field(description="The first, second … summons.")]
    hearing_at: Annotated[Moment, Field(description="When he is to appear.")]
    document: Annotated[DocumentRef, Field(description="The summons.")]
    summoned_by: Annotated[UUID, Field(description="Who summoned him.")]
    summoned_on: Annotated[
        Day | None, Field(description="The day from which he can have received it; none where it was not recorded.")
    ] = None


class ReviewSummonsReceived(ReviewEvent):
    """The summons reached him; without this proof nothing can be missed."""

    type: Literal["discipline.review_summons_received.v1"] = "discipline.review_summons_received.v1"
    summons: Annotated[Number, Field(description="Which.")]
    received_at: Annotated[Moment, Field(description="When, as the proof says.")]
    proof: Annotated[DocumentRef, Field(description="Proof of receipt.")]
    recorded_by: Annotated[UUID, Field(description="Who recorded it.")]


class ReviewSummonsMissed(ReviewEvent):
    """He did not appear. Excused, it does not count."""

    type: Literal["discipline.review_summons_missed.v1"] = "discipline.review_summons_missed.v1"
    summons: Annotated[Number, Field(description="Which.")]
    excused: Annotated[bool, Field(description="He had a good reason.")]
    circumstances: Annotated[DocumentRef, Field(description="What is known of why, as it was recorded.")]
    recorded_by: Annotated[UUID, Field(description="Who recorded it.")]


class ReviewHearingHeld(ReviewEvent):
    """The board heard the case, with the subject or, after so many missed summonses as the row says, without him."""

    type: Literal["discipline.review_hearing_held.v1"] = "discipline.review_hearing_held.v1"
    board_id: Annotated[UUID, Field(description="The board.")]
    sat: Annotated[tuple[UUID, ...], Field(min_length=1, description="Who sat with a vote.")]
    subject_present: Annotated[bool, Field(description="Whether the subject was there.")]
    statement: Annotated[DocumentRef | None, Field(description="What he stated; none when he was absent.")]
    absence_rule: Annotated[
        Slug | None, Field(description="The row that lets it go on without him; none when he was there.")
    ]
    minutes: Annotated[DocumentRef, Field(description="The minutes.")]
    recorded_by: Annotated[UUID, Field(description="Who recorded it.")]


class ReviewRecommended(ReviewEvent):
    """The board recommends: what its secret ballot counted, and nothing that would lead to a voter."""

    type: Literal["discipline.review_recommended.v1"] = "discipline.review_recommended.v1"
    board_id: Annotated[UUID, Field(description="The board.")]
    ballot_id: Annotated[UUID, Field(description="The ballot.")]
    choice: Annotated[Slug, Field(description="The choice with most votes: a form, or no discipline.")]
    votes: Annotated[tuple[VoteCount, ...], Field(min_length=1, description="The count.")]
    recorded_by: Annotated[UUID, Field(description="Who recorded it.")]


AnyProcedureEvent = (
    ReviewSecretaryAppointed
    | ReviewSubjectNotified
    | SelfReviewSubmitted
    | ReviewMeetingConvened
    | ReviewMeetingHeld
    | ReviewEndedAtMeeting
    | ReviewReferredToBoard
    | ReviewSubjectSummoned
    | ReviewSummonsReceived
    | ReviewSummonsMissed
    | ReviewHearingHeld
    | ReviewRecommended
)
