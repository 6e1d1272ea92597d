"""The document by which Vĩnh Long carries out Telegram 968/CĐ-TTg, November 2023: order in how work is handled.

Days are counted by hand: submitted on Monday, 7 October 2024, there is no holiday until New Year.
"""

from datetime import UTC, date, datetime, timedelta

import pytest

from discipline.consultations.refusals import ConsultationNotLapsed, ConsultationPastDue
from discipline.follow_ups.refusals import NotInternalInspectionNorSuperior, NotTheOwner, SubordinateCannotJudge
from inspection.directives.commands import RepealDirective
from inspection.directives.refusals import DirectiveNoLongerInForce
from inspection.findings.refusals import ConfirmedByItsAuthor, ContestWindowOpen, ReplacedUnrelated
from inspection.organisation.commands import EndAgency, NoteAbsence, NoteReturn
from schemas.discipline.consultations import (
    ConsentDeemed,
    ConsultationAsked,
    ConsultationClosed,
    ConsultationLapsed,
)
from schemas.inspection.findings import FindingSource
from schemas.notifier.alerts import StallRule
from schemas.values import SubjectKind
from services.application.directives import DIRECTIVE as DIRECTIVES
from tests.stories.acts import CHAIR, INSPECTORATE, JUDGE, Matter, drafts, person_in, reorganise, submit
from tests.stories.course import FIRST_DAY, Course, course, nine, pack_of
from tests.stories.opinions import ask
from tests.stories.retold import retold
from tests.stories.story import story

DIRECTIVE = "vinh-long-968"
DEPARTMENT, DISTRICT = "so-tai-nguyen-moi-truong", "huyen-nui-voi"
DIRECTOR, DEPUTY, DESK, OFFICER = (
    f"{DEPARTMENT}-{post}" for post in ("giam-doc", "pho-giam-doc", "mot-cua", "chuyen-vien")
)
WINDOW_OVER = date(2024, 10, 15)
"""The agency had five working days to object: to the end of Monday the 14th."""


async def confirmed(there: Course, violation_type: str, *officials: str) -> Matter:
    matter = await submit(there, DIRECTIVE, DEPARTMENT, violation_type, *officials)
    await there.until(WINDOW_OVER)
    await matter.confirm()
    return matter


async def subjects(matter: Matter) -> set[tuple[SubjectKind, str | None]]:
    return {(review.subject.kind, review.subject.post_id) for review in await matter.reviews()}


COLLECTIVE = (SubjectKind.COLLECTIVE, None)


# -- responsibility (part I, paragraph 2) ----------------------------------------------------------------------------


@pytest.mark.parametrize("violation_type", ["shirking", "delay-from-irresponsibility", "not-deciding"])
async def test_shirking_that_delays_is_reviewed_for_collective_and_individuals(violation_type: str) -> None:
    """Part I, paragraph 2: whoever shirks, delays or does not decide what is his own to decide."""
    matter = await confirmed(await course(), violation_type, OFFICER)

    assert await subjects(matter) == {COLLECTIVE, (SubjectKind.CIVIL_SERVANT, OFFICER)}


@pytest.mark.parametrize("violation_type", ["dossier-harassment", "dossier-passed-around", "refusal-to-process"])
async def test_people_s_dossiers_are_answered_for_by_officer_head_and_agency(violation_type: str) -> None:
    """Part II, paragraph 1: agencies, their heads and the officials who do not act are dealt with."""
    matter = await confirmed(await course(), violation_type, DESK)

    civil_servant = SubjectKind.CIVIL_SERVANT
    assert await subjects(matter) == {COLLECTIVE, (civil_servant, DESK), (civil_servant, DIRECTOR)}


async def test_a_head_who_is_named_as_an_official_too_has_one_review() -> None:
    matter = await confirmed(await course(), "dossier-harassment", DIRECTOR)

    assert await subjects(matter) == {COLLECTIVE, (SubjectKind.CIVIL_SERVANT, DIRECTOR)}


