"""What a consultation waits for: an answer, called for before the term ends and owed after it. Day 0 is a Monday."""

from __future__ import annotations

from datetime import timedelta

import pytest

from notifier.rules.case import CaseEvent
from schemas.discipline.consultations import OpinionReconciled, Reconciliation
from schemas.notifier.alerts import AlertEnded, AlertEscalated, AlertOpened
from schemas.notifier.alerts import StallRule as R
from tests.discipline import consultation_cases as c
from tests.inspection.province import COMMUNE
from tests.notifier import examples as ex
from tests.notifier.examples import DEFAULTS, day, due, evening, morning
from tests.notifier.stage import OWNER, SUPERIOR, Stage

DUE_AT = evening(9)
"""24:00 of the Wednesday of the week after: the seventh working day."""
TERMS = DEFAULTS.consultation
ASKED = c.ASKED.model_copy(update={"due_at": DUE_AT, "consulted_agency": ex.AGENCY, "consulted_post": ex.HEAD})
OWED = ASKED.model_copy(update={"terms": c.NO_CONSENT})
ANSWERED = c.answered()
CALL = morning(9 + 1 - TERMS.due_call)
"""The last days of the term, whole, are left to answer."""


def test_an_answer_is_called_for_some_working_days_before_the_term_ends_and_owed_when_it_has() -> None:
    assert due((OWED, day(0))) == {R.CONSULTATION_DUE: CALL, R.CONSULTATION_LAPSED: DUE_AT}


def test_where_silence_is_consent_nothing_is_owed_after_the_term() -> None:
    assert due((ASKED, day(0))) == {R.CONSULTATION_DUE: CALL}


@pytest.mark.parametrize("end", [ANSWERED, c.WITHDRAWN, c.deemed()], ids=["answered", "withdrawn", "consent deemed"])
def test_then_nothing_is_waited_for(end: CaseEvent) -> None:
    assert due((OWED, day(0)), (end, day(3))) == {}


def test_what_has_lapsed_stays_owed_until_it_is_answered() -> None:
    assert due((OWED, day(0)), (c.LAPSED, DUE_AT)) == {R.CONSULTATION_DUE: CALL, R.CONSULTATION_LAPSED: DUE_AT}
    assert due((OWED, day(0)), (c.LAPSED, DUE_AT), (c.answered(day(14)), day(14))) == {}


def test_what_has_lapsed_is_owed_no_more_once_who_asked_has_closed_it() -> None:
    assert due((OWED, day(0)), (c.LAPSED, DUE_AT), (c.CLOSED, day(14))) == {}


def test_where_silence_is_consent_and_nobody_is_left_to_answer_nobody_is_called() -> None:
    assert due((ASKED, day(0)), (c.LAPSED, DUE_AT)) == {}


def test_what_lapsed_after_a_late_answer_is_owed_no_more() -> None:
    assert due((OWED, day(0)), (c.answered(day(14)), day(14)), (c.LAPSED, DUE_AT)) == {}


def test_work_on_opinions_that_differ_changes_nothing_of_what_is_waited_for() -> None:
    reconciled = OpinionReconciled(
        consultation_id=c.CONSULTATION,
        outcome=Reconciliation.SETTLED,
        minutes=ex.DOCUMENT,
        reconciled_by=ex.PERSON,
    )
    assert due((OWED, day(0)), (reconciled, day(2))) == due((OWED, day(0)))
    assert due((OWED, day(0)), (ANSWERED, day(1)), (reconciled, day(2))) == {}


async def test_the_call_tells_the_head_alone_and_what_is_owed_climbs_until_it_is_answered(on: Stage) -> None:
    asked = OWED.model_copy(update={"consulted_agency": COMMUNE, "consulted_post": OWNER})
    on.publish(asked, day(0), stream="consultation")
    [called] = [one for one in await on.settle(evening(8)) if isinstance(one, AlertOpened)]
    assert (called.rule, called.ladder[0].posts, called.ends_at) == (R.CONSULTATION_DUE, (OWNER,), DUE_AT)

    history = await on.settle(evening(9 + 5) + timedelta(hours=20))
    owed = next(one for one in history if isinstance(one, AlertOpened) and one.rule is R.CONSULTATION_LAPSED)
    climbed = [one.posts for one in history if isinstance(one, AlertEscalated)]
    assert (owed.owner_post, owed.provision, owed.confidential) == (OWNER, c.NO_CONSENT.provision, False)
    assert climbed == [(SUPERIOR,)]

    answered = on.publish(c.answered(day(16)), day(16), stream="consultation")
    history = await on.settle(day(17))
    ended = {one.ended_by for one in history if isinstance(one, AlertEnded)}
    assert answered.event_id in ended
    assert await on.alerts(open_only=True) == []


async def test_what_is_owed_is_no_longer_called_for(on: Stage) -> None:
    asked = OWED.model_copy(update={"consulted_agency": COMMUNE, "consulted_post": OWNER})
    on.publish(asked, day(0), stream="consultation")

    await on.settle(evening(9) + timedelta(minutes=1))

    assert [alert["rule"] for alert in await on.alerts(open_only=True)] == [R.CONSULTATION_LAPSED]


async def test_the_alert_on_what_is_owed_ends_when_who_asked_goes_on_without(on: Stage) -> None:
    asked = OWED.model_copy(update={"consulted_agency": COMMUNE, "consulted_post": OWNER})
    on.publish(asked, day(0), stream="consultation")
    await on.settle(evening(9 + 5) + timedelta(hours=20))
    on.publish(c.LAPSED, DUE_AT, stream="consultation")
    assert R.CONSULTATION_LAPSED in {alert["rule"] for alert in await on.alerts(open_only=True)}

    closed = on.publish(c.CLOSED, day(16), stream="consultation")
    history = await on.settle(day(17))

    assert closed.event_id in {one.ended_by for one in history if isinstance(one, AlertEnded)}
    assert await on.alerts(open_only=True) == []
