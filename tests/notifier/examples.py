"""A case's events and what surrounds them, as the examples need them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from notifier.calendar import ZONE, Calendar, end_of
from notifier.defaults import Defaults
from notifier.rules.case import Case, CaseEvent, deadlines, evolve
from notifier.rules.wait import Mark
from schemas.discipline import followups as f
from schemas.discipline import reviews as r
from schemas.discipline.law import ClockCalculation
from schemas.discipline.review_incidents import CourseOfViolation, ViolationCourseFound
from schemas.inspection import findings as fi
from schemas.notifier.alerts import StallRule
from schemas.values import (
    Answerable,
    DayKind,
    DocumentRef,
    FollowUpTerms,
    Ladder,
    LadderStep,
    Posts,
    Recipient,
    StallTerms,
    SubjectKind,
    Term,
)
from services.adapters.notifier.defaults import shipped

NAMESPACE = UUID("7b2f0d0e-5a0c-4f8e-9a41-0d8a5a3f9c11")
CALENDAR = Calendar(date(2024, 1, 1), date(2027, 12, 31), frozenset(range(5)), {}, {})
"""Weekends are off and nothing else, so that an example can be counted by hand."""
MONDAY = date(2025, 3, 3)
DEFAULTS: Defaults = shipped()

FINDING_ID, REVIEW_ID, MATTER_ID, INSPECTION_ID = (uuid5(NAMESPACE, name) for name in "frmi")
PERSON, OTHER = uuid5(NAMESPACE, "person"), uuid5(NAMESPACE, "other")
AGENCY, OWNER, HEAD, SUPERIOR, INSPECTORATE, CHAIR = (
    "so-xay-dung",
    "so-xay-dung-chuyen-vien",
    "so-xay-dung-giam-doc",
    "ubnd-pho-chu-tich",
    "thanh-tra-chanh",
    "ubnd-chu-tich",
)
DOCUMENT = DocumentRef(document_id=uuid5(NAMESPACE, "document"), sha256="0" * 64)

STALL = StallTerms(
    acknowledge=2,
    plan=5,
    plan_answer=3,
    progress=10,
    due_first_call=5,
    due_last_call=1,
    verification=4,
    extension_answer=3,
    review_open=10,
    review_meeting=15,
    acknowledgement_expires=3,
)
LADDER = Ladder(
    steps=tuple(
        LadderStep(recipient=recipient, after_working_days=days)
        for recipient, days in (
            (Recipient.OWNER, 0),
            (Recipient.HEAD, 2),
            (Recipient.SUPERIOR, 3),
            (Recipient.INSPECTORATE, 3),
            (Recipient.CHAIR, 5),
        )
    )
)
TERMS = FollowUpTerms(
    directive_id="vinh-long-968",
    pack_version=1,
    provision="Điểm 1",
    remediation=Term(days=20, day_kind=DayKind.WORKING),
    ladder=LADDER,
    stall=STALL,
    max_extensions=2,
    max_hand_overs=2,
    demands_review=False,
    answerable=(Answerable.HEAD,),
    review_on_last_step=True,
    review_threshold=3,
    review_period_days=180,
)
POSTS = Posts(head=HEAD, superior=SUPERIOR, inspectorate=INSPECTORATE, chair=CHAIR)


def day(number: int, hour: int = 9) -> datetime:
    """A working hour on the numbered working day of the example; day 0 is Monday, 3 March 2025."""
    weeks, weekday = divmod(number, 5)
    local = datetime.combine(MONDAY, datetime.min.time(), ZONE) + timedelta(weeks=weeks, days=weekday, hours=hour)
    return local.astimezone(UTC)


def evening(number: int) -> datetime:
    """24:00 of the numbered working day."""
    return end_of(day(number).astimezone(ZONE).date())


def morning(number: int) -> datetime:
    """0:00 of the numbered working day."""
    return day(number, 0)


DUE = evening(20)


def mark(name: object, at: datetime) -> Mark:
    """An event's mark, recognisable by its name."""
    return Mark(uuid5(NAMESPACE, str(name)), at, uuid5(NAMESPACE, "correlation"))


def opened(**changes: Any) -> f.FollowUpOpened:
    """A follow-up's opening."""
    content = {
        "finding_id": FINDING_ID,
        "agency_id": AGENCY,
        "violation_type": "delay",
        "matter_id": MATTER_ID,
        "inspector_id": PERSON,
        "owner_post": HEAD,
        "terms": TERMS,
        "posts": POSTS,
        "due_at": DUE,
        "internal_check": False,
        "historic": False,
    }
    return f.FollowUpOpened(**(content | changes))


def of_follow_up(kind: type[f.FollowUpEvent], **content: Any) -> Any:
    """Another event of the follow-up; documents are filled in."""
    filled: dict[str, Any] = {"finding_id": FINDING_ID}
    for name, field in kind.model_fields.items():
        if field.annotation is DocumentRef:
            filled[name] = DOCUMENT
        elif field.annotation is UUID and name != "finding_id":
            filled[name] = PERSON
    if kind is f.PlanSubmitted:
        measure = f.Measure(measure_id="one", description=DOCUMENT, until=MONDAY)
        filled |= {"plan_number": 1, "measures": (measure,)}
    if kind in {f.PlanAccepted, f.PlanSentBack}:
        filled["plan_number"] = 1
    if kind in {f.ExtensionRequested, f.ExtensionGranted, f.ExtensionRefused}:
        filled["request_number"] = 1
    if "evidence" in kind.model_fields:
        filled["evidence"] = (DOCUMENT,)
    return kind(**(filled | content))


