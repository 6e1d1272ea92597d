"""How the violation went: limitation runs from another day, or not at all, where rows say so and somebody found it."""

from dataclasses import replace
from datetime import date

import pytest

from discipline.days import last_day
from discipline.law.refusals import named
from discipline.law.rows import Rule
from discipline.reviews.commands import LoseBasis, RebaseReview
from discipline.reviews.decision.commands import DecideReview
from discipline.reviews.decision.refusals import LimitationPassed
from discipline.reviews.incidents import refusals as r
from discipline.reviews.incidents.commands import FindCourse, RecordOpinion
from discipline.reviews.refusals import BasisToBeAnswered, NotTheCompetentAuthority, ReviewNotOpen
from discipline.reviews.state import State
from schemas.discipline.law import RegimeSide
from schemas.discipline.review_decision import ReviewDecided
from schemas.discipline.review_incidents import CourseOfViolation, ViolationCourseFound
from schemas.discipline.reviews import ReviewRebased
from schemas.refusal import Coded, Refusal
from tests.discipline import review_cases as c
from tests.discipline import samples as s
from tests.discipline.law_rows import activated
from tests.specification import Given

REASONS, EVIDENCE = s.document("reasons"), (s.document("evidence"),)
FACT, DISCOVERED = date(2019, 6, 3), date(2022, 3, 1)
OLD = "decree-112-2020-limitation-"
ONGOING, END_UNKNOWN, ENDED = CourseOfViolation.ONGOING, CourseOfViolation.END_UNKNOWN, CourseOfViolation.ENDED


def find(
    course: CourseOfViolation = ONGOING, day: date | None = DISCOVERED, *matters: str, at: str = "2025-08-20"
) -> FindCourse:
    return FindCourse(c.AUTHORITY, c.setting(s.moment(at)), course, day, matters, REASONS, EVIDENCE)


def found(before: Given[State], command: FindCourse) -> ViolationCourseFound:
    (event,) = before.when(command).decided()
    assert isinstance(event, ViolationCourseFound)
    return event


def limits(event: ViolationCourseFound | ReviewRebased) -> dict[str, tuple[date, date]]:
    return {clock.rule_id.removeprefix(OLD): (clock.starts_on, last_day(clock.ends_at)) for clock in event.limitation}


def old() -> Given[State]:
    """Opened in July 2025 about a fact of 2019: five years are over."""
    return c.happens(c.opened(fact=FACT), c.notify())


@pytest.mark.parametrize(
    ("course", "start_row"), [(ONGOING, f"{OLD}ongoing"), (END_UNKNOWN, f"{OLD}end-unknown")], ids=str
)
def test_limitation_runs_from_the_day_that_the_row_names(course: CourseOfViolation, start_row: str) -> None:
    event = found(old(), find(course))

    assert limits(event) == {
        "reprimand": (DISCOVERED, date(2027, 3, 1)),
        "other": (DISCOVERED, date(2032, 3, 1)),
    }
    assert {clock.start_row and clock.start_row.rule_id for clock in event.limitation} == {start_row}


def test_of_a_violation_that_ended_it_runs_from_the_fact() -> None:
    assert limits(found(old(), find(ENDED, None)))["reprimand"] == (FACT, date(2024, 6, 3))


def test_the_last_finding_holds() -> None:
    twice = c.happens(old(), find(), find(ENDED, None))

    assert twice.state is not None
    assert {clock.starts_on for clock in twice.state.limitation} == {FACT}


def test_what_rows_let_never_lapse_is_shown_with_the_row() -> None:
    event = found(old(), find(ENDED, None, "false-certificates"))

    assert event.limitation == ()
    assert [(one.row.rule_id, one.ground) for one in event.unlimited] == [(f"{OLD}none", "false-certificates")]


def test_a_reprimand_that_had_lapsed_by_the_fact_is_in_time_by_the_discovery() -> None:
    opinion = RecordOpinion(c.AUTHORITY, c.setting(), c.CLERK_RANK, RegimeSide.STEP, s.document("opinion"))
    before = (c.convene(), c.meet(), c.REFER, c.summon(), c.receive(), c.hear(), c.recommendation(), opinion)
    (event,) = c.happens(old(), find(), *before).when(c.decide("reprimand")).decided()

    assert isinstance(event, ReviewDecided)
    assert {clock.starts_on for clock in event.limitation} == {DISCOVERED}


