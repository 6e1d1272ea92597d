"""Who may judge what the owner does, and what follows: never the owner, his subordinates or his unit."""

from datetime import date, timedelta

import pytest

from discipline.follow_ups.commands import (
    AcceptPlan,
    GrantExtension,
    RefuseExtension,
    RejectRemediation,
    SendBackPlan,
    Urge,
    VerifyRemediation,
)
from discipline.follow_ups.refusals import (
    ExtensionNotLater,
    NoCompletionClaimed,
    NoExtensionAsked,
    NoPlanSubmitted,
    NotAcknowledged,
    NotInternalInspectionNorSuperior,
    OwnerCannotJudge,
    RemediationAlreadyVerified,
    SubordinateCannotJudge,
    UnitCannotJudge,
    UrgingNotTheirs,
)
from discipline.follow_ups.state import Implementation
from discipline.standing import Person, Place
from schemas.base import Event
from schemas.discipline.followups import (
    ExtensionGranted,
    ExtensionRefused,
    FollowUpClosed,
    FollowUpFindingAmended,
    FollowUpUrged,
    PlanSentBack,
    RemediationRejected,
)
from schemas.inspection.findings import FindingSource
from schemas.refusal import Refusal
from tests.discipline.samples import (
    ACCEPTED,
    ASKED,
    ASSIGNED,
    CALENDAR,
    CHAIR,
    CHIEF_INSPECTOR,
    CLAIMED,
    CLERK,
    COLLEAGUE,
    CONFIRMED,
    DIRECTOR,
    DUE,
    FINDING,
    FOLLOW_UP,
    HOME_AFFAIRS_OFFICER,
    INSPECTOR,
    INTERNAL_INSPECTOR,
    OPENED,
    OUTSIDER,
    PERMITS,
    PERMITS_CLERK,
    PLAN,
    VERIFIED,
    WORKING,
    acknowledged,
    around,
    document,
    moment,
    named,
    opened,
    person,
)
from tests.specification import given

JUDGE = person(INSPECTOR)
CLOSED = FollowUpClosed(finding_id=FINDING)
INTERNAL = opened(source=FindingSource.INTERNAL_CHECK)
REASONS = document("reasons")


def verify(by: Person, owner: Place = DIRECTOR, holder: Person | None = None) -> VerifyRemediation:
    return VerifyRemediation(by, around(owner, holder))


# -- who --------------------------------------------------------------------------------------------------------------


def test_the_inspectorate_verifies() -> None:
    given(FOLLOW_UP, *WORKING, CLAIMED).when(verify(JUDGE)).then(VERIFIED)


@pytest.mark.parametrize(
    ("by", "refusal"),
    [
        (person(CLERK), OwnerCannotJudge("construction-clerk")),
        (person(INSPECTOR, name="construction-clerk"), OwnerCannotJudge("construction-clerk")),
        (person(INSPECTOR, CLERK), OwnerCannotJudge("construction-clerk")),
        (person(COLLEAGUE), UnitCannotJudge("construction")),
        (person(DIRECTOR), UnitCannotJudge("construction")),
        (person(PERMITS_CLERK), UnitCannotJudge("construction")),
        (person(INSPECTOR, COLLEAGUE), UnitCannotJudge("construction")),
    ],
)
def test_neither_the_owner_in_any_post_nor_his_unit_verifies(by: Person, refusal: Refusal) -> None:
    history = (OPENED, ASSIGNED, acknowledged(CLERK), PLAN, ACCEPTED, CLAIMED)

    given(FOLLOW_UP, *history).when(verify(by, CLERK)).refused(refusal)


def test_nobody_verifies_what_his_superior_owns() -> None:
    given(FOLLOW_UP, *WORKING, CLAIMED).when(verify(person(COLLEAGUE))).refused(
        SubordinateCannotJudge("construction-head")
    )


def test_nobody_verifies_for_his_superior_in_another_post() -> None:
    """The owner heads the inspectorate besides: its inspectors are his subordinates."""
    holder = person(DIRECTOR, CHIEF_INSPECTOR)

    given(FOLLOW_UP, *WORKING, CLAIMED).when(verify(JUDGE, DIRECTOR, holder)).refused(
        SubordinateCannotJudge("construction-head")
    )


