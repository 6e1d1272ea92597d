"""Directive 16/CT-UBND of Lai Châu, 31 December 2014: one owner for each task, one-stop desks, a joint discipline team.

Days are counted by hand: submitted on Monday, 7 October 2024, there is no holiday until New Year. Departments of the
sample province were merged on 1 March 2025, and districts ended on 1 July 2025.
"""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from discipline.follow_ups.refusals import NotAcknowledged, NotTheOwner, OwnerOutsideAgency
from inspection.findings.refusals import NotOfTheInspection, OfficialOfAnotherAgency
from inspection.inspections.commands import AppointTeam, Charge, ConcludeInspection, OpenInspection, PlanInspection
from inspection.inspections.refusals import MemberOfInspectedAgency, OnlyInspectoratesInspect, TeamMissing
from inspection.organisation import queries
from inspection.organisation.commands import EndPost
from inspection.organisation.refusals import AgencyEndedBefore
from schemas.inspection.inspections import InspectionForm, LegalKind
from schemas.notifier.alerts import StallRule
from schemas.values import SubjectKind
from services.application.inspections import INSPECTION, kinds_of
from tests.stories.acts import CHAIR, INSPECTOR, INSPECTORATE, JUDGE, Matter, document, person_in, reorganise, submit
from tests.stories.course import FIRST_DAY, Course, course, pack_of
from tests.stories.retold import retold
from tests.stories.story import story

DIRECTIVE = "lai-chau-16"
DEPARTMENT, COMMUNE, DISTRICT = "so-xay-dung", "xa-long-khe", "huyen-song-trang"
DIRECTOR, DESK = f"{DEPARTMENT}-giam-doc", f"{DEPARTMENT}-mot-cua"
MERGED, INTO = "so-thong-tin-truyen-thong", "so-khoa-hoc-cong-nghe"
REFORM_OFFICER = "so-noi-vu-cai-cach"
WINDOW_OVER = date(2024, 10, 15)
"""The agency had five working days to object: to the end of Monday the 14th."""


async def confirmed(there: Course, violation_type: str, *officials: str, agency_id: str = DEPARTMENT) -> Matter:
    matter = await submit(there, DIRECTIVE, agency_id, violation_type, *officials)
    await there.until(WINDOW_OVER)
    await matter.confirm()
    return matter


# -- one main owner for each task, with time and result (point 3) ----------------------------------------------------


async def test_a_task_has_one_owner_and_nobody_else_acts_on_it() -> None:
    there = await course()
    matter = await submit(there, DIRECTIVE, DEPARTMENT, "task-without-owner")
    assert (await matter.follow_up()).owner_post == DIRECTOR
    await matter.assign(f"{DEPARTMENT}-pho-giam-doc", by=DIRECTOR)
    for somebody in (DIRECTOR, DESK, CHAIR):
        with pytest.raises(NotTheOwner):
            await matter.acknowledge(by=somebody)
    await matter.acknowledge()

    assert (await matter.follow_up()).acknowledged


async def test_a_new_owner_acknowledges_anew_before_he_goes_on() -> None:
    there = await course()
    matter = await submit(there, DIRECTIVE, DEPARTMENT, "project-without-deadline")
    await matter.acknowledge()
    await matter.plan(date(2024, 10, 25))
    await matter.accept_plan()
    await matter.assign(f"{DEPARTMENT}-chuyen-vien", by=DIRECTOR)
    with pytest.raises(NotAcknowledged):
        await matter.progress(10)
    await matter.acknowledge()
    await matter.progress(10)

    assert (await matter.follow_up()).percent == 10


@pytest.mark.parametrize(
    ("violation_type", "due"),
    [
        ("procedures-not-posted", date(2024, 10, 14)),
        ("no-badge", date(2024, 10, 14)),
        ("feedback-not-handled", date(2024, 10, 28)),
        ("complaint-late", date(2024, 10, 28)),
        ("overlapping-functions", date(2024, 11, 18)),
        ("iso-not-extended", date(2024, 11, 18)),
    ],
)
async def test_each_kind_has_its_time(violation_type: str, due: date) -> None:
    """The text gives no number: five working days where it is done at once, else fifteen, or thirty."""
    matter = await submit(await course(), DIRECTIVE, DEPARTMENT, violation_type)

    assert (await matter.follow_up()).due_at == datetime(due.year, due.month, due.day, 17, tzinfo=UTC)


# -- who is dealt with (point 5) -------------------------------------------------------------------------------------


