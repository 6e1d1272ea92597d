"""Which stalls there were depends on what happened and when, never on when anybody looked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from hypothesis import example, given, settings
from hypothesis import strategies as st

from notifier.rules.case import CaseEvent
from notifier.tracking import Over, Standing, Tracked, follow
from schemas.notifier.alerts import StallRule
from tests.notifier import examples as ex
from tests.notifier.examples import CALENDAR, DEFAULTS, day, evening, mark

Cause = tuple[StallRule, UUID]
Story = Sequence[tuple[CaseEvent, datetime]]

EVENTS = (
    ex.ASSIGNED,
    ex.HANDED_OVER,
    ex.ACKNOWLEDGED,
    ex.PLAN,
    ex.PLAN_ACCEPTED,
    ex.PLAN_SENT_BACK,
    ex.PROGRESS,
    ex.ASKED,
    ex.REFUSED,
    ex.granted(evening(30)),
    ex.amended(evening(20)),
    ex.amended(evening(25)),
    ex.CLAIMED,
    ex.REJECTED,
    ex.VERIFIED,
    ex.CANCELLED,
)
gaps = st.integers(1, 24 * 12).map(lambda hours: timedelta(hours=hours))


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """A follow-up to which things happen in any order, even in those that its decider would refuse."""
    at = day(0)
    told: list[tuple[CaseEvent, datetime]] = [(ex.opened(), at)]
    for event, gap in draw(st.lists(st.tuples(st.sampled_from(EVENTS), gaps), max_size=12)):
        at += gap
        told.append((event, at))
    return told


def stalls(story: Story, looks: Sequence[bool]) -> tuple[list[Cause], list[tuple[Cause, int]]]:
    """The causes of alerts, and which event ended each, when the clock looks before some of the events only."""
    tracked, opened, ended = Tracked(), list[Cause](), list[tuple[Cause, int]]()
    for number, (event, at) in enumerate(story):
        if looks[number]:
            due = {rule: one for rule, one in tracked.standing.items() if not one.fired and one.due_at < at}
            opened += [(rule, one.basis) for rule, one in due.items()]
            fired = {rule: replace(one, fired=True) for rule, one in due.items()}
            tracked = replace(tracked, standing={**tracked.standing, **fired})
        tracked, over = follow(tracked, event, mark(number, at), CALENDAR, DEFAULTS)
        opened += [(one.rule, one.basis) for one in over if one.missed]
        ended += [((one.rule, one.basis), number) for one in over]
    return sorted(opened), sorted(ended)


@given(stories(), st.lists(st.booleans(), min_size=13, max_size=13))
def test_the_stalls_of_a_run_with_outages_are_those_of_a_calm_one_but_for_what_is_still_to_fire(
    story: Story, looks: list[bool]
) -> None:
    far = (ex.CANCELLED, day(400))
    calm, late = stalls([*story, far], [True] * 14), stalls([*story, far], [*looks[: len(story)], True])

    assert late == calm


@settings(max_examples=300)
@example([(ex.opened(), day(0)), (ex.ASKED, day(1)), (ex.CLAIMED, day(2)), (ex.REJECTED, day(3))])
@given(stories())
def test_no_cause_comes_back(story: Story) -> None:
    """An alert opens once per cause, so what is waited for anew must have a cause of its own."""
    tracked, gone = Tracked(), set[Cause]()
    for number, (event, at) in enumerate(story):
        before = {(rule, one.basis) for rule, one in tracked.standing.items()}
        tracked, _ = follow(tracked, event, mark(number, at), CALENDAR, DEFAULTS)
        after = {(rule, one.basis) for rule, one in tracked.standing.items()}
        gone |= before - after
        assert not after & gone


def test_a_stall_that_was_told_ends_with_the_event_that_moved_the_case() -> None:
    tracked, _ = follow(Tracked(), ex.opened(), mark(0, day(0)), CALENDAR, DEFAULTS)
    standing = {rule: replace(one, fired=True) for rule, one in tracked.standing.items()}

    _, over = follow(replace(tracked, standing=standing), ex.ACKNOWLEDGED, mark(1, day(4)), CALENDAR, DEFAULTS)

    assert over == (Over(StallRule.NOT_ACKNOWLEDGED, mark(0, day(0)).event_id, None),)


def test_a_deadline_that_was_written_down_stays_as_it_was_while_its_cause_does() -> None:
    """A changed calendar moves it only when all deadlines are counted anew."""
    tracked, _ = follow(Tracked(), ex.opened(), mark(0, day(0)), CALENDAR, DEFAULTS)
    written = {**tracked.standing, StallRule.OVERDUE: Standing(mark(0, day(0)).event_id, evening(21))}

    after, _ = follow(replace(tracked, standing=written), ex.ACKNOWLEDGED, mark(1, day(1)), CALENDAR, DEFAULTS)

    assert after.standing[StallRule.OVERDUE].due_at == evening(21)
