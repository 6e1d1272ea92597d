"""Directive 06/CT-UBND of Quảng Xương, 5 June 2023: decide what is one's own, pass nothing on, answer in time.

Days are counted by hand: submitted on Monday, 7 October 2024, there is no holiday until New Year.
"""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from discipline.consultations.refusals import (
    AgencyNotAddressed,
    ConcernNotStated,
    OpinionNotDiffering,
    PositionNotClear,
)
from discipline.follow_ups.refusals import NotHeadOfAgency, OwnerOutsideAgency, UrgingNotTheirs
from discipline.reviews.state import ReviewStatus
from inspection.findings.refusals import OriginalDiffers
from inspection.organisation.commands import NoteAbsence
from schemas.discipline.consultations import ConsentDeemed, ConsultationAnswered, Position, Reconciliation
from schemas.discipline.reviews import ReviewGround
from schemas.inspection.findings import FindingSource
from schemas.notifier.alerts import StallRule
from schemas.values import DayKind, SubjectKind
from tests.stories.acts import CHAIR, INSPECTORATE, Matter, appoint, drafts, person_in, reorganise, submit
from tests.stories.course import Course, course, pack_of
from tests.stories.opinions import ask
from tests.stories.retold import retold
from tests.stories.story import story

DIRECTIVE = "quang-xuong-06"
OFFICE, DISTRICT, COMMUNE = "phong-tai-nguyen-song-trang", "huyen-song-trang", "xa-thoi-hoa"
HEAD, DEPUTY, OFFICER = f"{OFFICE}-truong-phong", f"{OFFICE}-pho-truong-phong", f"{OFFICE}-chuyen-vien"
DISTRICT_CHAIR = f"{DISTRICT}-chu-tich"
WINDOW_OVER = date(2024, 10, 15)
"""The agency had five working days to object: to the end of Monday the 14th."""


async def confirmed(there: Course, violation_type: str, *officials: str) -> Matter:
    matter = await submit(there, DIRECTIVE, OFFICE, violation_type, *officials)
    await there.until(WINDOW_OVER)
    await matter.confirm()
    return matter


# -- nothing of one's own goes to anybody else (paragraph 5) ---------------------------------------------------------


async def test_the_first_hand_over_is_drafted_as_shirking_and_the_second_adds_no_draft() -> None:
    """Paragraph 5: work of one's own is never moved to another. Who passed it on is concerned, not who got it."""
    there = await course()
    matter = await submit(there, DIRECTIVE, OFFICE, "backlog-not-finished")
    await matter.hand_over(DEPUTY)
    await matter.hand_over(OFFICER)

    assert (await matter.follow_up()).hand_overs == 2
    (draft,) = await drafts(there)
    assert draft.content.violation_type == "shirking"
    assert [official.post_id for official in draft.content.officials] == [HEAD]
    assert draft.content.source is FindingSource.POLICY


async def test_a_drafted_finding_is_nobodys_fault_until_a_person_submits_it() -> None:
    there = await course()
    matter = await submit(there, DIRECTIVE, OFFICE, "backlog-not-finished")
    await matter.hand_over(DEPUTY)
    (draft,) = await drafts(there)

    assert str(draft.finding_id) not in there.store.views["follow_up_view"]
    await there.until(date(2025, 1, 15))
    assert await there.alerts(draft.finding_id) == []


async def test_it_cannot_be_passed_to_another_agency_at_all() -> None:
    """Paragraph 5: not sideways."""
    there = await course()
    matter = await submit(there, DIRECTIVE, OFFICE, "passed-sideways", OFFICER)
    with pytest.raises(OwnerOutsideAgency):
        await matter.hand_over("phong-ha-tang-song-trang-truong-phong")
    with pytest.raises(OwnerOutsideAgency):
        await matter.hand_over(DISTRICT_CHAIR)


async def test_neither_does_a_neighbour_give_it_to_somebody() -> None:
    there = await course()
    matter = await submit(there, DIRECTIVE, OFFICE, "poor-coordination")
    with pytest.raises(NotHeadOfAgency):
        await matter.assign(OFFICER, by="phong-ha-tang-song-trang-truong-phong")
    await matter.assign(OFFICER, by=DISTRICT_CHAIR)

    assert (await matter.follow_up()).owner_post == OFFICER


