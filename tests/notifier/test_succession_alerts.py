"""A district ends while its cases are open: its alerts end with the old owner and begin anew with who took over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from discipline.successions.alerts import Becomes, becomes
from notifier.alerts.state import alert_id
from notifier.rules.case import waits
from schemas.discipline import successions as su
from schemas.inspection.organisation import RestructuringKind
from schemas.notifier.alerts import AlertEnded, AlertEscalated, AlertOpened, StallRule
from tests.inspection.province import (
    COMMUNE,
    DISTRICT,
    HISTORY,
    INSPECTORATE,
    NEW_COMMUNE,
    PROVINCE,
    REFORMED,
    TWO_TIERS,
    person,
)
from tests.notifier import examples as ex
from tests.notifier.examples import day, evening
from tests.notifier.stage import CHAIR, CHIEF, SUPERIOR, Stage

R = StallRule
HEIR = f"{NEW_COMMUNE}-head"
BEFORE, LAST, REFORM = 80, 85, 86
"""Monday of the week before; the last working day of the district; 1 July 2025."""
DUE = evening(84)
PASSED_ON = ex.PASSED_ON.model_copy(update={"from_post": SUPERIOR, "owner_post": HEIR, "agency_id": NEW_COMMUNE})


def opened(**changes: Any) -> Any:
    """The district owns it, and it is due on its last Friday."""
    return ex.opened(**{"agency_id": DISTRICT, "owner_post": SUPERIOR, "due_at": DUE, **changes})


def reform(on: Stage) -> None:
    """The organisation of two tiers is recorded."""
    for event in REFORMED[len(HISTORY) :]:
        on.publish(event, day(BEFORE), stream="organisation")


async def standing(on: Stage) -> set[tuple[str, str]]:
    return {(row["rule"], row["owner_post"]) for row in await on.alerts(open_only=True)}


async def test_open_alerts_end_by_the_passing_on_and_begin_anew_with_who_took_over(on: Stage) -> None:
    reform(on)
    on.publish(opened(), day(BEFORE))
    await on.settle(day(LAST))
    assert await standing(on) == {(R.NOT_ACKNOWLEDGED, SUPERIOR), (R.OVERDUE, SUPERIOR)}

    passed = on.publish(PASSED_ON, day(REFORM))
    history = await on.settle(day(REFORM))
    ended = [event for event in history if isinstance(event, AlertEnded)]
    begun = [event for event in history if isinstance(event, AlertOpened)]

    assert {(one.ended_by, one.ended_type) for one in ended} == {(passed.event_id, PASSED_ON.type)}
    assert len(ended) == 2
    assert [(one.rule, one.owner_post, one.ladder[0].posts) for one in begun] == [(R.OVERDUE, HEIR, (HEIR,))]
    assert begun[0].alert_id == alert_id(ex.FINDING_ID, R.OVERDUE, passed.event_id)
    await on.settle(evening(REFORM + 2))
    assert await standing(on) == {(R.NOT_ACKNOWLEDGED, HEIR), (R.OVERDUE, HEIR)}


async def test_the_new_alert_climbs_from_its_first_step_beside_who_took_over(on: Stage) -> None:
    """Five working days for him; what the old one had told whom gives nobody less time."""
    reform(on)
    on.publish(opened(), day(BEFORE))
    on.publish(PASSED_ON, day(REFORM))
    await on.settle(day(REFORM))

    history = await on.settle(evening(REFORM + 5))

    overdue = {alert_id(ex.FINDING_ID, R.OVERDUE, basis["basis"]) for basis in await on.alerts(open_only=True)}
    climbed = [one.posts for one in history if isinstance(one, AlertEscalated) and one.alert_id in overdue]
    assert climbed == [(CHAIR,)]


async def test_what_was_not_sent_yet_to_the_old_owner_is_not_sent_any_more(on: Stage) -> None:
    on.publish(opened(), day(BEFORE))
    await on.settle(evening(82))
    reform(on)
    on.publish(PASSED_ON, day(REFORM))
    await on.settle(day(REFORM))

    old = [row for row in await on.deliveries() if row["post_id"] == SUPERIOR and row["channel"] == "email"]

    assert old
    assert {row["state"] for row in old} == {"suppressed"}


async def test_what_a_judge_owes_goes_on_and_its_ladder_tells_who_has_the_post_now(on: Stage) -> None:
    """An internal check of a commune: its district answers for the plan. The alert is the same before and after."""
    commune = {"agency_id": COMMUNE, "owner_post": f"{COMMUNE}-head", "due_at": evening(120)}
    on.publish(opened(internal_check=True, **commune), day(BEFORE - 2))
    for event, number in ((ex.ACKNOWLEDGED, BEFORE - 2), (ex.PLAN, BEFORE - 2)):
        on.publish(event, day(number))
    await on.settle(day(LAST))
    (before,) = await on.alerts(open_only=True)
    assert (before["rule"], before["owner_post"]) == (R.PLAN_NOT_ANSWERED, SUPERIOR)

    reform(on)
    on.publish(ex.PASSED_ON.model_copy(update={"owner_post": HEIR, "agency_id": NEW_COMMUNE}), day(REFORM))
    await on.settle(evening(REFORM + 1))
    (after,) = [row for row in await on.alerts(open_only=True) if row["rule"] == R.PLAN_NOT_ANSWERED]

    assert after["id"] == before["id"]
    assert after["due_at"] == before["due_at"]


async def test_a_step_that_names_a_post_of_an_ended_agency_tells_its_heir(on: Stage) -> None:
    """The commune's alert opened under the district; it climbs to it when the district is no more."""
    on.publish(opened(agency_id=COMMUNE, owner_post=f"{COMMUNE}-head", due_at=evening(120)), day(LAST - 5))
    await on.settle(evening(LAST - 3))
    reform(on)

    await on.settle(evening(LAST + 3))

    told = {(row["step"], row["post_id"], row["person_id"]) for row in await on.deliveries() if row["step"] == 1}
    assert told == {(1, SUPERIOR, person(f"head of {NEW_COMMUNE}"))}


