"""Events of an alert: opened once per cause, climbs the ladder, ends by itself."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from schemas.base import Contract, Days, Event, EventType, Moment, Slug, Text
from schemas.values import Recipient


class CaseKind(StrEnum):
    """What has stalled."""

    FOLLOW_UP = "follow_up"
    REVIEW = "review"
    RESPONSIBILITY = "responsibility"
    """Whether heads answer for a finding."""
    FINDING = "finding"
    INSPECTION = "inspection"
    SUCCESSION = "succession"
    """A plan by which what is open at agencies that end passes on."""
    CONSULTATION = "consultation"


class StallRule(StrEnum):
    """What the notifier finds (domain.md, What stalls)."""

    NOT_ACKNOWLEDGED = "not_acknowledged"
    NO_PLAN = "no_plan"
    PLAN_NOT_ANSWERED = "plan_not_answered"
    NO_PROGRESS = "no_progress"
    DUE_SOON_FIRST = "due_soon_first"
    DUE_SOON_LAST = "due_soon_last"
    OVERDUE = "overdue"
    VERIFICATION_PENDING = "verification_pending"
    EXTENSION_UNANSWERED = "extension_unanswered"
    FINDING_NOT_DECIDED = "finding_not_decided"
    RESPONSIBILITY_UNANSWERED = "responsibility_unanswered"
    REVIEW_NOT_OPENED = "review_not_opened"
    REVIEW_NO_MEETING = "review_no_meeting"
    REVIEW_NOT_NOTIFIED = "review_not_notified"
    REVIEW_NO_SELF_REVIEW = "review_no_self_review"
    REVIEW_NO_DIRECTION = "review_no_direction"
    """The meeting was held, and the authority neither ended it nor brought it before a board."""
    REVIEW_NO_HEARING = "review_no_hearing"
    REVIEW_NO_RECOMMENDATION = "review_no_recommendation"
    REVIEW_NO_DECISION = "review_no_decision"
    DECISION_NOT_SERVED = "decision_not_served"
    COMPLAINT_WINDOW_CLOSING = "complaint_window_closing"
    COMPLAINT_UNANSWERED = "complaint_unanswered"
    SANCTION_EXPIRY_UNRECORDED = "sanction_expiry_unrecorded"
    SANCTION_END_UNKNOWN = "sanction_end_unknown"
    """It runs, and no active row says until when."""
    REVIEW_BASIS_UNANSWERED = "review_basis_unanswered"
    LIMITATION_NEARING = "limitation_nearing"
    PROCESSING_NEARING = "processing_nearing"
    PROCESSING_PASSED = "processing_passed"
    INSPECTION_NOT_OPENED = "inspection_not_opened"
    INSPECTION_OPEN_TOO_LONG = "inspection_open_too_long"
    SUCCESSION_NOT_APPROVED = "succession_not_approved"
    SUCCESSION_NOT_CARRIED_OUT = "succession_not_carried_out"
    CONSULTATION_DUE = "consultation_due"
    CONSULTATION_LAPSED = "consultation_lapsed"


class ResolvedStep(Contract):
    """A ladder's step as it was when the alert opened: the snapshot does not follow later changes."""

    recipient: Annotated[Recipient, Field(description="By office.")]
    posts: Annotated[tuple[Slug, ...], Field(description="By post; empty where nobody is left to tell.")]
    person_id: Annotated[
        UUID | None,
        Field(description="Only this person, whoever holds the post by then: who keeps a file, a board's chair."),
    ] = None
    after_working_days: Annotated[Days, Field(description="Working days since the step before was opened.")]


class AlertEvent(Event):
    """Something that happened to an alert."""

    topic: ClassVar[str] = "notifier.restricted"
    alert_id: Annotated[UUID, Field(description="The alert.")]
    case_id: Annotated[
        UUID, Field(description="The finding, review, inspection, plan or consultation; also the key on Kafka.")
    ]


