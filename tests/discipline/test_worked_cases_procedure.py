"""Worked cases, told from the proposal to the end: meeting, board, decision, complaint, and what falls away."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from discipline.boards.commands import CallVote, DecideRecusal
from discipline.boards.refusals import QuorumMissing
from discipline.boards.state import ballot_id
from discipline.days import last_day
from discipline.law.refusals import named
from discipline.reviews.commands import LoseBasis, RebaseReview, TerminateReview
from discipline.reviews.complaints.commands import AcceptComplaint
from discipline.reviews.decision import refusals as decision
from discipline.reviews.decision.commands import ReassignSubject, RevokeDecision
from discipline.reviews.incidents.commands import ExtendProcessing, RecordOpinion, ReferToPartyDiscipline
from discipline.reviews.procedure import refusals as procedure
from discipline.reviews.procedure.commands import EndAtMeeting, RecordMissed, RecordRecommendation
from discipline.reviews.refusals import BasisToBeAnswered, ReviewNotOpen
from discipline.reviews.state import ReviewStatus, State
from schemas.discipline.law import RegimeSide
from schemas.discipline.review_complaints import ComplaintOutcome, Instance
from schemas.discipline.review_decision import DecisionRevoked, Measure, ReviewDecided, RevocationGround
from schemas.discipline.review_incidents import PartyDisciplineReferred
from schemas.discipline.review_procedure import MeetingOutcome, ReviewHearingHeld
from schemas.refusal import Coded
from schemas.values import DayKind
from tests.discipline import board_samples as b
from tests.discipline import review_cases as c
from tests.discipline import samples as s
from tests.discipline.law_rows import activated, row_of, with_rows
from tests.discipline.test_board_recusals import asked
from tests.specification import Given, given

SECOND_FINDING = s.item("second", fact=date(2025, 7, 3), detected=datetime.fromisoformat("2025-07-05T02:00:00+00:00"))


def status(of: Given[State]) -> ReviewStatus:
    assert of.state is not None
    return of.state.status


def last(of: Given[State]) -> ReviewDecided:
    event = c.happened(of, ReviewDecided)
    assert isinstance(event, ReviewDecided)
    return event


def revoked(of: Given[State]) -> DecisionRevoked:
    event = c.happened(of, DecisionRevoked)
    assert isinstance(event, DecisionRevoked)
    return event


def test_case_11_the_second_summons_is_missed_too() -> None:
    """Summoned for 5 August and again for 15 August, received both times, came neither time and gave no reason.

    After the first the board does not go on without him, after the second it does, by the row that counts to two.
    """
    row = row_of("decree-112-2020-missed-summons").model_copy(update={"effective_to": None})
    after = c.setting(c.SECOND_HEARING_AT + timedelta(hours=1), with_rows(row))
    hearing = replace(c.hear(there=False), setting=after)
    once = RecordMissed(c.SECRETARY, c.HEARING_AT + timedelta(hours=1), c.board(), False, s.document("nobody came"))
    twice = replace(once, at=c.SECOND_HEARING_AT + timedelta(hours=1))
    first = c.happens(c.before_board(), c.summon(), c.receive(), once)

    first.when(hearing).refused(procedure.HearingWithoutSubject(1, 2, row.row_id))
    again = (c.summon(c.SECOND_HEARING_AT, c.HEARING_AT + timedelta(hours=2)), c.receive(c.SECOND_HEARING_AT), twice)
    held = c.happened(c.happens(first, *again, hearing), ReviewHearingHeld)

    assert isinstance(held, ReviewHearingHeld)
    assert (held.subject_present, held.absence_rule) == (False, row.row_id)


def test_case_12_members_are_recused_and_the_quorum_is_lost() -> None:
    """A board of five that votes with four. The subject asks for the recusal of two; the board's chair grants both.

    The vote that follows is refused with who is left and who is needed; the review itself is untouched.
    """
    granted = [
        DecideRecusal(b.CHAIRMAN, s.named(name), True, s.document("cousins"), b.STANDING)
        for name in ("health", "justice")
    ]
    board = given(b.BOARD, *b.SITTING, asked("health"), asked("justice"))
    for command in granted:
        board = given(b.BOARD, *board.events, *board.when(command).decided())
    assert board.state is not None
    vote = CallVote(b.CHAIRMAN, ballot_id(board.state), b.REVIEW, b.CHOICES, b.KEY, b.IDS, True, b.STANDING)

    board.when(vote).refused(QuorumMissing(3, 4, "decision", "", ""))


def test_case_13_collective_and_individual_together() -> None:
    """One matter, two reviews: of the department as a collective and of its clerk.

    The collective's ends at its meeting with criticism, and no board or form is open to it; the clerk's goes on to a
    warning. Neither waits for the other.
    """
    collective = c.met(s.COLLECTIVE, criticism=2)

    collective.when(c.REFER).refused(procedure.CollectiveEndsAtMeeting())
    ended = c.happens(collective, EndAtMeeting(c.AUTHORITY, MeetingOutcome.CRITICISM, s.document("reasons")))
    assert status(ended) == ReviewStatus.ENDED
    assert status(c.served()) == ReviewStatus.SERVED


def test_case_14_an_individual_is_reminded_and_that_is_all() -> None:
    """Two of two at the meeting of 22 July are for a reminder; the authority follows them. No board, no form."""
    ended = c.happens(c.met(reminder=2), EndAtMeeting(c.AUTHORITY, MeetingOutcome.REMINDER, s.document("reasons")))

    assert status(ended) == ReviewStatus.ENDED
    ended.when(c.decide()).refused(ReviewNotOpen(Coded("review-status", "ended")))


def test_case_15_the_vote_is_tied_and_held_again() -> None:
    """Two for a warning, two for a reprimand, one blank: no recommendation. Voted again, four want a reprimand."""
    heard = c.happens(c.before_board(), c.summon(), c.receive(), c.hear())
    tied = replace(c.ballot({"warning": 2, "reprimand": 2}), ballot_id=s.named("tied"))

    heard.when(RecordRecommendation(c.SECRETARY, c.board(), tied, ())).refused(procedure.VotesTied(2))
    again = RecordRecommendation(c.SECRETARY, c.board(), c.ballot({"reprimand": 4, "warning": 1}), (tied,))
    recommended = c.happens(heard, again)
    decided = c.happens(recommended, replace(c.decide("reprimand"), conclusions=(c.conclude("reprimand"),)))

    assert (last(decided).form, last(decided).deviates) == ("reprimand", False)


def test_case_16_out_of_time_extended_and_then_decided() -> None:
    """Detected 4 July 2025: 90 days end on 2 October. On 6 October a decision is refused with both dates.

    The authority extends by the row to 150 days, which end on 1 December; decided on 7 October.
    """
    extend = ExtendProcessing(c.AUTHORITY, c.setting(s.moment("2025-10-06")), s.document("two experts"))

    c.recommended().when(c.decide(at=s.moment("2025-10-06"))).refused(
        decision.ProcessingPassed("decree-172-2025-processing", date(2025, 7, 4), date(2025, 10, 2))
    )
    made = last(c.happens(c.recommended(), extend, c.decide(at=s.moment("2025-10-07"))))

    assert made.processing is not None
    assert made.processing.ends_at == s.moment("2025-12-01", "17:00")


def two_findings() -> Given[State]:
    """The second finding of the same matter joins after the recommendation, and is heard before the decision."""
    joins, again = c.propose(SECOND_FINDING, at=s.moment("2025-08-11")), s.moment("2025-08-18")
    summoned = (c.summon(again, s.moment("2025-08-11")), c.receive(again))
    return c.happens(c.recommended(), joins, *summoned, c.hear(again), c.recommendation())


def test_case_17_one_of_two_findings_is_dismissed_before_the_decision() -> None:
    """Nothing is decided until the authority answers; it goes on with what remains, and concludes on that alone."""
    lost = c.happens(two_findings(), LoseBasis(s.FINDING, (s.FINDING,), None, s.moment("2025-08-18"), s.CALENDAR))

    lost.when(c.decide()).refused(BasisToBeAnswered(date(2025, 9, 1)))
    rebased = c.happens(lost, RebaseReview(c.AUTHORITY, c.setting(s.moment("2025-08-19"))))
    made = last(c.happens(rebased, replace(c.decide(), conclusions=(c.conclude(finding="second"),))))

    assert [conclusion.finding_id for conclusion in made.conclusions] == [s.named("second")]


def test_case_18_the_only_finding_is_dismissed_before_the_decision() -> None:
    """There is nothing to go on with: the authority can only end it."""
    lost = c.happens(c.recommended(), LoseBasis(s.FINDING, (s.FINDING,), None, s.moment("2025-08-18"), s.CALENDAR))

    assert status(c.happens(lost, TerminateReview(c.AUTHORITY, s.document("nothing left")))) == ReviewStatus.TERMINATED


def test_case_19_the_only_finding_is_dismissed_after_the_decision() -> None:
    """The warning was served on 22 August; the finding falls on the 25th. Revoked; who relied on it is told."""
    lost = c.happens(c.served(), LoseBasis(s.FINDING, (s.FINDING,), None, s.moment("2025-08-25"), s.CALENDAR))

    taken_back = c.happens(
        lost,
        RevokeDecision(
            c.AUTHORITY,
            c.ABOVE,
            c.setting(s.moment("2025-08-26")),
            RevocationGround.BASIS_LOST,
            False,
            s.document("revocation"),
        ),
    )

    assert status(taken_back) == ReviewStatus.REVOKED
    assert (revoked(taken_back).form, revoked(taken_back).in_force_from) == ("warning", date(2025, 8, 22))


def test_case_20_revoked_on_complaint_and_decided_anew_in_the_last_days() -> None:
    """Served 22 August, complained 1 September, revoked 15 September because no witness was heard; to be decided anew.

    The 90 days from 4 July end on 2 October and the complaint's 15 days do not count, by the row: Friday, 17 October.
    On 16 October the reprimand is in time; on the 20th it is refused with the same dates.
    """
    rows = with_rows(row_of("decree-112-2020-time-not-counted").model_copy(update={"effective_to": None}))
    anew = c.happens(c.served(), c.complain(), AcceptComplaint(c.JUDGE), c.answer(ComplaintOutcome.REVOKED, fresh=True))

    def reprimand(day: str) -> object:
        return replace(
            c.decide("reprimand"), conclusions=(c.conclude("reprimand"),), setting=c.setting(s.moment(day), rows)
        )

    assert revoked(anew).ground is RevocationGround.COMPLAINT
    anew.when(reprimand("2025-10-20")).refused(
        decision.ProcessingPassed("decree-172-2025-processing", date(2025, 7, 4), date(2025, 10, 17))
    )
    made = last(c.happens(anew, reprimand("2025-10-16")))
    assert made.form == "reprimand"
    assert made.processing is not None
    assert [suspension.days for suspension in made.processing.suspensions] == [15]


def test_case_21_a_termination_goes_to_the_second_instance_and_to_court() -> None:
    """Forced termination, upheld by who decided. By the row, once somebody activated it, that form may go to court.

    The court revokes it.
    """
    by_row = c.setting(s.moment("2025-09-20"), activated("complaint-court"))
    sued = c.happens(
        c.answered_first("forced-termination"),
        replace(c.complain(Instance.COURT), setting=by_row),
        AcceptComplaint(c.JUDGE),
        c.answer(ComplaintOutcome.REVOKED, at=s.moment("2025-12-01")),
    )

    assert (revoked(sued).ground, status(sued)) == (RevocationGround.COURT, ReviewStatus.REVOKED)


def test_case_22_a_weak_official_is_moved_and_his_case_goes_on() -> None:
    """Not before the meeting of 22 July has heard him; then moved to a vacant post at the transport department.

    That is no form of discipline and stands for none: the board still recommends, the warning is still decided.
    """
    move = ReassignSubject(
        c.AUTHORITY,
        Measure.MOVED,
        "construction-clerk",
        c.SUBJECT.person_id,
        "transport-clerk",
        True,
        s.document("move"),
    )

    c.notified().when(move).refused(procedure.StepNotNow(procedure.stands("open"), procedure.stands("meeting_held")))
    c.met().when(replace(move, to_post_free=False)).refused(decision.PostTaken("transport-clerk"))
    moved = c.happens(c.met(), move)
    assert status(moved) == ReviewStatus.MEETING_HELD
    through = (c.REFER, c.summon(), c.receive(), c.hear(), c.recommendation(), c.decide())
    assert last(c.happens(moved, *through)).form == "warning"


def test_case_23_the_party_decides_and_later_changes_its_form() -> None:
    """The Party decides on 4 August 2025: by the row, once activated with thirty days, its term ends on 3 September.

    The reference holds what it says; the warning is decided within the term. In October the Party changes its form: by
    the row the review is open for another decision, and the old one no longer stands in the way.
    """
    rows = activated("decree-172-2025-days-party-form", value=30, day_kind=DayKind.CALENDAR, rolls=True)
    party = ReferToPartyDiscipline(
        c.AUTHORITY, c.setting(s.moment("2025-08-06"), rows), date(2025, 8, 4), False, s.document("reference")
    )
    changed = replace(party, setting=c.setting(s.moment("2025-10-01")), changed=True)

    referred = c.happens(c.recommended(), party)
    told = c.happened(referred, PartyDisciplineReferred)
    assert isinstance(told, PartyDisciplineReferred)
    assert told.term is not None
    assert last_day(told.term.ends_at) == date(2025, 9, 3)
    reopened = c.happens(referred, c.decide(), c.serve(), changed)
    assert status(reopened) == ReviewStatus.RECOMMENDED
    again = replace(c.decide("reprimand", s.moment("2025-10-02")), conclusions=(c.conclude("reprimand"),))
    assert last(c.happens(reopened, again)).form == "reprimand"


def test_case_24_revoked_on_complaint_with_a_fresh_decision_near_the_limitation() -> None:
    """Fact 10 September 2020; a reprimand of 20 August 2025, revoked on complaint on 15 September to be decided anew.

    Five years end on 10 September 2025, and by the row of the day of the fact the complaint's 15 days do not count: the
    25th. On that day the reprimand is in time, on the 26th it is refused with both dates; a warning has ten years.
    """
    fact = date(2020, 9, 10)
    opinion = RecordOpinion(c.AUTHORITY, c.setting(), c.CLERK_RANK, RegimeSide.STEP, s.document("opinion"))
    through = (*c.to_recommendation(), opinion)

    def decided(form: str, day: str) -> object:
        return replace(c.decide(form, s.moment(day)), conclusions=(c.conclude(form),))

    served = c.happens(c.opened(fact=fact), *through, decided("reprimand", "2025-08-20"), c.serve())
    anew = c.happens(served, c.complain(), AcceptComplaint(c.JUDGE), c.answer(ComplaintOutcome.REVOKED, fresh=True))

    anew.when(decided("reprimand", "2025-09-26")).refused(
        decision.LimitationPassed(named("reprimand"), "decree-112-2020-limitation-reprimand", fact, date(2025, 9, 25))
    )
    assert last(c.happens(anew, decided("reprimand", "2025-09-25"))).form == "reprimand"
    assert last(c.happens(anew, decided("warning", "2025-09-26"))).form == "warning"
