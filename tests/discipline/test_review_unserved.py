"""What the subject knows of a review: a decision only once it was served on him."""

from typing import TYPE_CHECKING, cast

import pytest

from discipline.reviews.complaints.commands import AcceptComplaint
from discipline.reviews.decision.commands import CorrectDecision, RevokeDecision
from discipline.reviews.decision.refusals import NothingDecided
from discipline.reviews.procedure.commands import SubmitSelfReview
from discipline.reviews.procedure.refusals import StepNotNow, stands
from discipline.reviews.state import Review, ReviewStatus, State
from discipline.reviews.unserved import as_he_knows_it
from schemas.discipline.review_complaints import ComplaintOutcome
from schemas.discipline.review_decision import RevocationGround
from tests.discipline import review_cases as c
from tests.discipline import samples as s
from tests.specification import Given

if TYPE_CHECKING:
    from schemas.discipline.review_events import AnyReviewEvent

CORRECT = CorrectDecision(c.AUTHORITY, s.document("correction"))


def known(history: Given[State]) -> Review:
    return as_he_knows_it(cast("tuple[AnyReviewEvent, ...]", history.events))


def revoke(*, fresh: bool) -> RevokeDecision:
    """By the head above."""
    at, ground = c.setting(s.moment("2025-08-26")), RevocationGround.HIGHER_AUTHORITY
    return RevokeDecision(c.SUPERIOR, c.ABOVE, at, ground, fresh, s.document("revocation"))


def test_before_the_service_it_is_to_him_as_before_the_decision() -> None:
    assert known(c.decided()) == c.recommended().state
    assert known(c.happens(c.decided(), CORRECT)) == c.recommended().state


def test_what_is_taken_back_before_the_service_to_be_decided_anew_he_never_learns_of() -> None:
    assert known(c.happens(c.decided(), revoke(fresh=True))) == c.recommended().state


def test_that_all_of_it_has_ended_he_is_told() -> None:
    assert known(c.happens(c.decided(), revoke(fresh=False))).status is ReviewStatus.REVOKED


def test_once_it_was_served_he_knows_all_of_it() -> None:
    assert known(c.happens(c.served(), CORRECT)) == c.served().state


def test_what_his_complaint_has_changed_he_learns_by_the_service_of_the_answer() -> None:
    answered = c.happens(
        c.served(), c.complain(), AcceptComplaint(c.JUDGE), c.answer(ComplaintOutcome.CHANGED, form="reprimand")
    )

    before, after = known(answered).decision, known(c.happens(answered, c.serve_answer())).decision

    assert (before and before.form, after and after.form) == ("warning", "reprimand")


@pytest.mark.parametrize("before", [c.recommended, c.decided])
def test_his_own_steps_are_refused_as_if_nothing_were_decided(before: object) -> None:
    history: Given[State] = before()  # type: ignore[operator]
    recommended = stands(ReviewStatus.RECOMMENDED)

    late = SubmitSelfReview(c.SUBJECT, c.COMPLAINED_AT, s.document("statement"))
    history.when(late).refused(StepNotNow(recommended, stands(ReviewStatus.OPEN)))
    history.when(c.complain()).refused(NothingDecided(recommended))
