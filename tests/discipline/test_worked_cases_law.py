"""Worked cases, told from the proposal to the end: which law holds, what was running, who is judged as what.

Each docstring tells the case with its dates; every date can be recomputed by hand. Everything happens in one invented
province: the clerk of its construction department held dossiers back, the chair of the province is the authority.
"""

from dataclasses import replace
from datetime import date

from discipline.law.refusals import FormAbolished, FormNotForLeaver, FormNotInRow, LegalOpinionMissing, named
from discipline.law.regimes import Who
from discipline.reviews.decision import refusals as decision
from discipline.reviews.decision.commands import Running
from discipline.reviews.incidents import refusals as incidents
from discipline.reviews.incidents.commands import (
    CloseReview,
    DeferReview,
    RecogniseProtection,
    RecordOpinion,
    ReferToInvestigators,
    ResumeReview,
    ReturnFromInvestigators,
)
from discipline.reviews.state import ReviewStatus, State
from schemas.discipline.law import PostRank, RegimeSide
from schemas.discipline.review_decision import ReviewDecided
from schemas.discipline.review_incidents import ClosingGround, ProtectionEffect
from schemas.values import SubjectKind
from tests.discipline import review_cases as c
from tests.discipline import samples as s
from tests.discipline.law_rows import activated
from tests.specification import Given

BEFORE_REFORM = date(2025, 6, 20)
"""Decree 112/2020 held; ten days later Decree 172/2025 did."""
THROUGH_THE_BOARD = (c.notify(), c.convene(), c.meet(), c.REFER, c.summon(), c.receive(), c.hear(), c.recommendation())
"""Notified 11 July, meeting 22 July, before the board 23 July, heard 5 August; three of five for a warning."""


def before_decision(fact: date) -> Given[State]:
    return c.happens(c.opened(fact=fact), *THROUGH_THE_BOARD)


def last(of: Given[State]) -> ReviewDecided:
    event = c.happened(of, ReviewDecided)
    assert isinstance(event, ReviewDecided)
    return event


def status(of: Given[State]) -> ReviewStatus:
    assert of.state is not None
    return of.state.status


def test_case_01_a_fact_of_june_2025_decided_in_august_waits_for_the_authoritys_opinion() -> None:
    """Fact 20 June 2025, decision 20 August: the rows leave it open which decree's forms hold.

    Both stand side by side in the case; the authority says in writing that the regime of the fact holds; decided.
    """
    review = before_decision(BEFORE_REFORM)

    review.when(c.decide()).refused(LegalOpinionMissing)
    opinion = RecordOpinion(c.AUTHORITY, c.setting(), c.CLERK_RANK, RegimeSide.FACT, s.document("opinion"))
    made = last(c.happens(review, opinion, c.decide()))

    assert [(regime.by, regime.day) for regime in made.applied.substance] == [
        (RegimeSide.FACT, BEFORE_REFORM),
        (RegimeSide.STEP, date(2025, 8, 20)),
    ]
    assert made.regime == BEFORE_REFORM


def test_case_02_a_form_of_the_old_decree_is_not_imposed_after_it_was_abolished() -> None:
    """The same fact, and the opinion for the old regime, which knew the lowering of a pay grade.

    The decree in force on the day of the decision abolished that form: refused with its row; a warning is imposed.
    """
    opinion = RecordOpinion(c.AUTHORITY, c.setting(), c.CLERK_RANK, RegimeSide.FACT, s.document("opinion"))
    review = c.happens(before_decision(BEFORE_REFORM), opinion)

    review.when(c.decide("pay-grade-reduction")).refused(
        FormAbolished(named("pay-grade-reduction"), "decree-172-2025-forms-abolished")
    )
    assert last(c.happens(review, c.decide("warning"))).form == "warning"


def test_case_03_limitation_of_the_lighter_form_is_over_and_that_of_the_heavier_is_not() -> None:
    """Fact 3 June 2019. By the old decree five years for a reprimand end on 3 June 2024, ten otherwise in June 2029.

    In August 2025 the reprimand is refused with both dates, the warning imposed.
    """
    opinion = RecordOpinion(c.AUTHORITY, c.setting(), c.CLERK_RANK, RegimeSide.STEP, s.document("opinion"))
    review = c.happens(before_decision(date(2019, 6, 3)), opinion)

    review.when(c.decide("reprimand")).refused(
        decision.LimitationPassed(
            named("reprimand"), "decree-112-2020-limitation-reprimand", date(2019, 6, 3), date(2024, 6, 3)
        )
    )
    assert last(c.happens(review, c.decide("warning"))).form == "warning"


def test_case_04_a_new_offence_while_a_sanction_runs() -> None:
    """A reprimand has run since 1 January 2025; the new offence of 2 July deserves a reprimand of its own.

    As heavy as the one in force, so one step heavier: a warning. The reprimand alone is refused.
    """
    running = (Running(s.named("earlier"), "reprimand", date(2025, 1, 1), None),)
    review = c.recommended()
    concluded = (c.conclude("reprimand"),)

    review.when(replace(c.decide("reprimand"), conclusions=concluded, running=running)).refused(decision.FormNotOfRows)
    made = last(c.happens(review, replace(c.decide("warning"), conclusions=concluded, running=running)))

    assert made.repeats == s.named("earlier")
    assert "decree-172-2025-new-offence-lighter" in {row.rule_id for row in made.rows}


