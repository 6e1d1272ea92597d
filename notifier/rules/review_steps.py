"""Which step of its procedure a review waits for next, and whose it is."""

from __future__ import annotations

from typing import assert_never

from notifier.defaults import ReviewDefaults
from notifier.rules.review_case import Pending
from notifier.rules.wait import Mark
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
from schemas.notifier.alerts import StallRule
from schemas.values import Recipient


def pending(  # noqa: PLR0911 -- a case a kind of event
    before: Pending | None, event: AnyProcedureEvent, mark: Mark, terms: ReviewDefaults
) -> Pending | None:
    """What it waits for after an event of its procedure."""
    match event:
        case ReviewSubjectNotified():
            rule, until = StallRule.REVIEW_NO_SELF_REVIEW, event.self_review_until
            return Pending(rule, mark, 0, Recipient.SECRETARY, until)
        case SelfReviewSubmitted() | ReviewEndedAtMeeting():
            return None
        case ReviewMeetingHeld():
            rule, owner = StallRule.REVIEW_NO_DIRECTION, Recipient.COMPETENT_AUTHORITY
            return Pending(rule, mark, terms.direction, owner)
        case ReviewReferredToBoard():
            return before_hearing(mark, terms)
        case ReviewHearingHeld():
            rule, owner = StallRule.REVIEW_NO_RECOMMENDATION, Recipient.BOARD_CHAIR
            return Pending(rule, mark, terms.recommendation, owner)
        case ReviewRecommended():
            rule, owner = StallRule.REVIEW_NO_DECISION, Recipient.COMPETENT_AUTHORITY
            return Pending(rule, mark, terms.decision, owner)
        case ReviewSubjectSummoned() if before is not None and before.rule is StallRule.REVIEW_NO_RECOMMENDATION:
            return before_hearing(mark, terms)  # it is heard again, by the board that it has become
        case (
            ReviewSecretaryAppointed()
            | ReviewMeetingConvened()
            | ReviewSubjectSummoned()
            | ReviewSummonsReceived()
            | ReviewSummonsMissed()
        ):
            return before
        case _:
            assert_never(event)


def before_hearing(mark: Mark, terms: ReviewDefaults) -> Pending:
    """The board is to hear the case."""
    return Pending(StallRule.REVIEW_NO_HEARING, mark, terms.hearing, Recipient.SECRETARY)
