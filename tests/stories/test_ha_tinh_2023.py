"""Directive of Hà Tĩnh, May 2023: people's satisfaction as the measure; the head is dealt with for his staff.

Days are counted by hand: submitted on Monday, 7 October 2024, there is no holiday until New Year; Tết of 2025 is off
from Monday, 27 January to Friday, 31 January.
"""

from datetime import UTC, date, datetime

import pytest

from discipline.follow_ups.refusals import (
    ExtensionAlreadyAsked,
    ExtensionAskedTooLate,
    ExtensionsUsedUp,
    OwnerCannotJudge,
)
from discipline.reviews.state import ReviewStatus
from inspection.findings.refusals import ContestWindowClosed, FindingAlreadyContested, NotTheHead
from schemas.discipline.reviews import ReviewGround
from schemas.inspection.findings import FindingSource
from schemas.notifier.alerts import StallRule
from schemas.values import SubjectKind
from tests.stories.acts import CHAIR, INSPECTORATE, Matter, drafts, person_in, submit
from tests.stories.course import Course, course, pack_of
from tests.stories.retold import retold
from tests.stories.story import story

DIRECTIVE = "ha-tinh-2023"
HEALTH, TAX, DISTRICT, COMMUNE = "so-y-te", "cuc-thue-tinh", "huyen-nui-voi", "xa-suoi-da"
DIRECTOR, DESK = f"{HEALTH}-giam-doc", f"{HEALTH}-mot-cua"
WINDOW_OVER = date(2024, 10, 15)
"""The agency had five working days to object: to the end of Monday the 14th."""


async def confirmed(there: Course, agency_id: str, violation_type: str, *officials: str) -> Matter:
    matter = await submit(there, DIRECTIVE, agency_id, violation_type, *officials)
    await there.until(WINDOW_OVER)
    await matter.confirm()
    return matter


# -- the head is dealt with for his staff (content 2, paragraph 1) ---------------------------------------------------


@pytest.mark.parametrize("violation_type", ["corruption", "overbearing", "harassment"])
async def test_the_head_answers_where_his_staff_are_corrupt_overbearing_or_harassing(violation_type: str) -> None:
    matter = await confirmed(await course(), HEALTH, violation_type, DESK)

    assert {review.subject.post_id for review in await matter.reviews()} == {DESK, DIRECTOR}


def test_no_other_kind_demands_a_review_by_itself() -> None:
    """The text names these three alone."""
    demanding = {row.violation_type for row in pack_of(DIRECTIVE).violation_types if row.demands_review}
    assert demanding == {"corruption", "overbearing", "harassment"}


async def test_a_late_dossier_is_answered_for_once_the_ladder_was_climbed_in_vain() -> None:
    """The default: the last step passed. The ladder's end comes five working days after the chair was told."""
    there = await course()
    matter = await confirmed(there, COMMUNE, "late-dossier", f"{COMMUNE}-mot-cua")
    await there.until(date(2024, 11, 8))
    assert there.told_of(StallRule.NOT_ACKNOWLEDGED)[-1] == (date(2024, 11, 1), CHAIR)
    assert await matter.reviews() == []
    await there.until(date(2024, 11, 11))

    reviews = await matter.reviews()
    assert {review.subject.post_id for review in reviews} == {f"{COMMUNE}-mot-cua", f"{COMMUNE}-chu-tich"}
    assert {item.ground for review in reviews for item in review.basis} == {ReviewGround.LAST_STEP_PASSED}


async def test_the_ladder_of_an_unconfirmed_finding_is_remembered_until_it_is_confirmed() -> None:
    """Only a confirmed finding feeds a review; how long it was left alone counts all the same."""
    there = await course()
    matter = await submit(there, DIRECTIVE, COMMUNE, "late-dossier", f"{COMMUNE}-mot-cua")
    await there.until(date(2024, 12, 2))
    assert await matter.reviews() == []
    await matter.confirm()

    assert len(await matter.reviews()) == 2


async def test_three_confirmed_findings_within_half_a_year_are_the_collectives() -> None:
    there = await course()
    days = (date(2024, 4, 8), date(2024, 7, 8), date(2024, 10, 4))
    matters = [await submit(there, DIRECTIVE, HEALTH, "slack-leadership", fact_date=day) for day in days]
    await there.until(WINDOW_OVER)
    for matter in matters:
        await matter.confirm()

    (review,) = await matters[0].reviews()
    assert review.subject.kind is SubjectKind.COLLECTIVE
    await matters[1].dismiss()
    (review,) = await matters[0].reviews()
    assert review.status is ReviewStatus.LAPSED