async def test_work_done_for_show_has_consequences_when_nobody_moves_it() -> None:
    """Part I, paragraph 2 demands no review of perfunctory work by itself; the default does once the chair was told."""
    there = await course()
    matter = await confirmed(there, "perfunctory-work", OFFICER)
    await matter.acknowledge()
    assert await matter.reviews() == []
    await there.until(date(2025, 1, 15))

    assert await subjects(matter) == {(SubjectKind.CIVIL_SERVANT, OFFICER)}


async def test_what_is_mended_in_time_has_none() -> None:
    there = await course()
    matter = await submit(there, DIRECTIVE, DEPARTMENT, "perfunctory-work", OFFICER)
    await matter.acknowledge()
    await matter.plan(date(2024, 10, 18))
    await matter.accept_plan()
    await there.until(WINDOW_OVER)
    await matter.confirm()
    await matter.progress(90)
    await matter.claim()
    await there.until(date(2024, 10, 16))
    await matter.verify()
    await there.until(date(2025, 1, 15))

    assert (await matter.status(), await matter.reviews(), there.told) == ("closed", [], [])


# -- passed up once, never around (part II, paragraph 2) -------------------------------------------------------------


async def test_one_hand_over_is_tolerated_and_a_second_is_passing_it_around() -> None:
    there = await course()
    matter = await submit(there, DIRECTIVE, DEPARTMENT, "feedback-passed-around", source=FindingSource.FEEDBACK)
    await matter.hand_over(DEPUTY)
    assert (await drafts(there), (await matter.follow_up()).past_limit) == ([], False)
    await matter.hand_over(OFFICER)

    (draft,) = await drafts(there)
    assert draft.content.violation_type == "shirking"
    assert [official.post_id for official in draft.content.officials] == [DEPUTY]


async def test_a_policy_never_begins_a_chain() -> None:
    """A draft that an inspector submitted is passed around as well: it gives rise to no further draft."""
    there = await course()
    matter = await submit(there, DIRECTIVE, DEPARTMENT, "shirking", DEPUTY, source=FindingSource.POLICY)
    for post in (DEPUTY, OFFICER, DESK):
        await matter.hand_over(post)

    assert (await matter.follow_up()).past_limit
    assert await drafts(there) == []


# -- internal and surprise checks (part I, paragraph 2) --------------------------------------------------------------


async def internal(there: Course) -> Matter:
    """An internal check found it; the owner has claimed that it is mended."""
    matter = await submit(there, DIRECTIVE, DEPARTMENT, "conduct-breach", OFFICER, source=FindingSource.INTERNAL_CHECK)
    await matter.acknowledge()
    await matter.plan(date(2024, 10, 11))
    await matter.accept_plan(by=CHAIR)
    await matter.claim()
    return matter


async def test_what_an_internal_check_found_is_verified_at_home_or_above_and_never_by_the_unit() -> None:
    matter = await internal(await course())
    with pytest.raises(NotInternalInspectionNorSuperior):
        await matter.verify(by=JUDGE)
    with pytest.raises(SubordinateCannotJudge):
        await matter.verify(by=DEPUTY)
    await matter.verify(by=CHAIR)

    assert await matter.status() == "verified"


async def test_who_lets_an_internal_matter_wait_is_told_as_the_superior_and_not_the_inspectorate() -> None:
    """Claimed on Monday, 7 October; five working days end with Monday the 14th."""
    there = await course()
    await internal(there)
    await there.until(date(2024, 10, 16))

    assert there.told_of(StallRule.VERIFICATION_PENDING) == [(date(2024, 10, 15), CHAIR)]


async def test_what_the_inspectorate_found_waits_for_the_inspectorate() -> None:
    there = await course()
    matter = await submit(there, DIRECTIVE, DEPARTMENT, "working-regulation-outdated")
    await matter.acknowledge()
    await matter.plan(date(2024, 11, 1))
    await there.until(date(2024, 10, 14))

    assert there.told_of(StallRule.PLAN_NOT_ANSWERED) == [(date(2024, 10, 11), INSPECTORATE)]


