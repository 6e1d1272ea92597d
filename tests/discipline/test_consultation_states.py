"""What a consultation is after its events."""

from __future__ import annotations

import pytest

from discipline.consultations.evolve import evolve
from discipline.consultations.state import Consultation, Lapse, initial
from schemas.discipline.consultations import AnyConsultationEvent
from tests.discipline.consultation_cases import ASKED, CLOSED, DUE_AT, LAPSED, WITHDRAWN, answered, deemed
from tests.discipline.samples import moment

LATE = moment("2025-03-13")


def after(*events: AnyConsultationEvent) -> Consultation:
    state = initial
    for event in events:
        state = evolve(state, event)
    assert state is not None
    return state


def test_it_begins_with_its_being_asked() -> None:
    with pytest.raises(ValueError, match="begins with its being asked"):
        evolve(initial, LAPSED)


def test_an_answer_received_at_the_due_moment_is_in_time() -> None:
    assert after(ASKED, answered(DUE_AT)).answered_in_time


def test_a_late_answer_leaves_the_consent_that_was_deemed() -> None:
    state = after(ASKED, deemed(), answered(LATE))
    assert (state.lapse, state.answered_in_time) == (Lapse.CONSENT, False)


def test_an_answer_received_in_time_and_recorded_after_the_clock_undoes_the_consent() -> None:
    state = after(ASKED, deemed(), answered(DUE_AT, undoes_consent=True))
    assert (state.lapse, state.answered_in_time) == (None, True)


def test_without_deemed_consent_it_lapses_into_nothing() -> None:
    assert after(ASKED, LAPSED).lapse is Lapse.NOTHING


def test_it_may_be_withdrawn() -> None:
    assert after(ASKED, WITHDRAWN).withdrawn


def test_what_has_lapsed_into_nothing_may_be_closed_which_only_an_answer_in_time_undoes() -> None:
    closed = after(ASKED, LAPSED, CLOSED)
    assert (closed.lapse, closed.closed) == (Lapse.NOTHING, True)
    answered_after = evolve(closed, answered(DUE_AT))
    assert (answered_after.lapse, answered_after.closed) == (None, False)
