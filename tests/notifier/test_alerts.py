"""Given what happened to an alert, when something is done to it, then this happens."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import reduce

import pytest

from notifier.alerts.commands import (
    AcknowledgeAlert,
    Command,
    EndAlert,
    EscalateAlert,
    ExhaustLadder,
    ExpireAcknowledgement,
    OpenAlert,
)
from notifier.alerts.decide import Events, decide
from notifier.alerts.evolve import evolve
from notifier.alerts.refusals import AlertAlreadyEnded, AlertUnknown, AlreadyAcknowledgedOnThisStep, NotTold
from notifier.alerts.state import Alert, Next, NextKind, alert_id, initial
from notifier.alerts.view import row
from notifier.ladder import Snapshot, resolve
from schemas.notifier.alerts import (
    AlertAcknowledged,
    AlertAcknowledgementExpired,
    AlertEnded,
    AlertEscalated,
    AlertLadderExhausted,
    AlertOpened,
    CaseKind,
    StallRule,
)
from schemas.refusal import Refusal
from schemas.values import Recipient
from tests.notifier import examples as ex
from tests.notifier.examples import CALENDAR, day, evening

BASIS = ex.mark("basis", day(0)).event_id
ID = alert_id(ex.FINDING_ID, StallRule.NO_PLAN, BASIS)
POSTS = {
    Recipient.OWNER: ex.OWNER,
    Recipient.HEAD: ex.HEAD,
    Recipient.SUPERIOR: ex.SUPERIOR,
    Recipient.INSPECTORATE: ex.INSPECTORATE,
    Recipient.CHAIR: ex.CHAIR,
}
LADDER = resolve(ex.LADDER, Recipient.OWNER, POSTS, frozenset(), climbs=True)
OPEN = OpenAlert(
    alert_id=ID,
    case_id=ex.FINDING_ID,
    case_kind=CaseKind.FOLLOW_UP,
    rule=StallRule.NO_PLAN,
    agency_id=ex.AGENCY,
    owner_post=ex.OWNER,
    since=day(0),
    due_at=evening(5),
    ends_at=None,
    basis=BASIS,
    working_days=5,
    provision="Điểm 1",
    ladder=LADDER,
    acknowledgement_days=3,
    confidential=False,
    at=day(6),
    calendar=CALENDAR,
)
END = EndAlert(ended_by=ex.mark("plan", day(8)).event_id, ended_type="discipline.plan_submitted.v1")


def escalate(at: datetime) -> EscalateAlert:
    return EscalateAlert(at, CALENDAR)


def acknowledge(at: datetime, *posts: str) -> AcknowledgeAlert:
    return AcknowledgeAlert(ID, ex.PERSON, posts or (ex.OWNER,), at, CALENDAR)


def given(*commands: Command) -> Alert:
    """The alert after the commands; each of them has to have done something."""

    def carried_out(alert: Alert, command: Command) -> Alert:
        events = decide(command, alert)
        assert events, command
        return reduce(evolve, events, alert)

    return reduce(carried_out, commands, initial)


def kinds(events: Events) -> list[type]:
    return [type(event) for event in events]


def test_it_opens_with_everything_that_is_fixed_then_and_says_when_it_climbs() -> None:
    (opened,) = decide(OPEN, initial)

    assert opened == AlertOpened(
        alert_id=ID,
        case_id=ex.FINDING_ID,
        case_kind=CaseKind.FOLLOW_UP,
        rule=StallRule.NO_PLAN,
        agency_id=ex.AGENCY,
        owner_post=ex.OWNER,
        since=day(0),
        due_at=evening(5),
        ends_at=None,
        basis=BASIS,
        working_days=5,
        provision="Điểm 1",
        ladder=LADDER.steps,
        last_step_days=5,
        acknowledgement_days=3,
        next_at=evening(8),
        confidential=False,
    )


def test_it_opens_once() -> None:
    assert decide(OPEN, given(OPEN)) == ()


def test_an_ended_one_does_not_open_again() -> None:
    assert decide(OPEN, given(OPEN, END)) == ()


def test_it_climbs_when_the_steps_time_has_passed() -> None:
    (escalated,) = decide(escalate(evening(8)), given(OPEN))

    assert escalated == AlertEscalated(
        alert_id=ID, case_id=ex.FINDING_ID, step=1, recipient=Recipient.HEAD, posts=(ex.HEAD,), next_at=evening(12)
    )


def test_it_does_not_climb_before() -> None:
    assert decide(escalate(day(8)), given(OPEN)) == ()


def test_a_step_counts_from_when_the_one_before_was_really_opened() -> None:
    """After an outage of weeks the ladder goes on step by step."""
    late = given(replace(OPEN, at=day(40)))

    assert late.next == Next(NextKind.CLIMB, evening(42))
    assert decide(escalate(day(41)), late) == ()


def test_steps_without_days_between_them_are_due_at_once() -> None:
    both = Snapshot((LADDER.steps[0], LADDER.steps[1].model_copy(update={"after_working_days": 0})), None)

    assert given(replace(OPEN, ladder=both)).next == Next(NextKind.CLIMB, day(6))


def climbed() -> Alert:
    alert = given(OPEN)
    while alert.next is not None and alert.next.kind is NextKind.CLIMB:
        alert = reduce(evolve, decide(escalate(alert.next.at), alert), alert)
    return alert


def test_it_climbs_step_by_step_to_the_last_one() -> None:
    alert = climbed()

    assert alert.step == len(LADDER.steps) - 1
    assert alert.told == {ex.OWNER, ex.HEAD, ex.SUPERIOR, ex.INSPECTORATE, ex.CHAIR}


def test_the_last_steps_time_too_may_pass() -> None:
    alert = climbed()
    assert alert.next is not None

    assert kinds(decide(ExhaustLadder(alert.next.at), alert)) == [AlertLadderExhausted]


def test_then_nothing_more_happens_by_itself() -> None:
    alert = climbed()
    assert alert.next is not None

    after = reduce(evolve, decide(ExhaustLadder(alert.next.at), alert), alert)

    assert after.next is None
    assert after.is_open


def test_a_call_neither_climbs_nor_is_exhausted() -> None:
    call = resolve(ex.LADDER, Recipient.OWNER, POSTS, frozenset(), climbs=False)

    assert given(replace(OPEN, ladder=call)).next is None


def test_an_acknowledgement_holds_until_it_expires() -> None:
    alert = given(OPEN)
    (acknowledged,) = decide(acknowledge(day(7)), alert)

    assert acknowledged == AlertAcknowledged(
        alert_id=ID, case_id=ex.FINDING_ID, acknowledged_by=ex.PERSON, post_id=ex.OWNER, until=evening(10)
    )
    assert evolve(alert, acknowledged).next == Next(NextKind.EXPIRE, evening(10))


def test_while_it_is_acknowledged_it_does_not_climb() -> None:
    assert decide(escalate(evening(9)), given(OPEN, acknowledge(day(7)))) == ()


def test_once_it_expired_the_step_that_it_put_off_is_due_at_once() -> None:
    alert = given(OPEN, acknowledge(day(7)))
    events = decide(ExpireAcknowledgement(evening(10)), alert)

    assert kinds(events) == [AlertAcknowledgementExpired]
    assert reduce(evolve, events, alert).next == Next(NextKind.CLIMB, evening(10))


def test_a_step_that_still_lies_ahead_stays_where_it_was() -> None:
    alert = given(replace(OPEN, acknowledgement_days=1), acknowledge(day(6)))

    after = reduce(evolve, decide(ExpireAcknowledgement(evening(7)), alert), alert)

    assert after.next == Next(NextKind.CLIMB, evening(8))


def test_an_acknowledgement_does_not_expire_early() -> None:
    assert decide(ExpireAcknowledgement(day(9)), given(OPEN, acknowledge(day(7)))) == ()


def test_only_who_was_told_can_acknowledge() -> None:
    with pytest.raises(NotTold):
        decide(acknowledge(day(7), ex.CHAIR), given(OPEN))


def test_who_hears_later_can_acknowledge_then() -> None:
    assert decide(acknowledge(day(9), ex.HEAD), given(OPEN, escalate(evening(8))))


def test_a_post_acknowledges_once_a_step_so_that_nobody_puts_the_next_one_off_for_ever() -> None:
    alert = given(replace(OPEN, acknowledgement_days=0), acknowledge(day(6)), ExpireAcknowledgement(evening(6)))

    with pytest.raises(AlreadyAcknowledgedOnThisStep):
        decide(acknowledge(day(7)), alert)


def test_after_the_next_step_it_can_acknowledge_again() -> None:
    climbed_once = given(OPEN, acknowledge(day(7)), ExpireAcknowledgement(evening(10)), escalate(evening(10)))

    assert decide(acknowledge(day(11)), climbed_once)


def test_it_ends_with_what_it_waited_for() -> None:
    assert decide(END, given(OPEN)) == (
        AlertEnded(alert_id=ID, case_id=ex.FINDING_ID, ended_by=END.ended_by, ended_type=END.ended_type),
    )


@pytest.mark.parametrize("command", [END, escalate(evening(99)), ExhaustLadder(evening(99))])
def test_an_ended_one_is_left_alone(command: Command) -> None:
    assert decide(command, given(OPEN, END)) == ()


@pytest.mark.parametrize("command", [END, escalate(evening(99)), ExpireAcknowledgement(evening(99))])
def test_one_that_never_opened_is_left_alone(command: Command) -> None:
    assert decide(command, initial) == ()


@pytest.mark.parametrize(
    ("alert", "refusal"), [(initial, AlertUnknown), (given(OPEN, END), AlertAlreadyEnded)], ids=["unknown", "ended"]
)
def test_there_is_nothing_to_acknowledge(alert: Alert, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        decide(acknowledge(day(9)), alert)


def test_its_row_says_what_people_ask_and_what_the_clock_needs() -> None:
    seen = row(given(OPEN, escalate(evening(8)), acknowledge(day(9))))

    assert seen["state"] == "acknowledged"
    assert (seen["step"], seen["steps"], seen["recipient"]) == (1, 5, Recipient.HEAD)
    assert seen["told"] == sorted([ex.OWNER, ex.HEAD])
    assert (seen["next_kind"], seen["next_at"]) == (NextKind.EXPIRE, evening(12))


def test_an_ended_one_is_no_longer_due() -> None:
    seen = row(given(OPEN, END))

    assert (seen["state"], seen["next_at"]) == ("ended", None)
