"""What joins a review under way: the subject answers for all of it, and both clocks follow at once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from discipline.days import end_of
from discipline.reviews.decision import refusals as decision
from discipline.reviews.owed import Debtor, Owed, OwedStep, owed
from discipline.reviews.procedure import refusals as procedure
from discipline.reviews.procedure.commands import EndAtMeeting, RecordMissed, SubmitSelfReview
from discipline.reviews.state import Review, ReviewStatus, State
from discipline.standing import Person, Place
from schemas.discipline.review_decision import ReviewDecided
from schemas.discipline.review_procedure import MeetingOutcome, ReviewMeetingConvened, ReviewSubjectSummoned
from schemas.discipline.reviews import ReviewBasisAdded, ReviewGround, ReviewTakenOver
from schemas.refusal import Coded
from tests.discipline import review_cases as c
from tests.discipline import samples as s
from tests.discipline.law_rows import row_of, with_rows
from tests.discipline.test_review_incidents import SKIP
from tests.specification import Given

S = ReviewStatus
SECOND = s.item("second", fact=date(2025, 7, 3), detected=datetime.fromisoformat("2025-07-05T02:00:00+00:00"))
EARLIER_FOUND = s.item("second", fact=date(2025, 7, 3), detected=datetime.fromisoformat("2025-07-02T02:00:00+00:00"))
JOINED_AT = s.moment("2025-08-11")
JOINS = c.propose(SECOND, at=JOINED_AT)
NEW_HEARING_AT = s.moment("2025-08-18")
SUMMON_ANEW = c.summon(NEW_HEARING_AT, JOINED_AT)


def state(of: Given[State]) -> Review:
    assert of.state is not None
    return of.state


def joined(review: Given[State], command: object = JOINS) -> ReviewBasisAdded:
    [event] = review.when(command).decided()
    assert isinstance(event, ReviewBasisAdded)
    return event


def summoned() -> Given[State]:
    return c.happens(c.before_board(), c.summon())


def heard() -> Given[State]:
    return c.happens(summoned(), c.receive(), c.hear())


@pytest.mark.parametrize(
    ("review", "anew", "status", "step"),
    [
        (c.opened, False, S.OPEN, OwedStep.NOTIFY),
        (c.notified, True, S.OPEN, OwedStep.NOTIFY),
        (c.met, True, S.OPEN, OwedStep.NOTIFY),
        (lambda: c.met(s.COLLECTIVE, criticism=2), True, S.OPEN, OwedStep.NOTIFY),
        (c.before_board, False, S.BEFORE_BOARD, OwedStep.SUMMONS),
        (summoned, True, S.BEFORE_BOARD, OwedStep.SUMMONS),
        (heard, True, S.BEFORE_BOARD, OwedStep.SUMMONS),
        (c.recommended, True, S.BEFORE_BOARD, OwedStep.SUMMONS),
    ],
    ids=["open", "told", "met", "collective met", "referred", "summoned", "heard", "recommended"],
)
def test_the_last_step_in_which_he_answered_without_it_is_taken_again(
    review: Callable[[], Given[State]], anew: bool, status: ReviewStatus, step: OwedStep
) -> None:
    before = review()
    joins = replace(JOINS, subject=state(before).subject)

    assert joined(before, joins).heard_anew is anew
    after = c.happens(before, joins)
    assert state(after).status is status
    assert owed(state(after))[0] == Owed(step, Debtor.SECRETARY)


def test_a_proposal_only_rests_on_more() -> None:
    c.proposed().when(JOINS).then(ReviewBasisAdded(review_id=c.REVIEW_ID, item=SECOND))


def test_a_further_ground_on_the_same_finding_is_nothing_new_to_answer_for() -> None:
    again = state(c.recommended()).basis[0].model_copy(update={"ground": ReviewGround.LAST_STEP_PASSED})

    after = c.happens(c.recommended(), c.propose(again, at=JOINED_AT))

    assert not joined(c.recommended(), c.propose(again, at=JOINED_AT)).heard_anew
    assert state(after).status is S.RECOMMENDED


# -- before the board -------------------------------------------------------------------------------------------------


def test_what_joined_after_the_recommendation_is_heard_voted_on_and_decided_with_the_rest() -> None:
    """He was heard on 5 August; the second finding joins on the 11th and is heard on the 18th."""
    both = replace(c.decide(), conclusions=(c.conclude(), c.conclude("reprimand", "second")))
    joining = c.happens(c.recommended(), JOINS)

    before_board = Coded("review-status", S.BEFORE_BOARD)
    joining.when(both).refused(procedure.StepNotNow(before_board, Coded("review-status", S.RECOMMENDED)))
    joining.when(c.recommendation()).refused(procedure.StepNotNow(before_board, Coded("review-status", S.HEARD)))

    again = (SUMMON_ANEW, c.receive(NEW_HEARING_AT), c.hear(NEW_HEARING_AT), c.recommendation())
    made = c.happened(c.happens(joining, *again, both), ReviewDecided)
    assert isinstance(made, ReviewDecided)
    assert {one.finding_id for one in made.conclusions} == {s.FINDING, s.named("second")}


def test_whoever_took_it_over_refers_it_anew_for_the_former_board_may_have_ended() -> None:
    """The old summons calls him before nobody: he is summoned to the hearing of the board that it comes before now."""
    taken = ReviewTakenOver(
        review_id=c.REVIEW_ID,
        from_post="chair",
        authority_post="deputy",
        taken_by=s.named("deputy"),
        reasons=s.document("reasons"),
    )
    deputy = Person(s.named("deputy"), (Place("deputy", s.CHAIR.agency_id, s.CHAIR.kind, False, s.CHAIR.chain),))
    now_before = replace(c.board(), board_id=s.named("the deputy's board"))
    recommended = c.recommended()
    joining = c.happens(replace(recommended, events=(*recommended.events, taken)), JOINS)
    assert owed(state(joining))[0].step is OwedStep.DIRECTION

    referred = c.happens(joining, replace(c.REFER, by=deputy, at=JOINED_AT, board=now_before))

    heard = replace(c.hear(NEW_HEARING_AT), board=now_before)
    referred.when(heard).refused(procedure.CalledBeforeItJoined)
    again = (replace(SUMMON_ANEW, board=now_before), replace(c.receive(NEW_HEARING_AT), board=now_before), heard)
    assert state(c.happens(referred, *again)).status is S.HEARD


def test_the_second_summons_counts_on_from_the_first() -> None:
    summons = c.happened(c.happens(heard(), JOINS, SUMMON_ANEW), ReviewSubjectSummoned)

    assert isinstance(summons, ReviewSubjectSummoned)
    assert summons.summons == 2


def test_a_summons_of_before_serves_no_more() -> None:
    """Neither its receipt nor his absence counts, and even if he comes he was not called to answer for all."""
    joining = c.happens(summoned(), replace(JOINS, setting=c.setting(s.moment("2025-07-28"))))
    missed = RecordMissed(c.SECRETARY, c.HEARING_AT + timedelta(hours=1), c.board(), False, s.document("nobody came"))

    for command in (c.receive(), missed, c.hear()):
        joining.when(command).refused(procedure.CalledBeforeItJoined())
    assert joining.when(c.summon(NEW_HEARING_AT, s.moment("2025-07-28"))).decided()


def test_what_he_missed_before_it_joined_does_not_count() -> None:
    """Two summonses missed, heard without him; after a new one missed, the board does not go on without him yet."""
    row = row_of("decree-112-2020-missed-summons").model_copy(update={"effective_to": None})
    rows = with_rows(row)
    once = RecordMissed(c.SECRETARY, c.HEARING_AT + timedelta(hours=1), c.board(), False, s.document("nobody came"))
    second_hearing = c.SECOND_HEARING_AT + timedelta(hours=1)
    absent = replace(c.hear(there=False), setting=c.setting(second_hearing, rows))
    without_him = c.happens(
        c.before_board(),
        *(c.summon(), c.receive(), once),
        *(c.summon(c.SECOND_HEARING_AT, c.HEARING_AT + timedelta(hours=2)), c.receive(c.SECOND_HEARING_AT)),
        *(replace(once, at=second_hearing), absent),
    )
    third = s.moment("2025-08-29")
    later = replace(once, at=third + timedelta(hours=1))
    joining = replace(JOINS, setting=c.setting(second_hearing))
    again = c.happens(without_him, joining, c.summon(third, second_hearing), c.receive(third), later)

    hearing = replace(absent, setting=c.setting(third + timedelta(hours=1), rows))
    again.when(hearing).refused(procedure.HearingWithoutSubject(1, 2, row.row_id))


# -- before the meeting -----------------------------------------------------------------------------------------------

TOLD_ANEW = c.notify(received_at=JOINED_AT, until=date(2025, 8, 18))
TOLD_ANEW = replace(TOLD_ANEW, setting=c.setting(JOINED_AT))
MET_ANEW = s.moment("2025-08-20")
CONVENE_ANEW = replace(c.convene(), at=JOINED_AT, held_at=MET_ANEW)
MEET_ANEW = c.meet(MET_ANEW + timedelta(hours=1))


def test_after_the_meeting_he_is_told_reviews_himself_and_is_met_again() -> None:
    """Nothing of the first round serves for what joined; the directive's days to the meeting begin anew."""
    joining = c.happens(c.met(), JOINS)
    until = s.moment("2025-09-01", "17:00")

    assert joined(c.met()).meeting_until == state(joining).meeting_until == until
    joining.when(CONVENE_ANEW).refused(procedure.SubjectNotToldOfAll(date(2025, 8, 11)))
    told = c.happens(joining, TOLD_ANEW)
    told.when(c.meet(JOINED_AT + timedelta(hours=1))).refused(procedure.CalledBeforeItJoined())
    self_review = SubmitSelfReview(c.SUBJECT, s.moment("2025-08-15"), s.document("self-review"))
    met = c.happens(told, self_review, CONVENE_ANEW, MEET_ANEW)
    assert state(met).status is S.MEETING_HELD
    call = c.happened(met, ReviewMeetingConvened)
    assert isinstance(call, ReviewMeetingConvened)
    assert call.meeting == 2


