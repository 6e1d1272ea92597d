"""What a review waits for in its procedure, and whose it is. Day 0 is a Monday; only weekends are off."""

from collections.abc import Mapping
from datetime import datetime

import pytest

from notifier.rules.case import CaseEvent, deadlines
from schemas.discipline import review_procedure as p
from schemas.discipline import reviews as r
from schemas.discipline.law import ClocksAnew
from schemas.notifier.alerts import StallRule as R
from schemas.values import Recipient
from tests.notifier import examples as ex
from tests.notifier.examples import DEFAULTS, day, evening

TERMS = DEFAULTS.review
ID, BY, DOCUMENT = ex.REVIEW_ID, ex.PERSON, ex.DOCUMENT
BEGUN = (
    (ex.proposed(), day(0)),
    (ex.review_opened(processing=None, limitation=()), day(0)),
)
NOTIFIED = p.ReviewSubjectNotified(
    review_id=ID,
    received_at=day(1),
    notice=DOCUMENT,
    proof=DOCUMENT,
    self_review_until=evening(8),
    self_review_term=None,
    recorded_by=BY,
)
SUBMITTED = p.SelfReviewSubmitted(review_id=ID, submitted_by=BY, received_at=day(3), late=False, statement=DOCUMENT)
MET = p.ReviewMeetingHeld(
    review_id=ID,
    meeting=1,
    attended=(BY,),
    absent=(),
    subject_present=True,
    self_review=p.SelfReviewState.ON_TIME,
    recommendation=p.MeetingOutcome.DISCIPLINE,
    votes=(p.MeetingVotes(outcome=p.MeetingOutcome.DISCIPLINE, votes=1),),
    minutes=DOCUMENT,
    recorded_by=BY,
)
REFERRED = p.ReviewReferredToBoard(review_id=ID, board_id=ID, deviates=False, decided_by=BY, reasons=DOCUMENT)
SUMMONED = p.ReviewSubjectSummoned(review_id=ID, summons=1, hearing_at=day(9), document=DOCUMENT, summoned_by=BY)
HEARD = p.ReviewHearingHeld(
    review_id=ID,
    board_id=ID,
    sat=(BY,),
    subject_present=True,
    statement=DOCUMENT,
    absence_rule=None,
    minutes=DOCUMENT,
    recorded_by=BY,
)
RECOMMENDED = p.ReviewRecommended(
    review_id=ID,
    board_id=ID,
    ballot_id=ID,
    choice="warning",
    votes=(p.VoteCount(choice="warning", votes=5),),
    recorded_by=BY,
)
ENDED = p.ReviewEndedAtMeeting(
    review_id=ID, outcome=p.MeetingOutcome.CRITICISM, deviates=False, decided_by=BY, reasons=DOCUMENT
)


SECOND = r.BasisItem(
    finding_id=ex.PERSON, ground=r.ReviewGround.VIOLATION_TYPE, fact_date=ex.MONDAY, detected_at=day(0)
)
JOINED = r.ReviewBasisAdded(review_id=ID, item=SECOND)
JOINED_UNHEARD = JOINED.model_copy(update={"heard_anew": True})


def due(*events: CaseEvent) -> Mapping[R, tuple[datetime, Recipient]]:
    """What is waited for after events of a Tuesday, but for the meeting."""
    found = deadlines(ex.case(*BEGUN, *((event, day(1)) for event in events)), ex.CALENDAR)
    return {rule: (one.due_at, one.wait.owner) for rule, one in found.items() if rule is not R.REVIEW_NO_MEETING}


def at(working_days: int) -> datetime:
    return ex.CALENDAR.working_days_after(day(1), working_days)