async def test_whoever_gets_it_has_his_own_two_days_to_acknowledge() -> None:
    """Handed over on Wednesday, 9 October: Thursday and Friday; told when Saturday begins."""
    there = await course()
    matter = await submit(there, DIRECTIVE, OFFICE, "backlog-not-finished")
    await there.until(date(2024, 10, 9))
    await matter.hand_over(OFFICER)
    await there.until(date(2024, 10, 15))

    assert there.told_of(StallRule.NOT_ACKNOWLEDGED) == [(date(2024, 10, 12), OFFICER)]


async def test_the_ladder_of_an_officer_has_his_head_on_it() -> None:
    """Owner on Saturday the 12th; head after 2 (14, 15); superior after 3 (17, 18, 21); then 3 (23, 24, 25) and 5."""
    there = await course()
    matter = await submit(there, DIRECTIVE, OFFICE, "backlog-not-finished")
    await there.until(date(2024, 10, 9))
    await matter.hand_over(OFFICER)
    await there.until(date(2024, 12, 2))

    assert there.told_of(StallRule.NOT_ACKNOWLEDGED) == [
        (date(2024, 10, 12), OFFICER),
        (date(2024, 10, 16), HEAD),
        (date(2024, 10, 22), DISTRICT_CHAIR),
        (date(2024, 10, 26), INSPECTORATE),
        (date(2024, 11, 2), CHAIR),
    ]


# -- consultations (paragraph 5) -------------------------------------------------------------------------------------


def test_who_does_not_answer_in_time_is_taken_to_agree_and_answers_personally() -> None:
    """Paragraphs 5 and 6; the text leaves the days to the working regulation, so the pack takes the default."""
    rules = pack_of(DIRECTIVE).consultation
    assert rules is not None
    assert (rules.deemed_consent, rules.answers_personally) == (True, True)
    assert (rules.only_concerned, rules.clear_position, rules.reconcile_first) == (True, True, True)
    assert (rules.answer.days, rules.answer.day_kind) == (7, DayKind.WORKING)


ASKED_OFFICE, LEAD = "phong-ha-tang-song-trang", "van-phong-song-trang"
ASKED_HEAD, ASKED_DEPUTY = f"{ASKED_OFFICE}-truong-phong", f"{ASKED_OFFICE}-pho-truong-phong"
DUE_AT = datetime(2024, 10, 16, 17, tzinfo=UTC)
"""Asked on Monday the 7th: the 8th to 11th, and the 14th to 16th; 24:00 of Wednesday the 16th."""


async def test_silence_by_the_due_moment_is_consent_of_whoever_headed_the_agency_then() -> None:
    """Paragraph 5. The clock comes late, and a new head has taken office on the 17th: the consent is the former's."""
    there = await course()
    before = await person_in(there, ASKED_HEAD)
    opinion = await ask(there, DIRECTIVE, LEAD, ASKED_OFFICE)
    await there.until(date(2024, 10, 18))
    await appoint(there, ASKED_HEAD, "new head", since=date(2024, 10, 17))
    await opinion.clock()

    occurred_at, deemed = opinion.told()[-1]
    assert isinstance(deemed, ConsentDeemed)
    assert (occurred_at, deemed.last_day, opinion.status) == (DUE_AT, date(2024, 10, 16), "consent_deemed")
    assert (deemed.answers.person_id, deemed.answers.post_id) == (before, ASKED_HEAD)
    assert (deemed.terms.answers_personally, deemed.terms.review.authority_post) == (True, CHAIR)


async def test_who_acted_while_the_head_was_away_is_named_with_the_consent() -> None:
    there = await course()
    deputy = await person_in(there, ASKED_DEPUTY)
    opinion = await ask(there, DIRECTIVE, LEAD, ASKED_OFFICE)
    await reorganise(there, NoteAbsence(ASKED_HEAD, deputy, date(2024, 10, 9)))
    await there.until(date(2024, 10, 17))
    await opinion.clock()

    _, deemed = opinion.told()[-1]
    assert isinstance(deemed, ConsentDeemed)
    assert deemed.acted_by == deputy