@pytest.mark.parametrize("violation_type", ["harassment", "duty-not-fulfilled"])
async def test_who_harasses_or_does_not_fulfil_his_duty_is_dealt_with_himself(violation_type: str) -> None:
    matter = await confirmed(await course(), violation_type, DESK)

    (review,) = await matter.reviews()
    assert review.subject.post_id == DESK


async def test_where_nobody_is_named_the_collectives_meeting_finds_out() -> None:
    matter = await confirmed(await course(), "harassment")

    (review,) = await matter.reviews()
    assert review.subject.kind is SubjectKind.COLLECTIVE


async def test_an_official_of_another_agency_is_not_concerned() -> None:
    there = await course()
    with pytest.raises(OfficialOfAnotherAgency):
        await submit(there, DIRECTIVE, DEPARTMENT, "harassment", "so-y-te-mot-cua")


async def test_an_acknowledged_alert_rests_and_climbs_on_where_nothing_happens() -> None:
    """Told on Thursday, 10 October, noted the same day: that holds for 11, 14 and 15 October.

    The superior's step, due on the 18th, is not put off by it, nor is the inspectorate's.
    """
    there = await course()
    matter = await submit(there, DIRECTIVE, COMMUNE, "late-dossier", f"{COMMUNE}-mot-cua")
    await there.until(date(2024, 10, 10))
    await matter.acknowledge_alert(StallRule.NOT_ACKNOWLEDGED, by=f"{COMMUNE}-chu-tich")
    await there.until(date(2024, 10, 24))

    told = there.told_of(StallRule.NOT_ACKNOWLEDGED)
    assert told == [
        (date(2024, 10, 10), f"{COMMUNE}-chu-tich"),
        (date(2024, 10, 18), f"{DISTRICT}-chu-tich"),
        (date(2024, 10, 24), INSPECTORATE),
    ]


# -- the joint discipline team (point 7.a) ---------------------------------------------------------------------------


async def plan(there: Course, form: InspectionForm, *agencies: str, legal_kind: LegalKind = LegalKind.KIEM_TRA) -> UUID:
    """Home Affairs plans a check for the week."""
    inspection_id, by = uuid4(), await person_in(there, REFORM_OFFICER)
    command = PlanInspection(
        inspection_id=inspection_id,
        legal_kind=legal_kind,
        form=form,
        directive_id=DIRECTIVE,
        agency_ids=agencies,
        from_day=FIRST_DAY,
        to_day=date(2024, 10, 11),
        planned_by=by,
        planner_kinds=kinds_of(await there.organisation(), by, there.today),
    )
    await there.carry_out(INSPECTION, inspection_id, command, by)
    return inspection_id


async def appoint(there: Course, inspection_id: UUID, *posts: str) -> None:
    organisation, by = await there.organisation(), await person_in(there, REFORM_OFFICER)
    leader, *members = [queries.standing_of(organisation, await person_in(there, post), there.today) for post in posts]
    await there.carry_out(INSPECTION, inspection_id, AppointTeam(Charge(by, oversees=False), leader, (*members,)), by)


async def open_(there: Course, inspection_id: UUID) -> None:
    by = await person_in(there, REFORM_OFFICER)
    await there.carry_out(INSPECTION, inspection_id, OpenInspection(Charge(by, oversees=False), there.today), by)


@pytest.mark.parametrize("form", [InspectionForm.THEMATIC, InspectionForm.SURPRISE])
async def test_home_affairs_leads_and_the_inspectorate_takes_part(form: InspectionForm) -> None:
    """Point 7.a: by theme and by surprise; what the team finds is followed like every finding."""
    there = await course()
    check = await plan(there, form, DEPARTMENT, COMMUNE)
    with pytest.raises(TeamMissing):
        await open_(there, check)
    await appoint(there, check, "so-noi-vu-ky-luat", INSPECTOR)
    await open_(there, check)
    matter = await submit(there, DIRECTIVE, DEPARTMENT, "no-badge", DESK, inspection_id=check)
    with pytest.raises(NotOfTheInspection):
        await submit(there, DIRECTIVE, "so-y-te", "no-badge", inspection_id=check)

    assert (await matter.finding()).content.inspection_id == check
    assert await matter.status() == "opened"


async def test_a_check_is_no_inspection_under_the_law_on_inspection() -> None:
    there = await course()
    with pytest.raises(OnlyInspectoratesInspect):
        await plan(there, InspectionForm.THEMATIC, DEPARTMENT, legal_kind=LegalKind.THANH_TRA)


