"""What is found after the decision: noted while anything of it is open, and proposed once nothing is."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from discipline.reviews.commands import LoseBasis
from discipline.reviews.complaints.commands import AcceptComplaint, RejectComplaint
from discipline.reviews.complaints.refusals import AnswerNotToServe
from discipline.reviews.decision.commands import RecordExpiry, RevokeDecision
from discipline.reviews.owed import Debtor, Owed, OwedStep, owed
from discipline.reviews.state import ReviewStatus, State
from schemas.discipline.review_complaints import ComplaintOutcome
from schemas.discipline.review_decision import RevocationGround
from schemas.discipline.reviews import ReviewBasisAdded, ReviewBasisLost, ReviewBasisReduced, ReviewProposed
from tests.discipline import review_cases as c
from tests.discipline import samples as s
from tests.discipline.test_review_owed import YEAR
from tests.specification import Given

LATER = s.item("later", fact=date(2025, 9, 2), detected=datetime.fromisoformat("2025-09-03T02:00:00+00:00"))
LATEST = s.item("latest", fact=date(2026, 8, 26), detected=datetime.fromisoformat("2026-08-27T02:00:00+00:00"))
FOUND = c.propose(LATER, s.moment("2025-09-03"))
FOUND_AFTER_EXPIRY = c.propose(LATEST, s.moment("2026-08-27"))
EXPIRED_AT = s.moment("2026-08-25")
EXPIRE = RecordExpiry(c.AUTHORITY, c.setting(EXPIRED_AT))
OVER_TO = c.setting(s.moment("2026-08-28"))
REVOKE = RevokeDecision(c.SUPERIOR, c.ABOVE, OVER_TO, RevocationGround.HIGHER_AUTHORITY, False, s.document("revoked"))
REJECT = RejectComplaint(c.JUDGE, OVER_TO, s.document("reasons"))


def served() -> Given[State]:
    """By rows that end the sanction after a year."""
    serve = c.serve()
    return c.happens(c.decided(), replace(serve, setting=replace(serve.setting, law=YEAR)))


def complained() -> Given[State]:
    return c.happens(served(), c.complain(), AcceptComplaint(c.JUDGE))


def status(review: Given[State]) -> ReviewStatus:
    assert review.state is not None
    return review.state.status


def proposed_with(review: Given[State], command: object) -> ReviewProposed:
    """The proposal that the command brings with it."""
    event = review.when(command).decided()[-1]
    assert isinstance(event, ReviewProposed)
    return event


@pytest.mark.parametrize("review", [c.decided(), served()], ids=["decided", "served"])
def test_what_is_found_while_the_decision_stands_is_noted(review: Given[State]) -> None:
    review.when(FOUND).then(ReviewBasisAdded(review_id=c.REVIEW_ID, item=LATER))


def test_what_was_noted_is_proposed_when_the_sanction_ends() -> None:
    event = proposed_with(c.happens(served(), FOUND), EXPIRE)

    assert event.basis == (LATER,)
    assert (event.detected_at, event.fact_date) == (LATER.detected_at, LATER.fact_date)
    assert event.open_until == s.CALENDAR.working_days_after(EXPIRED_AT, 10)
    assert event.proposed_by is None


def test_where_nothing_was_noted_it_only_ends() -> None:
    assert len(served().when(EXPIRE).decided()) == 1


def test_a_complaint_that_waits_survives_what_is_found_after_the_sanction() -> None:
    expired = c.happens(complained(), EXPIRE)

    noted = expired.when(FOUND_AFTER_EXPIRY).then(ReviewBasisAdded(review_id=c.REVIEW_ID, item=LATEST))

    assert noted.state is not None
    assert noted.state.complaint is not None
    assert noted.state.complaint.pending


@pytest.mark.parametrize("end", [REJECT, REVOKE], ids=["rejected", "revoked"])
def test_what_was_noted_is_proposed_when_the_complaint_is_over_too(end: object) -> None:
    expired = c.happens(complained(), FOUND, EXPIRE, FOUND_AFTER_EXPIRY)
    assert status(expired) is ReviewStatus.EXPIRED

    assert proposed_with(expired, end).basis == (LATER, LATEST)


def test_a_decision_without_a_sanction_is_over_with_the_window_for_a_complaint() -> None:
    """Nothing of it runs that could end: what is found later is proposed at once, and not noted for ever."""
    within, after = s.moment("2025-09-03"), s.moment("2025-09-09")

    noted = c.happens(c.served(None), c.propose(LATER, within))

    assert noted.state is not None
    assert noted.state.noted == (LATER,)
    assert owed(noted.state) == (Owed(OwedStep.PROPOSAL, Debtor.AUTHORITY),)
    assert proposed_with(noted, c.propose(LATER, after)).basis == (LATER,)
    assert proposed_with(c.served(None), c.propose(LATER, after)).basis == (LATER,)


def test_an_answer_is_served_and_gone_further_against_before_anything_is_proposed() -> None:
    """The window for the second complaint closes ten days after the answer was received."""
    answered = c.happens(complained(), FOUND, EXPIRE, c.answer(at=s.moment("2026-08-26")))
    assert status(answered) is ReviewStatus.EXPIRED
    received = c.happens(answered, c.serve_answer(s.moment("2026-08-26")))
    assert status(received) is ReviewStatus.EXPIRED

    assert received.state is not None
    assert owed(received.state) == (Owed(OwedStep.PROPOSAL, Debtor.AUTHORITY),)
    received.when(FOUND_AFTER_EXPIRY).then(ReviewBasisAdded(review_id=c.REVIEW_ID, item=LATEST))
    closed = replace(FOUND_AFTER_EXPIRY, at=s.moment("2026-09-08"))
    assert proposed_with(received, closed).basis == (LATER, LATEST)


def test_what_is_demanded_again_once_the_window_is_closed_is_proposed() -> None:
    expired = c.happens(complained(), FOUND, EXPIRE, c.answer(at=s.moment("2026-08-26")))
    received = c.happens(expired, c.serve_answer(s.moment("2026-08-26")))

    assert proposed_with(received, replace(FOUND, at=s.moment("2026-09-08"))).basis == (LATER,)


def test_an_answer_that_revokes_proposes_what_was_noted() -> None:
    noted = c.happens(complained(), FOUND)

    assert proposed_with(noted, c.answer(ComplaintOutcome.REVOKED)).basis == (LATER,)


def test_the_answer_that_revoked_it_is_served_all_the_same() -> None:
    anew = c.happens(complained(), FOUND, c.answer(ComplaintOutcome.REVOKED))
    assert status(anew) is ReviewStatus.PROPOSED

    served = c.happens(anew, c.serve_answer())

    assert status(served) is ReviewStatus.PROPOSED
    served.when(c.serve_answer()).refused(AnswerNotToServe())


def test_where_it_is_decided_anew_what_was_noted_is_decided_with_it() -> None:
    anew = c.happens(complained(), FOUND, c.answer(ComplaintOutcome.REVOKED, fresh=True))

    assert anew.state is not None
    assert anew.state.status is ReviewStatus.RECOMMENDED
    assert {item.finding_id for item in anew.state.basis} == {s.FINDING, s.named("later")}


def test_nobody_answers_for_a_decision_that_does_not_rest_on_what_fell_away() -> None:
    lose = LoseBasis(LATER.finding_id, (LATER.finding_id,), None, s.moment("2025-09-10"), s.CALENDAR)
    review = c.happens(served(), FOUND)
    assert review.state is not None
    left = review.state.basis[:1]

    fallen = review.when(lose).then(
        ReviewBasisReduced(review_id=c.REVIEW_ID, finding_id=LATER.finding_id, remaining=left)
    )

    assert len(fallen.when(EXPIRE).decided()) == 1


def test_what_is_found_while_a_lost_basis_waits_for_its_answer_is_noted() -> None:
    lose = LoseBasis(s.FINDING, (s.FINDING,), None, s.moment("2026-08-26"), s.CALENDAR)
    lost = c.happens(served(), EXPIRE, lose)
    assert isinstance(lost.events[-1], ReviewBasisLost)
    revoke = replace(REVOKE, by=c.AUTHORITY, ground=RevocationGround.BASIS_LOST)

    noted = c.happens(lost, FOUND_AFTER_EXPIRY)

    assert status(noted) is ReviewStatus.EXPIRED
    assert proposed_with(noted, revoke).basis == (LATEST,)