@pytest.mark.parametrize(
    ("events", "rule", "until", "owner"),
    [
        ((NOTIFIED,), R.REVIEW_NO_SELF_REVIEW, evening(8), Recipient.SECRETARY),
        ((NOTIFIED, SUBMITTED, MET), R.REVIEW_NO_DIRECTION, at(TERMS.direction), Recipient.COMPETENT_AUTHORITY),
        ((NOTIFIED, MET, REFERRED), R.REVIEW_NO_HEARING, at(TERMS.hearing), Recipient.SECRETARY),
        ((NOTIFIED, MET, REFERRED, SUMMONED), R.REVIEW_NO_HEARING, at(TERMS.hearing), Recipient.SECRETARY),
        ((MET, REFERRED, HEARD), R.REVIEW_NO_RECOMMENDATION, at(TERMS.recommendation), Recipient.BOARD_CHAIR),
        (
            (MET, REFERRED, HEARD, RECOMMENDED),
            R.REVIEW_NO_DECISION,
            at(TERMS.decision),
            Recipient.COMPETENT_AUTHORITY,
        ),
    ],
)
def test_each_step_waits_for_the_next_one_alone(
    events: tuple[CaseEvent, ...], rule: R, until: datetime, owner: Recipient
) -> None:
    assert due(*events) == {rule: (until, owner)}


def test_a_summons_to_a_further_hearing_lets_that_be_waited_for_again() -> None:
    """By a board that changed since the first."""
    again = SUMMONED.model_copy(update={"summons": 2})

    assert due(MET, REFERRED, HEARD, again) == {R.REVIEW_NO_HEARING: (at(TERMS.hearing), Recipient.SECRETARY)}


def test_the_self_review_was_handed_in_and_only_the_meeting_is_waited_for() -> None:
    assert due(NOTIFIED, SUBMITTED) == {}


def test_once_held_nobody_waits_for_the_meeting() -> None:
    case = ex.case(*BEGUN, (MET, day(1)))

    assert R.REVIEW_NO_MEETING not in deadlines(case, ex.CALENDAR)


def test_what_ended_at_the_meeting_waits_for_nothing() -> None:
    case = ex.case(*BEGUN, (MET, day(1)), (ENDED, day(1)))

    assert deadlines(case, ex.CALENDAR) == {}


@pytest.mark.parametrize(
    ("events", "rule", "days"),
    [
        ((NOTIFIED, SUBMITTED, JOINED_UNHEARD), R.REVIEW_NOT_NOTIFIED, TERMS.notify),
        ((NOTIFIED, MET, JOINED_UNHEARD), R.REVIEW_NOT_NOTIFIED, TERMS.notify),
        ((MET, REFERRED, HEARD, JOINED_UNHEARD), R.REVIEW_NO_HEARING, TERMS.hearing),
        ((MET, REFERRED, HEARD, RECOMMENDED, JOINED_UNHEARD), R.REVIEW_NO_HEARING, TERMS.hearing),
    ],
)
def test_the_step_that_was_taken_without_what_joined_is_waited_for_again(
    events: tuple[CaseEvent, ...], rule: R, days: int
) -> None:
    assert due(*events) == {rule: (at(days), Recipient.SECRETARY)}


def test_what_joined_before_he_was_heard_changes_no_step() -> None:
    assert due(NOTIFIED, MET, REFERRED, JOINED) == due(NOTIFIED, MET, REFERRED)


def test_the_meeting_is_waited_for_again_until_a_later_day() -> None:
    later = JOINED_UNHEARD.model_copy(update={"meeting_until": evening(40)})
    case = ex.case(*BEGUN, (MET, day(1)), (later, day(2)))

    assert deadlines(case, ex.CALENDAR)[R.REVIEW_NO_MEETING].wait.until == evening(40)


def test_the_clocks_with_what_joined_are_the_ones_that_call() -> None:
    """Whether or not he is heard anew, processing time runs from the earliest detection."""
    with_clocks = JOINED.model_copy(update={"clocks": ClocksAnew(limitation=(), processing=ex.clock(evening(50)))})
    case = ex.case(*BEGUN, (with_clocks, day(2)))

    assert deadlines(case, ex.CALENDAR)[R.PROCESSING_PASSED].wait.until == evening(50)
