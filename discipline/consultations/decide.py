"""What happens to a consultation. The clock's command is total; those of people raise the first rule they break."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from discipline.clocks import PackTerm, Run, by_pack
from discipline.consultations import refusals
from discipline.consultations.commands import (
    AnswerOpinion,
    AskOpinion,
    CloseConsultation,
    Command,
    LetLapse,
    ReconcileOpinion,
    WithdrawConsultation,
)
from discipline.consultations.state import Consultation, Lapse, State
from discipline.days import end_of_working, last_day, local_day
from schemas.discipline.consultations import (
    AnyConsultationEvent,
    ConsentDeemed,
    ConsultationAnswered,
    ConsultationAsked,
    ConsultationClosed,
    ConsultationLapsed,
    ConsultationWithdrawn,
    OpinionReconciled,
    Position,
    Reconciliation,
)
from schemas.discipline.law import TermBasis
from schemas.values import DayKind, Term

if TYPE_CHECKING:
    from schemas.discipline.law import ClockCalculation

Events = tuple[AnyConsultationEvent, ...]

CLOCK = "consultation-answer"
"""The clock's code in the catalogues."""


def decide(command: Command, state: State) -> Events:
    """Return what happens."""
    match command:
        case AskOpinion():
            return (_asked(command, state),)
        case AnswerOpinion():
            return (_answered(command, _known(state)),)
        case WithdrawConsultation():
            return (_withdrawn(command, _known(state)),)
        case CloseConsultation():
            return (_closed(command, _known(state)),)
        case ReconcileOpinion():
            return (_reconciled(command, _known(state)),)
        case LetLapse():
            return () if state is None else _lapsed(command, state)
        case _:
            assert_never(command)


def _known(state: State) -> Consultation:
    if state is None:
        raise refusals.ConsultationUnknown
    return state


def _asked(command: AskOpinion, state: State) -> ConsultationAsked:
    terms, asking, consulted = command.terms, command.asking, command.consulted
    if not command.by.holds(asking.head_post):
        raise refusals.NotHeadOfAsking(asking.agency_id)
    if asking.agency_id == consulted.agency_id:
        raise refusals.AsksItself(consulted.agency_id)
    if state is not None:
        raise refusals.ConsultationAlreadyAsked(state.consulted_agency)
    if not command.addressed:
        raise refusals.AgencyNotAddressed(consulted.agency_id, terms.directive_id)
    if terms.only_concerned and command.concern is None:
        raise refusals.ConcernNotStated(terms.directive_id, terms.provision)
    calculation = _calculation(command)
    return ConsultationAsked(
        consultation_id=command.consultation_id,
        request_id=command.request_id,
        asking_agency=asking.agency_id,
        asking_post=asking.head_post,
        asked_by=command.by.person_id,
        consulted_agency=consulted.agency_id,
        consulted_post=consulted.head_post,
        subject=command.subject,
        draft=command.draft,
        concern=command.concern,
        terms=terms,
        calculation=calculation,
        due_at=calculation.ends_at,
    )


def _calculation(command: AskOpinion) -> ClockCalculation:
    """The directive's term, or the one up to the day that the request names; both roll over days off."""
    terms, today = command.terms, local_day(command.at)
    term, basis = terms.answer, TermBasis.PACK_DEFAULT
    if command.last_day is not None:
        if command.last_day <= today:
            raise refusals.LastDayNotAhead(command.last_day)
        end_of_working(command.last_day, command.calendar)  # a day that no calendar reaches is refused, not counted to
        term = Term(days=(command.last_day - today).days, day_kind=DayKind.CALENDAR)
        basis = TermBasis.REQUEST
    pack_term = PackTerm(terms.directive_id, terms.provision, term)
    return by_pack(pack_term, Run(today, command.calendar), clock=CLOCK).model_copy(update={"basis": basis})