async def test_an_answer_received_exactly_at_the_due_moment_defeats_consent() -> None:
    there = await course()
    opinion = await ask(there, DIRECTIVE, LEAD, ASKED_OFFICE)
    await there.until(DUE_AT)
    await opinion.answer(Position.DISAGREES)
    await there.until(date(2024, 10, 17))
    await opinion.clock()

    assert opinion.status == "answered"
    assert not any(isinstance(event, ConsentDeemed) for _, event in opinion.told())


async def test_it_defeats_consent_also_where_the_clock_was_recorded_first() -> None:
    there = await course()
    opinion = await ask(there, DIRECTIVE, LEAD, ASKED_OFFICE)
    await there.until(date(2024, 10, 17))
    await opinion.clock()
    await opinion.answer(Position.DISAGREES, received_at=DUE_AT)

    _, answer = opinion.told()[-1]
    assert isinstance(answer, ConsultationAnswered)
    assert (answer.late, answer.undoes_consent, opinion.status) == (False, True, "answered")


@pytest.mark.parametrize("clock_first", [True, False])
async def test_a_late_answer_undoes_no_consent(clock_first: bool) -> None:
    there = await course()
    opinion = await ask(there, DIRECTIVE, LEAD, ASKED_OFFICE)
    await there.until(date(2024, 10, 17))
    if clock_first:
        await opinion.clock()
    await opinion.answer(Position.DISAGREES)
    await opinion.clock()

    (answer,) = [event for _, event in opinion.told() if isinstance(event, ConsultationAnswered)]
    assert (answer.late, opinion.status) == (True, "consent_deemed")


async def test_each_who_was_asked_is_silent_for_himself() -> None:
    there, request_id = await course(), uuid4()
    silent = await ask(there, DIRECTIVE, LEAD, ASKED_OFFICE, request_id=request_id)
    speaks = await ask(there, DIRECTIVE, LEAD, COMMUNE, request_id=request_id)
    await speaks.answer(Position.AGREES_WITH_CHANGES)
    await there.until(date(2024, 10, 17))
    for opinion in (silent, speaks):
        await opinion.clock()

    assert (silent.status, speaks.status) == ("consent_deemed", "answered")


async def test_the_lead_reconciles_differing_opinions_before_it_submits() -> None:
    """Paragraph 6: whoever differs is met; what nobody settles goes into the submission as it is."""
    there, request_id = await course(), uuid4()
    office = await ask(there, DIRECTIVE, LEAD, ASKED_OFFICE, request_id=request_id)
    commune = await ask(there, DIRECTIVE, LEAD, COMMUNE, request_id=request_id)
    await office.answer(Position.DISAGREES)
    await commune.answer(Position.AGREES)
    assert [(await one.state()).to_reconcile for one in (office, commune)] == [True, False]

    await office.reconcile(Reconciliation.LEFT_OPEN)
    assert not (await office.state()).to_reconcile
    await office.reconcile(Reconciliation.SETTLED)
    with pytest.raises(OpinionNotDiffering):
        await commune.reconcile(Reconciliation.SETTLED)


async def test_only_those_concerned_are_asked_and_why_is_said() -> None:
    """Paragraph 5; and its terms bind only the offices and communes to which it is addressed."""
    there = await course()
    with pytest.raises(ConcernNotStated):
        await ask(there, DIRECTIVE, LEAD, ASKED_OFFICE, concerned=False)
    with pytest.raises(AgencyNotAddressed):
        await ask(there, DIRECTIVE, LEAD, "so-y-te")


async def test_an_answer_without_a_position_is_none() -> None:
    there = await course()
    opinion = await ask(there, DIRECTIVE, LEAD, ASKED_OFFICE)
    with pytest.raises(PositionNotClear):
        await opinion.answer(Position.NO_POSITION)


async def test_what_is_no_longer_asked_is_nobodys_consent() -> None:
    there = await course()
    opinion = await ask(there, DIRECTIVE, LEAD, ASKED_OFFICE)
    await opinion.withdraw()
    await there.until(date(2024, 10, 17))
    await opinion.clock()

    assert opinion.status == "withdrawn"