async def test_nobody_checks_the_agency_in_which_he_works() -> None:
    there = await course()
    check = await plan(there, InspectionForm.SURPRISE, "thanh-tra-tinh")
    with pytest.raises(MemberOfInspectedAgency):
        await appoint(there, check, "so-noi-vu-ky-luat", INSPECTOR)


async def test_a_planned_check_that_nobody_opens_is_noticed() -> None:
    """Planned from Monday, 7 October; three working days later, with Friday the 11th, somebody should have begun."""
    there = await course()
    await plan(there, InspectionForm.SURPRISE, DEPARTMENT)
    await there.until(date(2024, 10, 21))

    assert there.told_of(StallRule.INSPECTION_NOT_OPENED) == [
        (date(2024, 10, 11), INSPECTORATE),
        (date(2024, 10, 19), CHAIR),
    ]


async def test_one_that_goes_on_too_long_too_and_its_conclusion_ends_that() -> None:
    """Planned until Friday, 11 October: 14, 15, 16, 17, 18."""
    there = await course()
    check = await plan(there, InspectionForm.SURPRISE, DEPARTMENT)
    await appoint(there, check, "so-noi-vu-ky-luat", INSPECTOR)
    await open_(there, check)
    await there.until(date(2024, 10, 21))
    by = await person_in(there, REFORM_OFFICER)
    conclude = ConcludeInspection(Charge(by, oversees=False), document(), there.at)
    await there.carry_out(INSPECTION, check, conclude, by)

    assert there.told_of(StallRule.INSPECTION_OPEN_TOO_LONG) == [(date(2024, 10, 19), INSPECTORATE)]
    (alert,) = await there.alerts(check)
    assert alert.ended


# -- an agency ends while its follow-ups are open --------------------------------------------------------------------


async def at_the_merged_department(there: Course) -> Matter:
    """Found on Monday, 24 February 2025, five days before the department ends; due on Monday, 17 March."""
    await there.until(date(2025, 2, 24))
    return await submit(there, DIRECTIVE, MERGED, "online-services-missing", f"{MERGED}-chuyen-vien")


async def test_what_an_ended_department_owed_its_successors_head_owes() -> None:
    """Point 3: each task has somebody who answers for it, whatever becomes of his agency."""
    there = await course()
    matter = await at_the_merged_department(there)
    await matter.acknowledge()
    await there.until(date(2025, 3, 3))
    with pytest.raises(OwnerOutsideAgency):
        await matter.assign("so-y-te-chuyen-vien", by=CHAIR)
    await matter.assign(f"{INTO}-pho-giam-doc", by=f"{INTO}-giam-doc")
    await matter.acknowledge()
    await matter.plan(date(2025, 4, 1))
    await matter.accept_plan()

    assert await matter.status() == "in_progress"
    assert (await matter.follow_up()).hand_overs == 0, "succession is no hand-over"


async def test_the_successors_head_acts_without_being_assigned() -> None:
    there = await course()
    matter = await at_the_merged_department(there)
    await there.until(date(2025, 3, 3))
    await matter.acknowledge(by=f"{INTO}-giam-doc")
    await matter.plan(date(2025, 4, 1), by=f"{INTO}-giam-doc")
    await matter.hand_over(f"{INTO}-chuyen-vien")

    assert (await matter.follow_up()).owner_post == f"{INTO}-chuyen-vien"


async def test_what_an_ended_office_owed_its_head_owes() -> None:
    """An officer's post is given up on 14 October: what it owned is the director's, with its alerts, uncounted."""
    there = await course()
    matter = await submit(there, DIRECTIVE, DEPARTMENT, "work-not-evaluated")
    await matter.assign(f"{DEPARTMENT}-chuyen-vien", by=DIRECTOR)
    await matter.acknowledge()
    await reorganise(there, EndPost(f"{DEPARTMENT}-chuyen-vien", None, date(2024, 10, 14)))
    await there.until(date(2024, 10, 15))

    assert there.told_of(StallRule.NO_PLAN) == [(date(2024, 10, 15), DIRECTOR)]
    organisation, director = await there.organisation(), await person_in(there, DIRECTOR)
    mine = queries.posts_with_inherited(organisation, director, there.today)
    assert mine == {DIRECTOR, f"{DEPARTMENT}-chuyen-vien"}
    await matter.plan(date(2024, 10, 25), by=DIRECTOR)
    assert (await matter.follow_up()).hand_overs == 0