@pytest.mark.parametrize("by", [person(INTERNAL_INSPECTOR), person(CHAIR)])
def test_for_an_internal_check_the_internal_inspection_unit_or_the_superior_agency_verifies(by: Person) -> None:
    history = (INTERNAL, ASSIGNED, acknowledged(CLERK), PLAN, ACCEPTED, CLAIMED)

    verified = VERIFIED.model_copy(update={"verified_by": by.person_id})
    given(FOLLOW_UP, *history).when(verify(by, CLERK)).then(verified)


@pytest.mark.parametrize("by", [JUDGE, person(COLLEAGUE), person(DIRECTOR), person(OUTSIDER), person(PERMITS)])
def test_for_an_internal_check_nobody_else_verifies(by: Person) -> None:
    history = (INTERNAL, ASSIGNED, acknowledged(CLERK), PLAN, ACCEPTED, CLAIMED)

    given(FOLLOW_UP, *history).when(verify(by, CLERK)).refused(NotInternalInspectionNorSuperior("construction"))


def test_the_internal_inspection_unit_cannot_verify_what_the_head_above_it_owns() -> None:
    history = (INTERNAL, acknowledged(), PLAN, ACCEPTED, CLAIMED)

    given(FOLLOW_UP, *history).when(verify(person(INTERNAL_INSPECTOR))).refused(
        SubordinateCannotJudge("construction-head")
    )


@pytest.mark.parametrize(
    "command",
    [
        AcceptPlan(person(COLLEAGUE), around(CLERK)),
        SendBackPlan(person(COLLEAGUE), around(CLERK), REASONS),
        GrantExtension(person(COLLEAGUE), around(CLERK), CALENDAR),
        RefuseExtension(person(COLLEAGUE), around(CLERK), REASONS),
        RejectRemediation(person(COLLEAGUE), around(CLERK), REASONS),
    ],
)
def test_the_same_holds_for_every_other_judgement(command: object) -> None:
    given(FOLLOW_UP, OPENED, ASSIGNED).when(command).refused(UnitCannotJudge("construction"))


# -- what -------------------------------------------------------------------------------------------------------------


def test_a_plan_is_accepted() -> None:
    given(FOLLOW_UP, OPENED, acknowledged(), PLAN).when(AcceptPlan(JUDGE, around())).then(ACCEPTED)


def test_a_plan_is_sent_back_with_reasons() -> None:
    back = PlanSentBack(finding_id=FINDING, plan_number=1, sent_back_by=JUDGE.person_id, reasons=REASONS)

    given(FOLLOW_UP, OPENED, acknowledged(), PLAN).when(SendBackPlan(JUDGE, around(), REASONS)).then(back)


@pytest.mark.parametrize("history", [(OPENED,), WORKING])
@pytest.mark.parametrize("command", [AcceptPlan(JUDGE, around()), SendBackPlan(JUDGE, around(), REASONS)])
def test_only_a_submitted_plan_is_answered(history: tuple[Event, ...], command: object) -> None:
    given(FOLLOW_UP, *history).when(command).refused(NoPlanSubmitted)


def test_an_extension_is_granted_as_asked_until_the_end_of_the_day() -> None:
    granted = ExtensionGranted(
        finding_id=FINDING, request_number=1, decided_by=JUDGE.person_id, due_at=moment("2025-04-29", "17:00")
    )

    after = given(FOLLOW_UP, OPENED, ASKED).when(GrantExtension(JUDGE, around(), CALENDAR)).then(granted)

    assert after.state is not None
    assert (after.state.due_at, after.state.extensions_granted, after.state.asked) == (granted.due_at, 1, None)


def test_a_granted_last_day_that_is_off_rolls_to_the_next_working_day() -> None:
    """30 April and 1 May 2025 are off; 2 May is a Friday."""
    command = GrantExtension(JUDGE, around(), CALENDAR, until=date(2025, 4, 30))
    granted = ExtensionGranted(
        finding_id=FINDING, request_number=1, decided_by=JUDGE.person_id, due_at=moment("2025-05-02", "17:00")
    )

    given(FOLLOW_UP, OPENED, ASKED).when(command).then(granted)