@pytest.mark.parametrize(
    ("history", "rules"),
    [
        ((), {R.DUE_SOON_FIRST, R.DUE_SOON_LAST, R.OVERDUE, R.NOT_ACKNOWLEDGED}),
        ((ex.ACKNOWLEDGED,), {R.NO_PLAN}),
        ((ex.ACKNOWLEDGED, ex.PLAN), {R.PLAN_NOT_ANSWERED}),
        ((ex.ACKNOWLEDGED, ex.PLAN, ex.PLAN_ACCEPTED), {R.NO_PROGRESS}),
        ((ex.ACKNOWLEDGED, ex.PLAN, ex.PLAN_ACCEPTED, ex.ASKED), {R.EXTENSION_UNANSWERED}),
        ((ex.ACKNOWLEDGED, ex.PLAN, ex.PLAN_ACCEPTED, ex.CLAIMED), {R.VERIFICATION_PENDING}),
    ],
)
def test_what_a_plan_says_of_alerts_is_what_the_rules_do(history: tuple[Any, ...], rules: set[R]) -> None:
    told = [(event, day(number)) for number, event in enumerate((opened(due_at=evening(30)), *history))]
    passed = (PASSED_ON, day(10))
    before = {wait.rule: wait.basis for wait in waits(ex.case(*told))}
    after = {wait.rule: wait.basis for wait in waits(ex.case(*told, passed))}

    assert rules <= before.keys()
    for rule in rules:
        goes_on = after.get(rule) == before[rule]
        assert becomes(rule) is (Becomes.GOES_ON if goes_on else Becomes.BEGINS_ANEW), rule


# -- the plan itself --------------------------------------------------------------------------------------------------

PLAN_ID = ex.MATTER_ID
PROPOSED = su.SuccessionProposed(
    succession_id=PLAN_ID,
    kind=RestructuringKind.END,
    day=TWO_TIERS,
    predecessors=(DISTRICT,),
    successors=(NEW_COMMUNE,),
    heir_id=NEW_COMMUNE,
    heir_post=HEIR,
    passages=(),
)
APPROVED = su.SuccessionApproved(succession_id=PLAN_ID, approved_by=ex.PERSON)


async def test_a_plan_that_nobody_approves_is_told_to_the_chair_and_then_to_the_inspectorate(on: Stage) -> None:
    """The commune that is to inherit has no head before its day, so nobody is told there."""
    reform(on)
    on.publish(PROPOSED, day(BEFORE - 20), stream="plan")
    history = await on.settle(day(LAST))

    begun = next(one for one in history if isinstance(one, AlertOpened))
    climbed = [one.posts for one in history if isinstance(one, AlertEscalated)]

    assert (begun.rule, begun.owner_post, begun.agency_id) == (R.SUCCESSION_NOT_APPROVED, CHAIR, NEW_COMMUNE)
    assert begun.ends_at is not None
    assert (begun.ladder[0].posts, climbed) == ((CHAIR,), [(CHIEF,)])
    assert {PROVINCE, INSPECTORATE} == {CHAIR.removesuffix("-head"), CHIEF.removesuffix("-head")}


async def test_its_approval_ends_that_and_what_is_not_carried_out_in_time_climbs_by_the_heirs_head(on: Stage) -> None:
    reform(on)
    on.publish(PROPOSED, day(BEFORE), stream="plan")
    await on.settle(day(LAST))
    approved = on.publish(APPROVED, day(LAST), stream="plan")

    history = await on.settle(day(REFORM + 12) + timedelta(hours=1))

    (ended,) = [one for one in history if isinstance(one, AlertEnded)]
    (begun,) = [one for one in history if isinstance(one, AlertOpened)]
    assert (ended.ended_by, ended.ended_type) == (approved.event_id, APPROVED.type)
    assert (begun.rule, begun.owner_post) == (R.SUCCESSION_NOT_CARRIED_OUT, CHAIR)
    assert [one.posts for one in history if isinstance(one, AlertEscalated)] == [(HEIR,), (CHIEF,)]


async def test_a_plan_that_is_carried_out_in_time_alerts_nobody(on: Stage) -> None:
    done = su.SuccessionCarriedOut(succession_id=PLAN_ID, carried_out_by=ex.PERSON, carried_out_at=day(REFORM), went=())
    on.publish(PROPOSED, day(BEFORE - 40), stream="plan")
    on.publish(APPROVED, day(BEFORE - 30), stream="plan")
    on.publish(done, day(REFORM), stream="plan")

    assert await on.settle(day(REFORM + 20)) == []
