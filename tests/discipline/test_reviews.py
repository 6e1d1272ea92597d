"""Reviews: one a subject and matter, opened or refused by the authority, to be answered when a basis is lost."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from discipline.days import after_working_days, end_of
from discipline.law.regimes import Who
from discipline.reviews.commands import (
    LoseBasis,
    OpenReview,
    ProposeReview,
    RebaseReview,
    RefuseReview,
    TerminateReview,
)
from discipline.reviews.reckoning import Setting
from discipline.reviews.refusals import (
    BasisNotLost,
    NothingToRebaseOn,
    NotTheCompetentAuthority,
    OwnMatter,
    ReviewNotOpen,
    ReviewNotProposed,
    ReviewUnknown,
    SubjectUnknown,
)
from discipline.reviews.state import ReviewStatus, review_id
from discipline.standing import Person
from schemas.base import Event
from schemas.discipline.law import PostRank
from schemas.discipline.reviews import (
    BasisItem,
    ReviewBasisAdded,
    ReviewBasisLost,
    ReviewBasisReduced,
    ReviewGround,
    ReviewOpened,
    ReviewProposalLapsed,
    ReviewProposed,
    ReviewRebased,
    ReviewRefused,
    ReviewTerminated,
    Subject,
)
from schemas.refusal import Coded, Refusal
from schemas.values import DayKind, SubjectKind
from services.adapters import law
from tests.discipline.law_rows import activated
from tests.discipline.samples import (
    CALENDAR,
    CHAIR,
    CHIEF_INSPECTOR,
    CLERK,
    CLERK_REVIEWED,
    COLLECTIVE,
    DIRECTOR,
    MATTER,
    REVIEW,
    REVIEW_TERMS,
    document,
    item,
    moment,
    named,
    person,
)
from tests.specification import given

AUTHORITY = person(CHAIR)
AT = moment("2025-07-10")
SETTING = Setting(AT, law.shipped(), CALENDAR)
OPEN_UNTIL = moment("2025-04-15", "17:00")
REASONS = document("reasons")
FIRST = item()
LATER_FACT = date(2025, 4, 2)
SECOND = item("second", fact=LATER_FACT, detected=moment("2025-04-04"))


def propose(*basis: BasisItem, subject: Subject = CLERK_REVIEWED) -> ProposeReview:
    return ProposeReview(MATTER, subject, "da-nang-2090", REVIEW_TERMS, basis or (FIRST,), OPEN_UNTIL, SETTING)


def proposed(*basis: BasisItem, subject: Subject = CLERK_REVIEWED) -> ReviewProposed:
    basis = basis or (FIRST,)
    return ReviewProposed(
        review_id=review_id(MATTER, subject),
        matter_id=MATTER,
        subject=subject,
        ground=basis[0].ground,
        basis=basis,
        provision="Đoạn 8",
        directive_id="da-nang-2090",
        detected_at=min(one.detected_at for one in basis),
        fact_date=max(one.fact_date for one in basis),
        authority_post="chair",
        open_within=10,
        meeting_within=15,
        open_until=OPEN_UNTIL,
        proposed_by=None,
    )


ID, COLLECTIVE_ID = review_id(MATTER, CLERK_REVIEWED), review_id(MATTER, COLLECTIVE)
PROPOSED = proposed()
ADDED = ReviewBasisAdded(review_id=ID, item=SECOND)
REFUSED = ReviewRefused(review_id=ID, refused_by=AUTHORITY.person_id, reasons=REASONS)
LAPSED = ReviewProposalLapsed(review_id=ID, finding_id=named("finding"))
OPEN = OpenReview(AUTHORITY, SETTING)


def opened(*history: Event) -> ReviewOpened:
    (event,) = given(REVIEW, *(history or (PROPOSED,))).when(OPEN).decided()
    assert isinstance(event, ReviewOpened)
    return event


OPENED = opened()


def lose(finding: str = "finding", ground: ReviewGround | None = None, *findings: str) -> LoseBasis:
    fallen = tuple(named(name) for name in findings or (finding,))
    return LoseBasis(named(finding), fallen, ground, moment("2025-07-21"), CALENDAR)


def lost(*remaining: BasisItem, finding: str = "finding") -> ReviewBasisLost:
    """Ten working days after Monday, 21 July 2025."""
    answer_until = end_of(date(2025, 8, 4))
    return ReviewBasisLost(review_id=ID, finding_id=named(finding), remaining=remaining, answer_until=answer_until)


# -- proposed ---------------------------------------------------------------------------------------------------------


def test_a_rule_proposes_it_with_its_basis() -> None:
    given(REVIEW).when(propose()).then(PROPOSED)


def test_one_review_a_subject_and_matter() -> None:
    person_of = {
        "kind": SubjectKind.CADRE,
        "agency_id": "elsewhere",
        "person_id": named("official"),
        "post_id": "other",
    }

    assert review_id(MATTER, Subject.model_validate(person_of)) == ID
    ids = {review_id(MATTER, CLERK_REVIEWED), review_id(MATTER, COLLECTIVE), review_id(named("m"), CLERK_REVIEWED)}
    assert len(ids) == 3


def test_the_same_demand_adds_nothing() -> None:
    given(REVIEW, PROPOSED).when(propose()).then()


def test_another_demand_in_the_same_matter_adds_to_the_basis() -> None:
    given(REVIEW, PROPOSED).when(propose(FIRST, SECOND)).then(ADDED)


def test_the_same_finding_on_another_ground_is_a_basis_of_its_own() -> None:
    stalled = item(ground=ReviewGround.LAST_STEP_PASSED)

    given(REVIEW, PROPOSED).when(propose(stalled)).then(ReviewBasisAdded(review_id=ID, item=stalled))


def test_what_was_refused_is_proposed_anew_only_on_what_is_new() -> None:
    given(REVIEW, PROPOSED, REFUSED).when(propose()).then()
    given(REVIEW, PROPOSED, REFUSED).when(propose(SECOND)).then(proposed(FIRST, SECOND))


def test_what_lapsed_is_proposed_anew_on_what_is_new_alone() -> None:
    given(REVIEW, PROPOSED, LAPSED).when(propose(SECOND)).then(proposed(SECOND))


# -- opened or refused ------------------------------------------------------------------------------------------------


def test_the_authority_opens_it_and_both_clocks_are_fixed() -> None:
    """Fact on 28 March, detected on 31 March, opened on 10 July 2025: the old limitation, the new processing time."""
    given(REVIEW, PROPOSED).when(OPEN).then(OPENED)

    assert [(clock.rule_id, clock.starts_on, clock.ends_at) for clock in OPENED.limitation] == [
        ("decree-112-2020-limitation-reprimand", date(2025, 3, 28), end_of(date(2030, 3, 28))),
        ("decree-112-2020-limitation-other", date(2025, 3, 28), end_of(date(2035, 3, 28))),
    ]
    assert OPENED.processing is not None
    assert (OPENED.processing.starts_on, OPENED.processing.ends_at) == (date(2025, 3, 31), end_of(date(2025, 6, 30)))


def test_the_meeting_is_due_by_the_directives_working_days() -> None:
    """Fifteen working days after Thursday, 10 July 2025."""
    assert OPENED.meeting_until == end_of(date(2025, 7, 31))


def test_limitation_runs_from_the_latest_fact_and_processing_from_the_earliest_detection() -> None:
    event = opened(PROPOSED, ADDED)

    assert event.limitation[0].starts_on == date(2025, 4, 2)
    assert event.processing is not None
    assert event.processing.starts_on == date(2025, 3, 31)


def test_a_collective_has_neither_clock() -> None:
    event = opened(proposed(subject=COLLECTIVE))

    assert (event.limitation, event.processing) == ((), None)


def test_the_authority_refuses_with_reasons() -> None:
    given(REVIEW, PROPOSED).when(RefuseReview(AUTHORITY, REASONS)).then(REFUSED)


@pytest.mark.parametrize("command", [OPEN, RefuseReview(AUTHORITY, REASONS)])
@pytest.mark.parametrize(
    ("history", "refusal"),
    [
        ((), ReviewUnknown()),
        ((PROPOSED, OPENED), ReviewNotProposed(Coded("review-status", "open"))),
        ((PROPOSED, REFUSED), ReviewNotProposed(Coded("review-status", "refused"))),
        ((PROPOSED, LAPSED), ReviewNotProposed(Coded("review-status", "lapsed"))),
    ],
)
def test_only_a_proposal_is_opened_or_refused(history: tuple[Event, ...], refusal: Refusal, command: object) -> None:
    given(REVIEW, *history).when(command).refused(refusal)


def test_nobody_but_the_competent_authority_decides() -> None:
    by = person(CHIEF_INSPECTOR)

    given(REVIEW, PROPOSED).when(RefuseReview(by, REASONS)).refused(NotTheCompetentAuthority("chair"))
    given(REVIEW, PROPOSED).when(OpenReview(by, SETTING)).refused(NotTheCompetentAuthority("chair"))


@pytest.mark.parametrize(
    ("by", "subject"),
    [
        (person(CHAIR, name="official"), CLERK_REVIEWED),
        (person(CHAIR, CLERK), COLLECTIVE),
        (
            person(CHAIR, DIRECTOR),
            Subject(kind=SubjectKind.CIVIL_SERVANT, agency_id="construction", person_id=None, post_id=DIRECTOR.post_id),
        ),
    ],
)
def test_nobody_decides_in_his_own_matter(by: Person, subject: Subject) -> None:
    given(REVIEW, proposed(subject=subject)).when(RefuseReview(by, REASONS)).refused(OwnMatter)


@pytest.mark.parametrize(
    ("over_time", "his_own"),
    [
        ((), False),
        (((date(2020, 1, 1), frozenset({"construction"})),), True),
        (((date(2020, 1, 1), frozenset({"construction"})), (FIRST.fact_date, frozenset({"province"}))), False),
        (((FIRST.fact_date, frozenset({"construction"})), (date(2025, 7, 10), frozenset({"province"}))), True),
        (((FIRST.fact_date + timedelta(days=1), frozenset({"construction"})),), False),
        (((date(2020, 1, 1), frozenset({"elsewhere"})),), False),
    ],
)
def test_a_collectives_matter_is_that_of_whoever_belonged_to_it_at_the_fact(
    over_time: tuple[tuple[date, frozenset[str]], ...], his_own: bool
) -> None:
    """Wherever he has come to since: here to the competent authority's post."""
    by = replace(AUTHORITY, over_time=over_time)
    refuses = given(REVIEW, proposed(subject=COLLECTIVE)).when(RefuseReview(by, REASONS))

    if his_own:
        refuses.refused(OwnMatter)
    else:
        assert len(refuses.decided()) == 1


