"""The decision: by whom, in time, on all of it, with a form that the rows allow; and what becomes of it."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from discipline.counting import Span
from discipline.days import last_day
from discipline.law.refusals import FormAbolished, FormNotInRow, LegalOpinionMissing, NoRowOfForms, named
from discipline.law.regimes import Who
from discipline.law.rows import Start
from discipline.reviews.commands import LoseBasis, RebaseReview
from discipline.reviews.decision import refusals as r
from discipline.reviews.decision.commands import (
    CorrectDecision,
    DecideReview,
    PublishDecision,
    ReassignSubject,
    RecordExpiry,
    RevokeDecision,
    Running,
)
from discipline.reviews.incidents.commands import RecordOpinion
from discipline.reviews.incidents.refusals import OnlyIndividuals
from discipline.reviews.procedure.commands import EndAtMeeting
from discipline.reviews.procedure.refusals import (
    CollectiveEndsAtMeeting,
    ReceivedBeforehand,
    StepNotNow,
    stands,
)
from discipline.reviews.reckoning import established
from discipline.reviews.refusals import BasisToBeAnswered, NotTheCompetentAuthority, OwnMatter
from discipline.reviews.state import ReviewStatus, State
from discipline.standing import Person
from schemas.discipline.law import ClocksAnew, PostRank, RegimeSide
from schemas.discipline.review_decision import (
    DecisionCorrected,
    DecisionPublished,
    DecisionRevoked,
    DecisionServed,
    Measure,
    ReassignmentDecided,
    ReviewDecided,
    RevocationGround,
    SanctionExpired,
    Unpublishable,
)
from schemas.discipline.review_procedure import MeetingOutcome
from schemas.discipline.reviews import BasisItem, ReviewBasisLost
from schemas.refusal import Coded, Refusal
from schemas.values import SubjectKind
from tests.discipline import review_cases as c
from tests.discipline import samples as s
from tests.discipline.law_rows import activated, row_of, with_rows
from tests.specification import Given

DOCUMENT = s.document("decision")


def status(after: Given[State]) -> ReviewStatus:
    assert after.state is not None
    return after.state.status


def decision(before: Given[State], **changed: object) -> ReviewDecided:
    event = before.when(replace(c.decide(), **changed)).decided()[0]  # type: ignore[arg-type]
    assert isinstance(event, ReviewDecided)
    return event


# -- by whom --------------------------------------------------------------------------------------------------------


def test_a_decision_names_the_rows_and_both_clocks() -> None:
    made = decision(c.recommended())

    assert (made.form, made.deviates, made.repeats) == ("warning", False, None)
    assert {row.rule_id for row in made.rows} == {"decree-172-2025-forms-civil-servant-not-leading"}
    assert made.processing is not None
    assert made.processing.rule_id == "decree-172-2025-processing"
    assert [regime.day for regime in made.applied.substance] == [date(2025, 7, 2)]


@pytest.mark.parametrize(
    ("by", "refusal"),
    [
        (c.SECRETARY, NotTheCompetentAuthority("chair")),
        (s.person(s.CHAIR, s.CLERK, name="official"), OwnMatter()),
    ],
)
def test_nobody_else_decides_and_nobody_in_his_own_matter(by: Person, refusal: Refusal) -> None:
    c.recommended().when(replace(c.decide(), by=by)).refused(refusal)


def test_no_decision_before_the_board_has_recommended() -> None:
    c.before_board().when(c.decide()).refused(StepNotNow(stands("before_board"), stands("recommended")))


def test_a_collective_is_never_decided_on() -> None:
    c.met(s.COLLECTIVE, criticism=2).when(c.decide()).refused(CollectiveEndsAtMeeting())


# -- a form that the rows allow -------------------------------------------------------------------------------------


def test_removal_is_not_for_who_leads_nothing() -> None:
    allowed = named("reprimand", "warning", "forced-termination")
    rows = "decree-172-2025-forms-civil-servant-not-leading"

    c.recommended().when(c.decide("removal")).refused(FormNotInRow(named("removal"), rows, allowed))
    leading = decision(c.recommended(), form="removal", conclusions=(c.conclude("removal"),), who=c.LEADER)
    assert leading.form == "removal"


def test_a_form_that_no_longer_exists_is_not_imposed() -> None:
    """By the regime of the fact it existed; on the day of the decision it does not."""
    before = with_opinion(of_old_fact(), RegimeSide.FACT)

    before.when(c.decide("pay-grade-reduction")).refused(
        FormAbolished(named("pay-grade-reduction"), "decree-172-2025-forms-abolished")
    )


def test_dismissal_belongs_to_the_body_that_elected() -> None:
    cadre = s.CLERK_REVIEWED.model_copy(update={"kind": SubjectKind.CADRE})
    who = Who(SubjectKind.CADRE, PostRank.LEADING, PostRank.LEADING)
    form = "dismissal-by-electing-body"
    command = replace(c.decide(form), who=who)
    ready = c.happens(c.notified(cadre), c.convene(), c.meet(), c.REFER, c.summon(), c.receive(), c.hear())
    ready = c.happens(ready, replace(c.recommendation(), ballot=c.ballot({form: 5})))

    ready.when(command).refused(r.FormOfElectingBody(named(form), "decree-172-2025-dismissal-by-electing-body"))
    recorded = decision(ready, form=form, conclusions=(c.conclude(form),), who=who, by_electing_body=True)
    assert recorded.by_electing_body
    ready.when(replace(c.decide(), who=who, by_electing_body=True)).refused(r.FormNotOfElectingBody(named("warning")))


def test_where_no_row_names_forms_none_is_imposed_but_no_sanction_is_decided() -> None:
    employee = s.CLERK_REVIEWED.model_copy(update={"kind": SubjectKind.PUBLIC_EMPLOYEE})
    who = Who(SubjectKind.PUBLIC_EMPLOYEE, PostRank.NOT_LEADING, PostRank.NOT_LEADING)
    ready = c.happens(
        c.notified(employee), c.convene(), c.meet(), c.REFER, c.summon(), c.receive(), c.hear(), c.recommendation()
    )

    ready.when(replace(c.decide(), who=who)).refused(
        NoRowOfForms(Coded("subject-kind", "public_employee"), date(2025, 7, 2))
    )
    none = decision(ready, form=None, conclusions=(c.conclude(None),), who=who)
    assert (none.form, none.rows, none.deviates) == (None, (), True)


@pytest.mark.parametrize(("choice", "deviates"), [("no-sanction", False), ("reprimand", True)])
def test_no_sanction_is_what_the_board_recommended_or_deviates_from_it(choice: str, deviates: bool) -> None:
    heard = c.happens(c.before_board(), c.summon(), c.receive(), c.hear())
    ready = c.happens(heard, replace(c.recommendation(), ballot=c.ballot({choice: 5})))

    assert decision(ready, form=None, conclusions=(c.conclude(None),)).deviates is deviates


# -- two regimes ----------------------------------------------------------------------------------------------------

OLD_FACT = date(2025, 6, 20)


def of_old_fact(*joined: BasisItem) -> Given[State]:
    return c.happens(c.opened(fact=OLD_FACT), *c.to_recommendation(*joined))


def with_opinion(before: Given[State], side: RegimeSide) -> Given[State]:
    return c.happens(before, RecordOpinion(c.AUTHORITY, c.setting(), c.CLERK_RANK, side, s.document("opinion")))


def test_where_two_regimes_are_open_nothing_is_decided_without_an_opinion() -> None:
    of_old_fact().when(c.decide()).refused(LegalOpinionMissing)


@pytest.mark.parametrize(("side", "day"), [(RegimeSide.FACT, OLD_FACT), (RegimeSide.STEP, date(2025, 8, 20))])
def test_the_opinion_says_which_regime_holds(side: RegimeSide, day: date) -> None:
    made = decision(with_opinion(of_old_fact(), side))

    assert (made.regime, len(made.applied.substance)) == (day, 2)


# -- on all of it ---------------------------------------------------------------------------------------------------

SECOND = s.item("second", fact=date(2025, 7, 3), detected=datetime.fromisoformat("2025-07-05T02:00:00+00:00"))


def two_violations() -> Given[State]:
    return c.recommended(SECOND)


def test_one_persons_violations_are_not_separated() -> None:
    missing = str(s.named("second"))

    two_violations().when(c.decide()).refused(r.ViolationsSeparated(missing, ""))


def test_a_finding_of_another_matter_is_not_judged_here() -> None:
    both = (c.conclude(), c.conclude("reprimand", "elsewhere"))

    c.recommended().when(replace(c.decide(), conclusions=both)).refused(
        r.ViolationsSeparated("", str(s.named("elsewhere")))
    )


def test_of_several_violations_the_highest_form_is_imposed() -> None:
    both = (c.conclude("reprimand"), c.conclude("warning", "second"))
    rows = "decree-172-2025-forms-civil-servant-not-leading, decree-172-2025-several-violations"

    two_violations().when(replace(c.decide("reprimand"), conclusions=both)).refused(
        r.FormNotOfRows(named("reprimand"), named("warning"), rows)
    )
    assert decision(two_violations(), conclusions=both).conclusions == both


def of_old_facts(*facts: date) -> Given[State]:
    """Violations of before the decree of 2025, in one matter, judged by the regime of their own days."""
    items = (s.item(f"fact {day}", fact=day, detected=s.moment("2025-07-04")) for day in facts)
    return with_opinion(of_old_fact(*items), RegimeSide.FACT)


def test_where_a_row_presupposes_what_no_date_tells_the_form_is_its_own_or_the_heaviest_concluded() -> None:
    """The row says that it held before Decree 71/2023; whether it still did, the authority finds."""
    both = of_old_facts(OLD_FACT)
    concluded = (c.conclude(), c.conclude("reprimand", f"fact {OLD_FACT}"))

    both.when(replace(c.decide("reprimand"), conclusions=concluded)).refused(
        r.FormNotOfRows(
            named("reprimand"),
            named("warning", "forced-termination"),
            "decree-112-2020-forms-not-leading, decree-112-2020-several-violations",
        )
    )
    for form in ("warning", "forced-termination"):
        assert decision(both, form=form, conclusions=concluded).form == form


def test_nobody_has_received_a_decision_before_it_was_taken() -> None:
    """Decided on 20 August 2025: the window for a complaint never runs from an earlier day."""
    before = s.moment("2025-08-19")

    c.decided().when(replace(c.serve(), received_at=before)).refused(
        ReceivedBeforehand(date(2025, 8, 19), date(2025, 8, 20))
    )
    assert c.decided().when(replace(c.serve(), received_at=c.DECIDED_AT)).decided()


def test_a_form_rests_on_a_violation_that_deserves_one() -> None:
    c.recommended().when(replace(c.decide(), conclusions=(c.conclude(None),))).refused(r.FormNotConcluded())


@pytest.mark.parametrize(
    ("own", "in_force", "required", "row"),
    [
        ("reprimand", "reprimand", "warning", "decree-172-2025-new-offence-lighter"),
        ("reprimand", "warning", "forced-termination", "decree-172-2025-new-offence-lighter"),
        ("warning", "reprimand", "forced-termination", "decree-172-2025-new-offence-heavier"),
    ],
)
def test_an_offence_while_a_sanction_runs_is_answered_by_the_row(
    own: str, in_force: str, required: str, row: str
) -> None:
    running = (Running(s.named("earlier"), in_force, date(2025, 1, 1), None),)
    concluded = (c.conclude(own),)

    made = decision(c.recommended(), form=required, conclusions=concluded, running=running)

    assert made.repeats == s.named("earlier")
    assert row in {used.rule_id for used in made.rows}
    if required != own:
        c.recommended().when(replace(c.decide(own), running=running)).refused(r.FormNotOfRows)


def test_without_a_row_for_several_violations_the_heaviest_is_held_against_the_running_sanction() -> None:
    silent = with_rows(row_of("decree-172-2025-several-violations").model_copy(update={"active": False}))
    both = (c.conclude("reprimand"), c.conclude("warning", "second"))
    running = (Running(s.named("earlier"), "reprimand", date(2025, 1, 1), None),)

    made = decision(
        two_violations(),
        form="forced-termination",
        conclusions=both,
        running=running,
        setting=c.setting(rows=silent),
    )

    assert "decree-172-2025-new-offence-heavier" in {used.rule_id for used in made.rows}


@pytest.mark.parametrize("later", ["reprimand", "warning"])
def test_of_several_sanctions_that_run_the_heaviest_counts_and_not_the_latest(later: str) -> None:
    """A reprimand while a reprimand and a warning run: one level above the warning, whichever was the later."""
    earlier = "warning" if later == "reprimand" else "reprimand"
    running = (
        Running(s.named(earlier), earlier, date(2025, 1, 1), None),
        Running(s.named(later), later, date(2025, 3, 1), None),
    )
    concluded = (c.conclude("reprimand"),)

    made = decision(c.recommended(), form="forced-termination", conclusions=concluded, running=running)

    assert made.repeats == s.named("warning")
    c.recommended().when(replace(c.decide("warning"), conclusions=concluded, running=running)).refused(
        r.FormNotOfRows(
            named("warning"),
            named("forced-termination"),
            "decree-172-2025-forms-civil-servant-not-leading, decree-172-2025-new-offence-lighter",
        )
    )


def test_of_several_sanctions_that_the_rows_answer_alike_the_latest_is_named() -> None:
    """Heavier than both, so that both lead one level above its own form."""
    running = (
        Running(s.named("earlier"), "reprimand", date(2025, 1, 1), None),
        Running(s.named("later"), "reprimand", date(2025, 3, 1), None),
    )

    made = decision(c.recommended(), form="forced-termination", running=running)

    assert made.repeats == s.named("later")


def test_sanctions_that_no_row_compares_with_each_other_are_answered_all_the_same() -> None:
    """Demotion and pay-grade reduction stand on no ladder together; both are lighter than a termination."""
    running = (
        Running(s.named("earlier"), "demotion", date(2025, 1, 1), None),
        Running(s.named("later"), "pay-grade-reduction", date(2025, 3, 1), None),
    )
    concluded = (c.conclude("reprimand"),)

    made = decision(c.recommended(), form="forced-termination", conclusions=concluded, running=running)

    assert made.repeats == s.named("later")


def test_of_several_sanctions_only_those_that_ran_at_the_fact_count() -> None:
    running = (
        Running(s.named("over"), "warning", date(2025, 1, 1), date(2025, 7, 1)),
        Running(s.named("running"), "reprimand", date(2025, 1, 1), date(2025, 7, 2)),
    )

    made = decision(c.recommended(), form="warning", conclusions=(c.conclude("reprimand"),), running=running)

    assert made.repeats == s.named("running")


def test_a_sanction_that_was_over_at_the_fact_changes_nothing() -> None:
    over = (Running(s.named("earlier"), "reprimand", date(2025, 1, 1), date(2025, 7, 1)),)

    assert decision(c.recommended(), running=over).repeats is None


REPRIMANDED_UNTIL = Running(s.named("earlier"), "reprimand", date(2025, 1, 1), date(2025, 7, 2))
"""It ran on the day of the first violation of two, and no longer on that of the second."""
REPRIMANDED_FROM = Running(s.named("earlier"), "reprimand", date(2025, 7, 3), None)
"""It ran on the day of the second violation alone."""


@pytest.mark.parametrize(
    ("sanction", "first", "second", "required"),
    [
        (REPRIMANDED_UNTIL, "reprimand", "reprimand", "warning"),
        (REPRIMANDED_UNTIL, "warning", "reprimand", "forced-termination"),
        (REPRIMANDED_UNTIL, "reprimand", "forced-termination", "forced-termination"),
        (REPRIMANDED_FROM, "warning", "reprimand", "warning"),
    ],
)
def test_each_violation_is_held_against_the_sanctions_that_ran_on_its_own_day(
    sanction: Running, first: str, second: str, required: str
) -> None:
    concluded = (c.conclude(first), c.conclude(second, "second"))

    made = decision(two_violations(), form=required, conclusions=concluded, running=(sanction,))

    assert made.repeats == sanction.review_id
    assert "decree-172-2025-new-offence" in " ".join(row.rule_id for row in made.rows)
    for lighter in {"reprimand", "warning"} - {required}:
        command = replace(c.decide(lighter), conclusions=concluded, running=(sanction,))
        two_violations().when(command).refused(r.FormNotOfRows)


def test_a_violation_that_deserves_no_form_repeats_nothing() -> None:
    concluded = (c.conclude(None), c.conclude("reprimand", "second"))

    made = decision(two_violations(), form="reprimand", conclusions=concluded, running=(REPRIMANDED_UNTIL,))

    assert made.repeats is None


def test_a_sanction_that_a_complaint_suspended_at_the_fact_did_not_run() -> None:
    """Violated on 2 July 2025."""
    for last, repeats in ((date(2025, 7, 1), s.named("earlier")), (date(2025, 7, 2), None)):
        suspended = (Span(date(2025, 6, 20), last),)
        running = (Running(s.named("earlier"), "reprimand", date(2025, 6, 1), None, suspended),)
        form = "warning" if repeats else "reprimand"

        made = decision(c.recommended(), form=form, conclusions=(c.conclude("reprimand"),), running=running)

        assert made.repeats == repeats


# -- in time --------------------------------------------------------------------------------------------------------


def test_a_decision_out_of_processing_time_is_refused_with_its_calculation() -> None:
    late = s.moment("2025-10-06")

    c.recommended().when(c.decide(at=late)).refused(
        r.ProcessingPassed("decree-172-2025-processing", date(2025, 7, 4), date(2025, 10, 2))
    )
    assert decision(c.recommended(), form=None, conclusions=(c.conclude(None),), setting=c.setting(late)).form is None


def test_limitation_that_has_passed_forbids_its_form_and_not_a_heavier_one() -> None:
    old = c.happens(
        c.opened(fact=date(2019, 6, 3)),
        c.notify(),
        c.convene(),
        c.meet(),
        c.REFER,
        c.summon(),
        c.receive(),
        c.hear(),
        c.recommendation(),
    )
    old = with_opinion(old, RegimeSide.STEP)

    old.when(c.decide("reprimand")).refused(
        r.LimitationPassed(
            named("reprimand"), "decree-112-2020-limitation-reprimand", date(2019, 6, 3), date(2024, 6, 3)
        )
    )
    assert decision(old).form == "warning"


def test_a_violation_that_had_lapsed_does_not_revive_with_a_later_one() -> None:
    """Five years from 3 June 2019 were over when the next came on 2 July 2025: only that one is answered."""
    lapsed = s.item("lapsed", fact=date(2019, 6, 3), detected=s.moment("2025-07-04"))
    both = c.recommended(lapsed)
    reprimands = (c.conclude("reprimand"), c.conclude("reprimand", "lapsed"))

    both.when(replace(c.decide("reprimand"), conclusions=reprimands)).refused(
        r.LimitationPassed(
            named("reprimand"), "decree-112-2020-limitation-reprimand", date(2019, 6, 3), date(2024, 6, 3)
        )
    )
    alone = (c.conclude("reprimand"), c.conclude(None, "lapsed"))
    assert decision(both, form="reprimand", conclusions=alone).conclusions == alone


NEARLY_LAPSED = date(2020, 8, 18)
"""Five years from then end on 18 August 2025, two days before the decision."""


def nearly_lapsed(elsewhere: tuple[date, ...] = ()) -> tuple[Given[State], DecideReview]:
    """An old violation by itself, to be answered with a reprimand by the old decree."""
    old = c.happens(c.opened(fact=NEARLY_LAPSED), *c.to_recommendation())
    reprimand = replace(c.decide("reprimand"), setting=replace(c.setting(), elsewhere=elsewhere))
    return with_opinion(old, RegimeSide.FACT), reprimand


def test_a_violation_in_another_matter_starts_limitation_again() -> None:
    """Until then it had two days too few; since it came again on 5 May 2025, five years run from there."""
    ready, reprimand = nearly_lapsed((date(2025, 5, 5),))

    made = ready.when(reprimand).decided()[0]

    assert isinstance(made, ReviewDecided)
    assert [(clock.rule_id, clock.starts_on, clock.restarts) for clock in made.limitation] == [
        ("decree-112-2020-limitation-reprimand", date(2025, 5, 5), (date(2025, 5, 5),)),
        ("decree-112-2020-limitation-other", date(2025, 5, 5), (date(2025, 5, 5),)),
    ]
    assert made.limitation[0].start_row == row_of("decree-112-2020-limitation-new-violation").used


@pytest.mark.parametrize("day", [date(2020, 8, 18), date(2019, 1, 2), date(2025, 8, 19)])
def test_one_on_the_same_day_or_before_it_or_after_the_end_starts_nothing_again(day: date) -> None:
    ready, reprimand = nearly_lapsed((day,))

    ready.when(reprimand).refused(
        r.LimitationPassed(named("reprimand"), "decree-112-2020-limitation-reprimand", NEARLY_LAPSED, date(2025, 8, 18))
    )


def test_without_a_row_that_says_so_a_violation_in_another_matter_starts_nothing_again() -> None:
    silent = with_rows(row_of("decree-112-2020-limitation-new-violation").model_copy(update={"active": False}))
    ready, reprimand = nearly_lapsed((date(2025, 5, 5),))

    ready.when(replace(reprimand, setting=replace(reprimand.setting, law=silent))).refused(r.LimitationPassed)


def test_what_was_concluded_with_a_form_counts_elsewhere_once_the_decision_has_effect() -> None:
    """Received on 22 August 2025, and in effect from then on."""
    before, after = c.decided().state, c.served().state
    assert before is not None
    assert after is not None

    assert established(before, date(2025, 8, 22)) == ()
    assert established(after, date(2025, 8, 21)) == ()
    assert established(after, date(2025, 8, 22)) == (date(2025, 7, 2),)


def test_what_deserved_no_form_or_was_revoked_counts_nowhere() -> None:
    none, two = c.served(None).state, two_violations()
    both = (c.conclude(), c.conclude(None, "second"))
    one_of_two = c.happens(two, replace(c.decide(), conclusions=both), c.serve()).state
    revoked = c.happens(lose(c.served(), s.moment("2025-08-25")), revoke()).state
    assert none is not None
    assert one_of_two is not None
    assert revoked is not None

    later = date(2025, 9, 1)
    assert (established(none, later), established(revoked, later)) == ((), ())
    assert established(one_of_two, later) == (date(2025, 7, 2),)


def test_a_later_violation_starts_one_that_had_not_lapsed_again() -> None:
    """Five years from 28 August 2019 end on 28 August 2024; another came on 3 June 2024, and they begin anew."""
    items = [
        s.item(name, fact=fact, detected=s.moment("2025-07-04"))
        for name, fact in (("first", date(2019, 8, 28)), ("second", date(2024, 6, 3)))
    ]
    three = c.recommended(*items)
    reprimands = (c.conclude("reprimand"), c.conclude("reprimand", "first"), c.conclude("reprimand", "second"))

    assert decision(three, form="reprimand", conclusions=reprimands).form == "reprimand"


# -- a basis that falls away ----------------------------------------------------------------------------------------


def lose(before: Given[State], at: datetime) -> Given[State]:
    return c.happens(before, LoseBasis(s.FINDING, (s.FINDING,), None, at, s.CALENDAR))


def test_nothing_is_decided_until_a_lost_basis_is_answered() -> None:
    lost = lose(two_violations(), s.moment("2025-08-18"))

    lost.when(c.decide()).refused(BasisToBeAnswered(date(2025, 9, 1)))
    rebased = c.happens(lost, RebaseReview(c.AUTHORITY, c.setting(s.moment("2025-08-19"))))
    again = decision(rebased, conclusions=(c.conclude(finding="second"),))
    assert again.form == "warning"


def revoke(ground: RevocationGround = RevocationGround.BASIS_LOST, *, fresh: bool = False) -> RevokeDecision:
    return RevokeDecision(c.AUTHORITY, c.ABOVE, c.setting(s.moment("2025-08-26")), ground, fresh, DOCUMENT)


@pytest.mark.parametrize("before", [c.decided, c.served])
def test_after_the_decision_a_lost_basis_is_answered_by_revoking(before: object) -> None:
    lost = lose(before(), s.moment("2025-08-25"))  # type: ignore[operator]
    assert isinstance(lost.events[-1], ReviewBasisLost)

    revoked = c.happens(lost, revoke())

    assert status(revoked) == ReviewStatus.REVOKED
    assert revoked.state is not None
    assert (revoked.state.decision, revoked.state.answer_until) == (None, None)


def test_what_ended_at_the_meeting_is_taken_back_too() -> None:
    ended = c.happens(c.met(criticism=2), EndAtMeeting(c.AUTHORITY, MeetingOutcome.CRITICISM, s.document("reasons")))

    assert status(c.happens(lose(ended, s.moment("2025-08-25")), revoke())) == ReviewStatus.REVOKED


def test_without_a_lost_basis_the_authority_takes_nothing_back() -> None:
    c.served().when(revoke()).refused(r.RevokedOnlyOnGround())


def test_nothing_left_nothing_to_decide_anew() -> None:
    lose(c.served(), s.moment("2025-08-25")).when(revoke(fresh=True)).refused(r.NothingToDecideAnew())


def test_the_authority_above_revokes_and_those_who_relied_on_it_learn_what_held() -> None:
    above = replace(revoke(RevocationGround.HIGHER_AUTHORITY, fresh=True), by=c.SUPERIOR)
    served = c.served()
    made = c.happened(served, ReviewDecided)
    assert isinstance(made, ReviewDecided)

    anew = served.when(above).then(
        DecisionRevoked(
            review_id=c.REVIEW_ID,
            ground=RevocationGround.HIGHER_AUTHORITY,
            form="warning",
            in_force_from=date(2025, 8, 22),
            fresh=True,
            document=DOCUMENT,
            revoked_on=date(2025, 8, 26),
            clocks=ClocksAnew(limitation=made.limitation, processing=made.processing),
            revoked_by=c.SUPERIOR.person_id,
        )
    )

    assert status(anew) == ReviewStatus.RECOMMENDED
    c.served().when(replace(above, by=c.AUTHORITY)).refused(r.NotAbove())


# -- service, publication, correction, expiry -----------------------------------------------------------------------


def test_a_decision_has_effect_from_its_receipt_and_the_window_runs_from_there() -> None:
    event = c.decided().when(c.serve()).decided()[0]

    assert isinstance(event, DecisionServed)
    assert event.in_force_from == date(2025, 8, 22)
    assert event.complaint is not None
    assert (event.complaint.rule_id, event.complaint.ends_at) == (
        "complaints-law-first",
        s.moment("2025-09-08", "17:00"),
    )
    assert event.expiry is None


def test_a_sanction_bears_on_the_evaluation_where_a_row_says_so_and_no_sanction_does_not() -> None:
    """Decree 335/2025 is in force from 2026."""
    in_2026 = replace(c.serve(), setting=c.setting(s.moment("2026-01-05")))
    event, none = c.decided().when(in_2026).decided()[0], c.decided(None).when(in_2026).decided()[0]

    assert isinstance(event, DecisionServed)
    assert isinstance(none, DecisionServed)
    assert [(one.row.rule_id, one.effect) for one in event.effects] == [
        ("decree-335-2025-after-discipline", "not-completed")
    ]
    assert none.effects == ()


BAR = "law-80-2025-promotion-bar-{}"
WITH_BARS = with_rows(
    *(
        row_of(BAR.format(form)).model_copy(update={"active": True, "value": months, "rolls": False})
        for form, months in (("reprimand", 6), ("warning", 12))
    )
)


def test_a_sanction_bars_from_promotion_as_long_as_the_activated_row_of_its_form_says() -> None:
    """In force on 22 August 2025: twelve months for a warning, whatever a reprimand would have led to."""
    serve = replace(c.serve(), setting=c.setting(s.moment("2025-08-23"), WITH_BARS))
    event = c.decided().when(serve).decided()[0]

    assert isinstance(event, DecisionServed)
    [bar] = event.effects
    assert bar.term is not None
    assert (bar.row.rule_id, bar.effect, last_day(bar.term.ends_at)) == (
        BAR.format("warning"),
        "no-promotion",
        date(2026, 8, 22),
    )


def test_as_shipped_no_row_bars_anybody_for_none_was_read() -> None:
    event = c.decided().when(c.serve()).decided()[0]

    assert isinstance(event, DecisionServed)
    assert event.effects == ()


def test_no_effect_before_receipt() -> None:
    c.decided().when(replace(c.serve(), from_day=date(2025, 8, 21))).refused(
        r.EffectBeforeService(date(2025, 8, 21), date(2025, 8, 22))
    )


def test_what_was_not_decided_is_not_served() -> None:
    c.recommended().when(c.serve()).refused(r.NothingDecided(stands("recommended")))


CLEAN = "Vi phạm quy định về thời hạn giải quyết hồ sơ, theo Quyết định số 12/QĐ-UBND ngày 20/08/2025."


def publish(*left_out: Unpublishable, text: str = CLEAN) -> PublishDecision:
    return PublishDecision(c.AUTHORITY, c.setting(s.moment("2025-09-01")), text, s.document("public"), left_out)


def test_a_publication_says_what_it_leaves_out() -> None:
    all_of_it = (Unpublishable.DENOUNCER, Unpublishable.THIRD_PERSONS, Unpublishable.PERSONAL_DATA)

    c.served().when(publish(Unpublishable.DENOUNCER)).refused(
        r.StillInPublication(Coded("unpublishable", "third_persons", "personal_data"))
    )
    assert isinstance(c.served().when(publish(*all_of_it)).decided()[0], DecisionPublished)


@pytest.mark.parametrize(
    ("text", "what", "words"),
    [
        ("Theo đơn tố cáo của một công dân.", "denouncer", "Theo đơn tố cáo của"),
        ("Người phản ánh đã chờ 20 ngày.", "denouncer", "Người phản ánh"),
        ("Ông A, sinh năm 1980, chậm trả hồ sơ.", "personal_data", "sinh năm"),
        ("Số CCCD 048 080 012 345.", "personal_data", "CCCD; 048 080 012 345"),
        ("Liên hệ: 0905.123.456.", "personal_data", "0905.123.456"),
        ("Gửi về van.a@example.vn.", "personal_data", "van.a@example.vn"),
        ("Hồ sơ do vợ ông A nộp.", "personal_data", "vợ"),
        ("Đã bị kỷ luật Đảng bằng hình thức khiển trách.", "party_discipline", "kỷ luật Đảng"),
        ("Chi bộ đã họp.", "party_discipline", "Chi bộ"),
        ("Do tình trạng sức khoẻ, ông A nghỉ.", "personal_data", "tình trạng sức khoẻ"),
        ("Do tình trạng sức khỏe, ông A nghỉ.", "personal_data", "tình trạng sức khỏe"),
        ("Đã bị kỷ luật\nĐảng.", "party_discipline", "kỷ luật Đảng"),
        ("Theo đơn  tố cáo của một công dân.", "denouncer", "Theo đơn tố cáo của"),
        ("Mã số 048.080.012.345 nộp 1.200.000.000 đồng.", "personal_data", "048.080.012.345"),
        ("Từ 01.03.2025-31.05.2025, gọi +84.905.123.456.", "personal_data", "+84.905.123.456"),
    ],
)
def test_a_text_that_has_what_is_not_published_is_refused_with_the_passages(text: str, what: str, words: str) -> None:
    c.served().when(publish(*Unpublishable, text=text)).refused(
        r.UnpublishableFound(Coded("unpublishable", what), words)
    )


@pytest.mark.parametrize(
    "text",
    [
        CLEAN,
        "Công bố tại trụ sở; nhiệm vụ chồng chéo; 1.250.000 đồng.",
        "Có hiệu lực từ 22/08/2025 đến 22/08/2026.",
        "Gây thiệt hại 150.000.000 đồng.",
        "Gây thiệt hại 1.200.000.000 đồng.",
        "Từ 150.000.000 đến 1.000.000.000.000 đồng.",
        "Chậm trả hồ sơ 01.03.2025-31.05.2025.",
        "Chậm trả hồ sơ từ 01.03.2025 đến 31.05.2025.",
    ],
)
def test_what_merely_looks_like_it_is_published(text: str) -> None:
    assert isinstance(c.served().when(publish(*Unpublishable, text=text)).decided()[0], DecisionPublished)


def test_what_has_no_effect_yet_is_not_published() -> None:
    later = c.happens(c.decided(), replace(c.serve(), from_day=date(2025, 9, 15)))

    later.when(publish(*Unpublishable)).refused(r.NotInForce())


def test_a_clerical_error_is_corrected_and_nothing_else_changes() -> None:
    before = c.served()

    after = before.when(CorrectDecision(c.AUTHORITY, DOCUMENT)).then(
        DecisionCorrected(review_id=c.REVIEW_ID, document=DOCUMENT, corrected_by=c.AUTHORITY.person_id)
    )

    assert after.state == before.state


WITH_VALIDITY = activated("decree-172-2025-decision-validity", value=12, starts_on=Start.RECEIPT, rolls=False)


def test_a_sanction_ends_when_the_row_says_and_not_before() -> None:
    serve = replace(c.serve(), setting=c.setting(s.moment("2025-08-23"), WITH_VALIDITY))
    served = c.happens(c.decided(), serve)

    early = RecordExpiry(c.AUTHORITY, c.setting(s.moment("2026-08-22")))
    served.when(early).refused(r.NotExpiredYet("decree-172-2025-decision-validity", date(2026, 8, 22)))
    over = served.when(replace(early, setting=c.setting(s.moment("2026-08-23")))).decided()[0]
    assert isinstance(over, SanctionExpired)


def test_where_no_row_says_so_nothing_expires() -> None:
    c.served().when(RecordExpiry(c.AUTHORITY, c.setting(s.moment("2030-01-01")))).refused(
        r.NoRowForExpiry("decree-172-2025-decision-validity")
    )


def test_once_a_row_is_activated_it_ends_by_that() -> None:
    """Twelve months from the receipt on 22 August 2025."""
    expire = RecordExpiry(c.AUTHORITY, c.setting(s.moment("2026-08-22"), WITH_VALIDITY))
    served = c.served()

    served.when(expire).refused(r.NotExpiredYet("decree-172-2025-decision-validity", date(2026, 8, 22)))
    over = c.happens(served, replace(expire, setting=c.setting(s.moment("2026-08-23"), WITH_VALIDITY))).state

    assert over is not None
    assert over.decision is not None
    assert over.decision.expiry is not None
    assert last_day(over.decision.expiry.ends_at) == date(2026, 8, 22)


def test_where_there_is_no_sanction_nothing_expires() -> None:
    expire = RecordExpiry(c.AUTHORITY, c.setting(s.moment("2030-01-01"), WITH_VALIDITY))

    c.served(None).when(expire).refused(r.NoSanctionToExpire())


# -- reassignment ---------------------------------------------------------------------------------------------------

MOVE = ReassignSubject(
    c.AUTHORITY, Measure.MOVED, "construction-clerk", s.named("official"), "transport-clerk", True, DOCUMENT
)


def test_a_weak_official_is_moved_by_a_decision_of_its_own() -> None:
    c.met().when(MOVE).then(
        ReassignmentDecided(
            review_id=c.REVIEW_ID,
            measure=Measure.MOVED,
            from_post="construction-clerk",
            to_post="transport-clerk",
            findings=(s.FINDING,),
            decision=DOCUMENT,
            decided_by=c.AUTHORITY.person_id,
        )
    )


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"holder": None}, r.NotHisPost("construction-clerk")),
        ({"to_post_free": False}, r.PostTaken("transport-clerk")),
        ({"to_post": None}, r.MeasureAndPostDiffer()),
        ({"measure": Measure.REPLACED}, r.MeasureAndPostDiffer()),
        ({"by": c.HEAD}, NotTheCompetentAuthority("chair")),
    ],
)
def test_a_reassignment_has_its_own_conditions(changed: dict[str, object], refusal: Refusal) -> None:
    c.met().when(replace(MOVE, **changed)).refused(refusal)  # type: ignore[arg-type]


def test_nobody_is_moved_before_he_was_heard_nor_twice_and_no_collective_at_all() -> None:
    c.notified().when(MOVE).refused(StepNotNow(stands("open"), stands("meeting_held")))
    c.happens(c.met(), MOVE).when(MOVE).refused(r.AlreadyReassigned())
    c.met(s.COLLECTIVE, criticism=2).when(MOVE).refused(OnlyIndividuals())


def test_a_reassignment_stands_for_no_decision() -> None:
    moved = c.happens(c.recommended(), MOVE)

    assert status(c.happens(moved, c.decide())) == ReviewStatus.DECIDED
    assert status(moved) == ReviewStatus.RECOMMENDED


def test_the_day_after_the_term_is_the_first_too_late() -> None:
    last = s.moment("2025-10-02", "16:59")

    assert decision(c.recommended(), setting=c.setting(last)).form == "warning"
    c.recommended().when(c.decide(at=last + timedelta(minutes=2))).refused(r.ProcessingPassed)
