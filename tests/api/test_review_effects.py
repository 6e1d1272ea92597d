"""What follows from a sanction is shown as long as the sanction stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast
from uuid import uuid4

from discipline.reviews.complaints.commands import AcceptComplaint, RejectComplaint
from schemas.discipline.review_complaints import ComplaintAnswered, ComplaintAnswerServed, ComplaintOutcome
from schemas.envelope import EventMeta, Recorded
from services.entrypoints.api.discipline.review_effects import effects_of
from tests.discipline import review_cases as c
from tests.discipline import samples as s
from tests.discipline.law_rows import activated
from tests.discipline.test_review_decision import BAR, WITH_BARS
from tests.discipline.test_review_incidents import PARTY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from discipline.reviews.state import State
    from schemas.base import Event
    from schemas.registry import AnyEvent
    from tests.specification import Given

AT = datetime(2025, 8, 23, tzinfo=UTC)


def barred() -> Given[State]:
    return c.happens(c.decided(), replace(c.serve(), setting=c.setting(s.moment("2025-08-23"), WITH_BARS)))


def shown(events: Iterable[Event]) -> list[str]:
    meta = EventMeta(actor="x", correlation_id=uuid4(), causation_id=uuid4())
    history = (
        Recorded(number, uuid4(), "review-x", number, cast("AnyEvent", event), meta, AT, AT, bytes(32))
        for number, event in enumerate(events, start=1)
    )
    return [one.row.rule_id for one in effects_of("en", history)]


def answered(outcome: ComplaintOutcome, form: str | None) -> tuple[Event, ...]:
    about = {"review_id": c.REVIEW_ID, "instance": "first"}
    answer = ComplaintAnswered(
        **about,
        answered_on=AT.date(),
        outcome=outcome,
        form=form,
        rows=(),
        document=s.document("answer"),
        answered_by=uuid4(),
        outside=False,
    )
    proof = s.document("proof")
    return answer, ComplaintAnswerServed(**about, received_at=AT, proof=proof, next=None, recorded_by=uuid4())


def test_a_sanction_that_was_served_has_its_effects() -> None:
    assert shown(barred().events) == [BAR.format("warning")]


def test_a_review_that_the_partys_decision_opened_again_has_none() -> None:
    changed = replace(PARTY, changed=True, setting=c.setting(s.moment("2025-10-01")))

    assert shown(c.happens(barred(), changed).events) == []


def test_a_referral_that_opens_nothing_leaves_them() -> None:
    referred = replace(PARTY, setting=c.setting(s.moment("2025-10-01")))

    assert shown(c.happens(barred(), referred).events) == [BAR.format("warning")]


def test_a_changed_form_without_a_row_of_effects_has_none() -> None:
    assert shown((*barred().events, *answered(ComplaintOutcome.CHANGED, "dismissal"))) == []


def test_an_upheld_one_keeps_them() -> None:
    assert shown((*barred().events, *answered(ComplaintOutcome.UPHELD, None))) == [BAR.format("warning")]


def test_while_a_complaint_suspends_it_a_sanction_has_none_until_the_answer_was_served() -> None:
    suspending = activated("complaint-effect", value="suspends")
    held = c.happens(barred(), replace(c.complain(), setting=c.setting(c.COMPLAINED_AT, suspending)))
    upheld = c.happens(held, AcceptComplaint(c.JUDGE), c.answer())
    barring = c.setting(c.ANSWERED_AT, WITH_BARS)
    rejected = c.happens(held, RejectComplaint(c.JUDGE, barring, s.document("reasons")))

    assert shown(held.events) == []
    assert shown(upheld.events) == []
    for answered in (rejected, c.happens(upheld, replace(c.serve_answer(), setting=barring))):
        assert shown(answered.events) == [BAR.format("warning")]
