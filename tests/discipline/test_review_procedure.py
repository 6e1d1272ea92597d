"""From the notice to the board's recommendation."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from discipline.days import end_of
from discipline.reviews.commands import LoseBasis
from discipline.reviews.procedure import refusals as r
from discipline.reviews.procedure.commands import (
    AppointSecretary,
    EndAtMeeting,
    RecordMissed,
    RecordRecommendation,
    SubmitSelfReview,
)
from discipline.reviews.refusals import BasisToBeAnswered, NotTheCompetentAuthority, OwnMatter, ReviewNotOpen
from schemas.discipline.review_procedure import (
    MeetingOutcome,
    ReviewEndedAtMeeting,
    ReviewHearingHeld,
    ReviewMeetingHeld,
    ReviewRecommended,
    ReviewReferredToBoard,
    ReviewSecretaryAppointed,
    ReviewSubjectNotified,
    ReviewSummonsMissed,
    SelfReviewState,
    SelfReviewSubmitted,
)
from schemas.refusal import Coded
from schemas.values import DayKind
from tests.discipline import review_cases as c
from tests.discipline import samples as s
from tests.discipline.law_rows import activated

SELF_REVIEW = SubmitSelfReview(c.SUBJECT, s.moment("2025-07-17"), s.document("self-review"))
REASONS = s.document("reasons")


# -- the file -------------------------------------------------------------------------------------------------------


def test_the_authority_names_who_keeps_the_file() -> None:
    c.opened().when(AppointSecretary(c.AUTHORITY, c.SECRETARY)).then(
        ReviewSecretaryAppointed(
            review_id=c.REVIEW_ID, person_id=c.SECRETARY.person_id, appointed_by=c.AUTHORITY.person_id
        )
    )


def test_the_subject_does_not_keep_his_own_file() -> None:
    c.opened().when(AppointSecretary(c.AUTHORITY, c.SUBJECT)).refused(r.SecretaryConcerned())


def test_nobody_else_names_the_secretary() -> None:
    c.opened().when(AppointSecretary(c.HEAD, c.SECRETARY)).refused(NotTheCompetentAuthority("chair"))


def test_a_stranger_writes_nothing_into_the_file_and_the_secretary_does() -> None:
    c.opened().when(c.notify(c.SECRETARY)).refused(r.NotKeeperOfFile())

    appointed = c.happens(c.opened(), AppointSecretary(c.AUTHORITY, c.SECRETARY), c.notify(c.SECRETARY))

    recorded = c.happened(appointed, ReviewSubjectNotified)
    assert isinstance(recorded, ReviewSubjectNotified)
    assert recorded.recorded_by == c.SECRETARY.person_id


def test_a_secretary_who_came_to_belong_to_the_collective_writes_nothing_more() -> None:
    appointed = c.happens(c.opened(s.COLLECTIVE), AppointSecretary(c.AUTHORITY, c.SECRETARY))
    moved = replace(c.SECRETARY, places=(s.CLERK,))

    appointed.when(c.notify(moved)).refused(OwnMatter())


# -- notice and self-review -----------------------------------------------------------------------------------------


def test_the_self_review_is_due_at_the_end_of_the_day_that_the_notice_names() -> None:
    c.opened().when(c.notify()).then(
        ReviewSubjectNotified(
            review_id=c.REVIEW_ID,
            received_at=c.NOTIFIED,
            notice=s.document("notice"),
            proof=s.document("proof"),
            self_review_until=end_of(c.SELF_REVIEW_DUE),
            self_review_term=None,
            recorded_by=c.AUTHORITY.person_id,
        )
    )


def test_a_receipt_that_lies_ahead_is_not_recorded() -> None:
    later = c.NOTIFIED + timedelta(hours=1)

    c.opened().when(c.notify(received_at=later)).refused(r.MomentNotReached(later))


def test_a_receipt_does_not_lie_before_what_was_received() -> None:
    """Opened on 10 July 2025 and summoned on the 25th: from an earlier day on no term runs against the subject."""
    day = timedelta(days=1)
    opening, summons = date(2025, 7, 10), date(2025, 7, 25)

    c.opened().when(c.notify(received_at=c.OPENED_ON - day)).refused(r.ReceivedBeforehand(opening - day, opening))
    assert c.opened().when(c.notify(received_at=c.OPENED_ON)).decided()
    summoned = c.happens(c.before_board(), c.summon())
    summoned.when(replace(c.receive(), received_at=c.SUMMONED_AT - day)).refused(
        r.ReceivedBeforehand(summons - day, summons)
    )
    assert summoned.when(replace(c.receive(), received_at=c.SUMMONED_AT)).decided()


def test_a_self_review_is_never_due_before_the_notice_was_received() -> None:
    before = c.NOTIFIED.date() - timedelta(days=1)

    c.opened().when(c.notify(until=before)).refused(r.MomentPassed(end_of(before)))


FIVE_DAYS = activated("decree-172-2025-days-self-review", value=5, day_kind=DayKind.WORKING)


def test_where_a_row_sets_the_term_of_the_self_review_it_holds() -> None:
    by_row = replace(c.notify(until=None), setting=c.setting(c.NOTIFIED, FIVE_DAYS))

    event = c.opened().when(by_row).decided()[0]

    assert isinstance(event, ReviewSubjectNotified)
    assert event.self_review_term is not None
    assert event.self_review_term.rule_id == "decree-172-2025-days-self-review"
    assert event.self_review_until == end_of(date(2025, 7, 18))
    c.opened().when(replace(by_row, until=date(2025, 7, 17))).refused(
        r.SelfReviewByRow("decree-172-2025-days-self-review", date(2025, 7, 18))
    )


def test_where_none_does_the_notice_names_the_day() -> None:
    c.opened().when(c.notify(until=None)).refused(r.SelfReviewDayMissing())


def test_a_summons_leaves_the_time_that_the_row_gives() -> None:
    ten_days = activated("decree-172-2025-days-summons", value=10, day_kind=DayKind.CALENDAR)
    summoned = c.happens(c.before_board(), c.summon())

    summoned.when(replace(c.receive(), setting=c.setting(c.HEARING_AT, ten_days))).refused(
        r.SummonsTooShort("decree-172-2025-days-summons", date(2025, 8, 10))
    )


def test_nobody_is_heard_before_the_days_that_the_row_gives_after_his_summons() -> None:
    ten_days = activated("decree-172-2025-days-summons", value=10, day_kind=DayKind.CALENDAR)
    received = c.happens(c.before_board(), c.summon(), c.receive())

    received.when(replace(c.hear(), setting=c.setting(c.HEARING_AT, ten_days))).refused(
        r.SummonsTooShort("decree-172-2025-days-summons", date(2025, 8, 10))
    )
    c.happens(received, replace(c.hear(), setting=c.setting(s.moment("2025-08-11"), ten_days)))


def test_a_notice_is_recorded_once() -> None:
    c.notified().when(c.notify()).refused(r.AlreadyNotified())


def test_a_proposal_is_notified_to_nobody() -> None:
    c.proposed().when(c.notify()).refused(ReviewNotOpen(Coded("review-status", "proposed")))


def test_the_subject_hands_in_his_self_review() -> None:
    c.notified().when(SELF_REVIEW).then(
        SelfReviewSubmitted(
            review_id=c.REVIEW_ID,
            submitted_by=c.SUBJECT.person_id,
            received_at=SELF_REVIEW.at,
            late=False,
            statement=SELF_REVIEW.statement,
        )
    )


def test_a_late_self_review_is_taken_and_called_late() -> None:
    late = c.happens(c.notified(), replace(SELF_REVIEW, at=s.moment("2025-07-19")), c.convene(), c.meet())

    held = c.happened(late, ReviewMeetingHeld)
    assert isinstance(held, ReviewMeetingHeld)
    assert held.self_review is SelfReviewState.LATE


def test_nobody_reviews_himself_for_another() -> None:
    c.notified().when(replace(SELF_REVIEW, by=c.HEAD)).refused(r.NotTheSubject())


def test_the_head_hands_in_the_collectives_and_no_member_does() -> None:
    of_collective = c.notified(s.COLLECTIVE)

    of_collective.when(replace(SELF_REVIEW, by=c.SUBJECT)).refused(r.NotTheSubject())
    assert of_collective.when(replace(SELF_REVIEW, by=c.HEAD)).decided()


def test_there_is_one_self_review() -> None:
    c.happens(c.notified(), SELF_REVIEW).when(SELF_REVIEW).refused(r.SelfReviewAlreadySubmitted())


# -- the meeting ----------------------------------------------------------------------------------------------------


def test_no_meeting_is_called_before_the_subject_knows() -> None:
    c.opened().when(c.convene()).refused(r.SubjectNotNotified())


def test_whom_the_review_concerns_does_not_preside() -> None:
    c.notified().when(c.convene(c.SUBJECT)).refused(r.MeetingChairConcerned())
    c.notified(s.COLLECTIVE).when(c.convene(c.HEAD)).refused(r.MeetingChairConcerned())


def test_the_meeting_waits_for_the_self_review_until_its_deadline() -> None:
    called = c.happens(c.notified(), replace(c.convene(), held_at=s.moment("2025-07-16")))

    called.when(c.meet(s.moment("2025-07-17"))).refused(r.SelfReviewStillDue(end_of(c.SELF_REVIEW_DUE)))


def test_after_the_deadline_it_is_held_without_the_self_review_and_says_so() -> None:
    held = c.happened(c.met(), ReviewMeetingHeld)

    assert isinstance(held, ReviewMeetingHeld)
    assert (held.self_review, held.absent) == (SelfReviewState.MISSING, (c.DEPUTY.person_id,))


def test_a_meeting_is_not_recorded_before_it_was_held() -> None:
    c.happens(c.notified(), c.convene()).when(c.meet(c.MEETING_AT - timedelta(hours=1))).refused(r.MomentNotReached)


def test_a_meeting_that_nobody_called_is_none() -> None:
    c.notified().when(c.meet()).refused(r.MeetingNotConvened())


def test_a_meeting_has_its_chair() -> None:
    alone = replace(c.meet(), attended=(c.HEAD.person_id,), votes=c.votes(criticism=1))

    c.happens(c.notified(), c.convene()).when(alone).refused(r.MeetingChairAbsent())


def test_whoever_was_not_called_and_the_subject_himself_have_no_vote() -> None:
    called = c.happens(c.notified(), c.convene())

    for who in (c.STRANGER.person_id, c.SUBJECT.person_id):
        command = replace(c.meet(), attended=(*c.ATTENDED, who))
        called.when(command).refused(r.AttendedUncalled(str(who)))


def test_there_are_no_more_votes_than_voters() -> None:
    c.happens(c.notified(), c.convene()).when(c.meet(criticism=2, lessons=1)).refused(r.VotesBeyondAttendance(3, 2))


def test_a_tie_is_voted_on_again() -> None:
    c.happens(c.notified(), c.convene()).when(c.meet(criticism=1, lessons=1)).refused(r.VotesTied(1))


@pytest.mark.parametrize("outcome", [one for one in MeetingOutcome if one is not MeetingOutcome.DISCIPLINE])
def test_the_authority_ends_it_at_the_meeting_without_a_form(outcome: MeetingOutcome) -> None:
    c.met(criticism=2).when(EndAtMeeting(c.AUTHORITY, outcome, REASONS)).then(
        ReviewEndedAtMeeting(
            review_id=c.REVIEW_ID,
            outcome=outcome,
            deviates=outcome is not MeetingOutcome.CRITICISM,
            decided_by=c.AUTHORITY.person_id,
            reasons=REASONS,
        )
    )


def test_a_meeting_imposes_no_form() -> None:
    discipline = EndAtMeeting(c.AUTHORITY, MeetingOutcome.DISCIPLINE, REASONS)
    c.met().when(discipline).refused(r.MeetingGivesNoForm())
    c.met(s.COLLECTIVE, criticism=2).when(discipline).refused(r.CollectiveEndsAtMeeting())


def test_it_does_not_end_on_a_basis_that_fell_away_and_was_not_answered() -> None:
    lost = c.happens(c.met(), LoseBasis(s.FINDING, (s.FINDING,), None, c.MEETING_AT, s.CALENDAR))

    lost.when(EndAtMeeting(c.AUTHORITY, MeetingOutcome.CRITICISM, REASONS)).refused(BasisToBeAnswered)


def test_it_does_not_end_before_its_meeting() -> None:
    early = EndAtMeeting(c.AUTHORITY, MeetingOutcome.REMINDER, REASONS)

    c.notified().when(early).refused(r.StepNotNow(r.stands("open"), r.stands("meeting_held")))


def test_a_collective_is_not_recommended_for_discipline() -> None:
    called = c.happens(c.notified(s.COLLECTIVE), c.convene())

    called.when(c.meet(discipline=2)).refused(r.CollectiveEndsAtMeeting())


# -- the board ------------------------------------------------------------------------------------------------------


def test_a_collective_never_comes_before_a_board() -> None:
    c.met(s.COLLECTIVE, criticism=2).when(c.REFER).refused(r.CollectiveEndsAtMeeting())


def test_a_board_sits_on_what_it_was_established_for() -> None:
    other = replace(c.REFER, board=c.board(reviews=()))

    c.met().when(other).refused(r.NotBeforeThisBoard(str(c.BOARD_ID)))


def test_a_board_with_too_few_members_left_takes_nothing_up() -> None:
    short = replace(c.REFER, board=c.board(able=4))

    c.met().when(short).refused(r.BoardCannotSit(4, 5, "decree-172-2025-board-size"))


def test_the_authority_may_differ_from_the_meeting_and_it_is_said() -> None:
    differing = c.happened(c.happens(c.met(criticism=2), c.REFER), ReviewReferredToBoard)

    assert isinstance(differing, ReviewReferredToBoard)
    assert differing.deviates


def test_where_the_row_knows_no_board_none_sits() -> None:
    rows = [
        row.model_copy(update={"value": ("review-meeting", "decision")}) if row.rule == "review_steps" else row
        for row in c.LAW.rows
    ]
    without = replace(c.REFER, law=replace(c.LAW, rows=tuple(rows)))

    c.met().when(without).refused(r.BoardNotByRule("decree-172-2025-steps"))


def test_only_the_authority_brings_it_before_a_board() -> None:
    c.met().when(replace(c.REFER, by=c.SECRETARY)).refused(NotTheCompetentAuthority("chair"))


def test_a_second_summons_waits_for_the_day_of_the_first() -> None:
    summoned = c.happens(c.before_board(), c.summon())

    summoned.when(c.summon(c.SECOND_HEARING_AT)).refused(r.SummonsPending(1))


def missed(*, excused: bool = False) -> RecordMissed:
    return RecordMissed(c.SECRETARY, c.SECOND_HEARING_AT, c.board(), excused, s.document("note"))


def test_without_proof_of_receipt_nobody_has_missed_a_summons() -> None:
    c.happens(c.before_board(), c.summon()).when(missed()).refused(r.SummonsNotReceived(1))


def test_a_summons_is_received_once() -> None:
    received = c.happens(c.before_board(), c.summon(), c.receive())

    received.when(c.receive()).refused(r.SummonsAlreadyReceived(1))


def test_a_summons_that_came_after_the_hearing_is_no_summons() -> None:
    late = replace(c.receive(), received_at=c.HEARING_AT, setting=c.setting(c.HEARING_AT))

    c.happens(c.before_board(), c.summon()).when(late).refused(r.SummonsReceivedTooLate(c.HEARING_AT))


def test_nobody_has_missed_what_lies_ahead() -> None:
    early = replace(missed(), at=c.HEARING_AT - timedelta(hours=1))

    c.happens(c.before_board(), c.summon(), c.receive()).when(early).refused(r.MomentNotReached)


FIRST_MISSED = (c.summon(), c.receive(), missed())
SECOND = (c.summon(c.SECOND_HEARING_AT, c.HEARING_AT), c.receive(c.SECOND_HEARING_AT))
AFTER = c.SECOND_HEARING_AT + timedelta(hours=1)
BEFORE_2025 = s.moment("2025-06-20")


def test_after_the_first_missed_summons_it_does_not_go_on_without_him() -> None:
    once = c.happens(c.before_board(), *FIRST_MISSED)

    once.when(c.hear(BEFORE_2025, there=False)).refused(r.HearingWithoutSubject(1, 2, "decree-112-2020-missed-summons"))


def test_after_the_second_it_goes_on_by_the_row_that_says_so() -> None:
    twice = c.happens(c.before_board(), *FIRST_MISSED, *SECOND, missed())

    held = twice.when(c.hear(BEFORE_2025, there=False)).decided()[0]

    assert isinstance(held, ReviewHearingHeld)
    assert (held.subject_present, held.absence_rule) == (False, "decree-112-2020-missed-summons")


def test_an_excused_absence_does_not_count() -> None:
    excused = c.happens(c.before_board(), *FIRST_MISSED, *SECOND, missed(excused=True))

    excused.when(c.hear(BEFORE_2025, there=False)).refused(
        r.HearingWithoutSubject(1, 2, "decree-112-2020-missed-summons")
    )


def test_where_no_active_row_speaks_it_does_not_go_on_without_him_and_the_row_that_would_is_named() -> None:
    kind = Coded("subject-kind", "civil_servant")
    twice = c.happens(c.before_board(), *FIRST_MISSED, *SECOND, missed())

    twice.when(c.hear(AFTER, there=False)).refused(r.NoRowForAbsence(kind, 1, "decree-172-2025-missed-summons"))


def test_once_the_row_of_the_new_decree_is_activated_it_goes_on_without_him() -> None:
    row = "decree-172-2025-missed-summons"
    known = c.setting(AFTER, activated(row))
    twice = c.happens(c.before_board(), *FIRST_MISSED, *SECOND, missed())

    held = twice.when(replace(c.hear(AFTER, there=False), setting=known)).decided()[0]

    assert isinstance(held, ReviewHearingHeld)
    assert (held.subject_present, held.absence_rule) == (False, row)


def test_one_summons_is_missed_once() -> None:
    once = c.happens(c.before_board(), *FIRST_MISSED)

    once.when(missed()).refused(r.NotSummoned())
    assert isinstance(once.events[-1], ReviewSummonsMissed)


def test_no_hearing_without_a_quorum() -> None:
    c.before_board().when(c.hear(sitting=c.board(sat=4))).refused(r.BoardCannotSit(4, 5, "decree-172-2025-board-size"))


def test_a_sitting_hears_what_is_on_its_agenda() -> None:
    elsewhere = replace(c.board(), agenda=frozenset({s.named("another")}))

    c.before_board().when(c.hear(sitting=elsewhere)).refused(r.HearingNotOnAgenda())


HEARD = c.happens(c.before_board(), c.summon(), c.receive(), c.hear())


def test_the_board_recommends_what_its_ballot_counted() -> None:
    choices = {"warning": 3, "reprimand": 2}

    HEARD.when(RecordRecommendation(c.SECRETARY, c.board(), c.ballot(choices), ())).then(
        ReviewRecommended(
            review_id=c.REVIEW_ID,
            board_id=c.BOARD_ID,
            ballot_id=s.named("ballot"),
            choice="warning",
            votes=c.ballot(choices).votes,
            recorded_by=c.SECRETARY.person_id,
        )
    )


def test_a_ballot_that_was_not_counted_recommends_nothing() -> None:
    void = c.ballot({"warning": 5}, counted=False)

    HEARD.when(RecordRecommendation(c.SECRETARY, c.board(), void, ())).refused(r.BallotNotCounted())


TIED = replace(c.ballot({"warning": 2, "reprimand": 2}), ballot_id=s.named("tied"))
FIRST = replace(c.ballot({"warning": 3, "reprimand": 2}), ballot_id=s.named("first"))


def test_the_board_does_not_vote_until_the_outcome_pleases() -> None:
    again = RecordRecommendation(c.SECRETARY, c.board(), c.ballot({"reprimand": 5}), (FIRST,))

    HEARD.when(again).refused(r.BallotDecidedBefore(str(FIRST.ballot_id)))


def test_after_a_tie_or_a_void_ballot_it_is_voted_on_again() -> None:
    HEARD.when(RecordRecommendation(c.SECRETARY, c.board(), TIED, ())).refused(r.VotesTied(2))

    void = replace(FIRST, counted=False)
    again = RecordRecommendation(c.SECRETARY, c.board(), c.ballot({"reprimand": 5}), (TIED, void))
    recommended = c.happened(c.happens(HEARD, again), ReviewRecommended)
    assert isinstance(recommended, ReviewRecommended)
    assert recommended.choice == "reprimand"


def test_a_ballot_about_another_review_recommends_nothing_here() -> None:
    other = replace(c.ballot({"warning": 5}), review_id=s.named("another"))

    HEARD.when(RecordRecommendation(c.SECRETARY, c.board(), other, ())).refused(r.BallotNotOfReview())


def test_no_vote_before_the_hearing() -> None:
    early = RecordRecommendation(c.SECRETARY, c.board(), c.ballot({"warning": 5}), ())

    c.before_board().when(early).refused(r.StepNotNow(r.stands("before_board"), r.stands("heard")))
