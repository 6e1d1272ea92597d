"""Decision 2090/QĐ-UBND of Đà Nẵng, 26 September 2023: what a head answers for, up the chain to the city.

Days are counted by hand: submitted on Monday, 7 October 2024, there is no holiday until New Year.
"""

from datetime import date

import pytest

from discipline.follow_ups.refusals import NotTheOwner, SubordinateCannotJudge
from discipline.reviews.state import Review, ReviewStatus
from inspection.findings.refusals import JudgeIsConcerned
from inspection.organisation.commands import VacatePost
from schemas.discipline.reviews import ReviewGround
from schemas.notifier.alerts import StallRule
from schemas.values import SubjectKind
from tests.stories.acts import CHAIR, INSPECTORATE, Matter, appoint, drafts, person_in, reorganise, submit
from tests.stories.course import Course, course, pack_of
from tests.stories.retold import retold
from tests.stories.story import story

DIRECTIVE = "da-nang-2090"
COMMUNE, DISTRICT, DEPARTMENT = "xa-vinh-trach", "huyen-song-trang", "so-xay-dung"
COMMUNE_CHAIR, DISTRICT_CHAIR, DIRECTOR = f"{COMMUNE}-chu-tich", f"{DISTRICT}-chu-tich", f"{DEPARTMENT}-giam-doc"
WINDOW_OVER = date(2024, 10, 15)
"""The agency had five working days to object: to the end of Monday the 14th."""

CONDUCT = (
    "misconduct",
    "papers-beyond-rules",
    "inconsistent-supplements",
    "deliberate-delay",
    "late-without-reason",
    "no-appointment-slip",
    "soliciting-and-harassment",
    "improper-attitude",
    "indifference",
    "nobody-on-duty",
)
"""Paragraph 8: conduct of staff for which the head answers."""


async def confirmed(there: Course, agency_id: str, violation_type: str, *officials: str) -> Matter:
    matter = await submit(there, DIRECTIVE, agency_id, violation_type, *officials)
    await there.until(WINDOW_OVER)
    await matter.confirm()
    return matter


def subjects(reviews: list[Review]) -> set[tuple[str, str | None]]:
    return {(review.subject.agency_id, review.subject.post_id) for review in reviews}


# -- who answers (paragraphs 8 and 9) --------------------------------------------------------------------------------


def test_the_pack_knows_exactly_these_kinds_of_conduct_as_answered_for_up_the_chain() -> None:
    """Paragraphs 8 and 9: nine kinds by name and misconduct in general; the head, and the head above him."""
    rows = pack_of(DIRECTIVE).violation_types
    assert tuple(row.violation_type for row in rows if "head_above" in row.answerable) == CONDUCT
    assert all(row.demands_review for row in rows if row.violation_type in CONDUCT)


@pytest.mark.parametrize("violation_type", CONDUCT)
async def test_for_what_staff_do_the_head_answers_and_the_head_above_him(violation_type: str) -> None:
    """Paragraphs 8 and 9: not the officer at the desk, but who let it happen, up to the district's chair."""
    matter = await confirmed(await course(), COMMUNE, violation_type, f"{COMMUNE}-mot-cua")

    reviews = await matter.reviews()
    assert subjects(reviews) == {(COMMUNE, COMMUNE_CHAIR), (DISTRICT, DISTRICT_CHAIR)}
    assert {review.status for review in reviews} == {ReviewStatus.PROPOSED}
    assert {item.ground for review in reviews for item in review.basis} == {ReviewGround.VIOLATION_TYPE}


async def test_the_chain_ends_below_the_citys_chair_to_whom_all_answer() -> None:
    """Paragraph 9: directors answer to the chair; the chair is the authority and not a subject."""
    matter = await confirmed(await course(), DEPARTMENT, "late-without-reason", f"{DEPARTMENT}-mot-cua")

    (review,) = await matter.reviews()
    assert (review.subject.post_id, review.authority_post) == (DIRECTOR, CHAIR)


async def test_who_headed_the_agency_on_the_day_of_the_fact_answers_whoever_heads_it_now() -> None:
    there = await course()
    former = await person_in(there, DIRECTOR)
    matter = await submit(there, DIRECTIVE, DEPARTMENT, "indifference")
    await appoint(there, DIRECTOR, "a new director", since=date(2024, 10, 10))
    await there.until(WINDOW_OVER)
    await matter.confirm()

    (review,) = await matter.reviews()
    assert review.subject.person_id == former
    assert (await matter.follow_up()).owner_post == DIRECTOR, "what is to be mended is the office's, not the person's"


