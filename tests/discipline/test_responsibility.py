"""Whether heads answer for what was found, level by level: raised, then opened or closed, each with its reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from discipline.responsibility import decide, evolve, refusals
from discipline.responsibility.commands import (
    AnswerDemand,
    CloseLevel,
    DropQuestions,
    Head,
    OpenLevel,
    ProposeHead,
    RaiseQuestions,
    TakeOverQuestion,
)
from discipline.responsibility.state import LevelStatus, State, initial
from discipline.responsibility.treatment import RULES
from discipline.reviews.refusals import (
    AuthorityMayDecide,
    NobodyMayTakeOver,
    NotTheCompetentAuthority,
    NotTheStandIn,
    OwnMatter,
)
from discipline.reviews.state import review_id
from discipline.standing import Person, Place
from schemas.discipline.law import RowUsed
from schemas.discipline.responsibility import (
    ClosingGround,
    ResponsibilityClosed,
    ResponsibilityOpened,
    ResponsibilityRaised,
    ResponsibilityTakenOver,
)
from schemas.discipline.reviews import BasisItem, ReviewGround, ReviewTerms, Subject
from schemas.values import SubjectKind
from services.adapters import law
from tests.discipline.law_rows import activated, row_of, with_rows
from tests.discipline.samples import CHAIR, CLERK, FINDING, document, moment, named, person
from tests.specification import Decider, Given, given

if TYPE_CHECKING:
    from uuid import UUID

    from discipline.law.rows import LawTable

RESPONSIBILITY: Decider[State] = Decider(initial, decide.decide, evolve.evolve)
LAW = law.shipped()
FACT = date(2025, 3, 28)
MATTER = named("matter")
TERMS = ReviewTerms(provision="Đoạn 8", authority_post="chair", open_within=10, meeting_within=15)
UNTIL = moment("2025-04-15", "17:00")
OWN = Head(1, "ward", "ward-head", SubjectKind.CADRE, named("ward head"), False, date(2020, 1, 1), None)
ABOVE = Head(2, "district", "district-head", SubjectKind.CADRE, named("district head"), False, date(2020, 1, 1), None)
AWAY = replace(OWN, acted_by=named("deputy"))
AUTHORITY = person(CHAIR)
FOUND, NEW = "head-found-and-reported", "head-new-in-office"


def raising(*heads: Head, table: LawTable = LAW) -> RaiseQuestions:
    return RaiseQuestions(
        FINDING, MATTER, "ward", "da-nang-2090", False, FACT, moment("2025-04-01"), TERMS, UNTIL, heads, table
    )


def raised(head: Head, **but: object) -> ResponsibilityRaised:
    said = ResponsibilityRaised(
        finding_id=FINDING,
        level=head.level,
        matter_id=MATTER,
        agency_id="ward",
        directive_id="da-nang-2090",
        subject=subject(head),
        acting=head.acting,
        in_office_since=head.since,
        acted_by=head.acted_by,
        own_check=False,
        fact_date=FACT,
        detected_at=moment("2025-04-01"),
        terms=TERMS,
        answer_until=UNTIL,
        rows=(),
    )
    return said.model_copy(update=but)


def subject(head: Head, person_id: UUID | None = None) -> Subject:
    who = person_id or head.person_id
    return Subject(kind=head.kind, agency_id=head.agency_id, person_id=who, post_id=head.post_id)


def demanding(ground: ReviewGround = ReviewGround.VIOLATION_TYPE, table: LawTable = LAW) -> AnswerDemand:
    return AnswerDemand(ground, table)


def opened(
    head: Head, ground: ReviewGround = ReviewGround.VIOLATION_TYPE, by: UUID | None = None
) -> ResponsibilityOpened:
    return ResponsibilityOpened(
        finding_id=FINDING,
        level=head.level,
        review_id=review_id(MATTER, subject(head)),
        item=BasisItem(finding_id=FINDING, ground=ground, fact_date=FACT, detected_at=moment("2025-04-01")),
        opened_by=by,
        reasons=None if by is None else document("why"),
    )


def closed(head: Head, ground: ClosingGround, *rows: RowUsed, by: UUID | None = None) -> ResponsibilityClosed:
    reasons = None if by is None else document("why")
    return ResponsibilityClosed(
        finding_id=FINDING, level=head.level, ground=ground, rows=rows, closed_by=by, reasons=reasons
    )


def row(row_id: str) -> RowUsed:
    return RowUsed(rule_id=row_id, instrument="Decree 157/2007/NĐ-CP", article=None)


def question(*heads: Head, **but: object) -> Given[State]:
    return given(RESPONSIBILITY, *(raised(head, **but) for head in heads))


def closes(ground: ClosingGround, level: int = 1, table: LawTable = LAW) -> CloseLevel:
    return CloseLevel(AUTHORITY, level, ground, document("why"), table)


# -- raised -----------------------------------------------------------------------------------------------------------


def test_a_finding_raises_the_question_of_the_head_and_then_of_the_level_above() -> None:
    given(RESPONSIBILITY).when(raising(OWN, ABOVE)).then(raised(OWN), raised(ABOVE))


def test_the_same_finding_raises_a_level_once() -> None:
    question(OWN).when(raising(OWN, ABOVE)).then(raised(ABOVE))


def test_a_vacant_post_is_asked_for_without_a_person() -> None:
    vacant = replace(OWN, person_id=None, since=None)
    given(RESPONSIBILITY).when(raising(vacant)).then(raised(vacant))


def test_the_holder_answers_for_what_happened_while_he_was_away_as_long_as_no_row_says_otherwise() -> None:
    given(RESPONSIBILITY).when(raising(AWAY)).then(raised(AWAY))


def test_whoever_acted_for_him_answers_where_a_row_says_so() -> None:
    who = subject(OWN, named("deputy"))
    said = raised(AWAY, subject=who, acting=True, in_office_since=None, rows=(row("head-absent"),))
    given(RESPONSIBILITY).when(raising(AWAY, table=activated("head-absent"))).then(said)


# -- proposed by a person ----------------------------------------------------------------------------------------------

INSPECTOR = named("inspector")
LATER = moment("2025-05-15", "17:00")


def proposing(head: Head = OWN, until: datetime = LATER) -> ProposeHead:
    return ProposeHead(replace(raising(head), answer_until=until), INSPECTOR, document("why"))


def asked(head: Head = OWN, until: datetime = LATER) -> ResponsibilityRaised:
    return raised(head, answer_until=until, raised_by=INSPECTOR, reasons=document("why"))


def test_a_person_raises_the_question_that_the_authority_answers() -> None:
    """The directive names no head; his review is not proposed past the competent authority either."""
    by = AUTHORITY.person_id
    proposed = given(RESPONSIBILITY).when(proposing()).then(asked())
    proposed.when(OpenLevel(AUTHORITY, 1, document("why"))).then(opened(OWN, ReviewGround.PERSON, by))


def test_what_waits_already_is_not_put_off_by_a_proposal() -> None:
    question(OWN).when(proposing()).then(asked(until=UNTIL))


def test_a_person_raises_one_level_beside_another() -> None:
    question(OWN).when(proposing(ABOVE)).then(asked(ABOVE))


def test_what_the_authority_had_closed_is_asked_again_and_waits_anew() -> None:
    gone = closed(OWN, ClosingGround.NOT_RESPONSIBLE, by=AUTHORITY.person_id)
    again = given(RESPONSIBILITY, raised(OWN), gone).when(proposing()).then(asked())
    again.when(closes(ClosingGround.NOT_RESPONSIBLE)).then(gone)


def test_where_a_review_is_proposed_already_the_persons_grounds_are_told_to_it_once() -> None:
    told = opened(OWN, ReviewGround.PERSON, INSPECTOR)
    given(RESPONSIBILITY, raised(OWN), opened(OWN)).when(proposing()).then(told).when(proposing()).then()


@pytest.mark.parametrize("known_before", [replace(OWN, person_id=None, since=None), replace(OWN, person_id=named("x"))])
def test_who_it_turned_out_headed_the_agency_is_asked_though_a_review_of_another_is_proposed(
    known_before: Head,
) -> None:
    """The directory was corrected; what was proposed of the other one, or of nobody, the authority refuses."""
    of_another = given(RESPONSIBILITY, raised(known_before), opened(known_before))
    again = of_another.when(proposing()).then(asked())
    by = AUTHORITY.person_id
    again.when(OpenLevel(AUTHORITY, 1, document("why"))).then(opened(OWN, ReviewGround.PERSON, by))


# -- demanded by the directive ----------------------------------------------------------------------------------------


def test_what_the_directive_demands_opens_every_level_once() -> None:
    answered = question(OWN, ABOVE).when(demanding()).then(opened(OWN), opened(ABOVE))
    answered.when(demanding()).then()


def test_where_a_row_may_let_him_go_who_found_it_himself_the_demand_leaves_him_to_the_authority() -> None:
    """Whether he stopped and reported it too, nobody but a person can tell; the head above found nothing."""
    asked_of = question(OWN, ABOVE, own_check=True)
    waiting = asked_of.when(demanding(table=activated(FOUND))).then(opened(ABOVE))
    let_go = closes(ClosingGround.FOUND_AND_REPORTED, table=activated(FOUND))
    waiting.when(let_go).then(closed(OWN, ClosingGround.FOUND_AND_REPORTED, row(FOUND), by=AUTHORITY.person_id))


def test_without_that_row_or_where_an_inspection_found_it_the_demand_opens_his_review() -> None:
    question(OWN, own_check=True).when(demanding()).then(opened(OWN))
    question(OWN).when(demanding(table=activated(FOUND))).then(opened(OWN))


def test_what_he_found_and_left_unmended_until_the_last_step_is_asked_of_him() -> None:
    last = ReviewGround.LAST_STEP_PASSED
    waiting = question(OWN, own_check=True).when(demanding(table=activated(FOUND))).then()
    waiting.when(demanding(last, activated(FOUND))).then(opened(OWN, last))


def test_a_head_who_is_new_besides_is_let_go_by_that_row_at_once() -> None:
    rows = (row_of(FOUND), row_of(NEW).model_copy(update={"value": 30}))
    new, table = replace(OWN, since=FACT), with_rows(*(one.model_copy(update={"active": True}) for one in rows))
    gone = closed(new, ClosingGround.NEW_IN_OFFICE, row(NEW))
    question(new, own_check=True).when(demanding(table=table)).then(gone)


def test_another_ground_is_told_to_the_same_review() -> None:
    last = ReviewGround.LAST_STEP_PASSED
    question(OWN).when(demanding()).then(opened(OWN)).when(demanding(last)).then(opened(OWN, last))


def test_without_a_row_a_head_who_took_office_the_day_before_is_reviewed() -> None:
    new = replace(OWN, since=FACT - timedelta(days=1))
    question(new).when(demanding()).then(opened(new))


@pytest.mark.parametrize(("days_before", "lets_go"), [(30, True), (31, False), (0, True)])
def test_with_a_row_of_thirty_days_it_counts_from_the_day_after_he_took_office(days_before: int, lets_go: bool) -> None:
    new = replace(OWN, since=FACT - timedelta(days=days_before))
    answer = closed(new, ClosingGround.NEW_IN_OFFICE, row(NEW)) if lets_go else opened(new)
    question(new).when(demanding(table=activated(NEW, value=30))).then(answer)


def test_a_head_whom_a_row_lets_go_is_not_asked_again() -> None:
    gone = closed(OWN, ClosingGround.NEW_IN_OFFICE, row(NEW))
    given(RESPONSIBILITY, raised(OWN), gone).when(demanding(ReviewGround.LAST_STEP_PASSED)).then()


def test_that_one_head_is_let_go_says_nothing_of_the_one_above() -> None:
    new = replace(OWN, since=FACT)
    gone = closed(new, ClosingGround.NEW_IN_OFFICE, row(NEW))
    question(new, ABOVE).when(demanding(table=activated(NEW, value=30))).then(gone, opened(ABOVE))


# -- answered by the authority ----------------------------------------------------------------------------------------


def test_the_authority_opens_a_level_with_reasons() -> None:
    by = AUTHORITY.person_id
    question(OWN).when(OpenLevel(AUTHORITY, 1, document("why"))).then(opened(OWN, ReviewGround.PERSON, by))


def test_the_authority_closes_a_level_with_reasons() -> None:
    ground = ClosingGround.NOT_RESPONSIBLE
    question(OWN, ABOVE).when(closes(ground, 2)).then(closed(ABOVE, ground, by=AUTHORITY.person_id))


def test_a_level_is_answered_once() -> None:
    answered = question(OWN).when(demanding()).then(opened(OWN))
    answered.when(closes(ClosingGround.NOT_RESPONSIBLE)).refused(refusals.LevelAnswered(1, "opened"))


def test_a_later_demand_opens_what_the_authority_had_closed() -> None:
    gone = question(OWN).when(closes(ClosingGround.NOT_RESPONSIBLE))
    after = gone.then(closed(OWN, ClosingGround.NOT_RESPONSIBLE, by=AUTHORITY.person_id))
    after.when(demanding(ReviewGround.LAST_STEP_PASSED)).then(opened(OWN, ReviewGround.LAST_STEP_PASSED))


def test_a_head_who_found_stopped_and_reported_it_himself_is_let_go_by_the_row() -> None:
    ground = ClosingGround.FOUND_AND_REPORTED
    answer = closed(OWN, ground, row(FOUND), by=AUTHORITY.person_id)
    question(OWN, own_check=True).when(closes(ground, table=activated(FOUND))).then(answer)


def test_without_an_active_row_the_refusal_names_it() -> None:
    ground = ClosingGround.FOUND_AND_REPORTED
    question(OWN, own_check=True).when(closes(ground)).refused(refusals.GroundWithoutRow(ground, FOUND))


def test_what_his_agencys_check_found_the_head_above_did_not_find_himself() -> None:
    ground = ClosingGround.FOUND_AND_REPORTED
    command = closes(ground, 2, activated(FOUND))
    question(OWN, ABOVE, own_check=True).when(command).refused(refusals.GroundNotOfHead(ground))


def test_a_head_who_was_in_office_for_longer_than_the_row_says_is_told_until_when_he_was_new() -> None:
    since = FACT - timedelta(days=31)
    command = closes(ClosingGround.NEW_IN_OFFICE, table=activated(NEW, value=30))
    refusal = refusals.NoLongerNew(NEW, since, FACT - timedelta(days=1), FACT)
    question(replace(OWN, since=since)).when(command).refused(refusal)


@pytest.mark.parametrize("ground", [ClosingGround.FOUND_AND_REPORTED, ClosingGround.ABSENT])
def test_what_case_and_directory_do_not_bear_out_is_refused(ground: ClosingGround) -> None:
    table = activated(FOUND, "head-absent")
    question(OWN).when(closes(ground, table=table)).refused(refusals.GroundNotOfHead(ground))


def test_a_holder_who_was_away_is_let_go_once_the_row_is_active() -> None:
    answer = closed(AWAY, ClosingGround.ABSENT, row("head-absent"), by=AUTHORITY.person_id)
    question(AWAY).when(closes(ClosingGround.ABSENT, table=activated("head-absent"))).then(answer)


def test_nobody_states_that_a_finding_fell_away() -> None:
    question(OWN).when(closes(ClosingGround.FINDING_FELL_AWAY)).refused(refusals.GroundNotGiven)


def test_only_the_competent_authority_answers() -> None:
    command = OpenLevel(person(CLERK), 1, document("why"))
    question(OWN).when(command).refused(NotTheCompetentAuthority("chair"))


def test_nobody_answers_where_he_is_asked_about_himself() -> None:
    mine = replace(OWN, person_id=AUTHORITY.person_id)
    question(mine, ABOVE).when(closes(ClosingGround.NOT_RESPONSIBLE, 2)).refused(OwnMatter)
    acted = replace(OWN, acted_by=AUTHORITY.person_id)
    question(acted).when(closes(ClosingGround.NOT_RESPONSIBLE)).refused(OwnMatter)


def test_a_level_that_was_not_raised_is_unknown() -> None:
    question(OWN).when(closes(ClosingGround.NOT_RESPONSIBLE, 2)).refused(refusals.ResponsibilityUnknown)
    given(RESPONSIBILITY).when(closes(ClosingGround.NOT_RESPONSIBLE)).refused(refusals.ResponsibilityUnknown)


# -- taken over -------------------------------------------------------------------------------------------------------

CONCERNED = replace(OWN, person_id=AUTHORITY.person_id)
DEPUTY = Person(named("deputy chair"), (Place("deputy", CHAIR.agency_id, CHAIR.kind, False, CHAIR.chain),))
WHY = document("why")
TAKEN = ResponsibilityTakenOver(
    finding_id=FINDING, from_post="chair", authority_post="deputy", taken_by=DEPUTY.person_id, reasons=WHY
)


def taking(by: Person = DEPUTY, holders: tuple[Person, ...] = (AUTHORITY,)) -> TakeOverQuestion:
    return TakeOverQuestion(by, holders, ("deputy",), WHY)


def test_a_deputy_answers_at_every_level_where_the_chair_is_asked_about_himself() -> None:
    taken = question(CONCERNED, ABOVE).when(taking()).then(TAKEN)
    closing = replace(closes(ClosingGround.NOT_RESPONSIBLE, 2), by=DEPUTY)
    taken.when(closing).then(closed(ABOVE, ClosingGround.NOT_RESPONSIBLE, by=DEPUTY.person_id))


def test_whoever_acted_for_an_absent_head_is_kept_from_it_too() -> None:
    question(replace(OWN, acted_by=AUTHORITY.person_id)).when(taking()).then(TAKEN)


def test_then_the_chair_answers_no_more() -> None:
    taken = question(CONCERNED).when(taking()).then(TAKEN)
    taken.when(OpenLevel(AUTHORITY, 1, WHY)).refused(NotTheCompetentAuthority("deputy"))


def test_a_further_level_that_is_raised_later_is_his_to_answer_as_well() -> None:
    later = question(CONCERNED).when(taking()).then(TAKEN).when(raising(CONCERNED, ABOVE)).then(raised(ABOVE))
    later.when(OpenLevel(DEPUTY, 2, WHY)).then(opened(ABOVE, ReviewGround.PERSON, DEPUTY.person_id))


def test_not_while_somebody_may_answer_or_the_post_is_vacant() -> None:
    question(OWN).when(taking()).refused(AuthorityMayDecide("chair"))
    question(CONCERNED).when(taking(holders=(AUTHORITY, person(CHAIR, name="acting")))).refused(
        AuthorityMayDecide("chair")
    )
    question(CONCERNED).when(taking(holders=())).refused(AuthorityMayDecide("chair"))


def test_where_it_is_asked_about_all_who_could_take_it_over_somebody_has_to_be_named() -> None:
    about_both = replace(ABOVE, person_id=DEPUTY.person_id)
    command = TakeOverQuestion(DEPUTY, (AUTHORITY,), (), WHY)
    question(CONCERNED, about_both).when(command).refused(NobodyMayTakeOver("chair"))


def test_nobody_takes_over_what_is_asked_about_himself_or_is_not_his_to_take() -> None:
    about_both = replace(ABOVE, person_id=DEPUTY.person_id)
    question(CONCERNED, about_both).when(taking()).refused(OwnMatter)
    question(CONCERNED).when(taking(person(CHAIR, name="neither"))).refused(NotTheStandIn("chair"))


def test_what_is_answered_at_every_level_is_not_taken_over_until_it_is_asked_again() -> None:
    gone = closed(CONCERNED, ClosingGround.FINDING_FELL_AWAY)
    over = given(RESPONSIBILITY, raised(CONCERNED), gone)
    over.when(taking()).refused(refusals.EveryLevelAnswered())
    again = over.when(proposing(CONCERNED)).then(asked(CONCERNED))
    again.when(taking()).then(TAKEN)


# -- what falls away --------------------------------------------------------------------------------------------------


def test_with_the_finding_every_level_that_is_not_closed_falls_away() -> None:
    gone = closed(ABOVE, ClosingGround.NOT_RESPONSIBLE, by=AUTHORITY.person_id)
    fallen = closed(OWN, ClosingGround.FINDING_FELL_AWAY)
    after = given(RESPONSIBILITY, raised(OWN), raised(ABOVE), gone).when(DropQuestions()).then(fallen)
    after.when(DropQuestions()).then()


def test_policies_are_total_before_anything_was_raised() -> None:
    given(RESPONSIBILITY).when(demanding()).then()
    given(RESPONSIBILITY).when(DropQuestions()).then()


def test_every_ground_that_needs_a_row_has_one_which_ships_inactive() -> None:
    rows = [one for one in LAW.rows if one.rule in RULES.values()]
    assert {one.rule for one in rows} == set(RULES.values())
    assert not any(one.active for one in rows)


ANYTHING = (
    raising(OWN, ABOVE),
    demanding(),
    demanding(ReviewGround.LAST_STEP_PASSED),
    DropQuestions(),
    proposing(),
    proposing(ABOVE),
    closes(ClosingGround.NOT_RESPONSIBLE),
    closes(ClosingGround.NOT_RESPONSIBLE, 2),
    OpenLevel(AUTHORITY, 2, document("why")),
)


@for_all(st.lists(st.sampled_from(ANYTHING), max_size=12))
def test_whatever_happens_each_level_has_one_question_and_says_how_it_stands(commands: list[object]) -> None:
    state = initial
    for command in commands:
        try:
            events = decide.decide(command, state)  # type: ignore[arg-type]  # every command of the aggregate
        except (refusals.LevelAnswered, refusals.ResponsibilityUnknown):
            continue
        for event in events:
            state = evolve.evolve(state, event)
    levels = () if state is None else state.levels
    assert len({one.level for one in levels}) == len(levels)
    for one in levels:
        assert (one.status is LevelStatus.CLOSED) == (one.closed is not None)
        assert one.status is not LevelStatus.OPENED or one.review_id is not None
