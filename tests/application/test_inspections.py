"""What an inspection's commands carry: agencies and directive of its first day, and where everybody works."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from inspection.directives.refusals import DirectiveNotAdopted
from inspection.inspections.commands import Charge, PlanInspection
from inspection.inspections.refusals import MemberOfInspectedAgency
from inspection.organisation.refusals import AgencyEndedBefore, AgencyUnknown
from schemas.inspection.inspections import InspectionForm, LegalKind
from schemas.inspection.organisation import AgencyKind
from schemas.refusal import Refusal
from services.application.inspections import INSPECTION, kinds_of, see_plan, team
from tests.application.scene import Scene, scene
from tests.inspection.directive_packs import DIRECTIVE
from tests.inspection.province import COMMUNE, DISTRICT, INSPECTORATE, NEW_COMMUNE, TWO_TIERS, person

ID, PLANNER = UUID(int=60), UUID(int=61)
DAY = date(2025, 3, 3)
CHARGE = Charge(PLANNER, oversees=False)


def plan(directive_id: str = DIRECTIVE, agency_id: str = COMMUNE, from_day: date = DAY) -> PlanInspection:
    return PlanInspection(
        inspection_id=ID,
        legal_kind=LegalKind.KIEM_TRA,
        form=InspectionForm.SCHEDULED,
        directive_id=directive_id,
        agency_ids=(agency_id,),
        from_day=from_day,
        to_day=from_day,
        planned_by=PLANNER,
        planner_kinds=frozenset(),
    )


async def seen(there: Scene, command: PlanInspection) -> None:
    await see_plan(there.handler, await there.directory.current(), command)


async def test_what_exists_and_is_in_force_on_the_first_day_can_be_planned() -> None:
    await seen(await scene(reformed=True), plan())


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (plan(directive_id="chi-thi-99"), DirectiveNotAdopted("chi-thi-99")),
        (plan(agency_id="nowhere"), AgencyUnknown("nowhere")),
        (
            plan(agency_id=DISTRICT, from_day=TWO_TIERS),
            AgencyEndedBefore(DISTRICT, TWO_TIERS, NEW_COMMUNE),
        ),
    ],
)
async def test_anything_else_cannot(command: PlanInspection, refusal: Refusal) -> None:
    there = await scene(reformed=True)
    with pytest.raises(type(refusal)) as caught:
        await seen(there, command)
    assert caught.value == refusal


async def test_an_inspector_who_works_in_the_agency_does_not_come_into_the_team() -> None:
    there = await scene()
    await there.carry_out(INSPECTION, ID, plan())
    organisation = await there.directory.current()
    own, leader = person(f"head of {COMMUNE}"), person(f"head of {INSPECTORATE}")
    with pytest.raises(MemberOfInspectedAgency) as caught:
        await there.carry_out(INSPECTION, ID, team(organisation, CHARGE, leader, [own], DAY))
    assert caught.value == MemberOfInspectedAgency(own, COMMUNE)
    await there.carry_out(INSPECTION, ID, team(organisation, CHARGE, leader, [UUID(int=62)], DAY))
    (row,) = there.store.views["inspection_view"].values()
    assert (row["leader_id"], row["member_ids"]) == (str(leader), [str(UUID(int=62))])


async def test_nor_does_one_who_works_in_what_has_inherited_from_it() -> None:
    there = await scene(reformed=True)
    await there.carry_out(INSPECTION, ID, plan(agency_id=DISTRICT))
    organisation, day = await there.directory.current(), TWO_TIERS
    own, leader = person(f"head of {NEW_COMMUNE}"), person(f"head of {INSPECTORATE}")

    with pytest.raises(MemberOfInspectedAgency) as caught:
        await there.carry_out(INSPECTION, ID, team(organisation, CHARGE, leader, [own], day))
    assert caught.value == MemberOfInspectedAgency(own, DISTRICT)


async def test_what_kind_of_agency_plans_is_the_directorys_to_say() -> None:
    organisation = await (await scene()).directory.current()
    assert kinds_of(organisation, person(f"head of {INSPECTORATE}"), DAY) == {AgencyKind.INSPECTORATE}
    assert kinds_of(organisation, UUID(int=1), DAY) == frozenset()
