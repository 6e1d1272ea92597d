"""Who asks whom, what an answer is, and what no answer by the due moment means."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from discipline.consultations import refusals
from discipline.consultations.commands import (
    AnswerOpinion,
    AskOpinion,
    CloseConsultation,
    Headed,
    LetLapse,
    Party,
    ReconcileOpinion,
    WithdrawConsultation,
)
from discipline.consultations.decide import decide
from discipline.consultations.evolve import evolve
from discipline.consultations.state import State, initial
from discipline.consultations.view import ConsultationStatus, row, status
from notifier.calendar import CalendarEnds
from schemas.discipline.consultations import (
    AnyConsultationEvent,
    ConsultationTerms,
    OpinionReconciled,
    Position,
    Reconciliation,
)
from schemas.discipline.law import NamedDay, TermBasis
from schemas.discipline.reviews import Subject
from schemas.refusal import Refusal
from schemas.values import DayKind, DayReason, SubjectKind
from tests.discipline.consultation_cases import (
    ANSWERER,
    ASKED,
    ASKED_AT,
    ASKED_WITHOUT_CONSENT,
    ASKER,
    CALCULATION,
    CLOSED,
    CONSULTATION,
    DUE_AT,
    HEAD,
    LAPSED,
    LAST_DAY,
    NO_CONSENT,
    REQUEST,
    TERMS,
    WITHDRAWN,
    answered,
    deemed,
)
from tests.discipline.samples import CALENDAR, CLERK, document, moment, named, person
from tests.specification import Decider, Given, given

CONSULTATIONS: Decider[State] = Decider(initial, decide, evolve)
ASKING, CONSULTED = Party("transport", "transport-head"), Party("construction", "construction-head")
HEADED = Headed(HEAD, acting=False, since=date(2020, 1, 1), acted_by=None)
TICK = timedelta(microseconds=1)
NEXT_DAY = moment("2025-03-13")

ASKS = AskOpinion(
    consultation_id=CONSULTATION,
    request_id=REQUEST,
    by=ASKER,
    asking=ASKING,
    consulted=CONSULTED,
    addressed=True,
    subject=document("subject"),
    draft=document("draft"),
    concern=document("concern"),
    terms=TERMS,
    last_day=None,
    at=ASKED_AT,
    calendar=CALENDAR,
)


def answers(at: datetime, position: Position = Position.AGREES) -> AnswerOpinion:
    return AnswerOpinion(ANSWERER, CONSULTED, position, document("answer"), at)


def withdraws(at: datetime = ASKED_AT) -> WithdrawConsultation:
    return WithdrawConsultation(ASKER, ASKING, document("why"), at)


def asked(*events: AnyConsultationEvent) -> Given[State]:
    return given(CONSULTATIONS, ASKED, *events)


def without_consent(*events: AnyConsultationEvent) -> Given[State]:
    return given(CONSULTATIONS, ASKED_WITHOUT_CONSENT, *events)


def stands(history: Given[State]) -> ConsultationStatus:
    assert history.state is not None
    return status(history.state)


# -- asked ------------------------------------------------------------------------------------------------------------


def test_the_directives_term_runs_from_the_day_after_and_every_day_off_is_named() -> None:
    given(CONSULTATIONS).when(ASKS).then(ASKED)


def test_a_day_that_the_request_names_holds_instead_and_rolls_over_days_off() -> None:
    """The request names Saturday the 8th: the last day is Monday the 10th."""
    calculation = CALCULATION.model_copy(
        update={
            "days": 5,
            "day_kind": DayKind.CALENDAR,
            "basis": TermBasis.REQUEST,
            "ends_at": moment("2025-03-10", "17:00"),
        }
    )
    event = ASKED.model_copy(update={"calculation": calculation, "due_at": calculation.ends_at})
    given(CONSULTATIONS).when(replace(ASKS, last_day=date(2025, 3, 8))).then(event)
    assert calculation.skipped_days[0] == NamedDay(day=date(2025, 3, 8), reason=DayReason.WEEKLY_REST, name=None)


@pytest.mark.parametrize("day", [date(2025, 3, 3), date(2025, 2, 28)])
def test_the_day_of_asking_is_no_day_to_answer(day: date) -> None:
    given(CONSULTATIONS).when(replace(ASKS, last_day=day)).refused(refusals.LastDayNotAhead(day))


@pytest.mark.parametrize("day", [date(2046, 1, 1), date(2206, 3, 8), date.max])
def test_a_last_day_that_the_calendar_does_not_reach_is_refused(day: date) -> None:
    given(CONSULTATIONS).when(replace(ASKS, last_day=day)).refused(CalendarEnds(CALENDAR.first, CALENDAR.last))


def test_only_the_head_asks() -> None:
    command = replace(ASKS, by=person(CLERK))
    given(CONSULTATIONS).when(command).refused(refusals.NotHeadOfAsking("transport"))


def test_an_agency_does_not_ask_itself() -> None:
    command = replace(ASKS, consulted=ASKING)
    given(CONSULTATIONS).when(command).refused(refusals.AsksItself("transport"))


def test_whom_the_directive_does_not_address_its_terms_do_not_bind() -> None:
    command = replace(ASKS, addressed=False)
    expected = refusals.AgencyNotAddressed("construction", "quang-xuong-06")
    given(CONSULTATIONS).when(command).refused(expected)


def test_why_it_concerns_the_agency_must_be_said_where_only_those_concerned_may_be_asked() -> None:
    expected = refusals.ConcernNotStated("quang-xuong-06", "Đoạn 5; đoạn 6")
    given(CONSULTATIONS).when(replace(ASKS, concern=None)).refused(expected)


def test_where_anybody_may_be_asked_it_need_not_be_said() -> None:
    terms = TERMS.model_copy(update={"only_concerned": False})
    event = ASKED.model_copy(update={"terms": terms, "concern": None})
    given(CONSULTATIONS).when(replace(ASKS, terms=terms, concern=None)).then(event)


def test_a_request_asks_an_agency_once() -> None:
    asked().when(ASKS).refused(refusals.ConsultationAlreadyAsked("construction"))


# -- answered ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("position", [one for one in Position if one is not Position.NO_POSITION])
def test_an_answer_by_the_due_moment_is_an_answer(position: Position) -> None:
    asked().when(answers(ASKED_AT, position)).then(answered(ASKED_AT, position))


def test_an_answer_received_exactly_at_the_due_moment_is_in_time() -> None:
    asked().when(answers(DUE_AT)).then(answered(DUE_AT, late=False))


def test_an_answer_received_after_it_is_late_and_kept() -> None:
    asked().when(answers(DUE_AT + TICK)).then(answered(DUE_AT + TICK, late=True))


def test_only_the_head_answers() -> None:
    command = replace(answers(ASKED_AT), by=person(CLERK))
    asked().when(command).refused(refusals.NotHeadOfConsulted("construction"))


def test_the_successors_head_answers_for_an_agency_that_has_ended() -> None:
    heir = Party("transport", "transport-head")
    command = replace(answers(ASKED_AT), by=ASKER, consulted=heir)
    event = answered(answered_by=ASKER.person_id, answering_agency="transport")
    asked().when(command).then(event)


def test_for_an_agency_without_successor_nobody_answers() -> None:
    command = replace(answers(ASKED_AT), consulted=None)
    asked().when(command).refused(refusals.NotHeadOfConsulted("construction"))


def test_where_a_clear_position_is_demanded_none_is_refused() -> None:
    expected = refusals.PositionNotClear("quang-xuong-06", "Đoạn 5; đoạn 6")
    asked().when(answers(ASKED_AT, Position.NO_POSITION)).refused(expected)


def test_where_none_is_demanded_an_answer_may_leave_it_open() -> None:
    terms = TERMS.model_copy(update={"clear_position": False})
    history = given(CONSULTATIONS, ASKED.model_copy(update={"terms": terms}))
    history.when(answers(ASKED_AT, Position.NO_POSITION)).then(answered(ASKED_AT, Position.NO_POSITION))


def test_an_answer_is_given_once() -> None:
    asked(answered()).when(answers(ASKED_AT)).refused(refusals.ConsultationAlreadyAnswered())


def test_an_answer_received_in_time_stands_although_a_late_one_was_recorded_first() -> None:
    asked(answered(NEXT_DAY)).when(answers(DUE_AT)).then(answered(DUE_AT))


def test_what_was_never_asked_has_no_answer() -> None:
    given(CONSULTATIONS).when(answers(ASKED_AT)).refused(refusals.ConsultationUnknown())


# -- withdrawn --------------------------------------------------------------------------------------------------------


def test_who_asked_may_withdraw_it() -> None:
    asked().when(withdraws()).then(WITHDRAWN)


def test_nobody_else_withdraws_it() -> None:
    asked().when(replace(withdraws(), by=ANSWERER)).refused(refusals.NotHeadOfAsking("transport"))


def test_once_answered_it_is_not_withdrawn() -> None:
    asked(answered()).when(withdraws()).refused(refusals.ConsultationAlreadyAnswered())


@pytest.mark.parametrize("events", [(), (deemed(),)], ids=["before the clock", "after it"])
def test_once_its_time_is_over_it_is_not_withdrawn(events: tuple[AnyConsultationEvent, ...]) -> None:
    asked(*events).when(withdraws(DUE_AT + TICK)).refused(refusals.ConsultationPastDue(LAST_DAY))


def test_what_was_withdrawn_is_neither_answered_nor_withdrawn_again() -> None:
    asked(WITHDRAWN).when(answers(ASKED_AT)).refused(refusals.ConsultationAlreadyWithdrawn())
    asked(WITHDRAWN).when(withdraws()).refused(refusals.ConsultationAlreadyWithdrawn())


# -- no answer by the due moment --------------------------------------------------------------------------------------

PAST = LetLapse(DUE_AT + TICK, HEADED)


def test_no_answer_by_the_due_moment_is_consent() -> None:
    asked().when(PAST).then(deemed())


def test_at_the_due_moment_itself_it_is_not_over() -> None:
    asked().when(LetLapse(DUE_AT, HEADED)).then()


def test_a_clock_that_comes_late_or_twice_changes_nothing() -> None:
    late = LetLapse(NEXT_DAY + timedelta(days=30), HEADED)
    asked().when(late).then(deemed())
    asked(deemed()).when(late).then()


@pytest.mark.parametrize("event", [answered(DUE_AT), WITHDRAWN], ids=["answered in time", "withdrawn"])
def test_nothing_lapses_that_was_settled(event: AnyConsultationEvent) -> None:
    asked(event).when(PAST).then()


def test_what_was_never_asked_does_not_lapse() -> None:
    given(CONSULTATIONS).when(PAST).then()


def test_a_late_answer_that_came_before_the_clock_undoes_no_consent() -> None:
    asked(answered(NEXT_DAY)).when(PAST).then(deemed())
    assert stands(asked(answered(NEXT_DAY), deemed())) is ConsultationStatus.CONSENT_DEEMED


def test_a_late_answer_that_comes_after_the_clock_undoes_no_consent() -> None:
    asked(deemed()).when(answers(NEXT_DAY)).then(answered(NEXT_DAY))
    assert stands(asked(deemed(), answered(NEXT_DAY))) is ConsultationStatus.CONSENT_DEEMED


def test_an_answer_received_by_the_due_moment_defeats_consent_however_the_clock_came_first() -> None:
    defeats = answered(DUE_AT, undoes_consent=True)
    asked(deemed()).when(answers(DUE_AT)).then(defeats)
    assert stands(asked(deemed(), defeats)) is ConsultationStatus.ANSWERED


def test_whoever_headed_the_agency_is_said_with_the_consent() -> None:
    """The head was away, and his deputy acted for him."""
    away = replace(HEADED, acted_by=named("deputy"))
    asked().when(replace(PAST, headed=away)).then(deemed(acted_by=named("deputy")))


def test_a_vacant_post_consents_too_and_names_nobody() -> None:
    vacant = HEAD.model_copy(update={"person_id": None})
    command = LetLapse(DUE_AT + TICK, Headed(vacant, acting=False, since=None, acted_by=None))
    asked().when(command).then(deemed(vacant, in_office_since=None))


def test_of_an_agency_without_heads_post_the_collective_consents() -> None:
    collective = Subject(kind=SubjectKind.COLLECTIVE, agency_id="construction", person_id=None, post_id=None)
    command = LetLapse(DUE_AT + TICK, Headed(collective, acting=False, since=None, acted_by=None))
    asked().when(command).then(deemed(collective, in_office_since=None))


def test_an_agency_that_is_gone_consents_to_nothing() -> None:
    asked().when(replace(PAST, headed=None)).then(LAPSED)


def test_without_deemed_consent_it_lapses_and_the_answer_stays_owed() -> None:
    """Vĩnh Long: the text does not speak of consent."""
    without_consent().when(PAST).then(LAPSED)
    assert stands(without_consent(LAPSED)) is ConsultationStatus.LAPSED


def test_what_lapsed_is_settled_by_a_late_answer() -> None:
    assert stands(without_consent(LAPSED, answered(NEXT_DAY))) is ConsultationStatus.ANSWERED


def test_where_nobody_was_left_to_consent_a_late_answer_settles_it_too() -> None:
    """The agencies became one on the last day, say, and have been parted since."""
    assert stands(asked(LAPSED, answered(NEXT_DAY))) is ConsultationStatus.ANSWERED


# -- closed without an answer -----------------------------------------------------------------------------------------

CLOSES = CloseConsultation(ASKER, ASKING, document("why"))


def test_who_asked_goes_on_without_what_has_lapsed() -> None:
    without_consent(LAPSED).when(CLOSES).then(CLOSED)
    assert stands(without_consent(LAPSED, CLOSED)) is ConsultationStatus.CLOSED


def test_so_it_does_where_nobody_was_left_to_consent() -> None:
    asked(LAPSED).when(CLOSES).then(CLOSED)


def test_the_heir_of_the_agency_that_asked_closes_it() -> None:
    heir = CloseConsultation(ANSWERER, CONSULTED, document("why"))
    closed = CLOSED.model_copy(update={"closed_by": ANSWERER.person_id})
    without_consent(LAPSED).when(heir).then(closed)


@pytest.mark.parametrize("by", [replace(CLOSES, by=person(CLERK)), replace(CLOSES, asking=None)])
def test_nobody_else_closes_it(by: CloseConsultation) -> None:
    without_consent(LAPSED).when(by).refused(refusals.NotHeadOfAsking("transport"))


def test_what_has_not_lapsed_is_not_closed() -> None:
    without_consent().when(CLOSES).refused(refusals.ConsultationNotLapsed(LAST_DAY))


def test_silence_that_is_consent_is_not_closed() -> None:
    asked(deemed()).when(CLOSES).refused(refusals.SilenceIsConsent(TERMS.directive_id, TERMS.provision))


@pytest.mark.parametrize(
    ("events", "refusal"),
    [
        ((LAPSED, answered(NEXT_DAY)), refusals.ConsultationAlreadyAnswered()),
        ((WITHDRAWN,), refusals.ConsultationAlreadyWithdrawn()),
        ((LAPSED, CLOSED), refusals.ConsultationAlreadyClosed()),
    ],
    ids=["answered", "withdrawn", "closed"],
)
def test_what_is_settled_is_not_closed(events: tuple[AnyConsultationEvent, ...], refusal: Refusal) -> None:
    without_consent(*events).when(CLOSES).refused(refusal)


def test_what_is_closed_takes_no_late_answer_and_one_that_was_received_in_time() -> None:
    without_consent(LAPSED, CLOSED).when(answers(NEXT_DAY)).refused(refusals.ConsultationAlreadyClosed())
    without_consent(LAPSED, CLOSED).when(answers(DUE_AT)).then(answered(DUE_AT))
    assert stands(without_consent(LAPSED, CLOSED, answered(DUE_AT))) is ConsultationStatus.ANSWERED


def test_what_is_closed_lapses_no_more() -> None:
    without_consent(LAPSED, CLOSED).when(PAST).then()


# -- opinions that differ ---------------------------------------------------------------------------------------------

DIFFERS = answered(position=Position.DISAGREES)
AGREED_ON = OpinionReconciled(
    consultation_id=CONSULTATION,
    outcome=Reconciliation.SETTLED,
    minutes=document("minutes"),
    reconciled_by=ASKER.person_id,
)
LEFT_OPEN = AGREED_ON.model_copy(update={"outcome": Reconciliation.LEFT_OPEN})


def reconciles(outcome: Reconciliation = Reconciliation.SETTLED) -> ReconcileOpinion:
    return ReconcileOpinion(ASKER, ASKING, outcome, document("minutes"))


@pytest.mark.parametrize("position", [Position.DISAGREES, Position.AGREES_WITH_CHANGES])
def test_the_lead_works_on_what_differs_before_it_submits(position: Position) -> None:
    history = asked(answered(position=position))
    assert row(history.state)["to_reconcile"] is True
    history.when(reconciles()).then(AGREED_ON)
    assert row(asked(answered(position=position), AGREED_ON).state)["to_reconcile"] is False


def test_what_was_left_open_may_be_settled_later_and_nothing_twice() -> None:
    asked(DIFFERS, LEFT_OPEN).when(reconciles()).then(AGREED_ON)
    asked(DIFFERS, LEFT_OPEN).when(reconciles(Reconciliation.LEFT_OPEN)).refused(refusals.OpinionAlreadyReconciled())
    asked(DIFFERS, AGREED_ON).when(reconciles(Reconciliation.LEFT_OPEN)).refused(refusals.OpinionAlreadyReconciled())


@pytest.mark.parametrize(
    "events",
    [(), (answered(),), (answered(position=Position.OUTSIDE_FUNCTIONS),), (deemed(), answered(NEXT_DAY))],
    ids=["no answer", "agrees", "outside its functions", "late, after consent"],
)
def test_where_nothing_differs_nothing_is_to_be_worked_on(events: tuple[AnyConsultationEvent, ...]) -> None:
    asked(*events).when(reconciles()).refused(refusals.OpinionNotDiffering())


def test_a_late_answer_differs_from_a_consent_no_more_than_silence_does() -> None:
    late = answered(NEXT_DAY, Position.DISAGREES)
    asked(deemed(), late).when(reconciles()).refused(refusals.OpinionNotDiffering())
    without_consent(LAPSED, late).when(reconciles()).then(AGREED_ON)


def test_only_the_lead_says_what_became_of_it() -> None:
    asked(DIFFERS).when(replace(reconciles(), by=ANSWERER)).refused(refusals.NotHeadOfAsking("transport"))


def test_a_directive_that_does_not_demand_it_waits_for_nothing() -> None:
    assert row(without_consent(DIFFERS).state)["to_reconcile"] is False


# -- the row ----------------------------------------------------------------------------------------------------------


def test_the_row_says_that_the_clock_has_still_to_come() -> None:
    assert row(asked().state)["going_on"] is True
    assert row(asked(answered(NEXT_DAY)).state)["going_on"] is True
    assert [row(asked(event).state)["going_on"] for event in (answered(), WITHDRAWN, deemed())] == [False] * 3


@pytest.mark.parametrize("terms", [TERMS, NO_CONSENT], ids=lambda terms: terms.directive_id)
def test_the_row_says_whether_silence_is_consent(terms: ConsultationTerms) -> None:
    shown = row(given(CONSULTATIONS, ASKED.model_copy(update={"terms": terms})).state)
    assert shown["deemed_consent"] is terms.deemed_consent


def test_what_has_no_events_has_no_row() -> None:
    with pytest.raises(ValueError, match="has no row"):
        row(initial)
