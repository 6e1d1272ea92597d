"""The organisation by date: who answers for an agency, who holds a post, what its end leads to."""

from datetime import date

import pytest

from inspection.organisation import queries, refusals
from inspection.organisation.commands import (
    CreateAgency,
    CreatePost,
    EndAgency,
    FillPost,
    FoundOrganisation,
    MoveAgency,
    RenameAgency,
    VacatePost,
)
from schemas.inspection.organisation import (
    AgencyCreated,
    AgencyEnded,
    AgencyKind,
    AgencyMoved,
    AgencyRenamed,
    OrganisationFounded,
    PostCreated,
    PostFilled,
    PostKind,
    PostVacated,
)
from schemas.values import Posts, SubjectKind
from tests.inspection.province import (
    CENTRAL,
    COMMUNE,
    DEPARTMENT,
    DISTRICT,
    FOUNDED,
    HISTORY,
    INSPECTORATE,
    NEW_COMMUNE,
    ORGANISATION,
    PROVINCE,
    REFORMED,
    TWO_TIERS,
    agency,
    filled,
    head,
    name,
    person,
)
from tests.specification import given

BEFORE, AFTER = date(2025, 6, 30), TWO_TIERS
province = given(ORGANISATION, *HISTORY)
reformed = given(ORGANISATION, *REFORMED).state


def test_an_authority_is_the_root_of_its_organisation() -> None:
    founded = OrganisationFounded(authority_id=PROVINCE, valid_from=FOUNDED, name=name("Tỉnh Bình An"))
    given(ORGANISATION).when(FoundOrganisation(PROVINCE, name("Tỉnh Bình An"), FOUNDED)).then(founded)


def test_the_suite_serves_one_authority() -> None:
    command = FoundOrganisation("another", name("Tỉnh khác"), FOUNDED)
    province.when(command).refused(refusals.OrganisationAlreadyFounded(PROVINCE))


def test_nothing_is_recorded_before_the_organisation_is_founded() -> None:
    given(ORGANISATION).when(head(PROVINCE)).refused(refusals.OrganisationNotFounded())


def test_an_agency_begins_below_another() -> None:
    province.when(agency("so-y-te", AgencyKind.DEPARTMENT, PROVINCE)).then(
        AgencyCreated(
            authority_id=PROVINCE,
            valid_from=FOUNDED,
            agency_id="so-y-te",
            name=name("so-y-te"),
            kind=AgencyKind.DEPARTMENT,
            parent_id=PROVINCE,
        )
    )


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (agency(COMMUNE, AgencyKind.COMMUNE, DISTRICT), refusals.AgencyAlreadyExists(COMMUNE)),
        (agency("x", AgencyKind.COMMUNE, "nowhere"), refusals.AgencyUnknown("nowhere")),
        (agency("x", AgencyKind.COMMUNE, None), refusals.ParentMissing("x")),
        (agency("x", AgencyKind.CENTRAL, PROVINCE), refusals.CentralStandsOutside("x")),
        (agency("x", AgencyKind.AUTHORITY, PROVINCE), refusals.AuthorityIsTheRoot(PROVINCE)),
        (
            agency("x", AgencyKind.COMMUNE, DISTRICT, date(2013, 12, 31)),
            refusals.AgencyNotYetThere(DISTRICT, FOUNDED),
        ),
    ],
)
def test_an_agency_needs_an_id_of_its_own_and_a_place(command: CreateAgency, refusal: Exception) -> None:
    province.when(command).refused(refusal)  # type: ignore[arg-type]  # parametrize knows only the base


def test_a_name_holds_from_its_day_on() -> None:
    renamed = province.when(RenameAgency(COMMUNE, name("Phường Tân Lập"), TWO_TIERS)).then(
        AgencyRenamed(authority_id=PROVINCE, valid_from=TWO_TIERS, agency_id=COMMUNE, name=name("Phường Tân Lập"))
    )
    names = renamed.state.agencies[COMMUNE].names
    assert [entry.vi for _, entry in names] == [COMMUNE, "Phường Tân Lập"]


def test_the_same_name_again_changes_nothing() -> None:
    province.when(RenameAgency(COMMUNE, name(COMMUNE), TWO_TIERS)).then()