def _answered(command: AnswerOpinion, state: Consultation) -> ConsultationAnswered:
    """An answer received in time stands also where a late one, or the closing, was recorded before it."""
    consulted = command.consulted
    if consulted is None or not command.by.holds(consulted.head_post):
        raise refusals.NotHeadOfConsulted(state.consulted_agency)
    late = command.at > state.due_at
    if state.withdrawn:
        raise refusals.ConsultationAlreadyWithdrawn
    if state.closed and late:
        raise refusals.ConsultationAlreadyClosed
    if state.answer is not None and (late or not state.answer.late):
        raise refusals.ConsultationAlreadyAnswered
    if state.terms.clear_position and command.position is Position.NO_POSITION:
        raise refusals.PositionNotClear(state.terms.directive_id, state.terms.provision)
    return ConsultationAnswered(
        consultation_id=state.consultation_id,
        answered_by=command.by.person_id,
        answering_agency=consulted.agency_id,
        position=command.position,
        answer=command.answer,
        received_at=command.at,
        late=late,
        undoes_consent=not late and state.lapse is Lapse.CONSENT,
    )


def _see_goes_on(command: WithdrawConsultation | CloseConsultation | ReconcileOpinion, state: Consultation) -> None:
    asking = command.asking
    if asking is None or not command.by.holds(asking.head_post):
        raise refusals.NotHeadOfAsking(state.asking_agency if asking is None else asking.agency_id)


def _withdrawn(command: WithdrawConsultation, state: Consultation) -> ConsultationWithdrawn:
    _see_goes_on(command, state)
    if state.withdrawn:
        raise refusals.ConsultationAlreadyWithdrawn
    if state.answer is not None:
        raise refusals.ConsultationAlreadyAnswered
    if state.lapse is not None or command.at > state.due_at:
        raise refusals.ConsultationPastDue(last_day(state.due_at))
    return ConsultationWithdrawn(
        consultation_id=state.consultation_id, withdrawn_by=command.by.person_id, reasons=command.reasons
    )


def _closed(command: CloseConsultation, state: Consultation) -> ConsultationClosed:
    """Before it has lapsed it is withdrawn; what has become consent, or was answered, is owed no longer."""
    _see_goes_on(command, state)
    if state.withdrawn:
        raise refusals.ConsultationAlreadyWithdrawn
    if state.closed:
        raise refusals.ConsultationAlreadyClosed
    if state.lapse is Lapse.CONSENT:
        raise refusals.SilenceIsConsent(state.terms.directive_id, state.terms.provision)
    if state.answer is not None:
        raise refusals.ConsultationAlreadyAnswered
    if state.lapse is None:
        raise refusals.ConsultationNotLapsed(last_day(state.due_at))
    return ConsultationClosed(
        consultation_id=state.consultation_id, closed_by=command.by.person_id, reasons=command.reasons
    )


def _reconciled(command: ReconcileOpinion, state: Consultation) -> OpinionReconciled:
    """What was left open may be settled later; what is settled stays so."""
    _see_goes_on(command, state)
    if not state.differs:
        raise refusals.OpinionNotDiffering
    if state.reconciled is Reconciliation.SETTLED or state.reconciled is command.outcome:
        raise refusals.OpinionAlreadyReconciled
    return OpinionReconciled(
        consultation_id=state.consultation_id,
        outcome=command.outcome,
        minutes=command.minutes,
        reconciled_by=command.by.person_id,
    )


def _lapsed(command: LetLapse, state: Consultation) -> Events:
    """What was answered late had lapsed before all the same."""
    over = state.withdrawn or state.answered_in_time or state.lapse is not None
    if over or command.at <= state.due_at:
        return ()
    headed = command.headed
    if headed is None or not state.terms.deemed_consent:
        return (
            ConsultationLapsed(
                consultation_id=state.consultation_id,
                request_id=state.request_id,
                consulted_agency=state.consulted_agency,
                due_at=state.due_at,
                last_day=last_day(state.due_at),
            ),
        )
    return (
        ConsentDeemed(
            consultation_id=state.consultation_id,
            request_id=state.request_id,
            consulted_agency=state.consulted_agency,
            due_at=state.due_at,
            last_day=last_day(state.due_at),
            answers=headed.subject,
            acting=headed.acting,
            in_office_since=headed.since,
            acted_by=headed.acted_by,
            terms=state.terms,
        ),
    )