def test_where_one_regime_lets_it_never_lapse_the_other_holds_all_the_same() -> None:
    """Five years from June 2019 are over by the new decree too, once its terms are activated without its list."""
    new = "decree-172-2025-limitation-"
    limited = (f"{new}reprimand", f"{new}other")
    opinion = RecordOpinion(c.AUTHORITY, c.setting(), c.CLERK_RANK, RegimeSide.STEP, s.document("opinion"))
    before = (c.convene(), c.meet(), c.REFER, c.summon(), c.receive(), c.hear(), c.recommendation(), opinion)
    ready = c.happens(old(), find(ENDED, None, "false-certificates"), *before)

    def decide(*rows: str) -> DecideReview:
        return replace(c.decide("reprimand"), setting=c.setting(rows=activated(*rows)))

    assert ready.when(decide()).decided()
    ready.when(decide(*limited)).refused(
        LimitationPassed(named("reprimand"), f"{new}reprimand", FACT, date(2024, 6, 3))
    )
    assert ready.when(decide(*limited, f"{new}none")).decided()


def test_where_nobody_looked_what_he_did_elsewhere_it_is_counted_on() -> None:
    """Since 5 March 2024, for he did something elsewhere; who looks and finds nothing counts from the fact."""
    looked = replace(c.setting(), elsewhere=(date(2024, 3, 5),))
    before = c.happens(old(), replace(find(ENDED, None), setting=looked))

    assert limits(found(before, find(ENDED, None)))["reprimand"] == (date(2024, 3, 5), date(2029, 3, 5))
    nothing = replace(find(ENDED, None), setting=replace(c.setting(), elsewhere=()))
    assert limits(found(before, nothing))["reprimand"] == (FACT, date(2024, 6, 3))


def test_it_stays_found_when_the_basis_changes() -> None:
    """Also where a finding that joined later lies after the day that was found."""
    joined = s.item("other", fact=date(2023, 5, 5), detected=s.moment("2025-07-04"))
    basis = c.happens(old(), find()).state
    assert basis is not None
    later = replace(basis, basis=(*basis.basis, joined), answer_until=s.moment("2025-09-01"))
    (event,) = s.REVIEW.decide(RebaseReview(c.AUTHORITY, c.setting()), later)

    assert isinstance(event, ReviewRebased)
    assert limits(event)["reprimand"] == (date(2023, 5, 5), date(2028, 5, 5))


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (find(ONGOING, None), r.CourseAndDayDiffer(Coded("course", "ongoing"))),
        (find(END_UNKNOWN, None), r.CourseAndDayDiffer(Coded("course", "end_unknown"))),
        (find(ENDED, DISCOVERED), r.CourseAndDayDiffer(Coded("course", "ended"))),
        (find(ONGOING, date(2019, 6, 2)), r.DayBefore(date(2019, 6, 2), FACT)),
        (find(ONGOING, date(2025, 8, 21)), r.DayAhead(date(2025, 8, 21))),
        (
            find(ENDED, None, "late-papers"),
            r.MatterNotInRow(
                "late-papers",
                f"{OLD}none",
                "deserves-party-expulsion, internal-political-protection, defence-security-foreign, false-certificates",
            ),
        ),
    ],
)
def test_a_course_that_cannot_be_is_refused(command: FindCourse, refusal: Refusal) -> None:
    old().when(command).refused(refusal)


def test_where_no_row_lets_anything_never_lapse_it_is_said_and_the_row_that_would_is_named() -> None:
    """Fact and step lie under the new decree, of which no such row is active."""
    rule, kind = Coded("law-rule", Rule.LIMITATION_NONE), Coded("subject-kind", "civil_servant")
    refusal = r.NoRowForThis(rule, kind, date(2025, 7, 2), 1, "decree-172-2025-limitation-none")
    c.notified().when(find(ENDED, None, "false-certificates")).refused(refusal)


def test_only_the_authority_finds_it_of_an_individual_before_the_decision() -> None:
    old().when(replace(find(), by=c.SECRETARY)).refused(NotTheCompetentAuthority)
    c.decided().when(find()).refused(ReviewNotOpen)
    c.opened(s.COLLECTIVE).when(find(ENDED, None)).refused(r.OnlyIndividuals)


def test_a_lost_basis_is_answered_first() -> None:
    lost = c.happens(old(), LoseBasis(s.FINDING, (s.FINDING,), None, s.moment("2025-08-18"), s.CALENDAR))
    lost.when(find()).refused(BasisToBeAnswered)
