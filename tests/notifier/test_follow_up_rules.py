"""What a follow-up waits for after which events, and until when. Day 0 is a Monday; only weekends are off."""

from datetime import datetime

import pytest

from notifier.rules.case import Case, CaseEvent, deadlines
from notifier.rules.follow_up import FollowUpCase
from schemas.notifier.alerts import StallRule as R
from schemas.values import Recipient
from tests.notifier import examples as ex
from tests.notifier.examples import day, due, evening, morning

OPENED = (ex.opened(), day(0))
ASSIGNED = (ex.ASSIGNED, day(1))
ACKNOWLEDGED = (ex.ACKNOWLEDGED, day(2))
PLAN = (ex.PLAN, day(4))
ACCEPTED = (ex.PLAN_ACCEPTED, day(5))
CLAIMED = (ex.CLAIMED, day(10))
UNTIL_DUE = {R.DUE_SOON_FIRST: morning(16), R.DUE_SOON_LAST: morning(20), R.OVERDUE: evening(20)}


def owner_of(case: Case | None, rule: R) -> Recipient:
    return deadlines(case, ex.CALENDAR)[rule].wait.owner


def test_an_opened_one_waits_for_acknowledgement_and_for_its_end() -> None:
    assert due(OPENED) == {R.NOT_ACKNOWLEDGED: evening(2), **UNTIL_DUE}


def test_a_provisional_one_waits_just_as_a_confirmed_one() -> None:
    """Acknowledging admits nothing, so nothing is to be waited for."""
    assert R.NOT_ACKNOWLEDGED in due(OPENED)


def test_the_time_to_acknowledge_begins_anew_with_an_assignment() -> None:
    assert due(OPENED, ASSIGNED)[R.NOT_ACKNOWLEDGED] == evening(3)


def test_an_acknowledgement_begins_the_time_for_a_plan() -> None:
    assert due(OPENED, ASSIGNED, ACKNOWLEDGED) == {R.NO_PLAN: evening(7), **UNTIL_DUE}


def test_a_hand_over_gives_no_more_time_for_a_plan() -> None:
    after = due(OPENED, ASSIGNED, ACKNOWLEDGED, (ex.HANDED_OVER, day(4)))

    assert after == {R.NOT_ACKNOWLEDGED: evening(6), R.NO_PLAN: evening(7), **UNTIL_DUE}


def test_nor_does_the_new_owners_acknowledgement() -> None:
    after = due(OPENED, ASSIGNED, ACKNOWLEDGED, (ex.HANDED_OVER, day(4)), (ex.ACKNOWLEDGED, day(5)))

    assert after[R.NO_PLAN] == evening(7)


def test_a_submitted_plan_waits_for_the_inspectorates_answer() -> None:
    events = (OPENED, ASSIGNED, ACKNOWLEDGED, PLAN)

    assert due(*events) == {R.PLAN_NOT_ANSWERED: evening(7), **UNTIL_DUE}
    assert owner_of(ex.case(*events), R.PLAN_NOT_ANSWERED) is Recipient.INSPECTORATE


def test_a_plan_sent_back_is_waited_for_anew() -> None:
    assert due(OPENED, ACKNOWLEDGED, PLAN, (ex.PLAN_SENT_BACK, day(5)))[R.NO_PLAN] == evening(10)


def test_an_accepted_plan_waits_for_progress() -> None:
    assert due(OPENED, ACKNOWLEDGED, PLAN, ACCEPTED) == {R.NO_PROGRESS: evening(15), **UNTIL_DUE}


def test_each_report_begins_the_time_to_the_next() -> None:
    assert due(OPENED, ACKNOWLEDGED, PLAN, ACCEPTED, (ex.PROGRESS, day(9)))[R.NO_PROGRESS] == evening(19)


def test_an_asked_extension_waits_for_its_answer_and_stops_no_clock() -> None:
    after = due(OPENED, ACKNOWLEDGED, PLAN, ACCEPTED, (ex.ASKED, day(6)))

    assert after == {R.EXTENSION_UNANSWERED: evening(9), R.NO_PROGRESS: evening(15), **UNTIL_DUE}


