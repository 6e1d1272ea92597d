"""Complaints: by the subject, in time, before somebody who has not decided it already."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from discipline.days import last_day
from discipline.law.refusals import FormNotInRow, named
from discipline.reviews.complaints import refusals as r
from discipline.reviews.complaints.commands import AcceptComplaint, AnswerComplaint, RejectComplaint
from discipline.reviews.decision.aftermath import ALWAYS_LEFT_OUT
from discipline.reviews.decision.commands import PublishDecision, RecordExpiry, RevokeDecision
from discipline.reviews.decision.refusals import EffectSuspended, LimitationPassed, NotExpiredYet, NothingDecided
from discipline.reviews.decision.repeating import running
from discipline.reviews.incidents.commands import ExtendProcessing, RecordOpinion, ReferToPartyDiscipline
from discipline.reviews.incidents.refusals import NoRowForThis
from discipline.reviews.owed import Debtor, Owed, OwedStep, owed
from discipline.reviews.procedure.refusals import NotTheSubject, ReceivedBeforehand, stands
from discipline.reviews.reckoning import established
from discipline.reviews.refusals import NotTheCompetentAuthority, OwnMatter
from discipline.reviews.state import ReviewStatus, State
from discipline.reviews.view import row
from discipline.standing import Person
from schemas.discipline.law import RegimeSide
from schemas.discipline.review_complaints import (
    ComplaintAccepted,
    ComplaintAnswered,
    ComplaintAnswerServed,
    ComplaintFiled,
    ComplaintOutcome,
    ComplaintRejected,
    Instance,
)
from schemas.discipline.review_decision import DecisionRevoked, ReviewDecided, RevocationGround
from schemas.refusal import Coded, Refusal
from tests.discipline import review_cases as c
from tests.discipline import samples as s
from tests.discipline.law_rows import activated, row_of, with_rows
from tests.specification import Given

REASONS = s.document("reasons")
ACCEPT = AcceptComplaint(c.JUDGE)
LAST_MOMENT = s.moment("2025-09-08", "17:00")


def instance(which: Instance) -> Coded:
    return Coded("complaint-instance", which)


def filed() -> Given[State]:
    return c.happens(c.served(), c.complain())


def accepted() -> Given[State]:
    return c.happens(filed(), ACCEPT)


# -- in time, by the subject ----------------------------------------------------------------------------------------


def test_he_complains_within_the_window_of_the_row() -> None:
    event = c.served().when(c.complain()).decided()[0]

    assert isinstance(event, ComplaintFiled)
    assert event.window is not None
    assert (event.window.rule_id, event.window.ends_at) == ("complaints-law-first", LAST_MOMENT)
    assert (event.answer, event.suspends) == (None, None)


def test_the_last_moment_is_in_time_and_the_next_is_not() -> None:
    assert c.served().when(c.complain(at=LAST_MOMENT)).decided()
    c.served().when(c.complain(at=LAST_MOMENT + timedelta(seconds=1))).refused(
        r.ComplaintTooLate("complaints-law-first", date(2025, 8, 22), date(2025, 9, 8))
    )


def test_nobody_complains_for_him() -> None:
    c.served().when(replace(c.complain(), by=c.HEAD)).refused(NotTheSubject())


def test_there_is_nothing_to_complain_against_before_it_was_received() -> None:
    """Nor is he told by it that a decision was taken."""
    c.decided().when(c.complain()).refused(NothingDecided(stands("recommended")))


def test_one_complaint_at_a_time_and_the_first_before_the_second() -> None:
    filed().when(c.complain()).refused(r.ComplaintPending(instance(Instance.FIRST)))
    c.served().when(c.complain(Instance.SECOND)).refused(r.InstanceNotNow(instance(Instance.SECOND)))


def test_where_a_row_says_so_the_decision_has_no_effect_meanwhile() -> None:
    row = row_of("complaint-effect").model_copy(update={"active": True, "value": "suspends"})
    command = replace(c.complain(), setting=c.setting(c.COMPLAINED_AT, with_rows(row)))

    event = c.served().when(command).decided()[0]

    assert isinstance(event, ComplaintFiled)
    assert event.suspends is not None
    assert event.suspends.rule_id == "complaint-effect"


SUSPENDING = with_rows(row_of("complaint-effect").model_copy(update={"active": True, "value": "suspends"}))
SUSPENDED = c.happens(c.served(), replace(c.complain(), setting=c.setting(c.COMPLAINED_AT, SUSPENDING)))
PUBLISH = PublishDecision(c.AUTHORITY, c.setting(c.COMPLAINED_AT), "Cảnh cáo.", s.document("text"), ALWAYS_LEFT_OUT)


def test_what_has_no_effect_meanwhile_is_not_published_before_the_answer() -> None:
    SUSPENDED.when(PUBLISH).refused(EffectSuspended("complaint-effect"))

    assert c.happens(SUSPENDED, ACCEPT, c.answer()).when(PUBLISH).decided()
    assert filed().when(PUBLISH).decided()


def test_what_has_no_effect_meanwhile_counts_nowhere_else() -> None:
    suspended, answered = SUSPENDED.state, c.happens(SUSPENDED, ACCEPT, c.answer()).state
    assert suspended is not None
    assert answered is not None

    later = date(2025, 9, 20)
    assert (established(suspended, later), established(answered, later)) == ((), (date(2025, 7, 2),))


# -- the first: who decided -----------------------------------------------------------------------------------------


def test_whoever_decided_takes_the_first_up() -> None:
    filed().when(ACCEPT).then(
        ComplaintAccepted(review_id=c.REVIEW_ID, instance=Instance.FIRST, accepted_by=c.AUTHORITY.person_id)
    )


@pytest.mark.parametrize(
    ("by", "refusal"),
    [
        (c.SUPERIOR, NotTheCompetentAuthority("chair")),
        (s.person(s.CHAIR, s.CLERK, name="official"), OwnMatter()),
    ],
)
def test_nobody_else_does_and_the_complainant_never(by: Person, refusal: Refusal) -> None:
    filed().when(AcceptComplaint(replace(c.JUDGE, by=by))).refused(refusal)


def test_it_is_answered_once_it_was_accepted_and_accepted_once() -> None:
    filed().when(c.answer()).refused(r.ComplaintNotAccepted())
    accepted().when(ACCEPT).refused(r.ComplaintAlreadyAccepted())
    c.served().when(ACCEPT).refused(r.NoComplaintPending())


def test_one_that_is_not_accepted_may_be_filed_again_in_time() -> None:
    rejected = c.happens(filed(), RejectComplaint(c.JUDGE, c.setting(s.moment("2025-09-02")), REASONS))

    assert rejected.when(c.complain(at=s.moment("2025-09-05"))).decided()
    rejected.when(c.answer()).refused(r.NoComplaintPending())


def test_a_second_one_that_is_not_accepted_may_be_filed_again_in_its_own_window() -> None:
    """The answer to the first came on 15 September 2025: ten days end on the 25th, refused for its form or not."""
    again, late = s.moment("2025-09-25"), s.moment("2025-09-26")
    refuse = RejectComplaint(c.JUDGE_ABOVE, c.setting(s.moment("2025-09-19")), REASONS)
    rejected = c.happens(c.answered_first(), c.complain(Instance.SECOND, s.moment("2025-09-18")), refuse)

    rejected.when(c.complain(Instance.SECOND, late)).refused(
        r.ComplaintTooLate("complaints-law-second", date(2025, 9, 15), date(2025, 9, 25))
    )
    rejected.when(c.complain(Instance.FIRST, again)).refused(r.InstanceNotNow(instance(Instance.FIRST)))
    filed_again = c.happens(rejected, c.complain(Instance.SECOND, again))
    twice = c.happens(filed_again, replace(refuse, setting=c.setting(again)))
    assert twice.when(c.complain(Instance.SECOND, again)).decided()


def test_the_court_that_did_not_take_it_up_can_be_gone_to_again() -> None:
    court = activated("complaint-court", value=("warning",))
    sue = replace(c.complain(Instance.COURT), setting=c.setting(s.moment("2025-09-18"), court))
    rejected = c.happens(c.answered_first(), sue, RejectComplaint(c.JUDGE, c.setting(s.moment("2025-09-19")), REASONS))

    assert rejected.when(sue).decided()
    assert rejected.when(c.complain(Instance.SECOND, s.moment("2025-09-22"))).decided()


def test_nobody_has_received_an_answer_before_it_was_given() -> None:
    """Answered on 15 September 2025: the window of the second never runs from an earlier day."""
    answered = c.happens(accepted(), c.answer())

    answered.when(replace(c.serve_answer(), received_at=s.moment("2025-09-14"))).refused(
        ReceivedBeforehand(date(2025, 9, 14), date(2025, 9, 15))
    )


def test_a_form_whose_limitation_was_over_takes_the_place_of_none() -> None:
    """Fact 3 June 2019, a warning of 20 August 2025: five years for a reprimand were over on 3 June 2024."""
    opinion = RecordOpinion(c.AUTHORITY, c.setting(), c.CLERK_RANK, RegimeSide.STEP, REASONS)
    before = c.happens(c.opened(fact=date(2019, 6, 3)), c.notify(), c.convene(), c.meet(), c.REFER, c.summon())
    warned = c.happens(before, c.receive(), c.hear(), c.recommendation(), opinion, c.decide(), c.serve())
    complained = c.happens(warned, c.complain(), ACCEPT)

    complained.when(c.answer(ComplaintOutcome.CHANGED, form="reprimand")).refused(
        LimitationPassed(named("reprimand"), "decree-112-2020-limitation-reprimand", date(2019, 6, 3), date(2024, 6, 3))
    )
    assert complained.when(c.answer(ComplaintOutcome.REVOKED)).decided()


def test_upheld_it_stands_and_the_next_window_runs_from_the_receipt_of_the_answer() -> None:
    event = c.happens(accepted(), c.answer()).when(c.serve_answer()).decided()[0]

    assert isinstance(event, ComplaintAnswerServed)
    assert event.next is not None
    assert (event.next.rule_id, event.next.ends_at) == ("complaints-law-second", s.moment("2025-09-25", "17:00"))


def test_against_a_termination_the_second_window_is_the_rows_longer_one() -> None:
    event = c.answered_first("forced-termination").events[-1]

    assert isinstance(event, ComplaintAnswerServed)
    assert event.next is not None
    assert event.next.rule_id == "complaints-law-second-termination"


def test_changed_another_form_holds_that_the_rows_allow() -> None:
    changed = c.happens(accepted(), c.answer(ComplaintOutcome.CHANGED, form="reprimand"))

    assert changed.state is not None
    assert changed.state.decision is not None
    assert changed.state.decision.form == "reprimand"
    accepted().when(c.answer(ComplaintOutcome.CHANGED, form="removal")).refused(FormNotInRow)


NO_HEAVIER = activated("complaint-answer")


def changed_to(form: str, at: datetime = c.ANSWERED_AT) -> AnswerComplaint:
    """An answer that changes the form, after an administrator has activated the row."""
    return replace(c.answer(ComplaintOutcome.CHANGED, form=form), setting=c.setting(at, NO_HEAVIER))


def test_where_a_row_forbids_it_no_answer_imposes_a_heavier_form() -> None:
    """Decided: a warning."""
    heavier = changed_to("forced-termination")

    accepted().when(heavier).refused(r.AnswerHeavier(named("forced-termination"), "complaint-answer"))
    assert accepted().when(changed_to("reprimand")).decided()
    assert accepted().when(replace(heavier, setting=c.setting(c.ANSWERED_AT))).decided()


def test_where_nothing_was_imposed_every_form_is_heavier() -> None:
    complained = c.happens(c.served(None), c.complain(), ACCEPT)

    complained.when(changed_to("reprimand")).refused(r.AnswerHeavier(named("reprimand"), "complaint-answer"))


def test_what_an_authority_outside_the_tree_answered_is_recorded_as_it_did() -> None:
    nobody_above = replace(c.JUDGE, above=())
    complained = c.complain(Instance.SECOND, s.moment("2025-09-20"))
    second = c.happens(c.answered_first(), complained, AcceptComplaint(nobody_above))
    heavier = replace(changed_to("forced-termination", s.moment("2025-09-25")), judge=nobody_above)

    assert second.when(heavier).decided()


VALID = with_rows(
    row_of("decree-172-2025-decision-validity").model_copy(
        update={"active": True, "value": 12, "starts_on": row_of("complaints-law-first").starts_on, "rolls": False}
    )
)
CHANGES = replace(c.answer(ComplaintOutcome.CHANGED, form="reprimand"), setting=c.setting(c.ANSWERED_AT, VALID))


@pytest.mark.parametrize("form", ["warning", None])
def test_a_changed_sanction_ends_by_the_rows_from_the_day_from_which_it_had_effect(form: str | None) -> None:
    """Served on 22 August 2025 without a sanction, or while no row said how long it runs."""
    changed = c.happens(c.served(form), c.complain(), ACCEPT, CHANGES).state

    assert changed is not None
    assert changed.decision is not None
    assert changed.decision.expiry is not None
    assert last_day(changed.decision.expiry.ends_at) == date(2026, 8, 22)
    assert Owed(OwedStep.EXPIRY, Debtor.SECRETARY, changed.decision.expiry.ends_at) in owed(changed)


SERVE_VALID = replace(c.serve(), setting=c.setting(c.serve().setting.at, VALID))
FILE_SUSPENDING = replace(c.complain(), setting=c.setting(c.COMPLAINED_AT, SUSPENDING))
HELD_UP = c.happens(c.decided(), SERVE_VALID, FILE_SUSPENDING)
"""A sanction of 12 months from 22 August 2025 that a complaint of 1 September suspends."""
UPHELD = replace(c.answer(), setting=c.setting(c.ANSWERED_AT, VALID))
REJECTED = RejectComplaint(c.JUDGE, c.setting(c.ANSWERED_AT, VALID), REASONS)


def test_a_sanction_that_a_complaint_suspends_neither_runs_nor_ends_meanwhile() -> None:
    expire = RecordExpiry(c.AUTHORITY, c.setting(s.moment("2026-08-23"), VALID))

    held = HELD_UP.state

    assert held is not None
    assert running(held, date(2025, 9, 10)) is None
    assert row(held)["sanction_until"] is None
    assert OwedStep.EXPIRY not in {one.step for one in owed(held)}
    HELD_UP.when(expire).refused(EffectSuspended("complaint-effect"))


@pytest.mark.parametrize("answered", [(ACCEPT, UPHELD), (ACCEPT, CHANGES), (REJECTED,)])
def test_after_the_answer_it_runs_the_rest_of_its_term(answered: tuple[object, ...]) -> None:
    """The 15 days from 1 to 15 September do not count: it ends on 6 September 2026 instead of 22 August."""
    over = c.happens(HELD_UP, *answered)
    state = over.state
    assert state is not None
    assert state.decision is not None

    expiry, sanction = state.decision.expiry, running(state, date(2025, 10, 1))

    assert expiry is not None
    assert last_day(expiry.ends_at) == date(2026, 9, 6)
    assert [(one.reason, one.days, one.row and one.row.rule_id) for one in expiry.suspensions] == [
        ("complaint", 15, "complaint-effect")
    ]
    assert sanction is not None
    ran = [sanction.runs(day) for day in (date(2025, 8, 31), date(2025, 9, 1), date(2025, 9, 15), date(2025, 9, 16))]
    assert ran == [True, False, False, True]
    expire = RecordExpiry(c.AUTHORITY, c.setting(s.moment("2026-09-06"), VALID))
    over.when(expire).refused(NotExpiredYet("decree-172-2025-decision-validity", date(2026, 9, 6)))
    assert over.when(replace(expire, setting=c.setting(s.moment("2026-09-07"), VALID))).decided()


def test_what_a_second_complaint_suspends_does_not_count_either() -> None:
    """15 days in September, and five from 22 to 26 September."""
    second = replace(FILE_SUSPENDING, instance=Instance.SECOND, setting=c.setting(s.moment("2025-09-22"), SUSPENDING))
    above = replace(UPHELD, judge=c.JUDGE_ABOVE, setting=c.setting(s.moment("2025-09-26"), VALID))

    state = c.happens(HELD_UP, ACCEPT, UPHELD, c.serve_answer(), second, AcceptComplaint(c.JUDGE_ABOVE), above).state

    assert state is not None
    assert state.decision is not None
    assert state.decision.expiry is not None
    assert last_day(state.decision.expiry.ends_at) == date(2026, 9, 11)


def test_what_was_over_before_the_complaint_is_not_revived_by_it() -> None:
    """Nobody recorded yet that it ended on 22 August 2026, when the answer of long ago is complained of."""
    upheld = (c.complain(), ACCEPT, c.answer(at=s.moment("2026-08-18")), c.serve_answer(s.moment("2026-08-20")))
    late = replace(FILE_SUSPENDING, instance=Instance.SECOND, setting=c.setting(s.moment("2026-08-25"), SUSPENDING))

    expire = RecordExpiry(c.AUTHORITY, c.setting(s.moment("2026-08-26"), VALID))

    assert c.happens(c.decided(), SERVE_VALID, *upheld, late).when(expire).decided()


def test_nor_does_what_follows_from_it_run_meanwhile() -> None:
    """Barred from promotion for 12 months from 22 August 2025, and 15 days more, however the complaint was answered."""
    barring = c.setting(c.ANSWERED_AT, activated("law-80-2025-promotion-bar-warning", value=12, rolls=False))
    upheld = c.happens(HELD_UP, ACCEPT, c.answer(), replace(c.serve_answer(), setting=barring))
    rejected = c.happens(HELD_UP, replace(REJECTED, setting=barring))

    for told in (c.happened(upheld, ComplaintAnswerServed), c.happened(rejected, ComplaintRejected)):
        assert isinstance(told, (ComplaintAnswerServed, ComplaintRejected))
        (bar,) = told.effects
        assert bar.term is not None
        assert last_day(bar.term.ends_at) == date(2026, 9, 6)


def test_one_that_has_ended_stays_as_it_ended() -> None:
    serve = replace(c.serve(), setting=c.setting(c.serve().setting.at, VALID))
    expire = RecordExpiry(c.AUTHORITY, c.setting(s.moment("2026-08-23")))
    later = replace(CHANGES, setting=c.setting(s.moment("2026-08-24"), VALID))

    event = c.happens(c.decided(), serve, c.complain(), ACCEPT, expire).when(later).decided()[0]

    assert isinstance(event, ComplaintAnswered)
    assert event.expiry is None


@pytest.mark.parametrize(
    ("outcome", "form"),
    [
        (ComplaintOutcome.CHANGED, None),
        (ComplaintOutcome.CHANGED, "warning"),
        (ComplaintOutcome.UPHELD, "reprimand"),
    ],
)
def test_a_changed_decision_names_another_form_and_nothing_else_does(
    outcome: ComplaintOutcome, form: str | None
) -> None:
    accepted().when(c.answer(outcome, form=form)).refused(r.ChangedFormMissing())


def test_revoked_it_is_gone_and_everybody_who_relied_on_it_is_told() -> None:
    events = accepted().when(c.answer(ComplaintOutcome.REVOKED)).decided()

    assert isinstance(events[0], ComplaintAnswered)
    assert events[1] == DecisionRevoked(
        review_id=c.REVIEW_ID,
        ground=RevocationGround.COMPLAINT,
        form="warning",
        in_force_from=date(2025, 8, 22),
        fresh=False,
        document=s.document("answer"),
        revoked_on=date(2025, 9, 15),
        revoked_by=c.AUTHORITY.person_id,
    )


def test_after_a_revocation_it_is_decided_anew_over_the_time_that_did_not_count() -> None:
    """From 4 July, 90 days end on 2 October; the 15 days of the complaint (1 to 15 September) do not count."""
    rows = with_rows(row_of("decree-112-2020-time-not-counted").model_copy(update={"effective_to": None}))
    revoked = c.happens(accepted(), c.answer(ComplaintOutcome.REVOKED, fresh=True))
    assert revoked.state is not None
    assert revoked.state.status == ReviewStatus.RECOMMENDED

    anew = replace(c.decide("reprimand"), setting=c.setting(s.moment("2025-10-16"), rows))
    event = revoked.when(anew).decided()[0]

    assert isinstance(event, ReviewDecided)
    assert event.processing is not None
    assert event.processing.ends_at == s.moment("2025-10-17", "17:00")
    assert c.happens(revoked, anew).state is not None


# -- without an object: the decision ceased to stand before anybody answered -----------------------------------------

UNCOUNTED = with_rows(row_of("decree-112-2020-time-not-counted").model_copy(update={"effective_to": None}))
CEASED = c.setting(s.moment("2025-09-15"))
PARTY_FORM_CHANGED = ReferToPartyDiscipline(c.AUTHORITY, CEASED, date(2025, 9, 12), True, s.document("reference"))
TAKEN_BACK = RevokeDecision(
    c.SUPERIOR, c.ABOVE, CEASED, RevocationGround.HIGHER_AUTHORITY, True, s.document("revocation")
)
Ceases = ReferToPartyDiscipline | RevokeDecision
CEASES = pytest.mark.parametrize("ceases", [PARTY_FORM_CHANGED, TAKEN_BACK], ids=["party-form-changed", "revoked"])


@CEASES
def test_nobody_takes_up_or_answers_a_complaint_against_what_no_longer_stands(ceases: Ceases) -> None:
    ceased = c.happens(accepted(), ceases)

    assert ceased.state is not None
    assert (ceased.state.status, ceased.state.complaint) == (ReviewStatus.RECOMMENDED, None)
    ceased.when(ACCEPT).refused(r.NoComplaintPending())
    ceased.when(RejectComplaint(c.JUDGE, c.setting(s.moment("2025-09-16")), REASONS)).refused(r.NoComplaintPending())
    ceased.when(c.answer(at=s.moment("2025-09-16"))).refused(r.NoComplaintPending())


def test_nor_where_the_review_is_over_with_it() -> None:
    over = c.happens(filed(), replace(TAKEN_BACK, fresh=False))

    assert over.state is not None
    assert over.state.status == ReviewStatus.REVOKED
    over.when(ACCEPT).refused(r.NoComplaintPending())


@CEASES
def test_its_time_ends_on_the_day_the_decision_ceased_to_stand(ceases: Ceases) -> None:
    """From 4 July, 90 days end on 2 October; the 15 days from 1 to 15 September do not count, and none after."""
    anew = replace(c.decide("reprimand"), setting=c.setting(s.moment("2025-10-16"), UNCOUNTED))

    event = c.happens(accepted(), ceases).when(anew).decided()[0]

    assert isinstance(event, ReviewDecided)
    assert event.processing is not None
    assert event.processing.suspended_since is None
    assert event.processing.ends_at == s.moment("2025-10-17", "17:00")


@CEASES
def test_both_clocks_of_what_is_decided_anew_are_shown_and_owed_by_at_once(ceases: Ceases) -> None:
    """The fifteen days of the complaint do not count in either: 2 October becomes the 17th, a Friday."""
    setting = c.setting(CEASED.at, UNCOUNTED)

    ceased = c.happens(accepted(), replace(ceases, setting=setting)).state

    assert ceased is not None
    assert ceased.processing is not None
    assert ceased.processing.ends_at == s.moment("2025-10-17", "17:00")
    assert [len(clock.suspensions) for clock in ceased.limitation] == [1] * len(ceased.limitation)
    assert owed(ceased) == (Owed(OwedStep.DECISION, Debtor.AUTHORITY, ceased.processing.ends_at),)


def test_so_are_those_of_what_a_complaint_revoked() -> None:
    revoking = replace(c.answer(ComplaintOutcome.REVOKED, fresh=True), setting=c.setting(CEASED.at, UNCOUNTED))

    anew = c.happens(accepted(), revoking).state

    assert anew is not None
    assert anew.processing is not None
    assert anew.processing.ends_at == s.moment("2025-10-17", "17:00")


def test_what_is_over_has_no_clock_to_compute() -> None:
    event = accepted().when(replace(TAKEN_BACK, fresh=False)).decided()[0]

    assert isinstance(event, DecisionRevoked)
    assert event.clocks is None


@CEASES
def test_an_extension_whose_row_has_ended_keeps_nobody_from_taking_a_decision_back(ceases: Ceases) -> None:
    extended = ExtendProcessing(c.AUTHORITY, c.setting(c.DECIDED_AT), s.document("reasons"))
    decided = c.happens(c.recommended(), extended, c.decide(), c.serve(), c.complain())
    ended = with_rows(row_of("decree-172-2025-processing-extended").model_copy(update={"active": False}))

    ceased = c.happens(decided, replace(ceases, setting=c.setting(CEASED.at, ended))).state

    assert ceased is not None
    assert ceased.processing is not None
    assert ceased.processing.extension is None


@CEASES
def test_where_an_old_event_names_no_day_only_the_day_of_filing_does_not_count(ceases: Ceases) -> None:
    ceased = c.happens(accepted(), ceases)
    old = ceased.events[-1].model_copy(update={"recorded_on": None, "revoked_on": None})
    anew = replace(c.decide("reprimand"), setting=c.setting(s.moment("2025-10-03"), UNCOUNTED))

    event = replace(ceased, events=(*ceased.events[:-1], old)).when(anew).decided()[0]

    assert isinstance(event, ReviewDecided)
    assert event.processing is not None
    assert event.processing.ends_at == s.moment("2025-10-03", "17:00")


@CEASES
def test_one_that_was_rejected_has_had_its_time_already(ceases: Ceases) -> None:
    rejected = c.happens(filed(), RejectComplaint(c.JUDGE, c.setting(s.moment("2025-09-03")), REASONS))
    before = rejected.state
    ceased = c.happens(rejected, ceases).state

    assert before is not None
    assert ceased is not None
    assert ceased.interruptions == before.interruptions


# -- the second: above, and nobody who decided before ---------------------------------------------------------------


def second() -> Given[State]:
    return c.happens(c.answered_first(), c.complain(Instance.SECOND, s.moment("2025-09-20")))


def test_the_second_goes_to_the_head_above() -> None:
    answered = c.happens(
        second(), AcceptComplaint(c.JUDGE_ABOVE), c.answer(judge=c.JUDGE_ABOVE, at=s.moment("2025-10-01"))
    )

    event = answered.events[-1]
    assert isinstance(event, ComplaintAnswered)
    assert (event.instance, event.answered_by) == (Instance.SECOND, c.SUPERIOR.person_id)
    assert c.happens(answered, c.serve_answer(s.moment("2025-10-02"))).events[-1].next is None  # type: ignore[attr-defined]


def test_neither_who_decided_nor_who_answered_the_first_deals_with_the_second() -> None:
    """The chair was promoted meanwhile: he heads the agency above now."""
    promoted = replace(c.AUTHORITY, places=c.SUPERIOR.places)

    second().when(AcceptComplaint(replace(c.JUDGE_ABOVE, by=promoted))).refused(r.DecidedBefore())
    second().when(AcceptComplaint(c.JUDGE)).refused(r.NotTheAuthorityAbove())


def test_the_complainant_who_came_to_head_the_agency_above_decides_nothing() -> None:
    himself = replace(c.SUBJECT, places=c.SUPERIOR.places)

    second().when(AcceptComplaint(replace(c.JUDGE_ABOVE, by=himself))).refused(OwnMatter())


def test_where_nobody_is_above_in_the_tree_the_answer_from_outside_is_recorded() -> None:
    at_the_top = replace(c.JUDGE, above=())
    accepted_second = c.happens(second(), AcceptComplaint(at_the_top))
    answer = c.answer(judge=at_the_top, at=s.moment("2025-10-01"))

    event = accepted_second.when(answer).decided()[0]
    assert isinstance(event, ComplaintAnswered)
    assert event.outside


# -- the court ------------------------------------------------------------------------------------------------------


SUE = replace(c.complain(Instance.COURT), setting=c.setting(s.moment("2025-09-20"), activated("complaint-court")))


def test_without_an_active_row_nothing_goes_to_court_from_here() -> None:
    """The article could not be read: it waits for an administrator who has read it."""
    shipped = c.complain(Instance.COURT, s.moment("2025-09-20"))

    rule, kind = Coded("law-rule", "complaint_court"), Coded("subject-kind", "civil_servant")
    refusal = NoRowForThis(rule, kind, date(2025, 9, 20), 1, "complaint-court")
    c.answered_first("forced-termination").when(shipped).refused(refusal)


def test_only_the_forms_of_the_row_go_to_court() -> None:

    form, allowed = Coded("form", "warning"), Coded("form", "forced-termination")
    c.answered_first().when(SUE).refused(r.FormNotForCourt(form, allowed))
    assert c.answered_first("forced-termination").when(SUE).decided()


def test_the_courts_judgement_is_recorded_and_may_revoke() -> None:
    at = s.moment("2025-12-01")
    sued = c.happens(c.answered_first("forced-termination"), SUE, ACCEPT)

    answer, revoked = sued.when(c.answer(ComplaintOutcome.REVOKED, at=at)).decided()

    assert isinstance(answer, ComplaintAnswered)
    assert answer.outside

    assert isinstance(revoked, DecisionRevoked)
    assert (revoked.ground, revoked.form) == (RevocationGround.COURT, "forced-termination")


def test_with_the_form_what_follows_from_it_changes() -> None:
    """The warning became a reprimand: barred for six months, from the day from which the decision has had effect."""
    bar = row_of("law-80-2025-promotion-bar-reprimand").model_copy(update={"active": True, "value": 6, "rolls": False})
    changed = c.happens(c.served(), c.complain(), ACCEPT, c.answer(ComplaintOutcome.CHANGED, form="reprimand"))
    serve = replace(c.serve_answer(), setting=c.setting(s.moment("2025-09-16"), with_rows(bar)))

    event = changed.when(serve).decided()[0]

    assert isinstance(event, ComplaintAnswerServed)
    [effect] = event.effects
    assert effect.term is not None
    assert (effect.row.rule_id, last_day(effect.term.ends_at)) == (bar.row_id, date(2026, 2, 22))


def test_an_answer_is_served_once() -> None:
    c.answered_first().when(c.serve_answer()).refused(r.AnswerNotToServe())
