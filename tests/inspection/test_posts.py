"""Posts by date: they end, their holders are away and somebody acts, and what was recorded wrongly is withdrawn."""

from __future__ import annotations

from datetime import date

import pytest

from inspection.organisation import queries, refusals
from inspection.organisation.commands import (
    Command,
    CreatePost,
    EndPost,
    FillPost,
    MoveAgency,
    NoteAbsence,
    NoteReturn,
    RenameAgency,
    WithdrawFact,
)
from inspection.organisation.state import Holding
from inspection.timeline import at
from schemas.inspection.organisation import (
    AnyOrganisationEvent,
    Fact,
    FactWithdrawn,
    HolderAbsent,
    HolderReturned,
    PostEnded,
    PostKind,
)
from schemas.refusal import Coded
from schemas.values import SubjectKind
from tests.discipline.samples import document
from tests.inspection.province import (
    COMMUNE,
    DEPARTMENT,
    DISTRICT,
    HISTORY,
    ORGANISATION,
    PROVINCE,
    REFORMED,
    TWO_TIERS,
    carried_out,
    filled,
    name,
    person,
)
from tests.specification import given

DAY, LATER = date(2025, 3, 1), date(2025, 4, 1)
HEAD, DEPUTY = f"{DEPARTMENT}-head", f"{DEPARTMENT}-deputy"


def with_deputy() -> tuple[AnyOrganisationEvent, ...]:
    deputy = CreatePost(
        DEPUTY, DEPARTMENT, PostKind.DEPUTY, name("deputy"), SubjectKind.CIVIL_SERVANT, date(2015, 1, 1)
    )
    return (*HISTORY, *carried_out([deputy], ORGANISATION.after(HISTORY)))


READY = with_deputy()
department = given(ORGANISATION, *READY)


def post_ended(post_id: str, successor: str | None, day: date = LATER) -> PostEnded:
    return PostEnded(authority_id=PROVINCE, valid_from=day, post_id=post_id, successor_post=successor)


def away(acted_by: str | None, day: date = DAY) -> HolderAbsent:
    acting = None if acted_by is None else person(acted_by)
    return HolderAbsent(authority_id=PROVINCE, valid_from=day, post_id=HEAD, acted_by=acting)


def test_a_post_ends_and_the_head_of_its_agency_takes_over_what_it_owned() -> None:
    ended = department.when(EndPost(DEPUTY, None, LATER)).then(post_ended(DEPUTY, None))
    assert queries.heir_of(ended.state, DEPUTY, DAY) == DEPUTY
    assert queries.heir_of(ended.state, DEPUTY, LATER) == HEAD


def test_a_post_gives_way_to_the_one_that_is_named() -> None:
    commune_head = f"{COMMUNE}-head"
    ended = department.when(EndPost(DEPUTY, commune_head, LATER)).then(post_ended(DEPUTY, commune_head))
    assert queries.heir_of(ended.state, DEPUTY, LATER) == commune_head


def test_whoever_inherits_from_a_post_has_what_it_was_given() -> None:
    ended = department.when(EndPost(DEPUTY, None, LATER)).then(post_ended(DEPUTY, None)).state
    head = person(f"head of {DEPARTMENT}")
    assert queries.posts_with_inherited(ended, head, DAY) == {HEAD}
    assert queries.posts_with_inherited(ended, head, LATER) == {HEAD, DEPUTY}
    assert queries.posts_with_inherited(ended, person("An"), LATER) == frozenset()


def test_nobody_holds_a_post_that_has_ended() -> None:
    history = (*READY, *carried_out([FillPost(DEPUTY, person("An"), False, DAY)], department.state))
    ended = given(ORGANISATION, *history).when(EndPost(DEPUTY, None, LATER)).then(post_ended(DEPUTY, None)).state
    assert queries.holder(ended, DEPUTY, date(2025, 3, 31)) == Holding(person("An"), acting=False)
    assert queries.holder(ended, DEPUTY, LATER) is None
    assert queries.posts_of(ended, person("An"), LATER) == ()