def test_a_moved_agency_stands_below_the_new_one_from_that_day_on() -> None:
    moved = province.when(MoveAgency(COMMUNE, PROVINCE, TWO_TIERS)).then(
        AgencyMoved(authority_id=PROVINCE, valid_from=TWO_TIERS, agency_id=COMMUNE, parent_id=PROVINCE)
    )
    assert queries.parent(moved.state, COMMUNE, BEFORE) == DISTRICT
    assert queries.parent(moved.state, COMMUNE, AFTER) == PROVINCE


def test_a_move_to_where_it_stands_changes_nothing() -> None:
    province.when(MoveAgency(COMMUNE, DISTRICT, TWO_TIERS)).then()


def test_no_agency_comes_to_stand_below_itself() -> None:
    command = MoveAgency(DISTRICT, COMMUNE, TWO_TIERS)
    province.when(command).refused(refusals.AgencyWouldStandBelowItself(DISTRICT, TWO_TIERS))


def test_no_agency_comes_to_stand_below_itself_on_a_later_day_either() -> None:
    """Recorded first: from 2025 on the district stands below the department. Then, of 2020: the other way round."""
    later = MoveAgency(DISTRICT, DEPARTMENT, TWO_TIERS)
    history = (*HISTORY, *ORGANISATION.decide(later, province.state))
    earlier = MoveAgency(DEPARTMENT, DISTRICT, date(2020, 1, 1))
    given(ORGANISATION, *history).when(earlier).refused(refusals.AgencyWouldStandBelowItself(DEPARTMENT, TWO_TIERS))


@pytest.mark.parametrize("command", [MoveAgency(PROVINCE, DISTRICT, TWO_TIERS), EndAgency(PROVINCE, DISTRICT, AFTER)])
def test_the_root_neither_moves_nor_ends(command: MoveAgency | EndAgency) -> None:
    province.when(command).refused(refusals.AuthorityIsTheRoot(PROVINCE))


def test_a_central_agency_has_no_place_in_the_tree() -> None:
    province.when(MoveAgency(CENTRAL, PROVINCE, TWO_TIERS)).refused(refusals.CentralStandsOutside(CENTRAL))


def test_an_agency_ends_with_a_successor() -> None:
    province.when(EndAgency(DEPARTMENT, PROVINCE, TWO_TIERS)).then(
        AgencyEnded(authority_id=PROVINCE, valid_from=TWO_TIERS, agency_id=DEPARTMENT, successor_id=PROVINCE)
    )


def test_a_district_cannot_leave_everything_to_a_commune_that_still_stands_below_it() -> None:
    command = EndAgency(DISTRICT, COMMUNE, TWO_TIERS)
    province.when(command).refused(refusals.AgencyWouldStandBelowItself(DISTRICT, TWO_TIERS))


def test_a_successor_has_no_end_itself() -> None:
    command = EndAgency(DEPARTMENT, DISTRICT, date(2024, 1, 1))
    given(ORGANISATION, *REFORMED).when(command).refused(refusals.SuccessorEnds(DISTRICT, TWO_TIERS))


def test_an_agency_ends_once() -> None:
    command = EndAgency(DISTRICT, PROVINCE, date(2025, 1, 1))
    refusal = refusals.AgencyEndedBefore(DISTRICT, TWO_TIERS, NEW_COMMUNE)
    given(ORGANISATION, *REFORMED).when(command).refused(refusal)


def test_a_post_is_made_in_an_agency() -> None:
    command = CreatePost("deputy", COMMUNE, PostKind.DEPUTY, name("Phó Chủ tịch"), SubjectKind.CADRE, date(2020, 1, 1))
    province.when(command).then(
        PostCreated(
            authority_id=PROVINCE,
            valid_from=date(2020, 1, 1),
            post_id="deputy",
            agency_id=COMMUNE,
            kind=PostKind.DEPUTY,
            title=name("Phó Chủ tịch"),
            official_kind=SubjectKind.CADRE,
        )
    )


def test_an_agency_has_one_head() -> None:
    command = CreatePost("second", COMMUNE, PostKind.HEAD, name("Chủ tịch"), SubjectKind.CADRE, FOUNDED)
    province.when(command).refused(refusals.HeadPostExists(COMMUNE, f"{COMMUNE}-head"))