async def test_where_a_chair_is_vacant_whoever_acts_in_it_answers() -> None:
    there = await course()
    await reorganise(there, VacatePost(DIRECTOR, date(2024, 10, 1)))
    acting = await appoint(there, DIRECTOR, "an acting director", since=date(2024, 10, 7), acting=True)
    matter = await confirmed(there, DEPARTMENT, "nobody-on-duty")

    (review,) = await matter.reviews()
    assert review.subject.person_id == acting


async def test_before_it_is_confirmed_nothing_is_anybodys_fault() -> None:
    """Acknowledging admits nothing, and silence never confirms."""
    there = await course()
    matter = await submit(there, DIRECTIVE, DEPARTMENT, "soliciting-and-harassment", f"{DEPARTMENT}-mot-cua")
    await matter.acknowledge()
    await there.until(date(2025, 1, 15))

    assert await matter.reviews() == []


async def test_untrue_figures_are_answered_for_by_the_head_alone() -> None:
    """Paragraph 6: the head answers for the truthfulness of reports and figures."""
    matter = await confirmed(await course(), COMMUNE, "untrue-figures", f"{COMMUNE}-pho-chu-tich")

    assert subjects(await matter.reviews()) == {(COMMUNE, COMMUNE_CHAIR)}


async def test_what_a_head_leaves_undone_demands_a_review_only_when_it_adds_up() -> None:
    """Paragraphs 4 to 7 demand none by themselves; the default does after three in half a year, of the collective."""
    there = await course()
    kinds = ("no-check-plan", "index-not-analysed", "procedures-not-posted")
    matters = [await submit(there, DIRECTIVE, DEPARTMENT, kind) for kind in kinds]
    await there.until(WINDOW_OVER)
    for matter in matters[:2]:
        await matter.confirm()
    assert [await matter.reviews() for matter in matters] == [[], [], []]
    await matters[2].confirm()

    (review,) = await matters[0].reviews()
    assert (review.subject.kind, review.subject.agency_id) == (SubjectKind.COLLECTIVE, DEPARTMENT)
    assert {item.finding_id for item in review.basis} == {matter.id for matter in matters}


# -- followed until it is mended (paragraph 5) -----------------------------------------------------------------------


async def test_what_a_check_found_is_followed_until_somebody_else_has_seen_it_mended() -> None:
    """Paragraph 5: followed and urged until what was found is mended, on time. Due on Monday, 28 October."""
    there = await course()
    matter = await submit(there, DIRECTIVE, COMMUNE, "defects-not-mended")
    await there.until(date(2024, 10, 8))
    await matter.acknowledge()
    await matter.plan(date(2024, 10, 25))
    await there.until(date(2024, 10, 9))
    await matter.accept_plan()
    await there.until(WINDOW_OVER)
    await matter.confirm()
    await there.until(date(2024, 10, 21))
    await matter.progress(100)
    await matter.claim()
    with pytest.raises(SubordinateCannotJudge):
        await matter.verify(by=f"{COMMUNE}-pho-chu-tich")
    assert await matter.status() == "claimed"
    await there.until(date(2024, 10, 23))
    await matter.verify()

    assert await matter.status() == "closed"
    assert (await matter.follow_up()).on_time is True
    await there.until(date(2025, 3, 1))
    assert there.told == []


async def test_what_is_claimed_on_time_and_was_not_mended_is_overdue_once_it_is_rejected() -> None:
    there = await course()
    matter = await submit(there, DIRECTIVE, COMMUNE, "procedures-not-posted")
    await matter.acknowledge()
    await matter.plan(date(2024, 10, 14))
    await matter.accept_plan()
    await there.until(date(2024, 10, 14))
    await matter.claim()
    await there.until(date(2024, 10, 17))
    assert there.told_of(StallRule.OVERDUE) == []
    await matter.reject()
    await there.until(date(2024, 10, 18))

    assert there.told_of(StallRule.OVERDUE) == [(date(2024, 10, 17), COMMUNE_CHAIR)]


async def test_a_stall_is_reported_up_the_chain_step_by_step() -> None:
    """Two working days to acknowledge; then owner, his superior, the inspectorate, the chair.

    The owner is the head, so the head's two days are given to the district's chair: 2 + 3, then 3, then 5.
    """
    there = await course()
    await submit(there, DIRECTIVE, COMMUNE, "late-without-reason", f"{COMMUNE}-mot-cua")
    await there.until(date(2024, 12, 2))

    assert there.told_of(StallRule.NOT_ACKNOWLEDGED) == [
        (date(2024, 10, 10), COMMUNE_CHAIR),
        (date(2024, 10, 18), DISTRICT_CHAIR),
        (date(2024, 10, 24), INSPECTORATE),
        (date(2024, 11, 1), CHAIR),
    ]


