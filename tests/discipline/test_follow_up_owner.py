"""What the owner of a follow-up does, and in which order."""

from datetime import date, timedelta

import pytest

from discipline.follow_ups.commands import (
    Acknowledge,
    AssignOwner,
    ClaimCompletion,
    HandOver,
    ReportProgress,
    RequestExtension,
    SubmitPlan,
)
from discipline.follow_ups.refusals import (
    AlreadyAcknowledged,
    AlreadyOwner,
    CompletionAlreadyClaimed,
    EvidenceMissing,
    ExtensionAlreadyAsked,
    ExtensionAskedTooLate,
    ExtensionNotLater,
    ExtensionsUsedUp,
    FollowUpAlreadyCancelled,
    FollowUpAlreadyClosed,
    FollowUpUnknown,
    MeasureRepeated,
    NoPlanAccepted,
    NotAcknowledged,
    NotHeadOfAgency,
    NotTheOwner,
    OwnerOutsideAgency,
    PlanAlreadyAccepted,
    PlanAlreadySubmitted,
    RemediationAlreadyVerified,
)
from discipline.standing import Place
from schemas.base import Event
from schemas.discipline.followups import (
    ExtensionGranted,
    FollowUpClosed,
    FollowUpFindingAmended,
    FollowUpHandedOver,
    PlanSentBack,
    ProgressReported,
)
from schemas.refusal import Refusal
from tests.discipline.samples import (
    ACCEPTED,
    ASKED,
    ASSIGNED,
    CANCELLED,
    CHAIR,
    CLAIMED,
    CLAIMED_AT,
    CLERK,
    COLLEAGUE,
    CONFIRMED,
    DIRECTOR,
    DUE,
    FINDING,
    FOLLOW_UP,
    MEASURE,
    OPENED,
    OUTSIDER,
    PERMITS,
    PLAN,
    VERIFIED,
    WORKING,
    acknowledged,
    around,
    document,
    named,
    person,
)
from tests.specification import given

HEAD = person(DIRECTOR)
SENT_BACK = PlanSentBack(
    finding_id=FINDING, plan_number=1, sent_back_by=named("inspector"), reasons=document("reasons")
)
REPORT = ReportProgress(HEAD, 40, document("report"), (document("photo"),))
REPORTED = ProgressReported(finding_id=FINDING, percent=40, report=document("report"), evidence=(document("photo"),))
CLAIM = ClaimCompletion(HEAD, CLAIMED_AT, document("report"), (document("photo"),))
GRANTED = ExtensionGranted(
    finding_id=FINDING, request_number=1, decided_by=named("inspector"), due_at=DUE + timedelta(days=8)
)
AMENDED = FollowUpFindingAmended(finding_id=FINDING, due_at=DUE)


def ask(until: date = date(2025, 4, 29), late: timedelta = timedelta()) -> RequestExtension:
    return RequestExtension(HEAD, CLAIMED_AT + late, until, document("why"), ())


def handed_over(number: int, to: str = "construction-colleague", *, past_limit: bool) -> FollowUpHandedOver:
    return FollowUpHandedOver(
        finding_id=FINDING,
        from_post="construction-clerk",
        owner_post=to,
        hand_overs=number,
        past_limit=past_limit,
        agency_id="construction",
        directive_id="da-nang-2090",
        reason=document("why"),
    )


# -- one owner --------------------------------------------------------------------------------------------------------


def test_the_head_assigns_it_to_one_post_of_the_agency() -> None:
    given(FOLLOW_UP, OPENED).when(AssignOwner(HEAD, around(), CLERK)).then(ASSIGNED)


def test_an_authority_above_may_assign_it_too() -> None:
    command = AssignOwner(person(CHAIR), around(), CLERK)

    given(FOLLOW_UP, OPENED).when(command).then(ASSIGNED.model_copy(update={"assigned_by": "chair"}))


def test_assigning_is_no_hand_over_and_needs_a_new_acknowledgement() -> None:
    state = given(FOLLOW_UP, OPENED, acknowledged(), ASSIGNED).state

    assert state is not None
    assert (state.hand_overs, state.acknowledged, state.owner_post) == (0, False, "construction-clerk")


@pytest.mark.parametrize("somebody", [CLERK, PERMITS, OUTSIDER])
def test_nobody_else_assigns(somebody: Place) -> None:
    command = AssignOwner(person(somebody), around(), COLLEAGUE)

    given(FOLLOW_UP, OPENED).when(command).refused(NotHeadOfAgency("construction"))


def test_a_post_elsewhere_cannot_own_it() -> None:
    refusal = OwnerOutsideAgency("transport-clerk", "construction")

    given(FOLLOW_UP, OPENED).when(AssignOwner(HEAD, around(), OUTSIDER)).refused(refusal)


