"""What a review waits for next, and who owes it."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from discipline.days import end_of
from discipline.reviews.complaints.commands import AcceptComplaint
from discipline.reviews.decision.commands import RecordExpiry
from discipline.reviews.incidents.commands import (
    CloseReview,
    DeferReview,
    EndWorkSuspension,
    ReferToInvestigators,
    SuspendFromWork,
)
from discipline.reviews.owed import Debtor, Owed, OwedStep, owed
from discipline.reviews.state import State
from schemas.discipline.review_complaints import Instance
from schemas.discipline.review_incidents import ClosingGround
from schemas.values import DayKind
from tests.discipline import review_cases as c
from tests.discipline import samples as s
from tests.discipline.law_rows import activated, row_of, with_rows
from tests.specification import Given

PROCESSING = end_of(date(2025, 10, 2))
DEFER = DeferReview(c.AUTHORITY, c.setting(), "1", s.document("reasons"), ())
AWAY = ReferToInvestigators(c.AUTHORITY, c.setting(), date(2025, 8, 20), s.document("referral"))
SUSPEND = SuspendFromWork(
    c.AUTHORITY, c.setting(s.moment("2025-08-06")), date(2025, 8, 7), None, s.document("suspension")
)
CLOSE = CloseReview(c.AUTHORITY, ClosingGround.DEATH, s.document("death"))
SECOND = c.complain(Instance.SECOND, s.moment("2025-09-20"))


YEAR = with_rows(
    row_of("decree-172-2025-decision-validity").model_copy(
        update={"active": True, "value": 12, "starts_on": row_of("complaints-law-first").starts_on, "rolls": False}
    )
)
EXPIRY = Owed(OwedStep.EXPIRY, Debtor.SECRETARY, s.moment("2026-08-22", "17:00"))
ENDLESS = Owed(OwedStep.EXPIRY, Debtor.SECRETARY)
"""No row says when: it is owed all the same."""
EXPIRE = RecordExpiry(c.AUTHORITY, c.setting(s.moment("2026-08-25")))


def expiring() -> Given[State]:
    """Served, by rows that end the sanction after a year."""
    serve = c.serve()
    return c.happens(c.decided(), replace(serve, setting=replace(serve.setting, law=YEAR)))


@pytest.mark.parametrize(
    ("review", "steps"),
    [
        (c.proposed(), (Owed(OwedStep.OPEN_OR_REFUSE, Debtor.AUTHORITY, s.moment("2025-07-18", "17:00")),)),
        (c.opened(), (Owed(OwedStep.NOTIFY, Debtor.SECRETARY),)),
        (
            c.notified(),
            (
                Owed(OwedStep.SELF_REVIEW, Debtor.SUBJECT, end_of(c.SELF_REVIEW_DUE)),
                Owed(OwedStep.MEETING, Debtor.SECRETARY, end_of(date(2025, 7, 31))),
            ),
        ),
        (c.met(), (Owed(OwedStep.DIRECTION, Debtor.AUTHORITY, PROCESSING),)),
        (c.before_board(), (Owed(OwedStep.SUMMONS, Debtor.SECRETARY),)),
        (c.happens(c.before_board(), c.summon()), (Owed(OwedStep.RECEIPT, Debtor.SECRETARY, c.HEARING_AT),)),
        (
            c.happens(c.before_board(), c.summon(), c.receive()),
            (Owed(OwedStep.HEARING, Debtor.BOARD, c.HEARING_AT),),
        ),
        (
            c.happens(c.before_board(), c.summon(), c.receive(), c.hear()),
            (Owed(OwedStep.RECOMMENDATION, Debtor.BOARD),),
        ),
        (c.recommended(), (Owed(OwedStep.DECISION, Debtor.AUTHORITY, PROCESSING),)),
        (c.happens(c.recommended(), DEFER), (Owed(OwedStep.RESUMPTION, Debtor.AUTHORITY),)),
        (c.happens(c.recommended(), AWAY), (Owed(OwedStep.RETURN, Debtor.INVESTIGATORS),)),
        (c.happens(c.recommended(), DEFER, CLOSE), ()),
        (c.decided(), (Owed(OwedStep.SERVICE, Debtor.SECRETARY),)),
        (c.served(), (ENDLESS,)),
        (c.happens(c.served(), c.complain()), (Owed(OwedStep.ACCEPTANCE, Debtor.AUTHORITY), ENDLESS)),
        (
            c.happens(c.served(), c.complain(), AcceptComplaint(c.JUDGE)),
            (Owed(OwedStep.ANSWER, Debtor.AUTHORITY), ENDLESS),
        ),
        (
            c.happens(c.served(), c.complain(), AcceptComplaint(c.JUDGE), c.answer()),
            (Owed(OwedStep.ANSWER_SERVICE, Debtor.SECRETARY), ENDLESS),
        ),
        (c.happens(expiring(), c.complain()), (Owed(OwedStep.ACCEPTANCE, Debtor.AUTHORITY), EXPIRY)),
        (c.happens(expiring(), EXPIRE), ()),
        # The sanction has ended by itself, and who complained of it is owed his answer all the same.
        (c.happens(expiring(), c.complain(), EXPIRE), (Owed(OwedStep.ACCEPTANCE, Debtor.AUTHORITY),)),
        (c.happens(c.answered_first(), SECOND), (Owed(OwedStep.ACCEPTANCE, Debtor.AUTHORITY_ABOVE), ENDLESS)),
        (c.served(None), ()),
    ],
)
def test_at_each_step_somebody_owes_the_next(review: Given[State], steps: tuple[Owed, ...]) -> None:
    assert review.state is not None
    assert owed(review.state) == steps


def test_a_decision_is_served_until_the_day_of_the_row() -> None:
    """Decided on Wednesday 20 August 2025: three calendar days, of which the last is a Saturday."""
    three = activated("decree-172-2025-days-service", value=3, day_kind=DayKind.CALENDAR, rolls=True)
    decided = c.happens(c.recommended(), replace(c.decide(), setting=c.setting(rows=three))).state
    assert decided is not None

    assert owed(decided) == (Owed(OwedStep.SERVICE, Debtor.SECRETARY, end_of(date(2025, 8, 25))),)


@pytest.mark.parametrize(
    ("suspended", "until"), [(SUSPEND, None), (replace(SUSPEND, last=date(2025, 8, 22)), end_of(date(2025, 8, 22)))]
)
def test_nobody_stays_suspended_from_work_because_it_is_forgotten(
    suspended: SuspendFromWork, until: datetime | None
) -> None:
    under_way = c.happens(c.notified(), suspended)
    works_again = EndWorkSuspension(c.AUTHORITY, date(2025, 8, 20), s.document("reasons"))

    assert OwedStep.WORK_SUSPENSION_END not in steps(under_way)
    over = c.happens(under_way, CLOSE)
    assert over.state is not None
    assert owed(over.state) == (Owed(OwedStep.WORK_SUSPENSION_END, Debtor.AUTHORITY, until),)
    assert steps(c.happens(over, works_again)) == []


def steps(review: Given[State]) -> list[OwedStep]:
    assert review.state is not None
    return [one.step for one in owed(review.state)]