async def test_it_ends_where_the_owner_moves_and_nobody_above_hears_of_it() -> None:
    there = await course()
    matter = await submit(there, DIRECTIVE, COMMUNE, "late-without-reason")
    await there.until(date(2024, 10, 11))
    await matter.acknowledge()
    await there.until(date(2024, 10, 17))

    assert there.told_of(StallRule.NOT_ACKNOWLEDGED) == [(date(2024, 10, 10), COMMUNE_CHAIR)]
    assert (await matter.alert(StallRule.NOT_ACKNOWLEDGED)).ended


async def test_the_authority_has_ten_working_days_for_a_proposed_review() -> None:
    """Proposed on Tuesday, 15 October: to the end of the 29th. Then it hears of it itself, and the inspectorate."""
    there = await course()
    matter = await confirmed(there, DEPARTMENT, "misconduct")
    await matter.acknowledge()
    await there.until(date(2024, 10, 31))

    assert there.told_of(StallRule.REVIEW_NOT_OPENED) == [(date(2024, 10, 30), CHAIR)]


# -- nothing passed on (paragraph 4) ---------------------------------------------------------------------------------


async def test_one_hand_over_is_one_too_many() -> None:
    """Paragraph 4: nothing of one's own goes to anybody else. A rule drafts a finding; only a person submits one."""
    there = await course()
    matter = await submit(there, DIRECTIVE, DEPARTMENT, "no-deadline-set")
    await matter.acknowledge()
    await matter.hand_over(f"{DEPARTMENT}-pho-giam-doc")

    assert (await matter.follow_up()).past_limit
    (draft,) = await drafts(there)
    assert (draft.content.violation_type, draft.content.agency_id) == ("shirking", DEPARTMENT)
    assert [official.post_id for official in draft.content.officials] == [DIRECTOR]
    assert draft.inspector_id is None


async def test_an_assignment_by_the_head_is_no_hand_over() -> None:
    """Paragraph 4: the head says clearly who does what, and urges his deputies."""
    there = await course()
    matter = await submit(there, DIRECTIVE, DEPARTMENT, "no-clear-assignment")
    await matter.assign(f"{DEPARTMENT}-pho-giam-doc", by=DIRECTOR)
    with pytest.raises(NotTheOwner):
        await matter.acknowledge(by=DIRECTOR)
    await matter.acknowledge()

    assert ((await matter.follow_up()).hand_overs, await drafts(there)) == (0, [])


# -- fair (domain.md) ------------------------------------------------------------------------------------------------


async def test_a_head_does_not_decide_on_what_was_found_at_his_own_agency() -> None:
    there = await course()
    matter = await submit(there, DIRECTIVE, DEPARTMENT, "improper-attitude")
    await there.until(WINDOW_OVER)
    with pytest.raises(JudgeIsConcerned):
        await matter.dismiss(by=DIRECTOR)


async def test_what_falls_away_takes_the_reviews_of_the_whole_chain_with_it() -> None:
    there = await course()
    matter = await confirmed(there, COMMUNE, "papers-beyond-rules")
    await matter.dismiss()

    assert {review.status for review in await matter.reviews()} == {ReviewStatus.LAPSED}
    assert await matter.status() == "cancelled"
    await there.until(date(2024, 12, 2))
    assert there.told_of(StallRule.REVIEW_NOT_OPENED) == []


# -- what has to be done and reported --------------------------------------------------------------------------------


def test_every_duty_of_the_text_has_one_owner_and_its_rhythm() -> None:
    """Paragraphs 3 to 12."""
    duties = {duty.duty_id: duty for duty in pack_of(DIRECTIVE).duties}
    yearly = {name for name, duty in duties.items() if (duty.frequency, duty.frequency_origin) == ("yearly", "text")}
    assert {"yearly-check-plan", "analyse-index", "classify-heads", "rate-commune-heads"} <= yearly
    assert duties["rate-commune-heads"].owner == "district"
    assert duties["urge-compliance"].owner == "home_affairs"


def test_districts_report_their_ratings_of_commune_heads_through_home_affairs() -> None:
    """Paragraph 11; and Home Affairs sums up each year, paragraph 12."""
    reports = {report.report_id: report for report in pack_of(DIRECTIVE).reports}
    ratings, summary = reports["commune-heads-rating"], reports["yearly-summary"]
    assert (ratings.owner, ratings.recipient, ratings.frequency) == ("district", "home_affairs", "yearly")
    assert (summary.owner, summary.recipient, summary.frequency) == ("home_affairs", "authority", "yearly")


async def test_what_inspectors_found_ends_as_its_story_says() -> None:
    """Every kind of conduct in `da_nang_2090.yaml` is one that the text describes."""
    assert await (await retold(story("da_nang_2090"))).wrong() == []