def test_a_grant_never_shortens() -> None:
    command = GrantExtension(JUDGE, around(), CALENDAR, until=date(2025, 4, 21))

    given(FOLLOW_UP, OPENED, ASKED).when(command).refused(ExtensionNotLater(date(2025, 4, 21), date(2025, 4, 21)))


def test_an_amendment_may_overtake_what_was_asked_for() -> None:
    amended = FollowUpFindingAmended(finding_id=FINDING, due_at=DUE + timedelta(days=30))

    given(FOLLOW_UP, OPENED, ASKED, amended).when(GrantExtension(JUDGE, around(), CALENDAR)).refused(
        ExtensionNotLater(date(2025, 4, 29), date(2025, 5, 21))
    )


def test_a_refused_extension_leaves_the_due_day_and_room_for_another_request() -> None:
    refused = ExtensionRefused(finding_id=FINDING, request_number=1, decided_by=JUDGE.person_id, reasons=REASONS)

    after = given(FOLLOW_UP, OPENED, ASKED).when(RefuseExtension(JUDGE, around(), REASONS)).then(refused)

    assert after.state is not None
    assert (after.state.due_at, after.state.asked, after.state.extensions_granted) == (DUE, None, 0)


@pytest.mark.parametrize(
    "command", [GrantExtension(JUDGE, around(), CALENDAR), RefuseExtension(JUDGE, around(), REASONS)]
)
def test_only_an_asked_extension_is_decided(command: object) -> None:
    given(FOLLOW_UP, OPENED).when(command).refused(NoExtensionAsked)


@pytest.mark.parametrize(("late", "on_time"), [(timedelta(), True), (timedelta(microseconds=1), False)])
def test_timeliness_is_judged_by_the_receipt_of_the_claim(late: timedelta, on_time: bool) -> None:
    claimed = CLAIMED.model_copy(update={"received_at": DUE + late})

    given(FOLLOW_UP, *WORKING, claimed).when(verify(JUDGE)).then(VERIFIED.model_copy(update={"on_time": on_time}))


def test_verification_closes_what_was_confirmed() -> None:
    given(FOLLOW_UP, *WORKING, CONFIRMED, CLAIMED).when(verify(JUDGE)).then(VERIFIED, CLOSED)


def test_a_rejected_claim_goes_back_to_progress() -> None:
    rejected = RemediationRejected(finding_id=FINDING, rejected_by=JUDGE.person_id, reasons=REASONS)

    after = given(FOLLOW_UP, *WORKING, CLAIMED).when(RejectRemediation(JUDGE, around(), REASONS)).then(rejected)

    assert after.state is not None
    assert (after.state.implementation, after.state.claimed_at) == (Implementation.IN_PROGRESS, None)


@pytest.mark.parametrize("command", [verify(JUDGE), RejectRemediation(JUDGE, around(), REASONS)])
def test_only_a_claim_is_verified_or_rejected(command: object) -> None:
    given(FOLLOW_UP, *WORKING).when(command).refused(NoCompletionClaimed)


def test_it_is_verified_once() -> None:
    given(FOLLOW_UP, *WORKING, CLAIMED, VERIFIED).when(verify(JUDGE)).refused(RemediationAlreadyVerified)


def test_an_amended_finding_is_acknowledged_before_it_is_verified() -> None:
    amended = FollowUpFindingAmended(finding_id=FINDING, due_at=DUE)

    given(FOLLOW_UP, *WORKING, CLAIMED, amended).when(verify(JUDGE)).refused(NotAcknowledged("construction-head"))


# -- urging -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", [person(INSPECTOR), person(HOME_AFFAIRS_OFFICER), person(CHAIR)])
def test_who_watches_urges(by: Person) -> None:
    urged = FollowUpUrged(finding_id=FINDING, urged_by=by.person_id, message=document("message"))

    given(FOLLOW_UP, OPENED).when(Urge(by, around(), document("message"))).then(urged)


@pytest.mark.parametrize(
    "by", [person(OUTSIDER), person(COLLEAGUE), person(INTERNAL_INSPECTOR), Person(named("x"), ())]
)
def test_nobody_else_urges(by: Person) -> None:
    given(FOLLOW_UP, OPENED).when(Urge(by, around(), document("message"))).refused(UrgingNotTheirs("construction"))
