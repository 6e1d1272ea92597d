"""What follows from events without being asked."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from discipline.days import end_of
from discipline.follow_ups.commands import (
    CancelFollowUp,
    FollowAmendment,
    FollowConfirmation,
    NoteLadderExhausted,
    OpenFollowUp,
)
from discipline.policies import OnFollowUp, OnRecord, react
from discipline.proposals import Demand, loss, proposals
from discipline.records.commands import CountFinding, UndoCount
from discipline.reviews.reckoning import Setting
from discipline.reviews.state import review_id
from schemas.base import Event
from schemas.discipline.followups import CancellationGround, ReviewDemanded
from schemas.discipline.records import CountUndone, ThresholdReached, ThresholdUndone
from schemas.discipline.reviews import ReviewGround, Subject
from schemas.inspection.findings import (
    FindingAmended,
    FindingContested,
    FindingDismissed,
    FindingDrafted,
    FindingDraftRevised,
    FindingMarkedDuplicate,
    FindingWithdrawn,
)
from schemas.notifier.alerts import AlertLadderExhausted, CaseKind, StallRule
from schemas.registry import AnyEvent
from schemas.values import Answerable, SubjectKind
from services.adapters import law
from tests.discipline.samples import (
    CALENDAR,
    CANCELLED,
    CLERK_REVIEWED,
    COLLECTIVE,
    CONFIRMED,
    DUE,
    FINDING,
    MATTER,
    OFFICIAL,
    OPENED,
    POSTS,
    REVIEW_TERMS,
    confirmed_finding,
    document,
    item,
    moment,
    named,
    submitted,
)

AMENDED = FindingAmended(finding_id=FINDING, content=submitted().content, reason=document("why"), due_at=DUE)
HEAD = Subject(
    kind=SubjectKind.CIVIL_SERVANT, agency_id="construction", person_id=named("head"), post_id="construction-head"
)
CHAIR = Subject(kind=SubjectKind.CADRE, agency_id="province", person_id=named("chair"), post_id="chair")
SETTING = Setting(moment("2025-04-01"), law.shipped(), CALENDAR)
HEADS = {Answerable.HEAD: HEAD, Answerable.HEAD_ABOVE: CHAIR}


def exhausted(kind: CaseKind) -> AlertLadderExhausted:
    return AlertLadderExhausted(alert_id=named("alert"), case_id=FINDING, rule=StallRule.OVERDUE, case_kind=kind)


def demanded(*who: Answerable, officials: bool = True) -> ReviewDemanded:
    return ReviewDemanded(
        finding_id=FINDING,
        ground=ReviewGround.VIOLATION_TYPE,
        matter_id=MATTER,
        agency_id="construction",
        directive_id="da-nang-2090",
        fact_date=date(2025, 3, 28),
        detected_at=moment("2025-03-31"),
        answerable=who,
        officials=(OFFICIAL,) if officials else (),
        posts=POSTS,
        terms=REVIEW_TERMS,
    )


REACHED = ThresholdReached(
    agency_id="construction",
    directive_id="da-nang-2090",
    finding_id=named("c"),
    matter_id=named("set"),
    basis=tuple(item(name, ReviewGround.THRESHOLD) for name in "abc"),
    threshold=3,
    period_days=180,
    terms=REVIEW_TERMS,
)


@pytest.mark.parametrize(
    ("event", "policy", "command"),
    [
        (submitted(), "open-follow-up", OpenFollowUp(submitted())),
        (AMENDED, "follow-amendment", FollowAmendment(AMENDED)),
        (confirmed_finding(), "follow-confirmation", FollowConfirmation(confirmed_finding())),
        (
            FindingWithdrawn(finding_id=FINDING, reason=document("why")),
            "cancel-follow-up",
            CancelFollowUp(CancellationGround.FINDING_WITHDRAWN),
        ),
        (
            FindingDismissed(
                finding_id=FINDING, dismissed_by=named("leader"), agency_id="construction", reason=document("why")
            ),
            "cancel-follow-up",
            CancelFollowUp(CancellationGround.FINDING_DISMISSED),
        ),
        (
            FindingMarkedDuplicate(
                finding_id=FINDING, original_id=named("original"), agency_id="construction", reason="same-fact"
            ),
            "cancel-follow-up",
            CancelFollowUp(CancellationGround.DUPLICATE, named("original")),
        ),
        (exhausted(CaseKind.FOLLOW_UP), "note-ladder-exhausted", NoteLadderExhausted(named("alert"))),
    ],
)
def test_what_follows_for_the_follow_up_of_a_finding(event: AnyEvent, policy: str, command: object) -> None:
    (order,) = react(event)

    assert isinstance(order, OnFollowUp)
    assert (order.policy, order.finding_id, order.command) == (policy, FINDING, command)


def test_a_confirmed_finding_counts_in_the_record_of_its_agency_unless_it_is_history() -> None:
    assert react(CONFIRMED) == (OnRecord("count-finding", "construction", "da-nang-2090", CountFinding(CONFIRMED)),)
    assert react(CONFIRMED.model_copy(update={"historic": True})) == ()


def test_a_cancelled_follow_up_undoes_its_count() -> None:
    undo = UndoCount(FINDING, "construction", "da-nang-2090")

    assert react(CANCELLED) == (OnRecord("undo-count", "construction", "da-nang-2090", undo),)


@pytest.mark.parametrize(
    "event",
    [
        FindingDrafted(finding_id=FINDING, content=submitted().content, inspector_id=None),
        FindingDraftRevised(finding_id=FINDING, content=submitted().content),
        FindingContested(finding_id=FINDING, post_id="construction-head", reasons=document("why")),
        exhausted(CaseKind.REVIEW),
        OPENED,
    ],
)
def test_nothing_follows_from_drafts_objections_and_ladders_of_other_cases(event: AnyEvent) -> None:
    assert react(event) == ()


# -- whose review -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("demand", "subjects"),
    [
        (demanded(Answerable.OFFICIAL), [CLERK_REVIEWED]),
        (demanded(Answerable.COLLECTIVE), [COLLECTIVE]),
        (demanded(Answerable.HEAD, Answerable.HEAD_ABOVE), [HEAD, CHAIR]),
        (demanded(*Answerable), [CLERK_REVIEWED, COLLECTIVE, HEAD, CHAIR]),
        (demanded(Answerable.OFFICIAL, officials=False), [COLLECTIVE]),
        (demanded(Answerable.OFFICIAL, Answerable.HEAD, officials=False), [HEAD]),
        (REACHED, [COLLECTIVE]),
    ],
)
def test_whose_review_a_demand_proposes(demand: Demand, subjects: list[Subject]) -> None:
    """Where the finding names no official and nobody else answers, the collective's meeting finds out who did."""
    found = proposals(demand, HEADS, SETTING)

    assert [command.subject for command in found.values()] == subjects
    assert list(found) == [review_id(demand.matter_id, subject) for subject in subjects]


