"""A plan of succession: proposed by rule, put right by people, approved by the chair, and carried out once."""

from __future__ import annotations

from datetime import date

import pytest

from discipline.follow_ups.commands import PassOn
from discipline.standing import Person
from discipline.successions import decide, evolve, refusals
from discipline.successions.commands import (
    ApproveSuccession,
    CarryOutSuccession,
    CorrectSuccession,
    ProposeSuccession,
    WithdrawSuccession,
)
from discipline.successions.state import State, initial
from schemas.discipline.followups import FollowUpPassedOn
from schemas.discipline.successions import (
    Matter,
    Passage,
    Singled,
    SuccessionApproved,
    SuccessionCarriedOut,
    SuccessionCorrected,
    SuccessionProposed,
    SuccessionWithdrawn,
    Went,
)
from schemas.inspection.organisation import RestructuringAnnounced, RestructuringKind
from schemas.refusal import Refusal
from schemas.values import Posts
from tests.discipline.samples import (
    ACCEPTED,
    CANCELLED,
    CHAIR,
    CLERK,
    FINDING,
    FOLLOW_UP,
    OPENED,
    PLAN,
    acknowledged,
    document,
    moment,
    named,
    person,
)
from tests.specification import Decider, given

SUCCESSION: Decider[State] = Decider(initial, decide.decide, evolve.evolve)
ACT, DAY = named("act"), date(2025, 7, 1)
HEIR, OTHER = "phu-son-head", "tan-lap-head"
CHAINS = {HEIR: ("phu-son", "province"), OTHER: ("tan-lap", "province"), "desk": ("desk", "tan-lap", "province")}
AUTHORITY = person(CHAIR)
ANNOUNCED = RestructuringAnnounced(
    authority_id="province",
    valid_from=DAY,
    succession_id=ACT,
    kind=RestructuringKind.SPLIT,
    predecessors=("district",),
    successors=("phu-son", "tan-lap"),
    heir_id="phu-son",
)
PROPOSE = ProposeSuccession(ANNOUNCED, HEIR, ("district-head", "district-clerk"))
PROPOSED = SuccessionProposed(
    succession_id=ACT,
    kind=RestructuringKind.SPLIT,
    day=DAY,
    predecessors=("district",),
    successors=("phu-son", "tan-lap"),
    heir_id="phu-son",
    heir_post=HEIR,
    passages=(Passage(from_post="district-head", to_post=HEIR), Passage(from_post="district-clerk", to_post=HEIR)),
)
APPROVED = SuccessionApproved(succession_id=ACT, approved_by=AUTHORITY.person_id)
WITHDRAWN = SuccessionWithdrawn(succession_id=ACT)
WENT = (Went(matter=Matter.FOLLOW_UP, from_place="district-head", to_post=HEIR, moved=True, count=3),)
CARRIED_OUT = SuccessionCarriedOut(
    succession_id=ACT, carried_out_by=AUTHORITY.person_id, carried_out_at=moment("2025-07-01"), went=WENT
)


def correcting(*passages: tuple[str, str], singled: tuple[tuple[str, str], ...] = ()) -> CorrectSuccession:
    return CorrectSuccession(
        by=AUTHORITY,
        passages=tuple(Passage(from_post=before, to_post=after) for before, after in passages),
        singled=tuple(Singled(finding_id=named(name), to_post=after) for name, after in singled),
        chains=CHAINS,
        posts={"district-head", "district-clerk", "district-new-desk"},
        owned={named("one"), named("another")},
        reasons=document("why"),
    )


def corrected(command: CorrectSuccession) -> SuccessionCorrected:
    return SuccessionCorrected(
        succession_id=ACT,
        corrected_by=AUTHORITY.person_id,
        passages=command.passages,
        singled=command.singled,
        reasons=command.reasons,
    )


def carrying_out(*, today: date = DAY, recorded: bool = True, by: Person = AUTHORITY) -> CarryOutSuccession:
    return CarryOutSuccession(by, "chair", moment("2025-07-01"), today, recorded, WENT)


def test_an_announced_act_proposes_that_everything_goes_to_the_heirs_head() -> None:
    given(SUCCESSION).when(PROPOSE).then(PROPOSED).when(PROPOSE).then()


def test_it_is_put_right_post_by_post_and_case_by_case() -> None:
    command = correcting(("district-clerk", "desk"), singled=(("one", OTHER),))
    plan = given(SUCCESSION, PROPOSED).when(command).then(corrected(command)).state

    assert plan is not None
    assert plan.goes_to(named("one"), "district-clerk") == OTHER
    assert plan.goes_to(named("another"), "district-clerk") == "desk"
    assert plan.goes_to(named("another"), "district-head") == HEIR
    assert plan.goes_to(named("another"), "a-post-that-came-later") == HEIR


