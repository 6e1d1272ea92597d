"""How a consultation changes by each of its events."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from discipline.consultations.state import Answered, Consultation, Lapse, State
from schemas.discipline.consultations import (
    AnyConsultationEvent,
    ConsentDeemed,
    ConsultationAnswered,
    ConsultationAsked,
    ConsultationClosed,
    ConsultationLapsed,
    ConsultationWithdrawn,
    OpinionReconciled,
)


def evolve(state: State, event: AnyConsultationEvent) -> Consultation:
    """Return the consultation after the event."""
    if isinstance(event, ConsultationAsked):
        return _asked(event)
    if state is None:
        raise ValueError(f"a consultation begins with its being asked, not with {event.type}")
    match event:
        case ConsultationAnswered():
            answer = Answered(event.position, event.received_at, event.late)
            return replace(state, answer=answer, lapse=state.lapse if event.late else None, closed=False)
        case ConsultationWithdrawn():
            return replace(state, withdrawn=True)
        case ConsentDeemed() | ConsultationLapsed():
            return replace(state, lapse=Lapse.CONSENT if isinstance(event, ConsentDeemed) else Lapse.NOTHING)
        case ConsultationClosed():
            return replace(state, closed=True)
        case OpinionReconciled():
            return replace(state, reconciled=event.outcome)
        case _:
            assert_never(event)


def _asked(event: ConsultationAsked) -> Consultation:
    return Consultation(
        consultation_id=event.consultation_id,
        request_id=event.request_id,
        asking_agency=event.asking_agency,
        asking_post=event.asking_post,
        consulted_agency=event.consulted_agency,
        consulted_post=event.consulted_post,
        subject=event.subject,
        terms=event.terms,
        calculation=event.calculation,
        due_at=event.due_at,
    )
