"""Any chain of commands at any moment: what a consultation's life can never become."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from discipline.consultations.commands import (
    AnswerOpinion,
    CloseConsultation,
    Command,
    Headed,
    LetLapse,
    Party,
    ReconcileOpinion,
    WithdrawConsultation,
)
from discipline.consultations.decide import decide
from discipline.consultations.evolve import evolve
from discipline.consultations.state import Consultation, State
from discipline.consultations.view import ConsultationStatus, row, status
from discipline.standing import Person
from schemas.discipline.consultations import (
    AnyConsultationEvent,
    ConsentDeemed,
    ConsultationAnswered,
    ConsultationClosed,
    ConsultationLapsed,
    ConsultationWithdrawn,
    OpinionReconciled,
    Position,
    Reconciliation,
)
from schemas.refusal import Refusal
from tests.discipline.consultation_cases import ANSWERER, ASKED_AT, ASKER, DUE_AT, HEAD, NO_CONSENT, TERMS
from tests.discipline.samples import CLERK, document, person
from tests.discipline.test_consultations import ASKING, ASKS, CONSULTED, HEADED

moments = st.one_of(
    st.datetimes(ASKED_AT.replace(tzinfo=None), datetime(2025, 3, 20)).map(lambda at: at.replace(tzinfo=DUE_AT.tzinfo)),  # noqa: DTZ001 -- given its zone at once
    st.sampled_from([DUE_AT - timedelta(microseconds=1), DUE_AT, DUE_AT + timedelta(microseconds=1)]),
)
"""Any moment from the asking on, often just around the due moment."""
people = st.sampled_from([ASKER, ANSWERER, person(CLERK)])
heads = st.sampled_from([HEADED, replace(HEADED, subject=HEAD.model_copy(update={"person_id": None})), None])


class ConsultationLife(RuleBasedStateMachine):
    """Commands are recorded in any order, whenever they were received: as processes that run beside each other do."""

    @initialize(consent=st.booleans())
    def ask(self, *, consent: bool) -> None:
        self.state: State = None
        self.events: list[AnyConsultationEvent] = []
        self.received: list[datetime] = []
        """Receipt of each answer that was carried out."""
        self.send(replace(ASKS, terms=TERMS if consent else NO_CONSENT))

    @rule(by=people, place=st.sampled_from([CONSULTED, None]), position=st.sampled_from(Position), at=moments)
    def answer(self, by: Person, place: Party | None, position: Position, at: datetime) -> None:
        self.send(AnswerOpinion(by, place, position, document("answer"), at))

    @rule(by=people, place=st.sampled_from([ASKING, None]), at=moments)
    def withdraw(self, by: Person, place: Party | None, at: datetime) -> None:
        self.send(WithdrawConsultation(by, place, document("why"), at))

    @rule(by=people, place=st.sampled_from([ASKING, None]))
    def close(self, by: Person, place: Party | None) -> None:
        before = len(self.events)
        owed = status(self.consultation) is ConsultationStatus.LAPSED
        self.send(CloseConsultation(by, place, document("why")))
        asks = by == ASKER and place is not None
        assert (len(self.events) > before) == (owed and asks)  # the way out is always there

    @rule(by=people, place=st.sampled_from([ASKING, None]), outcome=st.sampled_from(Reconciliation))
    def reconcile(self, by: Person, place: Party | None, outcome: Reconciliation) -> None:
        differed = self.consultation.differs
        before = len(self.events)
        self.send(ReconcileOpinion(by, place, outcome, document("minutes")))
        assert differed or len(self.events) == before

    @rule(headed=heads, at=moments)
    def clock(self, headed: Headed | None, at: datetime) -> None:
        decided = decide(LetLapse(at, headed), self.state)  # total: it never refuses
        assert not decided or at > DUE_AT
        self.happened(decided)

    @rule(at=moments)
    def asked_again(self, at: datetime) -> None:
        before = len(self.events)
        self.send(replace(ASKS, at=at))
        assert len(self.events) == before

    def send(self, command: Command) -> None:
        try:
            decided = decide(command, self.state)
        except Refusal:
            return
        assert len(decided) == 1
        self.happened(decided)

    def happened(self, decided: tuple[AnyConsultationEvent, ...]) -> None:
        for event in decided:
            if isinstance(event, ConsultationAnswered):
                assert event.undoes_consent == (
                    self.state is not None
                    and status(self.state) is ConsultationStatus.CONSENT_DEEMED
                    and not event.late
                )
            self.state = evolve(self.state, event)
            self.events.append(event)

    @property
    def consultation(self) -> Consultation:
        assert self.state is not None
        return self.state

    def kinds(self, kind: type[AnyConsultationEvent]) -> int:
        return sum(isinstance(event, kind) for event in self.events)

    # -- what always holds -------------------------------------------------------------------------------------------

    @invariant()
    def consent_stands_exactly_where_it_was_deemed_and_no_answer_came_in_time(self) -> None:
        in_time = any(isinstance(event, ConsultationAnswered) and not event.late for event in self.events)
        deemed = self.kinds(ConsentDeemed) > 0
        assert (status(self.consultation) is ConsultationStatus.CONSENT_DEEMED) == (deemed and not in_time)

    @invariant()
    def an_answer_is_late_exactly_when_it_was_received_after_the_due_moment(self) -> None:
        answers = [event for event in self.events if isinstance(event, ConsultationAnswered)]
        assert [event.late for event in answers] == [event.received_at > DUE_AT for event in answers]
        assert len([event for event in answers if not event.late]) <= 1
        assert all(event.answered_by == ANSWERER.person_id for event in answers)
        assert all(event.position is not Position.NO_POSITION for event in answers)

    @invariant()
    def its_time_is_over_once_and_silence_is_consent_only_where_the_directive_says_so(self) -> None:
        assert self.kinds(ConsentDeemed) + self.kinds(ConsultationLapsed) <= 1
        if not self.consultation.terms.deemed_consent:
            assert self.kinds(ConsentDeemed) == 0

    @invariant()
    def what_was_withdrawn_was_neither_answered_nor_over(self) -> None:
        if self.kinds(ConsultationWithdrawn):
            assert [type(event) for event in self.events[1:]] == [ConsultationWithdrawn]

    @invariant()
    def what_was_closed_had_lapsed_and_takes_no_late_answer(self) -> None:
        kinds = [type(event) for event in self.events]
        if ConsultationClosed not in kinds:
            return
        assert kinds.count(ConsultationClosed) == 1
        at = kinds.index(ConsultationClosed)
        assert kinds[1:at] == [ConsultationLapsed]
        assert all(not event.late for event in self.events[at:] if isinstance(event, ConsultationAnswered))
        closed = status(self.consultation) is ConsultationStatus.CLOSED
        assert closed == (ConsultationAnswered not in kinds)

    @invariant()
    def what_differs_is_worked_on_until_it_is_settled_and_never_after(self) -> None:
        outcomes = [event.outcome for event in self.events if isinstance(event, OpinionReconciled)]
        assert outcomes in ([], *([one] for one in Reconciliation), [Reconciliation.LEFT_OPEN, Reconciliation.SETTLED])

    @invariant()
    def the_row_says_what_the_state_is(self) -> None:
        shown, state = row(self.state), self.consultation
        settled = state.withdrawn or state.answered_in_time or state.lapse is not None
        assert (shown["status"], shown["going_on"]) == (status(state), not settled)


TestConsultationLife = ConsultationLife.TestCase