async def test_alerts_go_to_the_successors_head_and_up_his_chain() -> None:
    """Acknowledged on Monday, 24 February; five working days for a plan: 25 to 28 February, 3 March."""
    there = await course()
    matter = await at_the_merged_department(there)
    await matter.acknowledge()
    await there.until(date(2025, 3, 12))

    assert there.told_of(StallRule.NO_PLAN) == [(date(2025, 3, 4), f"{INTO}-giam-doc"), (date(2025, 3, 12), CHAIR)]


async def test_what_was_done_there_the_successor_mends_and_who_headed_it_then_answers_for() -> None:
    """Personal responsibility stays with whoever held the post at the fact; mending passes to the successor."""
    there = await course()
    former = await person_in(there, f"{MERGED}-giam-doc")
    await there.until(date(2025, 3, 10))
    with pytest.raises(AgencyEndedBefore):
        await submit(there, "da-nang-2090", MERGED, "indifference", fact_date=date(2025, 3, 3))
    matter = await submit(there, "da-nang-2090", MERGED, "indifference", fact_date=date(2025, 2, 20))
    await there.until(date(2025, 3, 18))
    await matter.confirm()

    (review,) = await matter.reviews()
    assert (review.subject.agency_id, review.subject.person_id) == (MERGED, former)
    assert (await matter.follow_up()).owner_post == f"{INTO}-giam-doc"


async def test_a_district_that_ended_since_still_stood_above_its_communes_at_the_fact() -> None:
    """Found in July 2025, when communes stand below the province: in May the district's chair stood above them."""
    there = await course()
    heads = {await person_in(there, f"{COMMUNE}-chu-tich"), await person_in(there, f"{DISTRICT}-chu-tich")}
    await there.until(date(2025, 7, 7))
    matter = await submit(there, "da-nang-2090", COMMUNE, "indifference", fact_date=date(2025, 5, 20))
    await there.until(date(2025, 7, 15))
    await matter.confirm()

    assert {review.subject.person_id for review in await matter.reviews()} == heads


# -- named departments, records and summaries (points 1, 4, 6, 7) ----------------------------------------------------


def test_each_named_department_has_its_duties() -> None:
    """Point 7, letters a to g."""
    owners = {duty.duty_id: duty.owner for duty in pack_of(DIRECTIVE).duties}
    assert owners["joint-discipline-team"] == "home_affairs"
    assert owners["publish-procedures"] == "agency:so-tu-phap"
    assert owners["it-programmes"] == f"agency:{MERGED}"
    assert owners["apply-iso"] == f"agency:{INTO}"
    assert owners["budget-for-reform"] == "agency:so-tai-chinh"
    assert owners["press-on-harassment"] == "press"


def test_home_affairs_sums_up_every_six_months_and_every_year() -> None:
    """Point 7.a."""
    reports = {report.report_id: (report.owner, report.frequency) for report in pack_of(DIRECTIVE).reports}
    assert reports["half-yearly-summary"] == ("home_affairs", "half_yearly")
    assert reports["yearly-summary"] == ("home_affairs", "yearly")


def test_yearly_results_of_reform_are_the_main_criterion_for_heads() -> None:
    """Point 1."""
    duties = {duty.duty_id: duty for duty in pack_of(DIRECTIVE).duties}
    assert (duties["judge-heads-by-reform"].frequency, duties["judge-heads-by-reform"].frequency_origin) == (
        "yearly",
        "text",
    )


async def test_the_inspectorates_own_late_answer_is_on_its_own_ladder() -> None:
    """A plan that waits for the inspectorate: its head, then the chair; never the owner, who did his part."""
    there = await course()
    matter = await submit(there, DIRECTIVE, DEPARTMENT, "no-concrete-plan")
    await matter.acknowledge()
    await matter.plan(date(2024, 11, 1))
    await there.until(date(2024, 10, 21))

    assert there.told_of(StallRule.PLAN_NOT_ANSWERED) == [
        (date(2024, 10, 11), INSPECTORATE),
        (date(2024, 10, 19), CHAIR),
    ]
    await matter.send_back_plan(by=JUDGE)
    assert (await matter.alert(StallRule.PLAN_NOT_ANSWERED)).ended


async def test_what_inspectors_found_ends_as_its_story_says() -> None:
    """Every kind of conduct in `lai_chau_16.yaml` is one that the text describes."""
    assert await (await retold(story("lai_chau_16"))).wrong() == []