def test_a_heads_post_gives_way_to_another_of_the_same_agency_which_is_the_heads_from_then_on() -> None:
    director = CreatePost("director", DEPARTMENT, PostKind.HEAD, name("director"), SubjectKind.CADRE, LATER)
    department.when(EndPost(HEAD, None, LATER)).refused(refusals.HeadWithoutSuccessor(HEAD))
    department.when(EndPost(HEAD, f"{COMMUNE}-head", LATER)).refused(refusals.HeadWithoutSuccessor(HEAD))
    department.when(director).refused(refusals.HeadPostExists(DEPARTMENT, HEAD))
    ended = given(ORGANISATION, *READY).when(EndPost(HEAD, DEPUTY, LATER)).then(post_ended(HEAD, DEPUTY))
    state = ORGANISATION.after((*ended.events, *ended.when(director).decided()))
    assert queries.head_of(state, DEPARTMENT, DAY) == HEAD
    assert queries.head_of(state, DEPARTMENT, LATER) == "director"


# -- taking a matter over ---------------------------------------------------------------------------------------------

VICE = CreatePost("vice", PROVINCE, PostKind.DEPUTY, name("deputy chair"), SubjectKind.CADRE, DAY)
province = given(ORGANISATION, *READY, *carried_out([VICE, filled("vice", "Vice", DAY)], department.state))


def take_over(post_id: str, *barred: str) -> tuple[str, ...]:
    """Who may, where these may not decide."""
    return queries.stand_ins(province.state, post_id, DAY, {person(one) for one in barred}.__contains__)


def test_the_heads_above_take_over_from_a_head_who_may_not_decide_the_nearest_first() -> None:
    assert take_over(f"{COMMUNE}-head") == (f"{DISTRICT}-head", f"{PROVINCE}-head")


def test_of_them_nobody_who_may_not_decide_either() -> None:
    assert take_over(f"{COMMUNE}-head", f"head of {DISTRICT}") == (f"{PROVINCE}-head",)


def test_where_nobody_is_above_who_may_decide_the_topmost_deputies_take_over() -> None:
    assert take_over(f"{PROVINCE}-head") == ("vice",)
    assert take_over(f"{COMMUNE}-head", f"head of {DISTRICT}", f"head of {PROVINCE}") == ("vice",)


def test_where_the_deputies_may_not_either_nobody_does() -> None:
    assert take_over(f"{PROVINCE}-head", "Vice") == ()


def test_no_post_ends_into_an_agency_whose_heads_post_has_ended() -> None:
    """What the head's post owned went to the deputy's, and would go to nobody."""
    headless = department.when(EndPost(HEAD, DEPUTY, DAY)).then(post_ended(HEAD, DEPUTY, DAY))
    headless.when(EndPost(DEPUTY, None, LATER)).refused(refusals.HeadPostMissing(DEPARTMENT, LATER))


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (EndPost("nowhere", None, LATER), refusals.PostUnknown("nowhere")),
        (EndPost(DEPUTY, DEPUTY, LATER), refusals.SuccessorPostEnds(DEPUTY)),
        (EndPost(DEPUTY, "nowhere", LATER), refusals.PostUnknown("nowhere")),
        (EndPost(DEPUTY, None, date(2014, 6, 1)), refusals.PostNotYetThere(DEPUTY, date(2015, 1, 1))),
    ],
)
def test_a_post_ends_where_somebody_takes_over(command: EndPost, refusal: Exception) -> None:
    department.when(command).refused(refusal)  # type: ignore[arg-type]  # parametrize knows only the base


@pytest.mark.parametrize(
    "command",
    [
        EndPost(DEPUTY, None, date(2025, 5, 1)),
        FillPost(DEPUTY, person("An"), False, LATER),
        NoteAbsence(DEPUTY, None, LATER),
        EndPost(DEPUTY, None, DAY),
    ],
)
def test_a_post_that_has_ended_is_not_filled_left_or_ended_again(command: Command) -> None:
    given(ORGANISATION, *READY, post_ended(DEPUTY, None)).when(command).refused(refusals.PostEndedBefore(DEPUTY, LATER))


