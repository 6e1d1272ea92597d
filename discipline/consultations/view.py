"""What lists show of a consultation: one row. Overdue is not in it: the reader compares `due_at` with now."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from discipline.consultations.state import Consultation, Lapse, State

if TYPE_CHECKING:
    from collections.abc import Mapping


class ConsultationStatus(StrEnum):
    """Where a consultation stands, in one word."""

    ASKED = "asked"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"
    CONSENT_DEEMED = "consent_deemed"
    LAPSED = "lapsed"
    """Not answered in time, and the answer is still owed."""
    CLOSED = "closed"
    """Not answered in time, and who asked has gone on without."""


def status(state: Consultation) -> ConsultationStatus:
    """Return where it stands: a late answer undoes no consent, and settles what lapsed into nothing."""
    if state.withdrawn:
        return ConsultationStatus.WITHDRAWN
    if state.lapse is Lapse.CONSENT:
        return ConsultationStatus.CONSENT_DEEMED
    if state.closed:
        return ConsultationStatus.CLOSED
    settles = state.answered_in_time or state.lapse is Lapse.NOTHING or not state.terms.deemed_consent
    if state.answer is not None and settles:
        return ConsultationStatus.ANSWERED
    return ConsultationStatus.ASKED if state.lapse is None else ConsultationStatus.LAPSED


def row(state: State) -> Mapping[str, object]:
    """Return the row of `consultation_view`."""
    if state is None:
        raise ValueError("a consultation without events has no row")
    terms, answer = state.terms, state.answer
    return {
        "id": state.consultation_id,
        "request_id": state.request_id,
        "directive_id": terms.directive_id,
        "provision": terms.provision,
        "asking_agency": state.asking_agency,
        "consulted_agency": state.consulted_agency,
        "subject": state.subject.model_dump(mode="json"),
        "status": status(state),
        "deemed_consent": terms.deemed_consent,
        "answers_personally": terms.answers_personally,
        "calculation": state.calculation.model_dump(mode="json"),
        "due_at": state.due_at,
        "position": None if answer is None else answer.position,
        "answered_at": None if answer is None else answer.received_at,
        "late": None if answer is None else answer.late,
        "to_reconcile": state.to_reconcile,
        "reconciled": state.reconciled,
        "going_on": not state.withdrawn and state.lapse is None and not state.answered_in_time,
    }