@pytest.mark.parametrize(
    "violation_type", ["needless-consultation", "consultation-abused", "consultation-unanswered", "vague-answer"]
)
async def test_what_goes_wrong_with_a_consultation_is_the_heads_and_demands_a_review_only_when_nobody_acts(
    violation_type: str,
) -> None:
    """Paragraph 5: personally before the district's chair. Five working days where it can be mended at once."""
    there = await course()
    matter = await confirmed(there, violation_type, HEAD)

    terms = (await matter.finding()).terms
    assert terms.answerable == ("head",)
    assert not terms.demands_review
    assert await matter.reviews() == []
    await there.until(date(2025, 1, 15))
    (review,) = await matter.reviews()
    assert {item.ground for item in review.basis} == {ReviewGround.LAST_STEP_PASSED}
    assert review.subject.person_id == await person_in(there, HEAD)


# -- shirking, delay, not deciding (paragraph 6) ---------------------------------------------------------------------


@pytest.mark.parametrize("violation_type", ["shirking", "delay-from-irresponsibility", "not-deciding"])
async def test_shirking_is_reviewed_for_the_collective_and_for_each_official(violation_type: str) -> None:
    """Paragraph 6: a review of the collective and the individuals concerned."""
    there = await course()
    matter = await confirmed(there, violation_type, DEPUTY, OFFICER)

    reviews = await matter.reviews()
    assert {(review.subject.kind, review.subject.post_id) for review in reviews} == {
        (SubjectKind.COLLECTIVE, None),
        (SubjectKind.CIVIL_SERVANT, DEPUTY),
        (SubjectKind.CIVIL_SERVANT, OFFICER),
    }
    assert {review.authority_post for review in reviews} == {CHAIR}


@pytest.mark.parametrize("violation_type", ["harassment", "corruption"])
async def test_harassment_is_dealt_with_at_who_did_it(violation_type: str) -> None:
    """Paragraph 6: conduct that troubles people, corruption."""
    matter = await confirmed(await course(), violation_type, OFFICER)

    (review,) = await matter.reviews()
    assert review.subject.post_id == OFFICER


async def test_two_findings_of_one_matter_are_one_review_of_each_subject() -> None:
    there = await course()
    first = await submit(there, DIRECTIVE, OFFICE, "not-deciding", HEAD)
    second = await submit(there, DIRECTIVE, OFFICE, "shirking", HEAD, matter_id=first.id)
    await there.until(WINDOW_OVER)
    await first.confirm()
    await second.confirm()

    reviews = await first.reviews()
    assert len(reviews) == 2
    assert all({item.finding_id for item in review.basis} == {first.id, second.id} for review in reviews)


# -- delayed work is listed and finished (paragraph 6) ---------------------------------------------------------------


async def test_time_to_mend_is_counted_in_working_days_from_the_submission() -> None:
    """Prompt five, ordinary fifteen: to the end of Monday, 14, and Monday, 28 October in Hà Nội."""
    there = await course()
    prompt = await submit(there, DIRECTIVE, OFFICE, "sent-up")
    ordinary = await submit(there, DIRECTIVE, OFFICE, "backlog-not-finished")

    assert (await prompt.follow_up()).due_at == datetime(2024, 10, 14, 17, tzinfo=UTC)
    assert (await ordinary.follow_up()).due_at == datetime(2024, 10, 28, 17, tzinfo=UTC)


async def test_the_owner_is_called_twice_before_the_end_and_nobody_else_is() -> None:
    """Three working days left from Thursday the 24th, one from Monday the 28th, overdue from Tuesday on."""
    there = await course()
    matter = await submit(there, DIRECTIVE, OFFICE, "opinions-not-reconciled")
    await matter.acknowledge()
    await matter.plan(date(2024, 10, 28))
    await matter.accept_plan()
    await there.until(date(2024, 10, 18))
    await matter.progress(50)
    await there.until(date(2024, 10, 30))

    assert there.told_of(StallRule.DUE_SOON_FIRST) == [(date(2024, 10, 24), HEAD)]
    assert there.told_of(StallRule.DUE_SOON_LAST) == [(date(2024, 10, 28), HEAD)]
    assert there.told_of(StallRule.OVERDUE) == [(date(2024, 10, 29), HEAD)]
    assert (await matter.alert(StallRule.DUE_SOON_LAST)).ended, "what is overdue is no longer due soon"