async def test_a_hundred_and_eighty_days_apart_they_are_not_within_the_period() -> None:
    """From 7 April to 4 October 2024 are 180 days: the period of 180 days from the first has passed."""
    there = await course()
    days = (date(2024, 4, 7), date(2024, 7, 8), date(2024, 10, 4))
    matters = [await submit(there, DIRECTIVE, HEALTH, "slack-leadership", fact_date=day) for day in days]
    await there.until(WINDOW_OVER)
    for matter in matters:
        await matter.confirm()

    assert [await matter.reviews() for matter in matters] == [[], [], []]


# -- central agencies in the province (content 6) --------------------------------------------------------------------


async def test_a_central_agency_stands_outside_the_tree_and_its_ladder_goes_to_the_inspectorate() -> None:
    """Nobody in the province is above it: 2 + 3 + 3 working days after the owner the inspectorate hears of it.

    Told on Thursday, 10 October: 11, 14, 15, 16, 17, 18, 21, 22; told on Wednesday the 23rd; then 24, 25, 28, 29, 30.
    """
    there = await course()
    await submit(there, DIRECTIVE, TAX, "late-dossier", f"{TAX}-mot-cua")
    await there.until(date(2024, 12, 2))

    assert there.told_of(StallRule.NOT_ACKNOWLEDGED) == [
        (date(2024, 10, 10), f"{TAX}-thu-truong"),
        (date(2024, 10, 23), INSPECTORATE),
        (date(2024, 10, 31), CHAIR),
    ]


def test_the_directive_addresses_central_agencies_too() -> None:
    assert set(pack_of(DIRECTIVE).addressees) == {"department", "central", "district", "commune"}


# -- what takes long is given time (shortcomings; contents 2 and 4) --------------------------------------------------


async def planned(there: Course, violation_type: str) -> Matter:
    matter = await submit(there, DIRECTIVE, HEALTH, violation_type)
    await matter.acknowledge()
    await matter.plan(date(2024, 11, 15))
    await matter.accept_plan()
    return matter


async def test_a_low_online_rate_has_thirty_working_days() -> None:
    """To the end of Monday, 18 November 2024."""
    matter = await submit(await course(), DIRECTIVE, HEALTH, "low-online-rate")

    assert (await matter.follow_up()).due_at == datetime(2024, 11, 18, 17, tzinfo=UTC)


async def test_days_of_tet_do_not_count() -> None:
    """Submitted on Tuesday, 21 January 2025: 22, 23, 24 January, then 3 and 4 February."""
    there = await course()
    await there.until(date(2025, 1, 21))
    matter = await submit(there, DIRECTIVE, HEALTH, "overbearing", DESK)
    await there.until(date(2025, 2, 7))

    assert (await matter.follow_up()).due_at == datetime(2025, 2, 4, 17, tzinfo=UTC)
    # Two working days to acknowledge are over before Tết: told when Friday, 24 January begins.
    assert there.told_of(StallRule.NOT_ACKNOWLEDGED)[0] == (date(2025, 1, 24), DIRECTOR)
    assert there.told_of(StallRule.OVERDUE) == [(date(2025, 2, 5), DIRECTOR)]


async def test_nobody_is_told_more_during_tet_for_its_days_do_not_count_for_the_ladder() -> None:
    """Told on Friday, 24 January; five working days for the superior are 3 to 7 February."""
    there = await course()
    await there.until(date(2025, 1, 21))
    await submit(there, DIRECTIVE, COMMUNE, "overbearing", f"{COMMUNE}-mot-cua")
    await there.until(date(2025, 2, 10))

    told = there.told_of(StallRule.NOT_ACKNOWLEDGED)
    assert told == [(date(2025, 1, 24), f"{COMMUNE}-chu-tich"), (date(2025, 2, 8), f"{DISTRICT}-chu-tich")]


async def test_more_time_is_asked_for_once_with_reasons_and_given_by_somebody_else() -> None:
    """Granted until Sunday, 8 December: the next working day is Monday the 9th."""
    there = await course()
    matter = await planned(there, "low-dti")
    await there.until(date(2024, 10, 18))
    await matter.progress(40)
    await matter.ask_more_time(date(2024, 12, 8))
    with pytest.raises(ExtensionAlreadyAsked):
        await matter.ask_more_time(date(2024, 12, 20))
    with pytest.raises(OwnerCannotJudge):
        await matter.grant(by=DIRECTOR)
    await there.until(date(2024, 10, 21))
    await matter.grant()

    assert (await matter.follow_up()).due_at == datetime(2024, 12, 9, 17, tzinfo=UTC)
    with pytest.raises(ExtensionsUsedUp):
        await matter.ask_more_time(date(2025, 1, 10))


