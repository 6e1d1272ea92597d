"""Who answers for a consent that was deemed: asked like a head whose agency had a finding, by the same rows."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from discipline.consultations import consent
from discipline.proposals import of_head
from discipline.responsibility import decide, evolve
from discipline.responsibility.commands import AnswerDemand
from discipline.responsibility.state import State, initial
from discipline.reviews.commands import OpenReview, ProposeReview, RebaseReview
from discipline.reviews.reckoning import Setting
from discipline.reviews.state import review_id
from schemas.discipline.responsibility import ClosingGround, ResponsibilityClosed, ResponsibilityOpened
from schemas.discipline.reviews import (
    BasisItem,
    ReviewBasisLost,
    ReviewBasisReduced,
    ReviewGround,
    ReviewProposalLapsed,
    ReviewProposed,
    ReviewRebased,
    Subject,
)
from schemas.values import SubjectKind
from tests.discipline import consultation_cases as c
from tests.discipline.law_rows import activated
from tests.discipline.review_cases import AUTHORITY, LAW, LEADER, happens
from tests.discipline.samples import CALENDAR, REVIEW, item, named
from tests.specification import Decider, Given, given

if TYPE_CHECKING:
    from discipline.law.rows import LawTable
    from discipline.reviews.state import State as Reviewed
    from schemas.discipline.consultations import ConsentDeemed

RESPONSIBILITY: Decider[State] = Decider(initial, decide.decide, evolve.evolve)
ITEM = BasisItem(
    finding_id=c.CONSULTATION, ground=ReviewGround.DEEMED_CONSENT, fact_date=c.LAST_DAY, detected_at=c.DUE_AT
)
COLLECTIVE = Subject(kind=SubjectKind.COLLECTIVE, agency_id="construction", person_id=None, post_id=None)
AT = c.DUE_AT
SETTING = Setting(AT, LAW, CALENDAR)
DEEMED = c.deemed()


def asked(deemed: ConsentDeemed = DEEMED, table: LawTable = LAW) -> Given[State]:
    """The question of the head of the agency that was silent was raised."""
    question = consent.question(deemed, AT, table, CALENDAR)
    assert question is not None
    return given(RESPONSIBILITY, *given(RESPONSIBILITY).when(question).decided())


def proposed() -> Given[Reviewed]:
    """The review of the head was proposed."""
    [level] = asked().when(AnswerDemand(consent.GROUND, LAW)).decided()
    assert isinstance(level, ResponsibilityOpened)
    state = given(RESPONSIBILITY, *asked().events, level).state
    assert state is not None
    return happens(given(REVIEW), of_head(state, level, SETTING))


def test_whoever_headed_the_agency_on_the_last_day_is_reviewed_for_it() -> None:
    """The review rests on the consent: its fact is the last day, detected at the due moment."""
    [event] = proposed().events
    assert isinstance(event, ReviewProposed)
    assert (event.subject, event.ground, event.basis) == (c.HEAD, ReviewGround.DEEMED_CONSENT, (ITEM,))
    assert (event.fact_date, event.detected_at, event.authority_post) == (c.LAST_DAY, c.DUE_AT, "chair")
    assert event.open_until > AT
    assert event.proposed_by is None


def test_what_one_request_left_unanswered_is_one_matter() -> None:
    assert consent.matter_id(c.REQUEST) == consent.matter_id(c.REQUEST) != consent.matter_id(named("another"))


@pytest.mark.parametrize(
    ("deemed", "demanded"),
    [
        (DEEMED, True),
        (c.deemed(terms=c.TERMS.model_copy(update={"answers_personally": False})), False),
        (c.deemed(c.HEAD.model_copy(update={"post_id": "chair"})), False),
    ],
    ids=["answers personally", "consents only", "the authority itself"],
)
def test_a_review_is_demanded_where_the_directive_lets_him_answer_personally(
    deemed: ConsentDeemed, demanded: bool
) -> None:
    assert consent.demands_review(deemed) is demanded


def test_an_agency_without_a_heads_post_answers_as_a_collective() -> None:
    silent = c.deemed(COLLECTIVE, in_office_since=None)
    assert consent.question(silent, AT, LAW, CALENDAR) is None
    command = consent.of_collective(silent, SETTING)
    [event] = given(REVIEW).when(command).decided()
    assert isinstance(event, ReviewProposed)
    assert (event.subject, event.basis) == (COLLECTIVE, (ITEM,))
    assert event.review_id == review_id(consent.matter_id(c.REQUEST), COLLECTIVE)


def test_a_row_lets_whoever_had_just_taken_office_go() -> None:
    table = activated("head-new-in-office", value=30)
    new = c.deemed(in_office_since=c.LAST_DAY - timedelta(days=3))
    [answer] = asked(new, table).when(AnswerDemand(consent.GROUND, table)).decided()
    assert isinstance(answer, ResponsibilityClosed)
    assert answer.ground is ClosingGround.NEW_IN_OFFICE
    assert [row.rule_id for row in answer.rows] == ["head-new-in-office"]


def test_a_row_lets_whoever_acted_for_an_absent_head_answer_in_his_place() -> None:
    table, deputy = activated("head-absent"), named("deputy")
    before = asked(c.deemed(acted_by=deputy), table)
    assert before.state is not None
    assert [level.subject.person_id for level in before.state.levels] == [deputy]


def test_a_vacant_post_is_asked_about_like_that_of_a_finding() -> None:
    before = asked(c.deemed(c.HEAD.model_copy(update={"person_id": None}), in_office_since=None))
    [answer] = before.when(AnswerDemand(consent.GROUND, LAW)).decided()
    assert isinstance(answer, ResponsibilityOpened)


def test_with_the_consent_its_proposal_lapses() -> None:
    """An answer was recorded that had been received in time."""
    proposed().when(consent.undone(c.CONSULTATION, AT, CALENDAR)).then(
        ReviewProposalLapsed(review_id=review_id(consent.matter_id(c.REQUEST), c.HEAD), finding_id=c.CONSULTATION)
    )


def test_an_open_review_must_be_answered_when_the_consent_falls_away() -> None:
    before = happens(proposed(), OpenReview(AUTHORITY, SETTING, LEADER))
    [event] = before.when(consent.undone(c.CONSULTATION, AT, CALENDAR)).decided()
    assert isinstance(event, ReviewBasisLost)
    assert event.remaining == ()


def test_it_may_be_reviewed_together_with_a_finding_of_another_ground() -> None:
    """The consent falls away alone; what else the review rests on stays."""
    terms, until = c.TERMS.review, AT + timedelta(days=14)
    another = ProposeReview(consent.matter_id(c.REQUEST), c.HEAD, "quang-xuong-06", terms, (item(),), until, SETTING)
    [event] = happens(proposed(), another).when(consent.undone(c.CONSULTATION, AT, CALENDAR)).decided()
    assert isinstance(event, ReviewBasisReduced)
    assert event.remaining == (item(),)


def test_after_the_consent_fell_away_the_authority_goes_on_with_the_finding() -> None:
    terms, until = c.TERMS.review, AT + timedelta(days=14)
    another = ProposeReview(consent.matter_id(c.REQUEST), c.HEAD, "quang-xuong-06", terms, (item(),), until, SETTING)
    opening = OpenReview(AUTHORITY, SETTING, LEADER)
    lost = happens(proposed(), another, opening, consent.undone(c.CONSULTATION, AT, CALENDAR))
    [event] = lost.when(RebaseReview(AUTHORITY, SETTING)).decided()
    assert isinstance(event, ReviewRebased)
    assert event.basis == (item(),)