def test_while_a_head_is_away_somebody_acts_and_both_are_known_to_stand_there() -> None:
    absent = department.when(NoteAbsence(HEAD, person("An"), DAY)).then(away("An")).state
    holder, acting = queries.holder(absent, HEAD, DAY), queries.in_charge(absent, HEAD, DAY)
    assert holder == Holding(person(f"head of {DEPARTMENT}"), acting=False)
    assert acting == Holding(person("An"), acting=True)
    assert queries.posts_of(absent, person("An"), DAY) == (HEAD,)
    assert queries.posts_of(absent, person(f"head of {DEPARTMENT}"), DAY) == (HEAD,)
    assert queries.posts_of(absent, person("An"), date(2025, 2, 28)) == ()


def test_where_somebody_stood_on_each_of_his_days_is_known() -> None:
    """He acts for the head, then has a post of his own until it ends, then comes back to the commune."""
    back = date(2025, 6, 1)
    history = (*READY, away("An"), HolderReturned(authority_id=PROVINCE, valid_from=LATER, post_id=HEAD))
    moves: list[Command] = [
        FillPost(DEPUTY, person("An"), False, LATER),
        EndPost(DEPUTY, None, date(2025, 5, 1)),
        filled(f"{COMMUNE}-head", "An", back),
    ]
    state = ORGANISATION.after((*history, *carried_out(moves, ORGANISATION.after(history))))

    timeline = queries.agencies_over_time(state, person("An"))

    days = (date(2025, 2, 28), DAY, date(2025, 3, 31), LATER, date(2025, 4, 30), date(2025, 5, 1), back)
    assert [at(timeline, day) or frozenset() for day in days] == [
        queries.agencies_of(state, person("An"), day) for day in days
    ]
    assert [set(at(timeline, day) or ()) for day in days] == [
        set(),
        {DEPARTMENT},
        {DEPARTMENT},
        {DEPARTMENT},
        {DEPARTMENT},
        set(),
        {COMMUNE},
    ]


def test_an_agency_that_has_ended_has_nobody_from_that_day_on() -> None:
    timeline = queries.agencies_over_time(ORGANISATION.after(REFORMED), person(f"head of {DISTRICT}"))

    assert at(timeline, date(2025, 6, 30)) == frozenset({DISTRICT})
    assert at(timeline, TWO_TIERS) == frozenset()


def test_without_anybody_who_acts_the_holder_stays_in_charge() -> None:
    absent = department.when(NoteAbsence(HEAD, None, DAY)).then(away(None)).state
    assert queries.in_charge(absent, HEAD, DAY) == queries.holder(absent, HEAD, DAY)
    assert queries.absence(absent, HEAD, DAY) is not None


def test_a_head_who_is_back_is_in_charge_again() -> None:
    returned = given(ORGANISATION, *READY, away("An")).when(NoteReturn(HEAD, LATER))
    state = returned.then(HolderReturned(authority_id=PROVINCE, valid_from=LATER, post_id=HEAD)).state
    assert queries.in_charge(state, HEAD, LATER) == queries.holder(state, HEAD, LATER)
    assert queries.in_charge(state, HEAD, date(2025, 3, 31)) == Holding(person("An"), acting=True)


def test_a_successor_is_not_away_because_his_predecessor_was() -> None:
    state = ORGANISATION.after((*READY, away("An")))
    appointed = carried_out([filled(HEAD, "Bình", LATER)], state)
    after = ORGANISATION.after((*READY, away("An"), *appointed))
    assert queries.in_charge(after, HEAD, LATER) == Holding(person("Bình"), acting=False)


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (NoteAbsence(DEPUTY, None, DAY), refusals.NobodyAppointed(DEPUTY)),
        (NoteAbsence(HEAD, person(f"head of {DEPARTMENT}"), DAY), refusals.ActsForHimself(HEAD)),
    ],
)
def test_only_somebody_appointed_is_away_and_another_acts(command: NoteAbsence, refusal: Exception) -> None:
    department.when(command).refused(refusal)  # type: ignore[arg-type]  # parametrize knows only the base