class AlertOpened(AlertEvent):
    """Something has stalled; the first step of the ladder is told."""

    type: Literal["notifier.alert_opened.v1"] = "notifier.alert_opened.v1"
    case_kind: Annotated[CaseKind, Field(description="What has stalled.")]
    rule: Annotated[StallRule, Field(description="How it has stalled.")]
    agency_id: Annotated[Slug | None, Field(description="The agency concerned.")]
    owner_post: Annotated[Slug | None, Field(description="Who owns it; none where the directory names nobody.")]
    since: Annotated[Moment, Field(description="Since when it has been waiting.")]
    due_at: Annotated[Moment, Field(description="When it stalled: the rule's due moment.")]
    ends_at: Annotated[Moment | None, Field(description="For a call before an end: that end.")]
    basis: Annotated[UUID, Field(description="Id of the event that started the wait.")]
    working_days: Annotated[
        Days, Field(description="The rule's number of working days; 0 where the case itself fixes the due moment.")
    ]
    provision: Annotated[Text, Field(description="Where the number comes from.")]
    ladder: Annotated[
        tuple[ResolvedStep, ...], Field(min_length=1, max_length=10, description="Snapshot of the ladder.")
    ]
    last_step_days: Annotated[
        Days | None, Field(description="Working days of the last step; none where the ladder is never exhausted.")
    ]
    acknowledgement_days: Annotated[Days, Field(description="Working days until an acknowledgement expires.")]
    next_at: Annotated[Moment | None, Field(description="When it climbs, or is exhausted, if nobody acts.")]
    confidential: Annotated[bool, Field(description="A review's alert: no open copy, no numbers elsewhere.")]


class AlertEscalated(AlertEvent):
    """Nobody acted: the next step of the ladder is told."""

    type: Literal["notifier.alert_escalated.v1"] = "notifier.alert_escalated.v1"
    step: Annotated[int, Field(strict=True, ge=0, le=9, description="Which step; the first is 0.")]
    recipient: Annotated[Recipient, Field(description="By office.")]
    posts: Annotated[tuple[Slug, ...], Field(description="By post.")]
    next_at: Annotated[Moment | None, Field(description="When it climbs on, or is exhausted, if nobody acts.")]


class AlertAcknowledged(AlertEvent):
    """A recipient has taken note; the climb pauses until the acknowledgement expires."""

    type: Literal["notifier.alert_acknowledged.v1"] = "notifier.alert_acknowledged.v1"
    acknowledged_by: Annotated[UUID, Field(description="Who.")]
    post_id: Annotated[Slug, Field(description="In which post.")]
    until: Annotated[Moment, Field(description="When it expires.")]


class AlertAcknowledgementExpired(AlertEvent):
    """The acknowledgement ran out and nothing has moved: the climb goes on."""

    type: Literal["notifier.alert_acknowledgement_expired.v1"] = "notifier.alert_acknowledgement_expired.v1"
    next_at: Annotated[Moment | None, Field(description="When it climbs on, or is exhausted, if nobody acts.")]


class AlertLadderExhausted(AlertEvent):
    """The last step was told and its time has passed too; a pack may demand a review."""

    type: Literal["notifier.alert_ladder_exhausted.v1"] = "notifier.alert_ladder_exhausted.v1"
    rule: Annotated[StallRule, Field(description="How it has stalled.")]
    case_kind: Annotated[CaseKind, Field(description="What has stalled.")]


class AlertEnded(AlertEvent):
    """What it waited for has happened, or fell away."""

    type: Literal["notifier.alert_ended.v1"] = "notifier.alert_ended.v1"
    ended_by: Annotated[UUID, Field(description="Id of the event that ended it.")]
    ended_type: Annotated[EventType, Field(description="That event's type.")]


AnyAlertEvent = (
    AlertOpened | AlertEscalated | AlertAcknowledged | AlertAcknowledgementExpired | AlertLadderExhausted | AlertEnded
)