def test_a_collective_does_not_end_on_what_its_meeting_did_not_look_at() -> None:
    end = EndAtMeeting(c.AUTHORITY, MeetingOutcome.CRITICISM, s.document("reasons"))
    joining = c.happens(c.met(s.COLLECTIVE, criticism=2), replace(JOINS, subject=s.COLLECTIVE))

    there, needed = Coded("review-status", S.OPEN), Coded("review-status", S.MEETING_HELD)
    joining.when(end).refused(procedure.StepNotNow(there, needed))


def test_the_self_review_is_asked_for_again_and_not_due_before_he_knows() -> None:
    handed_in = SubmitSelfReview(c.SUBJECT, s.moment("2025-07-15"), s.document("self-review"))
    joins = replace(JOINS, setting=c.setting(s.moment("2025-07-16")))
    joining = c.happens(c.notified(), handed_in, c.convene(), joins)

    joining.when(handed_in).refused(procedure.SubjectNotToldOfAll(date(2025, 7, 16)))
    beforehand = c.notify(received_at=s.moment("2025-07-15"), until=date(2025, 7, 23))
    beforehand = replace(beforehand, setting=c.setting(s.moment("2025-07-17")))
    joining.when(beforehand).refused(procedure.ReceivedBeforehand(date(2025, 7, 15), date(2025, 7, 16)))
    told = c.happens(joining, replace(beforehand, received_at=s.moment("2025-07-17")))
    told.when(handed_in).decided()