def test_a_fact_that_was_refuted_is_still_no_matter_for_whoever_was_there() -> None:
    by = replace(AUTHORITY, over_time=((FIRST.fact_date, frozenset({"construction"})), (LATER_FACT, frozenset())))
    left = ReviewBasisReduced(review_id=COLLECTIVE_ID, finding_id=named("finding"), remaining=(SECOND,))
    added = ReviewBasisAdded(review_id=COLLECTIVE_ID, item=SECOND)

    given(REVIEW, proposed(subject=COLLECTIVE), added, left).when(RefuseReview(by, REASONS)).refused(OwnMatter)


def test_who_works_there_without_a_post_belongs_to_it_and_who_vouches_from_above_does_not() -> None:
    below = replace(AUTHORITY, works_in=("construction", "province"))
    above = replace(AUTHORITY, works_in=("province",))

    given(REVIEW, proposed(subject=COLLECTIVE)).when(RefuseReview(below, REASONS)).refused(OwnMatter)
    assert len(given(REVIEW, proposed(subject=COLLECTIVE)).when(RefuseReview(above, REASONS)).decided()) == 1


def test_a_vacant_posts_review_can_be_refused_and_not_opened() -> None:
    vacant = Subject(kind=SubjectKind.CIVIL_SERVANT, agency_id="construction", person_id=None, post_id="empty")

    given(REVIEW, proposed(subject=vacant)).when(OPEN).refused(SubjectUnknown("empty"))
    assert len(given(REVIEW, proposed(subject=vacant)).when(RefuseReview(AUTHORITY, REASONS)).decided()) == 1