ASSIGNED = of_follow_up(f.FollowUpAssigned, owner_post=OWNER, assigned_by=HEAD)
ACKNOWLEDGED = of_follow_up(f.FollowUpAcknowledged, owner_post=OWNER)
PLAN = of_follow_up(f.PlanSubmitted)
PLAN_ACCEPTED = of_follow_up(f.PlanAccepted)
PLAN_SENT_BACK = of_follow_up(f.PlanSentBack)
PROGRESS = of_follow_up(f.ProgressReported, percent=50)
ASKED = of_follow_up(f.ExtensionRequested, until=MONDAY)
REFUSED = of_follow_up(f.ExtensionRefused)
CLAIMED = of_follow_up(f.CompletionClaimed, received_at=day(10))
VERIFIED = of_follow_up(f.RemediationVerified, on_time=True)
REJECTED = of_follow_up(f.RemediationRejected)
CLOSED = of_follow_up(f.FollowUpClosed)
CANCELLED = of_follow_up(
    f.FollowUpCancelled,
    ground=f.CancellationGround.FINDING_WITHDRAWN,
    original_id=None,
    agency_id=AGENCY,
    directive_id="vinh-long-968",
)
HANDED_OVER = of_follow_up(
    f.FollowUpHandedOver,
    from_post=OWNER,
    owner_post=HEAD,
    hand_overs=1,
    past_limit=False,
    agency_id=AGENCY,
    directive_id="vinh-long-968",
)


PASSED_ON = of_follow_up(
    f.FollowUpPassedOn,
    from_post=OWNER,
    owner_post="so-moi-giam-doc",
    agency_id="so-moi",
    posts=POSTS.model_copy(update={"head": "so-moi-giam-doc"}),
)


def granted(until: datetime) -> f.ExtensionGranted:
    """An extension up to a moment."""
    event: f.ExtensionGranted = of_follow_up(f.ExtensionGranted, due_at=until)
    return event


def amended(due_at: datetime) -> f.FollowUpFindingAmended:
    """An amendment of the finding."""
    event: f.FollowUpFindingAmended = of_follow_up(f.FollowUpFindingAmended, due_at=due_at)
    return event


def submitted(**changes: Any) -> fi.FindingSubmitted:
    """A finding that the agency may contest until the fifth evening."""
    content = fi.FindingContent(
        agency_id=AGENCY,
        violation_type="delay",
        directive_id="vinh-long-968",
        fact_date=MONDAY,
        source=fi.FindingSource.INSPECTION,
        inspection_id=None,
        matter_id=MATTER_ID,
        officials=(),
        narrative=DOCUMENT,
        evidence=(),
        replaces=None,
    )
    told = {
        "finding_id": FINDING_ID,
        "content": content,
        "inspector_id": PERSON,
        "terms": TERMS,
        "posts": POSTS,
        "detected_at": day(0),
        "contest_until": evening(5),
        "due_at": DUE,
        "historic": False,
    }
    return fi.FindingSubmitted(**(told | changes))


def proposed(**changes: Any) -> r.ReviewProposed:
    """A review of an official, to be opened or refused until the tenth evening."""
    subject = r.Subject(kind=SubjectKind.CIVIL_SERVANT, agency_id=AGENCY, person_id=OTHER, post_id=HEAD)
    basis = r.BasisItem(
        finding_id=FINDING_ID, ground=r.ReviewGround.VIOLATION_TYPE, fact_date=MONDAY, detected_at=day(0)
    )
    told = {
        "review_id": REVIEW_ID,
        "matter_id": MATTER_ID,
        "subject": subject,
        "ground": r.ReviewGround.VIOLATION_TYPE,
        "basis": (basis,),
        "provision": "Điểm 6",
        "directive_id": "vinh-long-968",
        "detected_at": day(0),
        "fact_date": MONDAY,
        "authority_post": CHAIR,
        "open_within": 10,
        "meeting_within": 15,
        "open_until": evening(10),
        "proposed_by": None,
    }
    return r.ReviewProposed(**(told | changes))


def clock(ends: datetime, rule: str = "row") -> ClockCalculation:
    """A clock of a review."""
    return ClockCalculation(
        rule_id=rule,
        instrument="Nghị định 172/2025/NĐ-CP",
        article="Điều 5",
        starts_on=MONDAY,
        days=90,
        months=None,
        day_kind=DayKind.CALENDAR,
        condition=None,
        skipped=(),
        ends_at=ends,
    )


def review_opened(*, processing: datetime | None, limitation: tuple[datetime, ...]) -> r.ReviewOpened:
    """The opening of a review, with its clocks."""
    return r.ReviewOpened(
        review_id=REVIEW_ID,
        opened_by=PERSON,
        limitation=tuple(clock(ends) for ends in limitation),
        processing=processing and clock(processing),
        meeting_until=evening(25),
    )


def course_found(*, limitation: tuple[datetime, ...]) -> ViolationCourseFound:
    """The violation went on until it was discovered."""
    return ViolationCourseFound(
        review_id=REVIEW_ID,
        course=CourseOfViolation.ONGOING,
        day=MONDAY,
        matters=(),
        limitation=tuple(clock(ends) for ends in limitation),
        unlimited=(),
        reasons=DocumentRef(document_id=PERSON, sha256="0" * 64),
        evidence=(),
        found_by=PERSON,
    )


def case(*events: tuple[CaseEvent, datetime]) -> Case | None:
    """What the events, each with its moment, make of a case; marks are named by their place."""
    state: Case | None = None
    for number, (event, at) in enumerate(events):
        state = evolve(state, event, mark(number, at), DEFAULTS)
    return state


def due(*events: tuple[CaseEvent, datetime]) -> dict[StallRule, datetime]:
    """The rules that hold after the events, with their due moments."""
    return {rule: deadline.due_at for rule, deadline in deadlines(case(*events), CALENDAR).items()}