async def test_a_finding_is_not_confirmed_by_whoever_submitted_it_nor_before_the_agency_could_object() -> None:
    there = await course()
    matter = await submit(there, DIRECTIVE, DEPARTMENT, "late-dossier", DESK)
    with pytest.raises(ConfirmedByItsAuthor):
        await matter.confirm(by=matter.inspector)
    await there.until(nine(date(2024, 10, 15)) - timedelta(hours=9))
    with pytest.raises(ContestWindowOpen):
        await matter.confirm()
    await there.until(nine(date(2024, 10, 15)) - timedelta(hours=9) + timedelta(seconds=1))
    await matter.confirm()


# -- an absent head's work is done (part I, paragraph 3) -------------------------------------------------------------


async def test_whoever_acts_for_an_absent_head_acknowledges_for_him() -> None:
    """Part I, paragraph 3: each step has somebody who answers for it; an absence stops nothing."""
    there = await course()
    matter = await submit(there, DIRECTIVE, DEPARTMENT, "no-step-responsibility")
    with pytest.raises(NotTheOwner):
        await matter.acknowledge(by=DEPUTY)
    await reorganise(there, NoteAbsence(DIRECTOR, await person_in(there, DEPUTY), FIRST_DAY))
    await matter.acknowledge(by=DEPUTY)

    assert (await matter.follow_up()).owner_post == DIRECTOR, "acting is no hand-over"
    await there.until(date(2024, 10, 8))
    await reorganise(there, NoteReturn(DIRECTOR, date(2024, 10, 8)))
    with pytest.raises(NotTheOwner):
        await matter.plan(date(2024, 11, 1), by=DEPUTY)


# -- taken back and said anew (domain.md) ----------------------------------------------------------------------------


async def test_what_is_withdrawn_ends_its_alerts_and_its_replacement_keeps_the_day_of_detection() -> None:
    there = await course()
    matter = await submit(there, DIRECTIVE, DEPARTMENT, "waste")
    detected = (await matter.finding()).detected_at
    await there.until(date(2024, 10, 10))
    await matter.withdraw()
    assert (await matter.alert(StallRule.NOT_ACKNOWLEDGED)).ended
    with pytest.raises(ReplacedUnrelated):
        await submit(there, DIRECTIVE, DISTRICT, "dossiers-not-reviewed", replaces=matter)
    again = await submit(there, DIRECTIVE, DEPARTMENT, "dossiers-not-reviewed", replaces=matter)

    assert (await again.finding()).detected_at == detected
    # Fifteen working days from the second submission, on Thursday, 10 October: to the end of Thursday the 31st.
    assert (await again.follow_up()).due_at == datetime(2024, 10, 31, 17, tzinfo=UTC)


async def test_an_amendment_asks_for_a_new_acknowledgement_and_takes_no_day_away() -> None:
    """Amended on Thursday, 10 October: two working days to acknowledge, to the end of Monday the 14th."""
    there = await course()
    matter = await submit(there, DIRECTIVE, DEPARTMENT, "assignment-not-carried-out")
    await matter.acknowledge()
    before = (await matter.follow_up()).due_at
    await there.until(date(2024, 10, 10))
    await matter.amend()

    assert ((await matter.follow_up()).acknowledged, (await matter.follow_up()).due_at) == (False, before)
    await there.until(date(2024, 10, 16))
    assert there.told_of(StallRule.NOT_ACKNOWLEDGED) == [(date(2024, 10, 15), DIRECTOR)]


async def test_what_was_before_the_directive_is_history_without_alerts_or_consequences() -> None:
    """In force since 15 November 2023."""
    there = await course()
    matter = await submit(there, DIRECTIVE, DEPARTMENT, "shirking", OFFICER, fact_date=date(2023, 11, 14))
    await there.until(WINDOW_OVER)
    await matter.confirm()
    await there.until(date(2025, 1, 15))

    assert (await matter.follow_up()).historic
    assert (there.told, await matter.reviews()) == ([], [])