def test_he_goes_on_seeing_his_review_while_he_is_to_be_told() -> None:
    assert state(c.happens(c.met(), JOINS)).subject_knows


def test_where_the_meeting_falls_away_he_is_told_before_it_goes_to_the_board() -> None:
    joining = c.happens(c.notified(), SKIP, JOINS)
    refer = replace(c.REFER, at=JOINED_AT)

    joining.when(refer).refused(procedure.SubjectNotToldOfAll(date(2025, 8, 11)))
    assert state(c.happens(joining, TOLD_ANEW, refer)).status is S.BEFORE_BOARD


# -- the clocks -------------------------------------------------------------------------------------------------------


def test_both_clocks_follow_at_once() -> None:
    """Found on 2 July, two days before the first, of a fact a day after it: 90 days end on Tuesday, 30 September."""
    event = joined(c.recommended(), c.propose(EARLIER_FOUND, at=JOINED_AT))
    after = state(c.happens(c.recommended(), c.propose(EARLIER_FOUND, at=JOINED_AT)))

    assert event.clocks is not None
    assert event.clocks.processing is not None
    assert (event.clocks.processing.starts_on, event.clocks.processing.ends_at) == (
        date(2025, 7, 2),
        end_of(date(2025, 9, 30)),
    )
    assert (after.processing, after.limitation) == (event.clocks.processing, event.clocks.limitation)


def test_of_several_that_join_at_once_each_says_the_clocks_with_all_before_it() -> None:
    third = EARLIER_FOUND.model_copy(update={"finding_id": s.named("third")})
    events = c.opened().when(replace(JOINS, basis=(SECOND, third))).decided()

    starts = [
        event.clocks.processing.starts_on
        for event in events
        if isinstance(event, ReviewBasisAdded) and event.clocks is not None and event.clocks.processing is not None
    ]
    assert starts == [date(2025, 7, 4), date(2025, 7, 2)]


def test_the_processing_time_does_not_stand_still_while_it_is_heard_anew() -> None:
    """The 90 days from 4 July end on 2 October, however late the second finding was heard."""
    again = (SUMMON_ANEW, c.receive(NEW_HEARING_AT), c.hear(NEW_HEARING_AT), c.recommendation())
    ready = c.happens(c.recommended(), JOINS, *again)
    late = replace(c.decide(at=s.moment("2025-10-03")), conclusions=(c.conclude(), c.conclude("reprimand", "second")))

    ready.when(late).refused(
        decision.ProcessingPassed("decree-172-2025-processing", date(2025, 7, 4), date(2025, 10, 2))
    )


def test_what_an_earlier_release_added_reads_as_it_did() -> None:
    """Its event says neither that it is heard anew nor the clocks: where it stood and what was shown stays."""
    kept = ReviewBasisAdded.model_validate({"review_id": c.REVIEW_ID, "item": SECOND.model_dump(mode="json")})
    before = c.recommended()
    after = state(replace(before, events=(*before.events, kept)))

    assert after == replace(state(before), basis=(*state(before).basis, SECOND), known=(*state(before).known, SECOND))