def test_the_id_of_a_post_is_its_own() -> None:
    command = CreatePost(f"{COMMUNE}-head", PROVINCE, PostKind.DEPUTY, name("x"), SubjectKind.CADRE, FOUNDED)
    province.when(command).refused(refusals.PostAlreadyExists(f"{COMMUNE}-head"))


def test_a_successor_in_a_post_takes_it_from_his_day_on() -> None:
    post = f"{COMMUNE}-head"
    succeeded = province.when(filled(post, "successor", date(2024, 3, 1))).then(
        PostFilled(
            authority_id=PROVINCE,
            valid_from=date(2024, 3, 1),
            post_id=post,
            person_id=person("successor"),
            acting=False,
        )
    )
    before = queries.holder(succeeded.state, post, date(2024, 2, 29))
    after = queries.holder(succeeded.state, post, date(2024, 3, 1))
    assert before is not None
    assert after is not None
    assert (before.person_id, after.person_id) == (person(f"head of {COMMUNE}"), person("successor"))
    assert queries.posts_of(succeeded.state, person(f"head of {COMMUNE}"), date(2024, 3, 1)) == ()


def test_a_wrong_holder_is_corrected_by_saying_who_held_it_from_the_same_day() -> None:
    post = f"{COMMUNE}-head"
    corrected = given(ORGANISATION, *HISTORY, *ORGANISATION.decide(filled(post, "really"), province.state)).state
    held = queries.holder(corrected, post, FOUNDED)
    assert held is not None
    assert held.person_id == person("really")


def test_somebody_acts_while_nobody_is_appointed() -> None:
    post, day = f"{COMMUNE}-head", date(2024, 3, 1)
    vacant = province.when(VacatePost(post, day)).then(PostVacated(authority_id=PROVINCE, valid_from=day, post_id=post))
    assert queries.holder(vacant.state, post, day) is None
    acting = vacant.when(filled(post, "deputy", day, acting=True)).then(
        PostFilled(authority_id=PROVINCE, valid_from=day, post_id=post, person_id=person("deputy"), acting=True)
    )
    held = queries.holder(acting.state, post, day)
    assert held is not None
    assert (held.person_id, held.acting) == (person("deputy"), True)
    assert queries.posts_of(acting.state, person("deputy"), day) == (post,)


def test_nobody_acts_beside_an_appointed_holder() -> None:
    command = filled(f"{COMMUNE}-head", "deputy", date(2024, 3, 1), acting=True)
    province.when(command).refused(refusals.PostIsHeld(f"{COMMUNE}-head"))


def test_who_holds_it_already_is_not_recorded_twice() -> None:
    province.when(filled(f"{COMMUNE}-head", f"head of {COMMUNE}", TWO_TIERS)).then()


def test_an_empty_post_is_not_emptied_twice() -> None:
    post = CreatePost("clerk", COMMUNE, PostKind.OFFICIAL, name("x"), SubjectKind.CIVIL_SERVANT, FOUNDED)
    history = (*HISTORY, *ORGANISATION.decide(post, province.state))
    given(ORGANISATION, *history).when(VacatePost("clerk", TWO_TIERS)).then()


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (filled("nowhere", "x"), refusals.PostUnknown("nowhere")),
        (
            filled(f"{COMMUNE}-head", "x", date(2013, 1, 1)),
            refusals.PostNotYetThere(f"{COMMUNE}-head", FOUNDED),
        ),
        (
            filled(f"{DISTRICT}-head", "x", TWO_TIERS),
            refusals.AgencyEndedBefore(DISTRICT, TWO_TIERS, NEW_COMMUNE),
        ),
    ],
)
def test_only_a_post_that_is_there_can_be_filled(command: FillPost, refusal: Exception) -> None:
    given(ORGANISATION, *REFORMED).when(command).refused(refusal)  # type: ignore[arg-type]  # only the base is known