def test_case_05_who_retired_meanwhile_is_judged_by_the_rows_of_leavers() -> None:
    """Fact 2 July 2025 as a head; retired since. The decree reaches him, but he leads nothing any more: no removal.

    That termination is not for leavers stands in a row that nobody has verified; once it is activated, it is refused.
    """
    retired = Who(SubjectKind.CIVIL_SERVANT, PostRank.LEADING, None, left=True)
    removal = replace(c.decide("removal"), who=retired, conclusions=(c.conclude("removal"),))
    termination = replace(
        c.decide("forced-termination"),
        who=retired,
        conclusions=(c.conclude("forced-termination"),),
        setting=c.setting(rows=activated("decree-172-2025-forms-not-for-leavers")),
    )

    c.recommended().when(removal).refused(FormNotInRow)
    c.recommended().when(termination).refused(
        FormNotForLeaver(named("forced-termination"), "decree-172-2025-forms-not-for-leavers")
    )
    assert last(c.happens(c.recommended(), replace(c.decide("warning"), who=retired))).form == "warning"


def test_case_06_a_transferred_official_is_judged_by_the_present_post() -> None:
    """A clerk at the fact, head of a division elsewhere at the decision: by the row the present post counts.

    Removal is open against him that was not open against the clerk.
    """
    transferred = Who(SubjectKind.CIVIL_SERVANT, PostRank.NOT_LEADING, PostRank.LEADING, transferred=True)
    removal = replace(c.decide("removal"), conclusions=(c.conclude("removal"),))

    c.recommended().when(removal).refused(FormNotInRow)
    made = last(c.happens(c.recommended(), replace(removal, who=transferred)))

    assert made.form == "removal"
    assert made.applied.post_rank is PostRank.LEADING


def test_case_07_a_contract_worker_is_referred_out_and_the_review_closes() -> None:
    """The clerk turns out to hold a labour contract: no form of these rows is his. Closed, and nothing decided."""
    closed = c.happens(
        c.notified(), CloseReview(c.AUTHORITY, ClosingGround.CONTRACT_WORKER, s.document("employer told"))
    )

    assert status(closed) == ReviewStatus.CLOSED


def test_case_08_protection_claimed_without_an_approval_beforehand() -> None:
    """He says that he tried something new in good faith (Decree 73/2023). Approved on 3 July, the fact is of the 2nd.

    Refused with both dates; on the day before the fact it would have protected him.
    """
    claim = RecogniseProtection(
        c.AUTHORITY,
        c.setting(s.moment("2025-08-06")),
        ProtectionEffect.EXEMPT,
        s.document("proposal"),
        s.document("approval"),
        date(2025, 7, 3),
        (s.document("good faith"),),
    )

    c.met().when(claim).refused(
        incidents.ApprovalNotBeforehand(date(2025, 7, 3), date(2025, 7, 2), "decree-73-2023-protection")
    )
    assert status(c.happens(c.met(), replace(claim, approved_on=date(2025, 7, 1)))) == ReviewStatus.EXEMPTED


def test_case_09_deferred_while_one_of_the_three_grounds_lasts() -> None:
    """Recommended on 5 August; deferred on the second ground of the row on the 6th; resumed; decided on 20 August."""
    defer = DeferReview(
        c.AUTHORITY, c.setting(s.moment("2025-08-06")), "2", s.document("why"), (s.document("certificate"),)
    )
    deferred = c.happens(c.recommended(), defer)

    deferred.when(c.decide()).refused(incidents.DeferredNow())
    resumed = c.happens(
        deferred, ResumeReview(c.AUTHORITY, c.setting(s.moment("2025-08-15")), s.document("it is over"))
    )
    assert status(c.happens(resumed, c.decide())) == ReviewStatus.DECIDED


def test_case_10_with_the_investigators_and_back() -> None:
    """Given to the investigators on 6 August 2025, returned without a charge on 5 September, decided on the 8th.

    In between nothing is decided. No active row of the day stops the processing clock: it ends on 2 October anyway.
    """
    refer = ReferToInvestigators(
        c.AUTHORITY, c.setting(s.moment("2025-08-06")), date(2025, 8, 6), s.document("referral")
    )
    back = ReturnFromInvestigators(
        c.AUTHORITY, c.setting(s.moment("2025-09-06")), date(2025, 9, 5), s.document("no charge")
    )
    away = c.happens(c.recommended(), refer)

    away.when(c.decide()).refused(incidents.WithInvestigators(date(2025, 8, 6)))
    made = last(c.happens(away, back, c.decide(at=s.moment("2025-09-08"))))

    assert made.processing is not None
    assert made.processing.ends_at == s.moment("2025-10-02", "17:00")
