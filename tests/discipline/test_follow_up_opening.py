"""What a finding's fate does to its follow-up: policies' commands, all of them total."""

from datetime import timedelta

import pytest

from discipline.follow_ups.commands import (
    CancelFollowUp,
    FollowAmendment,
    FollowConfirmation,
    NoteLadderExhausted,
    OpenFollowUp,
)
from discipline.follow_ups.state import Life
from discipline.follow_ups.view import FollowUpStatus, status
from schemas.base import Event
from schemas.discipline.followups import (
    CancellationGround,
    FollowUpCancelled,
    FollowUpClosed,
    FollowUpFindingAmended,
    FollowUpLadderExhausted,
    ReviewDemanded,
)
from schemas.discipline.reviews import ReviewGround
from schemas.inspection.findings import FindingAmended, FindingSource
from schemas.values import Answerable
from tests.discipline.samples import (
    CANCELLED,
    CLAIMED,
    CONFIRMED,
    DUE,
    FINDING,
    FOLLOW_UP,
    MATTER,
    OFFICIAL,
    OPENED,
    POSTS,
    REVIEW_TERMS,
    VERIFIED,
    WORKING,
    acknowledged,
    answerable,
    confirmed_finding,
    document,
    named,
    opened,
    submitted,
)
from tests.specification import given

ALERT = named("alert")
EXHAUSTED = FollowUpLadderExhausted(finding_id=FINDING, alert_id=ALERT)
CLOSED = FollowUpClosed(finding_id=FINDING)


def demanded(ground: ReviewGround, *who: Answerable) -> ReviewDemanded:
    return ReviewDemanded(
        finding_id=FINDING,
        ground=ground,
        matter_id=MATTER,
        agency_id="construction",
        directive_id="da-nang-2090",
        fact_date=CONFIRMED.fact_date,
        detected_at=CONFIRMED.detected_at,
        answerable=who,
        officials=(OFFICIAL,),
        posts=POSTS,
        terms=REVIEW_TERMS,
    )


def amended(days_later: int) -> FollowAmendment:
    content = submitted().content
    due_at = DUE + timedelta(days=days_later)
    return FollowAmendment(FindingAmended(finding_id=FINDING, content=content, reason=document("why"), due_at=due_at))


def test_a_submitted_finding_opens_a_provisional_follow_up_owned_by_the_heads_post() -> None:
    state = given(FOLLOW_UP).when(OpenFollowUp(submitted())).then(OPENED).state

    assert state is not None
    assert (state.owner_post, state.due_at, state.confirmation) == ("construction-head", DUE, None)


def test_it_opens_once() -> None:
    given(FOLLOW_UP, OPENED).when(OpenFollowUp(submitted())).then()


def test_a_finding_of_an_internal_check_opens_one_that_is_judged_otherwise() -> None:
    assert opened(source=FindingSource.INTERNAL_CHECK).internal_check
    assert not OPENED.internal_check


def test_confirmation_ends_its_being_provisional() -> None:
    given(FOLLOW_UP, OPENED).when(FollowConfirmation(confirmed_finding())).then(CONFIRMED)


def test_confirmation_counts_once() -> None:
    given(FOLLOW_UP, OPENED, CONFIRMED).when(FollowConfirmation(confirmed_finding())).then()


def test_confirmation_closes_what_was_verified_before() -> None:
    given(FOLLOW_UP, *WORKING, CLAIMED, VERIFIED).when(FollowConfirmation(confirmed_finding())).then(CONFIRMED, CLOSED)


def test_an_amendment_needs_a_new_acknowledgement() -> None:
    after = (
        given(FOLLOW_UP, OPENED, acknowledged())
        .when(amended(7))
        .then(FollowUpFindingAmended(finding_id=FINDING, due_at=DUE + timedelta(days=7)))
    )

    assert after.state is not None
    assert not after.state.acknowledged


def test_an_amendment_never_shortens_the_deadline() -> None:
    given(FOLLOW_UP, OPENED).when(amended(-7)).then(FollowUpFindingAmended(finding_id=FINDING, due_at=DUE))