def test_a_post_of_a_unit_below_the_agency_can_own_it() -> None:
    after = given(FOLLOW_UP, OPENED).when(AssignOwner(HEAD, around(), PERMITS)).decided()

    assert after == (ASSIGNED.model_copy(update={"owner_post": "construction-permits-head"}),)


def test_assigning_to_the_owner_changes_nothing_and_is_refused() -> None:
    given(FOLLOW_UP, OPENED, ASSIGNED).when(AssignOwner(HEAD, around(), CLERK)).refused(
        AlreadyOwner("construction-clerk")
    )


def test_the_owner_hands_over_within_the_agency_and_it_counts() -> None:
    command = HandOver(person(CLERK), around(CLERK), COLLEAGUE, document("why"))

    given(FOLLOW_UP, OPENED, ASSIGNED).when(command).then(handed_over(1, past_limit=False))


def test_more_hand_overs_than_the_directive_tolerates_are_flagged() -> None:
    """The directive of the example tolerates one."""
    history = (OPENED, ASSIGNED, handed_over(1, past_limit=False), ASSIGNED)
    command = HandOver(person(CLERK), around(CLERK), COLLEAGUE, document("why"))

    after = given(FOLLOW_UP, *history).when(command).then(handed_over(2, past_limit=True))

    assert after.state is not None
    assert after.state.past_limit


def test_it_cannot_be_passed_sideways_to_another_agency() -> None:
    command = HandOver(person(CLERK), around(CLERK), OUTSIDER, document("why"))

    given(FOLLOW_UP, OPENED, ASSIGNED).when(command).refused(OwnerOutsideAgency("transport-clerk", "construction"))


def test_it_cannot_be_handed_over_to_oneself() -> None:
    command = HandOver(person(CLERK), around(CLERK), CLERK, document("why"))

    given(FOLLOW_UP, OPENED, ASSIGNED).when(command).refused(AlreadyOwner("construction-clerk"))


def test_whoever_gets_it_has_to_acknowledge_it() -> None:
    state = given(FOLLOW_UP, OPENED, ASSIGNED, acknowledged(CLERK), handed_over(1, past_limit=False)).state

    assert state is not None
    assert not state.acknowledged


def test_owning_is_the_posts_so_a_successor_acts_at_once() -> None:
    successor = person(CLERK, name="successor")

    given(FOLLOW_UP, OPENED, ASSIGNED).when(Acknowledge(successor)).then(acknowledged(CLERK))


@pytest.mark.parametrize(
    "command",
    [
        Acknowledge(person(COLLEAGUE)),
        SubmitPlan(person(COLLEAGUE), (MEASURE,)),
        ReportProgress(person(COLLEAGUE), 10, document("report"), ()),
        RequestExtension(person(COLLEAGUE), CLAIMED_AT, date(2025, 5, 1), document("why"), ()),
        ClaimCompletion(person(COLLEAGUE), CLAIMED_AT, document("report"), (document("photo"),)),
        HandOver(person(COLLEAGUE), around(CLERK), CLERK, document("why")),
    ],
)
def test_only_the_owner_acts(command: object) -> None:
    given(FOLLOW_UP, OPENED, ASSIGNED).when(command).refused(NotTheOwner("construction-clerk"))


# -- acknowledge, plan, progress, claim -------------------------------------------------------------------------------


def test_acknowledging_twice_is_refused() -> None:
    given(FOLLOW_UP, OPENED, acknowledged()).when(Acknowledge(HEAD)).refused(AlreadyAcknowledged)


def test_after_an_amendment_it_is_acknowledged_anew() -> None:
    given(FOLLOW_UP, OPENED, acknowledged(), AMENDED).when(Acknowledge(HEAD)).then(acknowledged())


def test_a_plan_follows_the_acknowledgement() -> None:
    given(FOLLOW_UP, OPENED, acknowledged()).when(SubmitPlan(HEAD, (MEASURE,))).then(PLAN)


def test_a_plan_that_was_sent_back_is_followed_by_another() -> None:
    second = PLAN.model_copy(update={"plan_number": 2})

    given(FOLLOW_UP, OPENED, acknowledged(), PLAN, SENT_BACK).when(SubmitPlan(HEAD, (MEASURE,))).then(second)


def test_after_an_amendment_another_plan_may_follow_an_accepted_one() -> None:
    second = PLAN.model_copy(update={"plan_number": 2})

    given(FOLLOW_UP, *WORKING, AMENDED, acknowledged()).when(SubmitPlan(HEAD, (MEASURE,))).then(second)