async def test_a_pending_request_stops_no_clock_and_must_be_answered() -> None:
    """Asked on Thursday, 14 November: three working days end with Tuesday the 19th; due on Monday the 18th."""
    there = await course()
    matter = await planned(there, "low-dti")
    for day in (date(2024, 10, 18), date(2024, 11, 1), date(2024, 11, 14)):
        await there.until(day)
        await matter.progress(40)
    await matter.ask_more_time(date(2024, 12, 6))
    await there.until(date(2024, 11, 20))

    assert there.told_of(StallRule.OVERDUE) == [(date(2024, 11, 19), DIRECTOR)]
    assert there.told_of(StallRule.EXTENSION_UNANSWERED) == [(date(2024, 11, 20), INSPECTORATE)]
    await matter.grant()
    assert (await matter.alert(StallRule.OVERDUE)).ended
    assert (await matter.alert(StallRule.EXTENSION_UNANSWERED)).ended


async def test_after_the_due_day_asking_could_only_hide_a_delay() -> None:
    there = await course()
    matter = await planned(there, "late-dossier")
    await there.until(date(2024, 10, 29))
    with pytest.raises(ExtensionAskedTooLate):
        await matter.ask_more_time(date(2024, 11, 29))


# -- clear responsibility (content 3) --------------------------------------------------------------------------------


async def test_the_third_hand_over_shows_that_nobody_is_responsible() -> None:
    """Content 3 wants responsibilities assigned clearly; it gives no number, so the default of two holds."""
    there = await course()
    matter = await submit(there, DIRECTIVE, HEALTH, "programme-behind")
    for post in ("pho-giam-doc", "chuyen-vien"):
        await matter.hand_over(f"{HEALTH}-{post}")
    assert await drafts(there) == []
    await matter.hand_over(DESK)

    (draft,) = await drafts(there)
    assert draft.content.violation_type == "unclear-responsibility"
    assert [official.post_id for official in draft.content.officials] == [f"{HEALTH}-chuyen-vien"]


# -- fair ------------------------------------------------------------------------------------------------------------


async def test_an_agency_objects_once_by_its_head_and_in_time_and_is_answered() -> None:
    there = await course()
    matter = await submit(there, DIRECTIVE, HEALTH, "untrue-assessment")
    late = await submit(there, DIRECTIVE, HEALTH, "satisfaction-not-measured")
    with pytest.raises(NotTheHead):
        await matter.contest(by=DESK)
    await matter.contest(by=DIRECTOR)
    with pytest.raises(FindingAlreadyContested):
        await matter.contest(by=DIRECTOR)
    await there.until(date(2024, 10, 9))
    await matter.confirm(answered=True)
    await there.until(WINDOW_OVER)
    with pytest.raises(ContestWindowClosed):
        await late.contest(by=DIRECTOR)

    assert ((await matter.finding()).status, (await late.finding()).status) == ("confirmed", "submitted")


async def test_who_leaves_an_objection_undecided_is_told_himself() -> None:
    """Objected to on Monday, 7 October; ten working days end with Monday the 21st. The owner hears nothing of it."""
    there = await course()
    matter = await submit(there, DIRECTIVE, HEALTH, "oversight-hindered")
    await matter.acknowledge()
    await matter.contest(by=DIRECTOR)
    await there.until(date(2024, 10, 23))

    assert there.told_of(StallRule.FINDING_NOT_DECIDED) == [(date(2024, 10, 22), INSPECTORATE)]


# -- what is measured, who leads, what is reported -------------------------------------------------------------------


def test_satisfaction_the_reform_index_and_digital_transformation_are_measured() -> None:
    """Content 2, paragraph 2: with services, schools and hospitals."""
    measured = {row.indicator_id for row in pack_of(DIRECTIVE).indicators}
    assert len(measured) >= 5
    assert any("education" in name for name in measured)
    assert any("health" in name for name in measured)


def test_each_of_the_six_axes_has_one_leading_agency() -> None:
    """Content 4; the report of the directive does not name them, so the owners are defaults."""
    axes = {duty.duty_id: duty for duty in pack_of(DIRECTIVE).duties if duty.duty_id.startswith("axis-")}
    assert len(axes) == 6
    assert {duty.owner_origin for duty in axes.values()} == {"default"}


def test_reviews_of_the_programme_are_yearly_preliminary_and_final() -> None:
    """Content 1, paragraph 3."""
    reports = {report.report_id: report.frequency for report in pack_of(DIRECTIVE).reports}
    assert (reports["preliminary-review"], reports["final-review"]) == ("yearly", "yearly")


async def test_the_heads_person_is_fixed_by_the_fact_also_where_he_is_named_nowhere() -> None:
    there = await course()
    matter = await confirmed(there, HEALTH, "harassment", DESK)

    persons = {review.subject.person_id for review in await matter.reviews()}
    assert persons == {await person_in(there, DESK), await person_in(there, DIRECTOR)}
    assert (await matter.finding()).content.source is FindingSource.INSPECTION


async def test_what_inspectors_found_ends_as_its_story_says() -> None:
    """Every kind of conduct in `ha_tinh_2023.yaml` is one that the text describes."""
    assert await (await retold(story("ha_tinh_2023"))).wrong() == []
