"""What lists show of a review: one row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discipline.reviews.state import State, detected_at, fact_date, facts

if TYPE_CHECKING:
    from collections.abc import Mapping


def row(state: State) -> Mapping[str, object]:
    """Return the row of `review_view`."""
    if state is None:
        raise ValueError("a review without events has no row")
    basis, subject = state.basis or state.known, state.subject
    procedure, decision = state.procedure, state.decision
    expiry = None if decision is None or decision.stands_still is not None else decision.expiry
    return {
        "id": state.review_id,
        "matter_id": state.matter_id,
        "directive_id": state.directive_id,
        "provision": state.provision,
        "subject_kind": subject.kind,
        "agency_id": subject.agency_id,
        "person_id": subject.person_id,
        "post_id": subject.post_id,
        "authority_post": state.authority_post,
        "status": state.status,
        "findings": sorted({item.finding_id for item in state.basis}),
        "basis": [item.model_dump(mode="json") for item in state.basis],
        "fact_date": fact_date(basis),
        "facts": sorted(facts(state)),
        "detected_at": detected_at(basis),
        "open_until": state.open_until,
        "meeting_until": state.meeting_until,
        "answer_until": state.answer_until,
        "limitation": [calculation.model_dump(mode="json") for calculation in state.limitation],
        "processing": None if state.processing is None else state.processing.model_dump(mode="json"),
        "secretary": procedure.secretary,
        "notified": state.subject_knows,
        "outcome": state.outcome,
        "form": None if decision is None else decision.form,
        "in_force_from": None if decision is None else decision.in_force_from,
        "sanction_until": None if expiry is None else expiry.ends_at,
    }
