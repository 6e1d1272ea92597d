"""What is found after a decision: reviewed at once in a matter of its own, beside the sanction that runs."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest

from discipline.reviews import apart
from discipline.reviews.commands import LoseBasis, OpenReview
from discipline.reviews.complaints.commands import AcceptComplaint
from discipline.reviews.complaints.refusals import AnswerNotToServe
from discipline.reviews.decision.commands import RecordExpiry, Running
from discipline.reviews.decision.refusals import ProcessingPassed
from discipline.reviews.reckoning import Setting
from discipline.reviews.state import ReviewStatus, State, review_id
from discipline.reviews.view import row
from schemas.discipline.review_complaints import ComplaintOutcome
from schemas.discipline.review_decision import ReviewDecided
from schemas.discipline.reviews import (
    LaterFindingReferred,
    ReviewBasisAdded,
    ReviewBasisLost,
    ReviewGround,
    ReviewOpened,
    ReviewProposed,
)
from tests.discipline import review_cases as c
from tests.discipline import samples as s
from tests.discipline.test_review_owed import YEAR
from tests.specification import Given, given

LATER = s.item("later", fact=date(2025, 9, 2), detected=datetime.fromisoformat("2025-09-03T02:00:00+00:00"))
LATEST = s.item("latest", fact=date(2026, 8, 26), detected=datetime.fromisoformat("2026-08-27T02:00:00+00:00"))
FOUND, FOUND_AFTER_EXPIRY = c.propose(LATER), c.propose(LATEST)
EXPIRE = RecordExpiry(c.AUTHORITY, c.setting(s.moment("2026-08-25")))


def served() -> Given[State]:
    """By rows that end the sanction after a year."""
    serve = c.serve()
    return c.happens(c.decided(), replace(serve, setting=replace(serve.setting, law=YEAR)))


def complained() -> Given[State]:
    return c.happens(served(), c.complain(), AcceptComplaint(c.JUDGE))


def basis_lost() -> Given[State]:
    lose = LoseBasis(s.FINDING, (s.FINDING,), None, s.moment("2026-08-26"), s.CALENDAR)
    lost = c.happens(served(), EXPIRE, lose)
    assert isinstance(lost.events[-1], ReviewBasisLost)
    return lost


def status(review: Given[State]) -> ReviewStatus:
    assert review.state is not None
    return review.state.status


def referred(review: Given[State], command: object = FOUND) -> LaterFindingReferred:
    [event] = review.when(command).decided()
    assert isinstance(event, LaterFindingReferred)
    return event


def beside(event: LaterFindingReferred) -> Given[State]:
    """The review that is proposed for it."""
    return c.happens(given(s.REVIEW), apart.proposal(event, event.basis, c.setting()))


DECIDED: dict[str, Callable[[], Given[State]]] = {
    "decided": c.decided,
    "served": served,
    "without a sanction": lambda: c.served(None),
    "complained": complained,
    "expired": lambda: c.happens(served(), EXPIRE),
    "complained of and expired": lambda: c.happens(complained(), EXPIRE),
    "basis lost": basis_lost,
}


@pytest.mark.parametrize("review", DECIDED.values(), ids=DECIDED)
def test_what_is_found_after_a_decision_is_proposed_at_once_in_a_matter_of_its_own(
    review: Callable[[], Given[State]],
) -> None:
    event = referred(review())

    proposed = beside(event).events[-1]
    assert isinstance(proposed, ReviewProposed)
    assert proposed.review_id == event.apart_review_id == review_id(event.apart_matter_id, s.CLERK_REVIEWED)
    assert (proposed.review_id, proposed.matter_id) != (c.REVIEW_ID, s.MATTER)
    assert (proposed.basis, proposed.subject) == ((LATER,), s.CLERK_REVIEWED)
    assert (proposed.detected_at, proposed.fact_date) == (LATER.detected_at, LATER.fact_date)
    assert (proposed.open_until, proposed.authority_post) == (FOUND.open_until, s.REVIEW_TERMS.authority_post)


def test_what_was_decided_stands_as_it_did() -> None:
    """The complaint still waits, and the row still has the sanction by which a new offence is judged."""
    before = c.happens(complained(), EXPIRE)

    after = c.happens(before, FOUND)

    assert before.state is not None
    assert after.state is not None
    assert replace(after.state, referred=()) == before.state
    assert row(after.state) == row(before.state)


def test_it_is_decided_in_its_time_a_level_above_the_sanction_that_runs() -> None:
    """Detected on 3 September 2025, ninety days; the warning in force since 22 August runs for a year."""
    event = referred(served())
    opened_at = s.moment("2025-09-04")
    proposed = c.happens(beside(event), OpenReview(c.AUTHORITY, c.setting(opened_at)))
    opened = proposed.events[-1]
    assert isinstance(opened, ReviewOpened)
    assert opened.processing is not None
    assert opened.processing.ends_at == s.moment("2025-12-02", "17:00")
    assert proposed.state is not None
    ready = replace(proposed.state, status=ReviewStatus.RECOMMENDED)
    running = (Running(c.REVIEW_ID, "warning", date(2025, 8, 22), date(2026, 8, 22)),)
    above = replace(
        c.decide("forced-termination", s.moment("2025-11-03")),
        conclusions=(c.conclude("reprimand", "later"),),
        running=running,
    )

    [decided] = s.REVIEW.decide(above, ready)

    assert isinstance(decided, ReviewDecided)
    assert (decided.form, decided.repeats) == ("forced-termination", c.REVIEW_ID)
    with pytest.raises(ProcessingPassed):
        s.REVIEW.decide(replace(above, setting=Setting(s.moment("2026-08-25"), c.LAW, s.CALENDAR)), ready)


def test_the_same_demand_is_referred_once_and_another_ground_to_the_same_review() -> None:
    review = c.happens(served(), FOUND)
    again = LATER.model_copy(update={"ground": ReviewGround.LAST_STEP_PASSED})

    review.when(FOUND).then()

    assert referred(review, c.propose(again)).apart_review_id == referred(served()).apart_review_id


def test_a_finding_that_falls_away_concerns_the_review_beside_alone() -> None:
    lose = LoseBasis(LATER.finding_id, (LATER.finding_id,), None, s.moment("2025-09-10"), s.CALENDAR)

    c.happens(served(), FOUND).when(lose).then()

    assert status(c.happens(beside(referred(served())), lose)) is ReviewStatus.LAPSED


def test_what_is_found_after_the_decision_beside_has_a_review_of_its_own_again() -> None:
    """However often he goes on while sanctions run: each decision has the review that follows it."""
    first = referred(served())
    state = served().state
    assert state is not None
    there = replace(state, review_id=first.apart_review_id, matter_id=first.apart_matter_id)

    [second] = s.REVIEW.decide(replace(FOUND_AFTER_EXPIRY, matter_id=first.apart_matter_id), there)

    assert isinstance(second, LaterFindingReferred)
    assert len({c.REVIEW_ID, first.apart_review_id, second.apart_review_id}) == 3


def test_once_a_decision_is_to_be_made_anew_what_is_found_joins_it_and_is_heard() -> None:
    anew = c.happens(complained(), c.answer(ComplaintOutcome.REVOKED, fresh=True))
    assert status(anew) is ReviewStatus.RECOMMENDED

    [joined] = anew.when(FOUND).decided()
    assert isinstance(joined, ReviewBasisAdded)
    assert (joined.item, joined.heard_anew) == (LATER, True)
    assert status(c.happens(anew, FOUND)) is ReviewStatus.BEFORE_BOARD


def test_where_nothing_is_left_of_the_decision_the_same_review_is_proposed_anew() -> None:
    revoked = c.happens(complained(), c.answer(ComplaintOutcome.REVOKED))

    [event] = revoked.when(FOUND).decided()

    assert isinstance(event, ReviewProposed)
    assert (event.review_id, event.basis) == (c.REVIEW_ID, (LATER,))


def test_the_answer_that_revoked_it_is_served_all_the_same() -> None:
    anew = c.happens(complained(), c.answer(ComplaintOutcome.REVOKED), FOUND)
    assert status(anew) is ReviewStatus.PROPOSED

    told = c.happens(anew, c.serve_answer())

    assert status(told) is ReviewStatus.PROPOSED
    told.when(c.serve_answer()).refused(AnswerNotToServe())


def test_what_an_earlier_release_noted_with_a_decision_is_referred_once_it_is_demanded_again() -> None:
    noted = ReviewBasisAdded(review_id=c.REVIEW_ID, item=LATER)
    before = served()
    review = replace(before, events=(*before.events, noted))

    assert row(review.state) == row(before.state)
    assert referred(review).basis == (LATER,)