def test_the_posts_around_a_commune_are_its_head_the_districts_the_inspectorates_and_the_chairs() -> None:
    assert queries.posts_around(reformed, COMMUNE, BEFORE) == Posts(
        head=f"{COMMUNE}-head",
        superior=f"{DISTRICT}-head",
        inspectorate=f"{INSPECTORATE}-head",
        chair=f"{PROVINCE}-head",
    )


def test_without_districts_the_superior_is_the_province() -> None:
    assert queries.superior_of(reformed, COMMUNE, AFTER) == f"{PROVINCE}-head"


def test_what_an_ended_district_left_open_goes_to_its_successor() -> None:
    assert queries.head_of(reformed, DISTRICT, BEFORE) == f"{DISTRICT}-head"
    assert queries.head_of(reformed, DISTRICT, AFTER) == f"{NEW_COMMUNE}-head"
    assert queries.heir_of(reformed, f"{DISTRICT}-head", BEFORE) == f"{DISTRICT}-head"
    assert queries.heir_of(reformed, f"{DISTRICT}-head", AFTER) == f"{NEW_COMMUNE}-head"


def test_an_ended_district_counts_as_below_its_successor() -> None:
    assert queries.within(reformed, DISTRICT, NEW_COMMUNE, AFTER)
    assert not queries.within(reformed, DISTRICT, NEW_COMMUNE, BEFORE)
    assert queries.subtree(reformed, NEW_COMMUNE, AFTER) == {NEW_COMMUNE, DISTRICT}


def test_a_commune_whose_district_ended_without_a_move_stands_below_the_successor() -> None:
    """Nothing falls out of the tree because one line of a reform was recorded late."""
    ended = EndAgency(DISTRICT, PROVINCE, TWO_TIERS)
    state = given(ORGANISATION, *HISTORY, *ORGANISATION.decide(ended, province.state)).state
    assert queries.parent(state, COMMUNE, AFTER) == PROVINCE
    assert queries.chain(state, COMMUNE, AFTER) == (COMMUNE, DISTRICT, PROVINCE)


def test_nobody_holds_a_post_of_an_ended_agency() -> None:
    assert queries.holder(reformed, f"{DISTRICT}-head", BEFORE) is not None
    assert queries.holder(reformed, f"{DISTRICT}-head", AFTER) is None
    assert queries.agencies_of(reformed, person(f"head of {DISTRICT}"), BEFORE) == {DISTRICT}
    assert queries.agencies_of(reformed, person(f"head of {DISTRICT}"), AFTER) == frozenset()


def test_an_agency_that_had_ended_names_its_successor() -> None:
    with pytest.raises(refusals.AgencyEndedBefore) as caught:
        queries.agency_on(reformed, DISTRICT, AFTER)
    assert caught.value.successor_id == NEW_COMMUNE


def test_a_central_agency_has_no_superior_in_the_province_but_the_authority_looks_after_it() -> None:
    assert queries.superior_of(reformed, CENTRAL, AFTER) is None
    assert queries.parent(reformed, CENTRAL, AFTER) is None
    assert queries.within(reformed, CENTRAL, PROVINCE, AFTER)


def test_the_root_has_no_superior() -> None:
    assert queries.superior_of(reformed, PROVINCE, AFTER) is None


def test_an_agency_without_a_head_cannot_be_answered_for() -> None:
    command = agency("so-y-te", AgencyKind.DEPARTMENT, PROVINCE)
    state = given(ORGANISATION, *HISTORY, *ORGANISATION.decide(command, province.state)).state
    with pytest.raises(refusals.HeadPostMissing) as caught:
        queries.posts_around(state, "so-y-te", BEFORE)
    assert caught.value == refusals.HeadPostMissing("so-y-te", BEFORE)


def test_without_an_inspectorate_nobody_watches() -> None:
    history = [event for event in HISTORY if INSPECTORATE not in str(event)]
    with pytest.raises(refusals.InspectorateMissing) as caught:
        queries.posts_around(given(ORGANISATION, *history).state, COMMUNE, BEFORE)
    assert caught.value == refusals.InspectorateMissing(BEFORE)


def test_before_its_first_day_an_agency_is_not_there() -> None:
    assert queries.chain(reformed, NEW_COMMUNE, BEFORE) == ()
    assert queries.head_of(reformed, NEW_COMMUNE, BEFORE) is None