async def test_after_its_repeal_nothing_new_is_measured_by_it_and_what_was_before_still_is() -> None:
    there = await course()
    repeal = RepealDirective(DIRECTIVE, date(2024, 10, 1))
    await there.carry_out(DIRECTIVES, DIRECTIVE, repeal, await person_in(there, CHAIR))
    with pytest.raises(DirectiveNoLongerInForce):
        await submit(there, DIRECTIVE, DEPARTMENT, "late-dossier", DESK, fact_date=date(2024, 10, 1))
    matter = await submit(there, DIRECTIVE, DEPARTMENT, "late-dossier", DESK, fact_date=date(2024, 9, 30))

    assert not (await matter.follow_up()).historic


# -- targets by date (part I, paragraph 6) ---------------------------------------------------------------------------


def test_internal_procedures_have_targets_by_date() -> None:
    """All inventoried by the end of 2023; plans for half before 1 January 2024 and for all before 1 January 2025."""
    duties = {duty.duty_id: (duty.owner, duty.due, duty.target_percent) for duty in pack_of(DIRECTIVE).duties}
    assert duties["publish-internal-procedures"] == ("addressees", date(2023, 12, 31), 100)
    assert duties["simplify-half"] == ("department", date(2023, 12, 31), 50)
    assert duties["simplify-all"] == ("department", date(2024, 12, 31), 100)


def test_what_lies_beyond_ones_authority_is_reported_up() -> None:
    """Part II, paragraph 2."""
    reports = {report.report_id: report for report in pack_of(DIRECTIVE).reports}
    beyond = reports["beyond-authority"]
    assert (beyond.owner, beyond.recipient, beyond.frequency) == ("addressees", "authority", "ad_hoc")


def test_consultation_asks_only_whom_it_concerns_and_wants_a_position() -> None:
    """Part I, paragraph 4; the text does not speak of deemed consent."""
    rules = pack_of(DIRECTIVE).consultation
    assert rules is not None
    assert (rules.only_concerned, rules.clear_position, rules.deemed_consent) == (True, True, False)


async def test_what_is_not_answered_lapses_without_consent_and_an_inspector_may_find_it() -> None:
    """Part I, paragraph 4. Asked on Monday the 7th, due at 24:00 of Wednesday the 16th; answered on the 21st."""
    there = await course()
    opinion = await ask(there, DIRECTIVE, DEPARTMENT, "so-y-te")
    await there.until(date(2024, 10, 17))
    await opinion.clock()

    occurred_at, lapsed = opinion.told()[-1]
    assert isinstance(lapsed, ConsultationLapsed)
    assert (occurred_at, opinion.status) == (datetime(2024, 10, 16, 17, tzinfo=UTC), "lapsed")

    found = await submit(there, DIRECTIVE, "so-y-te", "consultation-unanswered", "so-y-te-giam-doc")
    assert (await found.finding()).terms.answerable == ("head",)
    await there.until(date(2024, 10, 21))
    await opinion.answer()
    assert opinion.status == "answered"
    assert not any(isinstance(event, ConsentDeemed) for _, event in opinion.told())


async def test_where_the_agency_that_was_asked_has_become_one_with_the_lead_the_lead_goes_on_without_an_answer() -> (
    None
):
    """Nobody is left to answer, and nothing is consent: the alert has an end, and the timeline keeps why."""
    there = await course()
    opinion = await ask(there, DIRECTIVE, DEPARTMENT, "so-y-te")
    await there.until(date(2024, 10, 15))
    await reorganise(there, EndAgency("so-y-te", DEPARTMENT, date(2024, 10, 15)))
    with pytest.raises(ConsultationNotLapsed):
        await opinion.close()
    await there.until(date(2024, 10, 18))
    await opinion.clock()
    with pytest.raises(ConsultationPastDue):
        await opinion.withdraw()
    assert await opinion.alerted() == {StallRule.CONSULTATION_LAPSED}
    await opinion.close()

    assert (opinion.status, await opinion.alerted()) == ("closed", set())
    assert [type(event) for _, event in opinion.told()] == [ConsultationAsked, ConsultationLapsed, ConsultationClosed]


async def test_what_inspectors_found_ends_as_its_story_says() -> None:
    """Every kind of conduct in `vinh_long_968.yaml` is one that the text describes."""
    assert await (await retold(story("vinh_long_968"))).wrong() == []