# -- a basis that is lost ---------------------------------------------------------------------------------------------


def test_a_proposal_without_any_basis_lapses() -> None:
    after = given(REVIEW, PROPOSED).when(lose()).then(LAPSED)

    assert after.state is not None
    assert after.state.status is ReviewStatus.LAPSED


def test_a_proposal_stands_on_what_remains() -> None:
    reduced = ReviewBasisReduced(review_id=ID, finding_id=named("finding"), remaining=(SECOND,))

    given(REVIEW, PROPOSED, ADDED).when(lose()).then(reduced)


def test_an_open_review_that_loses_its_basis_must_be_answered_in_time() -> None:
    given(REVIEW, PROPOSED, OPENED).when(lose()).then(lost())


def test_a_second_loss_does_not_put_off_the_answer_to_the_first() -> None:
    later = lost(finding="second").model_copy(update={"answer_until": end_of(date(2025, 9, 1))})

    state = given(REVIEW, PROPOSED, ADDED, OPENED, lost(SECOND), later).state

    assert state is not None
    assert state.answer_until == end_of(date(2025, 8, 4))


def test_a_ground_may_be_lost_alone() -> None:
    """A threshold that no longer suffices leaves what rests on the violation's own type."""
    by_number = item(ground=ReviewGround.THRESHOLD)
    reduced = ReviewBasisReduced(review_id=ID, finding_id=named("second"), remaining=(FIRST,))

    (
        given(REVIEW, PROPOSED, ReviewBasisAdded(review_id=ID, item=by_number))
        .when(lose("second", ReviewGround.THRESHOLD, "finding", "second"))
        .then(reduced)
    )


