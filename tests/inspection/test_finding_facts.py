"""Facts that a finding's commands carry: officials on the day of the fact, and the inspection that found it."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from inspection.findings import refusals
from inspection.findings.facts import officials_at, see_inspection
from inspection.inspections.state import Inspection, InspectionStatus, Team
from inspection.organisation.queries import standing_of
from inspection.organisation.refusals import PostUnknown
from inspection.standing import Standing
from schemas.inspection.inspections import InspectionForm, LegalKind
from schemas.refusal import Refusal
from tests.inspection.province import (
    COMMUNE,
    DEPARTMENT,
    DISTRICT,
    HISTORY,
    NEW_COMMUNE,
    ORGANISATION,
    REFORMED,
    TWO_TIERS,
    carried_out,
    filled,
    person,
)
from tests.inspection.sample_findings import OFFICIAL
from tests.specification import given

reformed = given(ORGANISATION, *REFORMED).state
BEFORE, AFTER = date(2025, 6, 30), TWO_TIERS


def test_who_held_the_post_on_the_day_of_the_fact_is_concerned() -> None:
    later = carried_out([filled(f"{COMMUNE}-head", "successor", date(2024, 3, 1))], given(ORGANISATION, *HISTORY).state)
    state = given(ORGANISATION, *HISTORY, *later).state
    assert officials_at(state, COMMUNE, [f"{COMMUNE}-head"], date(2024, 2, 29)) == (OFFICIAL,)
    (now,) = officials_at(state, COMMUNE, [f"{COMMUNE}-head"], date(2024, 3, 1))
    assert now.person_id == person("successor")


@pytest.mark.parametrize(
    ("agency_id", "post_id", "refusal"),
    [
        (COMMUNE, "nowhere", PostUnknown("nowhere")),
        (
            COMMUNE,
            f"{DEPARTMENT}-head",
            refusals.OfficialOfAnotherAgency(f"{DEPARTMENT}-head", DEPARTMENT),
        ),
        (DISTRICT, f"{DISTRICT}-head", refusals.PostVacantAtFact(f"{DISTRICT}-head", AFTER)),
    ],
)
def test_only_a_held_post_of_the_agency_is_concerned(agency_id: str, post_id: str, refusal: Refusal) -> None:
    with pytest.raises(type(refusal)) as caught:
        officials_at(reformed, agency_id, [post_id], AFTER)
    assert caught.value == refusal


def test_where_somebody_stands_is_what_he_works_in_and_heads_on_the_day() -> None:
    who = person(f"head of {DISTRICT}")
    then = Standing(who, frozenset({DISTRICT}), frozenset({DISTRICT}))

    assert replace(standing_of(reformed, who, BEFORE), worked_in=(), headed=()) == then
    assert replace(standing_of(reformed, who, AFTER), worked_in=(), headed=()) == Standing(
        who, frozenset(), frozenset()
    )


def test_an_heirs_people_stand_in_what_it_answers_for() -> None:
    heir = standing_of(reformed, person(f"head of {NEW_COMMUNE}"), AFTER)

    assert heir.works_in == heir.heads == {NEW_COMMUNE, DISTRICT}


def test_whoever_belonged_to_an_agency_on_a_day_or_headed_it_stays_known() -> None:
    """Nothing holds him anywhere by now."""
    gone = standing_of(reformed, person(f"head of {DISTRICT}"), AFTER)

    assert (gone.belongs(DISTRICT, BEFORE), gone.belongs(DISTRICT, AFTER)) == (True, False)
    assert (gone.answers(DISTRICT, BEFORE), gone.answers(DISTRICT, AFTER)) == (True, False)


ID, LEADER, MEMBER = UUID(int=1), UUID(int=2), UUID(int=3)
going_on = Inspection(
    inspection_id=ID,
    status=InspectionStatus.OPENED,
    legal_kind=LegalKind.KIEM_TRA,
    form=InspectionForm.SURPRISE,
    directive_id="chi-thi-16",
    agency_ids=(COMMUNE,),
    from_day=BEFORE,
    to_day=AFTER,
    planned_by=LEADER,
    team=Team(LEADER, (MEMBER,)),
    opened_on=BEFORE,
)


@pytest.mark.parametrize("inspector_id", [LEADER, MEMBER])
def test_the_team_finds_at_the_inspected_agency_while_the_inspection_goes_on(inspector_id: UUID) -> None:
    see_inspection(going_on, ID, COMMUNE, inspector_id, going_on.agency_ids)


@pytest.mark.parametrize(
    ("inspection", "agency_id", "inspector_id"),
    [
        (None, COMMUNE, LEADER),
        (replace(going_on, status=InspectionStatus.PLANNED), COMMUNE, LEADER),
        (replace(going_on, status=InspectionStatus.CONCLUDED), COMMUNE, LEADER),
        (going_on, DEPARTMENT, LEADER),
        (going_on, COMMUNE, UUID(int=9)),
    ],
)
def test_nothing_else_is_a_finding_of_the_inspection(
    inspection: Inspection | None, agency_id: str, inspector_id: UUID
) -> None:
    with pytest.raises(refusals.NotOfTheInspection) as caught:
        see_inspection(inspection, ID, agency_id, inspector_id, going_on.agency_ids)
    assert caught.value == refusals.NotOfTheInspection(ID)