async def test_the_same_backlog_found_twice_counts_once() -> None:
    there = await course()
    original = await submit(there, DIRECTIVE, OFFICE, "backlog-not-finished")
    await there.until(date(2024, 10, 8))
    again = await submit(there, DIRECTIVE, OFFICE, "backlog-not-finished", fact_date=date(2024, 10, 7))
    other = await submit(there, DIRECTIVE, COMMUNE, "backlog-not-finished")
    with pytest.raises(OriginalDiffers):
        await other.duplicate_of(original)
    await again.duplicate_of(original)

    assert (await again.status(), await original.status()) == ("cancelled", "opened")
    await there.until(date(2024, 10, 15))
    assert there.told_of(StallRule.NOT_ACKNOWLEDGED) == [
        (date(2024, 10, 10), HEAD),
        (date(2024, 10, 11), f"{COMMUNE}-chu-tich"),
    ]


# -- watched, urged, summed up (paragraph 7) -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "by", ["van-phong-ubnd-tinh-chanh-van-phong", "so-noi-vu-ky-luat", DISTRICT_CHAIR, INSPECTORATE]
)
async def test_the_office_and_home_affairs_urge_and_so_does_who_stands_above(by: str) -> None:
    there = await course()
    matter = await submit(there, DIRECTIVE, OFFICE, "backlog-not-finished")
    await matter.urge(by)

    assert await matter.status() == "opened"


async def test_who_neither_watches_nor_stands_above_urges_nobody() -> None:
    there = await course()
    matter = await submit(there, DIRECTIVE, OFFICE, "backlog-not-finished")
    with pytest.raises(UrgingNotTheirs):
        await matter.urge("phong-ha-tang-song-trang-truong-phong")


def test_duties_and_reports_name_who_watches_and_to_whom() -> None:
    """Paragraphs 6 to 8."""
    pack = pack_of(DIRECTIVE)
    duties = {duty.duty_id: duty.owner for duty in pack.duties}
    reports = {report.report_id: (report.owner, report.recipient) for report in pack.reports}
    assert (duties["office-watches"], duties["home-affairs-checks"]) == ("office", "home_affairs")
    assert duties["rate-completion"] == "home_affairs"
    assert reports["backlog"] == ("addressees", "office")
    assert reports["completion-ratings"] == ("home_affairs", "authority")


def test_the_directive_addresses_the_districts_offices_and_its_communes() -> None:
    assert set(pack_of(DIRECTIVE).addressees) == {"district_office", "commune"}


async def test_an_objection_that_holds_ends_everything() -> None:
    """A submission that was signed by the head after all (paragraph 4)."""
    there = await course()
    matter = await submit(there, DIRECTIVE, OFFICE, "not-signed-by-head", HEAD)
    await there.until(date(2024, 10, 10))
    await matter.contest(by=HEAD)
    await there.until(date(2024, 10, 11))
    await matter.dismiss()

    assert await matter.status() == "cancelled"
    assert (await matter.alert(StallRule.NOT_ACKNOWLEDGED)).ended
    await there.until(date(2025, 1, 15))
    assert there.told == [told for told in there.told if told.on <= date(2024, 10, 11)]
    assert await matter.reviews() == []


async def test_a_review_that_the_confirmation_brought_lapses_with_it() -> None:
    there = await course()
    matter = await confirmed(there, "not-deciding", HEAD)
    await matter.dismiss()

    assert {review.status for review in await matter.reviews()} == {ReviewStatus.LAPSED}


async def test_what_inspectors_found_ends_as_its_story_says() -> None:
    """Every kind of conduct in `quang_xuong_06.yaml` is one that the text describes."""
    assert await (await retold(story("quang_xuong_06"))).wrong() == []