def test_an_amendment_after_verification_asks_for_another_verification_and_keeps_the_claim() -> None:
    """What was verified was another content; the owner's claim was received when it was received."""
    after = (
        given(FOLLOW_UP, *WORKING, CLAIMED, VERIFIED)
        .when(amended(0))
        .then(FollowUpFindingAmended(finding_id=FINDING, due_at=DUE))
    )

    assert after.state is not None
    assert (status(after.state), after.state.claimed_at) == (FollowUpStatus.CLAIMED, CLAIMED.received_at)


@pytest.mark.parametrize("history", [(OPENED,), WORKING, (*WORKING, CLAIMED, CONFIRMED, VERIFIED, CLOSED)])
@pytest.mark.parametrize("ground", CancellationGround)
def test_a_finding_that_falls_away_cancels_from_any_state(
    history: tuple[Event, ...], ground: CancellationGround
) -> None:
    original = named("original") if ground is CancellationGround.DUPLICATE else None
    after = (
        given(FOLLOW_UP, *history)
        .when(CancelFollowUp(ground, original))
        .then(
            FollowUpCancelled(
                finding_id=FINDING,
                ground=ground,
                original_id=original,
                agency_id="construction",
                directive_id="da-nang-2090",
            )
        )
    )

    assert after.state is not None
    assert after.state.life is Life.CANCELLED


def test_a_violation_type_that_demands_a_review_demands_it_on_confirmation() -> None:
    terms = answerable(Answerable.OFFICIAL)

    (
        given(FOLLOW_UP, opened(terms))
        .when(FollowConfirmation(confirmed_finding(terms)))
        .then(CONFIRMED, demanded(ReviewGround.VIOLATION_TYPE, Answerable.OFFICIAL))
    )


def test_nothing_is_demanded_before_confirmation() -> None:
    given(FOLLOW_UP, opened(answerable(Answerable.OFFICIAL))).when(NoteLadderExhausted(ALERT)).then(EXHAUSTED)


def test_a_ladder_exhausted_after_confirmation_demands_a_review_where_the_directive_says_so() -> None:
    """Where its words name nobody, the head answers for his agency."""
    (
        given(FOLLOW_UP, OPENED, CONFIRMED)
        .when(NoteLadderExhausted(ALERT))
        .then(EXHAUSTED, demanded(ReviewGround.LAST_STEP_PASSED, Answerable.HEAD))
    )


def test_a_ladder_exhausted_before_confirmation_demands_it_on_confirmation() -> None:
    (
        given(FOLLOW_UP, OPENED, EXHAUSTED)
        .when(FollowConfirmation(confirmed_finding()))
        .then(CONFIRMED, demanded(ReviewGround.LAST_STEP_PASSED, Answerable.HEAD))
    )


def test_a_ground_demands_once_however_many_ladders_are_exhausted() -> None:
    another = FollowUpLadderExhausted(finding_id=FINDING, alert_id=named("another"))

    (
        given(FOLLOW_UP, OPENED, CONFIRMED, EXHAUSTED, demanded(ReviewGround.LAST_STEP_PASSED, Answerable.HEAD))
        .when(NoteLadderExhausted(named("another")))
        .then(another)
    )


def test_an_exhausted_ladder_demands_nothing_where_the_directive_is_silent() -> None:
    terms = answerable(demands_review=False).model_copy(update={"review_on_last_step": False})

    given(FOLLOW_UP, opened(terms), CONFIRMED).when(NoteLadderExhausted(ALERT)).then(EXHAUSTED)


def test_history_demands_no_review() -> None:
    terms = answerable(Answerable.HEAD)

    (
        given(FOLLOW_UP, opened(terms, historic=True))
        .when(FollowConfirmation(confirmed_finding(terms)))
        .then(CONFIRMED.model_copy(update={"historic": True}))
    )


@pytest.mark.parametrize(
    "command",
    [
        amended(1),
        FollowConfirmation(confirmed_finding()),
        CancelFollowUp(CancellationGround.FINDING_DISMISSED),
        NoteLadderExhausted(ALERT),
    ],
)
@pytest.mark.parametrize("history", [(), (OPENED, CANCELLED)])
def test_policies_ask_nothing_of_what_never_was_or_is_cancelled(history: tuple[Event, ...], command: object) -> None:
    given(FOLLOW_UP, *history).when(command).then()


def test_the_same_alert_is_noted_once() -> None:
    given(FOLLOW_UP, OPENED, EXHAUSTED).when(NoteLadderExhausted(ALERT)).then()