@pytest.mark.parametrize(
    ("history", "refusal"),
    [
        ((OPENED,), NotAcknowledged("construction-head")),
        ((OPENED, acknowledged(), PLAN), PlanAlreadySubmitted(1)),
        (WORKING, PlanAlreadyAccepted(1)),
        ((*WORKING, CLAIMED), CompletionAlreadyClaimed()),
    ],
)
def test_no_plan_out_of_turn(history: tuple[Event, ...], refusal: Refusal) -> None:
    given(FOLLOW_UP, *history).when(SubmitPlan(HEAD, (MEASURE,))).refused(refusal)


def test_two_measures_cannot_share_an_id() -> None:
    command = SubmitPlan(HEAD, (MEASURE, MEASURE))

    given(FOLLOW_UP, OPENED, acknowledged()).when(command).refused(MeasureRepeated("train-desk"))


def test_progress_rests_on_an_accepted_plan() -> None:
    given(FOLLOW_UP, OPENED, acknowledged(), PLAN, ACCEPTED).when(REPORT).then(REPORTED)


@pytest.mark.parametrize("command", [REPORT, CLAIM])
@pytest.mark.parametrize(
    ("history", "refusal"),
    [
        ((OPENED,), NotAcknowledged("construction-head")),
        ((OPENED, acknowledged()), NoPlanAccepted()),
        ((OPENED, acknowledged(), PLAN), NoPlanAccepted()),
        ((*WORKING, AMENDED), NotAcknowledged("construction-head")),
        ((*WORKING, CLAIMED), CompletionAlreadyClaimed()),
        ((*WORKING, CLAIMED, VERIFIED), RemediationAlreadyVerified()),
    ],
)
def test_no_progress_and_no_claim_out_of_turn(history: tuple[Event, ...], refusal: Refusal, command: object) -> None:
    given(FOLLOW_UP, *history).when(command).refused(refusal)


def test_a_claim_keeps_the_moment_of_its_receipt() -> None:
    given(FOLLOW_UP, *WORKING, REPORTED).when(CLAIM).then(CLAIMED)


def test_a_claim_needs_evidence() -> None:
    command = ClaimCompletion(HEAD, CLAIMED_AT, document("report"), ())

    given(FOLLOW_UP, *WORKING).when(command).refused(EvidenceMissing)


# -- extensions -------------------------------------------------------------------------------------------------------


def test_more_time_is_a_request_and_does_not_stop_the_clock() -> None:
    after = given(FOLLOW_UP, OPENED).when(ask()).then(ASKED)

    assert after.state is not None
    assert after.state.due_at == DUE


def test_one_request_at_a_time() -> None:
    given(FOLLOW_UP, OPENED, ASKED).when(ask()).refused(ExtensionAlreadyAsked(1))


def test_more_time_at_most_as_often_as_the_directive_allows() -> None:
    given(FOLLOW_UP, OPENED, ASKED, GRANTED).when(ask(date(2025, 5, 30))).refused(ExtensionsUsedUp(1, "da-nang-2090"))


@pytest.mark.parametrize("until", [date(2025, 4, 21), date(2025, 4, 1)])
def test_an_extension_never_shortens(until: date) -> None:
    given(FOLLOW_UP, OPENED).when(ask(until)).refused(ExtensionNotLater(until, date(2025, 4, 21)))


def test_more_time_can_be_asked_for_until_the_due_moment_and_not_after() -> None:
    left = DUE - CLAIMED_AT

    given(FOLLOW_UP, OPENED).when(ask(late=left)).then(ASKED)
    given(FOLLOW_UP, OPENED).when(ask(late=left + timedelta(microseconds=1))).refused(
        ExtensionAskedTooLate(date(2025, 4, 21))
    )


def test_what_was_verified_needs_no_more_time() -> None:
    given(FOLLOW_UP, *WORKING, CLAIMED, VERIFIED).when(ask()).refused(RemediationAlreadyVerified)


# -- the end ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "command",
    [Acknowledge(HEAD), SubmitPlan(HEAD, (MEASURE,)), REPORT, ask(), CLAIM, AssignOwner(HEAD, around(), CLERK)],
)
def test_nothing_is_left_to_do_where_it_never_was_was_closed_or_cancelled(command: object) -> None:
    closed = (*WORKING, CLAIMED, CONFIRMED, VERIFIED, FollowUpClosed(finding_id=FINDING))

    given(FOLLOW_UP).when(command).refused(FollowUpUnknown)
    given(FOLLOW_UP, *closed).when(command).refused(FollowUpAlreadyClosed(FINDING))
    given(FOLLOW_UP, OPENED, CANCELLED).when(command).refused(FollowUpAlreadyCancelled("finding_withdrawn"))
