"""A department, the people around it, and one finding: what the tests of the discipline room talk about."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid5

from discipline.follow_ups import decide as follow_ups
from discipline.follow_ups import evolve as follow_up_evolve
from discipline.follow_ups.commands import OpenFollowUp
from discipline.follow_ups.state import initial as no_follow_up
from discipline.records import decide as records
from discipline.records import evolve as record_evolve
from discipline.records.state import initial as empty_record
from discipline.reviews import decide as reviews
from discipline.reviews import evolve as review_evolve
from discipline.reviews.state import initial as no_review
from discipline.standing import Around, Person, Place
from notifier.calendar import Calendar
from schemas.discipline.followups import (
    CancellationGround,
    CompletionClaimed,
    ExtensionRequested,
    FollowUpAcknowledged,
    FollowUpAssigned,
    FollowUpCancelled,
    FollowUpFindingConfirmed,
    FollowUpOpened,
    Measure,
    PlanAccepted,
    PlanSubmitted,
    RemediationVerified,
    ThresholdTerms,
)
from schemas.discipline.reviews import BasisItem, ReviewGround, ReviewTerms, Subject
from schemas.inspection.findings import (
    FindingConfirmed,
    FindingContent,
    FindingSource,
    FindingSubmitted,
    InvolvedOfficial,
)
from schemas.inspection.organisation import AgencyKind
from schemas.values import (
    Answerable,
    DayKind,
    DocumentRef,
    FollowUpTerms,
    Ladder,
    LadderStep,
    Name,
    Posts,
    Recipient,
    StallTerms,
    SubjectKind,
    Term,
)
from tests.specification import Decider

_NAMES = UUID("00000000-0000-0000-0000-0000000000aa")

FOLLOW_UP = Decider(no_follow_up, follow_ups.decide, follow_up_evolve.evolve)
RECORD = Decider(empty_record, records.decide, record_evolve.evolve)
REVIEW = Decider(no_review, reviews.decide, review_evolve.evolve)


def named(name: str) -> UUID:
    return uuid5(_NAMES, name)


def document(name: str) -> DocumentRef:
    return DocumentRef(document_id=named(name), sha256="ab" * 32)


def moment(day: str, time: str = "02:00") -> datetime:
    """A moment in UTC; 02:00 is nine in the morning in Vietnam."""
    return datetime.fromisoformat(f"{day}T{time}:00+00:00")


# -- the tree: province ─ inspectorate, home affairs, department ─ (division, internal inspection) ------------------

PROVINCE = ("province",)
DEPARTMENT = ("construction", "province")
DIVISION = ("construction-permits", "construction", "province")
INTERNAL = ("construction-inspection", "construction", "province")
INSPECTORATE = ("inspectorate", "province")
HOME_AFFAIRS = ("home-affairs", "province")
OTHER = ("transport", "province")


def place(post: str, chain: tuple[str, ...], kind: AgencyKind = AgencyKind.DEPARTMENT, *, head: bool = False) -> Place:
    return Place(post, chain[0], kind, head, chain)


CHAIR = place("chair", PROVINCE, AgencyKind.AUTHORITY, head=True)
DIRECTOR = place("construction-head", DEPARTMENT, head=True)
CLERK = place("construction-clerk", DEPARTMENT)
COLLEAGUE = place("construction-colleague", DEPARTMENT)
PERMITS = place("construction-permits-head", DIVISION, head=True)
PERMITS_CLERK = place("construction-permits-clerk", DIVISION)
INTERNAL_INSPECTOR = place("construction-inspection-officer", INTERNAL, AgencyKind.INSPECTORATE)
INSPECTOR = place("inspector", INSPECTORATE, AgencyKind.INSPECTORATE)
CHIEF_INSPECTOR = place("inspectorate-head", INSPECTORATE, AgencyKind.INSPECTORATE, head=True)
HOME_AFFAIRS_OFFICER = place("home-affairs-officer", HOME_AFFAIRS, AgencyKind.HOME_AFFAIRS)
OUTSIDER = place("transport-clerk", OTHER)


def person(*places: Place, name: str | None = None) -> Person:
    return Person(named(name or places[0].post_id), places)


def around(owner: Place = DIRECTOR, holder: Person | None = None) -> Around:
    return Around(DEPARTMENT, owner, holder or person(owner))


# -- terms and calendar ---------------------------------------------------------------------------------------------

NAME = Name(vi="Ngày nghỉ", en="Day off")
CALENDAR = Calendar(
    first=date(2010, 1, 1),
    last=date(2045, 12, 31),
    weekdays=frozenset(range(5)),
    days_off={date(2025, 4, 30): NAME, date(2025, 5, 1): NAME},
    worked={},
)

STALL = StallTerms(
    acknowledge=2,
    plan=5,
    plan_answer=3,
    progress=10,
    due_first_call=5,
    due_last_call=1,
    verification=5,
    extension_answer=3,
    review_open=10,
    review_meeting=15,
    acknowledgement_expires=3,
)
TERMS = FollowUpTerms(
    directive_id="da-nang-2090",
    pack_version=1,
    provision="Đoạn 8",
    remediation=Term(days=15, day_kind=DayKind.WORKING),
    ladder=Ladder(steps=(LadderStep(recipient=Recipient.OWNER, after_working_days=0),)),
    stall=STALL,
    max_extensions=1,
    max_hand_overs=1,
    demands_review=False,
    answerable=(),
    review_on_last_step=True,
    review_threshold=3,
    review_period_days=180,
)
POSTS = Posts(head="construction-head", superior="chair", inspectorate="inspectorate-head", chair="chair")
REVIEW_TERMS = ReviewTerms(provision="Đoạn 8", authority_post="chair", open_within=10, meeting_within=15)

# -- the finding and its follow-up ----------------------------------------------------------------------------------

FINDING = named("finding")
MATTER = named("matter")
DUE = moment("2025-04-21", "17:00")
"""24:00 of 21 April."""
OFFICIAL = InvolvedOfficial(person_id=named("official"), post_id="construction-clerk", kind=SubjectKind.CIVIL_SERVANT)


def submitted(
    terms: FollowUpTerms = TERMS, source: FindingSource = FindingSource.INSPECTION, *, historic: bool = False
) -> FindingSubmitted:
    return FindingSubmitted(
        finding_id=FINDING,
        content=FindingContent(
            agency_id="construction",
            violation_type="late-dossier",
            directive_id="da-nang-2090",
            fact_date=date(2025, 3, 28),
            source=source,
            inspection_id=None,
            matter_id=MATTER,
            officials=(OFFICIAL,),
            narrative=document("narrative"),
            evidence=(),
            replaces=None,
        ),
        inspector_id=named("inspector"),
        terms=terms,
        posts=POSTS,
        detected_at=moment("2025-03-31"),
        contest_until=moment("2025-04-07", "17:00"),
        due_at=DUE,
        historic=historic,
    )


def confirmed_finding(terms: FollowUpTerms = TERMS) -> FindingConfirmed:
    return FindingConfirmed(
        finding_id=FINDING,
        confirmed_by=named("leader"),
        agency_id="construction",
        violation_type="late-dossier",
        matter_id=MATTER,
        fact_date=date(2025, 3, 28),
        detected_at=moment("2025-03-31"),
        officials=(OFFICIAL,),
        terms=terms,
        posts=POSTS,
        answer=None,
    )


def opened(
    terms: FollowUpTerms = TERMS, source: FindingSource = FindingSource.INSPECTION, *, historic: bool = False
) -> FollowUpOpened:
    (event,) = follow_ups.decide(OpenFollowUp(submitted(terms, source, historic=historic)), None)
    assert isinstance(event, FollowUpOpened)
    return event


OPENED = opened()
CONFIRMED = FollowUpFindingConfirmed(
    finding_id=FINDING,
    agency_id="construction",
    directive_id="da-nang-2090",
    matter_id=MATTER,
    fact_date=date(2025, 3, 28),
    detected_at=moment("2025-03-31"),
    officials=(OFFICIAL,),
    threshold=ThresholdTerms(findings=3, period_days=180),
    review=REVIEW_TERMS,
    historic=False,
)
ASSIGNED = FollowUpAssigned(finding_id=FINDING, owner_post="construction-clerk", assigned_by="construction-head")


def acknowledged(post: Place = DIRECTOR) -> FollowUpAcknowledged:
    return FollowUpAcknowledged(finding_id=FINDING, owner_post=post.post_id)


MEASURE = Measure(measure_id="train-desk", description=document("measure"), until=date(2025, 4, 15))
PLAN = PlanSubmitted(finding_id=FINDING, plan_number=1, measures=(MEASURE,))
ACCEPTED = PlanAccepted(finding_id=FINDING, plan_number=1, accepted_by=named("inspector"))
CLAIMED_AT = moment("2025-04-18")
CLAIMED = CompletionClaimed(
    finding_id=FINDING, received_at=CLAIMED_AT, report=document("report"), evidence=(document("photo"),)
)
VERIFIED = RemediationVerified(finding_id=FINDING, verified_by=named("inspector"), on_time=True)
ASKED = ExtensionRequested(
    finding_id=FINDING, request_number=1, until=date(2025, 4, 29), reason=document("why"), evidence=()
)
CANCELLED = FollowUpCancelled(
    finding_id=FINDING,
    ground=CancellationGround.FINDING_WITHDRAWN,
    original_id=None,
    agency_id="construction",
    directive_id="da-nang-2090",
)
WORKING = (OPENED, acknowledged(), PLAN, ACCEPTED)
"""Acknowledged by the head, with an accepted plan."""

# -- reviews --------------------------------------------------------------------------------------------------------

CLERK_REVIEWED = Subject(
    kind=SubjectKind.CIVIL_SERVANT,
    agency_id="construction",
    person_id=named("official"),
    post_id="construction-clerk",
)
COLLECTIVE = Subject(kind=SubjectKind.COLLECTIVE, agency_id="construction", person_id=None, post_id=None)


def item(
    finding: str = "finding",
    ground: ReviewGround = ReviewGround.VIOLATION_TYPE,
    fact: date = date(2025, 3, 28),
    detected: datetime = datetime(2025, 3, 31, 2, tzinfo=UTC),
) -> BasisItem:
    return BasisItem(finding_id=named(finding), ground=ground, fact_date=fact, detected_at=detected)


def answerable(*who: Answerable, demands_review: bool = True) -> FollowUpTerms:
    return TERMS.model_copy(update={"answerable": who, "demands_review": demands_review})
