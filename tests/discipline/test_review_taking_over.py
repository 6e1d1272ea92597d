"""Another authority takes a review over where whoever is competent may not decide in his own matter."""

from datetime import date

import pytest

from discipline.reviews.commands import TakeOverReview
from discipline.reviews.refusals import (
    AuthorityMayDecide,
    NobodyMayTakeOver,
    NothingLeftToDecide,
    NotTheStandIn,
    OwnMatter,
)
from discipline.reviews.state import review_id
from discipline.standing import Person, Place
from schemas.discipline.reviews import ReviewTakenOver, Subject
from schemas.values import SubjectKind
from tests.discipline.samples import CHAIR, CLERK, COLLECTIVE, DIRECTOR, MATTER, REVIEW, document, item, named, person
from tests.discipline.test_reviews import LAPSED, REFUSED, proposed
from tests.specification import given

FACT = item().fact_date
PROPOSED = proposed(subject=COLLECTIVE)
WHY = document("reasons")
DEPUTY = Person(named("deputy"), (Place("deputy", CHAIR.agency_id, CHAIR.kind, False, CHAIR.chain),))


def once_there(one: Person, day: date = FACT) -> Person:
    """The same person, who belonged to the collective on a day only."""
    stay = (day, frozenset({COLLECTIVE.agency_id})), (date.fromordinal(day.toordinal() + 1), frozenset({"elsewhere"}))
    return Person(one.person_id, one.places, over_time=stay)


CONCERNED = once_there(person(CHAIR))


def take(by: Person = DEPUTY, *holders: Person) -> TakeOverReview:
    return TakeOverReview(by, holders or (CONCERNED,), ("deputy",), WHY)


def test_a_deputy_takes_over_the_chairs_own_matter() -> None:
    given(REVIEW, PROPOSED).when(take()).then(
        ReviewTakenOver(
            review_id=review_id(MATTER, COLLECTIVE),
            from_post="chair",
            authority_post="deputy",
            taken_by=DEPUTY.person_id,
            reasons=WHY,
        )
    )


def test_not_while_the_chair_or_who_acts_for_him_may_decide() -> None:
    given(REVIEW, PROPOSED).when(take(DEPUTY, person(CHAIR))).refused(AuthorityMayDecide("chair"))
    given(REVIEW, PROPOSED).when(take(DEPUTY, CONCERNED, person(CHAIR, name="acting"))).refused(
        AuthorityMayDecide("chair")
    )


def test_a_vacant_post_is_filled_and_not_passed_over() -> None:
    command = TakeOverReview(DEPUTY, (), ("deputy",), WHY)

    given(REVIEW, PROPOSED).when(command).refused(AuthorityMayDecide("chair"))


def test_nor_does_somebody_take_over_his_own_matter_or_what_is_not_his_to_take() -> None:
    given(REVIEW, PROPOSED).when(take(once_there(DEPUTY))).refused(OwnMatter)
    given(REVIEW, PROPOSED).when(take(person(DIRECTOR, name="other"))).refused(OwnMatter)
    given(REVIEW, PROPOSED).when(take(person(CHAIR, name="neither"))).refused(NotTheStandIn("chair"))


def test_where_all_who_could_take_it_over_are_concerned_too_somebody_has_to_be_named() -> None:
    command = TakeOverReview(once_there(DEPUTY), (CONCERNED,), (), WHY)

    given(REVIEW, PROPOSED).when(command).refused(NobodyMayTakeOver("chair"))


@pytest.mark.parametrize("ended", [REFUSED, LAPSED])
def test_what_is_over_is_not_taken_over(ended: ReviewTakenOver) -> None:
    of_collective = ended.model_copy(update={"review_id": PROPOSED.review_id})

    given(REVIEW, PROPOSED, of_collective).when(take()).refused(NothingLeftToDecide)


def test_an_individual_who_has_become_chair_does_not_decide_on_himself() -> None:
    himself = Subject(
        kind=SubjectKind.CIVIL_SERVANT, agency_id=CLERK.agency_id, person_id=person(CHAIR).person_id, post_id="clerk"
    )

    (event,) = given(REVIEW, proposed(subject=himself)).when(take(DEPUTY, person(CHAIR))).decided()

    assert isinstance(event, ReviewTakenOver)