def test_the_authoritys_days_run_from_the_demand_however_late_it_is_heard() -> None:
    """Ten working days after Tuesday, 1 April 2025."""
    (command,) = proposals(demanded(Answerable.COLLECTIVE), {}, SETTING).values()

    assert command.open_until == end_of(date(2025, 4, 15))
    assert command.basis == (item(),)


def test_where_a_head_is_asked_for_and_there_is_none_the_collective_answers() -> None:
    alone = demanded(Answerable.HEAD_ABOVE)

    assert [command.subject for command in proposals(alone, {}, SETTING).values()] == [COLLECTIVE]


# -- what is lost -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("event", "findings", "ground"),
    [
        (CANCELLED, (FINDING,), None),
        (CountUndone(agency_id="construction", directive_id="x", finding_id=FINDING), (FINDING,), None),
        (
            ThresholdUndone(
                agency_id="construction",
                directive_id="x",
                finding_id=named("b"),
                matter_id=named("set"),
                basis=REACHED.basis,
            ),
            (named("a"), named("b"), named("c")),
            ReviewGround.THRESHOLD,
        ),
    ],
)
def test_what_reviews_lose(event: Event, findings: tuple[UUID, ...], ground: ReviewGround | None) -> None:
    at = datetime(2025, 4, 1, 2, tzinfo=UTC)

    command = loss(event, at, CALENDAR)  # type: ignore[arg-type]  # the parameters are its three kinds

    assert (command.findings, command.ground, command.at) == (findings, ground, at)
