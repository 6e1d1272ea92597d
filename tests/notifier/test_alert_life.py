"""Whatever happens to an alert, in whatever order: what always holds of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from notifier.alerts.commands import Command, EscalateAlert, ExhaustLadder, ExpireAcknowledgement
from notifier.alerts.decide import decide
from notifier.alerts.evolve import evolve
from notifier.alerts.state import Alert, NextKind, initial
from notifier.alerts.view import row
from schemas.notifier.alerts import AlertAcknowledged, AlertEnded, AlertEscalated, AlertOpened, AnyAlertEvent
from schemas.refusal import Refusal
from tests.notifier.examples import CALENDAR, CHAIR, HEAD, OWNER, SUPERIOR, day
from tests.notifier.test_alerts import END, OPEN, acknowledge

hours = st.integers(0, 80).map(lambda number: timedelta(hours=number))


class AlertLife(RuleBasedStateMachine):
    """An alert, the clock beside it, and people who acknowledge."""

    def __init__(self) -> None:
        super().__init__()
        self.now: datetime = day(6)
        self.alert: Alert = initial
        self.history: list[tuple[datetime, AnyAlertEvent]] = []

    def do(self, command: Command) -> None:
        for event in decide(command, self.alert):
            self.alert = evolve(self.alert, event)
            self.history.append((self.now, event))

    @initialize()
    def opens(self) -> None:
        self.do(OPEN)

    @rule(passed=hours)
    def time_passes(self, passed: timedelta) -> None:
        self.now += passed

    @rule()
    def the_clock_looks(self) -> None:
        """Any of its commands may come at any time; only the due one does something."""
        for command in (EscalateAlert(self.now, CALENDAR), ExpireAcknowledgement(self.now), ExhaustLadder(self.now)):
            self.do(command)

    @rule(post=st.sampled_from([OWNER, HEAD, SUPERIOR, CHAIR]))
    def somebody_acknowledges(self, post: str) -> None:
        try:
            self.do(acknowledge(self.now, post))
        except Refusal:
            assert post not in self.alert.told or self.alert.ended or post in self.alert.acknowledged_by_posts

    @rule()
    def it_opens_again(self) -> None:
        self.do(OPEN)

    @rule(often=st.integers(0, 6).map(lambda number: number == 0))
    def the_case_moves(self, *, often: bool) -> None:
        if often:
            self.do(END)

    @invariant()
    def opened_and_ended_once(self) -> None:
        kinds = [type(event) for _, event in self.history]
        assert kinds.count(AlertOpened) <= 1
        assert kinds.count(AlertEnded) <= 1
        assert AlertEnded not in kinds[:-1], "nothing follows the end"

    @invariant()
    def steps_come_in_order_and_never_before_their_time(self) -> None:
        climbs = [(at, event) for at, event in self.history if isinstance(event, AlertEscalated | AlertOpened)]
        steps = [event.step if isinstance(event, AlertEscalated) else 0 for _, event in climbs]
        assert steps == list(range(len(steps)))
        for (_, before), (at, _) in pairwise(climbs):
            assert before.next_at is not None
            assert before.next_at <= at

    @invariant()
    def nobody_acknowledges_twice_on_a_step(self) -> None:
        since: list[str] = []
        for _, event in self.history:
            if isinstance(event, AlertEscalated):
                since = []
            if isinstance(event, AlertAcknowledged):
                assert event.post_id not in since
                since.append(event.post_id)

    @invariant()
    def something_follows_until_it_is_exhausted_or_ended(self) -> None:
        if self.alert.is_open and not self.alert.exhausted:
            assert self.alert.next is not None
        if self.alert.acknowledged and self.alert.is_open:
            assert self.alert.next is not None
            assert self.alert.next.kind is NextKind.EXPIRE

    @invariant()
    def its_row_can_be_shown(self) -> None:
        if self.alert.opened:
            assert row(self.alert)["step"] < len(OPEN.ladder.steps)


AlertLife.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestAlertLife = AlertLife.TestCase