def test_a_refused_extension_is_no_longer_waited_for() -> None:
    assert R.EXTENSION_UNANSWERED not in due(OPENED, (ex.ASKED, day(6)), (ex.REFUSED, day(7)))


def test_a_granted_extension_moves_the_due_moment_and_its_calls() -> None:
    after = due(OPENED, ACKNOWLEDGED, PLAN, ACCEPTED, (ex.ASKED, day(6)), (ex.granted(evening(30)), day(7)))

    assert (after[R.DUE_SOON_FIRST], after[R.DUE_SOON_LAST], after[R.OVERDUE]) == (
        morning(26),
        morning(30),
        evening(30),
    )


def test_a_claimed_completion_waits_for_verification_and_for_nothing_of_the_owner() -> None:
    events = (OPENED, ACKNOWLEDGED, PLAN, ACCEPTED, CLAIMED)

    assert due(*events) == {R.VERIFICATION_PENDING: evening(14)}
    assert owner_of(ex.case(*events), R.VERIFICATION_PENDING) is Recipient.INSPECTORATE


def test_of_an_internal_check_the_superior_is_waited_for() -> None:
    events = ((ex.opened(internal_check=True), day(0)), ACKNOWLEDGED, PLAN, ACCEPTED, CLAIMED)

    assert owner_of(ex.case(*events), R.VERIFICATION_PENDING) is Recipient.SUPERIOR


def test_a_rejected_completion_is_the_owners_again_until_the_same_due_moment() -> None:
    after = due(OPENED, ACKNOWLEDGED, PLAN, ACCEPTED, CLAIMED, (ex.REJECTED, day(12)))

    assert after == {R.NO_PROGRESS: evening(22), **UNTIL_DUE}


def test_rejected_after_the_due_moment_it_is_overdue_from_the_rejection_on_and_no_call_comes() -> None:
    after = due(OPENED, ACKNOWLEDGED, PLAN, ACCEPTED, CLAIMED, (ex.REJECTED, day(24)))

    assert after == {R.NO_PROGRESS: evening(34), R.OVERDUE: day(24)}


def test_an_amended_finding_is_acknowledged_anew_and_keeps_its_calls_where_the_due_moment_stays() -> None:
    before = ex.case(OPENED, ACKNOWLEDGED)
    after = ex.case(OPENED, ACKNOWLEDGED, (ex.amended(ex.DUE), day(3)))

    assert deadlines(after, ex.CALENDAR)[R.NOT_ACKNOWLEDGED].due_at == evening(5)
    assert deadlines(after, ex.CALENDAR)[R.OVERDUE] == deadlines(before, ex.CALENDAR)[R.OVERDUE]


def test_an_amendment_that_moves_the_due_moment_is_a_new_basis() -> None:
    after = ex.case(OPENED, (ex.amended(evening(25)), day(3)))

    assert deadlines(after, ex.CALENDAR)[R.OVERDUE].wait.basis == ex.mark(1, day(3))


def test_amended_while_it_is_verified_the_owner_is_waited_for_until_he_acknowledges() -> None:
    """Nothing can be verified before."""
    events = (OPENED, ACKNOWLEDGED, PLAN, ACCEPTED, CLAIMED, (ex.amended(ex.DUE), day(11)))

    assert due(*events) == {R.NOT_ACKNOWLEDGED: evening(13)}
    assert due(*events, (ex.ACKNOWLEDGED, day(12))) == {R.VERIFICATION_PENDING: evening(16)}


def test_what_was_verified_and_amended_is_verified_anew() -> None:
    events = (OPENED, ACKNOWLEDGED, PLAN, ACCEPTED, CLAIMED, (ex.VERIFIED, day(11)))

    assert due(*events) == {}
    assert due(*events, (ex.amended(ex.DUE), day(12))) == {R.NOT_ACKNOWLEDGED: evening(14)}


@pytest.mark.parametrize("end", [ex.CLOSED, ex.CANCELLED])
def test_what_is_over_waits_for_nothing(end: CaseEvent) -> None:
    assert due(OPENED, ASSIGNED, (end, day(3))) == {}