def test_the_same_absence_again_and_a_return_of_nobody_change_nothing() -> None:
    given(ORGANISATION, *READY, away("An")).when(NoteAbsence(HEAD, person("An"), LATER)).then()
    department.when(NoteReturn(HEAD, LATER)).then()


# -- what was recorded wrongly ----------------------------------------------------------------------------------------


def withdraw(fact: Fact, subject: str, day: date) -> WithdrawFact:
    return WithdrawFact(fact, subject, day, document("why"))


def was_withdrawn(fact: Fact, subject: str, day: date) -> FactWithdrawn:
    return FactWithdrawn(authority_id=PROVINCE, valid_from=day, fact=fact, subject_id=subject, reason=document("why"))


WRONG: list[tuple[Command, Fact, str]] = [
    (RenameAgency(DEPARTMENT, name("Sở khác"), DAY), Fact.NAME, DEPARTMENT),
    (MoveAgency(COMMUNE, PROVINCE, DAY), Fact.PARENT, COMMUNE),
    (filled(HEAD, "An", DAY), Fact.HOLDER, HEAD),
    (NoteAbsence(HEAD, person("An"), DAY), Fact.ABSENCE, HEAD),
]


@pytest.mark.parametrize(("command", "fact", "subject"), WRONG)
def test_what_is_withdrawn_never_held_and_what_held_before_goes_on(command: Command, fact: Fact, subject: str) -> None:
    recorded = carried_out([command], department.state)
    history = given(ORGANISATION, *READY, *recorded)
    after = history.when(withdraw(fact, subject, DAY)).then(was_withdrawn(fact, subject, DAY)).state
    assert after.agencies == department.state.agencies
    assert after.posts == department.state.posts


@pytest.mark.parametrize(
    ("fact", "subject"),
    [(Fact.NAME, DEPARTMENT), (Fact.PARENT, DEPARTMENT), (Fact.HOLDER, DEPUTY), (Fact.ABSENCE, HEAD)],
)
def test_only_what_was_recorded_of_that_day_is_withdrawn(fact: Fact, subject: str) -> None:
    department.when(withdraw(fact, subject, DAY)).refused(
        refusals.FactUnknown(Coded("organisation-fact", fact), subject, DAY)
    )


def test_what_an_agency_began_with_is_not_withdrawn() -> None:
    first = department.state.agencies[DEPARTMENT].since
    department.when(withdraw(Fact.NAME, DEPARTMENT, first)).refused(
        refusals.FactUnknown(Coded("organisation-fact", "name"), DEPARTMENT, first)
    )


@pytest.mark.parametrize(
    ("fact", "refusal"), [(Fact.PARENT, refusals.AgencyUnknown("x")), (Fact.HOLDER, refusals.PostUnknown("x"))]
)
def test_of_what_does_not_exist_nothing_is_withdrawn(fact: Fact, refusal: Exception) -> None:
    department.when(withdraw(fact, "x", DAY)).refused(refusal)  # type: ignore[arg-type]  # as above


def test_withdrawing_a_move_never_closes_a_ring() -> None:
    """The commune was moved out of the district before the district came to stand below it."""
    moved = carried_out([MoveAgency(COMMUNE, PROVINCE, DAY), MoveAgency(DISTRICT, COMMUNE, LATER)], department.state)
    given(ORGANISATION, *READY, *moved).when(withdraw(Fact.PARENT, COMMUNE, DAY)).refused(
        refusals.AgencyWouldStandBelowItself(COMMUNE, LATER)
    )
    assert LATER < TWO_TIERS