@pytest.mark.parametrize(
    "history",
    [(), (PROPOSED, REFUSED), (PROPOSED, LAPSED), (PROPOSED, OPENED, lost())],
)
def test_nothing_is_lost_twice_nor_of_what_has_ended(history: tuple[Event, ...]) -> None:
    given(REVIEW, *history).when(lose()).then()


def test_what_never_was_in_the_basis_changes_nothing() -> None:
    given(REVIEW, PROPOSED).when(lose("another")).then()


def test_the_authority_goes_on_with_what_remains_and_the_clocks_are_computed_anew() -> None:
    history = (PROPOSED, ADDED, opened(PROPOSED, ADDED), lost(FIRST, finding="second"))

    (event,) = given(REVIEW, *history).when(RebaseReview(AUTHORITY, SETTING)).decided()

    assert isinstance(event, ReviewRebased)
    assert event.basis == (FIRST,)
    assert event.limitation[0].starts_on == date(2025, 3, 28)


def test_without_any_basis_it_can_only_be_terminated() -> None:
    terminated = ReviewTerminated(review_id=ID, decided_by=AUTHORITY.person_id, reasons=REASONS)
    rebase = RebaseReview(AUTHORITY, SETTING)

    given(REVIEW, PROPOSED, OPENED, lost()).when(rebase).refused(NothingToRebaseOn)
    given(REVIEW, PROPOSED, OPENED, lost()).when(TerminateReview(AUTHORITY, REASONS)).then(terminated)


@pytest.mark.parametrize("command", [TerminateReview(AUTHORITY, REASONS), RebaseReview(AUTHORITY, SETTING)])
def test_an_answer_is_due_only_when_an_open_review_lost_part_of_its_basis(command: object) -> None:
    given(REVIEW, PROPOSED, OPENED).when(command).refused(BasisNotLost)
    given(REVIEW, PROPOSED).when(command).refused(ReviewNotOpen(Coded("review-status", "proposed")))


def test_ids_are_the_same_in_every_process() -> None:
    assert UUID("f508b2ed-f420-569d-a40f-7fefb31a5ec0") == ID


def test_the_meeting_is_due_by_the_row_and_without_one_by_the_directives_own_number() -> None:
    """Opened on Thursday 10 July 2025: five working days by the row."""
    five = activated("decree-172-2025-days-meeting", value=5, day_kind=DayKind.WORKING, rolls=True)
    by_row, by_pack = (
        given(REVIEW, PROPOSED).when(replace(OPEN, setting=replace(SETTING, law=table))).decided()[0]
        for table in (five, law.shipped())
    )

    assert isinstance(by_row, ReviewOpened)
    assert isinstance(by_pack, ReviewOpened)
    assert by_row.meeting_term is not None
    assert by_row.meeting_term.rule_id == "decree-172-2025-days-meeting"
    assert by_row.meeting_until == end_of(date(2025, 7, 17))
    assert by_pack.meeting_until == after_working_days(AT, REVIEW_TERMS.meeting_within, CALENDAR)
    assert by_pack.meeting_term is None


def test_the_opening_counts_limitation_from_a_later_violation_in_another_matter() -> None:
    """The fact was on 28 March 2025; another of his was judged elsewhere, of 9 May."""
    setting = replace(SETTING, elsewhere=(date(2025, 5, 9),))
    event = given(REVIEW, PROPOSED).when(replace(OPEN, setting=setting)).decided()[0]

    assert isinstance(event, ReviewOpened)
    assert {clock.starts_on for clock in event.limitation} == {date(2025, 5, 9)}


def test_the_opening_fixes_the_rows_and_shows_both_regimes_where_they_are_open() -> None:
    who = Who(SubjectKind.CIVIL_SERVANT, PostRank.NOT_LEADING, PostRank.NOT_LEADING)

    event = given(REVIEW, PROPOSED).when(OpenReview(AUTHORITY, SETTING, who)).decided()[0]

    assert isinstance(event, ReviewOpened)
    assert event.applied is not None
    assert [regime.day for regime in event.applied.substance] == [FIRST.fact_date, date(2025, 7, 10)]
    assert "pay-grade-reduction" in event.applied.substance[0].forms
    assert "pay-grade-reduction" not in event.applied.substance[1].forms