def test_history_waits_for_nothing() -> None:
    assert due((ex.opened(historic=True), day(0)), ASSIGNED, ACKNOWLEDGED) == {}


def test_the_numbers_are_those_of_the_case() -> None:
    terms = ex.TERMS.model_copy(update={"stall": ex.STALL.model_copy(update={"acknowledge": 4})})

    assert due((ex.opened(terms=terms), day(0)))[R.NOT_ACKNOWLEDGED] == evening(4)


def test_a_term_too_short_for_a_call_has_none() -> None:
    after = due((ex.opened(due_at=evening(3)), day(0)))

    assert after == {R.NOT_ACKNOWLEDGED: evening(2), R.DUE_SOON_LAST: morning(3), R.OVERDUE: evening(3)}


def test_a_calls_basis_and_provision_are_those_of_the_due_moment() -> None:
    case = ex.case(OPENED)
    assert isinstance(case, FollowUpCase)

    wait = deadlines(case, ex.CALENDAR)[R.DUE_SOON_FIRST].wait

    assert (wait.basis, wait.provision, wait.since, wait.call) == (ex.mark(0, day(0)), "Điểm 1", day(0), True)


def test_events_before_the_opening_begin_no_case() -> None:
    assert ex.case(ACKNOWLEDGED) is None


# -- passing on: an agency ended, and somebody else owns it from that moment on ---------------------------------------


def passed_on(number: int) -> tuple[CaseEvent, datetime]:
    return ex.PASSED_ON, day(number)


def test_who_takes_over_acknowledges_anew_and_has_the_same_due_moment() -> None:
    after = due(OPENED, ASSIGNED, passed_on(3))

    assert after == {R.NOT_ACKNOWLEDGED: evening(5), **UNTIL_DUE}


def test_what_was_waited_for_of_the_old_owner_begins_anew_and_what_judges_owe_goes_on() -> None:
    plan = due(OPENED, ACKNOWLEDGED, passed_on(4))
    progress = due(OPENED, ACKNOWLEDGED, PLAN, ACCEPTED, (ex.ASKED, day(6)), passed_on(8))
    answer = due(OPENED, ACKNOWLEDGED, PLAN, passed_on(5))

    assert plan == {R.NOT_ACKNOWLEDGED: evening(6), R.NO_PLAN: evening(9), **UNTIL_DUE}
    assert progress[R.NO_PROGRESS] == evening(18)
    assert progress[R.EXTENSION_UNANSWERED] == evening(9)
    assert answer[R.PLAN_NOT_ANSWERED] == evening(7)


def test_what_is_overdue_is_overdue_for_who_takes_over_from_that_moment_on() -> None:
    assert due(OPENED, ACKNOWLEDGED, passed_on(25))[R.OVERDUE] == day(25)


def test_the_calls_that_the_old_owner_had_are_made_to_who_takes_over_at_once() -> None:
    after = due(OPENED, ACKNOWLEDGED, passed_on(18))

    assert (after[R.DUE_SOON_FIRST], after[R.DUE_SOON_LAST]) == (day(18), morning(20))


def test_more_time_ends_what_was_late_for_him() -> None:
    after = due(OPENED, ACKNOWLEDGED, passed_on(18), (ex.granted(evening(19)), day(18, 15)))

    assert R.DUE_SOON_FIRST not in after


def test_a_claim_waits_for_verification_once_who_took_over_has_acknowledged() -> None:
    claimed = (OPENED, ACKNOWLEDGED, PLAN, ACCEPTED, CLAIMED, passed_on(12))

    assert due(*claimed) == {R.NOT_ACKNOWLEDGED: evening(14)}
    assert due(*claimed, (ex.ACKNOWLEDGED, day(13))) == {R.VERIFICATION_PENDING: evening(17)}


def test_what_is_over_passes_on_to_nobody() -> None:
    assert due(OPENED, (ex.CANCELLED, day(3)), passed_on(4)) == {}