def test_only_posts_of_agencies_that_end_give_and_only_those_of_successors_take() -> None:
    given(SUCCESSION, PROPOSED).when(correcting(("elsewhere", OTHER))).refused(refusals.NotOfPredecessor("elsewhere"))
    goal = correcting(("district-head", "nowhere"))
    given(SUCCESSION, PROPOSED).when(goal).refused(refusals.NotOfSuccessor("nowhere", DAY))


def test_a_post_that_was_created_after_the_plan_gives_as_well() -> None:
    command = correcting(("district-new-desk", OTHER))
    given(SUCCESSION, PROPOSED).when(command).then(corrected(command))


def test_only_what_goes_on_at_agencies_that_end_goes_elsewhere_for_itself() -> None:
    command = correcting(singled=(("one", OTHER), ("closed", OTHER)))
    given(SUCCESSION, PROPOSED).when(command).refused(refusals.NotOpenAtPredecessor(named("closed")))


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (correcting(), refusals.NothingCorrected()),
        (correcting(("district-head", HEIR), ("district-head", OTHER)), refusals.CorrectedTwice("district-head")),
        (correcting(singled=(("one", HEIR), ("one", OTHER))), refusals.CorrectedTwice(str(named("one")))),
    ],
)
def test_a_correction_names_something_and_nothing_twice(command: CorrectSuccession, refusal: Refusal) -> None:
    given(SUCCESSION, PROPOSED).when(command).refused(refusal)


def test_the_chair_approves_it() -> None:
    given(SUCCESSION, PROPOSED).when(ApproveSuccession(AUTHORITY, "chair")).then(APPROVED)
    clerk = ApproveSuccession(person(CLERK), "chair")
    given(SUCCESSION, PROPOSED).when(clerk).refused(refusals.NotTheChair("chair"))


def test_an_approved_plan_stands_as_it_was_approved() -> None:
    approved = given(SUCCESSION, PROPOSED, APPROVED)
    approved.when(correcting(("district-head", OTHER))).refused(refusals.SuccessionNotProposed("approved"))
    approved.when(ApproveSuccession(AUTHORITY, "chair")).refused(refusals.SuccessionNotProposed("approved"))


def test_it_is_carried_out_once() -> None:
    done = given(SUCCESSION, PROPOSED, APPROVED).when(carrying_out()).then(CARRIED_OUT)
    done.when(carrying_out()).refused(refusals.SuccessionNotApproved("carried_out"))


def test_what_nobody_approved_is_not_carried_out() -> None:
    given(SUCCESSION, PROPOSED).when(carrying_out()).refused(refusals.SuccessionNotApproved("proposed"))
    by = carrying_out(by=person(CLERK))
    given(SUCCESSION, PROPOSED, APPROVED).when(by).refused(refusals.NotTheChair("chair"))


def test_nothing_passes_on_before_the_agencies_have_ended() -> None:
    approved = given(SUCCESSION, PROPOSED, APPROVED)
    approved.when(carrying_out(today=date(2025, 6, 30))).refused(refusals.SuccessionAhead(DAY))
    approved.when(carrying_out(recorded=False)).refused(refusals.EndNotRecorded)


def test_with_the_act_its_plan_is_withdrawn_and_what_was_done_stays_done() -> None:
    given(SUCCESSION, PROPOSED, APPROVED).when(WithdrawSuccession()).then(WITHDRAWN).when(WithdrawSuccession()).then()
    given(SUCCESSION, PROPOSED, APPROVED, CARRIED_OUT).when(WithdrawSuccession()).then()
    given(SUCCESSION).when(WithdrawSuccession()).then()
    given(SUCCESSION, PROPOSED, WITHDRAWN).when(carrying_out()).refused(refusals.SuccessionNotApproved)


@pytest.mark.parametrize("command", [correcting(), ApproveSuccession(AUTHORITY, "chair"), carrying_out()])
def test_without_an_act_there_is_no_plan(command: object) -> None:
    given(SUCCESSION).when(command).refused(refusals.SuccessionUnknown)


# -- a follow-up that passes on ---------------------------------------------------------------------------------------

AROUND = Posts(head=HEIR, superior="chair", inspectorate="inspectorate-head", chair="chair")
PASS_ON = PassOn(ACT, HEIR, "phu-son", AROUND)
PASSED_ON = FollowUpPassedOn(
    finding_id=FINDING,
    succession_id=ACT,
    from_post="construction-head",
    owner_post=HEIR,
    agency_id="phu-son",
    posts=AROUND,
)


def test_it_passes_on_once_is_no_hand_over_and_is_acknowledged_anew() -> None:
    after = given(FOLLOW_UP, OPENED, acknowledged(), PLAN, ACCEPTED).when(PASS_ON).then(PASSED_ON)
    state = after.state

    assert state is not None
    assert (state.owner_post, state.mends, state.acknowledged) == (HEIR, "phu-son", False)
    assert (state.hand_overs, state.agency_id) == (0, "construction")
    after.when(PASS_ON).then()


def test_what_is_over_does_not_pass_on() -> None:
    given(FOLLOW_UP, OPENED, CANCELLED).when(PASS_ON).then()
