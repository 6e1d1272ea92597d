"""What a finding's commands carry: the pack of the fact's day, posts around the agency, terms of the calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from inspection.directives.refusals import DirectiveNotAdopted, ViolationTypeUnknown
from inspection.findings import refusals
from inspection.findings.commands import Author, ContestFinding, WithdrawFinding
from inspection.findings.state import Finding, FindingStatus
from inspection.inspections.commands import AppointTeam, Charge, OpenInspection, PlanInspection
from inspection.organisation.refusals import AgencyEndedBefore, AgencyNotYetThere, HeadPostMissing
from inspection.standing import Standing
from schemas.inspection.inspections import InspectionForm, LegalKind
from services.application.directory import AUTHORITY, ORGANISATION
from services.application.findings import FINDING
from services.application.inspections import INSPECTION
from tests.application.scene import MONDAY, Scene, scene
from tests.inspection.directive_packs import DIRECTIVE, working
from tests.inspection.province import (
    AGENCIES,
    COMMUNE,
    DEPARTMENT,
    DISTRICT,
    FOUNDED,
    INSPECTORATE,
    NEW_COMMUNE,
    PROVINCE,
    TWO_TIERS,
    agency,
    person,
)
from tests.inspection.sample_findings import AUTHOR, HEAD_POST, ID, INSPECTOR, NARRATIVE, OTHER, POSTS, REASON, content

IN_FEBRUARY, IN_MARCH = date(2025, 2, 20), date(2025, 3, 3)
AFTER_THE_REFORM = datetime(2025, 7, 7, 2, tzinfo=UTC)


async def submitted(there: Scene, finding_id: UUID = ID, **said: object) -> Finding:
    command = await (await there.facts()).submission(finding_id, content(**said), INSPECTOR)
    await there.carry_out(FINDING, finding_id, command)
    state = await there.state(FINDING, finding_id)
    assert isinstance(state, Finding)
    return state


@pytest.mark.parametrize(
    ("fact_date", "version", "days", "historic"),
    [(IN_FEBRUARY, 1, 10, False), (IN_MARCH, 2, 5, False), (date(2019, 12, 31), 1, 10, True)],
)
async def test_a_finding_takes_the_pack_of_the_facts_day(
    fact_date: date, version: int, days: int, historic: bool
) -> None:
    """Substance follows the date of the fact; what is older than the directive is history."""
    state = await submitted(await scene(), fact_date=fact_date)
    terms = state.terms
    assert (terms.pack_version, terms.remediation, state.historic) == (version, working(days), historic)


async def test_terms_are_counted_in_working_days_from_the_receipt() -> None:
    """Monday, 3 March: five working days end with Monday the 10th, ten with Monday the 17th, at 24:00 in Hà Nội."""
    state = await submitted(await scene(), fact_date=IN_FEBRUARY)
    assert state.contest_until == datetime(2025, 3, 10, 17, tzinfo=UTC)
    assert state.due_at == datetime(2025, 3, 17, 17, tzinfo=UTC)
    assert state.detected_at == MONDAY


async def test_the_row_of_the_view_is_written_with_the_events() -> None:
    there = await scene()
    state = await submitted(there)
    (row,) = there.store.views["finding_view"].values()
    assert (row["status"], row["agency_id"], row["version"]) == ("submitted", COMMUNE, 1)
    assert datetime.fromisoformat(row["due_at"]) == state.due_at


async def test_the_posts_are_those_around_the_agency_on_the_day_of_submission() -> None:
    assert (await submitted(await scene())).posts == POSTS


async def test_an_agency_that_had_ended_at_the_fact_is_refused_with_its_successor() -> None:
    there = await scene(reformed=True)
    there.clock.at = AFTER_THE_REFORM
    with pytest.raises(AgencyEndedBefore) as caught:
        await submitted(there, agency_id=DISTRICT, fact_date=TWO_TIERS, officials=())
    assert caught.value == AgencyEndedBefore(DISTRICT, TWO_TIERS, NEW_COMMUNE)


async def test_what_an_agency_did_before_it_ended_its_successor_answers() -> None:
    there = await scene(reformed=True)
    there.clock.at = AFTER_THE_REFORM
    state = await submitted(there, agency_id=DISTRICT, fact_date=IN_MARCH, officials=())
    assert state.content.agency_id == DISTRICT
    assert (state.posts.head, state.posts.superior) == (f"{NEW_COMMUNE}-head", f"{PROVINCE}-head")
    contest = (await there.facts()).contest(state, person(f"head of {NEW_COMMUNE}"), REASON)
    await there.carry_out(FINDING, ID, contest)
    assert (await there.state(FINDING, ID)).status is FindingStatus.CONTESTED


async def test_a_directive_that_nobody_adopted_carries_no_finding() -> None:
    with pytest.raises(DirectiveNotAdopted):
        await submitted(await scene(), directive_id="chi-thi-99")


async def test_a_type_that_its_pack_does_not_know_carries_no_finding() -> None:
    with pytest.raises(ViolationTypeUnknown):
        await submitted(await scene(), violation_type="unheard-of")


async def test_nobody_answers_for_an_agency_without_a_head() -> None:
    there = await scene()
    await there.carry_out(ORGANISATION, AUTHORITY, agency("so-y-te", AGENCIES[1].kind, PROVINCE))
    with pytest.raises(HeadPostMissing):
        await submitted(there, agency_id="so-y-te", officials=())


async def test_a_replacement_keeps_the_day_on_which_it_was_detected() -> None:
    there = await scene()
    await submitted(there, OTHER)
    await there.carry_out(FINDING, OTHER, WithdrawFinding(REASON, AUTHOR))
    there.clock.at = datetime(2025, 3, 20, 2, tzinfo=UTC)
    state = await submitted(there, replaces=OTHER, agency_id=DEPARTMENT, officials=())
    assert state.detected_at == MONDAY
    assert state.due_at > datetime(2025, 3, 20, tzinfo=UTC)


async def test_a_finding_of_an_inspection_is_the_teams_and_of_an_inspected_agency() -> None:
    there = await scene()
    inspection_id = UUID(int=50)
    by = Charge(INSPECTOR, oversees=False)
    plan = PlanInspection(
        inspection_id=inspection_id,
        legal_kind=LegalKind.KIEM_TRA,
        form=InspectionForm.SURPRISE,
        directive_id=DIRECTIVE,
        agency_ids=(COMMUNE,),
        from_day=IN_MARCH,
        to_day=IN_MARCH,
        planned_by=INSPECTOR,
        planner_kinds=frozenset(),
    )
    await there.carry_out(INSPECTION, inspection_id, plan)
    with pytest.raises(refusals.NotOfTheInspection):
        await submitted(there, inspection_id=inspection_id)
    team = AppointTeam(by, Standing(INSPECTOR, frozenset(), frozenset()), ())
    await there.carry_out(INSPECTION, inspection_id, team)
    await there.carry_out(INSPECTION, inspection_id, OpenInspection(by, IN_MARCH))
    with pytest.raises(refusals.NotOfTheInspection):
        await submitted(there, inspection_id=inspection_id, agency_id=DEPARTMENT, officials=())
    assert (await submitted(there, inspection_id=inspection_id)).content.inspection_id == inspection_id


async def test_an_inspection_goes_on_at_whoever_inherits_from_the_inspected_agency() -> None:
    """The district is inspected when it ends; what happens from that day on happens at the commune."""
    there, inspection_id, by = await scene(reformed=True), UUID(int=51), Charge(INSPECTOR, oversees=False)
    plan = PlanInspection(
        inspection_id=inspection_id,
        legal_kind=LegalKind.KIEM_TRA,
        form=InspectionForm.SURPRISE,
        directive_id=DIRECTIVE,
        agency_ids=(DISTRICT,),
        from_day=IN_MARCH,
        to_day=TWO_TIERS,
        planned_by=INSPECTOR,
        planner_kinds=frozenset(),
    )
    team = AppointTeam(by, Standing(INSPECTOR, frozenset(), frozenset()), ())
    for command in (plan, team, OpenInspection(by, IN_MARCH)):
        await there.carry_out(INSPECTION, inspection_id, command)
    of_it: dict[str, object] = {"inspection_id": inspection_id, "officials": ()}
    there.clock.at = AFTER_THE_REFORM

    after = await submitted(there, ID, **of_it, agency_id=NEW_COMMUNE, fact_date=TWO_TIERS)
    before = await submitted(there, UUID(int=52), **of_it, agency_id=DISTRICT, fact_date=IN_MARCH)

    assert (after.posts.head, before.posts.head) == (f"{NEW_COMMUNE}-head", f"{NEW_COMMUNE}-head")
    with pytest.raises(refusals.NotOfTheInspection):
        await submitted(there, UUID(int=53), **of_it, agency_id=COMMUNE, fact_date=TWO_TIERS)


async def amended(there: Scene, state: Finding, fact_date: date, due_on: date | None = None) -> Finding:
    command = await (await there.facts()).amendment(
        state,
        fact_date=fact_date,
        officials=[HEAD_POST],
        narrative=NARRATIVE,
        evidence=(),
        reason=REASON,
        due_on=due_on,
        by=Author(INSPECTOR, leads=False),
    )
    await there.carry_out(FINDING, ID, command)
    after = await there.state(FINDING, ID)
    assert isinstance(after, Finding)
    return after


async def test_an_amendment_moves_the_fact_within_its_pack_and_the_due_day_only_ahead() -> None:
    there = await scene()
    state = await submitted(there, fact_date=IN_FEBRUARY)
    after = await amended(there, state, date(2025, 2, 10), due_on=date(2025, 3, 20))
    assert after.content.fact_date == date(2025, 2, 10)
    assert after.due_at == datetime(2025, 3, 20, 17, tzinfo=UTC)
    with pytest.raises(refusals.DeadlineShortened):
        await amended(there, after, IN_FEBRUARY, due_on=date(2025, 3, 19))
    with pytest.raises(refusals.FactUnderAnotherPack):
        await amended(there, after, IN_MARCH)


async def test_an_amended_fact_does_not_lie_before_its_agency() -> None:
    there = await scene(reformed=True)
    there.clock.at = AFTER_THE_REFORM
    state = await submitted(there, agency_id=NEW_COMMUNE, fact_date=TWO_TIERS, officials=())
    with pytest.raises(AgencyNotYetThere):
        await amended(there, state, date(2025, 6, 30))


async def test_only_the_head_contests_for_the_agency() -> None:
    there = await scene()
    state = await submitted(there)
    by_head = (await there.facts()).contest(state, person(f"head of {COMMUNE}"), REASON)
    assert by_head == ContestFinding(REASON, MONDAY, HEAD_POST, (HEAD_POST,))
    by_other = (await there.facts()).contest(state, person(f"head of {DISTRICT}"), REASON)
    with pytest.raises(refusals.NotTheHead):
        await there.carry_out(FINDING, ID, by_other)


async def test_where_a_judge_stands_is_the_directorys_to_say() -> None:
    known = await (await scene()).facts()
    who = person(f"head of {INSPECTORATE}")
    agencies = frozenset({INSPECTORATE})
    since = ((FOUNDED, agencies),)
    assert known.standing(who) == Standing(who, agencies, agencies, since, since)
    assert known.standing(UUID(int=1)) == Standing(UUID(int=1), frozenset(), frozenset())
